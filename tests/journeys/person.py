"""Somebody at a computer of their own. What they do, in the words of a story."""

import re
import time
from dataclasses import dataclass, field, replace
from datetime import date

from playwright.sync_api import Error, Locator, Page, Response, expect

from tests.journeys.eye import Eye, heading
from tools.practice import Practice

SOON = 30.0
AT_PORTAL = "Inloggen met DigiD of eHerkenning"
SPACES = re.compile(r"\s+")


@dataclass
class Person:
    """Somebody with a browser. Every verb that changes the page looks at it."""

    name: str
    bsn: str
    page: Page
    practice: Practice
    eye: Eye
    scripts: bool = True
    answers: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.eye.watch(self.page)
        self.page.on("response", self._remember)

    # Going somewhere

    def opens(self, address: str) -> None:
        """Open an address; one that begins with a slash is a page of Namens."""
        whole = address if address.startswith("http") else self.practice.pages_address + address
        self.page.goto(whole)
        self.looks()

    def clicks(self, label: str, *, until: str = "**") -> None:
        """Click a link or a button that leads to a page; `until` is the address of the last page, if there are more."""
        with self.page.expect_navigation(url=until):
            self.control(label).click()
        self.looks()

    def unfolds(self, label: str) -> None:
        """Click something that changes this page only."""
        self.page.get_by_text(label, exact=True).click()
        self.looks()

    def presses_twice(self, label: str) -> None:
        """Press a button twice, quickly."""
        before = self.page.url
        self.control(label).dblclick()
        # The second press takes the place of what the first began: that navigation may never come to an end.
        expect(self.page).not_to_have_url(before)
        self.page.wait_for_load_state()
        self.looks()

    def presses(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def goes_back(self) -> None:
        """Use the browser's own Back."""
        try:
            self.page.go_back()
        except Error as problem:
            # The answer to a form is not kept (no-store): the browser shows a page of its own, which asks to resend.
            if "ERR_CACHE_MISS" not in problem.message:
                raise
            return
        self.looks()

    def logs_in(self, *, level: str = "") -> None:
        """Log in from the first page."""
        self.opens("/")
        self.clicks("Inloggen met DigiD")
        self.chooses_oneself_at_digid(level=level)

    def logs_in_at_portal(self, *, level: str = "") -> None:
        """Log in from the first page of a portal, as a private person."""
        self.clicks(AT_PORTAL)
        self.comes_with_digid(level=level)

    def comes_with_digid(self, *, level: str = "") -> None:
        """Choose DigiD where is asked how one wants to log in, and say there who one is."""
        self.sees_heading("Hoe wilt u inloggen?")
        self.clicks("Inloggen met DigiD")
        self.chooses_oneself_at_digid(level=level)

    def logs_in_at_portal_for_work(self, organisation: str, *, level: str = "") -> None:
        """Log in from the first page of a portal, for an organisation."""
        self.clicks(AT_PORTAL)
        self.sees_heading("Hoe wilt u inloggen?")
        self.clicks("Inloggen met eHerkenning")
        self.chooses_oneself_at_eherkenning(organisation, level=level)

    def chooses_oneself_at_digid(self, *, level: str = "") -> None:
        """Say who one is at the rehearsal DigiD, and perhaps how strongly."""
        self.page.get_by_role("radio", name=re.compile(f"^{self.name.replace(' ', ' .*?', 1)} ")).check()
        if level:
            self.page.get_by_role("radio", name=level, exact=True).check()
        self.clicks("Inloggen")

    def logs_in_at_work(self, organisation: str, *, level: str = "") -> None:
        """Log in from the first page, for an organisation."""
        self.opens("/")
        self.clicks("Inloggen met eHerkenning")
        self.chooses_oneself_at_eherkenning(organisation, level=level)

    def chooses_oneself_at_eherkenning(self, organisation: str, *, level: str = "") -> None:
        """Say who one is at the rehearsal eHerkenning, for which organisation, and perhaps how strongly."""
        colleagues = self.page.get_by_role("group", name=organisation, exact=True)
        colleagues.get_by_role("radio", name=re.compile(f"^{re.escape(self.name)} ")).check()
        if level:
            self.page.get_by_role("radio", name=level, exact=True).check()
        self.clicks("Inloggen")

    def logs_out(self) -> None:
        """Log out of Namens."""
        self.clicks("Uitloggen")

    def opens_a_tab(self) -> "Person":
        """Open another tab in the same browser."""
        return replace(self, page=self.page.context.new_page(), answers=[])

    def sits_down_at(self, other: "Person") -> None:
        """Take over the computer of somebody else, as it is now."""
        self.page = other.page

    def opens_until_it_says(self, address: str, sentence: str) -> None:
        """Open an address again and again, until it says what others still have to hear."""
        deadline = time.monotonic() + SOON
        self.page.goto(address)
        while sentence not in self.text():
            assert time.monotonic() < deadline, f"{address} does not say: {sentence} but: {self.text()}"
            self.page.goto(address)
        self.looks()

    # Forms

    def fills(self, label: str, text: str) -> None:
        """Type into the field with this label; what stood there goes."""
        self.page.get_by_label(label, exact=True).fill(text)

    def fills_date(self, day: str, month: str, year: str) -> None:
        """Type a date into its three fields."""
        for label, text in (("Dag", day), ("Maand", month), ("Jaar", year)):
            self.fills(label, text)

    def fills_day(self, day: date) -> None:
        """Type a day into the three fields of a date."""
        self.fills_date(str(day.day), str(day.month), str(day.year))

    def chooses(self, answer: str, *, question: str = "") -> None:
        """Choose one of the answers, perhaps of the question with these words."""
        asked = self.page.get_by_role("radiogroup", name=question) if question else self.page.locator("main")
        asked.get_by_role("radio", name=re.compile(f"^{re.escape(answer)}")).check()

    def ticks(self, *answers: str) -> None:
        """Tick boxes."""
        for answer in answers:
            self.page.get_by_role("checkbox", name=re.compile(f"^{re.escape(answer)}")).check()

    # Seeing

    def sees(self, *sentences: str) -> None:
        """Read each of these on the page."""
        for sentence in sentences:
            expect(self.page.locator("body")).to_contain_text(sentence)

    def does_not_see(self, *sentences: str) -> None:
        """Read none of these on the page."""
        for sentence in sentences:
            expect(self.page.locator("body")).not_to_contain_text(sentence)

    def sees_heading(self, words: str) -> None:
        """Be on the page with this heading."""
        expect(self.page.locator("h1")).to_have_text(words)

    def sees_error(self, sentence: str) -> None:
        """Read this in the summary above the heading, which has the focus, and at its field; the title says so too."""
        summary = self.page.locator("main .utrecht-alert--error")
        expect(summary).to_contain_text(sentence)
        expect(summary).to_be_focused()
        expect(self.page.locator(".utrecht-form-field-error-message").filter(has_text=sentence).first).to_be_visible()
        assert self.page.title().strip().startswith("Fout:"), self.page.title()

    def has_focus_on(self, words: str) -> None:
        """Be, with the keyboard, on the link or button with these words, and see that."""
        focused = self.page.locator(":focus-visible")
        expect(focused).to_have_text(words)
        expect(focused).to_be_in_viewport()

    def prints(self) -> None:
        """See the page as it comes on paper."""
        self.page.emulate_media(media="print")
        self.looks()
        self.page.emulate_media(media="screen")

    def text(self) -> str:
        """Everything that can be read on the page."""
        return SPACES.sub(" ", self.page.locator("body").inner_text())

    def looks(self) -> None:
        """Look well at the page as it is now."""
        first_name = self.name.split()[0]
        self.eye.look(self.page, what=f"{first_name} {heading(self.page)}", scripts=self.scripts)

    def control(self, label: str) -> Locator:
        """The link or button with these words; one in the page itself goes before one in the menu."""
        found = self._controls(self.page.locator("main"), label)
        expect(self._controls(self.page.locator("body"), label).first).to_be_visible()
        return found.first if found.count() else self._controls(self.page.locator("body"), label).first

    def traces(self) -> list[str]:
        """What the browser remembers: every address it visited, here and at the portals, and this page's title."""
        return [*(answer.url for answer in self.answers), self.page.title()]

    def last_answer(self, method: str = "GET") -> Response:
        """The last answer of a server to this browser's own page."""
        return next(answer for answer in reversed(self.answers) if answer.request.method == method)

    def _controls(self, place: Locator, label: str) -> Locator:
        return place.get_by_role("link", name=label, exact=True).or_(
            place.get_by_role("button", name=label, exact=True)
        )

    def _remember(self, answer: Response) -> None:
        if answer.request.is_navigation_request() and answer.frame == self.page.main_frame:
            self.answers.append(answer)
