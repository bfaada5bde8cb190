"""The subject of a certificate as an operator writes it: `CN=portaal.example,O=Gemeente,C=NL` (RFC 4514)."""

from cryptography import x509
from cryptography.x509.oid import NameOID

# What is not in the table of RFC 4514 (3), by the names that openssl gives it; PKIoverheid has the OIN in serialNumber.
_OTHERS = {
    "serialNumber": NameOID.SERIAL_NUMBER,
    "SERIALNUMBER": NameOID.SERIAL_NUMBER,
    "organizationIdentifier": NameOID.ORGANIZATION_IDENTIFIER,
    "emailAddress": NameOID.EMAIL_ADDRESS,
    "givenName": NameOID.GIVEN_NAME,
    "GN": NameOID.GIVEN_NAME,
    "surname": NameOID.SURNAME,
    "SN": NameOID.SURNAME,
    "title": NameOID.TITLE,
}


class BadSubject(ValueError):
    """This is no name in the form of RFC 4514."""


def subject(text: str) -> x509.Name:
    """Read a subject. Raises BadSubject, also for an empty one: it would fit any certificate without a subject."""
    try:
        name = x509.Name.from_rfc4514_string(text, _OTHERS)
    except ValueError:
        raise BadSubject from None
    if not list(name):
        raise BadSubject
    return name
