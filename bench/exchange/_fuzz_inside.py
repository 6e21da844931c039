"""One run of the fuzzer: `_fuzz_inside.py FORMAT ROOM FINDINGS LIBFUZZER-WORDS`, run by the Python that has Atheris."""

import copy
import hashlib
import random
import shutil
import sys
import traceback
import zipfile
from pathlib import Path

import atheris
from lxml import etree

atheris.enabled_hooks.add("str")
with atheris.instrument_imports(include=["weft"]):
    from tests.exchange.readers import READERS, unzipped, zipped
    from weft.exchange.errors import ExchangeError

    name, room, found, *words = sys.argv[1:]
    reader = next(reader for reader in READERS if reader.name == name)
    read, write = reader.call(), reader.writer()

INSIDE, OUTSIDE = Path(room) / "in", Path(room) / "out"
INSIDE.mkdir(exist_ok=True)
OUTSIDE.mkdir(exist_ok=True)


def once(data: bytes) -> None:
    """Read, write what was read, and read that again."""
    if reader.kind == "folder":
        for folder in (INSIDE, OUTSIDE):
            shutil.rmtree(folder / reader.file, ignore_errors=True)
    try:
        path = reader.put(data, INSIDE)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError):
        return
    try:
        _read_write_read(path)
    except Exception:
        _keep(data)


def _read_write_read(path: Path) -> None:
    try:
        taken = read(path)
    except ExchangeError:
        return
    if write is None:
        return
    out = OUTSIDE / reader.file
    if reader.kind == "folder":
        out.mkdir()
    else:
        out.unlink(missing_ok=True)
    try:
        write(taken, out)
    except ExchangeError:
        return
    read(out)


def _keep(data: bytes) -> None:
    """One file for each place where an error arises."""
    kind, error, place = sys.exc_info()
    last = traceback.extract_tb(place)[-1]
    mark = hashlib.sha256(f"{kind}{last.filename}{last.name}{last.lineno}".encode()).hexdigest()[:12]
    path = Path(found) / f"{mark}.bin"
    if not path.exists():
        path.write_bytes(data)
        path.with_suffix(".txt").write_text("".join(traceback.format_exception(error)), errors="backslashreplace")


def changed(data: bytes, most: int, seed: int) -> bytes:
    """Change one file of a zip file or folder; now and then the zip file itself."""
    draw = random.Random(seed)
    try:
        members = unzipped(data) if reader.kind != "xml" else {"": data}
    except Exception:
        members = {}
    if not members or (reader.kind == "zip" and draw.random() < 0.1):
        return atheris.Mutate(data, most)
    one = draw.choice(sorted(members))
    members[one] = _reshaped(members[one], draw) or atheris.Mutate(members[one], max(most // 2, 1))
    made = members[""] if reader.kind == "xml" else zipped(members)
    return made if len(made) <= most else data


def _reshaped(data: bytes, draw: random.Random) -> bytes | None:
    """Half of the time, XML with one element taken out, put elsewhere, doubled, renamed or stripped; it stays XML."""
    if draw.random() < 0.5:
        return None
    try:
        root = etree.fromstring(data)
        one, other = (draw.choice(list(root.iter("*"))) for _ in range(2))
        match draw.randrange(6):
            case 0:
                one.getparent().remove(one)
            case 1:
                other.append(one)
            case 2:
                one.addnext(copy.deepcopy(other))
            case 3:
                one.tag = other.tag
            case 4:
                one.attrib.update(other.attrib)
            case _:
                del one.attrib[draw.choice(sorted(one.attrib))]
        return etree.tostring(root)
    except Exception:
        return None


if reader.kind != "text":
    atheris.Setup([sys.argv[0], *words], once, custom_mutator=changed)
else:
    atheris.Setup([sys.argv[0], *words], once)
atheris.Fuzz()
