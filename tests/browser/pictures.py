"""`make pictures`: the main pages of the demonstration, narrow and wide, light and dark, for the documentation."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
WEFT = [sys.executable, "-m", "weft"]
PROGRAMME = "/pell-coast"
PUBLIC = {
    "programme": f"{PROGRAMME}/",
    "thread": f"{PROGRAMME}/?focus=R-8N2KB",
    "team": f"{PROGRAMME}/long-summer/",
    "finding": f"{PROGRAMME}/F-7K3QD/",
    "report": f"{PROGRAMME}/report/",
    "asks": f"{PROGRAMME}/asks/",
    "take-part": "/c/winter26/",
    "story": "/c/winter26/story/",
}
SIGNED_IN = {"workspace": f"{PROGRAMME}/long-summer/work/act/", "cohort": f"{PROGRAMME}/cohort/"}
SIZES = {1280: 900, 360: 740}


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(address: str) -> None:
    """Until the site answers."""
    for _ in range(200):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{address} did not answer.")


def take(browser: Browser, address: str, receipt: dict[str, str]) -> None:
    """Every picture, in both widths and both schemes."""
    for width, height in SIZES.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(
                base_url=address, viewport={"width": width, "height": height}, color_scheme=scheme, locale="en-GB"
            )
            page = context.new_page()
            for name, path in PUBLIC.items():
                shoot(page, path, f"{name}-{width}-{scheme}")
            page.goto(f"/r/#{receipt['conversation']}-{receipt['words'].replace(' ', '-')}")
            page.wait_for_url("**/r/yours/")
            page.screenshot(path=PICTURES / f"receipt-{width}-{scheme}.png", animations="disabled")
            page.goto("/demo/")
            page.get_by_role("button", name="Be Ida Marchbank").click()
            for name, path in SIGNED_IN.items():
                shoot(page, path, f"{name}-{width}-{scheme}")
            context.close()


def shoot(page: Page, path: str, name: str) -> None:
    """One picture."""
    answer = page.goto(path)
    if answer is None or answer.status != 200:
        raise SystemExit(f"{path} did not answer with a page.")
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


def main() -> None:
    """Serve the demonstration from a folder of its own, take the pictures, and leave nothing behind."""
    PICTURES.mkdir(exist_ok=True)
    port = free_port()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = chromium.find(playwright.chromium)
        if path is None:
            raise SystemExit(chromium.NONE_FOUND)
        settings = {"WEFT_DEMO": "1", "WEFT_DATA": folder, "WEFT_PORT": str(port), "PYTHONPATH": str(ROOT / "src")}
        environment = {**os.environ, **settings}
        subprocess.run([*WEFT, "migrate", "--quiet"], check=True, env=environment)
        told = subprocess.run([*WEFT, "demo", "--json"], check=True, env=environment, capture_output=True, text=True)
        server = subprocess.Popen([*WEFT, "serve"], env=environment, stdout=subprocess.DEVNULL)
        try:
            address = f"http://localhost:{port}"
            wait_for(address)
            browser = playwright.chromium.launch(executable_path=path)
            take(browser, address, json.loads(told.stdout)["receipts"][3])
            browser.close()
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main()
