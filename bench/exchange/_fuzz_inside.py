"""One run of the fuzzer: `_fuzz_inside.py FORMAT ROOM FINDINGS LIBFUZZER-WORDS`, run by the Python that has Atheris."""

import copy
import hashlib
import json
import random
import shutil
import sys
import traceback
import zipfile
from collections.abc import Iterator
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

STRANGE = (None, True, -1, 1e308, 10**30, "", "2020-02-30", "\ud800", [], [[]], {}, float("nan"))
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
    is_packed = reader.kind in ("zip", "folder")
    try:
        members = unzipped(data) if is_packed else {"": data}
    except Exception:
        members = {}
    if not members or (reader.kind == "zip" and draw.random() < 0.1):
        return atheris.Mutate(data, most)
    one = draw.choice(sorted(members))
    members[one] = _reshaped(members[one], draw) or atheris.Mutate(members[one], max(most // 2, 1))
    if reader.seal and draw.random() < 0.8:
        try:
            members = reader.seal(members)
        except Exception:
            return data
    made = zipped(members) if is_packed else members[""]
    return made if len(made) <= most else data


def _reshaped(data: bytes, draw: random.Random) -> bytes | None:
    """Half of the time, XML or JSON with one of its parts changed, so that it stays XML or JSON."""
    if draw.random() < 0.5:
        return None
    try:
        if data.lstrip()[:1] == b"<":
            return _reshaped_xml(data, draw)
        if data.lstrip()[:1] in (b"[", b"{"):
            return _reshaped_json(data, draw)
    except Exception:
        pass
    return None


def _reshaped_xml(data: bytes, draw: random.Random) -> bytes:
    """One element taken out, put elsewhere, doubled, renamed, or given or rid of attributes."""
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


def _reshaped_json(data: bytes, draw: random.Random) -> bytes:
    """One value, wherever it stands, taken out, or replaced by another one, by one of the same file, or by text."""
    whole = json.loads(data)
    places = list(_places(whole))
    holder, key = draw.choice(places)
    other, other_key = draw.choice(places)
    match draw.randrange(4):
        case 0:
            del holder[key]
        case 1:
            holder[key] = draw.choice(
                (None, True, -1, 1e308, 10**30, "", "2020-02-30", "\ud800", [], [[]], {}, float("nan"))
            )
        case 2:
            holder[key] = copy.deepcopy(other[other_key])
        case _:
            holder[str(key) if isinstance(holder, dict) else key] = str(other_key)
    return json.dumps(whole).encode()


def _places(value: object) -> Iterator[tuple[dict | list, object]]:
    """Every list or dictionary with each of its keys."""
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _places(value[key])


atheris.Setup([sys.argv[0], *words], once, custom_mutator=changed)
atheris.Fuzz()
