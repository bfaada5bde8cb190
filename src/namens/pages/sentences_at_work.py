"""Refusals about organisations and who works there, in plain sentences. Part of `sentences`."""

from enum import StrEnum

from django.utils.translation import gettext_noop

from namens.organisations.refusals import OrganisationReason

# What managers read about licences, teams and people.
_LICENCES: dict[StrEnum, str] = {
    OrganisationReason.CHANGED_MEANWHILE: gettext_noop(
        "A colleague changed this after you opened the page. Look what stands there now, and choose again."
    ),
    OrganisationReason.LICENCE_DAY_PAST: gettext_noop("This day is over. Choose today or a later day."),
    OrganisationReason.LICENCE_DAYS_WRONG: gettext_noop("The last day is too early. Choose a later last day."),
    OrganisationReason.LICENCE_FIRST_DAY_TOO_FAR: gettext_noop("Choose a first day that is less far away."),
    OrganisationReason.LICENCE_NO_SERVICE: gettext_noop("Choose at least one service."),
    OrganisationReason.LICENCE_NOT_POSSIBLE: gettext_noop(
        "This licence has ended or run out. You can give a new licence."
    ),
    OrganisationReason.LICENCE_OVER: gettext_noop("The last day is over. Choose today or a later day."),
    OrganisationReason.LICENCE_SERVICE_NOT_OFFERED: gettext_noop(
        "Organisations cannot be mandated for this service. Choose another one."
    ),
    OrganisationReason.LICENCE_STARTED: gettext_noop("This licence has begun. Its first day stays as it is."),
    OrganisationReason.LICENCE_TOO_LONG: gettext_noop("A licence cannot be this long. Choose an earlier last day."),
    OrganisationReason.OWN_LICENCE: gettext_noop(
        "You cannot give yourself a licence, or change your own one. Ask another manager to do it."
    ),
    OrganisationReason.OWN_TEAM: gettext_noop(
        "You cannot choose your own team, or bring clients within your own reach. Ask another manager to do it."
    ),
    OrganisationReason.SHEET_GONE: gettext_noop("This file is gone: we keep it for a day. Choose it again."),
    OrganisationReason.TEAM_IN_USE: gettext_noop(
        "There are still licences for this team only. End or change those first."
    ),
    OrganisationReason.TEAM_NAME_TAKEN: gettext_noop("There is a team with this name already. Choose another name."),
    OrganisationReason.UNKNOWN_LICENCE: gettext_noop("We do not find this licence. Look on the page of the person."),
    OrganisationReason.UNKNOWN_TEAM: gettext_noop("We do not find this team. Look in the list of teams."),
}
# What managers and operators read.
AT_WORK: dict[StrEnum, str] = {
    **_LICENCES,
    OrganisationReason.ALREADY_BLOCKED: gettext_noop("This is blocked already. Look how it stands now."),
    OrganisationReason.ALREADY_MEMBER: gettext_noop("This person works here already. A second account is not needed."),
    OrganisationReason.ALREADY_PROPOSED: gettext_noop("A merger is proposed already. Look at that one first."),
    OrganisationReason.BASIS_MISSING: gettext_noop(
        "Fill in by which law this organisation may use citizen service numbers."
    ),
    OrganisationReason.BLOCKED: gettext_noop("This is blocked now. Call the helpdesk."),
    OrganisationReason.DAY_NOT_POSSIBLE: gettext_noop(
        "Choose today or a later day. Was a last day chosen before? Then choose an earlier one."
    ),
    OrganisationReason.EMAIL_TAKEN: gettext_noop(
        "Somebody of this organisation has this e-mail address already. Look in the list, or choose another address."
    ),
    OrganisationReason.INVITATION_NOT_VALID: gettext_noop("This invitation does not work any more. Ask for a new one."),
    OrganisationReason.INVITATION_USED: gettext_noop("This invitation was used already. It works only once."),
    OrganisationReason.KVK_NUMBER_TAKEN: gettext_noop(
        "We know an organisation with this KvK number already. Call the helpdesk if that is wrong."
    ),
    OrganisationReason.LAST_MANAGER: gettext_noop(
        "This is the last manager of the organisation. Make somebody else a manager first."
    ),
    OrganisationReason.MEMBER_ENDED: gettext_noop("This person does not work here any more."),
    OrganisationReason.NOT_A_MANAGER: gettext_noop("Only a manager can do this. Ask a manager of your organisation."),
    OrganisationReason.NOT_BLOCKED: gettext_noop("This is not blocked any more. Look how it stands now."),
    OrganisationReason.NOTHING_PROPOSED: gettext_noop("Nothing waits for you here any more. Look how it stands now."),
    OrganisationReason.ORGANISATION_GONE: gettext_noop("This organisation does not work with Namens any more."),
    OrganisationReason.OTHER_ORGANISATION: gettext_noop("This is about another organisation."),
    OrganisationReason.SECOND_OPERATOR: gettext_noop("You did the first part yourself. Another operator must agree."),
    OrganisationReason.TOO_MANY_PROPOSALS: gettext_noop(
        "Many organisations apply at this moment. Try again tomorrow, or call us."
    ),
    OrganisationReason.UNKNOWN_MEMBER: gettext_noop(
        "We do not find this person in the organisation. Look in the list."
    ),
    OrganisationReason.UNKNOWN_ORGANISATION: gettext_noop("We do not find this organisation. Look in the list."),
}
# What somebody reads who logs in for an organisation.
TO_MEMBERS: dict[StrEnum, str] = {
    OrganisationReason.ALREADY_MEMBER: gettext_noop(
        "You work for this organisation already, so this invitation is for somebody else. Log in without it."
    ),
    OrganisationReason.BLOCKED: gettext_noop(
        "You cannot work with Namens now: that was stopped. Ask your manager, or call the helpdesk."
    ),
    OrganisationReason.INVITATION_NOT_VALID: gettext_noop(
        "Your invitation does not work any more. Ask your manager for a new one."
    ),
    OrganisationReason.INVITATION_USED: gettext_noop(
        "This invitation was used already. Was that you? Log in without it. Was it not you? Tell your manager at once."
    ),
    OrganisationReason.MEMBER_ENDED: gettext_noop(
        "You do not work for this organisation in Namens any more. Is that wrong? Ask your manager."
    ),
    OrganisationReason.ORGANISATION_GONE: gettext_noop(
        "Your organisation does not work with Namens any more. Ask your manager."
    ),
    OrganisationReason.OTHER_ORGANISATION: gettext_noop(
        "You logged in for another organisation than the one that invited you. Log in for that organisation."
    ),
    OrganisationReason.UNKNOWN_MEMBER: gettext_noop(
        "Your organisation works with Namens, but you are not in its list yet. Ask your manager for an invitation."
    ),
    OrganisationReason.UNKNOWN_ORGANISATION: gettext_noop(
        "Your organisation does not work with Namens yet. Ask your manager to apply."
    ),
}
