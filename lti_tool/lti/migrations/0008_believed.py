# Whether a platform is believed at all, apart from whether it is switched on

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('lti', '0007_kept_logins'),
    ]

    operations = [
        migrations.AddField(
            model_name='registration',
            name='believed',
            field=models.BooleanField(default=True, help_text='Off: no launch of this platform is believed at all, as when its key was stolen.'),
        ),
        migrations.AlterField(
            model_name='registration',
            name='active',
            field=models.BooleanField(default=False, help_text='Off: nobody is measured or read of, and people come in only to see, take along and delete what is theirs.'),
        ),
    ]
