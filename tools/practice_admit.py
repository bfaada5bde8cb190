"""Let the organisations of the rehearsal work with Namens: `python -m tools.practice_admit`, with its settings."""

import os

import django


def main() -> None:
    """Admit those that are not there yet."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "namens.settings"
    django.setup()
    from tools.practice_organisations import admit_all  # noqa: PLC0415 - needs the settings

    admit_all()


if __name__ == "__main__":
    main()
