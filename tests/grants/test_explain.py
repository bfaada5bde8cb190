"""Every reason that can stand in log or journal has its words in docs/openid.md."""

from enum import StrEnum
from pathlib import Path

import pytest

from namens.grants.claims import FLAT_NAMES
from namens.grants.models import EndedBy
from namens.grants.refusals import GrantReason

PAGE = (Path(__file__).parents[2] / "docs" / "openid.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", [GrantReason, EndedBy])
def test_it_explains_every_reason(kind: type[StrEnum]) -> None:
    assert [one.value for one in kind if f"`{one.value}`" not in PAGE] == []


def test_it_names_every_flat_claim() -> None:
    assert [name for pair in FLAT_NAMES.items() for name in pair if name and f"`{name}`" not in PAGE] == []
