"""Weft's relations in the terms of PROV and CiTO. A relation always runs from the earlier item to what came of it.

PROV says how strongly the later item depends on the earlier one. It was made from it (derivation, and as special
cases quotation and revision), or was only shaped by it (influence): a finding is not made from what contradicts it,
nor a project from the problem that it addresses. CiTO says what the one says about the other. Each word has a CiTO
property of its own, so that none is lost.
"""

from collections.abc import Iterable, Mapping

from weft.exchange.bundle.model import Claim, Relation, Word

PROV: dict[Word, tuple[str, ...]] = {
    "quotes": ("wasDerivedFrom", "wasQuotedFrom"),
    "supports": ("wasDerivedFrom",),
    "contradicts": ("wasInfluencedBy",),
    "informs": ("wasDerivedFrom",),
    "addresses": ("wasInfluencedBy",),
    "produced": ("wasDerivedFrom",),
    "answers": ("wasInfluencedBy",),
    "revises": ("wasDerivedFrom", "wasRevisionOf"),
}
"""A special case stands beside the general one, for programs that do not reason."""

CITO: dict[Word, str] = {
    "quotes": "includesQuotationFrom",
    "supports": "obtainsSupportFrom",
    "contradicts": "disagreesWith",
    "informs": "citesForInformation",
    "addresses": "obtainsBackgroundFrom",
    "produced": "citesAsSourceDocument",
    "answers": "repliesTo",
    "revises": "updates",
}
REVERSED = {"isDisagreedWithBy": "disagreesWith", "hasReplyFrom": "repliesTo"}
"""Keys that stand at the later item while the property runs from the earlier one to it."""

DIRECT = ("wasDerivedFrom", "wasQuotedFrom", "wasRevisionOf", "wasInfluencedBy", *CITO.values(), *REVERSED)


def cito_key(word: Word, target_kind: str) -> str:
    """The CiTO key at the later item. What contradicts speaks itself, and so does evidence that closes a gap."""
    if word == "contradicts":
        return "isDisagreedWithBy"
    if word == "answers" and target_kind == "gap":
        return "hasReplyFrom"
    return CITO[word]


def direct_links(relations: Iterable[Relation], kinds: Mapping[str, str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """For each later item, the earlier items by PROV and CiTO key, each sorted and once."""
    found: dict[str, dict[str, set[str]]] = {}
    for one in relations:
        links = found.setdefault(one.target, {})
        for key in (*PROV[one.word], cito_key(one.word, kinds[one.target])):
            links.setdefault(key, set()).add(one.source)
    return {code: {key: tuple(sorted(links[key])) for key in DIRECT if key in links} for code, links in found.items()}


def claim_links(claim: Claim) -> dict[str, tuple[str, ...]]:
    """The items of a claim by key. What it rests on is its evidence, of whatever kind of knowledge."""
    links = {
        "wasDerivedFrom": claim.rests_on,
        "citesAsEvidence": claim.rests_on,
        "wasInfluencedBy": claim.against,
        "isDisagreedWithBy": claim.against,
    }
    return {key: codes for key, codes in links.items() if codes}
