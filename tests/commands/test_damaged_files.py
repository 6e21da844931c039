"""Whatever is done to a file of any format, `weft inspect` ends well or in one sentence, and so does `weft convert`."""

import contextlib
import io
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.exchange.samples import SAMPLES, sample
from weft.cli import main
from weft.exchange.convert import targets
from weft.exchange.formats import BY_KEY

ROUNDS = int(os.environ.get("FUZZ_ROUNDS", "12"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
WORDS = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b'"',
    b"\r",
    b"\n\n",
    b";",
    b"<!DOCTYPE a>",
    b"&a;",
    b"[" * 2000,
    b"9" * 400,
)


def cut(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data))]


def changed(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + bytes([draw.randrange(256)]) + data[at + 1 :]


def inserted(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data))
    return data[:at] + draw.choice(WORDS) + data[at:]


def doubled(data: bytes, draw: random.Random) -> bytes:
    start, end = sorted(draw.randrange(len(data)) for _ in range(2))
    return data[:end] + data[start:]


def dropped(data: bytes, draw: random.Random) -> bytes:
    start, end = sorted(draw.randrange(len(data)) for _ in range(2))
    return data[:start] + data[end:]


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (cut, changed, inserted, doubled, dropped)


def ran(*words: str) -> tuple[int, str, str]:
    """The exit code and what was printed."""
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(words)
    out.flush()
    printed = out.buffer.getvalue().decode("utf-8")
    return code, printed, "\n".join(line for line in err.getvalue().splitlines() if not line.endswith(" ..."))


@pytest.mark.parametrize("key", SAMPLES)
def test_damage_ends_well_or_in_one_sentence(key, tmp_path):
    draw = random.Random(f"{SEED} {key}")  # noqa: S311
    path = sample(key, tmp_path)
    victims = sorted(path.iterdir()) if path.is_dir() else [path]
    whole = {victim: victim.read_bytes() for victim in victims}
    possible = [each.key for each in targets(BY_KEY[key])]
    for number in range(ROUNDS):
        victim = draw.choice(victims)
        data = draw.choice(WAYS)(whole[victim], draw)
        victim.write_bytes(data or b"x")
        out = tmp_path / f"out{number}"
        for words in (
            ("inspect", str(path)),
            ("inspect", str(path), "--json", "--from", key),
            ("convert", str(path), str(out), "--from", key, "--to", draw.choice(possible)),
        ):
            code, printed, said = ran(*words)
            assert code in (0, 1), (words, data)
            assert (code == 0) == bool(printed), (words, data)
            assert said.count("\n") == 0, (words, data)
            assert (code == 1) == said.endswith("."), (words, data, said)
        assert out.exists() == (code == 0)
        victim.write_bytes(whole[victim])


@pytest.mark.parametrize("key", SAMPLES)
def test_the_undamaged_file_of_that_test_is_good(key, tmp_path):
    code, printed, said = ran("inspect", str(sample(key, tmp_path)), "--json")
    assert (code, said) == (0, "")
    assert printed.startswith("{")


def test_noise_under_every_name_ends_in_one_sentence(tmp_path):
    draw = random.Random(SEED)  # noqa: S311
    for suffix in sorted({suffix for form in BY_KEY.values() for suffix in form.suffixes} | {"", ".pdf", ".zip"}):
        for size in (1, 3, 100, 5000):
            path = Path(tmp_path / f"noise{suffix}")
            path.write_bytes(b"\0\1\2" + draw.randbytes(size))
            code, printed, said = ran("inspect", str(path))
            assert (code, printed, said.count("\n")) == (1, "", 0)
            assert said.startswith(f"weft inspect: {path}")
