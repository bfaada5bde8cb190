"""Changing something: a form, a check, and a confirmation. Before it is written, Namens is asked once more."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from mijn_toeslagen import asking, userinfo
from mijn_toeslagen.answers import go_to, page
from mijn_toeslagen.fields import ACCOUNT, FIELDS, INCOME, Field, NotRead
from mijn_toeslagen.guard import LONGEST_TYPED, for_visitors
from mijn_toeslagen.portal import portal, visit
from mijn_toeslagen.userinfo import Gone, Unreachable
from mijn_toeslagen.visitor import Visitor

BOTH = ["GET", "POST"]
blueprint = Blueprint("changes", __name__)
View = Callable[[Visitor, Field], Response]


def form(visitor: Visitor, field: Field) -> Response:
    """Ask for the new value, and keep it until it is checked."""
    if request.method != "POST":
        draft = _draft(visitor, field)
        return _form(field, typed=draft["typed"] if draft else "")
    typed = request.form.get("value", "")[:LONGEST_TYPED]
    try:
        value = _new_value(visitor, field, typed)
    except NotRead as problem:
        return _form(field, typed=typed, problem=str(problem))
    number = str(uuid.uuid4())
    visit()["draft"] = {
        "path": field.path,
        "typed": typed,
        "value": value,
        "number": number,
        "owner": visitor.pair,
    }
    return go_to(f"{field.path}/controleren")


def check(visitor: Visitor, field: Field) -> Response:
    """Show what will change; write it after a yes, when Namens says that the login still holds."""
    draft = _draft(visitor, field)
    if draft is None or "value" not in draft:
        return go_to(f"{field.path}/klaar" if visit().get("done") == field.key else field.path)
    if request.method != "POST":
        return _check(visitor, field, draft)
    answer = userinfo.ask(visitor)
    if isinstance(answer, Unreachable):
        return _check(visitor, field, draft, unreachable=True)
    if isinstance(answer, Gone):
        visit().clear()
        return page("gone", status=403, on_behalf=visitor.acting is not None)
    return _write(answer.visitor, field, draft)


def done(_visitor: Visitor, field: Field) -> Response:
    """Confirm what was just changed."""
    return page("done", field=field) if visit().get("done") == field.key else go_to("/overzicht")


def _write(visitor: Visitor, field: Field, draft: dict[str, Any]) -> Response:
    if field.sensitive and not visitor.may(field.sensitive):
        return page("refused", status=403)
    here = portal()
    number, value = draft["number"], draft["value"]
    act = field.act if here.settings.exchanges else ""
    here.administration.record(visitor, number=number, field=field.key, value=value, act=act, now=here.clock())
    # A thread tells Namens: nobody waits for that here.
    here.something_to_report.set()
    visit().pop("draft", None)
    visit()["done"] = field.key
    return go_to(f"{field.path}/klaar")


def _draft(visitor: Visitor, field: Field) -> dict[str, Any] | None:
    """Give what this person typed for this client in this form."""
    draft: dict[str, Any] | None = visit().get("draft")
    if draft is None or draft["owner"] != visitor.pair or draft["path"] != field.path:
        return None
    return draft


def _new_value(visitor: Visitor, field: Field, typed: str) -> str:
    """Read what was typed. Raises NotRead, also for what stands there already."""
    value = field.read(typed)
    if value == _old_value(visitor, field):
        raise NotRead(f"Dit staat er al: {field.write(value)}. Vul iets anders in.")
    return value


def _old_value(visitor: Visitor, field: Field) -> str:
    return str(getattr(portal().administration.file_of(visitor.subject.id), field.key))


def _form(field: Field, *, typed: str, problem: str = "") -> Response:
    return page("form", status=422 if problem else 200, field=field, typed=typed, problem=problem)


def _check(visitor: Visitor, field: Field, draft: dict[str, Any], *, unreachable: bool = False) -> Response:
    old, new = _old_value(visitor, field), draft["value"]
    context = {"field": field, "old": field.write_short(old), "new": field.write(new), "unreachable": unreachable}
    return page("check", status=503 if unreachable else 200, **context)


def _guarded(view: View, field: Field) -> Callable[[], Response]:
    """Give a view of this field for people who are logged in and may change it."""

    def answer(visitor: Visitor) -> Response:
        if field.sensitive and not visitor.may(field.sensitive):
            return page("refused", status=403)
        if field.sensitive and not asking.may(visitor, action=field.sensitive):
            return page("refused", status=403)
        return view(visitor, field)

    return for_visitors(answer)


for _field in (INCOME, ACCOUNT):
    blueprint.add_url_rule(_field.path, f"{_field.key}_form", _guarded(form, _field), methods=BOTH)
    blueprint.add_url_rule(f"{_field.path}/controleren", f"{_field.key}_check", _guarded(check, _field), methods=BOTH)
    blueprint.add_url_rule(f"{_field.path}/klaar", f"{_field.key}_done", _guarded(done, _field))


@blueprint.app_template_filter("change_title")
def change_title(key: str) -> str:
    """Name what was changed."""
    return {"income": "Inkomen", "account": "Rekeningnummer"}[key]


@blueprint.app_template_filter("shown")
def shown(value: str, key: str) -> str:
    """Write an old or a new value in the list of changes."""
    return FIELDS[key].write_short(value)
