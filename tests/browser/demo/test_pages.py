"""Every kind of page of the demonstration, as anybody and as the convenor sees it."""

from tests.browser.conftest import OpenPage
from tests.browser.demo.conftest import sign_in
from tests.browser.demo.looks import Looks

# shown to the convenor as to anybody
ALIKE = {"programme:home", "core:privacy", "core:accessibility", "receipts:find", "conversations:part"}
ALIKE |= {
    "conversations:suggest",
    "stories:tell",
    "provenance:thread",
    "problems:problem-version",
    "problems:problem-changes",
}
TAKING_PART = ("conversations:part", "conversations:suggest", "stories:tell", "receipts:find")


def test_what_anybody_sees(open_page: OpenPage, found: dict[str, dict[str, list[str]]]):
    page, looks = open_page(), Looks()
    for route, addresses in found[""].items():
        page.goto(addresses[0])
        looks.at(page, route, thumbs=route in TAKING_PART)
    looks.check()


def test_what_the_convenor_sees(open_page: OpenPage, found: dict[str, dict[str, list[str]]]):
    page, looks = open_page(), Looks()
    sign_in(page, "Ida")
    for route, addresses in found["Ida"].items():
        if route in ALIKE:
            continue
        page.goto(addresses[-1])
        looks.at(page, route, same_colours=True)
    looks.check()
