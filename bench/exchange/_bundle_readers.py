"""What other programs make of a bundle: run by the Python of their own environment, from `outside_bundle.py`."""

import io
import json
import logging
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import requests

folder, base = Path(sys.argv[1]), sys.argv[2]
bundle = folder / "bundle.zip"
context = (folder / "context.json").read_bytes()
failed = []


def offline(_: object, url: str, **__: object) -> requests.Response:
    """What the validator gets in place of the web: the context of RO-Crate, and nothing else."""
    answer = requests.Response()
    answer.status_code, answer.url = 404, url
    if url == "https://w3id.org/ro/crate/1.2/context":
        answer.status_code, answer.raw = 200, io.BytesIO(context)
        answer.headers["Content-Type"] = "application/ld+json"
    return answer


def told(package: str, what: str, is_right: bool) -> None:
    print(f"{package} {version(package)}: {what}", flush=True)
    if not is_right:
        failed.append(package)


def member(name: str) -> str:
    with zipfile.ZipFile(bundle) as archive:
        return archive.read(name).decode()


def validator() -> None:
    from rocrate_validator import services
    from rocrate_validator.models import Severity, ValidationSettings
    from rocrate_validator.utils.http import HttpRequester

    HttpRequester.get = HttpRequester.head = HttpRequester.fetch_fresh = offline
    for level in (Severity.REQUIRED, Severity.RECOMMENDED):
        settings = ValidationSettings(
            rocrate_uri=str(bundle), profile_identifier="ro-crate-1.2", requirement_severity=level
        )
        result = services.validate(settings)
        issues = result.get_issues(min_severity=level)
        told(
            "roc-validator",
            f"RO-Crate 1.2, {level.name.lower()} level: {'passed' if result.passed() else 'not passed'}, "
            f"{len(issues)} findings of {len(result.executed_checks)} checks",
            result.passed() or level != Severity.REQUIRED,
        )
        for issue in issues:
            print(f"  {issue.check.identifier}: {issue.message}")


def graphs() -> None:
    import pyld
    import rdflib
    from rdflib.compare import graph_diff, isomorphic

    metadata = json.loads(member("ro-crate-metadata.json"))
    alone = {**metadata, "@context": metadata["@context"][1]}
    official = {**metadata, "@context": json.loads(context)["@context"]}
    cases = (
        ("claims.jsonld", json.loads(member("claims.jsonld")), "claims.nt", "claims.jsonld"),
        ("ro-crate-metadata.json by its own context", alone, "crate.nt", "ro-crate-metadata.json"),
        ("ro-crate-metadata.json by the official context", official, "crate.nt", "ro-crate-metadata.json"),
    )
    for name, document, expected, place in cases:
        want = rdflib.Graph().parse(folder / expected, format="nt")
        lines = pyld.jsonld.to_rdf(document, {"base": base + place, "format": "application/n-quads"})
        for package, data, kind in (("rdflib", json.dumps(document), "json-ld"), ("pyld", lines, "nt")):
            got = rdflib.Graph().parse(data=data, format=kind, publicID=base + place)
            same = isomorphic(got, want)
            told(package, f"{name}: {len(got)} triples, {'all' if same else 'NOT'} those expected", same)
            if not same:
                _, more, less = graph_diff(got, want)
                print(more.serialize(format="nt"), "-- missing:", less.serialize(format="nt"), sep="\n")


def provenance() -> None:
    import prov.model
    import rdflib

    claims = rdflib.Graph().parse(data=member("claims.jsonld"), format="json-ld", publicID=f"{base}claims.jsonld")
    document = prov.model.ProvDocument.deserialize(content=claims.serialize(), format="rdf", rdf_format="turtle")
    want = rdflib.Graph().parse(folder / "claims.nt", format="nt")
    counts = {}
    kinds = {
        "wasDerivedFrom": prov.model.ProvDerivation,
        "wasInfluencedBy": prov.model.ProvInfluence,
        "wasAttributedTo": prov.model.ProvAttribution,
    }
    right = True
    for term, kind in kinds.items():
        found = {tuple(str(end.uri) for _, end in one.formal_attributes[:2]) for one in document.get_records(kind)}
        triples = want.subject_objects(rdflib.URIRef(f"http://www.w3.org/ns/prov#{term}"))
        expected = {(str(start), str(end)) for start, end in triples}
        if kind is prov.model.ProvInfluence:  # it also takes every qualified relation for one
            found = {pair for pair in found if pair in expected} if expected <= found else set()
        counts[term], right = len(found), right and found == expected
    entities = {str(one.identifier.uri) for one in document.get_records(prov.model.ProvEntity)}
    typed = want.subjects(rdflib.RDF.type, rdflib.URIRef("http://www.w3.org/ns/prov#Entity"))
    right = right and {str(one) for one in typed} <= entities
    told("prov", f"{len(entities)} entities, {', '.join(f'{n} {term}' for term, n in counts.items())}", right)


def tables() -> None:
    import frictionless

    place = folder / "out"
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(place)
    report = frictionless.Package(str(place / "datapackage.json")).validate()
    rows = sum(task.stats.get("rows", 0) for task in report.tasks)
    told(
        "frictionless",
        f"{len(report.tasks)} tables, {rows} rows: {'valid' if report.valid else 'NOT valid'}",
        report.valid,
    )
    for line in report.flatten(["title", "message"]):
        print(" ", *line)


def schema() -> None:
    import jsonschema

    found = json.loads((folder / "schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(found)
    errors = list(jsonschema.Draft202012Validator(found).iter_errors(json.loads(member("claims.jsonld"))))
    told("jsonschema", f"claims.jsonld against docs/claims.schema.json: {len(errors)} errors", not errors)


logging.disable(logging.CRITICAL)
for job in (validator, graphs, provenance, tables, schema):
    job()
print("failed: " + ", ".join(failed) if failed else "all take it")
sys.exit(bool(failed))
