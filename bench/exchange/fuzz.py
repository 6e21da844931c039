"""Feed a reader what nobody would write: `fuzz.py FORMAT [--seconds N]`; the format `all` takes each in turn.

Atheris grows files out of the small good one in `tests/exchange/readers.py`, keeping those that reach new code. A zip
file, and a folder, is changed in one of its files at a time. Only `ExchangeError` may come out; what a reader takes,
its writer must write or refuse, and the reader must read again. Anything else, more than 10 seconds or 2 GB for one
file is a finding: it is printed, its file is kept under `build/fuzz-findings/`, and the exit code is 1.
"""

import argparse
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOUND = ROOT / "build" / "fuzz-findings"
INSIDE = Path(__file__).with_name("_fuzz_inside.py")
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
ATHERIS = "atheris==3.0.0"
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from _outside import python_with

from tests.exchange.readers import READERS, Reader


def fuzz(reader: Reader, seconds: int) -> bool:
    """Whether nothing was found in that time. A run that a hang or a crash has ended goes on with what it grew."""
    python = os.environ.get("WEFT_ATHERIS") or python_with("atheris", ATHERIS)
    found = FOUND / reader.name
    shutil.rmtree(found, ignore_errors=True)
    found.mkdir(parents=True)
    room = os.pathsep.join([str(ROOT / "src"), str(ROOT), sysconfig.get_path("purelib")])
    print(f"{reader.name}: {seconds} seconds", flush=True)
    end, files = time.monotonic() + seconds, 0
    with tempfile.TemporaryDirectory(dir=MEMORY) as held:
        grown = Path(held) / "grown"
        grown.mkdir()
        (grown / "good").write_bytes(reader.packed())
        while (left := round(end - time.monotonic())) > 0:
            words = [f"-max_total_time={left}", "-timeout=10", "-rss_limit_mb=2048", "-max_len=65536"]
            words += [f"-artifact_prefix={found}/", "-print_final_stats=1", "-verbosity=0", str(grown)]
            ran = subprocess.run(
                [str(python), str(INSIDE), reader.name, held, str(found), *words],
                capture_output=True,
                text=True,
                errors="replace",
                env=os.environ | {"PYTHONPATH": room},
            )
            files += sum(int(line.split()[-1]) for line in ran.stderr.splitlines() if "executed_units:" in line)
            if ran.returncode:
                (found / f"stopped-{time.time_ns()}.txt").write_text(ran.stderr[-20_000:])
                if "executed_units:" not in ran.stderr and "libFuzzer" not in ran.stderr:
                    break
        kept = len(list(grown.iterdir()))
    findings = sorted(found.glob("*.txt"))
    print(f"{reader.name}: {files:,} files, {kept} of them reached new code, {len(findings)} findings", flush=True)
    for path in findings:
        print(f"  {path.relative_to(ROOT)}: {path.read_text().strip().splitlines()[-1:]}", flush=True)
    return not findings


def main() -> int:
    names = [reader.name for reader in READERS]
    if len(sys.argv) == 1:
        print(f"Takes the name of a format, or all: {', '.join(names)}.")
        return 0
    asks = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asks.add_argument("format", choices=[*names, "all"])
    asks.add_argument("--seconds", type=int, default=600)
    asked = asks.parse_args()
    clean = [fuzz(reader, asked.seconds) for reader in READERS if asked.format in (reader.name, "all")]
    return 0 if all(clean) else 1


if __name__ == "__main__":
    sys.exit(main())
