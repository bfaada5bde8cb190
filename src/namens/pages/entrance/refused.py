"""A login that did not work out, in plain words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from namens.organisations.refusals import OrganisationReason
from namens.pages.sentences import sentence_for
from namens.signin.brokers import Broker
from namens.signin.login import LoginKind, LoginReason
from namens.signin.session import login_url

_SENTENCES = {
    LoginReason.CANCELLED: gettext_noop("You broke off the login. Nothing was changed."),
    LoginReason.BROKER_AWAY: gettext_noop("Logging in does not work at the moment. Try again in a few minutes."),
    LoginReason.NOT_TRUSTED: gettext_noop("Something went wrong with logging in. Try again."),
    LoginReason.UNKNOWN_STATE: gettext_noop(
        "This login was finished already, or began in another browser. Start again."
    ),
    LoginReason.STALE: gettext_noop("You have to log in anew each time. Try again."),
    LoginReason.NO_LEVEL: gettext_noop("We do not know how strong your login was. Try again, or choose another means."),
    LoginReason.REGISTER_AWAY: gettext_noop(
        "We cannot reach the population register, so we do not know your name yet. Try again in a few minutes."
    ),
    LoginReason.NOT_IN_REGISTER: gettext_noop("We cannot find you in the population register. Please call us."),
    LoginReason.DECEASED: gettext_noop("Something is wrong with your data in the population register. Please call us."),
}
_AWAY = frozenset({LoginReason.BROKER_AWAY, LoginReason.REGISTER_AWAY})


def refused_page(
    request: HttpRequest, reason: LoginReason | OrganisationReason, *, broker: Broker, next_path: str = ""
) -> HttpResponse:
    """Say what went wrong, with the number of the report and a way to try again through the same broker."""
    page = {
        "cancelled": reason is LoginReason.CANCELLED,
        "sentence": _sentence(reason),
        "again_url": _again(broker, next_path=next_path),
    }
    status = 503 if reason in _AWAY else 200 if reason is LoginReason.CANCELLED else 403
    return render(request, "pages/entrance/refused.html", page, status=status)


def _sentence(reason: LoginReason | OrganisationReason) -> str:
    if isinstance(reason, OrganisationReason):
        return sentence_for(reason, viewer="member")
    return _(_SENTENCES[reason])


def _again(broker: Broker, *, next_path: str) -> str:
    """Give the page that a person came for, which asks for a login itself; it would ask a member for a person's."""
    if broker.kind is LoginKind.PERSON and next_path:
        return next_path
    return login_url(next_path=next_path or "/", broker=broker)
