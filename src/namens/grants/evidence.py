"""What comes with the request of a portal, beside a credential or a token."""

from dataclasses import dataclass


@dataclass(frozen=True, repr=False)
class Evidence:
    """Method and address of the request, and its DPoP header as it came: None where it has none."""

    method: str
    address: str
    proof: str | None = None
