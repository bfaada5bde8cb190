"""Certificates with odd bytes: read or refused, and never taken for another; nothing breaks."""

import base64
import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from namens.grants import certificates
from namens.grants.certificates import BadCertificate, Certificate
from tests.openid.certifying import SUBJECT, made, root
from tests.people import NOW

GIVEN = made(by=root())
SLIPS = st.lists(
    st.tuples(st.integers(0, 2_000), st.integers(0, 255), st.sampled_from(["set", "drop", "add"])),
    min_size=1,
    max_size=3,
)


def read(der: bytes) -> Certificate:
    """Read the bytes as a proxy hands them over. What the library says of odd numbers is for people."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return certificates.read(f":{base64.b64encode(der).decode()}:")


def changed(der: bytes, slips: list[tuple[int, int, str]]) -> bytes:
    """Give the bytes with slips."""
    odd = bytearray(der)
    for place, value, how in slips:
        at = place % len(odd)
        if how == "drop":
            del odd[at]
        elif how == "add":
            odd.insert(at, value)
        else:
            odd[at] = value
    return bytes(odd)


def is_taken(der: bytes, *, roots: Path) -> bool:
    """Say whether these bytes prove the portal; what cannot be read does not."""
    try:
        shown = read(der)
    except BadCertificate:
        return False
    return shown.holds(now=NOW) and certificates.is_of(shown, subject_name=SUBJECT, roots=roots, now=NOW)


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the authority that we trust."""
    file = tmp_path_factory.mktemp("roots") / "roots.pem"
    file.write_text(root().pem, encoding="utf-8")
    return file


@settings(max_examples=400, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(slips=SLIPS)
def test_it_takes_no_certificate_with_other_bytes(roots: Path, slips: list[tuple[int, int, str]]) -> None:
    der = changed(GIVEN.der, slips)
    assert is_taken(der, roots=roots) is (der == GIVEN.der)


def test_it_reads_no_name_that_is_written_in_bits() -> None:
    text = b"\x0c\x0fportaal.example"
    assert GIVEN.der.count(text) == 1
    with pytest.raises(BadCertificate):
        read(GIVEN.der.replace(text, b"\x03" + text[1:]))
