"""A submission names the groups of fields that left. Older ones told all that the sheet of then held."""

from django.db import migrations, models

TO_THE_ORIGIN = ["birth", "family", "identity", "nationality"]
ELSEWHERE = ["birth", "family", "identity", "medical", "nationality", "needs", "status"]


def forth(apps, schema_editor):
    rows = apps.get_model("departures", "Submission").objects.using(schema_editor.connection.alias)
    returns = rows.filter(file__offer__kind="voluntary_repatriation").values_list("pk", flat=True)
    rows.update(groups=ELSEWHERE)
    rows.filter(pk__in=list(returns)).update(groups=TO_THE_ORIGIN)


class Migration(migrations.Migration):

    dependencies = [
        ('departures', '0002_initial'),
        ('routes', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='submission',
            name='groups',
            field=models.JSONField(default=list, help_text='The groups of fields that left, as a sorted list of codes.'),
        ),
        migrations.RunPython(forth, migrations.RunPython.noop),
    ]
