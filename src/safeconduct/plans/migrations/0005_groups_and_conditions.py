from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_fifty_more_and_envy")]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="groups",
            field=models.JSONField(
                default=list,
                help_text="[kind, code, people, with a place, median days here of those who remain], rounded; none of few.",
            ),
        ),
        migrations.AddField(
            model_name="plannedoffer",
            name="dropped",
            field=models.JSONField(
                default=list, help_text="For each condition: whom it alone keeps away, and how many more could leave without it."
            ),
        ),
    ]
