"""From each receipt of the demonstration to what came of what was said."""

import re
from urllib.parse import urljoin

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, tells
from tests.browser.demo.conftest import Demo
from tests.browser.demo.looks import Looks
from tests.journeys.walker import Walker

CAME = re.compile(r"Quoted|Gathered|Counted|Not used, because|Nothing of this story has been|You took this back")
SCREEN = 740  # pixels of a phone
A_FEW = slice(0, None, 4)


def opened(demo: Demo, slip: dict[str, str]) -> Walker:
    walker = demo.walker().open("/r/").press("Open my receipt", code=slip["conversation"], words=slip["words"])
    assert walker.address == "/r/yours/", slip
    return walker


def test_every_receipt_opens_by_its_words_without_a_script(demo: Demo):
    slips = demo.tour["receipts"]
    assert len(slips) >= 8
    reached: dict[str, int] = {}
    for slip in slips:
        walker = opened(demo, slip)
        words = " ".join("".join(walker.page.words).split())
        assert CAME.search(words), f"the receipt of {slip} does not say what came of it"
        assert "Led to" not in words
        for text, href in walker.page.links:
            address = urljoin("/r/yours/", href)
            if href.startswith("/pell-coast/"):
                status = reached[address] = reached.get(address) or demo.walker().open(address).status
                assert status == 200, f"{text!r} of {slip} answers {status}"
    assert len(reached) > 20


def test_most_receipts_lead_up_to_the_published_edition(demo: Demo):
    receipts = [opened(demo, slip).page.links for slip in demo.tour["receipts"]]
    assert sum(any(demo.tour["edition"] in href for _, href in links) for links in receipts) >= 5


def scan(phone: Page, slip: dict[str, str]) -> None:
    phone.goto(f"/r/#{slip['conversation']}-{slip['words'].replace(' ', '-')}")
    phone.wait_for_url("**/r/yours/")


def test_a_receipt_opens_by_its_square_with_a_script(open_page: OpenPage, demo: Demo):
    for slip in demo.tour["receipts"][A_FEW]:
        phone = open_page(width=360)
        asked: list[str] = []
        phone.on("request", lambda request, asked=asked: asked.append(request.url))
        scan(phone, slip)
        expect(phone.get_by_role("heading", level=1)).to_have_text(re.compile("What happened to"))
        assert CAME.search(phone.locator("main").inner_text())
        assert not [url for url in asked if tells(url, slip["words"].split())]
        phone.context.close()


def test_every_receipt_is_short_on_a_phone_and_on_paper(open_page: OpenPage, demo: Demo):
    phone = open_page(width=360)
    for slip in demo.tour["receipts"]:
        scan(phone, slip)
        card = phone.locator(".weft-truth").first.bounding_box()
        assert card is not None
        assert card["y"] + card["height"] <= SCREEN * 1.06, f"what came of it takes more than a screen: {slip}"
        page = phone.evaluate("document.documentElement.scrollHeight")
        assert page <= SCREEN * 2.5, f"{page} pixels: {slip}"
        phone.emulate_media(media="print")
        expect(phone.locator("details").first).to_be_hidden()
        assert phone.evaluate("document.querySelector('main').scrollHeight") <= SCREEN * 1.6
        phone.emulate_media(media="screen")


def test_receipts_of_cards_alone_and_of_an_unused_story_look_well(open_page: OpenPage, demo: Demo):
    phone, looks = open_page(width=360), Looks()
    receipts = {slip["words"]: "".join(opened(demo, slip).page.words) for slip in demo.tour["receipts"]}
    for says in ("What happened to your answers", "Not used, because"):
        words = next(words for words, page in receipts.items() if says in " ".join(page.split()))
        scan(phone, next(slip for slip in demo.tour["receipts"] if slip["words"] == words))
        looks.at(phone, says, thumbs=True)
    looks.check()


def test_one_press_says_whether_it_answered(open_page: OpenPage, demo: Demo):
    phone = open_page(width=360, script=False)
    slip = next(one for one in demo.tour["receipts"] if "Did that answer" in "".join(opened(demo, one).page.words))
    phone.goto("/r/")
    phone.get_by_label("Code of the conversation").fill(slip["conversation"])
    phone.get_by_label("Your four words").fill(slip["words"])
    phone.get_by_role("button", name="Open my receipt").click()
    phone.get_by_role("button", name="Partly", exact=True).click()
    phone.wait_for_url("**/r/yours/")
    expect(phone.get_by_text("You said of the answer")).to_be_visible()


def test_the_square_without_a_script_leads_to_the_form(open_page: OpenPage, demo: Demo):
    slip = demo.tour["receipts"][0]
    phone = open_page(width=360, script=False)
    phone.goto(f"/r/#{slip['conversation']}-{slip['words'].replace(' ', '-')}")
    phone.get_by_label("Code of the conversation").fill(slip["conversation"])
    phone.get_by_label("Your four words").fill(slip["words"])
    phone.get_by_role("button", name="Open my receipt").click()
    phone.wait_for_url("**/r/yours/")
    assert CAME.search(phone.locator("main").inner_text())
