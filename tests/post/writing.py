"""Letters to Anna (client) and Bram (helper), as the rooms above would write them."""

from dataclasses import replace
from datetime import date

from namens.codes.plain import PlainCode
from namens.post.letters import (
    AnyLetter,
    BsnSource,
    CodeItem,
    CodeLetter,
    ConfirmationLetter,
    EmailLetter,
    EndedBy,
    EndingLetter,
    Language,
    MeetingLetter,
    OverviewLetter,
    Reader,
    Recipient,
    ReminderLetter,
    RunningMandate,
    Sender,
)

SENDER = Sender(
    name="Helpdesk Namens",
    phone="0800 0123",
    site="machtigen.example.nl",
    hours="8:00 - 17:00",
    return_address=("Antwoordnummer 100", "2500 VB Den Haag"),
)
ANNA = Recipient("Anna Maria de Vries", ("Dorpsstraat 12 A", "3511 AB UTRECHT"))
BRAM = "Bram Bakker"
SERVICES = ("Inkomstenbelasting", "Mijn toeslagen")
TODAY, LAST_DAY = date(2026, 11, 26), date(2026, 12, 2)
REFERENCE = "0197-4C2A-88D1"
CODE, OTHER_CODE = PlainCode("346789BCDFG4"), PlainCode("PQRTVWXY346V")
ITEM = CodeItem(SERVICES, "1 jaar", CODE)

CODE_LETTER = CodeLetter(recipient=ANNA, date=TODAY, reference=REFERENCE, items=(ITEM,), last_day=LAST_DAY, helper=BRAM)
TWO_CODES = replace(CODE_LETTER, items=(ITEM, CodeItem(("AOW en pensioen",), "3 jaar", OTHER_CODE)))
OPEN_CODE = replace(CODE_LETTER, helper="", by_phone=True)
MEETING = MeetingLetter(
    recipient=ANNA, date=TODAY, reference=REFERENCE, services=SERVICES, code=CODE, only_on=LAST_DAY, helper=BRAM
)
CONFIRMATION = ConfirmationLetter(
    recipient=ANNA,
    date=TODAY,
    reference=REFERENCE,
    helper=BRAM,
    services=SERVICES,
    first_day=TODAY,
    last_day=date(2027, 11, 25),
    bsn_source=BsnSource.HELPER,
    excluded=("het rekeningnummer wijzigen",),
)
VERA = "Vera D., vrijwilliger bij Samen Sterk (naam volgens de organisatie)"
CODE_OF_ORGANISATION = replace(CODE_LETTER, helper="Samen Sterk", people=(VERA,))
CONFIRMATION_OF_ORGANISATION = replace(CONFIRMATION, helper="Samen Sterk", is_organisation=True, person=VERA)
ENDING = EndingLetter(
    recipient=ANNA,
    date=TODAY,
    reference=REFERENCE,
    other=BRAM,
    services=SERVICES,
    ended_on=TODAY,
    ended_by=EndedBy.HELPDESK,
    going_on=("AOW en pensioen",),
)
ENDING_FOR_BRAM = replace(ENDING, recipient=replace(ANNA, name=BRAM), other=ANNA.name, reader=Reader.HELPER)
REMINDER = ReminderLetter(
    recipient=ANNA, date=TODAY, reference=REFERENCE, other=BRAM, services=SERVICES, last_day=LAST_DAY
)
REMINDER_FOR_BRAM = replace(REMINDER, recipient=replace(ANNA, name=BRAM), other=ANNA.name, reader=Reader.HELPER)
OVERVIEW = OverviewLetter(
    recipient=ANNA,
    date=TODAY,
    reference=REFERENCE,
    helpers=(
        RunningMandate(BRAM, SERVICES, date(2026, 1, 1), LAST_DAY),
        RunningMandate("Carla", ("AOW en pensioen",), TODAY, date(2029, 2, 28), ("het rekeningnummer wijzigen",)),
    ),
    clients=(RunningMandate("Hassan El Amrani", ("Mijn toeslagen",), TODAY, LAST_DAY),),
)
NEW_EMAIL = EmailLetter(recipient=ANNA, date=TODAY, reference=REFERENCE, has_address=True)
NO_EMAIL = replace(NEW_EMAIL, has_address=False)
LETTERS: dict[str, AnyLetter] = {
    "code": CODE_LETTER,
    "two codes": TWO_CODES,
    "open code": OPEN_CODE,
    "code of an organisation": CODE_OF_ORGANISATION,
    "code for an appointment": MEETING,
    "code for an appointment with an organisation": replace(MEETING, helper="Samen Sterk", people=(VERA,)),
    "confirmation of an organisation": CONFIRMATION_OF_ORGANISATION,
    "confirmation": CONFIRMATION,
    "ending": ENDING,
    "ending for the helper": ENDING_FOR_BRAM,
    "reminder": REMINDER,
    "reminder for the helper": REMINDER_FOR_BRAM,
    "overview": OVERVIEW,
    "e-mail changed": NEW_EMAIL,
    "e-mail removed": NO_EMAIL,
}
EVERY_FORM: dict[str, AnyLetter] = {
    f"{name}, {language.value}, {'large' if is_large else 'normal'}": replace(
        letter, language=language, large_print=is_large
    )
    for name, letter in LETTERS.items()
    for language in Language
    for is_large in (False, True)
}
