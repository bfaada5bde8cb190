"""`namens portal change|approve|refuse|withdraw|show`: with two operators, and never a secret on the screen."""

from pathlib import Path

import pytest

from namens.services.models import Portal, PortalChange, Status
from namens.services.profiles import MachineScope
from namens.signin.models import Role
from tests.commands.saying import Namens, Said, refused
from tests.commands.test_portal import COMPAT, SECRET, TERMS, jwks, secret
from tests.openid.relying import key
from tests.staff import make_staff

__all__ = ["jwks", "secret"]
pytestmark = pytest.mark.usefixtures("catalogue")
CHANGE = ("portal", "change", "gemeente", "--by", "olga")
EVENTS = "https://gemeente.example/gebeurtenissen"


@pytest.fixture
def gemeente(namens: Namens, jwks: Path) -> Portal:
    """A portal that two operators agreed to."""
    namens(*TERMS, "--jwks", str(jwks), "--names", "--act", "gezien=Gezien")
    namens("portal", "approve", "gemeente", "--by", "otto")
    return Portal.objects.get()


def test_it_changes_what_is_named_and_nothing_else(namens: Namens, gemeente: Portal) -> None:
    said = namens(*CHANGE, "--name", "Gemeente Voorbeeld", "--no-names")
    told = "change of portal gemeente proposed (name, receives_names); another operator approves it\n"
    assert said == Said(0, told, "")
    assert Portal.objects.get().name == gemeente.name
    said = namens("portal", "approve", "gemeente", "--by", "otto")
    assert said.out == "the change of portal gemeente holds from now on (name, receives_names)\n"
    now = Portal.objects.get()
    assert (now.name, now.receives_names, now.acts, now.jwks) == (
        "Gemeente Voorbeeld",
        False,
        gemeente.acts,
        gemeente.jwks,
    )


def test_it_moves_the_keys_to_an_address(namens: Namens, gemeente: Portal) -> None:
    assert gemeente.jwks
    namens(*CHANGE, "--jwks-uri", "https://gemeente.example/jwks")
    namens("portal", "approve", "gemeente", "--by", "otto")
    assert (Portal.objects.get().jwks, Portal.objects.get().jwks_uri) == ({}, "https://gemeente.example/jwks")


def test_it_switches_reasons_and_the_journal_with_two_operators(namens: Namens, gemeente: Portal) -> None:
    assert (gemeente.gives_reasons, gemeente.journals_decisions) == (True, False)
    said = namens(*CHANGE, "--no-gives-reasons", "--journals-decisions")
    told = "change of portal gemeente proposed (gives_reasons, journals_decisions); another operator approves it\n"
    assert said == Said(0, told, "")
    assert namens("portal", "approve", "gemeente", "--by", "olga") == refused("second-operator")
    shown = namens("portal", "show", "gemeente").out
    assert "gives_reasons: yes\njournals_decisions: no\n" in shown
    assert shown.endswith("gives_reasons: no\njournals_decisions: yes\n")
    namens("portal", "approve", "gemeente", "--by", "otto")
    assert namens("portal", "show", "gemeente").out.endswith("gives_reasons: no\njournals_decisions: yes\n")


def test_it_moves_events_to_another_address_and_shows_it(namens: Namens, gemeente: Portal) -> None:
    assert gemeente.events_uri == ""
    assert "events_uri: -\n" in namens("portal", "show", "gemeente").out
    said = namens(*CHANGE, "--events-uri", EVENTS)
    assert said == refused("machine-scope-wrong: events go to portals with the scope for portals")
    said = namens(*CHANGE, "--events-uri", EVENTS, "--machine-scope", MachineScope.PORTALS)
    told = "change of portal gemeente proposed (events_uri, machine_scopes); another operator approves it\n"
    assert said == Said(0, told, "")
    assert (
        f"\nevents_uri: {EVENTS}\nmachine_scopes: {MachineScope.PORTALS}\n" in namens("portal", "show", "gemeente").out
    )
    namens("portal", "approve", "gemeente", "--by", "otto")
    assert Portal.objects.get().events_uri == EVENTS
    assert namens(*CHANGE, "--machine-scope", "") == refused(
        "machine-scope-wrong: events go to portals with the scope for portals"
    )
    namens(*CHANGE, "--events-uri", "", "--machine-scope", "")
    namens("portal", "approve", "gemeente", "--by", "otto")
    assert (Portal.objects.get().events_uri, Portal.objects.get().machine_scopes) == ("", [])


def test_it_leaves_them_as_they_are_in_a_change_of_something_else(namens: Namens, gemeente: Portal) -> None:
    Portal.objects.update(gives_reasons=False, journals_decisions=True)
    namens(*CHANGE, "--name", "Anders")
    namens("portal", "approve", "gemeente", "--by", "otto")
    now = Portal.objects.get(id=gemeente.id)
    assert (now.name, now.gives_reasons, now.journals_decisions) == ("Anders", False, True)


def test_it_empties_with_an_empty_word(namens: Namens, gemeente: Portal) -> None:
    assert gemeente.acts
    namens(*CHANGE, "--act", "")
    namens("portal", "approve", "gemeente", "--by", "otto")
    assert Portal.objects.get().acts == []


def test_it_refuses_the_operator_who_proposed_the_change(namens: Namens, gemeente: Portal) -> None:
    namens(*CHANGE, "--redirect-uri", "https://kwaad.example/")
    assert namens("portal", "approve", "gemeente", "--by", "olga") == refused("second-operator")
    assert Portal.objects.get().redirect_uris == gemeente.redirect_uris


def test_it_knows_an_operator_with_an_account_as_one_person_on_both_ways(namens: Namens, gemeente: Portal) -> None:
    assert gemeente.status == Status.APPROVED
    olga = make_staff("Olga", role=Role.OPERATOR)
    namens("portal", "change", "gemeente", "--name", "Anders", "--by", olga.email.upper())
    assert PortalChange.objects.get().proposed_by == str(olga.id)
    assert namens("portal", "approve", "gemeente", "--by", olga.email) == refused("second-operator")


@pytest.mark.parametrize("by", ["olga", "otto"])
def test_it_takes_a_change_away(namens: Namens, gemeente: Portal, by: str) -> None:
    namens(*CHANGE, "--name", "Anders")
    assert namens("portal", "refuse", "gemeente", "--by", by) == Said(0, "taken away; nothing changed\n", "")
    assert namens("portal", "refuse", "gemeente", "--by", by) == refused("not-proposed")
    assert (Portal.objects.get().name, PortalChange.objects.get().status) == (gemeente.name, Status.WITHDRAWN)


def test_it_takes_a_proposed_portal_away(namens: Namens, jwks: Path) -> None:
    namens(*TERMS, "--jwks", str(jwks))
    namens("portal", "refuse", "gemeente", "--by", "otto")
    assert not Portal.objects.exists()


def test_it_stops_a_portal_at_once(namens: Namens, gemeente: Portal) -> None:
    assert gemeente.status == Status.APPROVED
    said = namens("portal", "withdraw", "gemeente", "--by", "olga")
    assert said == Said(0, "portal gemeente is stopped; logins there end now\n", "")
    assert Portal.objects.get().status == Status.WITHDRAWN


def test_it_shows_what_holds_and_what_waits(namens: Namens, gemeente: Portal) -> None:
    gemeente.jwks = {"keys": [key("EC").as_dict(private=False)]}
    gemeente.save()
    namens(*CHANGE, "--name", "Anders")
    lines = namens("portal", "show", "gemeente").out.splitlines()
    assert {"client_id: gemeente", "status: approved", "name: Gemeente", "acts: gezien=Gezien"} <= set(lines)
    assert lines[-2:] == ["proposed by olga: name", "name: Anders"]
    thumbprint = next(line for line in lines if line.startswith("jwks: ")).split()[-1]
    assert thumbprint == key("EC").thumbprint()


def test_it_never_shows_a_secret(namens: Namens, secret: str) -> None:
    namens(*TERMS, *COMPAT)
    namens("portal", "approve", "gemeente", "--by", "otto")
    namens(*CHANGE, "--secret-env", COMPAT[-1])
    said = namens("portal", "show", "gemeente")
    assert said.out.endswith("proposed by olga: secret\n")
    assert secret == SECRET
    assert not any(word in said.out for word in (secret, Portal.objects.get().secret_digest))


@pytest.mark.parametrize("verb", ["change", "withdraw", "show"])
def test_it_says_that_a_portal_is_unknown(namens: Namens, verb: str) -> None:
    by = () if verb == "show" else ("--by", "olga")
    assert namens("portal", verb, "niemand", *by) == refused("unknown-portal")
