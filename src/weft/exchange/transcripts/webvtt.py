"""Read WebVTT: captions of the web, and the transcripts that Teams and Zoom give out."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from html.entities import html5
from pathlib import Path

from weft.exchange.errors import ExchangeError, shown
from weft.exchange.transcripts.build import Lost, lines_of, opened, transcript_of
from weft.exchange.transcripts.cues import Cue, blocks, cues, times_of, with_names, without_strays
from weft.exchange.transcripts.model import Piece, Transcript

HEADING = re.compile(r"WEBVTT(?:[ \t](.*))?")
TAG = re.compile(
    r"<(/?)(v|c|i|b|u|ruby|rt|lang)((?:\.[^\s<>]{0,200})?)(?:\s([^<>]{0,200}))?>|<([0-9]{1,4}:[0-9:.]{1,20})>"
)
ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
NO_LOOKS = "A transcript has no looks."
NOT_SAID = "A transcript holds what was said."
BLOCKS = {
    "NOTE": Lost("notes", NOT_SAID),
    "STYLE": Lost("style sheets", NO_LOOKS),
    "REGION": Lost("regions", NO_LOOKS),
}
HEADINGS = Lost("words beside and under WEBVTT", NOT_SAID)
NAMES = Lost("names of cues", "Turns are known by their place.")
PLACES = Lost("places of cues on the screen", NO_LOOKS)
STYLES = Lost("marks of style", "The words are kept without bold, italic, underline and classes.")
INNER_TIMES = Lost("times within cues", "A turn has one time.")
KINDS = {
    "rt": Lost("readings above words", "They stand behind the words they explain.", "changed"),
    "lang": Lost("marks of language", "The words are kept, their language is not."),
}


def read_webvtt(path: Path, *, encoding: str | None = None) -> Transcript:
    """Read every cue; speakers are its voices (`<v Ana>`), or else names before a colon."""
    path = Path(path)
    source = opened(path, encoding)
    lines = lines_of(path, source.text)
    heading = HEADING.fullmatch(lines[0])
    if heading is None:
        says = f"must begin with WEBVTT, got {shown(lines[0])}."
        raise ExchangeError(says, file=path, found=lines[0], expected="WEBVTT")
    losses: Counter[Lost] = Counter()
    losses[HEADINGS] += bool((heading[1] or "").strip())
    kept, doubts = without_strays(list(_cues(lines, losses)))
    times, wrong = times_of(kept)
    pieces: list[Piece] = []
    for cue, (begins, ends) in zip(kept, times, strict=True):
        losses[NAMES] += bool(cue.name) and not cue.name.strip().isdigit()
        losses[PLACES] += bool(cue.settings)
        pieces += [Piece(words, voice, begins, ends, cue.line) for voice, words in _voices(cue.words, losses)]
    if not any(piece.speaker for piece in pieces):
        pieces, more = with_names(pieces)
        wrong += more
    return transcript_of(path, "WebVTT", pieces, source=source, doubts=doubts + wrong, losses=losses)


def _cues(lines: list[str], losses: Counter[Lost]) -> Iterator[Cue]:
    """All cues; what stands right under the heading belongs to it, up to the first times."""
    for first, block in blocks(lines):
        word = block[0].split(maxsplit=1)[0]
        if first == 1:
            found = list(cues(first + 1, block[1:]))
            losses[HEADINGS] += bool(found and not found[0].is_timed)
            yield from (cue for cue in found if cue.is_timed)
        elif word in BLOCKS and "-->" not in block[0]:
            losses[BLOCKS[word]] += 1
            if word == "NOTE":
                continue
            yield from (cue for cue in cues(first, block) if cue.is_timed)
        else:
            yield from cues(first, block)


def _voices(words: str, losses: Counter[Lost]) -> Iterator[tuple[str | None, str]]:
    """What each voice says in one cue, in order; words outside every voice have none."""
    voices: list[str] = []
    said: list[tuple[str | None, list[str]]] = [(None, [])]
    at = 0
    for tag in TAG.finditer(words):
        said[-1][1].append(words[at : tag.start()])
        at = tag.end()
        closes, name, classes, about, time = tag.groups()
        if name != "v":
            if not closes and name != "ruby":
                losses[INNER_TIMES if time else KINDS.get(name, STYLES)] += 1
            continue
        losses[STYLES] += bool(classes)
        if not closes:
            voices.append(" ".join(_plain(about or "").split()))
        elif voices:
            voices.pop()
        said.append((voices[-1] or None if voices else None, []))
    said[-1][1].append(words[at:])
    spoken = [(voice, _plain("".join(parts)).strip()) for voice, parts in said]
    yield from [one for one in spoken if one[1]] or [(None, "")]


def _plain(text: str) -> str:
    """The text with its named and numbered characters put in; what is no character stays as it is."""
    return ENTITY.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    name = found[1]
    if not name.startswith("#"):
        return html5.get(f"{name};", found[0])
    made = html.unescape(found[0])
    is_text = all(letter.isprintable() or letter in "\u00a0\u200e\u200f\u200b\u00ad\t" for letter in made)
    return made if made and made != "\ufffd" and is_text else found[0]
