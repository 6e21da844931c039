"""`claims.jsonld` written from a bundle and read back into its parts."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from weft.exchange.bundle.claims_file import (
    ClaimPart,
    ClaimsFile,
    ItemPart,
    PositionSelector,
    QuoteSelector,
    Selectors,
)
from weft.exchange.bundle.model import Bundle, Claim, Item, LeftOut, Passage, Relation, Team
from weft.exchange.bundle.relations import DIRECT, claim_links, direct_links
from weft.exchange.bundle.report import canonical_text
from weft.exchange.bundle.vocabulary import CONTEXT
from weft.exchange.errors import ExchangeError, shown
from weft.exchange.json_text import parse_json

FORMAT = "weft-claims-1"
AROUND = 32
UNITS = ("item", "key")
FAULTS = {
    "missing": "must be given",
    "extra_forbidden": "is no key of a claims file",
    "literal_error": "must be {expected}",
    "string_type": "must be a text",
    "string_pattern_mismatch": "is not written as it must be",
    "string_too_long": "is too long",
    "int_type": "must be a whole number",
    "greater_than_equal": "must not be below 0",
    "list_type": "must be a list",
    "model_type": "must have keys",
    "dict_type": "must have keys",
    "tuple_type": "must be two selectors",
    "too_short": "must be two selectors",
    "too_long": "must be two selectors",
    "json_invalid": "holds something that is no text",
}


@dataclass(frozen=True, slots=True)
class ClaimsParts:
    """What the file says: the edition, and everything that the bundle takes from it."""

    edition: str
    title: str
    published_on: str
    fingerprint: str
    parts: dict[str, Any]


def claims_json(bundle: Bundle) -> str:
    """The text of the file. Keys with nothing to say are left away."""
    text = canonical_text(bundle.report_html)
    kinds = {item.code: item.kind for item in bundle.items}
    links = direct_links(bundle.relations, kinds)
    document = {
        "@context": CONTEXT,
        "format": FORMAT,
        "id": f"#{bundle.edition}",
        "type": "Entity",
        "code": bundle.edition,
        "title": bundle.title,
        "published_on": bundle.published_on,
        "fingerprint": bundle.fingerprint,
        "report": "report.html",
        "claims": [_claim(claim, text) for claim in bundle.claims],
        "items": [_item(item, links.get(item.code, {})) for item in bundle.items],
        "relations": [_relation(relation) for relation in bundle.relations],
        "passages": [_passage(passage) for passage in bundle.passages],
        "teams": [{"id": f"#team-{team.key}", "type": "Organization", "name": team.name} for team in bundle.teams],
        "left_out": [_said({"what": one.what, "why": one.why, "count": one.count}) for one in bundle.left_out],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _said(keys: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in keys.items() if value not in ("", None, [])}


def _ids(links: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {key: [f"#{code}" for code in codes] for key, codes in links.items()}


def _selectors(start: int, end: int, exact: str, prefix: str, suffix: str) -> list[dict[str, Any]]:
    quote = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
    return [{"type": "TextPositionSelector", "start": start, "end": end}, _said(quote)]


def _claim(claim: Claim, text: str) -> dict[str, Any]:
    around = text[max(claim.start - AROUND, 0) : claim.start], text[claim.end : claim.end + AROUND]
    return {
        "id": f"#{claim.id}",
        "type": ["Entity", "SpecificResource"],
        "source": "report.html",
        "selector": _selectors(claim.start, claim.end, text[claim.start : claim.end], *around),
        **_ids(claim_links(claim)),
        **_said({"verdict": claim.verdict, "reason": claim.reason}),
    }


def _item(item: Item, links: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    said = {
        "code": item.code,
        "kind": item.kind,
        "title": item.title,
        "text": item.text,
        "knowledge": item.knowledge,
        "layer": item.layer,
        "team": f"#team-{item.team}" if item.team else "",
        "made_on": item.made_on,
        "people": item.people,
        "reference": item.reference,
        "withdrawn_on": item.withdrawn_on,
    }
    return {"id": f"#{item.code}", "type": "Entity", **_said(said), **_ids(links)}


def _relation(one: Relation) -> dict[str, Any]:
    ends = {"item": f"#{one.target}", "came_of": f"#{one.source}"}
    return {"type": "Influence", **ends, "relation": one.word, **_said({"note": one.note})}


def _passage(one: Passage) -> dict[str, Any]:
    return {
        "id": f"#{one.item}",
        "type": "SpecificResource",
        "source": f"#{one.source}",
        "selector": _selectors(one.start, one.end, one.exact, one.prefix, one.suffix),
        **_said({"codes": list(one.codes)}),
    }


def parse_claims(text: str, report_html: str, file: str) -> ClaimsParts:
    """Read the file and hold it against itself and against the report."""
    found = parse_json(file, text)
    try:
        document = ClaimsFile.model_validate_json(text)
    except ValidationError as error:
        raise _fault(error, file) from None
    if found["@context"] != CONTEXT:
        says = "has another @context than Weft writes, so that its words may mean something else."
        raise ExchangeError(says, file=file, column="@context", units=UNITS)
    _is_named(document.id, f"#{document.code}", "the edition", file)
    items = tuple(_read_item(part, file) for part in document.items)
    relations = tuple(
        Relation(part.came_of[1:], part.item[1:], part.relation, part.note) for part in document.relations
    )
    _agree(document, items, relations, file)
    parts = {
        "claims": _read_claims(document.claims, canonical_text(report_html), file),
        "items": items,
        "relations": relations,
        "passages": tuple(
            Passage(part.id[1:], part.source[1:], *_read(part.selector), tuple(part.codes))
            for part in document.passages
        ),
        "teams": tuple(Team(part.id.removeprefix("#team-"), part.name) for part in document.teams),
        "left_out": tuple(LeftOut(part.what, part.why, part.count) for part in document.left_out),
    }
    return ClaimsParts(document.code, document.title, document.published_on, document.fingerprint, parts)


def _fault(error: ValidationError, file: str) -> ExchangeError:
    first = error.errors(include_url=False, include_input=False)[0]
    says = FAULTS.get(first["type"], "is not what it must be").format(**first.get("ctx", {}))
    place = [str(part + 1) if isinstance(part, int) else part for part in first["loc"] if part != "tuple"]
    return ExchangeError(f"{says}.", file=file, column=" ".join(place) or None, units=UNITS)


def _is_named(found: str, expected: str, what: str, file: str) -> None:
    if found != expected:
        says = f"{what} must have the id {shown(expected)}, got {shown(found)}."
        raise ExchangeError(says, file=file, column="id", found=found, expected=expected, units=UNITS)


def _read_item(part: ItemPart, file: str) -> Item:
    _is_named(part.id, f"#{part.code}", f"the {part.kind} {shown(part.code)}", file)
    return Item(
        part.code,
        part.kind,
        part.title,
        part.text,
        part.knowledge,
        part.layer,
        part.team.removeprefix("#team-"),
        part.made_on,
        part.people,
        part.reference,
        part.withdrawn_on,
    )


def _read(selector: Selectors) -> tuple[int, int, str, str, str]:
    position: PositionSelector = selector[0]
    quote: QuoteSelector = selector[1]
    return position.start, position.end, quote.exact, quote.prefix, quote.suffix


def _read_claims(parts: Iterable[ClaimPart], text: str, file: str) -> tuple[Claim, ...]:
    claims = []
    for part in parts:
        start, end, *words = _read(part.selector)
        expected = [text[start:end], text[max(start - AROUND, 0) : start], text[end : end + AROUND]]
        if words != expected:
            says = f"the words of {shown(part.id)} do not stand at that place of report.html."
            raise ExchangeError(says, file=file, found=words[0], expected=expected[0])
        rests_on, against = (
            tuple(code[1:] for code in links) for links in (part.citesAsEvidence, part.isDisagreedWithBy)
        )
        claim = Claim(part.id[1:], start, end, rests_on, against, part.verdict, part.reason)
        _same_links(part, claim_links(claim), file)
        claims.append(claim)
    return tuple(claims)


def _agree(document: ClaimsFile, items: Iterable[Item], relations: tuple[Relation, ...], file: str) -> None:
    """Refuse relations of items that are not there, and items that say something else than the relations."""
    kinds = {item.code: item.kind for item in items}
    for one in relations:
        for code in (one.source, one.target):
            if code not in kinds:
                raise ExchangeError(f"a relation leads to {shown(code)}, which is not there.", file=file, found=code)
    links = direct_links(relations, kinds)
    for part in document.items:
        _same_links(part, links.get(part.code, {}), file)


def _same_links(part: ClaimPart | ItemPart, links: Mapping[str, tuple[str, ...]], file: str) -> None:
    for key in (*DIRECT, "citesAsEvidence"):
        if getattr(part, key, []) != [f"#{code}" for code in links.get(key, ())]:
            says = f"{shown(part.id)} says one thing in {key} and another in its relations."
            raise ExchangeError(says, file=file, column=key, units=UNITS)
