"""What a portal arranges for its own events: the secret that signs them, and one to try its receiver with."""

from collections.abc import Mapping

from namens.api import problems
from namens.api.calls import Call, Reply
from namens.api.problems import ApiProblem, Problem
from namens.api.wire import Maker, NewWebhookSecret, TrialEvent, WebhookSecret, WebhookSecrets
from namens.exchange import models, secrets, trying
from namens.exchange.webhook_refusals import WebhookReason, WebhookRefused
from namens.grants.addresses import full
from namens.journal.events import Channel

_DETAILS: Mapping[WebhookReason, str] = {
    WebhookReason.NOT_APPROVED: "Uw portaal is niet (meer) goedgekeurd.",
    WebhookReason.NO_ADDRESS: "Uw portaal heeft geen adres voor gebeurtenissen. Vraag de beheerder van Namens erom.",
    WebhookReason.NO_SECRET: "Maak eerst een geheim: POST /v1/webhookgeheimen.",
    WebhookReason.PORTAL_MAKES_IT: "Alleen het portaal zelf maakt een nieuw geheim.",
    WebhookReason.TOO_MANY_SECRETS: f"U kunt in 24 uur {secrets.LIMIT.times} geheimen maken.",
    WebhookReason.TOO_MANY_TRIALS: f"U kunt in een uur {trying.LIMIT.times} gebeurtenissen proberen.",
}
_MAKERS: Mapping[models.MadeBy, Maker] = {models.MadeBy.PORTAL: "portaal", models.MadeBy.OPERATOR: "beheer"}


def make(call: Call) -> Reply:
    """Make a secret. Raises Problem."""
    try:
        made = secrets.make_secret(call.portal, now=call.now, channel=Channel.PORTAL)
    except WebhookRefused as refused:
        raise _problem(refused) from None
    answer = NewWebhookSecret(id=made.id, secret=made.secret.text, made_at=made.made_at)
    # A secret has no address of its own: it is told once.
    return Reply(answer, status=201, headers={"Location": full("v1/webhookgeheimen")})


def listed(call: Call) -> Reply:
    """Give what is known of the secrets that sign."""
    found = secrets.secrets_of(call.portal.id, now=call.now)
    return Reply(WebhookSecrets([_known(one) for one in found]))


def _known(one: models.WebhookSecret) -> WebhookSecret:
    made_by = _MAKERS[models.MadeBy(one.made_by)]
    return WebhookSecret(one.id, made_at=one.made_at, made_by=made_by, signs_until=one.ends_at)


def send_trial(call: Call) -> Reply:
    """Send an event to try with; it is on its way, not there. Raises Problem."""
    try:
        event = trying.send_trial(call.portal, now=call.now)
    except WebhookRefused as refused:
        raise _problem(refused) from None
    return Reply(TrialEvent(id=event.id, number=event.number), status=202)


def _problem(refused: WebhookRefused) -> Problem:
    detail = _DETAILS[refused.reason]
    if refused.wait:
        return problems.too_many(detail, wait=refused.wait)
    return Problem(ApiProblem.NOT_YET, detail)
