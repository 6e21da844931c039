"""The pages that belong to no area, as Chromium shows them."""

import pytest
from playwright.sync_api import Page

from tests.browser.axe import assert_accessible_light_and_dark

PAGES = ["/parts/", "/parts/?errors=1", "/privacy/", "/accessibility/", "/no/such/page/"]


@pytest.mark.parametrize("address", PAGES)
def test_no_accessibility_fault(page: Page, address: str):
    page.goto(address)
    assert_accessible_light_and_dark(page)


@pytest.mark.parametrize("address", PAGES)
def test_nothing_scrolls_sideways_on_a_small_phone(phone: Page, address: str):
    phone.goto(address)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert_accessible_light_and_dark(phone)


def test_every_target_is_large_enough_for_a_thumb(phone: Page):
    phone.goto("/parts/")
    small = phone.evaluate(
        """[...document.querySelectorAll("a, button, summary, input:not([type=hidden])")]
        .filter(e => e.checkVisibility() && !e.closest("p, .weft-thread, .weft-gap, .govuk-skip-link"))
        .filter(e => e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 24)
        .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []
