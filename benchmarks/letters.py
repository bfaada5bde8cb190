"""letters: how many code letters a second become a PDF on one core, beside the typesetter alone; and whether a worker
that is killed at random moments loses a letter or prints one twice.
"""

import json
import sys
import time
from datetime import date

from django.conf import settings

from benchmarks import killed
from benchmarks.measure import timed
from benchmarks.report import median, p99, report
from benchmarks.world import fill
from namens.codes.plain import PlainCode
from namens.lib import clock
from namens.post import pdf, sender
from namens.post.compose import compose
from namens.post.letters import CodeItem, CodeLetter, Recipient

AIM = 60


def main() -> None:
    """Measure and report."""
    seconds, number = float(sys.argv[1]), int(sys.argv[2])
    fill()
    letters, raw = _in_turn(seconds)
    rate, limit = len(letters) / sum(letters), len(raw) / sum(raw)
    rows = [
        ("code letters to PDF", f"{rate:7.0f} a second on one core (aim {AIM})"),
        ("one letter", f"{median(letters):7.1f} ms median, {p99(letters):.1f} ms at the 99th percentile"),
        ("typesetter alone", f"{limit:7.0f} a second: the same words, in typst's own hands already"),
        ("ratio", f"{rate / limit:7.2f} of the typesetter alone"),
    ]
    bag = killed.run(number)
    rows += [
        ("killed at random", f"{bag.asked:7} letters, {bag.kills} kills: {bag.lost} lost, {bag.doubled} doubled"),
        ("codes made", f"{bag.codes:7}, one for each letter"),
        ("worker alone", f"{bag.rate:7.1f} letters a second from outbox to print house, register asked for each"),
    ]
    figures = {"letters_a_second": rate, "median_ms": median(letters), "p99_ms": p99(letters)}
    report("letters", rows, figures={**figures, "typesetter_alone_a_second": limit, "killed": bag.figures()})


def _letter(turn: int) -> CodeLetter:
    today = clock.today()
    item = CodeItem(("Inkomstenbelasting", "Mijn toeslagen"), "1 jaar", PlainCode.generate())
    to = Recipient(f"A.M. de Vries-{turn}", (f"Lindenhof {turn}", "3511AB UTRECHT"))
    helper = f"Bram Bakker-{turn}"
    return CodeLetter(
        recipient=to, date=today, reference="346-789-BCD", items=(item,), last_day=_next_year(today), helper=helper
    )


def _next_year(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28))


def _in_turn(seconds: float) -> tuple[list[float], list[float]]:
    """Make a letter, then let typst set one whose words were composed before, and so on: a slow moment slows both."""
    setter, who = pdf.typesetter(settings.LETTER_FONTS), sender.from_settings()
    composed = [compose(_letter(turn), sender=who, typeface=setter.typeface) for turn in range(500)]
    told = [json.dumps(one) for one in composed]
    compiler, source = setter._compiler, setter._source

    def alone(turn: int) -> None:
        inputs = {"letter": told[turn % len(told)]}
        compiler.compile_with_warnings(source, format="pdf", pdf_standards="ua-1", sys_inputs=inputs)

    def in_turn(turn: int) -> None:
        for times, work in ((ours, lambda: pdf.render(_letter(turn), sender=who)), (theirs, lambda: alone(turn))):
            began = time.perf_counter()
            work()
            times.append(time.perf_counter() - began)

    ours: list[float] = []
    theirs: list[float] = []
    timed(in_turn, seconds=2 * seconds)
    return ours, theirs


if __name__ == "__main__":
    main()
