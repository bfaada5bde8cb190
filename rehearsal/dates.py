"""Dates of which a part may be unknown, in words and as the BRP writes them."""

_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def in_dutch(written: str) -> str:
    """Write `1951-03-27` as 27 maart 1951, `1951-03` as maart 1951, `1951` as 1951 and nothing as onbekend."""
    if not written:
        return "onbekend"
    year, month, day = _parts(written)
    words = [str(day) if day else "", _MONTHS[month - 1] if month else "", str(year)]
    return " ".join(word for word in words if word)


def as_register_date(written: str) -> dict[str, object]:
    """Write a date as the BRP does: one of its four date types (Haal Centraal BRP Personen 2, AbstractDatum)."""
    long_form = in_dutch(written)
    if not written:
        return {"type": "DatumOnbekend", "onbekend": True, "langFormaat": long_form}
    year, month, day = _parts(written)
    if day:
        return {"type": "Datum", "datum": written, "langFormaat": long_form}
    if month:
        return {"type": "JaarMaandDatum", "jaar": year, "maand": month, "langFormaat": long_form}
    return {"type": "JaarDatum", "jaar": year, "langFormaat": long_form}


def _parts(written: str) -> tuple[int, int, int]:
    numbers = [int(part) for part in written.split("-")]
    year, month, day = numbers + [0] * (3 - len(numbers))
    return year, month, day
