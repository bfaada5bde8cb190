"""Why somebody's e-mail address was not taken."""

from enum import StrEnum


class EmailRefusal(StrEnum):
    """The reasons; the doors say them in plain words."""

    CODE_NOT_ACCEPTED = "email-code-not-accepted"
    ADDRESS_TAKEN = "email-address-taken"
    TOO_MANY_ADDRESSES = "too-many-email-addresses"
