"""Accessibility: no page may show a fault in any state."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# One that is not shown, as inside what is folded, may never end, so none is waited for longer than a second.
MOTION_OVER = """Promise.race([
    Promise.all(document.getAnimations().map(animation => animation.finished.catch(() => null))),
    new Promise(over => setTimeout(over, 1000)),
])"""
AS_IT_COMES: dict[str, Any] = {"resultTypes": ["violations"]}
EVERYTHING: dict[str, Any] = {
    **AS_IT_COMES,
    "rules": {"target-size": {"enabled": True}},  # 24 pixels each way, which axe leaves out unless asked
}
WITHOUT_COLOURS = {**EVERYTHING, "rules": {**EVERYTHING["rules"], "color-contrast": {"enabled": False}}}


def only(*rules: str) -> dict[str, Any]:
    return {**AS_IT_COMES, "runOnly": {"type": "rule", "values": rules}}


COLOURS = only("color-contrast", "link-in-text-block")
TARGETS = only("target-size")


def assert_accessible(page: Page) -> None:
    """Run all of axe's rules on the page as it stands, and fail with what they found and where."""
    found = faults(page, AS_IT_COMES)
    assert not found, "\n".join([page.url, *found])


def assert_accessible_light_and_dark(page: Page) -> None:
    """The same in both colour schemes; the page is left in the light one."""
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)


def faults(page: Page, options: dict[str, Any] = EVERYTHING, among: str = "document") -> list[str]:
    """What axe finds on the page as it stands, a line for each rule that is broken, with the first places.

    `among` is what it looks at, in JavaScript: the page, or a list of elements.
    """
    asked = f"""options => 'axe' in window && {MOTION_OVER}
        .then(() => axe.run({among}, options))
        .then(found => found.violations.map(rule => [rule.id, rule.nodes.map(node => node.html.slice(0, 160))]))"""
    broken = page.evaluate(asked, options)
    if broken is False:
        page.add_init_script(AXE_SCRIPT)  # the pages after this one have it as they load, which is quicker
        page.evaluate(AXE_SCRIPT)
        broken = page.evaluate(asked, options)
    return [f"{rule} ({len(places)}): {places[:3]}" for rule, places in broken]
