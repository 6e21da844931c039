"""360Giving grants: JSON and the flat form, checked, exact, without loss."""

import json
import os
import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weft.exchange.errors import ExchangeError
from weft.exchange.tables import Table, read_table, write_table
from weft.exchange.threesixtygiving import (
    Classification,
    Event,
    Grant,
    GrantPackage,
    GrantProgramme,
    Location,
    Organization,
    Person,
    Publisher,
    ToIndividualsDetails,
    Transaction,
    describe,
    read_360giving,
    read_360giving_table,
    write_360giving,
    write_360giving_table,
)
from weft.exchange.threesixtygiving.codes import COUNTRIES, CURRENCIES
from weft.exchange.threesixtygiving.keys import known

SHARED = Path(os.environ.get("WEFT_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data/360giving"
REAL = SHARED / "real-andrew-lloyd-webber-foundation-first40.json"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not here")
PERSONAL = {"contactName", "telephone", "email"}

RAW = {
    "id": "360G-weft-1",
    "title": "Trees",
    "description": "For the park",
    "currency": "GBP",
    "amountAwarded": 1500,
    "awardDate": "2024-02-29",
    "recipientOrganization": [{"id": "GB-CHC-1", "name": "Parks Trust"}],
    "fundingOrganization": [{"id": "GB-CHC-2", "name": "The Fund"}],
}
GRANT = Grant(
    id="360G-weft-1",
    title="Trees",
    description="For the park",
    currency="GBP",
    amount_awarded=Decimal(1500),
    award_date="2024-02-29",
    recipient_organization=(Organization(id="GB-CHC-1", name="Parks Trust"),),
    funding_organization=(Organization(id="GB-CHC-2", name="The Fund"),),
)


def put(folder: Path, *grants: object, **about: object) -> Path:
    path = folder / "grants.json"
    path.write_text(json.dumps({"grants": list(grants), **about}))
    return path


def fits(value: object, schema: dict, root: dict) -> bool:
    """Whether a value has the types, fields and codes of the schema; formats are for `bench/exchange`."""
    schema = root["$defs"][schema["$ref"].rpartition("/")[2]] | schema if "$ref" in schema else schema
    types = {"string": str, "number": int | float, "array": list, "object": dict, "null": type(None), "boolean": bool}
    said = schema.get("type", list(types))
    if not any(isinstance(value, types[name]) for name in ([said] if isinstance(said, str) else said)):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, list):
        return len(value) >= schema.get("minItems", 0) and all(
            fits(one, schema.get("items", {}), root) for one in value
        )
    if isinstance(value, dict):
        own = all(fits(one, schema.get("properties", {}).get(key, {}), root) for key, one in value.items())
        one_of = [all(key in value for key in choice["required"]) for choice in schema.get("oneOf", ())]
        return own and all(key in value for key in schema.get("required", ())) and (not one_of or sum(one_of) == 1)
    return True


@needs_shared
@pytest.mark.parametrize("form", ["again.csv", "again.xlsx"])
def test_the_real_extract_comes_back_by_every_form(tmp_path, form):
    package = read_360giving(REAL)
    assert package.loss == ()
    assert len(package.grants) == 40
    assert write_360giving(package, tmp_path / "again.json") == ()
    assert json.loads((tmp_path / "again.json").read_text()) == json.loads(REAL.read_text())
    assert write_360giving_table(package, tmp_path / form) == ()
    again = read_360giving_table(tmp_path / form)
    assert again == package
    assert again.loss == ()


@needs_shared
def test_files_that_are_not_valid_are_refused_with_grant_and_field():
    with pytest.raises(ExchangeError, match="grant 1, field description: must be given"):
        read_360giving(SHARED / "fundingproviders-grants_fixed_2_grants.json")
    with pytest.raises(ExchangeError, match="row 2, column Description: must be given"):
        read_360giving_table(SHARED / "fundingproviders_grants_2_grants.csv")


@needs_shared
def test_the_model_has_every_field_title_and_code_of_the_schema():
    schema = json.loads((SHARED / "360-giving-schema.json").read_text())
    package = json.loads((SHARED / "360-giving-package-schema.json").read_text())
    defs = {"Documents": "Document"}

    def compare(kind: type, properties: dict) -> None:
        entries = known(kind)
        assert set(entries) == set(properties) - PERSONAL
        for name, entry in entries.items():
            said = properties[name]
            said = schema["$defs"][said["$ref"].rpartition("/")[2]] | said if "$ref" in said else said
            assert entry.key.title == said.get("title", name)
            if entry.key.of and "$ref" in said.get("items", ()):
                target = said["items"]["$ref"].rpartition("/")[2]
                if target in schema["$defs"]:
                    assert entry.key.of.__name__ == defs.get(target, target)
                    compare(entry.key.of, schema["$defs"][target]["properties"])

    compare(Grant, schema["properties"])
    compare(GrantPackage, package["properties"])
    compare(Publisher, package["properties"]["publisher"]["properties"])
    compare(ToIndividualsDetails, schema["properties"]["toIndividualsDetails"]["properties"])
    assert set(schema["$defs"]["currency"]["enum"]) == CURRENCIES
    assert set(schema["$defs"]["Location"]["properties"]["countryCode"]["enum"]) == COUNTRIES


def test_amounts_are_exact_in_every_currency(tmp_path):
    path = tmp_path / "grants.json"
    amounts = ["0.1", "20", "1500.50", "-12.30", "123456789012345678901234567890.01"]
    texts = [
        json.dumps(RAW | {"id": f"360G-weft-{n}", "currency": currency}).replace("1500", amount)
        for n, (amount, currency) in enumerate(zip(amounts, ["GBP", "EUR", "JPY", "USD", "GBP"], strict=True))
    ]
    path.write_text('{"grants": [' + ",".join(texts) + "]}")
    package = read_360giving(path)
    assert [str(grant.amount_awarded) for grant in package.grants] == amounts
    write_360giving(package, tmp_path / "again.json")
    assert all(f'"amountAwarded": {amount}' in (tmp_path / "again.json").read_text() for amount in amounts)
    for form in ("again.csv", "again.xlsx"):
        assert write_360giving_table(package, tmp_path / form) == ()
        assert [str(grant.amount_awarded) for grant in read_360giving_table(tmp_path / form).grants] == amounts
    assert ("awarded in GBP", "123456789012345678901234567890.11 in 2 grants") in describe(package)


def test_what_the_standard_does_not_know_is_kept(tmp_path):
    more = {"Ward": "Avenue", "score": 1.5, "tags": ["a", {"b": None}], "is new": True}
    path = put(tmp_path, RAW | more | {"classifications": [{"code": "a", "shade": "green"}]}, spare=[1])
    package = read_360giving(path)
    assert package.loss == ()
    assert package.grants[0].more["score"] == Decimal("1.5")
    write_360giving(package, tmp_path / "again.json")
    assert json.loads((tmp_path / "again.json").read_text()) == json.loads(path.read_text())
    loss = write_360giving_table(package, tmp_path / "again.csv")
    said = {item.where: item.kind for item in loss}
    assert said == {"spare": "left out", "score": "changed", "is new": "changed", "tags": "left out"}
    grant = read_360giving_table(tmp_path / "again.csv").grants[0]
    assert grant.more == {"Ward": "Avenue", "score": "1.5", "is new": "true"}
    assert grant.classifications[0].more == {"shade": "green"}


def test_headings_are_the_titles_with_numbers_only_where_there_are_several(tmp_path):
    two = (Organization(id="GB-CHC-1", name="One"), Organization(id="GB-CHC-2", name="Two"))
    planned = (Event(start_date="2024-03", duration=Decimal("10.5")),)
    package = GrantPackage(grants=(replace(GRANT, recipient_organization=two, planned_dates=planned),))
    write_360giving_table(package, tmp_path / "grants.csv")
    columns = read_table(tmp_path / "grants.csv").columns
    assert columns == (
        *("Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date"),
        *("Planned Dates:Start Date", "Planned Dates:Duration (months)"),
        *("Recipient Org:0:Identifier", "Recipient Org:0:Name", "Recipient Org:1:Identifier", "Recipient Org:1:Name"),
        *("Funding Org:Identifier", "Funding Org:Name"),
    )
    assert read_360giving_table(tmp_path / "grants.csv") == package


def test_headings_are_read_as_people_write_them(tmp_path):
    names = ("identifier", "TITLE", "description ", "Currency", "amountAwarded", "Award  Date")
    columns = (
        *names,
        "recipient org:0:identifier",
        "RecipientOrg:0:Name",
        "Funding Org:Identifier",
        "Funding Org:Name",
    )
    cells = ("360G-a-1", "T", "D", "GBP", " 10 ", " 2024-05-31 ", "GB-1", "R", "GB-2", "F")
    write_table(Table((*columns, "Last Modified", "Nested:Thing"), ((*cells, "2024-06-01", "x"),)), tmp_path / "a.csv")
    package = read_360giving_table(tmp_path / "a.csv")
    grant = package.grants[0]
    assert (grant.amount_awarded, grant.award_date) == (Decimal(10), "2024-05-31")
    assert grant.recipient_organization == (Organization(id="GB-1", name="R"),)
    assert grant.date_modified == "2024-06-01T00:00:00+00:00"
    assert grant.more == {"Nested:Thing": "x"}
    assert [item.where for item in package.loss] == ["dateModified"]


def without(key: str) -> dict:
    return {name: value for name, value in RAW.items() if name != key}


ORG = {"id": "GB-CHC-1", "name": "Parks Trust"}
FAULTS = [
    *((without(key), f"grant 2, field {key}: must be given.") for key in RAW),
    (RAW | {"title": 5}, "field title: must be a text, not a number."),
    (
        RAW | {"amountAwarded": "1,500"},
        "field amountAwarded: must be a number without commas or signs of a currency, got",
    ),
    (RAW | {"amountAwarded": True}, "field amountAwarded: must be a number without commas or signs of a currency, not"),
    (RAW | {"currency": "gbp"}, "field currency: must be a currency of three letters, such as GBP, got gbp."),
    (RAW | {"currency": None}, "field currency: must be given."),
    (RAW | {"awardDate": "24/07/2014"}, "field awardDate: must be a date, such as 2024-05-31, got 24/07/2014."),
    (RAW | {"awardDate": "2023-02-29"}, "field awardDate: must be a date"),
    (RAW | {"awardDate": "2024-02-29T10:00:00"}, "field awardDate: must be a date"),
    (RAW | {"awardDate": "2024-02-29\n"}, "field awardDate: must be a date"),
    (RAW | {"dateModified": "2024-02-29"}, "field dateModified: must be a date and time with its zone"),
    (RAW | {"plannedDates": [{"startDate": "2024-13"}]}, "field plannedDates.1.startDate: must be a date"),
    (RAW | {"plannedDates": [{"duration": -1}]}, "field plannedDates.1.duration: must not be negative"),
    (RAW | {"plannedDates": {"duration": 1}}, "field plannedDates: must be a list, not an object."),
    (RAW | {"recipientOrganization": [ORG, {"id": "GB-1"}]}, "field recipientOrganization.2.name: must be given."),
    (RAW | {"recipientOrganization": []}, "field recipientOrganization: must be given."),
    (
        RAW | {"fundingOrganization": ["x"]},
        "field fundingOrganization.1: must be an object with named fields, not a text.",
    ),
    (
        RAW | {"recipientIndividual": {"id": "360G-weft-ind-1"}},
        "to organisations or to a person, it cannot go to both.",
    ),
    (RAW | {"beneficiaryLocation": [{"countryCode": "UK"}]}, "must be a country of two letters, such as GB, got UK."),
    (RAW | {"fromOpenCall": "yes"}, "field fromOpenCall: must be Yes or No, got yes."),
    (RAW | {"id": "weft-2"}, "field id: must begin with 360G-, the publisher's prefix and a hyphen, got weft-2."),
    (RAW | {"id": "360G-weft-1"}, "field id: 360G-weft-1 is the id of grant 1 already."),
    (RAW | {"title": "a\0b"}, "field title: holds no proper text"),
    (RAW | {"x": "\ud800"}, "field x: holds no proper text"),
    (RAW | {"x": {"y": ["z" * 100_001]}}, "field x: holds no proper text, or more than 100000 characters."),
    ("text", "grant 2: must be an object with named fields, not a text."),
]


@pytest.mark.parametrize(("grant", "sentence"), FAULTS, ids=range(len(FAULTS)))
def test_a_fault_names_grant_and_field(tmp_path, grant, sentence):
    if isinstance(grant, dict) and grant.get("id") == RAW["id"] and "already" not in sentence:
        grant = grant | {"id": "360G-weft-2"}
    with pytest.raises(ExchangeError) as caught:
        read_360giving(put(tmp_path, RAW, grant))
    assert sentence in str(caught.value)
    assert caught.value.row == 2


DAMAGE = [
    ("", "is not JSON"),
    ("{", "is not JSON"),
    ("[]", "must be an object with named fields, not a list."),
    ("null", "must be an object with named fields, not nothing."),
    ("{}", "field grants: must be given."),
    ('{"grants": []}', "field grants: must be given."),
    ('{"grants": {}}', "field grants: must be a list"),
    ('{"grants": [], "grants": []}', "is not proper JSON: a key is there twice."),
    ('{"a": NaN}', "is not proper JSON: NaN is no number."),
    ('{"a": 1e999999999}', "is not proper JSON: a number has more than 30 digits"),
    ('{"a": 0.' + "1" * 31 + "}", "is not proper JSON: a number has more than 30 digits"),
    ("[" * 100_000, "lists within lists more than 40 deep."),
    ("[" * 42 + "]" * 42, "lists within lists more than 40 deep."),
    ('{"version": "1.4.3", "grants": [' + json.dumps(RAW) + "]}", "field version: must be two numbers, such as 1.4"),
    ('{"extensions": ["a", "a"], "grants": [' + json.dumps(RAW) + "]}", "field extensions: holds a text twice."),
]


@pytest.mark.parametrize(("text", "sentence"), DAMAGE, ids=range(len(DAMAGE)))
def test_damage_is_refused_in_one_sentence(tmp_path, text, sentence):
    path = tmp_path / "grants.json"
    path.write_text(text)
    with pytest.raises(ExchangeError) as caught:
        read_360giving(path)
    assert sentence in str(caught.value)


def test_other_encodings_and_line_ends(tmp_path):
    path = put(tmp_path, RAW)
    text = path.read_text().replace(", ", ",\r\n").replace("Trees", "Bäume")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_360giving(path).grants[0].title == "Bäume"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ExchangeError, match="is not UTF-8"):
        read_360giving(path)
    with pytest.raises(ExchangeError, match="No such file"):
        read_360giving(tmp_path / "none.json")


TABLE = ("Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date")
COLUMNS = (*TABLE, "Recipient Org:Identifier", "Recipient Org:Name", "Funding Org:Identifier", "Funding Org:Name")
CELLS = ("360G-a-1", "T", "D", "GBP", "10", "2024-05-31", "GB-1", "R", "GB-2", "F")


@pytest.mark.parametrize(
    ("columns", "cells", "sentence"),
    [
        (COLUMNS, (*CELLS[:4], "£10", *CELLS[5:]), "row 2, column Amount Awarded: must be a number without commas"),
        (COLUMNS, (*CELLS[:5], "31/05/2024", *CELLS[6:]), "row 2, column Award Date: must be a date"),
        (COLUMNS, ("", *CELLS[1:]), "row 2, column Identifier: must be given."),
        (COLUMNS[:-1], CELLS[:-1], "row 2, column Funding Org:Name: must be given."),
        ((*COLUMNS, "title"), (*CELLS, ""), "the columns Title and title stand for the same field."),
        ((*COLUMNS, "Recipient Org:0:Name"), (*CELLS, ""), "columns Recipient Org:Name and Recipient Org:0:Name stand"),
        ((*COLUMNS, "fundingOrganization"), (*CELLS, "x"), "columns Funding Org:Identifier and fundingOrganization"),
        ((*COLUMNS, "Recipient Org:100:Name"), (*CELLS, ""), "has a number above 99"),
        ((*COLUMNS, "plannedDates"), (*CELLS, "x"), "row 2, column plannedDates: must be a list, not a text."),
        (COLUMNS, None, "holds no grant."),
    ],
)
def test_a_fault_in_a_table_names_row_and_column(tmp_path, columns, cells, sentence):
    write_table(Table(columns, (cells,) if cells else ()), tmp_path / "a.csv")
    with pytest.raises(ExchangeError) as caught:
        read_360giving_table(tmp_path / "a.csv")
    assert sentence in str(caught.value)


def test_what_cannot_be_read_back_is_not_written(tmp_path):
    bad = [
        replace(GRANT, currency="XX1"),
        replace(GRANT, amount_awarded=1.5),
        replace(GRANT, amount_awarded=Decimal("NaN")),
        replace(GRANT, title="\ud800"),
        replace(GRANT, recipient_organization=()),
        replace(GRANT, more={"title": "twice"}),
        replace(GRANT, more={"x": {1, 2}}),
        replace(GRANT, more={"x": 1.5}),
    ]
    for grant in bad:
        with pytest.raises(ExchangeError):
            write_360giving(GrantPackage(grants=(grant,)), tmp_path / "a.json")
        with pytest.raises(ExchangeError):
            write_360giving_table(GrantPackage(grants=(grant,)), tmp_path / "a.csv")
    deep: object = "x"
    for _ in range(45):
        deep = [deep]
    with pytest.raises(ExchangeError, match="40 deep"):
        write_360giving(GrantPackage(grants=(replace(GRANT, more={"x": deep}),)), tmp_path / "a.json")
    with pytest.raises(ExchangeError, match="Title: must be given"):
        write_360giving_table(GrantPackage(grants=(replace(GRANT, title=""),)), tmp_path / "a.csv")
    large = tuple(replace(GRANT, id=f"360G-weft-{n}", description="x" * 100_000) for n in range(161))
    with pytest.raises(ExchangeError, match="larger than"):
        write_360giving(GrantPackage(grants=large), tmp_path / "a.json")
    assert not list(tmp_path.iterdir())


ODD = ("null", "true", "1", "1.5", '""', "[]", "{}", '"x"', '["x"]', "[{}]", '{"id": 1}', "-1", '"2024-01-01"', "[[]]")


def spots(value: object) -> list[tuple[dict | list, str | int]]:
    """Every place within a value of JSON."""
    steps = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    return [(value, step) for step in steps] + [spot for step in steps for spot in spots(value[step])]


def test_whatever_a_package_holds_only_the_one_error_comes_out(tmp_path):
    draw = random.Random(360)  # noqa: S311
    person = {"recipientIndividual": {"id": "a", "name": "Jo"}, "toIndividualsDetails": {"grantPurpose": ["GTIP010"]}}
    alone = {key: value for key, value in RAW.items() if key != "recipientOrganization"}
    good = json.dumps([RAW | {"id": "360G-a-1", "plannedDates": [{"duration": 3}]}, alone | person | {"x": [{"y": 1}]}])
    for _ in range(300):
        grants = json.loads(good)
        for _ in range(draw.choice((1, 1, 2, 5))):
            inside, step = draw.choice(spots(grants))
            inside[step] = json.loads(draw.choice(ODD))
        try:
            package = read_360giving(put(tmp_path, *grants))
        except ExchangeError:
            continue
        assert write_360giving(package, tmp_path / "again.json") == ()
        assert read_360giving(tmp_path / "again.json") == package


text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8) | st.sampled_from(
    ["=1+1", "a;b", " x ", "a\r\nb", "'", "2024-05-31", "007", "Jo@x"]
)
optional = st.none() | text
money = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=2)
day = st.dates().map(str)
moment = st.datetimes().map(lambda at: at.isoformat(timespec="seconds") + "Z")
year = st.sampled_from(["2024", "2024-05"]) | day
extra = st.dictionaries(
    text.filter(lambda name: name not in known(Grant)),
    st.none() | st.booleans() | text | money | st.lists(text, max_size=2),
    max_size=2,
).map(lambda found: {key: value for key, value in found.items() if key not in ("code", "id", "name", "title")})
organizations = st.builds(
    Organization,
    id=text.filter(bool),
    name=text,
    department=optional,
    postal_code=optional,
    location=st.lists(st.builds(Location, name=optional, latitude=st.none() | money), max_size=2).map(tuple),
)
transactions = st.builds(Transaction, id=optional, value=st.none() | money, value_date=st.none() | day)
grants = st.builds(
    Grant,
    id=st.uuids().map("360G-weft-{}".format),
    title=text,
    description=text,
    currency=st.sampled_from(sorted(CURRENCIES)),
    amount_awarded=money,
    amount_applied_for=st.none() | money,
    award_date=day | moment,
    planned_dates=st.lists(st.builds(Event, start_date=st.none() | year, duration=st.none() | st.just(Decimal(3)))).map(
        lambda found: tuple(found[:2])
    ),
    recipient_organization=st.lists(organizations, min_size=1, max_size=2).map(tuple),
    funding_organization=st.lists(organizations, min_size=1, max_size=1).map(tuple),
    grant_programme=st.lists(st.builds(GrantProgramme, title=optional, code=optional), max_size=2).map(tuple),
    classifications=st.lists(st.builds(Classification, code=optional, more=extra), max_size=2).map(tuple),
    disbursement_transaction=st.lists(transactions, max_size=2).map(tuple),
    related_activity=st.lists(text, max_size=3).map(tuple),
    from_open_call=st.sampled_from([None, "Yes", "No"]),
    date_modified=st.none() | moment,
    more=extra,
)
packages = st.builds(
    GrantPackage,
    grants=st.lists(grants, min_size=1, max_size=2, unique_by=lambda grant: grant.id).map(tuple),
    version=st.sampled_from([None, "1.4"]),
    publisher=st.none() | st.builds(Publisher, name=text),
    issued=st.none() | day,
)


@settings(max_examples=25, deadline=None)
@given(package=packages)
def test_json_reads_back_the_same(tmp_path_factory, package):
    path = tmp_path_factory.mktemp("giving") / "a.json"
    loss = write_360giving(package, path)
    again = read_360giving(path)
    assert again == package or loss
    assert again.loss == ()
    first = path.read_bytes()
    write_360giving(again, path)
    assert path.read_bytes() == first


@settings(max_examples=25, deadline=None)
@given(package=packages, form=st.sampled_from(["a.csv", "a.xlsx"]))
def test_tables_read_back_the_same_or_the_loss_is_said(tmp_path_factory, package, form):
    path = tmp_path_factory.mktemp("giving") / form
    about = {key for key in ("version", "publisher", "issued") if getattr(package, key) is not None}
    try:
        loss = write_360giving_table(package, path)
    except ExchangeError as error:
        said = str(error)
        loss = ()
    if not path.exists():
        assert any(part in said for part in ("must be given", "no name", "the heading", "must be an identifier"))
        return
    again = read_360giving_table(path)
    assert {item.where for item in loss} >= about
    if {item.where for item in loss if "formula" not in item.why} <= about:
        assert again.grants == package.grants
    second = path.with_name("b" + path.suffix)
    if not [item for item in write_360giving_table(again, second) if "formula" not in item.why]:
        assert read_360giving_table(second) == again


@needs_shared
@settings(max_examples=15, deadline=None)
@given(package=packages)
def test_what_is_written_fits_the_schema(tmp_path_factory, package):
    schema = json.loads((SHARED / "360-giving-schema.json").read_text())
    person = replace(
        GRANT,
        recipient_organization=(),
        recipient_individual=Person(id="somebody"),
        to_individuals_details=ToIndividualsDetails(grant_purpose=("GTIP010",)),
    )
    path = tmp_path_factory.mktemp("giving") / "a.json"
    write_360giving(replace(package, grants=(*package.grants, person)), path)
    assert all(fits(grant, schema, schema) for grant in json.loads(path.read_text())["grants"])


def test_the_schema_check_of_this_file_can_fail():
    schema = {"oneOf": [{"required": ["a"]}], "properties": {"a": {"type": "string", "enum": ["x"]}}}
    assert fits({"a": "x"}, schema, {})
    assert not fits({"a": "y"}, schema, {})
    assert not fits({}, schema, {})
