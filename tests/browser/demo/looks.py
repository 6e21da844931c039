"""Looking at one page in one state: on a phone and on a desk, in light and in dark."""

from typing import ClassVar

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


SHOWN = "[...document.querySelectorAll('body *')].map(e => e.checkVisibility()).join()"
# Each way in which words are shown: where they stand, and all that a style sheet may ask of those around them. Those
# who say them are kept on the page, in the same order.
STYLES = """within => {
    const asked = ["class", "style", "type", "disabled", "checked", "aria-current"];
    const own = e => e.localName + asked.filter(name => e.hasAttribute(name)).map(name => e.getAttribute(name)).join();
    const path = e => e === document.documentElement ? "" : `${path(e.parentElement)} ${own(e)}`;
    const says = e => [...e.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const shown = [...document.querySelectorAll("body *")].filter(e => e.checkVisibility() && e.closest(within));
    window.speaking = shown.filter(e => says(e) || e.matches("input, textarea, select"));
    return window.speaking.map(path);
}"""


class Looks:
    """What was found wrong, over many pages."""

    styles: ClassVar[set[str]] = set()  # in which words have been looked at, by any test of this process

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def at(self, page: Page, name: str, *, thumbs: bool = False) -> None:
        """Look at a page as it stands. With `thumbs` every target is to be large enough for one.

        A desk is gone through as a phone is where it shows more or less than that; otherwise targets are measured
        there.
        """
        found: list[str] = []

        def add(how: str, faults: list[str]) -> None:
            found.extend(f"{how}: {fault}" for fault in faults)

        page.evaluate(OPEN_ALL)
        page.set_viewport_size(PHONE)
        shown = page.evaluate(SHOWN)
        add("360", axe.faults(page, axe.WITHOUT_COLOURS))
        add("360", self.colours(page))
        add("360", page.evaluate(SIDEWAYS))
        if thumbs:
            add("thumb", page.evaluate(THUMBS))
        page.set_viewport_size(DESK)
        if page.evaluate(SHOWN) == shown:
            add("1280", axe.faults(page, axe.TARGETS))
        else:
            add("1280", axe.faults(page, axe.WITHOUT_COLOURS))
            add("1280", self.colours(page))
        if page.locator("h1").count() != 1:
            found.append(f"{page.locator('h1').count()} first headings")
        self.note(page, name, found)

    def within(self, page: Page, name: str, part: str) -> None:
        """Look on a phone at those parts of a page that a selector names, where the rest was looked at before."""
        among = f"[...document.querySelectorAll({part!r})]"
        found = axe.faults(page, axe.WITHOUT_COLOURS, among) + self.colours(page, part) + page.evaluate(SIDEWAYS)
        self.note(page, name, found)

    def note(self, page: Page, name: str, found: list[str]) -> None:
        self.wrong += [f"{name} {page.url}\n    {fault}" for fault in found]

    def colours(self, page: Page, within: str = "body") -> list[str]:
        """Contrast, light and dark, of words that stand in a way in which none stood before: it takes the longest."""
        styles = page.evaluate(STYLES, within)
        new = {style: at for at, style in reversed(list(enumerate(styles))) if style not in self.styles}
        self.styles.update(new)
        if not new:
            return []
        found: list[str] = []
        among = f"{sorted(new.values())}.map(at => window.speaking[at])"
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            found += [f"{scheme}: {fault}" for fault in axe.faults(page, axe.COLOURS, among)]
        return found

    def check(self) -> None:
        """Fail with everything that was found wrong."""
        assert not self.wrong, f"{len(self.wrong)} faults\n" + "\n".join(self.wrong)
