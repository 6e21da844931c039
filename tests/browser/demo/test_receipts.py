"""From each receipt of the demonstration to what came of what was said."""

import re
from urllib.parse import urljoin

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, tells
from tests.browser.demo.conftest import Demo

CAME = re.compile(
    r"Used in|Led to|Cited in|Answered by|Quoted in|Not used, because|Nothing you said here has been|You took this back"
)


def test_every_receipt_opens_by_its_words_without_a_script(demo: Demo):
    slips = demo.tour["receipts"]
    assert len(slips) >= 8
    for slip in slips:
        walker = demo.walker().open("/r/").press("Open my receipt", code=slip["conversation"], words=slip["words"])
        assert walker.address == "/r/yours/", slip
        words = " ".join("".join(walker.page.words).split())
        assert CAME.search(words), f"the receipt of {slip} does not say what came of it"
        for text, href in walker.page.links:
            if href.startswith("/pell-coast/"):
                reached = demo.walker().open(urljoin("/r/yours/", href))
                assert reached.status == 200, f"{text!r} of {slip} answers {reached.status}"


def test_most_receipts_lead_up_to_the_published_edition(demo: Demo):
    carried = 0
    for slip in demo.tour["receipts"]:
        walker = demo.walker().open("/r/").press("Open my receipt", code=slip["conversation"], words=slip["words"])
        carried += any(demo.tour["edition"] in href for _, href in walker.page.links)
    assert carried >= 5


def test_every_receipt_opens_by_its_square_with_a_script(open_page: OpenPage, demo: Demo):
    for slip in demo.tour["receipts"]:
        phone = open_page(width=360)
        asked: list[str] = []
        phone.on("request", lambda request, asked=asked: asked.append(request.url))
        phone.goto(f"/r/#{slip['conversation']}-{slip['words'].replace(' ', '-')}")
        phone.wait_for_url("**/r/yours/")
        expect(phone.get_by_role("heading", level=1)).to_have_text("What happened to what you said")
        assert CAME.search(phone.locator("main").inner_text())
        assert not [url for url in asked if tells(url, slip["words"].split())]
        phone.context.close()


def test_the_square_without_a_script_leads_to_the_form(open_page: OpenPage, demo: Demo):
    slip = demo.tour["receipts"][0]
    phone = open_page(width=360, script=False)
    phone.goto(f"/r/#{slip['conversation']}-{slip['words'].replace(' ', '-')}")
    phone.get_by_label("Code of the conversation").fill(slip["conversation"])
    phone.get_by_label("Your four words").fill(slip["words"])
    phone.get_by_role("button", name="Open my receipt").click()
    phone.wait_for_url("**/r/yours/")
    assert CAME.search(phone.locator("main").inner_text())
