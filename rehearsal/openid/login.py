"""The login page: who are you, and how strong is your login."""

from http import HTTPStatus

from starlette.responses import HTMLResponse

from rehearsal import screens
from rehearsal.openid.asking import Question
from rehearsal.openid.means import Form, LoggedIn, Means, Mistake


def read(form: Form, *, means: Means) -> LoggedIn | Mistake:
    """Judge the login form."""
    level = means.levels.find(form.get("level", ""))
    if level is None:
        return Mistake("Kies hoe sterk u inlogt.", "level")
    return means.read(form, level)


def page(question: Question, *, key: str, means: Means, form: Form, mistake: Mistake | None = None) -> HTMLResponse:
    """Show the login page, with what was chosen before when there is a mistake."""
    return screens.show(
        f"{means.key}.html",
        status=HTTPStatus.BAD_REQUEST if mistake else HTTPStatus.OK,
        means=means,
        client=question.client,
        key=key,
        levels=means.levels.all,
        chosen_level=form.get("level", question.minimum.value),
        asked_level=question.minimum.name,
        mistake=mistake,
        **means.choices(form),
    )
