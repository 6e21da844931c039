"""One Chromium for the run, a fresh context for each page, and a site of its own for each test."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.browser import chromium

HERE = Path(__file__).parent
PATIENCE = 30_000  # milliseconds until something is taken not to happen, on a machine that is busy with much else
expect.set_options(timeout=PATIENCE)
Motion = Literal["no-preference", "reduce"]


class OpenPage(Protocol):
    def __call__(self, *, width: int = 1280, script: bool = True, dark: bool = False) -> Page: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def tells(address: str, words: Sequence[str]) -> bool:
    """Whether an address gives a receipt away: two of its words. One alone may be a word of the address itself."""
    return sum(word in re.split(r"[^a-z]+", address.split("#")[0].lower()) for word in words) > 1


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once. Where there is none, these tests alone are skipped; in CI they fail."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop in the tests' thread
        path = chromium.find(playwright.chromium)
        if path is None:
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(chromium.NONE_FOUND)
        started = playwright.chromium.launch(executable_path=path)
        yield started
        started.close()


@pytest.fixture
def site(live_server) -> str:
    """The address of the site that the pages are opened on."""
    return live_server.url


@pytest.fixture
def motion() -> Motion:
    """Whether the reader asked for less motion."""
    return "no-preference"


@pytest.fixture
def open_page(browser: Browser, site: str, motion: Motion) -> Iterator[OpenPage]:
    """Open pages as wide, dark or scriptless as asked; addresses are relative to the site.

    The test fails when a page throws, breaks the Content-Security-Policy or asks for a file that is not there.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []
    navigated: set[str] = set()

    def note(message: ConsoleMessage) -> None:
        # Chromium also reports the page's own 404, 409 or 422, which is an answer and no fault
        address = message.location.get("url", "")
        pulled = "ERR_INTERNET_DISCONNECTED" in message.text  # a test takes the connection away; no page can
        if message.type == "error" and address not in navigated and not pulled:
            faults.append(f"{message.text} ({address})")

    def note_address(request: Request) -> None:
        if request.is_navigation_request():
            navigated.add(request.url)

    def opened(*, width: int = 1280, script: bool = True, dark: bool = False) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 740 if width < 600 else 900},
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
            reduced_motion=motion,
            locale="en-GB",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", note_address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page on a desk."""
    return open_page()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A page on a small phone."""
    return open_page(width=360)
