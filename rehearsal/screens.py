"""Pages for people: templates, and the headers every page carries."""

from http import HTTPStatus
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

_HERE = Path(__file__).parent
STYLE = (_HERE / "static" / "style.css").read_text(encoding="utf-8")

_TEMPLATES = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
# No form-action: browsers also apply it to every redirect after the form, and those lead to the client and beyond.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_SCRIPTS = "; script-src 'self'; connect-src 'self'"
SCRIPT = (_HERE / "static" / "practice.js").read_text(encoding="utf-8")


def show(template: str, *, status: HTTPStatus = HTTPStatus.OK, **values: object) -> HTMLResponse:
    """Give a page."""
    return HTMLResponse(_TEMPLATES.get_template(template).render(values), status_code=status, headers=_HEADERS)


def show_with_script(template: str, *, status: HTTPStatus = HTTPStatus.OK, **values: object) -> HTMLResponse:
    """Give a page on which our own script runs, and may ask us."""
    page = show(template, status=status, **values)
    page.headers["Content-Security-Policy"] = _HEADERS["Content-Security-Policy"] + _SCRIPTS
    return page
