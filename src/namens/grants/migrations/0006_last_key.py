from django.db import migrations, models


def end_all_but_the_last(apps, schema_editor):
    """Two `keys make` at one moment could have made two keys of one algorithm: the newest signs, so the other ends."""
    keys = apps.get_model("grants", "SigningKey").objects.using(schema_editor.connection.alias)
    without_end = keys.filter(retired_at__isnull=True, withdrawn_at__isnull=True)
    last = {}
    for key in without_end.order_by("-active_from", "-kid"):
        later = last.setdefault(key.algorithm, key)
        if later is not key:
            keys.filter(kid=key.kid).update(retired_at=later.active_from)


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0005_refresh_binding'),
    ]

    operations = [
        migrations.RunPython(end_all_but_the_last, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='signingkey',
            constraint=models.UniqueConstraint(condition=models.Q(('retired_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('algorithm',), name='signing_key_last_once'),
        ),
    ]
