"""Every kind of page of the demonstration, as anybody and as the convenor sees it."""

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.demo.conftest import sign_in
from tests.browser.demo.looks import Looks

pytestmark = pytest.mark.long

# shown to the convenor as to anybody
ALIKE = {"programme:home", "core:privacy", "core:accessibility", "receipts:find", "conversations:part"}
ALIKE |= {
    "conversations:suggest",
    "stories:tell",
    "provenance:thread",
    "problems:problem-version",
    "problems:problem-changes",
}
PARTS = 3  # so that several processes share the work
TAKING_PART = ("conversations:part", "conversations:suggest", "stories:tell", "receipts:find")


def test_what_anybody_sees(open_page: OpenPage, found: dict[str, dict[str, list[str]]]):
    page, looks = open_page(), Looks()
    for route, addresses in found[""].items():
        page.goto(addresses[0])
        looks.at(page, route, thumbs=route in TAKING_PART)
    looks.check()


@pytest.mark.parametrize("part", range(PARTS))
def test_what_the_convenor_sees(open_page: OpenPage, found: dict[str, dict[str, list[str]]], part: int):
    page, looks = open_page(), Looks()
    sign_in(page, "Ida")
    for route, addresses in [one for one in found["Ida"].items() if one[0] not in ALIKE][part::PARTS]:
        page.goto(addresses[-1])
        looks.at(page, route)
    looks.check()
