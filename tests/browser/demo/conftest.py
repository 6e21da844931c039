"""The demonstration, served as it is in production, for all tests of this folder.

It is loaded once in a run; where tests run in several processes, each serves a copy of its own.
"""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Motion
from tests.browser.demo.crawl import crawl
from tests.browser.demo.remote import Remote
from tests.journeys.walker import Walker

ROOT = Path(__file__).parents[3]
SECONDS_TO_START = 60
UNANSWERED = "/pell-coast/A-9N2RC/"  # the one ask of the demonstration that can still be answered


@dataclass(frozen=True)
class Demo:
    """The demonstration as it is served, and what is worth visiting in it."""

    url: str
    tour: dict[str, Any]
    environment: dict[str, str]

    def weft(self, *arguments: str) -> str:
        """Run a command on its database."""
        return subprocess.run(
            [sys.executable, "-m", "weft", *arguments],
            env=self.environment,
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def said(self) -> str:
        """What the server has printed so far, the mails it would have sent among it."""
        return (Path(self.environment["WEFT_DATA"]) / "said").read_text()

    def walker(self, name: str = "") -> Walker:
        """Somebody without JavaScript, signed in as one of the cast if a name is given."""
        walker = Walker(Remote(self.url))
        return walker.open("/demo/").press(name) if name else walker


def environment(folder: Path, port: int) -> dict[str, str]:
    """What the commands are told: nothing of the caller's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WEFT_", "DJANGO_"))}
    return kept | {
        "WEFT_DATA": str(folder),
        "WEFT_DEMO": "1",
        "WEFT_PORT": str(port),
        "WEFT_ADDRESS": f"http://127.0.0.1:{port}",
        "PYTHONPATH": str(ROOT / "src"),
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_it_answers(site: Demo, server: subprocess.Popen[bytes]) -> None:
    for _ in range(SECONDS_TO_START * 10):
        assert server.poll() is None, f"the server stopped: {site.said()}"
        try:
            with urlopen(f"http://127.0.0.1:{site.environment['WEFT_PORT']}/privacy/", timeout=5):
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"nothing answered at {site.url} within {SECONDS_TO_START} seconds")


@contextmanager
def served(folder: Path, tour: dict[str, Any]) -> Iterator[Demo]:
    """`weft serve` on the database in a folder, a process of its own."""
    port = free_port()
    site = Demo(f"http://127.0.0.1:{port}", tour, environment(folder, port))
    command = [sys.executable, "-u", "-m", "weft", "serve"]
    with (
        (folder / "said").open("w") as said,
        subprocess.Popen(command, env=site.environment, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT) as server,
    ):
        try:
            wait_until_it_answers(site, server)
            yield site
        finally:
            server.terminate()
            server.wait(20)


@contextmanager
def alone(folder: Path) -> Iterator[Path]:
    """Let one process after the other into a folder, and say where it makes its file."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / "made.json"


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of a run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def loaded(shared: Path) -> Path:
    """A folder with the database as `weft demo` leaves it, and what is worth visiting in it beside it."""
    with alone(shared / "loaded") as made:
        data = made.parent / "data"
        if not made.exists():
            (data / "static").mkdir(parents=True)
            site = Demo("", {}, environment(data, 0))
            site.weft("migrate", "--quiet")
            tour = site.weft("demo", "--json")
            site.weft("createoperator", "ida@example.org")
            made.write_text(tour)
    return made.parent


@pytest.fixture(scope="session")
def demo(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demonstration of these tests, which they may change."""
    data = shutil.copytree(loaded / "data", tmp_path_factory.mktemp("demo") / "data")
    with served(data, json.loads((loaded / "made.json").read_text())) as site:
        yield site


@pytest.fixture
def site(demo: Demo) -> str:
    """The address that pages are opened on."""
    return demo.url


@pytest.fixture
def motion() -> Motion:
    """Less of it, so that nobody has to wait for it to end before looking at one of many pages."""
    return "reduce"


def sign_in(page: Page, name: str) -> None:
    """Sign in with one tap as one of the cast."""
    page.goto("/demo/")
    page.get_by_role("button", name=name).first.click()
    page.wait_for_url("**/mine/")


@pytest.fixture(scope="session")
def found(loaded: Path, shared: Path) -> dict[str, dict[str, list[str]]]:
    """Every page that links lead to, by route, before any test changed a thing: for anybody, and for Ida.

    One process goes through those for anybody while the other goes through Ida's.
    """
    is_first = os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0"
    return {name: crawled(name, loaded, shared / f"found{name}") for name in (["", "Ida"] if is_first else ["Ida", ""])}


def crawled(name: str, loaded: Path, folder: Path) -> dict[str, list[str]]:
    """What one of them is led to, on a copy of the database of its own."""
    with alone(folder) as made:
        if not made.exists():
            data = shutil.copytree(loaded / "data", made.parent / "data")
            with served(data, json.loads((loaded / "made.json").read_text())) as site:
                starts = ["/", "/r/", UNANSWERED, *(place["path"] for place in site.tour["visit"])]
                pages = crawl(site.walker(name), *(["/mine/"] if name else []), *starts)
            made.write_text(json.dumps(pages))
        found: dict[str, list[str]] = json.loads(made.read_text())
    return found
