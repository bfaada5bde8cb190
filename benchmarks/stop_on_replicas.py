"""Stops, at random moments, with a replica paused, killed or lagging: is there a yes later than two seconds after one?

`python -m benchmarks.stop_on_replicas [TRIALS]`. A primary and two replicas on this machine, a real worker, and a
decisions door in front of each of the three that is asked all the time. Status 1 when there was such a yes.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.report import report
from tools import fixed_settings, places, programs, replicas
from tools.practice import NAMENS
from tools.programs import Program, Programs
from tools.replicas import Bench

ALL = 1000
METADATA = "/.well-known/authzen-configuration"


def main() -> int:
    """Measure, and report when all of them were tried."""
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else ALL
    with replicas.running() as bench:
        fixed_settings.apply(database_url=bench.primary.url())
        os.environ["NAMENS_REPLICAS"] = ",".join(bench.names)
        from benchmarks import ready  # noqa: PLC0415 - needs the settings of servers that run now

        ready.tables()
        from benchmarks.trials import Trials  # noqa: PLC0415 - as above, and Django set up

        with serving(bench) as doors:
            found = Trials(bench, doors).run(trials)
    rows = [(name.replace("_", " "), f"{value:10.2f}".rstrip("0").rstrip(".")) for name, value in found.items()]
    if trials >= ALL:
        report("stop_on_replicas", rows, figures=found)
    else:
        print(*(f"{label}: {value.strip()}" for label, value in rows), sep="\n")
    return 1 if found["yes_later_than_2_s"] or not found["yes_before_the_stop"] else 0


@contextmanager
def serving(bench: Bench) -> Iterator[dict[str, int]]:
    """Have a door for each server, by its name, and a worker."""
    ports = programs.free_ports(len(bench.servers))
    doors = dict(zip([server.name for server in bench.servers], ports, strict=True))
    wanted = [Program(name="stop-worker", command=[NAMENS, "worker"])]
    for server in bench.servers:
        port = doors[server.name]
        wanted.append(
            Program(
                name=f"stop-door-{server.name}",
                command=[NAMENS, "serve", "decisions", "--port", str(port)],
                port=port,
                health=METADATA,
                environment={"NAMENS_DECISIONS_DATABASE_URLS": server.url()},
            )
        )
    with Programs(wanted, logs=places.logs()):
        yield doors


if __name__ == "__main__":
    sys.exit(main())
