"""By keyboard alone: everything is reached in order, it shows where one is, and whole tasks can be done."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.demo.conftest import Demo, sign_in

MARK_STOPS = """() => {
    const stops = [...document.querySelectorAll(
        "a[href], button, summary, input:not([type=hidden]), select, textarea, [tabindex='0']")]
        .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0);
    const groups = new Set();
    let number = 0;
    for (const stop of stops) {
        if (stop.type === "radio") {
            if (groups.has(stop.name)) continue;
            groups.add(stop.name);
        }
        stop.dataset.stop = String(number++);
    }
    return number;
}"""
HERE = """() => {
    const here = document.activeElement;
    const shown = [here, here.closest("label"), here.nextElementSibling]
        .filter(Boolean).map(e => [getComputedStyle(e), getComputedStyle(e, "::before")]).flat();
    const marked = shown.some(style => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
        || style.boxShadow !== "none");
    const ring = here.querySelector(".wv-hit");  // a knot of the weave is marked by a frame of its own
    const frame = ring && getComputedStyle(ring);
    const framed = frame && frame.stroke !== "none" && parseFloat(frame.strokeWidth) >= 2;
    return [here.dataset.stop ?? here.outerHTML.slice(0, 100), marked || framed, here.outerHTML.slice(0, 100)];
}"""
PAGES = (
    "/pell-coast/",
    "/pell-coast/report/",
    "/pell-coast/F-7K3QD/",
    "/pell-coast/long-summer/",
    "/pell-coast/asks/",
    "/c/winter26/",
    "/c/winter26/story/",
    "/r/",
)


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until something of this kind has the focus."""
    for _ in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached with {most} tabs on {page.url}")


def test_everything_is_reached_in_its_order_and_shows_where_one_is(open_page: OpenPage):
    page = open_page()
    for address in PAGES:
        page.goto(address)
        count = page.evaluate(MARK_STOPS)
        assert count > 5
        reached = []
        for _ in range(count):
            page.keyboard.press("Tab")
            stop, is_marked, html = page.evaluate(HERE)
            assert is_marked, f"the focus does not show on {address}: {html}"
            reached.append(stop)
        assert reached == [str(number) for number in range(count)], f"{address}: {reached}"


def test_the_page_and_its_picture_can_be_skipped(open_page: OpenPage):
    page = open_page()
    for address in PAGES:
        page.goto(address)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main, footer') !== null"), address
    page.goto("/pell-coast/")
    tab_to(page, "a[href='#lit']")
    expect(page.get_by_role("link", name="Skip the picture")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('svg') === null")


def test_what_is_folded_opens_by_keyboard(open_page: OpenPage):
    page = open_page(width=360)
    page.goto("/pell-coast/")
    tab_to(page, "#weave-table summary", most=200)
    page.keyboard.press("Enter")
    expect(page.get_by_role("table", name="Every knot and its threads")).to_be_visible()


def test_a_vote_a_story_and_a_receipt(open_page: OpenPage):
    page = open_page(width=360)
    page.goto("/c/winter26/")
    page.wait_for_selector("html[data-ready]")
    tab_to(page, "button[value=agree]")
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_be_focused()
    tab_to(page, "a[href$='/story/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/story/")
    page.wait_for_selector("html[data-ready]")
    tab_to(page, "textarea")
    page.keyboard.type("Told with keys alone.")
    tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    tab_to(page, "input[name=words]")
    page.keyboard.press("Space")
    tab_to(page, "main button.govuk-button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sent/")
    code, words = page.locator(".weft-slip strong").inner_text(), page.locator(".weft-words").inner_text().split()
    page.goto("/r/")
    tab_to(page, "input[name=code]")
    page.keyboard.type(code)
    page.keyboard.press("Tab")
    page.keyboard.type(" ".join(words))
    page.keyboard.press("Enter")
    page.wait_for_url("**/r/yours/")
    expect(page.get_by_text("Told with keys alone.")).to_be_visible()
    expect(page.get_by_text("You answered one card")).to_be_visible()


def test_a_spend(open_page: OpenPage, demo: Demo):
    page = open_page(width=360)
    sign_in(page, "Lena")
    page.goto("/pell-coast/long-summer/work/act/")
    tab_to(page, "a[href$='/spend/']", most=120)
    page.keyboard.press("Enter")
    page.wait_for_url("**/spend/")
    tab_to(page, "input[name=amount_pence]")
    page.keyboard.type("12.50")
    tab_to(page, "input[name=what]")
    page.keyboard.type("Bread, by keyboard")
    tab_to(page, "select[name=heading]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    tab_to(page, "main button.govuk-button")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/spend/"))
    assert demo.walker("Lena").open(page.url.removeprefix(demo.url)).status == 200
    page.goto("/pell-coast/long-summer/grants/1/")
    expect(page.get_by_text("Bread, by keyboard").first).to_be_visible()


def test_enter_looks_for_more_where_that_is_asked_and_saves_everywhere_else(open_page: OpenPage):
    page = open_page()
    sign_in(page, "Ida")
    page.goto("/pell-coast/M-6W4NB/edit/")
    page.get_by_label("What is it for?").fill("A child with a towel rides free.")
    page.get_by_label("Look for more").press_sequentially("way home")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Found for “way home”")).to_be_visible()
    expect(page.get_by_label("Look for more")).to_be_focused()
    expect(page.get_by_label("What is it for?")).to_have_value("A child with a towel rides free.")
    page.get_by_label("What is it called?").press("Enter")
    expect(page.get_by_role("heading", name="Towel rides", level=1)).to_be_visible()
    expect(page.get_by_text("A child with a towel rides free.").first).to_be_visible()
