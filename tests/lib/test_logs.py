"""What a log line holds of a request that went wrong."""

import pytest
from django.http import HttpRequest
from django.utils.log import log_response

SECRET = "K7M3PQ9XRH4W"


@pytest.mark.parametrize("status", [404, 500])
def test_it_takes_the_address_out(caplog: pytest.LogCaptureFixture, status: int) -> None:
    request = HttpRequest()
    request.path = f"/medewerkers/uitnodiging/{SECRET}"
    with caplog.at_level("WARNING", logger="django.request"):
        answer = type("Answer", (), {"status_code": status})()
        log_response("%s: %s", "Wrong", request.path, response=answer, request=request)
    assert caplog.records
    assert SECRET not in caplog.text
    assert "Wrong: <address>" in caplog.text
