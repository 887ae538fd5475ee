"""Once the files stand in a table of their own (0008), the old column goes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('congress', '0008_keep_documents'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='document',
            name='file',
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(('level', 'own'), ('serial__isnull', False)), fields=('series', 'serial'), name='document_own_serial_once', violation_error_message='本级已有文件用了这个文号。'),
        ),
        migrations.AlterConstraint(
            model_name='document',
            name='document_number_once',
            constraint=models.UniqueConstraint(fields=('issuer', 'number'), name='document_number_once', violation_error_code='number', violation_error_message='该机关的这个文号已经登记。'),
        ),
    ]
