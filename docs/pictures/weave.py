"""Draw the picture of the README again, from the made-up programme of the tests: `python docs/pictures/weave.py`."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")  # for how numbers of people are said

from tests.pictures.pell_coast import TEAMS, items, threads  # noqa: E402
from weft.pictures.weave import Options, weave  # noqa: E402

PICTURE = ROOT / "docs" / "pictures" / "weave.svg"


def drawn() -> str:
    """The weave with every colour written out, so that it needs no stylesheet."""
    options = Options(standalone=True, title="The weave of a made-up programme: from voices to answers")
    return weave(items(), threads(), TEAMS, options=options).svg + "\n"


if __name__ == "__main__":
    PICTURE.write_text(drawn(), "utf-8")
