"""Looking at one page in one state: on a phone and on a desk, in light and in dark."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser import axe

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
OPEN_ALL = "document.querySelectorAll('details').forEach(details => { details.open = true; })"
SIDEWAYS = """() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    const out = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > wide + 1);
    return [`wider than ${wide}: ` + out.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(" | ")];
}"""
THUMBS = """() => [...document.querySelectorAll(
    "main button, main .govuk-button, main .weft-more, main input:not([type=hidden]), main textarea, main select")]
    .filter(e => e.checkVisibility() && !e.closest(".weft-plain-button"))
    .map(e => [e, e.getBoundingClientRect()])
    .filter(([e, box]) => box.height < 43.5 || box.width < 43.5)
    .map(([e, box]) => `${Math.round(box.width)} by ${Math.round(box.height)}: ${e.outerHTML.slice(0, 120)}`)"""


class Looks:
    """What was found wrong, over many pages."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.seen: set[str] = set()

    def at(self, page: Page, name: str, *, thumbs: bool = False, same_colours: bool = False) -> None:
        """Look at a page as it stands.

        With `thumbs` every target is to be large enough for one. With `same_colours` a desk shows what a phone does, so
        that contrast, which takes the longest, is measured once in light and once in dark.
        """
        found: list[str] = []

        def note(how: str, look: Callable[[], list[str]]) -> None:
            found.extend(f"{how}: {fault}" for fault in look())

        self.seen.add(name)
        page.evaluate(OPEN_ALL)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(PHONE)
        note("360", lambda: axe.faults(page))
        note("360", lambda: page.evaluate(SIDEWAYS))
        if thumbs:
            note("thumb", lambda: page.evaluate(THUMBS))
        page.emulate_media(color_scheme="dark")
        note("360 dark", lambda: axe.faults(page, axe.COLOURS))
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(DESK)
        note("1280", lambda: axe.faults(page, axe.WITHOUT_COLOURS if same_colours else axe.EVERYTHING))
        if page.locator("h1").count() != 1:
            found.append(f"{page.locator('h1').count()} first headings")
        self.wrong += [f"{name} {page.url}\n    {fault}" for fault in found]

    def check(self) -> None:
        """Fail with everything that was found wrong."""
        assert not self.wrong, f"{len(self.wrong)} faults\n" + "\n".join(self.wrong)
