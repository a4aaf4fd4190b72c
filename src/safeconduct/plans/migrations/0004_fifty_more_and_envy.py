from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_counted")]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="near",
            field=models.ForeignKey(
                help_text="The plan it stays close to.", null=True, on_delete=models.deletion.PROTECT, related_name="+", to="plans.plan"
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="loss",
            field=models.PositiveIntegerField(
                default=0, help_text="What it may be worth less than the best, in hundredths of a percent."
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="curve",
            field=models.JSONField(default=list, help_text="[hundredths of a percent lost at most, people told something else]."),
        ),
        migrations.AddField(
            model_name="plan",
            name="envy",
            field=models.PositiveIntegerField(
                help_text="Units that would rather go where a unit with a weaker claim goes, and would fit in its place.", null=True
            ),
        ),
        migrations.AddField(model_name="plannedoffer", name="fifty_more", field=models.IntegerField(null=True)),
    ]
