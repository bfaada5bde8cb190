"""The two pseudo-languages, switched on beside Dutch and English."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils.translation import trans_real

from namens.lib.languages import KNOWN, LONG, MIRRORED
from tools import places, pseudo

CODES = ("nl", "en", LONG, MIRRORED)


@pytest.fixture(scope="session")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with their texts."""
    folder = tmp_path_factory.mktemp("pseudo")
    pseudo.write(folder)
    return folder


@pytest.fixture
def languages(texts: Path) -> Iterator[None]:
    """Let people choose them."""
    with override_settings(
        LANGUAGES=[(code, KNOWN[code].name) for code in CODES],
        LOCALE_PATHS=[texts, places.ROOT / "locale"],
        HELPDESK_PHONE="0800 0123",
        HELPDESK_NAME="Namens",
        MAILER="smtp",
    ):
        loaded: dict[str, object] = vars(trans_real)["_translations"]
        loaded.clear()
        yield
        loaded.clear()
