"""Everything that an operator says of a portal, in one long form with headings."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from namens.pages.fields import LabelField, OneOfField, SomeOfField
from namens.pages.portals.fields import (
    ActsField,
    AddressesField,
    AddressField,
    ClaimNamesField,
    KeySetField,
    LawField,
    SiteNameField,
    SubjectField,
)
from namens.pages.portals.words import BINDINGS, METHODS, PROFILES, REPRESENTATIONS
from namens.pages.widgets import Described
from namens.services.actions import PortalTerms
from namens.services.actions.portals import ENCRYPTIONS
from namens.services.models import Representation, Service
from namens.services.profiles import RULES, Authentication, Binding, MachineScope, Profile

NOTHING = "none"
SWITCHES = {
    "receives_names": Described(_("It gets names"), _("Of the person who logs in and of the client.")),
    "enforces_sensitive_actions": Described(
        _("It refuses sensitive actions that a client left out"),
        _("Without this the page of the yes warns the client."),
    ),
    "organisations_themselves": Described(
        _("Organisations can come for themselves"), _("A member logs in for the organisation, not for a client.")
    ),
    "refresh_tokens": Described(
        _("It gets refresh tokens"), _("A login then lasts up to a day. Only for a portal that needs that.")
    ),
}
ANSWERS = {
    "gives_reasons": Described(
        _("A no says why"), _("Only where somebody has or had a mandate. Without this it hears a bare no.")
    ),
    "journals_decisions": Described(
        _("Every decision is written in the journal"),
        _("That is a trace of everybody about whom it asks. Only where its task needs that."),
    ),
}
_ALGORITHMS = sorted({algorithm for rules in RULES.values() for algorithm in rules.algorithms}, reverse=True)
_SIGNED = [(one, one) for one in _ALGORITHMS]
_ENCRYPTED = [(one or NOTHING, one or _("Not encrypted")) for one in ENCRYPTIONS]
_SCOPES = {
    MachineScope.DECISIONS: _("Ask whether somebody may do something now"),
    MachineScope.PORTALS: _("Report acts, and read the mandates that concern it"),
}


def _described(words: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(str(key), _(said)) for key, said in words.items()]


class PortalForm(forms.Form):
    """What is said of a portal that is there already. `terms` gives it, when it is valid, beside what never changes."""

    name = SiteNameField(label=_("Name"), help_text=_("Clients and helpers read this name."))
    services = SomeOfField(label=_("Which services does it offer?"))
    redirect_uris = AddressesField(
        label=_("Addresses after login"),
        help_text=_(
            "Exactly as the portal sends them, each on a line of its own. For example https://site.nl/callback."
        ),
    )
    post_logout_redirect_uris = AddressesField(
        label=_("Addresses after logout"), help_text=_("Each on a line of its own. May be empty."), required=False
    )
    start_url = AddressField(
        label=_("Where does a login begin?"), help_text=_("Empty: the first page of the site."), required=False
    )
    back_channel_logout_uri = AddressField(
        label=_("Where does it hear that a login is over?"),
        help_text=_("For back-channel logout. Without it the portal notices only when it asks us again."),
        required=False,
    )
    events_uri = AddressField(
        label=_("Where does it hear what changes of mandates?"),
        help_text=_("Signed messages go there. It must be allowed to report acts. May be empty."),
        required=False,
    )
    representation = OneOfField(label=_("For whom do people come there?"), choices=_described(REPRESENTATIONS))
    profile = OneOfField(label=_("By which rules does it talk to us?"), choices=_described(PROFILES))
    authentication = OneOfField(label=_("How does it prove who it is?"), choices=_described(METHODS))
    jwks = KeySetField(
        label=_("Public keys"),
        help_text=_("Paste the key set (JWKS) of the portal, or choose a file under this. Not for compat."),
        required=False,
    )
    jwks_file = forms.FileField(
        label=_("File with public keys"),
        help_text=_("A JSON file. What is in it comes in the place of what stands above."),
        widget=forms.FileInput({"accept": ".json,.jwks,application/json"}),
        required=False,
    )
    jwks_uri = AddressField(
        label=_("Or: where do its public keys stand?"),
        help_text=_("We fetch them there, so the portal can change keys by itself. Leave the keys above empty then."),
        required=False,
    )
    certificate_subject = SubjectField(
        label=_("Subject of its certificate"),
        help_text=_("Only for a certificate of an authority. For example CN=portaal.nl,O=Gemeente,C=NL."),
        required=False,
    )
    token_binding = OneOfField(label=_("To what are access tokens bound?"), choices=_described(BINDINGS))
    id_token_algorithm = OneOfField(label=_("With what do we sign ID tokens?"), choices=_SIGNED)
    id_token_encryption = OneOfField(
        label=_("How do we encrypt ID tokens?"),
        help_text=_("Needed for a BSN, but for compat. The key set then has a key for this."),
        choices=_ENCRYPTED,
    )
    userinfo_algorithm = OneOfField(
        label=_("Do we sign UserInfo?"), choices=[(NOTHING, _("Not signed: plain JSON")), *_SIGNED]
    )
    userinfo_encryption = OneOfField(label=_("How do we encrypt UserInfo?"), choices=_ENCRYPTED)
    claim_names = ClaimNamesField(
        label=_("Other names of claims"),
        help_text=_("Only for compat: key=name on each line. An empty name leaves the claim out."),
        required=False,
    )
    switches = SomeOfField(label=_("What else holds for this portal?"), choices=list(SWITCHES.items()), required=False)
    bsn_legal_basis = LawField(
        label=_("By which law does it get BSNs?"),
        help_text=_("The law, the article and the task. Empty: it gets no BSN."),
        required=False,
    )
    acts = ActsField(
        label=_("Which acts may it report?"),
        help_text=_("Clients read these. One on each line: key=name, for example income-changed=Inkomen gewijzigd."),
        required=False,
    )
    machine_scopes = SomeOfField(
        label=_("What may its machines ask, without somebody who logs in?"),
        choices=[(scope.value, said) for scope, said in _SCOPES.items()],
        required=False,
    )
    answers = SomeOfField(label=_("How do we answer its machines?"), choices=list(ANSWERS.items()), required=False)
    search_basis = LawField(
        label=_("By which law may it search whom mandates are about?"),
        help_text=_("Empty: it may not. Clients can read this."),
        required=False,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own signature has no types
        super().__init__(*arguments, **options)
        services = Service.objects.filter(active=True)
        self.fields["services"].choices = [(one.key, Described(one.name, one.key)) for one in services]  # type: ignore[attr-defined]  # of a choice field

    def terms(self, *, client_id: str, sector: str, secret: str) -> PortalTerms:
        """Give what was said, as terms. Only of a valid form."""
        said = self.cleaned_data
        terms: dict[str, Any] = {name: said[name] for name in _AS_TYPED}
        terms |= {name: name in said["switches"] for name in SWITCHES}
        terms |= {name: name in said["answers"] for name in ANSWERS}
        terms |= {name: "" if said[name] == NOTHING else said[name] for name in _OF_TOKENS}
        terms |= {name: tuple(said[name]) for name in ("services", "machine_scopes")}
        terms["claim_names"] = dict(said["claim_names"])
        return PortalTerms(
            client_id=client_id,
            sector=sector,
            secret=secret,
            profile=Profile(said["profile"]),
            authentication=Authentication(said["authentication"]),
            token_binding=Binding(said["token_binding"]),
            representation=Representation(said["representation"]),
            **terms,
        )


_OF_TOKENS = ("id_token_algorithm", "id_token_encryption", "userinfo_algorithm", "userinfo_encryption")
_AS_TYPED = (
    *("name", "redirect_uris", "post_logout_redirect_uris", "start_url", "back_channel_logout_uri", "jwks", "jwks_uri"),
    *("certificate_subject", "bsn_legal_basis", "acts", "search_basis", "events_uri"),
)


class NewPortalForm(PortalForm):
    """A portal that is not there yet: also what never changes."""

    client_id = LabelField(
        label=_("Client id"),
        help_text=_("The name by which its software names itself. It never changes. For example gemeente-voorbeeld."),
        widget=forms.TextInput({"spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"}),
    )
    sector = LabelField(
        label=_("Sector"),
        help_text=_("Portals of one sector know a person by the same id. It never changes. Mostly the client id."),
        widget=forms.TextInput({"spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"}),
    )


class ChangePortalForm(PortalForm):
    """Other terms for a portal; for one with a shared secret also whether it gets a new one."""

    new_secret = forms.BooleanField(
        label=_("Make a new shared secret"),
        help_text=_("Only for compat. The old secret stops when the second operator agrees."),
        required=False,
    )


GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("The site"), ("client_id", "name", "sector", "services", "representation")),
    (
        _("Addresses"),
        ("redirect_uris", "post_logout_redirect_uris", "start_url", "back_channel_logout_uri", "events_uri"),
    ),
    (
        _("How it proves who it is"),
        ("profile", "authentication", "jwks", "jwks_file", "jwks_uri", "certificate_subject", "new_secret"),
    ),
    (_("Its tokens"), ("token_binding", *_OF_TOKENS, "claim_names")),
    (_("What it may"), ("switches", "bsn_legal_basis", "acts")),
    (_("What its machines may"), ("machine_scopes", "answers", "search_basis")),
)
"""The headings of the form, each with its questions."""
