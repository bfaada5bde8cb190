"""What stops a production start that is only half configured."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register

from namens.signin import brokers
from namens.signin.brokers import BadBrokers, Broker


@register
def production_is_complete(**_options: object) -> list[Error]:
    """Give an error for each thing that production cannot do without. Practice may."""
    if settings.IS_PRACTICE:
        return []
    wrong = {
        "namens.E001": (settings.DEBUG, "NAMENS_DEBUG is on"),
        "namens.E002": (not settings.IS_HTTPS, "NAMENS_BASE_URL is not https"),
        "namens.E003": (not settings.HELPDESK_PHONE, "NAMENS_HELPDESK_PHONE is not set"),
        "namens.E004": (not settings.HELPDESK_NAME, "NAMENS_HELPDESK_NAME is not set"),
        "namens.E005": (_is_weak(settings.PAIRWISE_KEY), "NAMENS_PAIRWISE_KEY is not random"),
        "namens.E006": (any(map(_is_weak, _masters())), "a key in NAMENS_KEYS is not random"),
        "namens.E007": (not settings.BRP.url, "NAMENS_BRP_URL is not set"),
        "namens.E008": (not _is_origin(settings.BASE_URL), "NAMENS_BASE_URL has more than https, a host and a port"),
    }
    return [Error(sentence, id=number) for number, (is_wrong, sentence) in wrong.items() if is_wrong]


@register
def brokers_are_usable(**_options: object) -> list[Error]:
    """Give an error for a file that does not parse, and in production for each broker that is not fit for it."""
    try:
        known = brokers.every()
    except BadBrokers as problem:
        return [Error(str(problem), id="namens.E010")]
    if settings.IS_PRACTICE:
        return []
    return [error for broker in known for error in _unfit(broker)]


def _unfit(broker: Broker) -> list[Error]:
    errors = []
    if broker.practice:
        errors.append(Error(f"broker {broker.key} is for practice only", id="namens.E011"))
    if not broker.issuer.startswith("https://"):
        errors.append(Error(f"the issuer of broker {broker.key} is not https", id="namens.E012"))
    return errors


def _masters() -> list[bytes]:
    return [key for _, key in settings.KEYRING.masters]


def _is_origin(address: str) -> bool:
    """Say whether nothing follows host and port: an issuer has no query and no fragment (RFC 9207, 2)."""
    parts = urlsplit(address)
    return bool(parts.hostname) and address == f"{parts.scheme}://{parts.netloc}" and "@" not in parts.netloc


def _is_weak(key: bytes) -> bool:
    """Say whether the key repeats a few bytes, as keys from examples do."""
    return len(set(key)) < len(key) // 4
