import django.db.models.deletion
import namens.lib.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    """Pushed requests, refresh tokens, fetched keys, and organisations that come for themselves."""

    dependencies = [
        ('grants', '0003_visits'),
        ('services', '0004_strict'),
    ]

    operations = [
        migrations.CreateModel(
            name='FetchedKeys',
            fields=[
                ('portal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='fetched_keys', serialize=False, to='services.portal')),
                ('keys', models.JSONField(default=list)),
                ('fetched_at', models.DateTimeField(null=True)),
                ('tried_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='RefreshToken',
            fields=[
                ('id', models.UUIDField(default=namens.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=100, unique=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('used_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RenameModel(
            old_name='UsedAssertion',
            new_name='UsedProof',
        ),
        migrations.RemoveConstraint(
            model_name='family',
            name='family_of_organisation_for_client',
        ),
        migrations.RemoveConstraint(
            model_name='usedproof',
            name='assertion_once',
        ),
        migrations.AddField(
            model_name='authorizationrequest',
            name='claims',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name='authorizationrequest',
            name='expected',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='authorizationrequest',
            name='key_thumbprint',
            field=models.CharField(blank=True, db_default='', default='', max_length=43),
        ),
        migrations.AddField(
            model_name='authorizationrequest',
            name='reference',
            field=models.CharField(blank=True, db_default='', default='', max_length=100),
        ),
        migrations.AddConstraint(
            model_name='authorizationrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('reference',), name='request_pushed_once'),
        ),
        migrations.AddField(
            model_name='family',
            name='claims_asked',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name='signingkey',
            name='withdrawn_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name='usedproof',
            constraint=models.UniqueConstraint(fields=('portal', 'digest'), name='proof_once'),
        ),
        migrations.AddField(
            model_name='refreshtoken',
            name='family',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refresh_tokens', to='grants.family'),
        ),
    ]
