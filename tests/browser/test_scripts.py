"""What the three small scripts promise, on pages made only of their marks: no answer is lost, and none counts twice."""

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import path
from playwright.sync_api import Page, Route, expect

from weft.core.errors import Refused
from weft.urls import urlpatterns as site

CARD = """{% extends "core/part.html" %}{% block main %}
<p id="kept" role="status" hidden>Kept on this phone.</p>
<div id="card"><p>Card {{ number }}</p><form method="post" data-weft-send>{% csrf_token %}
<input type="hidden" name="key" value="{{ number }}"><button name="choice" value="agree">Agree</button>
<button name="choice" value="closed">Too late</button></form></div>{% endblock %}"""
RECEIPT = """{% extends "core/part.html" %}{% load static %}
{% block scripts %}<script type="module" src="{% static 'weft/receipt.js' %}"></script>{% endblock %}
{% block main %}<p>Sent: {{ sent }}</p><form method="post" data-weft-receipt>{% csrf_token %}
<input name="code" aria-label="Code"><input name="words" aria-label="Words"><button>Open</button></form>
{% endblock %}"""

answers: list[tuple[str, str]] = []


def card(request: HttpRequest) -> HttpResponse:
    number = int(request.GET.get("n", "1"))
    if request.method == "POST":
        if request.POST["choice"] == "closed":
            raise Refused("This conversation closed on 30 June.")
        answers.append((request.POST["key"], request.POST["choice"]))
        number = int(request.POST["key"]) + 1
        if request.headers.get("X-Requested-With") != "weft":
            return HttpResponseRedirect(f"/card/?n={number}")
    return HttpResponse(engines["django"].from_string(CARD).render({"number": number}, request))


def receipt(request: HttpRequest) -> HttpResponse:
    sent = f"{request.POST.get('code', '')} and {request.POST.get('words', '')}"
    return HttpResponse(engines["django"].from_string(RECEIPT).render({"sent": sent}, request))


urlpatterns = [path("card/", card), path("receipt/", receipt), *site]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def no_answers() -> None:
    answers.clear()


def start(page: Page) -> None:
    page.goto("/card/")
    page.wait_for_selector("html[data-ready]")


def test_an_answer_brings_the_next_card_and_the_focus_to_it(phone: Page):
    start(phone)
    phone.get_by_role("button", name="Agree").click()
    expect(phone.get_by_text("Card 2")).to_be_visible()
    expect(phone.locator("#card")).to_be_focused()
    assert phone.url.endswith("/card/")
    assert answers == [("1", "agree")]


def test_a_double_tap_answers_one_card(phone: Page):
    start(phone)
    phone.get_by_role("button", name="Agree").dblclick()
    expect(phone.get_by_text("Card 2")).to_be_visible()
    assert answers == [("1", "agree")]


def test_an_answer_without_script_goes_through_an_ordinary_form(open_page):
    page = open_page(width=360, script=False)
    page.goto("/card/")
    page.get_by_role("button", name="Agree").click()
    expect(page.get_by_text("Card 2")).to_be_visible()
    assert answers == [("1", "agree")]


@pytest.fixture
def offline(phone: Page) -> Page:
    """A page whose answers find no way out. What the browser then reports is expected, so it is not a fault."""
    start(phone)
    phone.route("**/card/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    return phone


def test_without_a_connection_an_answer_is_kept_and_goes_once_later(offline: Page):
    offline.get_by_role("button", name="Agree").click()
    expect(offline.locator("#kept")).to_be_visible()
    assert answers == []
    offline.unroute("**/card/")
    offline.goto("/privacy/")
    start(offline)
    expect(offline.get_by_text("Card 2")).to_be_visible()
    expect(offline.locator("#kept")).to_be_hidden()
    assert answers == [("1", "agree")]
    assert offline.evaluate("localStorage.length") == 0


def test_an_answer_whose_reply_was_lost_is_sent_again_with_the_same_key(phone: Page):
    start(phone)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    phone.route("**/card/", lose)
    phone.get_by_role("button", name="Agree").click()
    expect(phone.locator("#kept")).to_be_visible()
    phone.unroute("**/card/")
    expect(phone.get_by_text("Card 2")).to_be_visible()
    assert answers == [("1", "agree"), ("1", "agree")]


def test_a_refusal_is_shown_and_not_tried_again(phone: Page):
    start(phone)
    phone.get_by_role("button", name="Too late").click()
    expect(phone.get_by_text("This conversation closed on 30 June.")).to_be_visible()
    assert phone.evaluate("localStorage.length") == 0


def test_the_words_of_a_receipt_are_sent_by_form_and_leave_the_address(phone: Page):
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto("/receipt/#pool-two-copper-lantern-tide-maple")
    expect(phone.get_by_text("Sent: pool-two and copper lantern tide maple")).to_be_visible()
    assert phone.url.endswith("/receipt/")
    assert not any("copper" in url.split("#")[0] for url in asked)


def test_too_few_words_are_left_alone(phone: Page):
    phone.goto("/receipt/#copper-lantern")
    expect(phone.get_by_text("Sent: and")).to_be_visible()


def test_what_is_wrong_is_read_first(page: Page):
    page.goto("/parts/?errors=1")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Your story can be up to 200 characters").click()
    expect(page.get_by_label("What happened?")).to_be_focused()


def test_a_stitch_can_be_taken_out_by_tap_and_by_key(phone: Page):
    phone.goto("/parts/")
    fifth = phone.get_by_label("5 of 7")
    fifth.click()
    expect(fifth).to_be_checked()
    fifth.click()
    expect(fifth).not_to_be_checked()
    phone.keyboard.press("Space")
    expect(fifth).to_be_checked()
    phone.keyboard.press("Backspace")
    expect(fifth).not_to_be_checked()
