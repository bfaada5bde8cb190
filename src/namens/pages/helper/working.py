"""What the pages of helpers need to know of a member: in whose name, and whether BSNs may be typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from namens.mandates.acting import check_may_type_bsn
from namens.mandates.refusals import MandateReason, MandateRefused
from namens.organisations.naming import in_full
from namens.pages.sentences import sentence_for
from namens.signin.session import Visitor, present


def bsn_obstacle(request: HttpRequest, *, heading: str | Promise, section: str) -> HttpResponse | None:
    """Give the page for a member whose organisation may not process BSNs; None for everybody else."""
    try:
        check_may_type_bsn(present(request).member)
    except MandateRefused as refused:
        page = {
            "heading": heading,
            "sentences": [
                sentence_for(refused.reason, viewer="helper"),
                _("Your client can log in to Namens and choose your organisation by name. You need no BSN for that."),
                _("Did this client mandate your organisation before? Then no code is needed either."),
                _("Is it the first time? Show your client a QR code. Your client says yes on the own phone."),
            ],
            "actions": [
                {"url": reverse("pages:table"), "label": _("Show a QR code"), "kind": "primary"},
                {"url": reverse("pages:lessons"), "label": _("Read how it works")},
            ],
            "section": section,
        }
        return render(request, "message.html", page, status=403)
    return None


def told_helper(refused: MandateRefused) -> str:
    """Give a refusal in one sentence for a helper; where it is about services, with their names."""
    if refused.reason is MandateReason.NO_LICENCE and refused.services:
        sentence = _("You have no licence for: %(services)s. Ask your manager.")
        return sentence % {"services": ", ".join(refused.services)}
    return sentence_for(refused.reason, viewer="helper")


def name_on_paper(visitor: Visitor) -> str:
    """Give how a client reads who helps."""
    return in_full(visitor.member) if visitor.member else visitor.name
