from django.db import migrations, models

from namens.parties.facts import PersonName

AT_ONCE = 1000


def fold(apps, schema_editor):
    """Fold the names that are there. A name that running code of before writes meanwhile is folded at the next check."""
    people = apps.get_model("parties", "Person").objects
    waiting, found = people.exclude(family_name=""), []
    for person in waiting.order_by("party_id").iterator(chunk_size=AT_ONCE):
        name = PersonName(given_names=person.given_names, prefix=person.prefix, family_name=person.family_name)
        person.folded_name = name.sorting[:600]
        found.append(person)
        if len(found) == AT_ONCE:
            people.bulk_update(found, ["folded_name"])
            found = []
    people.bulk_update(found, ["folded_name"])


class Migration(migrations.Migration):

    dependencies = [
        ("parties", "0004_members"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="folded_name",
            field=models.CharField(blank=True, db_default="", default="", max_length=600),
        ),
        migrations.RunPython(fold, migrations.RunPython.noop),
    ]
