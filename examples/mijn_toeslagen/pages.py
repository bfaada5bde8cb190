"""The pages that only show something."""

from flask import Blueprint, Response, jsonify

from mijn_toeslagen import figures
from mijn_toeslagen.answers import page
from mijn_toeslagen.guard import for_visitors
from mijn_toeslagen.portal import portal
from mijn_toeslagen.visitor import Visitor

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> Response:
    """Say what this is, and let people log in."""
    return page("home")


@blueprint.get("/overzicht")
@for_visitors
def overview(visitor: Visitor) -> Response:
    """Show what stands in our administration of the person whom it is about."""
    here = portal()
    file = here.administration.file_of(visitor.subject.id)
    return page(
        "overview",
        file=file,
        lines=figures.lines(file, kind=here.settings.kind),
        year=here.clock().year,
        changes=here.administration.changes_of(visitor.subject.id, seen_by=visitor),
        may_change_account=visitor.may("rekeningnummer-wijzigen"),
        # Who disputes what a helper did, says it to us and not to that helper.
        shows_disputes=visitor.acting is None,
    )


@blueprint.get("/gezond")
def health() -> Response:
    """Say that the program answers."""
    return jsonify(status="ok")
