"""`ro-crate-metadata.json`: what the bundle is, and every file in it with its size and SHA-256."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from weft.exchange.bundle.files import FILES, METADATA, REPORT, About, table_path
from weft.exchange.bundle.model import Bundle, Licence
from weft.exchange.errors import ExchangeError, shown
from weft.exchange.json_text import parse_json

VERSION = "https://w3id.org/ro/crate/1.2"
SCHEMA = "http://schema.org/"
TERMS = {
    **{
        name: SCHEMA + name
        for name in (
            *("about", "contentSize", "CreativeWork", "Dataset", "datePublished", "description", "encodingFormat"),
            *("hasPart", "identifier", "inLanguage", "license", "mainEntity", "name", "Organization", "propertyID"),
            *("PropertyValue", "publisher", "sha256", "url", "value"),
        )
    },
    "File": SCHEMA + "MediaObject",
    "conformsTo": "http://purl.org/dc/terms/conformsTo",
}
CONTEXT = [f"{VERSION}/context", TERMS]
"""RO-Crate asks for its context by reference; every term used stands here too, so that nothing need be fetched."""

UNITS = ("line", "entity")


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as the metadata state it; nothing where they do not."""

    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class CrateParts:
    """What the metadata say: the properties of the bundle, and the files by their names."""

    parts: dict[str, Any]
    files: dict[str, Listed]


def crate(bundle: Bundle, files: Mapping[str, bytes]) -> dict[str, Any]:
    """The metadata of a bundle with these files."""
    publisher: dict[str, Any] = {"@id": bundle.publisher_url or "#publisher", "@type": "Organization"}
    return {
        "@context": CONTEXT,
        "@graph": [
            {
                "@id": METADATA,
                "@type": "CreativeWork",
                "name": "What this bundle is made of",
                "conformsTo": {"@id": VERSION},
                "about": {"@id": "./"},
            },
            {
                "@id": "./",
                "@type": "Dataset",
                "name": bundle.title,
                "description": bundle.description,
                "datePublished": bundle.published_on,
                "inLanguage": bundle.language,
                "license": {"@id": bundle.licence.url},
                "publisher": {"@id": publisher["@id"]},
                "identifier": [{"@id": "#edition"}, {"@id": "#fingerprint"}],
                "mainEntity": {"@id": REPORT},
                "hasPart": [{"@id": _address(name)} for name in files],
            },
            {
                "@id": bundle.licence.url,
                "@type": "CreativeWork",
                "name": bundle.licence.name,
                "description": "The terms under which everything in this bundle may be used.",
            },
            {**publisher, "name": bundle.publisher, **({"url": bundle.publisher_url} if bundle.publisher_url else {})},
            _value("#edition", "Code of the edition", "code", bundle.edition),
            _value("#fingerprint", "SHA-256 of the edition as it was published", "sha256", bundle.fingerprint),
            *(_file(name, data, _about(bundle, name)) for name, data in files.items()),
        ],
    }


def _value(name: str, title: str, kind: str, value: str) -> dict[str, Any]:
    return {"@id": name, "@type": "PropertyValue", "name": title, "propertyID": kind, "value": value}


def _about(bundle: Bundle, name: str) -> About:
    if name in FILES:
        return FILES[name]
    table = next(one for one in bundle.tables if table_path(one.name) == name)
    return About(table.title, table.description or table.title, "text/csv")


def _file(name: str, data: bytes, about: About) -> dict[str, Any]:
    return {
        "@id": _address(name),
        "@type": "File",
        "name": about.name,
        "description": about.description,
        "encodingFormat": about.media_type,
        "contentSize": str(len(data)),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def _address(name: str) -> str:
    return quote(name)


class CrateReader:
    """One metadata file while it is read: every fault names the entity and its property."""

    def __init__(self, text: str, file: str) -> None:
        self._file = file
        found = parse_json(file, text)
        graph = found.get("@graph") if isinstance(found, dict) else None
        if not isinstance(graph, list):
            raise ExchangeError("is no metadata of an RO-Crate: there is no @graph.", file=file)
        self.context = found.get("@context")
        self.root = self.publisher = ""
        self.elsewhere: list[str] = []
        self.entities: dict[str, dict[str, Any]] = {}
        for number, entity in enumerate(graph, 1):
            name = entity.get("@id") if isinstance(entity, dict) else None
            if not isinstance(name, str):
                raise self._fault(f"number {number}", "@id", "must be a text.")
            if name in self.entities:
                raise self._fault(name, "@id", "is there twice.")
            self.entities[name] = entity

    def parts(self) -> CrateParts:
        """The properties of the bundle and its files."""
        about = self._entity(METADATA, "the description of the metadata")
        version = self._link(METADATA, about, "conformsTo")
        if not version.startswith("https://w3id.org/ro/crate/1."):
            raise self._fault(METADATA, "conformsTo", f"must be RO-Crate 1.2, got {shown(version)}.")
        name = self.root = self._link(METADATA, about, "about")
        root = self._entity(name, "the bundle itself")
        licence = self._link(name, root, "license")
        publisher = self.publisher = self._link(name, root, "publisher")
        organisation = self._entity(publisher, "the publisher")
        parts = {
            "title": self._text(name, root, "name"),
            "description": self._text(name, root, "description"),
            "published_on": self._text(name, root, "datePublished"),
            "language": self._text(name, root, "inLanguage") if "inLanguage" in root else "en",
            "licence": Licence(licence, self._text(licence, self._entity(licence, "the licence"), "name")),
            "publisher": self._text(publisher, organisation, "name"),
            "publisher_url": "" if publisher.startswith("#") else publisher,
        }
        return CrateParts(parts, self._files())

    def _files(self) -> dict[str, Listed]:
        files: dict[str, Listed] = {}
        for address, entity in self._of_type("File"):
            if "://" in address:
                self.elsewhere.append(address)
            elif not address.startswith("#"):
                name = unquote(address).removeprefix("./")
                if name in files:
                    raise self._fault(address, "@id", "is listed twice.")
                files[name] = Listed(*(self._text(address, entity, key, "") for key in ("contentSize", "sha256")))
        return files

    def _of_type(self, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for address, entity in self.entities.items():
            types = entity.get("@type")
            if name in (types if isinstance(types, list) else [types]):
                yield address, entity

    def _entity(self, name: str, what: str) -> dict[str, Any]:
        if name not in self.entities:
            says = f"leads to {shown(name)}, {what}, which is not there."
            raise ExchangeError(says, file=self._file, found=name)
        return self.entities[name]

    def _text(self, name: str, entity: Mapping[str, Any], key: str, otherwise: str | None = None) -> str:
        value = entity.get(key, otherwise)
        if not isinstance(value, str):
            raise self._fault(name, key, "must be one text.")
        return value

    def _link(self, name: str, entity: Mapping[str, Any], key: str) -> str:
        value = entity.get(key)
        link = value.get("@id") if isinstance(value, dict) else None
        if not isinstance(link, str):
            raise self._fault(name, key, "must lead to one entity.")
        return link

    def _fault(self, name: str, key: str, says: str) -> ExchangeError:
        return ExchangeError(f"{key} {says}", file=self._file, column=name, units=UNITS)
