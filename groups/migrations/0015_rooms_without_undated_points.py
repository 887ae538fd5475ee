from django.db import migrations


class Migration(migrations.Migration):
    """After the checks are there: on PostgreSQL no table is altered that was just written to."""

    dependencies = [
        ('groups', '0014_rooms_checked_by_day'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='activityroom',
            name='has_sign',
        ),
        migrations.RemoveField(
            model_name='activityroom',
            name='plan_posted',
        ),
        migrations.RemoveField(
            model_name='activityroom',
            name='register_kept',
        ),
        migrations.RemoveField(
            model_name='activityroom',
            name='rules_on_wall',
        ),
    ]
