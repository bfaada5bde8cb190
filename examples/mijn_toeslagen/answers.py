"""Pages as answers."""

from typing import Any

from flask import Response, g, make_response, redirect, render_template


def page(name: str, *, status: int = 200, **context: Any) -> Response:  # noqa: ANN401 - what a template shows
    """Give a page."""
    html = render_template(f"{name}.html", request_id=g.get("request_id", ""), **context)
    return make_response(html, status)


def go_to(path: str) -> Response:
    """Send the browser to one of our own pages, always with GET."""
    response = redirect(path, code=303)
    assert isinstance(response, Response)
    return response
