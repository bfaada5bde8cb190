"""What managers fill in."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from namens.organisations.actions import LicenceTerms, MemberDetails
from namens.organisations.models import Member, MemberKind, Team
from namens.pages.fields import YES, YES_OR_NO, DateField, EmailField, LabelField, OneOfField, SomeOfField
from namens.pages.fields_at_work import HumanNameField
from namens.pages.widgets import DateParts, Described, EmailInput
from namens.services.models import Service

NO_TEAM = "none"
EVERYBODY = "all"
KIND_CHOICES = [
    (MemberKind.STAFF.value, gettext_lazy("Staff")),
    (MemberKind.VOLUNTEER.value, gettext_lazy("Volunteer")),
]


class MemberForm(forms.Form):
    """What the organisation says of somebody. Whether they manage, and their team, nobody chooses for themselves."""

    given_name = HumanNameField(label=gettext_lazy("First name"))
    family_name = HumanNameField(
        label=gettext_lazy("Family name"), help_text=gettext_lazy("With its prefix, for example: de Vries.")
    )
    email = EmailField(
        label=gettext_lazy("E-mail address at work"),
        widget=EmailInput({"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Fill in the e-mail address")},
    )
    kind = OneOfField(label=gettext_lazy("Works here as"), choices=KIND_CHOICES)
    team = OneOfField(label=gettext_lazy("Team"))
    is_manager = OneOfField(
        label=gettext_lazy("Is this person a manager?"),
        help_text=gettext_lazy("A manager invites people and gives licences. A manager sees no clients."),
        choices=YES_OR_NO,
    )

    def __init__(
        self, data: QueryDict | None, *, teams: Sequence[Team], initial: Mapping[str, object], own: bool = False
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.fields["team"].choices = [(NO_TEAM, _("No team")), *((str(one.id), one.name) for one in teams)]  # type: ignore[attr-defined]  # a ChoiceField
        if own or not teams:
            del self.fields["team"]
        if own:
            self.fields["is_manager"].label = _("Do you stay a manager?")

    @staticmethod
    def filled_with(member: Member) -> dict[str, object]:
        """Give what stands there now, as the form has it."""
        return {
            "given_name": member.given_name,
            "family_name": member.family_name,
            "email": member.email,
            "kind": member.kind,
            "team": str(member.team_id) if member.team_id else NO_TEAM,
            "is_manager": YES if member.is_manager else "no",
        }

    def details(self, *, team: UUID | None = None) -> MemberDetails:
        """Give what was filled in; `team` is the one that stays where none was asked."""
        cleaned: dict[str, Any] = self.cleaned_data
        if "team" in self.fields:
            team = None if cleaned["team"] == NO_TEAM else UUID(cleaned["team"])
        return MemberDetails(
            given_name=cleaned["given_name"],
            family_name=cleaned["family_name"],
            kind=MemberKind(cleaned["kind"]),
            email=cleaned["email"].text,
            team=team,
            is_manager=cleaned["is_manager"] == YES,
        )


class LicenceForm(forms.Form):
    """What a licence is to be. Where it has begun, its first day is not asked."""

    services = SomeOfField(
        label=gettext_lazy("For which services?"),
        error_messages={"required": gettext_lazy("Choose at least one service.")},
    )
    first_day = DateField(label=gettext_lazy("First day"), help_text=gettext_lazy("For example 27 3 2027."))
    last_day = DateField(
        label=gettext_lazy("Last day"), help_text=gettext_lazy("At most a year. That day is included.")
    )
    reach = OneOfField(label=gettext_lazy("For which clients?"))

    def __init__(
        self,
        data: QueryDict | None,
        *,
        services: Sequence[Service],
        teams: Sequence[Team],
        initial: LicenceTerms,
        has_begun: bool = False,
    ) -> None:
        super().__init__(data, initial=_initial(initial))
        self._before, self._teams = initial, {str(team.id): team for team in teams}
        self.fields["services"].choices = [(one.key, Described(one.name, one.explained)) for one in services]  # type: ignore[attr-defined]  # a ChoiceField
        everybody = Described(
            reach_words(""), _("For a client of another team this person gives a reason, which the client can read.")
        )
        of_team = [(str(team.id), reach_words(team.name)) for team in teams]
        self.fields["reach"].choices = [(EVERYBODY, everybody), *of_team]  # type: ignore[attr-defined]  # a ChoiceField
        if not teams:
            del self.fields["reach"]
        if has_begun:
            del self.fields["first_day"]

    @property
    def terms(self) -> LicenceTerms:
        """Give what was filled in."""
        reach = self.cleaned_data.get("reach", EVERYBODY)
        return LicenceTerms(
            services=frozenset(self.cleaned_data["services"]),
            first_day=self.cleaned_data.get("first_day", self._before.first_day),
            last_day=self.cleaned_data["last_day"],
            team=None if reach == EVERYBODY else UUID(reach),
        )

    @property
    def team_name(self) -> str:
        """Give the name of the team that was chosen, or nothing."""
        team = self._teams.get(self.cleaned_data.get("reach", ""))
        return team.name if team else ""

    @property
    def again(self) -> list[tuple[str, object]]:
        """Give what was filled in as the inputs of the same form."""
        days = [name for name in ("first_day", "last_day") if name in self.fields]
        return [
            *(("services", key) for key in self.cleaned_data["services"]),
            *(part for name in days for part in date_parts(name, self.cleaned_data[name])),
            *([("reach", self.cleaned_data["reach"])] if "reach" in self.fields else []),
        ]


class LastDayForm(forms.Form):
    """Until when licences run on."""

    last_day = DateField(
        label=gettext_lazy("New last day"), help_text=gettext_lazy("At most a year from today. That day is included.")
    )


class TeamNameForm(forms.Form):
    """What a team is called."""

    name = LabelField(
        label=gettext_lazy("Name of the team"),
        help_text=gettext_lazy("At most 60 characters."),
        error_messages={"required": gettext_lazy("Fill in the name of the team")},
    )


class CloseTeamForm(forms.Form):
    """Where the people and clients of a team go."""

    to = OneOfField(label=gettext_lazy("Where do its people and clients go?"))

    def __init__(self, data: QueryDict | None, *, teams: Sequence[Team]) -> None:
        super().__init__(data)
        none = Described(
            _("To no team"), _("Then everybody with a licence for all clients helps them without a reason.")
        )
        self.fields["to"].choices = [(NO_TEAM, none), *((str(one.id), one.name) for one in teams)]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def target(self) -> UUID | None:
        """Give the team that was chosen, or None."""
        chosen = str(self.cleaned_data["to"])
        return None if chosen == NO_TEAM else UUID(chosen)


def reach_words(team: str) -> str:
    """Say whose clients a licence is for."""
    return _("Only clients of the team %(team)s") % {"team": team} if team else _("All clients of the organisation")


def date_parts(name: str, value: date) -> list[tuple[str, object]]:
    """Give a date as the three inputs that ask it."""
    parts = {"day": value.day, "month": value.month, "year": value.year}
    return [(f"{name}_{part}", parts[part]) for part in DateParts.PARTS]


def _initial(terms: LicenceTerms) -> dict[str, object]:
    return {
        "services": sorted(terms.services),
        "first_day": terms.first_day,
        "last_day": terms.last_day,
        "reach": str(terms.team) if terms.team else EVERYBODY,
    }
