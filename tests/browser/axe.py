"""Accessibility: no page may show a fault in any state."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# One that is not shown, as inside what is folded, may never end, so none is waited for longer than a second.
MOTION_OVER = """Promise.race([
    Promise.all(document.getAnimations().map(animation => animation.finished.catch(() => null))),
    new Promise(over => setTimeout(over, 1000)),
])"""
EVERYTHING: dict[str, Any] = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},  # 24 pixels each way, which axe leaves out unless asked
}
WITHOUT_COLOURS = {**EVERYTHING, "rules": {**EVERYTHING["rules"], "color-contrast": {"enabled": False}}}


def only(*rules: str) -> dict[str, Any]:
    return {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": rules}}


COLOURS = only("color-contrast", "link-in-text-block")
TARGETS = only("target-size")


def assert_accessible(page: Page) -> None:
    """Run all of axe's rules on the page as it stands, and fail with what they found and where."""
    page.evaluate(MOTION_OVER)
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def assert_accessible_light_and_dark(page: Page) -> None:
    """The same in both colour schemes; the page is left in the light one."""
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)


def faults(page: Page, options: dict[str, Any] = EVERYTHING, among: str = "document") -> list[str]:
    """What axe finds on the page as it stands, a line for each rule that is broken, with the first places.

    `among` is what it looks at, in JavaScript: the page, or a list of elements.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(MOTION_OVER)
    broken = page.evaluate(f"options => axe.run({among}, options)", options)["violations"]
    return [
        f"{rule['id']} ({len(rule['nodes'])}): {[node['html'][:160] for node in rule['nodes'][:3]]}" for rule in broken
    ]
