"""Every form of the team's side, sent empty: what is wrong is said above the form and beside the field."""

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import OpenPage
from tests.browser.demo.conftest import sign_in
from tests.browser.demo.looks import Looks

pytestmark = pytest.mark.long

EMPTY = """form => {
    for (const field of form.elements) {
        if (["hidden", "submit", "fieldset", "select-one"].includes(field.type)) continue;
        if (["radio", "checkbox"].includes(field.type)) field.checked = false;
        else field.value = "";
    }
}"""
TYPED = "main form[method=post]:not([data-weft-send]):has(input:not([type=hidden]), textarea)"
ANSWER = "main form, [data-weft-errors]"
PARTS = 2  # so that several processes share the work
NOTHING_IS_NEEDED = {
    *(
        "themes:theme-gather",
        "findings:finding-evidence",
        "findings:gap-offer",
        "journey:came",
        "leads:step_back",
        "stories:story-allowed",
    ),
}
# Sent empty, these take a story or card from everybody else; test_states.py goes there.
NOT_SENT = {"concerns:story-pass-on", "concerns:statement-pass-on"}


def form_to_fill_in(page: Page) -> Locator | None:
    """The first form of the page that asks for something, if there is one."""
    forms = page.locator(TYPED)
    return forms.first if forms.count() else None


def send_empty(page: Page, form: Locator) -> int:
    """Take everything out of the form, send it, and say how that was answered."""
    form.evaluate(EMPTY)
    with page.expect_navigation() as arrived:
        form.locator("button.govuk-button").last.click()
    return arrived.value.status if arrived.value else 0


@pytest.mark.parametrize("part", range(PARTS))
def test_every_form_says_what_is_wrong(open_page: OpenPage, found: dict[str, dict[str, list[str]]], part: int):
    page, looks, accepted = open_page(width=360), Looks(), set()
    sign_in(page, "Ida")
    for route, addresses in list(found["Ida"].items())[part::PARTS]:
        page.goto(addresses[0])
        form = None if route in NOT_SENT else form_to_fill_in(page)
        if form is None:
            continue
        status = send_empty(page, form)
        if status != 422:
            accepted.add(route)
            continue
        if not page.title().startswith("Error: "):
            looks.wrong.append(f"{route}: the title does not say that there is an error")
        if page.evaluate("!document.activeElement.matches('[data-weft-errors]')"):
            looks.wrong.append(f"{route}: the summary is not read first")
        for href in page.locator(".govuk-error-summary a").evaluate_all("links => links.map(a => a.hash.slice(1))"):
            if not page.evaluate("id => document.getElementById(id)?.matches('input, textarea, select')", href):
                looks.wrong.append(f"{route}: the summary leads to {href!r}, which is no field")
        looks.within(page, route, ANSWER)
    looks.check()
    assert accepted <= NOTHING_IS_NEEDED
