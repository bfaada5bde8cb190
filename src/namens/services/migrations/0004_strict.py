from django.db import migrations, models


def say_how_they_prove_themselves(apps, schema_editor):
    """Until now the profile said so."""
    apps.get_model('services', 'Portal').objects.filter(profile='compat').update(authentication='client_secret')


class Migration(migrations.Migration):
    """What a strict provider knows of a portal: how it proves itself, and what its tokens are."""

    dependencies = [
        ('services', '0003_other_languages'),
    ]

    operations = [
        migrations.AddField(
            model_name='portal',
            name='acts',
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name='portal',
            name='authentication',
            field=models.CharField(default='private_key_jwt', max_length=30),
        ),
        migrations.AddField(
            model_name='portal',
            name='certificate_subject',
            field=models.CharField(blank=True, db_default='', default='', max_length=500),
        ),
        migrations.AddField(
            model_name='portal',
            name='id_token_encryption',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
        migrations.AddField(
            model_name='portal',
            name='jwks_uri',
            field=models.CharField(blank=True, db_default='', default='', max_length=512),
        ),
        migrations.AddField(
            model_name='portal',
            name='machine_scopes',
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name='portal',
            name='organisations_themselves',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='portal',
            name='refresh_tokens',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='portal',
            name='search_basis',
            field=models.CharField(blank=True, db_default='', default='', max_length=300),
        ),
        migrations.AddField(
            model_name='portal',
            name='token_binding',
            field=models.CharField(db_default='none', default='none', max_length=20),
        ),
        migrations.AddField(
            model_name='portal',
            name='userinfo_algorithm',
            field=models.CharField(blank=True, db_default='', default='', max_length=10),
        ),
        migrations.AddField(
            model_name='portal',
            name='userinfo_encryption',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
        migrations.RunPython(say_how_they_prove_themselves, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='portal',
            constraint=models.CheckConstraint(condition=models.Q(('jwks_uri', ''), ('jwks', {}), _connector='OR'), name='portal_keys_from_one_place'),
        ),
    ]
