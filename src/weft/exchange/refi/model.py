"""Codebooks and projects of qualitative analysis, as the REFI-QDA standard 1.0 has them.

GUIDs are texts exactly as in the file; `guid_key` tells whether two are the same. A field is `None` where the file says
nothing, which is not the same as an empty text. `*_ref` and `*_refs` hold GUIDs of what they refer to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from weft.exchange.loss import LossReport
from weft.exchange.refi.fields import attribute, part, parts, required, target, targets, typed_value, words
from weft.exchange.refi.files import SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code with the codes below it. One that is not codable only groups others."""

    guid: str = required("guid", "guid")
    name: str = required("name", otherwise="")
    is_codable: bool = required("isCodable", "boolean", otherwise=True)
    color: str | None = attribute("color", "colour")
    description: str | None = words("Description")
    note_refs: tuple[str, ...] = targets("NoteRef")
    codes: tuple[Code, ...] = parts("Code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """A named choice of codes, sources and notes."""

    guid: str = required("guid", "guid")
    name: str = required("name", otherwise="")
    description: str | None = words("Description")
    code_refs: tuple[str, ...] = targets("MemberCode")
    source_refs: tuple[str, ...] = targets("MemberSource")
    note_refs: tuple[str, ...] = targets("MemberNote")


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """The codes of one file, nested, and sets of them."""

    origin: str | None = attribute("origin")
    codes: tuple[Code, ...] = parts("Code", inside=("Codes",))
    sets: tuple[Set, ...] = parts("Set", inside=("Sets",))
    loss: LossReport = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who worked on the project."""

    guid: str = required("guid", "guid")
    name: str | None = attribute("name")
    id: str | None = attribute("id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """Something that is known of cases or sources, such as an age band."""

    guid: str = required("guid", "guid")
    name: str = required("name", otherwise="")
    type: str = required("typeOfVariable", "value type", otherwise="Text")
    description: str | None = words("Description")


@dataclass(frozen=True, slots=True)
class TypedText:
    """A value as it is written, and its type: one of `VALUE_TYPES`."""

    type: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableValue:
    """The value of a variable here, or none."""

    variable_ref: str = target("VariableRef")
    value: TypedText | None = field(default=None, metadata=typed_value())


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A person, a place or another unit of analysis."""

    guid: str = required("guid", "guid")
    name: str | None = attribute("name")
    description: str | None = words("Description")
    code_refs: tuple[str, ...] = targets("CodeRef")
    values: tuple[VariableValue, ...] = parts("VariableValue")
    source_refs: tuple[str, ...] = targets("SourceRef")
    selection_refs: tuple[str, ...] = targets("SelectionRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """A code given to a source or a selection."""

    guid: str = required("guid", "guid")
    creating_user: str | None = attribute("creatingUser", "guid")
    created_at: str | None = attribute("creationDateTime", "moment")
    code_ref: str = target("CodeRef")
    note_refs: tuple[str, ...] = targets("NoteRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What has a GUID and perhaps a name, and who made and last changed it."""

    guid: str = required("guid", "guid")
    name: str | None = attribute("name")
    creating_user: str | None = attribute("creatingUser", "guid")
    created_at: str | None = attribute("creationDateTime", "moment")
    modifying_user: str | None = attribute("modifyingUser", "guid")
    modified_at: str | None = attribute("modifiedDateTime", "moment")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSelection(Made):
    """A passage, in code points of the canonical text, end exclusive.

    Where it is not placed, the numbers are those of the file, and nobody knows what they count.
    """

    start: int = required("startPosition", "integer")
    end: int = required("endPosition", "integer")
    is_placed: bool = True
    description: str | None = words("Description")
    codings: tuple[Coding, ...] = parts("Coding")
    note_refs: tuple[str, ...] = targets("NoteRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSource(Made):
    """A text with what was selected in it. Also a note, a text that stands for a PDF, the description of a picture.

    `text` is canonical (line feeds, no byte order mark), wherever the file has it; `None` where it has none.
    """

    rich_text_path: str | None = attribute("richTextPath")
    plain_text_path: str | None = attribute("plainTextPath")
    description: str | None = words("Description")
    text: str | None = words("PlainTextContent")
    selections: tuple[TextSelection, ...] = parts("PlainTextSelection")
    codings: tuple[Coding, ...] = parts("Coding")
    note_refs: tuple[str, ...] = targets("NoteRef")
    values: tuple[VariableValue, ...] = parts("VariableValue")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSelection(Made):
    """A rectangle in pixels."""

    first_x: int = required("firstX", "integer")
    first_y: int = required("firstY", "integer")
    second_x: int = required("secondX", "integer")
    second_y: int = required("secondY", "integer")
    description: str | None = words("Description")
    codings: tuple[Coding, ...] = parts("Coding")
    note_refs: tuple[str, ...] = targets("NoteRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSource(Made):
    """A picture."""

    path: str | None = attribute("path")
    current_path: str | None = attribute("currentPath")
    description: str | None = words("Description")
    text_description: TextSource | None = field(default=None, metadata=part("TextDescription"))
    selections: tuple[PictureSelection, ...] = parts("PictureSelection")
    codings: tuple[Coding, ...] = parts("Coding")
    note_refs: tuple[str, ...] = targets("NoteRef")
    values: tuple[VariableValue, ...] = parts("VariableValue")


@dataclass(frozen=True, slots=True, kw_only=True)
class PDFSelection(Made):
    """A rectangle on a page, with the text in it where it is known."""

    page: int = required("page", "integer")
    first_x: int = required("firstX", "integer")
    first_y: int = required("firstY", "integer")
    second_x: int = required("secondX", "integer")
    second_y: int = required("secondY", "integer")
    description: str | None = words("Description")
    representation: TextSource | None = field(default=None, metadata=part("Representation"))
    codings: tuple[Coding, ...] = parts("Coding")
    note_refs: tuple[str, ...] = targets("NoteRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class PDFSource(Made):
    """A PDF, with its text where it is known."""

    path: str | None = attribute("path")
    current_path: str | None = attribute("currentPath")
    description: str | None = words("Description")
    selections: tuple[PDFSelection, ...] = parts("PDFSelection")
    representation: TextSource | None = field(default=None, metadata=part("Representation"))
    codings: tuple[Coding, ...] = parts("Coding")
    note_refs: tuple[str, ...] = targets("NoteRef")
    values: tuple[VariableValue, ...] = parts("VariableValue")


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncPoint:
    """Where a place in a transcript is heard, in milliseconds; `position` counts as in a `TextSelection`."""

    guid: str = required("guid", "guid")
    time_stamp: int | None = attribute("timeStamp", "integer")
    position: int | None = attribute("position", "integer")
    is_placed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptSelection(Made):
    """What stands between two sync points."""

    from_sync_point: str | None = attribute("fromSyncPoint", "guid")
    to_sync_point: str | None = attribute("toSyncPoint", "guid")
    description: str | None = words("Description")
    codings: tuple[Coding, ...] = parts("Coding")
    note_refs: tuple[str, ...] = targets("NoteRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript(Made):
    """What was said in a recording; `text` is canonical."""

    rich_text_path: str | None = attribute("richTextPath")
    plain_text_path: str | None = attribute("plainTextPath")
    description: str | None = words("Description")
    text: str | None = words("PlainTextContent")
    sync_points: tuple[SyncPoint, ...] = parts("SyncPoint")
    selections: tuple[TranscriptSelection, ...] = parts("TranscriptSelection")
    note_refs: tuple[str, ...] = targets("NoteRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSelection(Made):
    """A stretch of a recording, in milliseconds."""

    begin: int = required("begin", "integer")
    end: int = required("end", "integer")
    description: str | None = words("Description")
    codings: tuple[Coding, ...] = parts("Coding")
    note_refs: tuple[str, ...] = targets("NoteRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioSource(Made):
    """A sound recording."""

    path: str | None = attribute("path")
    current_path: str | None = attribute("currentPath")
    description: str | None = words("Description")
    transcripts: tuple[Transcript, ...] = parts("Transcript")
    selections: tuple[TimeSelection, ...] = parts("AudioSelection")
    codings: tuple[Coding, ...] = parts("Coding")
    note_refs: tuple[str, ...] = targets("NoteRef")
    values: tuple[VariableValue, ...] = parts("VariableValue")


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoSource(Made):
    """A film."""

    path: str | None = attribute("path")
    current_path: str | None = attribute("currentPath")
    description: str | None = words("Description")
    transcripts: tuple[Transcript, ...] = parts("Transcript")
    selections: tuple[TimeSelection, ...] = parts("VideoSelection")
    codings: tuple[Coding, ...] = parts("Coding")
    note_refs: tuple[str, ...] = targets("NoteRef")
    values: tuple[VariableValue, ...] = parts("VariableValue")


Source: TypeAlias = TextSource | PictureSource | PDFSource | AudioSource | VideoSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A relation between two elements of the project."""

    guid: str = required("guid", "guid")
    name: str | None = attribute("name")
    direction: str | None = attribute("direction", "direction")
    color: str | None = attribute("color", "colour")
    origin_ref: str | None = attribute("originGUID", "guid")
    target_ref: str | None = attribute("targetGUID", "guid")
    note_refs: tuple[str, ...] = targets("NoteRef")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vertex:
    """Something drawn in a graph, perhaps for an element of the project."""

    guid: str = required("guid", "guid")
    represented_ref: str | None = attribute("representedGUID", "guid")
    name: str | None = attribute("name")
    first_x: int = required("firstX", "integer")
    first_y: int = required("firstY", "integer")
    second_x: int | None = attribute("secondX", "integer")
    second_y: int | None = attribute("secondY", "integer")
    shape: str | None = attribute("shape", "shape")
    color: str | None = attribute("color", "colour")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A line between two vertices, perhaps for a link of the project."""

    guid: str = required("guid", "guid")
    represented_ref: str | None = attribute("representedGUID", "guid")
    name: str | None = attribute("name")
    source_vertex: str = required("sourceVertex", "guid")
    target_vertex: str = required("targetVertex", "guid")
    color: str | None = attribute("color", "colour")
    direction: str | None = attribute("direction", "direction")
    line_style: str | None = attribute("lineStyle", "line style")


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """A drawing of how things hang together."""

    guid: str = required("guid", "guid")
    name: str | None = attribute("name")
    vertices: tuple[Vertex, ...] = parts("Vertex")
    edges: tuple[Edge, ...] = parts("Edge")


@dataclass(frozen=True, slots=True)
class OffsetReading:
    """How the program that wrote a project counts the places in its texts.

    `name` is one of `weft.methods.text_spans.READINGS`. `chosen_by` is `score` where the reading makes most sense of
    the selections, `file` where the file says it, `caller` where it was given. `is_ambiguous`: another reading has the
    same score and gives other passages. `empty` counts selections of no length, `unplaced` those outside their text.
    """

    name: str
    chosen_by: Literal["score", "file", "caller"]
    scores: tuple[tuple[str, float], ...]
    is_ambiguous: bool
    empty: int
    unplaced: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One project. `files` are all files beside it, apart from the plain texts, which are in their sources."""

    name: str = required("name", otherwise="")
    origin: str | None = attribute("origin")
    creating_user: str | None = attribute("creatingUserGUID", "guid")
    created_at: str | None = attribute("creationDateTime", "moment")
    modifying_user: str | None = attribute("modifyingUserGUID", "guid")
    modified_at: str | None = attribute("modifiedDateTime", "moment")
    base_path: str | None = attribute("basePath")
    users: tuple[User, ...] = parts("User", inside=("Users",))
    codes: tuple[Code, ...] = parts("Code", inside=("CodeBook", "Codes"))
    variables: tuple[Variable, ...] = parts("Variable", inside=("Variables",))
    cases: tuple[Case, ...] = parts("Case", inside=("Cases",))
    sources: tuple[Source, ...] = parts(
        *("TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource"), inside=("Sources",)
    )
    notes: tuple[TextSource, ...] = parts("Note", inside=("Notes",))
    links: tuple[Link, ...] = parts("Link", inside=("Links",))
    sets: tuple[Set, ...] = parts("Set", inside=("Sets",))
    graphs: tuple[Graph, ...] = parts("Graph", inside=("Graphs",))
    description: str | None = words("Description")
    note_refs: tuple[str, ...] = targets("NoteRef")
    files: tuple[SourceFile, ...] = ()
    reading: OffsetReading | None = field(default=None, compare=False)
    loss: LossReport = field(default=(), compare=False)


CLASSES: dict[str, type] = {
    **{
        cls.__name__: cls
        for cls in (
            *(Code, Set, User, Variable, VariableValue, Case, Coding, Link, Graph, Vertex, Edge, SyncPoint, Transcript),
            *(TextSource, PictureSource, PDFSource, AudioSource, VideoSource),
            *(PictureSelection, PDFSelection, TranscriptSelection),
        )
    },
    **dict.fromkeys(("Note", "TextDescription", "Representation"), TextSource),
    **dict.fromkeys(("AudioSelection", "VideoSelection"), TimeSelection),
    "PlainTextSelection": TextSelection,
}
"""What each element is in the model."""
