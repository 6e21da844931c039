"""Programs of others, each in an environment of its own under `build/`, which the project never imports."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def python_with(name: str, *packages: str) -> str:
    """The Python of the environment that has these packages; made when it is not there yet."""
    home = ROOT / "build" / name
    python = str(home / "bin" / "python")
    if not (home / "ready").exists():
        print(f"Installing {', '.join(packages)} into build/{name}, which only this uses", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True, stderr=subprocess.DEVNULL)
        (home / "ready").touch()
    return python
