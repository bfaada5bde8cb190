"""Histories drawn at random: what people did about the mandates of Anna, with Bram and Samen Sterk, by the real verbs.

What the rules refuse is left undone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

from hypothesis import strategies as st

from namens.codes.models import ActivationCode
from namens.journal.events import Channel
from namens.lib import clock
from namens.lib.assurance import AssuranceLevel
from namens.mandates import actions
from namens.mandates.actions.at_work import open_client, take_client_over
from namens.mandates.models import Mandate, ReportKind
from namens.mandates.refusals import MandateRefused
from namens.organisations import actions as at_organisation
from namens.organisations.actions import LicenceTerms, MemberDetails
from namens.organisations.models import Block, Licence, Member, OpeningReason, Team
from namens.organisations.refusals import OrganisationRefused
from namens.parties.models import Party
from tests.asking import requested, says_yes, yes
from tests.people import fresh, terms

KEYS = ("mijn-toeslagen", "inkomstenbelasting")
ACCOUNT = "rekeningnummer-wijzigen"
ELSEWHERE = actions.Elsewhere(browser="new:own-phone", helper_was_there=False)
OLGA, OTTO = uuid4(), uuid4()
_SECOND, _TOMORROW = timedelta(seconds=1), timedelta(days=1)


class Act(NamedTuple):
    """Something that somebody does, some time after the act before it; `which` is taken modulo what there is."""

    verb: str
    later: timedelta
    which: int
    keys: tuple[str, ...]
    far: bool
    other: bool


@dataclass(frozen=True)
class Cast:
    """Who takes part. Mia gives Sam licences; Vera is a colleague in the second of the two teams."""

    anna: Party
    bram: Party
    sam: Member
    vera: Member
    mia: Member
    teams: tuple[Team, Team]

    def helper(self, act: Act) -> Party:
        """Give with whom it is: Bram or Samen Sterk."""
        return self.sam.organisation.party if act.other else self.bram

    def team(self, act: Act) -> Team | None:
        """Give one of the teams, or none."""
        return (None, *self.teams)[act.which % 3]


Verb = Callable[[Act, Cast, datetime], object]


def acts(verbs: Mapping[str, int]) -> st.SearchStrategy[Act]:
    """Give what people do: these verbs, each as often as it says."""
    return st.builds(
        Act,
        verb=st.sampled_from([verb for verb, often in verbs.items() for _ in range(often)]),
        later=st.sampled_from(
            [_SECOND, _SECOND, timedelta(hours=2), timedelta(hours=2), _TOMORROW, timedelta(days=20)]
        ),
        which=st.integers(0, 5),
        keys=st.sampled_from([KEYS[:1], KEYS[1:], KEYS, KEYS]),
        far=st.booleans(),
        other=st.booleans(),
    )


def do(act: Act, cast: Cast, *, now: datetime) -> None:
    """Do one thing."""
    cast.sam.refresh_from_db()
    cast.mia.refresh_from_db()
    try:
        VERBS[act.verb](act, cast, now)
    except (MandateRefused, OrganisationRefused):
        return


def give(act: Act, cast: Cast, now: datetime) -> None:
    """Give a mandate, to whoever brings the code for an odd `which`; one that goes far at one browser."""
    first = clock.day_of(now) + (_TOMORROW if act.which > 3 else timedelta())
    actions.offer(
        representee=fresh(cast.anna, now=now),
        representative=None if act.which % 2 else cast.helper(act),
        terms=terms(*act.keys, first_day=first, last_day=first + timedelta(days=60), granted=sensitive(act)),
        level=AssuranceLevel.SUBSTANTIAL,
        under_administration=False,
        now=now,
        one_browser="new:browser-at-the-table" if act.far else "",
    )


def sensitive(act: Act) -> list[str]:
    """Give what can be added for these services."""
    return [ACCOUNT] if KEYS[0] in act.keys else []


def use(act: Act, cast: Cast, now: datetime) -> None:
    """Use the newest code."""
    code = ActivationCode.objects.order_by("-issued_at", "-id").first()
    fresh(cast.anna, now=now)
    if code is not None:
        actions.activate(code=code.id, helper=cast.helper(act), member=cast.sam if act.other else None, now=now)


def give_and_use(act: Act, cast: Cast, now: datetime) -> None:
    """Give a mandate, and let it be activated at once."""
    give(act, cast, now)
    use(act, cast, now)


def ask(act: Act, cast: Cast, now: datetime) -> None:
    """Let Bram ask; Anna is asked from then on."""
    requested(cast.anna, cast.bram, keys=act.keys, now=now)


def agree(act: Act, cast: Cast, now: datetime) -> None:
    """Let Anna agree to what she was asked, at one browser when it goes far; or decline."""
    waiting = Mandate.objects.filter(state="requested").order_by("id").first()
    if waiting is not None and act.other:
        actions.decline(mandate=waiting.id, by=cast.anna, is_unknown=False, now=now)
    elif waiting is not None:
        says_yes(waiting, cast.anna, answer=yes(granted=sensitive(act) if act.far else []), now=now)


def of_one(verb: Callable[[Act, Cast, Mandate, datetime], object], **such: object) -> Verb:
    """Do this to one of the mandates that are such, of the newer rather than the older."""

    def done(act: Act, cast: Cast, now: datetime) -> None:
        known = list(Mandate.objects.filter(**such).order_by("-offered_at", "-id")[:3])
        if known:
            verb(act, cast, known[act.which % len(known)], now)

    return done


def shorten(act: Act, cast: Cast, mandate: Mandate, now: datetime) -> None:
    """Bring the end of a mandate forward."""
    last_day = clock.day_of(now) + (10 if act.far else 0) * _TOMORROW
    actions.shorten(mandate=mandate.id, by=cast.anna, last_day=last_day, now=now)


def of_licence(verb: Callable[[Act, Cast, Licence, datetime], object]) -> Verb:
    """Do this to a licence of Sam that is not over."""

    def done(act: Act, cast: Cast, now: datetime) -> None:
        held = list(Licence.objects.filter(member=cast.sam, ended_at__isnull=True).order_by("id"))
        if held:
            verb(act, cast, held[act.which % len(held)], now)

    return done


def licence_terms(act: Act, cast: Cast, now: datetime) -> LicenceTerms:
    """Give what a licence is to be: from today or tomorrow on, for a team or not."""
    first = clock.day_of(now) + (_TOMORROW if act.far else timedelta())
    team = cast.team(act) if act.other else None
    last_day = first + timedelta(days=45)
    return LicenceTerms(
        services=frozenset(act.keys), first_day=first, last_day=last_day, team=team.id if team else None
    )


def change_licence(act: Act, cast: Cast, held: Licence, now: datetime) -> None:
    """Change services, team or days; the first day only where that is still to come."""
    wanted = licence_terms(act, cast, now)
    first = held.first_day if held.first_day < clock.day_of(now) else wanted.first_day
    wanted = LicenceTerms(services=wanted.services, first_day=first, last_day=wanted.last_day, team=wanted.team)
    at_organisation.change_licence(by=cast.mia, licence=held.id, version=held.version, terms=wanted, now=now)


def renew(_act: Act, cast: Cast, now: datetime) -> None:
    """Renew every licence, also what ran out."""
    held = dict(Licence.objects.filter(member=cast.sam, ended_at__isnull=True).values_list("id", "version"))
    last_day = clock.day_of(now) + timedelta(days=90)
    at_organisation.renew_licences(by=cast.mia, licences=held, last_day=last_day, now=now)


def move(act: Act, cast: Cast, now: datetime) -> None:
    """Put Sam in another team."""
    team = cast.team(act)
    details = MemberDetails(**{**vars(MemberDetails.of(cast.sam)), "team": team.id if team else None})
    at_organisation.change_member(
        by=cast.mia, member=cast.sam.party_id, version=cast.sam.version, details=details, now=now
    )


def switch(act: Act, cast: Cast, now: datetime) -> None:
    """Block the organisation, or Sam; or undo it by two operators."""
    blocked = Block.objects.filter(until__isnull=True).order_by("id").first()
    if blocked is None:
        member = cast.sam.party_id if act.other else None
        about = {"organisation": cast.sam.organisation_id, "member": member, "reason": ""}
        at_organisation.block(**about, by=OLGA, channel=Channel.COMMAND, now=now)
    else:
        for operator in (OLGA, OTTO):
            at_organisation.unblock(block=blocked.id, by=operator, channel=Channel.COMMAND, now=now)


VERBS: dict[str, Verb] = {
    "give": give,
    "use": use,
    "give and use": give_and_use,
    "ask": ask,
    "agree": agree,
    "stop": of_one(
        lambda _act, cast, one, now: actions.stop(mandate=one.id, by=cast.anna, now=now), ended_at__isnull=True
    ),
    "stop a service": of_one(
        lambda act, cast, one, now: actions.stop(mandate=one.id, by=cast.anna, service=act.keys[0], now=now),
        ended_at__isnull=True,
    ),
    "shorten": of_one(shorten, state="active"),
    "report": of_one(
        lambda _act, cast, one, now: actions.report(mandate=one.id, by=cast.anna, kind=ReportKind.UNWANTED, now=now),
        state="active",
    ),
    "restore": of_one(
        lambda _act, cast, one, now: actions.restore(mandate=one.id, by=cast.anna, now=now), state="suspended"
    ),
    "second yes": of_one(
        lambda _act, cast, one, now: actions.confirm_second_yes(
            mandate=one.id, by=fresh(cast.anna, now=now), at=ELSEWHERE, level=AssuranceLevel.SUBSTANTIAL, now=now
        ),
        held_to__isnull=False,
    ),
    "leave out": of_one(
        lambda _act, cast, one, now: actions.leave_out(mandate=one.id, member=cast.sam.party_id, by=cast.anna, now=now),
        representative__kind="organisation",
    ),
    "let in": of_one(
        lambda _act, cast, one, now: actions.let_in_again(
            mandate=one.id, member=cast.sam.party_id, by=cast.anna, now=now
        ),
        representative__kind="organisation",
    ),
    "license": lambda act, cast, now: at_organisation.give_licence(
        by=cast.mia, member=cast.sam.party_id, terms=licence_terms(act, cast, now), now=now
    ),
    "change licence": of_licence(change_licence),
    "pause": of_licence(
        lambda _act, cast, one, now: at_organisation.pause_licence(
            by=cast.mia, licence=one.id, version=one.version, now=now
        )
    ),
    "resume": of_licence(
        lambda _act, cast, one, now: at_organisation.resume_licence(
            by=cast.mia, licence=one.id, version=one.version, now=now
        )
    ),
    "end licence": of_licence(
        lambda _act, cast, one, now: at_organisation.end_licence(
            by=cast.mia, licence=one.id, version=one.version, now=now
        )
    ),
    "renew licences": renew,
    "move member": move,
    "close team": lambda act, cast, now: at_organisation.close_team(
        by=cast.mia,
        team=cast.teams[act.which % 2].id,
        to=cast.teams[1 - act.which % 2].id if act.far else None,
        now=now,
    ),
    "end member": lambda _act, cast, now: at_organisation.end_member(
        by=cast.mia, member=cast.sam.party_id, version=cast.sam.version, now=now
    ),
    "switch": switch,
    "open": lambda _act, cast, now: open_client(
        member=cast.sam, client=cast.anna.id, reason=OpeningReason.URGENT, now=now
    ),
    "take over": lambda act, cast, now: take_client_over(
        member=cast.vera if act.other else cast.sam, client=cast.anna.id, now=now
    ),
}
