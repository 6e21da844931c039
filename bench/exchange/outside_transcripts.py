"""Set our readers of transcripts beside the programs of others: `python bench/exchange/outside_transcripts.py --peers`.

`webvtt-py` reads 200 made WebVTT and 200 SRT files: every cue must have the same times and, without tags, the same
words. LibreOffice, where it is installed, saves a page as Word: its words must be read back in order.
"""

import html
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

from _outside import ASKED, python_with

from weft.exchange.transcripts import read_docx, read_srt, read_webvtt
from weft.exchange.transcripts.times import shown_time

WEBVTT_PY = "webvtt-py==0.6.0"
FILES = 200
NAMES = ("Ana", "Bo Li", "José", "Speaker 3")
WORDS = (
    "ja",
    "tea &amp; cake",
    "<b>so</b>",
    "Ünïcödé",
    "it is 10 o'clock",
    "<c.x>yes</c>",
    "\U0001f600",
    "42",
    "a - b",
)
THEIRS = """
import json, sys, webvtt
found = []
for path in sys.argv[1:]:
    captions = webvtt.from_srt(path) if path.endswith("srt") else webvtt.read(path)
    found.append([[caption.start, caption.end, caption.voice, caption.text] for caption in captions])
print(json.dumps(found))
"""
PAGE = """<html><meta charset="utf-8"><body><h1>Talk</h1><p>Ana 0:05<br>Café “ja”</p><p>Bo&nbsp;&nbsp;0:09<br>One</p>
<table border="1"><tr><td><p>two</p></td><td><p>three</p></td></tr></table>
<p>Ana 1:02:03<br>Bye <b>now</b></p></body></html>"""


def made(draw: random.Random, kind: str) -> str:
    """A file of a few cues; SRT knows no classes."""
    at, cues = 0, []
    pool = WORDS if kind == "vtt" else [words for words in WORDS if "<c" not in words]
    for number in range(draw.randrange(1, 9)):
        begins = at + draw.randrange(4_000_000)
        at = begins + draw.randrange(1, 9_000)
        words = "\n".join(" ".join(draw.choices(pool, k=draw.randrange(1, 5))) for _ in range(draw.randrange(1, 3)))
        if kind == "vtt":
            words = f"<v {draw.choice(NAMES)}>{words}</v>"
        times = f"{shown_time(begins)} --> {shown_time(at)}"
        cues.append(f"{number + 1}\n{times.replace('.', ',') if kind == 'srt' else times}\n{words}")
    return ("WEBVTT\n\n" if kind == "vtt" else "") + "\n\n".join(cues) + "\n"


def compare(kind: str) -> bool:
    """Whether both readers agree on every cue of every file."""
    draw, python = random.Random(1), python_with("webvtt-py", WEBVTT_PY)
    with tempfile.TemporaryDirectory() as held:
        paths = [Path(held) / f"{n:03}.{kind}" for n in range(FILES)]
        for path in paths:
            path.write_text(made(draw, kind), encoding="utf-8")
        ran = subprocess.run([str(python), "-c", THEIRS, *map(str, paths)], capture_output=True, text=True, check=True)
        differ = cues = 0
        for path, theirs in zip(paths, json.loads(ran.stdout), strict=True):
            transcript = read_webvtt(path) if kind == "vtt" else read_srt(path)
            ours = [
                [shown_time(turn.begins), shown_time(turn.ends), turn.speaker, transcript.said(turn)]
                for turn in transcript.turns
            ]
            cues += len(ours)
            plain = [[begins, ends, voice, with_letters(kind, words)] for begins, ends, voice, words in theirs]
            differ += ours != plain
    print(f"{kind}: {cues} cues in {FILES} files, {WEBVTT_PY} differs in {differ} files")
    return not differ


def with_letters(kind: str, words: str) -> str:
    """webvtt-py leaves characters by their names, which SRT does not have."""
    return html.unescape(words) if kind == "vtt" else words


def word() -> bool:
    """Whether a page that LibreOffice saved as Word is read whole."""
    office = shutil.which("soffice")
    if office is None:
        print("docx: LibreOffice is not installed, so nothing was tried")
        return True
    with tempfile.TemporaryDirectory() as held:
        page = Path(held) / "talk.html"
        page.write_text(PAGE, encoding="utf-8")
        words = [office, "--headless", f"-env:UserInstallation=file://{held}/office", "--convert-to"]
        subprocess.run(
            [*words, "docx:MS Word 2007 XML", "--outdir", held, str(page)], check=True, capture_output=True, timeout=300
        )
        version = subprocess.run([office, "--version"], capture_output=True, text=True).stdout.split("\n")[0]
        transcript = read_docx(page.with_suffix(".docx"))
    found = [(turn.speaker, turn.begins, transcript.said(turn)) for turn in transcript.turns]
    expected = [
        (None, None, "Talk"),
        ("Ana", 5000, "Café “ja”"),
        ("Bo", 9000, "One\ntwo\nthree"),
        ("Ana", 3723000, "Bye now"),
    ]
    squeezed = [(who, begins, re.sub(r"\n+", "\n", said)) for who, begins, said in found]
    print(f"docx: {version.strip()} {'agrees' if squeezed == expected else f'differs: {squeezed}'}")
    return squeezed == expected


def main() -> int:
    if not ASKED:
        print("`--peers` lets webvtt-py and LibreOffice say what they read and write.")
        return 0
    return 0 if all([compare("vtt"), compare("srt"), word()]) else 1


if __name__ == "__main__":
    sys.exit(main())
