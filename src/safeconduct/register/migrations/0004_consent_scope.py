"""A consent names the groups of fields, its evidence and who gave it. Older ones covered what the sheet of then held."""

from django.db import migrations, models

# The groups of the columns of a submission at the time of this migration.
HELD_THEN = ["birth", "family", "identity", "medical", "nationality", "needs", "status"]


def forth(apps, schema_editor):
    rows = apps.get_model("register", "Consent").objects.using(schema_editor.connection.alias)
    rows.update(scope=HELD_THEN, evidence="earlier")


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0003_lean_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='consent',
            name='evidence',
            field=models.CharField(choices=[('signed', 'a signed form'), ('thumbprint', 'a thumbprint on a form that was read aloud'), ('witness', 'spoken before a witness'), ('interpreter', 'spoken, and noted by the interpreter'), ('recording', 'a sound recording'), ('earlier', 'recorded before evidence was asked for')], default='earlier', max_length=20),
        ),
        migrations.AddField(
            model_name='consent',
            name='evidence_place',
            field=models.CharField(blank=True, help_text='Where the paper lies, without a name.', max_length=120),
        ),
        migrations.AddField(
            model_name='consent',
            name='explained',
            field=models.CharField(choices=[('read', 'the person read it'), ('aloud', 'it was read aloud'), ('interpreted', 'an interpreter explained it'), ('unknown', 'not recorded')], default='unknown', max_length=20),
        ),
        migrations.AddField(
            model_name='consent',
            name='given_by',
            field=models.CharField(choices=[('person', 'the person'), ('guardian', 'a parent or guardian'), ('representative', 'a legal representative')], default='person', max_length=20),
        ),
        migrations.AddField(
            model_name='consent',
            name='own_state_known',
            field=models.BooleanField(default=False, help_text='The person knows that the recipient is the state of origin or the state of the site.'),
        ),
        migrations.AddField(
            model_name='consent',
            name='scope',
            field=models.JSONField(default=list, help_text='The groups of fields that may go, as a sorted list of codes.'),
        ),
        migrations.AddField(
            model_name='consent',
            name='views_heard',
            field=models.BooleanField(help_text="Whether the child's own view was heard, where somebody else agreed.", null=True),
        ),
        migrations.AddField(
            model_name='consentwithdrawal',
            name='told',
            field=models.CharField(blank=True, help_text='Where and how the person said it, without a name.', max_length=120),
        ),
        migrations.RunPython(forth, migrations.RunPython.noop),
    ]
