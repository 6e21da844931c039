"""Taking a passage by selecting it: exact places, also after characters that take two units in a browser."""

from tests.browser.axe import assert_accessible_light_and_dark
from tests.cast import Cast
from weft.sense.sources.actions import add_source
from weft.sense.sources.models import Excerpt

TEXT = "👨‍👩‍👧 walk. الحافلة أغلى.\nAll of them walk. 🚌 All of them walk. " + "w" * 5000
SELECT = """([start, end]) => {
    const words = document.querySelector("[data-weft-text]").firstChild;
    const range = document.createRange();
    range.setStart(words, start);
    range.setEnd(words, end);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def enter(page, live_server, client, user) -> None:
    client.force_login(user)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def test_a_selected_passage_is_taken_from_its_own_place(open_page, live_server, client, cast: Cast):
    source = add_source(by=cast.mo, of=cast.summer, title="Notes", type="note", text=TEXT)
    page = open_page(width=360)
    enter(page, live_server, client, cast.mo)
    page.goto(f"/pell/{source.node.code}/excerpt/")
    start = TEXT.rindex("All of them walk.")
    page.evaluate(SELECT, [units(TEXT[: start - 1]), units(TEXT[: start + 17])])
    page.wait_for_function("document.querySelector('[name=passage]').value !== ''")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible_light_and_dark(page)
    page.get_by_role("button", name="Take it").click()
    page.wait_for_url("**/Q-*/")
    found = Excerpt.objects.get()
    assert (found.start, found.end, found.quote) == (start, start + 17, "All of them walk.")


def test_without_a_script_the_place_is_chosen(open_page, live_server, client, cast: Cast):
    source = add_source(by=cast.mo, of=cast.summer, title="Notes", type="note", text=TEXT)
    page = open_page(script=False)
    enter(page, live_server, client, cast.mo)
    page.goto(f"/pell/{source.node.code}/excerpt/")
    page.get_by_label("The passage, exactly").fill("All of them walk.")
    page.get_by_role("button", name="Take it").click()
    page.get_by_role("radio").last.check()
    page.get_by_role("button", name="Take it").click()
    page.wait_for_url("**/Q-*/")
    assert Excerpt.objects.get().start == TEXT.rindex("All of them walk.")
