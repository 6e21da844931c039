"""The pages that no link leads to: what somebody meets after sending, taking back, going astray or coming second."""

import re
from collections.abc import Callable
from urllib.parse import urljoin

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.demo.conftest import Demo, sign_in
from tests.browser.demo.looks import Looks

STORY = "The bus did not come, so we walked home along the sea wall."
ASTRAY = {
    "nowhere": ("/no/such/page/", 404),
    "no such item": ("/pell-coast/F-00000/", 404),
    "taken back": ("/pell-coast/Q-4NTNR/", 410),
    "closed": ("/c/summer26/", 200),
    "refused": ("/c/summer26/add/", 409),
    "not theirs": ("/pell-coast/cohort/", 200),
    "an invitation that is no good": ("/invitation/nonsense/", 200),
    "nothing found": ("/pell-coast/search/?words=zeppelin", 200),
    "something found": ("/pell-coast/search/?words=bus", 200),
    "a knot in focus": ("/pell-coast/?focus=F-7K3QD", 200),
    "two in focus": ("/pell-coast/long-summer/?focus=V-4TRMM", 200),
}


def test_going_astray(open_page: OpenPage):
    page, looks = open_page(), Looks()
    for name, (address, status) in ASTRAY.items():
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == status, f"{address} answers {answer.status}, not {status}"
        looks.at(page, name)
    looks.check()


def start(phone: Page, address: str) -> None:
    phone.goto(address)
    phone.wait_for_selector("html[data-ready]")


def answer_all(phone: Page) -> None:
    while phone.get_by_role("button", name="Agree", exact=True).count():
        left = phone.locator("#words").inner_text()
        phone.get_by_role("button", name="Agree", exact=True).click()
        phone.wait_for_function("left => document.querySelector('#words')?.innerText !== left", arg=left)


def allow_the_same_again(phone: Page, look: Callable[[str], None]) -> None:
    """From an open receipt to what may be done with a story, and back."""
    phone.get_by_role("link", name="Change it").first.click()
    phone.wait_for_url("**/allowed/")
    look("what may be done with a story")
    phone.get_by_role("button", name="Save my choices").click()
    phone.wait_for_url("**/r/yours/")


def test_taking_part_and_taking_back(open_page: OpenPage):
    phone, looks = open_page(width=360), Looks()

    def look(name: str) -> None:
        looks.at(phone, name, thumbs=True)

    start(phone, "/c/winter26/")
    phone.locator("form[data-weft-send]").evaluate("form => form.submit()")
    expect(phone.locator(".govuk-error-summary")).to_be_focused()
    look("an unclear answer")
    start(phone, "/c/winter26/")
    phone.get_by_role("button", name="Disagree").click()
    expect(phone.get_by_text("1 answered")).to_be_visible()
    look("the second card")
    phone.get_by_role("link", name=re.compile("Change your")).click()
    look("a card answered before")
    start(phone, "/c/winter26/")
    answer_all(phone)
    look("no more cards")
    start(phone, "/c/winter26/add/")
    phone.get_by_role("button", name="Add my card").click()
    expect(phone.locator(".govuk-error-summary")).to_be_focused()
    look("a card without words")
    phone.locator("textarea").fill("There should be soup at the bus stop.")
    phone.get_by_role("button", name="Add my card").click()
    phone.wait_for_url("**/added/")
    look("a card added")
    start(phone, "/c/winter26/story/")
    phone.get_by_role("button", name="Send my story").click()
    expect(phone.locator(".govuk-error-summary")).to_be_focused()
    look("a story without words")
    phone.locator("textarea").first.fill(STORY)
    phone.get_by_label("Use it, and quote it without my name").check()
    phone.get_by_role("button", name="Send my story").click()
    phone.wait_for_url("**/sent/")
    look("sent")
    if phone.get_by_role("button", name="Give me four words").count():
        phone.get_by_role("button", name="Give me four words").click()
        look("the slip")
    phone.get_by_role("button", name="Open my receipt").click()
    phone.wait_for_url("**/r/yours/")
    look("the receipt")
    allow_the_same_again(phone, look)
    for name in ("Your story", "answers", "everything"):
        phone.goto("/r/yours/")
        phone.get_by_text("Choose what to take back").click()
        phone.get_by_role("link", name=re.compile(f"Take .*{name}", re.I)).first.click()
        look(f"taking back {name}")
        phone.get_by_role("button", name="Yes, take it back").click()
        phone.wait_for_url("**/back/")
        look(f"taken back: {name}")
    phone.goto("/r/yours/")
    look("nothing left")
    expect(phone.locator("main")).not_to_contain_text(STORY)
    start(phone, "/c/winter26/")
    look("gone from the conversation")
    looks.check()


def test_a_receipt_and_what_its_owner_says_of_an_answer(open_page: OpenPage, demo: Demo):
    phone, looks = open_page(width=360), Looks()
    for slip in demo.tour["receipts"]:
        phone.goto("/r/")
        phone.get_by_label("Code of the conversation").fill(slip["conversation"])
        phone.get_by_label("Your four words").fill("abandon ability able zoo")
        phone.get_by_role("button", name="Open my receipt").click()
        expect(phone.locator(".govuk-error-summary")).to_be_focused()
        if slip is demo.tour["receipts"][0]:
            looks.at(phone, "wrong words", thumbs=True)
        phone.get_by_label("Your four words").fill(slip["words"])
        phone.get_by_role("button", name="Open my receipt").click()
        phone.wait_for_url("**/r/yours/")
        if phone.locator("form.weft-did").count():
            break
    looks.at(phone, "a receipt with an answer", thumbs=True)
    phone.goto(phone.locator("form.weft-did").get_attribute("action") or "")
    looks.at(phone, "an answer to mark", thumbs=True)
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator(".govuk-error-summary")).to_be_focused()
    looks.at(phone, "a mark without a choice", thumbs=True)
    phone.get_by_role("radio").first.check()
    phone.get_by_role("button", name="Send").click()
    phone.wait_for_url("**/r/answers/")
    looks.at(phone, "answers that were marked", thumbs=True)
    looks.check()


def test_what_only_sending_leads_to(open_page: OpenPage, demo: Demo):
    page, looks = open_page(), Looks()
    page.goto("/sign-in/")
    page.get_by_role("textbox").fill("lena@example.org")
    page.locator("main button").last.click()
    page.wait_for_url("**/sign-in/code/")
    looks.at(page, "a code to type")
    sign_in(page, "Ida")
    page.goto("/pell-coast/long-summer/people/")
    page.locator("main input[type=email]").fill("new@example.org")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("new@example.org").first).to_be_visible()
    looks.at(page, "somebody is invited")
    secret = re.findall(r"/invitation/([^/\s]+)/", demo.said())[-1]
    invited = open_page()
    invited.goto(f"/invitation/{secret}/")
    expect(invited.get_by_text("Long Summer").first).to_be_visible()
    looks.at(invited, "an invitation")
    page.goto("/pell-coast/long-summer/conversations/winter26/paper/")
    page.locator("main textarea").first.fill("Told on paper, at the long table.")
    page.get_by_label("Just read it").check()
    page.locator("main button.govuk-button").last.click()
    page.wait_for_url("**/slip/**")
    looks.at(page, "a slip to print")
    page.goto("/pell-coast/M-3H8PD/days/")
    looks.at(page, "days")
    for noun in ("findings", "gaps", "reflections", "sources"):
        page.goto(f"/pell-coast/long-summer/{noun}/")
        looks.at(page, noun)
    looks.check()


def test_coming_second(open_page: OpenPage, demo: Demo):
    page, looks = open_page(), Looks()
    sign_in(page, "Ida")
    page.goto("/pell-coast/F-7K3QD/edit/")
    first = demo.walker("Tom").open("/pell-coast/F-7K3QD/edit/")
    name = next(iter({"text", "words"} & first.page.forms[-1].names))
    first.press("Save", **{name: "Somebody else saved this in the meantime [[V-4TRMM]]."})
    page.locator(f"main [name={name}]").fill("This is what I wrote myself.")
    page.locator("main button.govuk-button").last.click()
    expect(page.get_by_role("heading", name=re.compile("saved a newer text"))).to_be_visible()
    looks.at(page, "two versions")
    looks.check()


def test_signed_out_where_a_team_works(demo: Demo):
    asked = demo.walker().open("/pell-coast/long-summer/work/listen/")
    assert urljoin("/", asked.address).startswith("/sign-in/")


def test_a_concern_and_what_a_voice_left(open_page: OpenPage):
    page, looks = open_page(), Looks()
    sign_in(page, "Ida")
    page.goto("/pell-coast/good-company/voices-left/")
    looks.at(page, "nothing to look at again")
    page.goto("/pell-coast/long-summer/stories/?show=loose")
    page.locator(".weft-jobs a").first.click()
    code = page.url.rstrip("/").rpartition("/")[2]
    page.get_by_role("link", name="Somebody may be in danger: pass it on").click()
    page.get_by_role("button", name="Pass it on").click()
    expect(page.get_by_text(f"{code} is with Bea")).to_be_visible()
    looks.at(page, "passed on")
    sign_in(page, "Bea")
    page.locator("a[href='/pell-coast/concerns/']").click()
    looks.at(page, "concerns")
    page.locator(f"a[href$='{code}/']").click()
    looks.at(page, "a concern")
    page.get_by_role("button", name="Save the note").click()
    looks.at(page, "a note without words")
    page.get_by_label("What was done?").fill("Spoke to the school.")
    page.get_by_role("button", name="Dealt with: keep it sealed").click()
    expect(page.get_by_text("It stays sealed.")).to_be_visible()
    looks.at(page, "a concern that is dealt with")
    looks.check()
