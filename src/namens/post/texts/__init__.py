"""The words of every letter, in the language that is active. One file for each kind."""

from namens.post.blocks import Body
from namens.post.letters import (
    AnyLetter,
    CodeLetter,
    ConfirmationLetter,
    EmailLetter,
    EndingLetter,
    MeetingLetter,
    OverviewLetter,
    ReminderLetter,
    Sender,
)
from namens.post.texts import code, confirmation, email_changed, ending, meeting_code, overview, reminder

__all__ = ["body_of"]


def body_of(letter: AnyLetter, *, sender: Sender) -> Body:
    """Give the title and the blocks of this letter."""
    match letter:
        case CodeLetter() | MeetingLetter():
            return _with_code(letter, sender)
        case ConfirmationLetter():
            return confirmation.body(letter, sender=sender)
        case EndingLetter():
            return ending.body(letter, sender=sender)
        case ReminderLetter():
            return reminder.body(letter, sender=sender)
        case OverviewLetter():
            return overview.body(letter, sender=sender)
        case EmailLetter():
            return email_changed.body(letter, sender=sender)


def _with_code(letter: CodeLetter | MeetingLetter, sender: Sender) -> Body:
    if isinstance(letter, MeetingLetter):
        return meeting_code.body(letter, sender=sender)
    return code.body(letter, sender=sender)
