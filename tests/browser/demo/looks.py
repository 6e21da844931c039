"""Looking at one page in one state: on a phone and on a desk, in light and in dark."""

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
STYLES = """() => {
    const asked = ["class", "style", "type", "disabled", "checked", "aria-current"];
    const own = e => e.localName + asked.filter(name => e.hasAttribute(name)).map(name => e.getAttribute(name)).join();
    const path = e => e === document.documentElement ? "" : `${path(e.parentElement)} ${own(e)}`;
    const says = e => [...e.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const shown = [...document.querySelectorAll("body *")].filter(e => e.checkVisibility());
    window.speaking = shown.filter(e => says(e) || e.matches("input, textarea, select"));
    return window.speaking.map(path);
}"""


class Looks:
    """What was found wrong, over many pages."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.styles: set[str] = set()

    def at(self, page: Page, name: str, *, thumbs: bool = False) -> None:
        """Look at a page as it stands. With `thumbs` every target is to be large enough for one.

        A desk is gone through as a phone is where it shows more or less than that; otherwise targets are measured
        there.
        """
        found: list[str] = []

        def note(how: str, faults: list[str]) -> None:
            found.extend(f"{how}: {fault}" for fault in faults)

        page.evaluate(OPEN_ALL)
        page.set_viewport_size(PHONE)
        shown = page.evaluate(SHOWN)
        note("360", axe.faults(page, axe.WITHOUT_COLOURS))
        note("360", self.colours(page))
        note("360", page.evaluate(SIDEWAYS))
        if thumbs:
            note("thumb", page.evaluate(THUMBS))
        page.set_viewport_size(DESK)
        if page.evaluate(SHOWN) == shown:
            note("1280", axe.faults(page, axe.TARGETS))
        else:
            note("1280", axe.faults(page, axe.WITHOUT_COLOURS))
            note("1280", self.colours(page))
        if page.locator("h1").count() != 1:
            found.append(f"{page.locator('h1').count()} first headings")
        self.wrong += [f"{name} {page.url}\n    {fault}" for fault in found]

    def colours(self, page: Page) -> list[str]:
        """Contrast, light and dark, of words that stand in a way in which none stood before: it takes the longest."""
        styles = page.evaluate(STYLES)
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
