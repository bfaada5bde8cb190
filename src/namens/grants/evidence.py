"""What comes with the request of a portal, beside a credential or a token."""

from dataclasses import dataclass

from namens.grants.certificates import Certificate


@dataclass(frozen=True, repr=False)
class Evidence:
    """Method and address of the request, its DPoP header as it came, and the certificate of its connection.

    None where it has none. A certificate stands here only when a proxy of ours said so.
    """

    method: str
    address: str
    proof: str | None = None
    certificate: Certificate | None = None
