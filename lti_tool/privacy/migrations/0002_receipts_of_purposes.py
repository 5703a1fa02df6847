from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0001_initial'),
    ]

    operations = [
        migrations.RenameModel('ErasureReceipt', 'Receipt'),
        migrations.RenameField('Receipt', 'erased_at', 'given_at'),
        migrations.AddField(
            model_name='receipt',
            name='purpose',
            field=models.CharField(blank=True, choices=[('camera', 'camera'), ('counselor', 'counselor'), ('class', 'class')], default='', help_text='What alone was taken back. Empty: everything.', max_length=20),
            preserve_default=False,
        ),
    ]
