"""What can be seen to be wrong before anything is written: names, numbers, citations, times."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from weft.core import codes, dates
from weft.core.text import citations, misplaced
from weft.filing.lines import Document, Fault, Faulty, Path, near
from weft.filing.loading import when
from weft.filing.parts import Citing, Reference
from weft.filing.steps import walk
from weft.programme_file.load_people import begun
from weft.programme_file.schema import File

ONE = {
    "people": "person",
    "organisations": "organisation",
    "places": "place",
    "venues": "venue",
    "teams": "team",
    "conversations": "conversation",
}


def check(document: Document, file: File) -> list[Fault]:
    """Everything that is wrong. What stands for two things is refused at once, since nobody can know which is meant."""
    names, twice = _names(document, file)
    twice += _same_numbers(document, file)
    faults = [*_references(document, file, names), *_numbers(document, file)]
    if twice:
        raise Faulty(document.name, [*twice, *faults])
    return [*faults, *_addresses(document, file), *_rests_on_itself(document, file), *_editions(document, file)]


def _references(document: Document, file: File, names: dict[str, set[str]]) -> Iterator[Fault]:
    """Names that stand for nothing, and citations that lead nowhere."""
    for path, value in walk(file):
        if isinstance(value, Reference):
            if value not in names[value.what]:
                yield document.fault(path, _unknown(value, names[value.what]))
        elif isinstance(value, Citing):
            for code in citations(value):
                if code not in names["items"]:
                    said = f"the text cites [[{code}]], and there is no item with the code {code}."
                    said += near(code, alike(code, names["items"]))
                    yield document.fault(path, said, value[value.upper().index(f"[[{code}]]") :])
            for words, said in misplaced(value):
                yield document.fault(path, said, words)


def alike(code: str, known: Iterable[str]) -> list[str]:
    """The codes of the same kind of item."""
    return sorted(other for other in known if codes.prefix(other) == codes.prefix(code))


def _unknown(value: Reference, known: Iterable[str]) -> str:
    if value.what == "items":
        return f"there is no item with the code {value}.{near(value, alike(value, known))}"
    listed = sorted(known)
    said = f" {value.what.capitalize()} here: {', '.join(listed[:20])}." if listed else ""
    return f"there is no {ONE[value.what]} called {value} in this file.{near(value, listed) or said}"


def _names(document: Document, file: File) -> tuple[dict[str, set[str]], list[Fault]]:
    """Everything that can be named, and what is named twice."""
    names: dict[str, set[str]] = {what: set() for what in (*ONE, "items")}
    faults = []
    for path, what, name in _named(file):
        if name in names[what]:
            said = "item with the code" if what == "items" else f"{ONE[what]} called"
            faults.append(document.fault(path, f"there is another {said} {name} before it."))
        names[what].add(name)
    return names, faults


def _named(file: File) -> Iterator[tuple[Path, str, str]]:
    for at, person in enumerate(file.people):
        yield ("people", at, "key"), "people", person.key
    for what in ("organisations", "teams"):
        for at, one in enumerate(getattr(file, what)):
            yield (what, at, "slug"), what, one.slug
    for at, place in enumerate(file.places):
        yield ("places", at, "slug"), "places", place.slug
        for number, venue in enumerate(place.venues):
            yield ("places", at, "venues", number, "slug"), "venues", f"{place.slug}/{venue.slug}"
    for at, conversation in enumerate(file.conversations):
        here: Path = ("conversations", at)
        yield (*here, "code"), "conversations", conversation.code
        for what in ("statements", "stories"):
            for number, said in enumerate(getattr(conversation, what)):
                yield (*here, what, number, "code"), "items", said.code
    for what in ("items", "tombstones"):
        for at, item in enumerate(getattr(file, what)):
            yield (what, at, "code"), "items", item.code
    for at, edition in enumerate(file.report.editions if file.report else []):
        yield ("report", "editions", at, "code"), "items", edition.code


def _same_numbers(document: Document, file: File) -> Iterator[Fault]:
    """Participants and statements have a number each in their conversation."""
    for at, asked in enumerate(file.conversations):
        people = [one.number for one in asked.participants]
        cards = [place if one.number is None else one.number for place, one in enumerate(asked.statements, 1)]
        for what, called, numbers in (("participants", "participant", people), ("statements", "statement", cards)):
            first: dict[int, int] = {}
            for place, number in enumerate(numbers):
                if number in first:
                    line = document.line(("conversations", at, what, first[number]))
                    said = f"there is another {called} with the number {number} before it, in line {line}."
                    yield document.fault(("conversations", at, what, place, "number"), said)
                first.setdefault(number, place)


def _numbers(document: Document, file: File) -> Iterator[Fault]:
    """Participants are named by their number in their conversation."""
    known = {asked.code: {one.number for one in asked.participants} for asked in file.conversations}
    for at, asked in enumerate(file.conversations):
        here: Path = ("conversations", at)
        named = [(("statements", n, "author"), s.author) for n, s in enumerate(asked.statements)]
        named += [(("stories", n, "participant"), s.participant) for n, s in enumerate(asked.stories)]
        for path, number in named:
            if number is not None and number not in known[asked.code]:
                said = f"there is no participant with the number {number} in the conversation {asked.code}."
                yield document.fault((*here, *path), said)
    for at, item in enumerate(file.items):
        for place, mark in enumerate(getattr(item, "marks", [])):
            if mark.participant and mark.participant[1] not in known.get(mark.participant[0], set()):
                said = f"there is no participant with the number {mark.participant[1]} in that conversation."
                yield document.fault(("items", at, "marks", place, "participant"), said)


def _addresses(document: Document, file: File) -> Iterator[Fault]:
    """Two people do not share an address: it is one account."""
    known: dict[str, int] = {}
    for at, person in enumerate(file.people):
        if person.email in known:
            line, other = document.line(("people", known[person.email])), file.people[known[person.email]].key
            said = f"{other} in line {line} has this address too, and an address is one account. Give each their own."
            yield document.fault(("people", at, "email"), said)
        known.setdefault(person.email, at)


def _rests_on_itself(document: Document, file: File) -> Iterator[Fault]:
    for what in ("items", "tombstones"):
        for at, item in enumerate(getattr(file, what)):
            for path, value in walk(item, (what, at)):
                if isinstance(value, Reference) and value.what == "items" and value == item.code:
                    yield document.fault(path, f"{item.code} cannot rest on itself. Take this out.")


def _editions(document: Document, file: File) -> Iterator[Fault]:
    """An edition that is published from the sections as they stand is not older than anything that they cite."""
    report = file.report
    fresh = [(at, one) for at, one in enumerate(report.editions) if one.content is None] if report else []
    if report is None or not fresh:
        return
    made = {code: (path, at) for path, code, at in _made(file)}
    texts = [report.summary, *(section.text for section in report.sections)]
    cited = list(dict.fromkeys(code for text in texts for code in citations(text) if code in made))
    for number, edition in fresh:
        published = when(edition.made_at, begun(file))
        for code in cited:
            path, at = made[code]
            if at > published:
                yield document.fault(
                    ("report", "editions", number, "made_at"),
                    f"this edition is of {dates.daytime(published)} and cites {code}, which was made later: "
                    f"on {dates.daytime(at)}, in line {document.line(path)}.",
                )


def _made(file: File) -> Iterator[tuple[Path, str, datetime]]:
    """When everything that can be cited was made."""
    first = begun(file)
    for at, asked in enumerate(file.conversations):
        opened = when(asked.opened_at, first)
        came = {one.number: when(one.came_at, opened) for one in asked.participants}
        for number, statement in enumerate(asked.statements):
            yield ("conversations", at, "statements", number), statement.code, when(statement.said_at, opened)
        for number, story in enumerate(asked.stories):
            told_at = when(story.told_at, came.get(story.participant), opened)
            yield ("conversations", at, "stories", number), story.code, told_at
    for at, item in enumerate(file.items):
        yield ("items", at), item.code, when(item.made_at, first)
