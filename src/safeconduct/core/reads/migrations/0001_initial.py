
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LogDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.UUIDField(db_index=True)),
                ('kind', models.CharField(choices=[('names', 'names of staff shown'), ('paper', 'given to the person on paper')], max_length=8)),
                ('reason', models.CharField(choices=[('asked', 'the person asked for it'), ('threat', 'the person or a relative was threatened or approached'), ('leak', 'something that only the record tells is known outside'), ('complaint', 'a complaint about a member of staff'), ('inquiry', 'an inquiry of the organisation')], max_length=12)),
                ('decided_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, help_text='Until then the names are shown.', null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-decided_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'names'), _negated=True), ('ends_at__isnull', False), _connector='OR'), name='names_are_shown_until_a_moment')],
            },
        ),
    ]
