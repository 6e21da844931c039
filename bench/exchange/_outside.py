"""An environment of its own for tools that read what Weft writes: they never become part of Weft."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ASKED = "--peers" in sys.argv


def python_with(name: str, *packages: str, base: str = sys.executable) -> Path:
    """The Python of build/<name>, made from `base`, where these packages are installed the first time."""
    home = ROOT / "build" / name
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        print(f"Installing {', '.join(packages)} into build/{name}, which only this uses", flush=True)
        subprocess.run([base, "-m", "venv", str(home)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *packages], check=True)
        (home / "ready").touch()
    return python


def answer(python: Path, program: Path, *words: object) -> Any:
    """What a program prints last, which is JSON."""
    run = [str(python), "-W", "ignore", str(program), *map(str, words)]
    ran = subprocess.run(run, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(ran.stdout.splitlines()[-1])
