"""Made-up figures. They follow from somebody's id, so that the same person always sees the same; no law is in them."""

from dataclasses import dataclass
from hashlib import sha256

from mijn_toeslagen.settings import Kind

BANK = "NAMN"


@dataclass(frozen=True, kw_only=True)
class File:
    """What we know of a person: income in euros a year, and an IBAN."""

    person: str
    income: int
    account: str

    @property
    def last_digits(self) -> str:
        """The end of the account number, which is all that we show."""
        return self.account[-4:]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One card in the overview: an amount in euros, and what it is."""

    title: str
    sentence: str
    amount: int
    period: str


def first_file(person: str) -> File:
    """Make up somebody's income and account."""
    return File(person=person, income=18_000 + 250 * _spread(person, "income", 60), account=_iban(person))


def lines(file: File, *, kind: Kind) -> list[Line]:
    """Give the cards of the overview."""
    cards = {Kind.ALLOWANCES: _allowances, Kind.INCOME_TAX: _taxes, Kind.PENSION: _pensions}
    return cards[kind](file)


def _allowances(file: File) -> list[Line]:
    a_month = "per maand"
    care = _sloping(131, file.income, until=39_000)
    rent = _sloping(180 + _spread(file.person, "rent", 160), file.income, until=36_000)
    child = _sloping(90 + _spread(file.person, "child", 240), file.income, until=90_000)
    daycare = _sloping(200 + _spread(file.person, "daycare", 600), file.income, until=120_000)
    return [
        Line(title="Zorgtoeslag", sentence="Voor de zorgverzekering.", amount=care, period=a_month),
        Line(title="Huurtoeslag", sentence="Voor de huur van de woning.", amount=rent, period=a_month),
        Line(title="Kindgebonden budget", sentence="Voor de kosten van kinderen.", amount=child, period=a_month),
        Line(title="Kinderopvangtoeslag", sentence="Voor de opvang van kinderen.", amount=daycare, period=a_month),
    ]


def _taxes(file: File) -> list[Line]:
    a_year = "per jaar"
    due, discount = file.income * 36 // 100, _sloping(6_800, file.income, until=130_000)
    paid = max(due - discount, 0) + _spread(file.person, "paid", 600)
    return [
        Line(title="Belasting over het inkomen", sentence="Volgens de voorlopige aanslag.", amount=due, period=a_year),
        Line(title="Heffingskortingen", sentence="Dit gaat van de belasting af.", amount=discount, period=a_year),
        Line(title="Al betaald", sentence="Ingehouden op het loon of de uitkering.", amount=paid, period=a_year),
        Line(
            title="Terug te krijgen",
            sentence="Dit is een schatting.",
            amount=max(paid - max(due - discount, 0), 0),
            period=a_year,
        ),
    ]


def _pensions(file: File) -> list[Line]:
    a_month, a_year = "per maand", "per jaar"
    partner = _sloping(80, file.income, until=40_000)
    pension = 1_050 + _spread(file.person, "pension", 420)
    return [
        Line(title="AOW", sentence="Dit krijgt u elke maand.", amount=pension, period=a_month),
        Line(title="Vakantiegeld", sentence="Dit krijgt u in mei.", amount=pension * 8 // 10, period=a_year),
        Line(
            title="Toeslag voor uw partner",
            sentence="Dit hangt af van het inkomen.",
            amount=partner,
            period=a_month,
        ),
        Line(title="Loonheffing", sentence="Dit houden we in.", amount=pension * 9 // 100, period=a_month),
    ]


def _sloping(highest: int, income: int, *, until: int) -> int:
    """Give less with more income, down to nothing."""
    return max(0, highest * (until - income) // until)


def _spread(person: str, what: str, size: int) -> int:
    """Give a number below `size` that always is the same for this person."""
    return int.from_bytes(sha256(f"{what}/{person}".encode()).digest()[:4]) % size


def _iban(person: str) -> str:
    number = f"{_spread(person, 'account', 10**9):010d}"
    digits = "".join(str(int(symbol, 36)) for symbol in f"{BANK}{number}NL00")
    return f"NL{98 - int(digits) % 97:02d}{BANK}{number}"
