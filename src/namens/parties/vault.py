"""The only place where a stored BSN is opened. Who may import this is an import contract."""

from namens.parties import keys
from namens.parties.identifiers import Bsn

_PURPOSE = "bsn"


def seal(bsn: Bsn) -> str:
    """Give the BSN encrypted, ready to store."""
    return keys.seal(_PURPOSE, bsn.digits)


def open_(sealed: str) -> Bsn:
    """Give the BSN back. Raises BrokenSeal when the stored value was changed."""
    return Bsn(keys.unseal(_PURPOSE, sealed))
