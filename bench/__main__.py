"""Run every benchmark: `python -m bench`, or those whose path holds some words: `python -m bench methods`.

Options go to those of the methods and of outside readers: `--peers` sets other programs beside them, `--large` and
`--full` take minutes.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(words: list[str]) -> int:
    """Each is a program of its own, so that one does not warm up the next. Fails when one of them does."""
    failed = []
    options = [word for word in words if word.startswith("-")]
    words = [word for word in words if not word.startswith("-")]
    for path in sorted(HERE.rglob("*.py")):
        name = path.relative_to(HERE.parent).as_posix()
        if path.name.startswith("_") or not all(word in name for word in words):
            continue
        taken = options if "methods" in path.parts or path.name.startswith("outside_") else []
        print(f"\n$ python {' '.join([name, *taken])}", flush=True)
        if subprocess.run([sys.executable, str(path), *taken], cwd=HERE.parent).returncode:
            failed.append(name)
    if failed:
        print(f"\nFailed or over budget: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
