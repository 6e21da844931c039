"""What the keys of `claims.jsonld` mean to programs that read linked data. It stands in the file itself."""

from itertools import chain
from typing import Any

from weft.exchange.bundle.relations import CITO, PROV, REVERSED

WEFT = "https://w3id.org/ro/terms/weft#"
"""For the few words that no vocabulary has, in the space that RO-Crate keeps for such words."""

PREFIXES = {
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "cito": "http://purl.org/spar/cito/",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "weft": WEFT,
}
TYPES = {
    "Entity": "prov:Entity",
    "Influence": "prov:Influence",
    "Organization": "prov:Organization",
    "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
}


def _link(to: str) -> dict[str, str]:
    return {"@id": to, "@type": "@id"}


def _day(to: str) -> dict[str, str]:
    return {"@id": to, "@type": "xsd:date"}


CONTEXT: dict[str, Any] = {
    **PREFIXES,
    "id": "@id",
    "type": "@type",
    "format": None,
    **TYPES,
    **{word: f"cito:{term}" for word, term in CITO.items()},
    "title": "dcterms:title",
    "name": "dcterms:title",
    "code": "dcterms:identifier",
    "published_on": _day("dcterms:issued"),
    "made_on": _day("dcterms:created"),
    "withdrawn_on": _day("weft:withdrawnOn"),
    "fingerprint": "weft:fingerprint",
    "report": _link("dcterms:hasFormat"),
    "claims": _link("dcterms:hasPart"),
    "items": "@included",
    "relations": "@included",
    "passages": "@included",
    "teams": "@included",
    "left_out": "weft:leftOut",
    "what": "dcterms:description",
    "why": "weft:why",
    "count": "weft:count",
    "kind": "weft:kind",
    "text": "prov:value",
    "knowledge": "weft:knowledge",
    "layer": "weft:layer",
    "people": "weft:people",
    "reference": "weft:reference",
    "codes": "weft:codedWith",
    "verdict": "weft:verdict",
    "reason": "weft:reason",
    "team": _link("prov:wasAttributedTo"),
    "source": _link("oa:hasSource"),
    "selector": "oa:hasSelector",
    "start": "oa:start",
    "end": "oa:end",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "citesAsEvidence": _link("cito:citesAsEvidence"),
    **{key: _link(f"prov:{key}") for key in dict.fromkeys(chain(*PROV.values()))},
    **{term: _link(f"cito:{term}") for term in CITO.values() if term not in REVERSED.values()},
    "repliesTo": _link("cito:repliesTo"),
    **{key: {"@reverse": f"cito:{term}", "@type": "@id"} for key, term in REVERSED.items()},
    "came_of": _link("prov:influencer"),
    "item": {"@reverse": "prov:qualifiedInfluence", "@type": "@id"},
    "relation": {"@id": "cito:hasCitationCharacterization", "@type": "@vocab"},
    "note": "rdfs:comment",
}
