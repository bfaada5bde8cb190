"""Letters and the e-mail by NotifyNL, over HTTP to the rehearsal, which speaks its protocol."""

import json
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from django.test import override_settings
from joserfc import jwt
from joserfc.jwk import OctKey

from namens.lib import clock
from namens.post import mailers, printers
from namens.post.answers import Answer, NotTaken, Problem, Taken
from namens.post.config import BadApiKey, NotifySettings
from namens.post.mailers.notifynl import NotifyMailer
from namens.post.mails import Mail
from namens.post.printers.notifynl import NotifyPrinter
from rehearsal.stage import NOTIFYNL_API_KEY
from tests.post.mailing import CHANGED, INVITATION, PLANNED, WITH_CODE
from tests.post.reading import printed
from tests.post.writing import CODE_LETTER
from tests.rehearsal.serving import rehearsal

TEMPLATE = "3f3c4c0b-0d0e-4c0b-9a0f-0d2f6a1b7c11"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with rehearsal() as found:
        yield found


@pytest.fixture
def office(address: str) -> Iterator[NotifySettings]:
    """The connection to a NotifyNL that is well again afterwards."""
    yield NotifySettings(url=f"{address}/notifynl", api_key=NOTIFYNL_API_KEY, email_template=TEMPLATE)
    play(address, "ok")


@pytest.fixture
def reference() -> str:
    return str(uuid.uuid4())


def play(address: str, mood: str, *, seconds: float = 10) -> None:
    httpx2.post(f"{address}/control", json={"notifynl": mood, "seconds": seconds}, trust_env=False).raise_for_status()


def letter() -> bytes:
    return printed(CODE_LETTER).pdf


def hand_over(
    office: NotifySettings, reference: str, *, pdf: bytes | None = None, transport: httpx2.BaseTransport | None = None
) -> Answer:
    with closing(NotifyPrinter(office, transport=transport)) as printer:
        return printer.hand_over(reference=reference, pdf=pdf or letter(), kind="code", now=clock.now())


def send(office: NotifySettings, reference: str, *, mail: Mail = CHANGED) -> Answer:
    with closing(NotifyMailer(office)) as mailer:
        return mailer.send(replace(mail, reference=uuid.UUID(reference)), now=clock.now())


def arrived(office: NotifySettings, reference: str) -> list[dict[str, Any]]:
    """What NotifyNL has under this reference."""
    claims = {"iss": office.service_id, "iat": int(clock.now().timestamp())}
    token = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(office.secret))
    found = httpx2.get(
        f"{office.url}/v2/notifications",
        params={"reference": reference},
        headers={"Authorization": f"Bearer {token}"},
        trust_env=False,
    )
    listed: list[dict[str, Any]] = found.json()["notifications"]
    return listed


def test_it_hands_a_letter_over(office: NotifySettings, reference: str) -> None:
    assert hand_over(office, reference) == Taken()
    assert [one["type"] for one in arrived(office, reference)] == ["letter"]


def test_it_says_how_the_letter_travels(office: NotifySettings, reference: str) -> None:
    assert hand_over(replace(office, postage="netherlands"), reference) == Taken()


def test_it_sends_nothing_twice(office: NotifySettings, reference: str) -> None:
    assert [hand_over(office, reference) for _ in range(3)] == [Taken()] * 3
    assert len(arrived(office, reference)) == 1


def test_it_sends_nothing_twice_when_the_answer_came_too_late(
    office: NotifySettings, address: str, reference: str
) -> None:
    play(address, "late", seconds=5)
    assert hand_over(replace(office, timeout_seconds=0.5), reference) == NotTaken(Problem.TIMEOUT, again=True)
    play(address, "ok")
    assert hand_over(office, reference) == Taken()
    assert len(arrived(office, reference)) == 1


@pytest.mark.parametrize(
    ("mood", "problem"), [("error", Problem.FAILING), ("down", Problem.FAILING), ("busy", Problem.BUSY)]
)
def test_it_can_be_tried_again_when_notifynl_is_unwell(
    office: NotifySettings, address: str, reference: str, mood: str, problem: Problem
) -> None:
    play(address, mood)
    assert hand_over(office, reference) == NotTaken(problem, again=True)
    play(address, "ok")
    assert hand_over(office, reference) == Taken()


def test_it_can_be_tried_again_when_nobody_answers(office: NotifySettings, reference: str) -> None:
    silent = replace(office, url="http://localhost:9/notifynl")
    assert hand_over(silent, reference) == NotTaken(Problem.CONNECTION, again=True)


@pytest.mark.parametrize("half", [0, 1], ids=["other service", "other secret"])
def test_it_is_refused_with_a_wrong_key(office: NotifySettings, reference: str, half: int) -> None:
    parts = [office.service_id, office.secret]
    parts[half] = str(uuid.UUID(int=1))
    wrong = replace(office, api_key=f"rehearsal-{parts[0]}-{parts[1]}")
    assert hand_over(wrong, reference) == NotTaken(Problem.REFUSED, again=False)
    assert arrived(office, reference) == []


def test_it_is_not_tried_again_with_what_is_no_letter(office: NotifySettings, reference: str) -> None:
    assert hand_over(office, reference, pdf=b"no PDF") == NotTaken(Problem.REJECTED, again=False)


def test_it_sends_the_one_email(office: NotifySettings, reference: str) -> None:
    assert [send(office, reference) for _ in range(2)] == [Taken()] * 2
    assert [one["type"] for one in arrived(office, reference)] == ["email"]


def test_it_sends_a_code_by_its_own_template(office: NotifySettings, reference: str) -> None:
    assert send(replace(office, code_template=TEMPLATE), reference, mail=WITH_CODE) == Taken()
    assert [one["type"] for one in arrived(office, reference)] == ["email"]


def test_it_sends_an_invitation_by_its_own_template(office: NotifySettings, reference: str) -> None:
    assert send(replace(office, invitation_template=TEMPLATE), reference, mail=INVITATION) == Taken()
    assert [one["type"] for one in arrived(office, reference)] == ["email"]


@pytest.mark.parametrize("mail", [CHANGED, PLANNED, WITH_CODE, INVITATION], ids=lambda one: str(one.kind))
def test_it_sends_no_email_without_its_template(office: NotifySettings, reference: str, mail: Mail) -> None:
    bare = replace(office, email_template="", code_template="")
    assert send(bare, reference, mail=mail) == NotTaken(Problem.NOT_SET_UP, again=True)


def test_it_is_the_mailer_of_the_settings(office: NotifySettings) -> None:
    with override_settings(MAILER="notifynl", NOTIFYNL=office):
        mailer = mailers.from_settings()
    assert isinstance(mailer, NotifyMailer)
    mailer.close()


def test_it_waits_until_it_is_set_up(reference: str) -> None:
    assert hand_over(NotifySettings(url=""), reference) == NotTaken(Problem.NOT_SET_UP, again=True)


def test_it_is_the_printer_of_the_settings(office: NotifySettings, reference: str) -> None:
    with override_settings(PRINTER="notifynl", NOTIFYNL=office):
        printer = printers.from_settings()
    assert isinstance(printer, NotifyPrinter)
    with closing(printer):
        assert printer.hand_over(reference=reference, pdf=letter(), kind="code", now=clock.now()) == Taken()


def test_it_keeps_its_key_out_of_print(office: NotifySettings) -> None:
    assert office.secret not in repr(office)


@pytest.mark.parametrize("key", ["short", "x" * 40])
def test_it_says_that_a_key_is_no_key_without_showing_it(key: str) -> None:
    with pytest.raises(BadApiKey) as caught:
        _ = NotifySettings(url="http://localhost", api_key=key).secret
    assert key not in str(caught.value)


def told(state: str | None, *, reference: str) -> httpx2.MockTransport:
    """A NotifyNL that gives this state to whoever asks, or something that cannot be read."""
    found = {"notifications": [{"reference": reference, "status": state}], "links": {}}
    content = json.dumps(found) if state else "[]"
    return httpx2.MockTransport(lambda request: httpx2.Response(200, text=content, request=request))


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        ("accepted", Taken()),
        ("received", Taken()),
        ("pending-virus-check", Taken()),
        ("validation-failed", NotTaken(Problem.REJECTED, again=False)),
        ("technical-failure", NotTaken(Problem.REJECTED, again=False)),
        (None, NotTaken(Problem.UNREADABLE, again=True)),
    ],
)
def test_it_tells_a_letter_that_left_from_one_that_never_did(
    office: NotifySettings, reference: str, state: str | None, answer: Answer
) -> None:
    assert hand_over(office, reference, transport=told(state, reference=reference)) == answer
