"""From every cited sentence of the published edition to a voice or a source, in two taps."""

from urllib.parse import urljoin

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.demo.conftest import Demo
from tests.browser.demo.crawl import match
from tests.journeys.walker import Walker

GROUND = {"stories:story", "conversations:statement", "sources:excerpt", "sources:source"}


def leads_to(walker: Walker) -> list[str]:
    """Where the links of the page lead, in their order."""
    return [urljoin(walker.address, href) for _, href in walker.page.links]


def is_ground(address: str) -> bool:
    """Whether it is the address of something somebody said, or of a source."""
    route = match(address)
    return route is not None and route.view_name in GROUND


def test_every_citation_leads_to_a_voice_or_a_source_in_two_taps(demo: Demo):
    report = demo.walker().open("/pell-coast/report/")
    cited, linked = demo.tour["cited"], leads_to(report)
    assert len(cited) > 40
    for code in cited:
        first = next((address for address in linked if address.endswith(f"/{code}/")), None)
        if first is None:  # taken back since: the sentence says so instead, and the item is a tombstone
            kind = {"Q": "excerpt"}[code[0]]
            assert demo.walker().open(f"/pell-coast/{kind}/{code}/").status == 410, code
            continue
        item = demo.walker().open(first)
        assert item.status == 200, first
        if is_ground(first):
            continue
        second = next(filter(is_ground, leads_to(item)), None)
        assert second, f"{first} leads to no voice and no source"
        assert demo.walker().open(second).status == 200, second


def test_a_sentence_whose_words_were_taken_back_says_so(demo: Demo):
    report = demo.walker().open("/pell-coast/report/")
    assert report.reads(" withdrawn since.")  # one, unless a test beside this one took something back
    assert "fork was dry" not in report.html


def test_one_citation_of_each_kind_on_a_phone(open_page: OpenPage, demo: Demo):
    phone = open_page(width=360)
    kinds = {code[0]: code for code in reversed(demo.tour["cited"]) if code != "Q-4NTNR"}
    assert len(kinds) > 8
    for code in kinds.values():
        phone.goto("/pell-coast/report/")
        phone.locator(f"main a.weft-cite[href$='/{code}/']").first.click()
        expect(phone.locator("h1")).to_be_visible()
        if not is_ground(phone.url.removeprefix(demo.url)):
            links = phone.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
            phone.locator("main a").nth(next(n for n, href in enumerate(links) if is_ground(href))).click()
            expect(phone.locator("h1")).to_be_visible()
        assert is_ground(phone.url.removeprefix(demo.url)), f"{code} ends at {phone.url}"
