"""One person: details, what stands there when a colleague was first, and leaving."""

from django.test import Client

from namens.organisations.actions import MemberDetails, change_member
from namens.organisations.models import Assignment, Licence, Member
from namens.parties.models import Party
from tests.organisations.managing import mia, second_manager, team
from tests.pages.manager.filling import details_form, path
from tests.pages.visiting import arrive, send, shown, title
from tests.people import NOW
from tests.working import licence, organisation


def kept(member: Member) -> Member:
    return Member.objects.get(party=member.party_id)


def test_it_shows_details_licences_and_what_can_be_done(at_mia: Client, sam: Member) -> None:
    licence(sam)
    page = shown(at_mia.get(path("person", sam)))
    for words in ("Sam Bakker", "Werkt hier", sam.email, "Alle cliënten van de organisatie", "Pauzeren", "Verlengen"):
        assert words in page
    assert "Van 23 november 2026 tot en met 22 november 2027" in page


def test_it_changes_the_details(at_mia: Client, sam: Member) -> None:
    north = team()
    form = details_form(sam, given_name="Samira", kind="volunteer", team=str(north.id), email="Samira@Example.nl")
    response = send(at_mia, path("details", sam), form)
    assert "De gegevens zijn gewijzigd" in shown(at_mia.get(response["Location"]))
    now = kept(sam)
    assert (now.given_name, now.kind, now.team, now.email) == ("Samira", "volunteer", north, "samira@example.nl")


def test_it_says_what_is_wrong_and_keeps_what_was_typed(at_mia: Client, sam: Member) -> None:
    form = details_form(sam, given_name="", family_name="Van\u202eBakker", email="geen adres")
    page = send(at_mia, path("details", sam), form)
    assert title(page).startswith("Fout:")
    for words in ("Vul dit in", "Vul gewone letters", "Vul een e-mailadres"):
        assert words in shown(page)
    assert "geen adres" in page.content.decode()


def test_it_tells_the_second_of_two_managers_and_loses_nothing(at_mia: Client, sam: Member) -> None:
    form = details_form(sam, family_name="Bakker-Smit")
    details = MemberDetails(given_name="Samira", family_name="Bakker", kind=sam.kind, email="samira@example.nl")  # type: ignore[arg-type]  # as the database gives it
    change_member(by=second_manager(), member=sam.party_id, version=0, details=details, now=NOW)
    page = send(at_mia, path("details", sam), form)
    words = shown(page)
    assert "Een collega heeft dit veranderd" in words
    assert "Dit staat er nu" in words
    assert "Samira Bakker" in words
    assert 'value="Bakker-Smit"' in page.content.decode()
    assert kept(sam).family_name == "Bakker"
    again = {**form, "version": "1"}
    assert 'name="version" value="1"' in page.content.decode()
    send(at_mia, path("details", sam), again)
    assert kept(sam).family_name == "Bakker-Smit"


def test_it_refuses_an_address_of_a_colleague_at_its_field(at_mia: Client, sam: Member) -> None:
    page = send(at_mia, path("details", sam), details_form(sam, email=mia().email))
    assert "heeft dit e-mailadres al" in shown(page)
    assert kept(sam).email == sam.email


def test_it_takes_nothing_that_the_form_does_not_ask(at_mia: Client, sam: Member) -> None:
    """Mass assignment through hidden fields."""
    form = details_form(sam, organisation="x", party="x", bound_at="", ended_at="2020-01-01", pseudonym_digest="x")
    send(at_mia, path("details", sam), {**form, "member": str(mia().party_id), "given_name": "Samira"})
    now = kept(sam)
    assert (now.organisation, now.ended_at, now.pseudonym_digest) == (organisation(), None, sam.pseudonym_digest)
    assert kept(mia()).given_name == "Mia"


def test_it_asks_a_manager_no_own_team_and_takes_none(at_mia: Client) -> None:
    north = team()
    page = at_mia.get(path("details", mia()))
    assert "Blijft u beheerder?" in shown(page)
    assert 'name="team"' not in page.content.decode()
    send(at_mia, path("details", mia()), details_form(mia(), team=str(north.id), given_name="Mieke"))
    now = Member.objects.get(party=mia().party_id) if Member.objects.filter(given_name="Mia") else None
    assert now is None
    assert Member.objects.get(given_name="Mieke").team is None


def test_it_keeps_the_last_manager(at_mia: Client) -> None:
    words = shown(send(at_mia, path("details", mia()), details_form(mia(), is_manager="no")))
    assert "laatste beheerder" in words
    words = shown(send(at_mia, path("leave", mia()), {"version": "0"}))
    assert "laatste beheerder" in words
    assert kept(mia()).is_manager


def test_it_says_what_ends_and_ends_somebody(at_mia: Client, at_sam: Client, sam: Member, anna: Party) -> None:
    licence(sam)
    Assignment.objects.create(organisation=organisation(), client=anna, member=sam, since=NOW)
    page = shown(at_mia.get(path("leave", sam)))
    assert "Vertrekt Sam Bakker bij de organisatie?" in page
    assert "Licenties die stoppen: 1." in page
    assert "vaste helper hebben: 1." in page
    assert kept(sam).ended_at is None
    response = send(at_mia, path("leave", sam), {"version": "0"})
    assert "Deze persoon kan nu nergens meer in" in shown(at_mia.get(response["Location"]))
    assert Licence.objects.get().ended_at == NOW
    assert at_sam.get("/uitleg").context["visitor"] is None


def test_it_ends_nobody_without_having_been_seen_as_they_are(at_mia: Client, sam: Member) -> None:
    for version in ("", "1", "-1", "x", "9" * 30, "\u0661"):
        assert "Een collega heeft dit veranderd" in shown(send(at_mia, path("leave", sam), {"version": version}))
    assert kept(sam).ended_at is None


def test_it_has_nothing_to_ask_of_who_left(at_mia: Client, sam: Member) -> None:
    send(at_mia, path("leave", sam), {"version": "0"})
    for name in ("details", "leave", "give"):
        assert at_mia.get(path(name, sam))["Location"] == path("person", sam)
    page = shown(at_mia.get(path("person", sam)))
    assert "Weg sinds 23 november 2026" in page
    assert "Geef een licentie" not in page


def test_it_lets_a_manager_who_leaves_out_at_once(at_mia: Client) -> None:
    second_manager()
    assert send(at_mia, path("leave", mia()), {"version": "0"})["Location"] == "/"
    assert at_mia.get(path("people"))["Location"].startswith("/signin/")


def test_it_knows_a_colleague_who_logs_in_as_manager(sam: Member, catalogue: None) -> None:  # noqa: ARG001 - asked for its effect
    Member.objects.filter(party=sam.party_id).update(is_manager=True)
    assert arrive(sam.party).get(path("people")).status_code == 200
