"""The checker as a program, since it takes its database away: `python -m tests.decisions.served.checking`.

Its arguments: `postgresql` or `sqlite`, and how many answers. Prints what came of it as JSON.
"""

import json
import sys

from tests.decisions.served.world import world


def main(kind: str, enough: int) -> None:
    """Run it, and print what came of it."""
    with world(kind) as place:
        from tests.decisions.served.checker import check  # noqa: PLC0415 - after django.setup()

        sys.stdout.write(f"\n{json.dumps(check(place, enough))}\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
