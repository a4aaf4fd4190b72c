from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_counted")]

    operations = [
        migrations.AddField(model_name="plannedoffer", name="fifty_more", field=models.IntegerField(null=True)),
    ]
