"""Where a Chromium is to be had."""

import os
import shutil
from pathlib import Path

from playwright.sync_api import BrowserType

NONE_FOUND = "no Chromium found: `make browser` installs one, or set WEFT_CHROMIUM to its path"


def find(kind: BrowserType) -> str | None:
    """The path of the first Chromium found: the one named, Playwright's own, then those of the system."""
    named = os.environ.get("WEFT_CHROMIUM")
    if named:
        return named
    own = kind.executable_path
    if Path(own).exists():
        return own
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
