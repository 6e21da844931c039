"""Nobody is named: what could tell who a person is, is taken out of grants before they are read or written.

In every grant the contact of an organisation goes, and every field that is not the standard's and whose name speaks of
a person. In a grant to an individual only fields known to be harmless stay, places no smaller than a ward, and the
words of the person's name are struck from its texts.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import count, pairwise
from typing import Any, Literal, TypeAlias, TypeGuard, cast

from weft.exchange.errors import ExchangeError
from weft.exchange.exact_json import Json
from weft.exchange.threesixtygiving.check import Place
from weft.exchange.threesixtygiving.keys import known, names_within
from weft.exchange.threesixtygiving.model import GENERIC_NAME, Grant
from weft.exchange.threesixtygiving.naming import POSTCODE, Names

Kind: TypeAlias = Literal["left out", "changed"]
Found: TypeAlias = Counter[tuple[str, Kind, str]]

PERSONAL_WORDS = """
    applicant applicants birth birthday contact contacts dob email emails firstname forename forenames fullname
    investigator investigators lastname mail mobile person phone sponsor sponsors surname surnames telephone
"""
NAME_BEFORE = frozenset(("family", "first", "full", "given", "last", "maiden", "middle", "preferred"))
ANONYMOUS_ID = re.compile(
    r"[-_:./]?((ind|individual|indiv|recipient|person|grantee|anon|ref|id)[-_:./]?)*"
    r"(\d{1,7}|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?",
    re.ASCII | re.IGNORECASE,
)
SMALL_AREA = re.compile(r"[EWSN]0[01]\d{6}|95\w{2}\d+\w*", re.ASCII | re.IGNORECASE)
CODE = re.compile(r"[A-Z]{4}\d{3}", re.ASCII)

EVENT = ("title", "startDate", "endDate", "duration", "description", "dateModified")
CLASSIFICATION = ("vocabulary", "code", "title", "description", "dateModified")
TRANSACTION = ("transactionDate", "currency", "value", "valueDate", "dateModified")
ORGANIZATION = ("id", "name", "department", "charityNumber", "companyNumber", "url", "dateModified")
LOCATION = ("name", "countryCode", "geoCode", "geoCodeType", "dateModified")
HARMLESS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("id", "title", "description", "currency", "awardDate", "fromOpenCall", "dateModified"), ()),
    **dict.fromkeys(("amountAppliedFor", "amountAwarded", "amountDisbursed", "dataSource"), ()),
    **dict.fromkeys(("relatedActivity", "regrantType", "locationScope"), ()),
    **dict.fromkeys(("plannedDates", "actualDates"), EVENT),
    "recipientIndividual": ("id", "name"),
    "recipientOrganization": ORGANIZATION,
    "toIndividualsDetails": ("primaryGrantReason", "secondaryGrantReason", "grantPurpose"),
    "beneficiaryLocation": LOCATION,
    "fundingOrganization": ORGANIZATION,
    "grantProgramme": ("code", "title", "description", "dateModified"),
    **dict.fromkeys(("fundingType", "classifications"), CLASSIFICATION),
    **dict.fromkeys(("applicationTransaction", "commitmentTransaction", "disbursementTransaction"), TRANSACTION),
}
EXACT_WORDS = """
    awardDate charityNumber companyNumber countryCode currency dataSource dateModified endDate fromOpenCall geoCode
    geoCodeType id locationScope regrantType relatedActivity startDate transactionDate url valueDate
"""
PERSONAL = frozenset(PERSONAL_WORDS.split())
EXACT = frozenset(EXACT_WORDS.split())

WHY_PERSONAL = "It could name a person."
WHY_INDIVIDUAL = "In a grant to a person it could tell who that is."
WHY_NAME = "A person is never named."
WHY_ID = "The id could tell who the person is; a number stands in its place."
WHY_STRUCK = "Words of the person's name, email addresses and postcodes were struck out."
OTHERS = "fields that are not the standard's"


def without_persons(value: Json, place: Place) -> tuple[Json, Found]:
    """A package as JSON in which nobody is named, and what was taken out, counted by field."""
    found: Found = Counter()
    if not isinstance(value, dict) or not isinstance(grants := value.get("grants"), list):
        return value, found
    about = _without_personal({name: inner for name, inner in value.items() if name != "grants"}, found)
    ids = _Ids(grants)
    cleaned: list[Json] = []
    for number, grant in enumerate(grants):
        if _is_to_individual(grant):
            cleaned.append(_Individual(grant, found, ids, place(("grants", number, "id"))).cleaned())
        else:
            cleaned.append(_without_personal(grant, found))
    return {**cast(dict[str, Json], about), "grants": cleaned}, found


def _is_to_individual(grant: Json) -> TypeGuard[dict[str, Json]]:
    return isinstance(grant, dict) and ("recipientIndividual" in grant or "toIndividualsDetails" in grant)


def _words(key: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", key)]


def _is_naming(key: str) -> bool:
    return "name" in _words(key) or _is_personal(key)


def _is_personal(key: str) -> bool:
    words = _words(key)
    pairs = pairwise(words)
    return not PERSONAL.isdisjoint(words) or any(one in NAME_BEFORE and two == "name" for one, two in pairs)


def _without_personal(value: Json, found: Found, path: str = "") -> Json:
    """The value without the fields, at any depth, whose names speak of a person."""
    if isinstance(value, list):
        return [_without_personal(inner, found, path) for inner in value]
    if not isinstance(value, dict):
        return value
    kept: dict[str, Json] = {}
    for key, inner in value.items():
        if _is_personal(key):
            found[f"{path}{key}", "left out", WHY_PERSONAL] += 1
        else:
            kept[key] = _without_personal(inner, found, f"{path}{key}.")
    return kept


class _Ids:
    """Ids of individuals: those that name nobody stay, the others are numbered as they first appear."""

    def __init__(self, grants: list[Json]) -> None:
        held = [grant.get("recipientIndividual") for grant in grants if _is_to_individual(grant)]
        ids = [person.get("id") for person in held if isinstance(person, dict)]
        self._taken = {found for found in ids if isinstance(found, str)}
        self._given: dict[str, str] = {}

    def anonymous(self, grant_id: Json, person_id: str, names: Names) -> str:
        """The id itself, or the one that stands in its place."""
        grant, start = str(grant_id), "-".join(str(grant_id).split("-")[:2])
        for before in (grant, start):
            rest = person_id.removeprefix(before)
            is_plain = rest != person_id and ANONYMOUS_ID.fullmatch(rest) and not names.are_in(rest)
            if is_plain and (any(map(str.isalnum, rest)) or person_id == grant):
                return person_id
        if person_id not in self._given:
            number = next(n for n in count(1) if f"{start}-individual-{n}" not in self._taken)
            self._given[person_id] = f"{start}-individual-{number}"
            self._taken.add(self._given[person_id])
        return self._given[person_id]


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


class _Individual:
    """A grant to an individual while it is cleaned."""

    def __init__(self, grant: dict[str, Json], found: Found, ids: _Ids, place: dict[str, Any]) -> None:
        self._grant = grant
        self._found = found
        self._ids = ids
        self._place = place
        person = grant.get("recipientIndividual")
        about = {key: inner for key, inner in grant.items() if _is_personal(key)}
        if isinstance(person, dict):
            about |= {f"{key} of the person": inner for key, inner in person.items() if _is_naming(key)}
        self._names = Names(_texts(about))

    def cleaned(self) -> dict[str, Json]:
        """The grant with what is harmless. Refused where its id names the person."""
        grant_id = self._grant.get("id")
        if isinstance(grant_id, str) and self._names.are_in(grant_id.split("-", 2)[-1]):
            says = "the id of a grant to a person must not name that person."
            raise ExchangeError(says, **self._place)
        kept: dict[str, Json] = {}
        for key, value in self._grant.items():
            if key == "recipientIndividual":
                kept[key] = self._person(value)
            elif key == "toIndividualsDetails":
                kept[key] = self._details(value)
            elif key == "fundingOrganization":
                kept[key] = self._chosen(value, HARMLESS[key], key)
            elif key in HARMLESS:
                self._keep(kept, key, self._chosen(value, HARMLESS[key], key), key)
            else:
                self._lose(key if key in known(Grant) else OTHERS)
        return kept

    def _lose(self, path: str, kind: Kind = "left out", why: str = WHY_INDIVIDUAL) -> None:
        self._found[path, kind, why] += 1

    def _person(self, value: Json) -> Json:
        if not isinstance(value, dict):
            return value
        kept: dict[str, Json] = {}
        for key, inner in value.items():
            if key == "id" and isinstance(inner, str) and inner:
                kept[key] = self._ids.anonymous(self._grant.get("id"), inner, self._names)
                if kept[key] != inner:
                    self._lose("recipientIndividual.id", "changed", WHY_ID)
            elif key == "id":
                kept[key] = inner
            elif key != "name":
                self._lose(OTHERS)
            elif inner != GENERIC_NAME:
                self._lose("recipientIndividual.name", why=WHY_NAME)
        return {**kept, "name": GENERIC_NAME}

    def _details(self, value: Json) -> Json:
        """Codes of the standard, not texts in their place."""
        chosen = self._chosen(value, HARMLESS["toIndividualsDetails"], "toIndividualsDetails")
        if not isinstance(chosen, dict):
            return chosen
        kept: dict[str, Json] = {}
        for key, inner in chosen.items():
            codes = inner if isinstance(inner, list) else [inner]
            fitting = [code for code in codes if not isinstance(code, str) or CODE.fullmatch(code)]
            if len(fitting) < len(codes):
                self._lose(f"toIndividualsDetails.{key}")
            if fitting:
                kept[key] = fitting if isinstance(inner, list) else inner
        return kept

    def _chosen(self, value: Json, names: tuple[str, ...], path: str) -> Json:
        """Of an object, or of each in a list, the fields of these names."""
        if isinstance(value, list):
            return [self._chosen(inner, names, path) for inner in value]
        if not isinstance(value, dict):
            return value
        for key in value:
            if key not in names:
                self._lose(f"{path}.{key}" if key in names_within(Grant) else OTHERS)
        return {key: inner for key, inner in value.items() if key in names}

    def _keep(self, kept: dict[str, Json], key: str, value: Json, path: str) -> None:
        """Keep a value with the name struck out; where it cannot be struck out, the value goes."""
        if isinstance(value, list):
            items: dict[str, Json] = {}
            for place, inner in enumerate(value):
                named: dict[str, Json] = {}
                self._keep(named, key, inner, path)
                items.update({str(place): item for item in named.values()})
            kept[key] = list(items.values())
        elif isinstance(value, dict):
            fields: dict[str, Json] = {}
            for name, inner in value.items():
                self._keep(fields, name, inner, f"{path}.{name}")
            kept[key] = fields
        elif isinstance(value, str) and key in EXACT:
            is_small = key == "geoCode" and (SMALL_AREA.fullmatch(value) or POSTCODE.search(value))
            if is_small or (path != "id" and self._names.are_in(value)):
                self._lose(path)
            else:
                kept[key] = value
        elif isinstance(value, str):
            kept[key] = self._names.struck(value)
            if kept[key] != value:
                self._lose(path, "changed", WHY_STRUCK)
        else:
            kept[key] = value
