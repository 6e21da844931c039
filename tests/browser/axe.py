"""Accessibility: no page may show a fault in any state."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

MOTION_OVER = "Promise.all(document.getAnimations().map(animation => animation.finished.catch(() => null)))"


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
