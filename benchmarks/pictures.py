"""The figures about decisions, events and acts in `docs/performance.md`.

`python -m benchmarks.pictures` writes its table and pictures from what the last runs left in `benchmarks/results/`.
"""

import json
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from benchmarks.report import RESULTS

DOCS = Path(__file__).parents[1] / "docs"
PAGE, PICTURES = DOCS / "performance.md", DOCS / "performance"
BEGIN, END = "<!-- decisions: written by `python -m benchmarks.pictures` -->", "<!-- decisions: end -->"
HEAD = "| what | figure | beside it in the same run | aim | |\n|---|---|---|---|---|\n"
WIDTH, BAR, LEFT, RIGHT = 720, 22, 250, 110
OURS, RAW = "#154273", "#b2c9de"
Found = dict[str, Any]
Bar = tuple[str, float, str, str]


def main() -> None:
    """Write the pictures, and the table in the page."""
    PICTURES.mkdir(exist_ok=True)
    for name, picture in pictures().items():
        (PICTURES / name).write_text(picture, encoding="utf-8")
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{shown()}{END}{rest.split(END)[1]}", encoding="utf-8")


def shown() -> str:
    """Give what stands in the page: the table, and the pictures that there are."""
    drawn = "".join(f"![{_SAY[name]}]({PICTURES.name}/{name})\n" for name in pictures())
    return f"{table()}\n{_where()}\n{drawn}"


def found(name: str) -> Found | None:
    """Give what a benchmark left, if it did."""
    file = RESULTS / f"{name}.json"
    read: Found | None = json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
    return read


def table() -> str:
    """Give the table."""
    return HEAD + "".join(line(one) for name, line in _LINES.items() if (one := found(name)) is not None)


def pictures() -> dict[str, str]:
    """Give the pictures by the names of their files."""
    drawn = {"rates.svg": _rates(), "growth.svg": _growth(), "memory.svg": _memory()}
    return {name: picture for name, picture in drawn.items() if picture}


def _where() -> str:
    """Say when this was measured, and how busy the machine was."""
    machines = [one["machine"] for name in _LINES if (one := found(name)) is not None]
    days, loads = {one["day"] for one in machines}, [one["load_of_15_minutes"] for one in machines]
    when, cores = " and ".join(sorted(days)), machines[0]["cores"]
    busy = f"at loads of {min(loads)} to {max(loads)} in the quarter of an hour before the end of each"
    return f"Measured on {when} with {cores} cores, {busy}.\n"


def _decide(one: Found) -> str:
    figure = f"{one['decisions_a_second']:,.0f} a second, {_times(one)}; none wrong, {one['refused']} refused"
    beside = f"pgbench {one['pgbench_a_second']:,.0f}, p99 {one['pgbench_p99_ms']:.1f} ms: {one['ratio']:.2f} of it"
    good = one["ratio"] >= 0.4 and one["p99_ms"] < 25
    what = f"decisions over HTTP, {_size(one)}, {one['workers']} workers, {one['connections']} connections"
    return _row(what, figure, beside, "0.4 of pgbench, p99 25 ms", good=good)


def _decide_many(one: Found) -> str:
    figure = f"{one['decisions_a_second']:,.0f} decisions a second, {_times(one)}; none wrong"
    pairs = f"{one['statement_pairs_a_second']:,.0f} pairs a second"
    what = f"{one['each']:,} decisions in each request, {_size(one)}, {one['workers']} workers"
    good = one["decisions_a_second"] >= 100_000
    return _row(what, figure, f"the statement alone {pairs}: {one['ratio']:.2f} of it", "100,000 a second", good=good)


def _decide_sqlite(one: Found) -> str:
    figure = f"{one['decisions_a_second']:,.0f} a second, {_times(one)}; none wrong"
    beside = f"sqlite3 in a bare loop {one['sqlite3_a_second']:,.0f}: {one['ratio']:.2f} of it"
    what = f"decisions from SQLite, {_size(one)}, 1 worker, {one['connections']} connections"
    return _row(what, figure, beside, "10,000 a second", good=one["decisions_a_second"] >= 10_000)


def _growth_row(one: Found) -> str:
    sizes = one["sizes"]
    figure = "; ".join(f"{int(size):,}: {each['median_ms']:.1f} ms" for size, each in sizes.items())
    beside = "; ".join(f"{each['pgbench_median_ms']:.1f} ms" for each in sizes.values())
    last = list(sizes.values())[-1]["times_the_smallest"]
    words = f"{figure}: {last:.2f} times"
    return _row("median of decisions as mandates grow", words, f"pgbench {beside}", "1.3 times", good=last <= 1.3)


def _stop(one: Found) -> str:
    first, stops = one["no_by_the_next_question"], one["stops"]
    figure = f"{first:,} of {stops:,} by the very next question, p99 {one['until_no_p99_ms']:.1f} ms after the stop"
    others = f"{one['others_a_second']:,.0f} other answers a second"
    beside = f"the action itself p99 {one['action_p99_ms']:.1f} ms, {others}"
    figure += f"; the portal has the event after {one['event_median_ms']:.0f} ms, p99 {one['event_p99_ms']:.0f} ms"
    good = first == stops and one["event_p99_ms"] < 1000 and not one["not_heard"]
    what = "a mandate is stopped until decisions say no, and until the portal has the event"
    return _row(what, figure, beside, "the next question; 1 s", good=good)


def _acts(one: Found) -> str:
    alone = one["alone_median_ms"]
    figure = f"{one['acts_a_second']:,.0f} acts a second, {_times(one)} a batch; one batch alone {alone:.0f} ms"
    beside = f"bare bulk inserts {one['database_alone_a_second']:,.0f} acts a second: {one['ratio']:.2f} of it"
    what = f"acts reported in batches of {one['each']:,}, {one['workers']} workers, {one['connections']} connections"
    good = one["acts_a_second"] >= 1000 and not one["wrong"]
    return _row(what, figure, beside, "1,000 a second", good=good)


def _memory_row(one: Found) -> str:
    figure = f"{one['most_mib']:.0f} MiB the largest process after 100,000 requests"
    beside = f"{one['grown_mib']:+.1f} MiB since 1,000; {_late(one):+.1f} MiB since 50,000"
    good = one["most_mib"] < 150 and _late(one) < 5
    return _row("memory of each process that decides", figure, beside, "150 MiB, flat", good=good)


_SAY = {
    "rates.svg": "Decisions a second, beside the database alone",
    "growth.svg": "Medians and 99th percentiles at three sizes",
    "memory.svg": "Memory of the largest process by requests",
}
_LINES: dict[str, Callable[[Found], str]] = {
    "decide": _decide,
    "decide_many": _decide_many,
    "decide_sqlite": _decide_sqlite,
    "growth": _growth_row,
    "stop": _stop,
    "acts": _acts,
    "memory": _memory_row,
}


def _row(*cells: str, good: bool) -> str:
    return f"| {' | '.join(cells)} | {'reached' if good else '**missed**'} |\n"


def _size(one: Found) -> str:
    return f"{one['mandates']:,} mandates"


def _times(one: Found) -> str:
    return f"median {one['median_ms']:.1f} ms, p99 {one['p99_ms']:.1f} ms"


def _late(one: Found) -> float:
    """Give how much the process that grew most did in the second half, when what is remembered is there."""
    half, whole = (list(map(float, one["held_mib"][after])) for after in ("50000", "100000"))
    return max(last - before for before, last in zip(half, whole, strict=True))


def _rates() -> str:
    bars: list[Bar] = []
    raw = {
        "decide": ("pgbench_a_second", "pgbench, the same statement"),
        "decide_many": ("statement_pairs_a_second", "the statement about 1,000 pairs"),
        "decide_sqlite": ("sqlite3_a_second", "sqlite3 in a bare loop"),
    }
    for name, (figure, label) in raw.items():
        one = found(name)
        if one is not None:
            most = max(one["decisions_a_second"], one[figure])
            shown = [(name.replace("_", "-"), one["decisions_a_second"], OURS), (label, one[figure], RAW)]
            bars += [(text, rate / most, f"{rate:,.0f} a second", colour) for text, rate, colour in shown]
    return _bars("Decisions a second, beside the database alone in the same run", bars)


def _growth() -> str:
    one = found("growth")
    bars: list[Bar] = []
    sizes = one["sizes"] if one else {}
    most = max((each["p99_ms"] for each in sizes.values()), default=0)
    for size, each in sizes.items():
        for part, colour in (("median", OURS), ("p99", RAW)):
            took = each[f"{part}_ms"]
            bars.append((f"{int(size):,} mandates, {part}", took / most, f"{took:.1f} ms", colour))
    return _bars("How long a decision takes as mandates grow", bars)


def _memory() -> str:
    one = found("memory")
    held = one["held_mib"] if one else {}
    bars = [(f"after {int(n):,} requests", max(each) / 150, f"{max(each):.0f} MiB", OURS) for n, each in held.items()]
    return _bars("Memory of the largest process; the full width is 150 MiB", bars)


def _bars(title: str, bars: Sequence[Bar]) -> str:
    """Draw horizontal bars: label, share of the width, value and colour of each; nothing without bars."""
    if not bars:
        return ""
    height, wide = 44 + (BAR + 6) * len(bars), WIDTH - LEFT - RIGHT
    told = "; ".join(f"{label}: {value}" for label, _, value, _ in bars)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="t d">',
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(told)}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        '<g font-family="sans-serif" font-size="13" fill="#222">',
        f'<text x="12" y="24" font-size="15">{escape(title)}</text>',
    ]
    for number, (label, share, value, colour) in enumerate(bars):
        top = 38 + (BAR + 6) * number
        length, middle = max(1.0, share * wide), top + BAR - 6
        lines += [
            f'<text x="{LEFT - 8}" y="{middle}" text-anchor="end">{escape(label)}</text>',
            f'<rect x="{LEFT}" y="{top}" width="{length:.1f}" height="{BAR}" fill="{colour}"/>',
            f'<text x="{LEFT + length + 6:.1f}" y="{middle}">{escape(value)}</text>',
        ]
    return "\n".join([*lines, "</g>", "</svg>"]) + "\n"


if __name__ == "__main__":
    main()
