"""Weft's settings for the tests: nothing of the caller's own is used, and everything lies in one temporary folder.

With WEFT_TEST_DATABASE=postgresql the suite runs on a PostgreSQL server of its own, started here because Django reads
its settings before any fixture can run. Where tests run in several processes, the first starts it and the others are
told of it; each has a database of its own there.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests import postgres

FOLDER = Path(tempfile.mkdtemp(prefix="weft-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

for name in [
    name for name in os.environ if name.startswith("WEFT_") and not name.startswith(("WEFT_TEST_", "WEFT_CHROMIUM"))
]:
    del os.environ[name]
(FOLDER / "static").mkdir()
os.environ["WEFT_DATA"] = str(FOLDER)
os.environ["PYTHONPATH"] = str(Path(__file__).parents[1] / "src")  # for the commands that tests start
os.environ["WEFT_SECRET_KEY"] = "only-for-tests-" + "x" * 40
if os.environ.get("WEFT_TEST_DATABASE") == "postgresql":
    os.environ["WEFT_DATABASE_URL"] = os.environ.get("WEFT_TEST_SERVER") or postgres.start(FOLDER)
    os.environ["WEFT_TEST_SERVER"] = os.environ["WEFT_DATABASE_URL"]

from weft.settings import *  # noqa: E402, F403
from weft.settings import DATABASES  # noqa: E402

if "WEFT_DATABASE_URL" not in os.environ:
    # A file, as in production, so that the threads of a live server have connections of their own. Nothing here
    # needs to survive a power cut, which is all that `synchronous` is about.
    here = DATABASES["default"]
    here["TEST"] = {"NAME": FOLDER / "test.sqlite3"}
    here["OPTIONS"] = {
        **here["OPTIONS"],
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA secure_delete=FAST",
    }
