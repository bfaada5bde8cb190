"""An honest no for members: which of mandate, licence and login is missing, and whom to ask. Strangers hear nothing."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from namens.lib.assurance import AssuranceLevel
from namens.mandates.actions import stop
from namens.mandates.gaps import gaps_of
from namens.mandates.licences import Gap
from namens.mandates.models import Mandate
from namens.openid import explaining
from namens.organisations.models import Assignment, LeftOut, Licence, LicencePause, Member, Team
from namens.parties.models import Party
from namens.services.models import Service
from tests.openid.crowd import crowd
from tests.openid.relying import RelyingParty
from tests.openid.test_statements import counted
from tests.organisations.managing import mia, second_manager
from tests.people import NOW, TODAY
from tests.working import licence, mandate_of, member, organisation

LICENCE = "Uw licentie"


@pytest.fixture
def sam(portal: RelyingParty) -> Member:  # noqa: ARG001 - the portal brings the catalogue
    """Sam of Samen Sterk, with a licence for all clients and both services of the portal."""
    mia()
    sam = member(organisation())
    licence(sam, "mijn-toeslagen", "inkomstenbelasting")
    return sam


def read_by(
    portal: RelyingParty, who: Member | Party, *, words: str = "", level: AssuranceLevel = AssuranceLevel.SUBSTANTIAL
) -> str:
    """Give the page as this visitor reads it, after looking for these words."""
    address = f"{portal.ask()}/missing"
    portal.log_in(who.party if isinstance(who, Member) else who, level=level)
    if words:
        assert portal.browser.post(address, {"words": words})["Location"] == address
    response = portal.browser.get(address)
    assert response.status_code == 200
    return response.content.decode()


def expire(given: Licence) -> None:
    given.first_day, given.last_day = date(2026, 1, 1), date(2026, 11, 3)
    given.save()


def begin_later(given: Licence) -> None:
    given.first_day = date(2026, 12, 1)
    given.save()


def end(given: Licence) -> None:
    given.ended_at = NOW - timedelta(days=3)
    given.save()


def pause(given: Licence) -> None:
    LicencePause.objects.create(licence=given, since=NOW)


def take(given: Licence) -> None:
    given.services.clear()
    given.delete()


def be_for_parking(given: Licence) -> None:
    given.services.set(Service.objects.filter(key="parkeervergunning"))


def be_of_a_team(given: Licence) -> None:
    given.team = Team.objects.create(organisation=given.member.organisation, name="Noord")
    given.save()


@pytest.mark.parametrize(
    ("change", "sentence", "advice"),
    [
        (expire, "Uw licentie is afgelopen op 3 november 2026.", "Vraag uw beheerder (Mia Jansen) om een nieuwe."),
        (end, "Uw licentie is gestopt op 20 november 2026.", "Vraag uw beheerder (Mia Jansen) om een nieuwe."),
        (begin_later, "Uw licentie begint op 1 december 2026.", "Log vanaf die dag opnieuw in."),
        (pause, "Uw licentie is gepauzeerd.", "Vraag uw beheerder (Mia Jansen) of hij weer verder kan."),
        (take, "U hebt geen licentie.", "Vraag uw beheerder (Mia Jansen) om een licentie."),
        (
            be_for_parking,
            "Uw licentie is voor andere diensten.",
            "Vraag uw beheerder (Mia Jansen) om een licentie voor deze dienst.",
        ),
        (
            be_of_a_team,
            "Uw licentie is voor de cliënten van één team. Cliënten van andere teams staan niet in de lijst.",
            "Moet u een van hen helpen? Vraag het uw beheerder (Mia Jansen).",
        ),
    ],
)
def test_it_says_what_the_licence_lacks_and_whom_to_ask(
    portal: RelyingParty, anna: Party, sam: Member, change: Callable[[Licence], None], sentence: str, advice: str
) -> None:
    mandate_of(anna, sam.organisation)
    change(Licence.objects.get(member=sam))
    page = read_by(portal, sam)
    assert sentence in page
    assert advice in page
    assert "Mijn toeslagen, Inkomstenbelasting" in page
    assert "Anna" not in page


def test_it_has_words_for_every_gap() -> None:
    assert explaining._OF_LICENCES.keys() | {Gap.REASON_NEEDED} == set(Gap)


def test_it_says_nothing_of_a_licence_that_is_in_order(portal: RelyingParty, sam: Member) -> None:
    assert f">{LICENCE}<" not in read_by(portal, sam)


def test_it_says_for_which_service_a_licence_is_missing(portal: RelyingParty, sam: Member) -> None:
    sam.licences.get().services.set(Service.objects.filter(key="mijn-toeslagen"))
    gaps = gaps_of(sam, services=["mijn-toeslagen", "inkomstenbelasting"], at=NOW)
    assert {key: missing.gap for key, missing in gaps.items()} == {"inkomstenbelasting": Gap.OTHER_SERVICE}
    assert "Mijn toeslagen, Inkomst" not in read_by(portal, sam)


def test_it_names_all_managers_but_who_reads(portal: RelyingParty, sam: Member) -> None:
    noor = second_manager()
    take(sam.licences.get())
    assert "(Mia Jansen, Noor Kuipers)" in read_by(portal, sam)
    page = read_by(portal, noor)
    assert "(Mia Jansen)" in page
    assert "Noor Kuipers)" not in page


def test_it_says_that_the_login_is_too_weak_whoever_the_client_is(portal: RelyingParty, sam: Member) -> None:
    weak = "De manier waarop u inlogde is niet veilig genoeg voor deze dienst."
    assert weak in read_by(portal, sam, level=AssuranceLevel.BASIC)
    assert weak not in read_by(portal, sam, level=AssuranceLevel.LOW)


def test_it_says_of_a_client_that_the_mandate_was_stopped(portal: RelyingParty, anna: Party, sam: Member) -> None:
    mandate = mandate_of(anna, sam.organisation)
    stop(mandate=mandate.id, by=anna, now=NOW)
    assert "Anna" not in read_by(portal, sam)
    page = read_by(portal, sam, words="vries")
    assert "Anna de Vries" in page
    assert "Uw machtiging is gestopt." in page


def test_it_says_of_a_client_when_the_mandate_ended(portal: RelyingParty, anna: Party, sam: Member) -> None:
    mandate = mandate_of(anna, sam.organisation)
    day = TODAY - timedelta(days=2)
    Mandate.objects.update(first_day=day, last_day=day)
    mandate.lines.update(last_day=day)
    page = read_by(portal, sam, words="anna 1980")
    assert "Uw machtiging is afgelopen op 21 november 2026." in page


def test_it_says_of_a_client_that_a_stronger_login_is_needed(portal: RelyingParty, anna: Party, sam: Member) -> None:
    mandate_of(anna, sam.organisation)
    Service.objects.update(minimum_level="high")
    assert "niet veilig genoeg" in read_by(portal, sam, words="Anna")


def test_it_tells_only_the_member_who_was_left_out(portal: RelyingParty, anna: Party, sam: Member) -> None:
    vera = member(sam.organisation, "Vera")
    licence(vera, "mijn-toeslagen", "inkomstenbelasting")
    mandate_of(anna, sam.organisation)
    LeftOut.objects.create(client=anna, member=sam, since=NOW)
    words = "Uw cliënt wil niet door u geholpen worden."
    page = read_by(portal, sam, words="Vries")
    assert words in page
    assert "Een collega kan helpen." in page
    assert words not in read_by(portal, vera, words="Vries")


def test_it_tells_nothing_of_clients_of_other_teams(
    portal: RelyingParty, anna: Party, bram: Party, sam: Member
) -> None:
    north, south = (Team.objects.create(organisation=sam.organisation, name=name) for name in ("Noord", "Zuid"))
    Licence.objects.update(team=north)
    for client, team in ((anna, south), (bram, north)):
        mandate = mandate_of(client, sam.organisation)
        Assignment.objects.create(organisation=sam.organisation, client=client, team=team, since=NOW)
        stop(mandate=mandate.id, by=client, now=NOW)
    assert "Anna" not in read_by(portal, sam, words="vries")
    assert "Bram Bakker" in read_by(portal, sam, words="bakker")


def test_it_says_that_a_client_of_another_team_needs_a_reason(portal: RelyingParty, anna: Party, sam: Member) -> None:
    south = Team.objects.create(organisation=sam.organisation, name="Zuid")
    mandate_of(anna, sam.organisation)
    Assignment.objects.create(organisation=sam.organisation, client=anna, team=south, since=NOW)
    assert "Deze cliënt is van een ander team." in read_by(portal, sam, words="Anna")


def test_it_says_nothing_of_a_mandate_that_was_never_active(portal: RelyingParty, anna: Party, sam: Member) -> None:
    mandate_of(anna, sam.organisation)
    Mandate.objects.update(state="offered", activated_at=None)
    page = read_by(portal, sam, words="Vries")
    assert "Wij kennen geen andere machtiging" in page
    assert "Anna" not in page


def test_it_tells_strangers_nothing(portal: RelyingParty, anna: Party, dirk: Party, sam: Member) -> None:
    mandate = mandate_of(anna, sam.organisation)
    stop(mandate=mandate.id, by=anna, now=NOW)
    elsewhere = member(organisation("De Brug"), "Carla")
    licence(elsewhere)
    address = f"{portal.ask()}/missing"
    for stranger in (dirk, elsewhere.party):
        portal.log_in(stranger)
        portal.browser.post(address, {"words": "Vries"})
        page = portal.browser.get(address).content.decode()
        assert not [word for word in ("Anna", "Samen Sterk", "Mia") if word in page]


def test_it_takes_as_many_statements_for_ten_clients_as_for_one(portal: RelyingParty, sam: Member) -> None:
    for client in crowd(11, of=sam.organisation):
        LeftOut.objects.create(client=client, member=sam, since=NOW)
    one = statements_of_the_page(portal, sam, words="persoon01")
    assert statements_of_the_page(portal, sam, words="achternaam") == one <= 10


def statements_of_the_page(portal: RelyingParty, sam: Member, *, words: str) -> int:
    address = f"{portal.ask()}/missing"
    portal.log_in(sam.party)
    portal.browser.post(address, {"words": words})
    statements: list[str] = []
    with counted(statements):
        page = portal.browser.get(address).content.decode()
    assert page.count("wil niet door u geholpen worden") == (1 if words == "persoon01" else 11)
    return len(statements)
