"""Taking part where the connection drops and fingers tap twice: all of it is kept, and each thing counts once."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

KEPT = "Kept on this phone. It goes once you are back online."


def start(phone: Page, address: str) -> None:
    phone.goto(address)
    phone.wait_for_selector("html[data-ready]")


def told(phone: Page) -> None:
    """Write a story that may be told of, ready to be sent."""
    start(phone, "/c/winter26/story/")
    phone.locator("textarea").first.fill("The last bus had gone before the film was over.")
    phone.locator("input[value=quote]").check()
    phone.locator("input[name=words]").check()


def receipt(phone: Page) -> None:
    phone.get_by_role("button", name="Open my receipt").click()
    phone.wait_for_url("**/r/yours/")


def test_everything_sent_without_a_connection_arrives_once(open_page: OpenPage):
    phone = open_page(width=360)
    start(phone, "/c/winter26/")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Disagree").click()
    expect(phone.get_by_text(KEPT)).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text("1 answered")).to_be_visible()
    expect(phone.get_by_text(KEPT)).to_be_hidden()
    start(phone, "/c/winter26/add/")
    phone.locator("textarea").fill("There should be a light at the bus stop.")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Add my card").click()
    expect(phone.get_by_text(KEPT)).to_be_visible()
    phone.context.set_offline(False)
    phone.wait_for_url("**/added/")
    told(phone)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Send my story").click()
    expect(phone.get_by_text(KEPT)).to_be_visible()
    phone.context.set_offline(False)
    phone.wait_for_url("**/sent/")
    receipt(phone)
    expect(phone.locator(".weft-truth__words")).to_have_count(1)
    expect(phone.get_by_text("You wrote one card and answered one")).to_be_visible()


def test_a_second_tap_sends_nothing_twice(open_page: OpenPage):
    for has_script in (True, False):
        phone = open_page(width=360, script=has_script)
        phone.goto("/c/winter26/")
        phone.get_by_role("button", name="Agree", exact=True).dblclick()
        expect(phone.get_by_text("1 answered")).to_be_visible()
        phone.goto("/c/winter26/story/")
        phone.locator("textarea").first.fill("The last bus had gone before the film was over.")
        phone.locator("input[value=quote]").check()
        phone.locator("input[name=words]").check()
        phone.get_by_role("button", name="Send my story").dblclick()
        phone.wait_for_url("**/sent/")
        receipt(phone)
        expect(phone.locator(".weft-truth__words")).to_have_count(1)
        expect(phone.get_by_text("You answered one card")).to_be_visible()
