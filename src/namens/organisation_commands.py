"""What `namens organisations …` does: for an operator at the machine, with the same verbs as on the pages.

`--by` is the address of a running operator account, so that two operators are two people on either way.
"""

import argparse
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse

from namens.journal.events import Channel
from namens.lib import clock
from namens.lib.wrong_words import WrongWords
from namens.organisations import actions
from namens.organisations.actions import Invited, NewMember, Terms
from namens.organisations.counting import counted, standing_of
from namens.organisations.models import Block, Member, Organisation
from namens.organisations.refusals import OrganisationReason, OrganisationRefused
from namens.parties.identifiers import InvalidKvkNumber, KvkNumber
from namens.signin.models import Role, Staff


def show(_chosen: argparse.Namespace) -> None:
    """List the organisations, with how many people they have; never a client."""
    now = clock.now()
    for one in counted(now=now).order_by("name", "party"):
        numbers = vars(one)
        people = f"{numbers['members_now']} people, {numbers['managers_now']} managers"
        standing = standing_of(one, now=now)
        print(f"{one.kvk_number}  {standing:8} {people}, {numbers['licences_now']} licences: {one.name}")


def admit(chosen: argparse.Namespace) -> None:
    """Let an organisation in and print the link for its first manager."""
    terms = Terms(_kvk(chosen.kvk), chosen.name, chosen.bsn_basis, may_process_bsn=bool(chosen.bsn_basis))
    admitted = actions.admit(
        terms=terms, manager=_person(chosen), by=_operator(chosen.by), channel=Channel.COMMAND, now=clock.now()
    )
    _print_link(admitted.invited)


def invite(chosen: argparse.Namespace) -> None:
    """Invite one more manager, or give one who has not begun a new link; prints the link."""
    organisation, by, now = _organisation(chosen.kvk), _operator(chosen.by), clock.now()
    person = _person(chosen)
    known = Member.objects.filter(organisation=organisation, email=person.email, ended_at__isnull=True).first()
    if known is None:
        invited = actions.invite_manager(
            organisation=organisation.party_id, who=person, by=by, channel=Channel.COMMAND, now=now
        )
    else:
        invited = actions.invite_again(member=known.party_id, by=by, channel=Channel.COMMAND, now=now)
    _print_link(invited)


def block(chosen: argparse.Namespace) -> None:
    """Stop an organisation, or one member of it, at once."""
    organisation = _organisation(chosen.kvk)
    actions.block(
        organisation=organisation.party_id,
        member=_member(organisation, chosen.member),
        reason=chosen.reason,
        by=_operator(chosen.by),
        channel=Channel.COMMAND,
        now=clock.now(),
    )
    print("stopped; two operators are needed to undo it")


def unblock(chosen: argparse.Namespace) -> None:
    """Propose to undo a block, or agree to that as the second operator."""
    organisation = _organisation(chosen.kvk)
    found = Block.objects.filter(
        organisation=organisation, member=_member(organisation, chosen.member), until__isnull=True
    ).first()
    if found is None:
        raise OrganisationRefused(OrganisationReason.NOT_BLOCKED)
    by = _operator(chosen.by)
    undone = actions.unblock(block=found.id, by=by, channel=Channel.COMMAND, now=clock.now())
    print("undone" if undone else "proposed; another operator agrees with the same command")


def _print_link(invited: Invited) -> None:
    print(f"{settings.BASE_URL}{reverse('pages:member-arrive', args=[invited.token])}")


def _kvk(typed: str) -> KvkNumber:
    try:
        return KvkNumber(typed)
    except InvalidKvkNumber:
        raise WrongWords("KVK: a KvK number has 8 digits") from None


def _organisation(typed: str) -> Organisation:
    found = Organisation.objects.filter(kvk_number=_kvk(typed).digits).first()
    if found is None:
        raise OrganisationRefused(OrganisationReason.UNKNOWN_ORGANISATION)
    return found


def _member(organisation: Organisation, email: str) -> UUID | None:
    """Give the member with this address, the running one first; None when no address was typed."""
    if not email:
        return None
    same = Member.objects.filter(organisation=organisation, email=email.strip().lower())
    found = same.filter(ended_at__isnull=True).first() or same.order_by("-invited_at").first()
    if found is None:
        raise OrganisationRefused(OrganisationReason.UNKNOWN_MEMBER)
    return found.party_id


def _person(chosen: argparse.Namespace) -> NewMember:
    try:
        validate_email(chosen.email)
    except ValidationError:
        raise WrongWords("--email: this is not an e-mail address") from None
    return NewMember(chosen.given_name, chosen.family_name, chosen.email.strip().lower(), is_manager=True)


def _operator(email: str) -> UUID:
    running = Staff.objects.filter(email=email.strip().lower(), role=Role.OPERATOR, is_active=True).first()
    if running is None:
        raise WrongWords("--by: no running operator account has this e-mail address; see `namens staff list`")
    return running.id
