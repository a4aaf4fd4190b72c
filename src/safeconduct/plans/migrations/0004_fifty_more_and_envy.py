from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_counted")]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="envy",
            field=models.PositiveIntegerField(
                help_text="Units that would rather go where a unit with a weaker claim goes, and would fit in its place.", null=True
            ),
        ),
        migrations.AddField(model_name="plannedoffer", name="fifty_more", field=models.IntegerField(null=True)),
    ]
