"""A browser without scripts, over plain HTTP: it follows links, sends the forms that stand on a page, keeps cookies."""

import html
import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urljoin

import httpx2

PATIENCE_SECONDS = 60.0
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
INPUT = re.compile(r"<(?:input|button)\b([^>]*)>")
LINK = re.compile(r'<a\b[^>]*href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
LABEL = re.compile(r"<label\b([^>]*)>(.*?)</label>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def words_of(markup: str) -> str:
    """Give what can be read."""
    return " ".join(html.unescape(TAG.sub(" ", markup)).split())


def attribute(tag: str, name: str) -> str:
    """Give the value of an attribute; empty when there is none."""
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


@dataclass
class Surfer:
    """Somebody with such a browser. `page` is the last answer."""

    base: str
    http: httpx2.Client = field(
        default_factory=lambda: httpx2.Client(follow_redirects=True, timeout=PATIENCE_SECONDS, trust_env=False)
    )
    page: httpx2.Response = field(init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def opens(self, address: str) -> str:
        """Go to an address, and give what can be read there."""
        return self._arrive(self.http.get(urljoin(self.base, address)))

    def follows(self, words: str) -> str:
        """Follow the link with these words."""
        found = [link for link, inside in LINK.findall(self.page.text) if words_of(inside) == words]
        assert found, f"no link {words!r} on {self.page.url}: {self.text}"
        return self.opens(urljoin(str(self.page.url), html.unescape(found[0])))

    def sends(self, button: str, **fields: str | list[str]) -> str:
        """Press the button with these words, with these fields filled in; what else the form holds goes along."""
        for opening, inside in FORM.findall(self.page.text):
            for tag, label in re.findall(r"<button\b([^>]*)>(.*?)</button>", inside, re.DOTALL):
                if words_of(label) == button:
                    pressed = {attribute(tag, "name"): attribute(tag, "value")} if attribute(tag, "name") else {}
                    return self._send(opening, {**_kept(inside), **pressed, **fields})
        raise AssertionError(f"no button {button!r} on {self.page.url}: {self.text}")

    def picks(self, *answers: str) -> dict[str, str | list[str]]:
        """Give the fields that choose these answers: radio buttons and boxes, by the words that begin their label."""
        tags = INPUT.findall(self.page.text)
        by_id = {attribute(tag, "id"): tag for tag in tags if attribute(tag, "type") in ("radio", "checkbox")}
        chosen: dict[str, str | list[str]] = {}
        for answer in answers:
            tag = next(
                filter(None, (self._chosen(answer, label, by_id) for label in LABEL.findall(self.page.text))), ""
            )
            assert tag, f"no choice {answer!r} on {self.page.url}: {self.text}"
            chosen[attribute(tag, "name")] = attribute(tag, "value")
        return chosen

    @property
    def text(self) -> str:
        """Give what can be read on the page."""
        return words_of(self.page.text)

    def logs_in(self, person: str, *, with_: str = "DigiD") -> None:
        """Say who one is, where the stand-in asks it."""
        assert with_ in self.text, self.text
        self.sends("Inloggen", person=person, level="low" if with_ == "DigiD" else "loa3")

    def _chosen(self, answer: str, label: tuple[str, str], by_id: dict[str, str]) -> str:
        opening, inside = label
        if not words_of(inside).startswith(answer):
            return ""
        within = INPUT.findall(inside)
        return within[0] if within else by_id.get(attribute(opening, "for"), "")

    def _send(self, opening: str, fields: dict[str, str | list[str]]) -> str:
        address = urljoin(str(self.page.url), attribute(opening, "action"))
        headers = {"Referer": str(self.page.url), "Origin": urljoin(str(self.page.url), "/").rstrip("/")}
        if attribute(opening, "method").lower() == "post":
            return self._arrive(self.http.post(address, data=fields, headers=headers))
        return self._arrive(self.http.get(address, params=fields))

    def _arrive(self, page: httpx2.Response) -> str:
        self.page = page
        assert page.status_code < 500, f"{page.status_code} from {page.url}: {words_of(page.text)[:500]}"
        return self.text


def _kept(inside: str) -> dict[str, str | list[str]]:
    """Give what a form holds as it stands: hidden fields, and texts that are filled in already."""
    kept: dict[str, str | list[str]] = {}
    for tag in INPUT.findall(inside):
        if attribute(tag, "type") in ("hidden", "text") and attribute(tag, "name"):
            before = kept.get(attribute(tag, "name"), [])
            assert isinstance(before, list)
            kept[attribute(tag, "name")] = [*before, attribute(tag, "value")]
    return kept
