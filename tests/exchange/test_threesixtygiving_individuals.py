"""Nobody who receives a grant is named, in either direction."""

import json
import re
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from weft.exchange.errors import ExchangeError
from weft.exchange.tables import Table, write_table
from weft.exchange.threesixtygiving import (
    Grant,
    GrantPackage,
    Location,
    Organization,
    Person,
    ToIndividualsDetails,
    Transaction,
    read_360giving,
    read_360giving_table,
    write_360giving,
    write_360giving_table,
)
from weft.exchange.threesixtygiving.naming import NEUTRAL

FUNDER = {"id": "GB-CHC-2", "name": "The Fund"}
RAW = {
    "id": "360G-weft-17",
    "title": "A grant to an individual",
    "description": "For a laptop",
    "currency": "GBP",
    "amountAwarded": 300,
    "awardDate": "2024-02-29",
    "recipientIndividual": {"id": "360G-weft-ind-4", "name": "Individual Recipient"},
    "fundingOrganization": [FUNDER],
}


def put(folder: Path, *grants: object) -> Path:
    path = folder / "grants.json"
    path.write_text(json.dumps({"grants": grants}, ensure_ascii=False))
    return path


def read(folder: Path, **more: object) -> GrantPackage:
    return read_360giving(put(folder, RAW | more))


def plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def person(name: str, id: str = "360G-weft-ind-4") -> dict[str, str]:
    return {"id": id, "name": name}


def test_a_name_is_dropped_and_said(tmp_path):
    package = read(tmp_path, recipientIndividual=person("Jane Roe"))
    assert package.grants[0].recipient_individual == Person(id="360G-weft-ind-4")
    assert [(item.where, item.kind) for item in package.loss] == [("recipientIndividual.name", "left out")]
    assert not re.search("jane|roe", f"{package!r}{package.loss}", re.IGNORECASE)


def test_the_standards_own_name_for_everybody_is_no_loss(tmp_path):
    package = read(tmp_path)
    assert package.loss == ()
    for write, again in ((write_360giving, read_360giving), (write_360giving_table, read_360giving_table)):
        assert write(package, tmp_path / "again") == ()
        assert "Individual Recipient" in (tmp_path / "again").read_text()
        assert again(tmp_path / "again") == package


def test_her_name_is_struck_from_every_text(tmp_path):
    package = read(
        tmp_path,
        recipientIndividual=person("Mrs Zoë O'Brien-Roe"),
        title="Grant to Zoe Roe",
        description="Ms BRIEN's laptop; zoe.roe@example.org, 12 High St, AB1 2CD. ZoëBrienRoe",
        plannedDates=[{"description": "When Roe has time"}],
        beneficiaryLocation=[{"name": "Roe House, AB1 2CD", "geoCode": "E05000123"}],
        grantProgramme=[{"title": "Young makers"}],
    )
    grant = package.grants[0]
    assert grant.title == "Grant to [left out] [left out]"
    assert grant.description.startswith("Ms [left out]'s laptop; [left out] 12 High St, [left out]. ")
    assert grant.planned_dates[0].description == "When [left out] has time"
    assert grant.beneficiary_location == (Location(name="[left out] House, [left out]", geo_code="E05000123"),)
    assert grant.grant_programme[0].title == "Young makers"
    assert not re.search("zoe|brien|roe", plain(repr(package)))
    assert {item.where for item in package.loss if item.kind == "changed"} == {
        *("title", "description", "plannedDates.description", "beneficiaryLocation.name"),
    }


def test_what_could_tell_who_it_is_is_left_out(tmp_path):
    package = read(
        tmp_path,
        url="https://example.org/people/17",
        recipientIndividual=person("Individual Recipient") | {"telephone": "01234 567890", "Town": "Hull"},
        toIndividualsDetails={"primaryGrantReason": "GTIR030", "secondaryGrantReason": "ill", "grantPurpose": ["x"]},
        beneficiaryLocation=[{"name": "Hull", "latitude": 53.7, "longitude": -0.3, "geoCode": "E01000001"}],
        disbursementTransaction=[{"value": 300, "recipient": "Jane", "description": "to Jane"}],
        relatedDocument=[{"title": "Letter"}],
        relatedActivity=["360G-weft-16"],
        Notes="lives at the corner",
    )
    grant = package.grants[0]
    assert grant.to_individuals_details == ToIndividualsDetails(primary_grant_reason="GTIR030")
    assert grant.beneficiary_location == (Location(name="Hull"),)
    assert grant.disbursement_transaction == (Transaction(value=Decimal(300)),)
    assert grant.related_activity == ("360G-weft-16",)
    assert (grant.url, grant.related_document, grant.more) == (None, (), {})
    assert {item.where for item in package.loss} == {
        *("url", "relatedDocument", "fields that are not the standard's"),
        *("toIndividualsDetails.secondaryGrantReason", "toIndividualsDetails.grantPurpose"),
        *("beneficiaryLocation.latitude", "beneficiaryLocation.longitude", "beneficiaryLocation.geoCode"),
        *("disbursementTransaction.recipient", "disbursementTransaction.description"),
    }


@pytest.mark.parametrize(
    "id",
    [
        *("360G-weft-ind-4", "360G-weft-IND:0012", "360G-weft-Individual-1234567", "360G-weft-17-recipient"),
        *("360G-weft-17", "360G-weft-3fa85f64-5717-4562-b3fc-2c963f66afa6", "360G-weft-" + "0a" * 32),
    ],
)
def test_an_id_that_names_nobody_stays(tmp_path, id):
    package = read(tmp_path, recipientIndividual=person("Jane Roe", id))
    assert package.grants[0].recipient_individual == Person(id=id)


@pytest.mark.parametrize(
    "id",
    [
        *("360G-weft-jane-roe", "jane", "360G-jane-1", "360G-weft-ind-07700900123", "QQ123456C", "360G-weft-"),
        *("360G-weft", "jane@example.org", "360G-other-ind-1", "360G-weft-17-roe", "360G-weft-ind-4\n"),
    ],
)
def test_another_id_becomes_a_number(tmp_path, id):
    package = read(tmp_path, recipientIndividual=person("Individual Recipient", id))
    assert package.grants[0].recipient_individual == Person(id="360G-weft-individual-1")
    assert [item.where for item in package.loss] == ["recipientIndividual.id"]


def test_two_grants_to_one_person_still_go_to_one_person(tmp_path):
    ids = ["jane", "joe", "360G-weft-individual-1", "jane"]
    grants = [RAW | {"id": f"360G-weft-{n}", "recipientIndividual": person("x", id)} for n, id in enumerate(ids)]
    package = read_360giving(put(tmp_path, *grants))
    given_ids = [grant.recipient_individual.id for grant in package.grants]
    assert given_ids == [f"360G-weft-individual-{number}" for number in (2, 3, 1, 2)]


def test_a_grant_id_that_names_her_is_refused_without_saying_it(tmp_path):
    with pytest.raises(ExchangeError, match="grant 1, field id: the id of a grant to a person must not name") as caught:
        read(tmp_path, id="360G-weft-roe-2024", recipientIndividual=person("Jane Roe"))
    assert "roe" not in f"{caught.value}{caught.value.found}"


@pytest.mark.parametrize("broken", ["Jane Roe", ["Jane Roe"], {"id": ["Jane"], "name": "Roe"}, {"name": "Jane Roe"}])
def test_no_error_says_the_name(tmp_path, broken):
    with pytest.raises(ExchangeError) as caught:
        read(tmp_path, recipientIndividual=broken)
    assert not re.search("jane|roe", f"{caught.value}{caught.value.found}", re.IGNORECASE)


def test_contacts_and_applicants_of_organisations_are_left_out(tmp_path):
    organization = {"id": "GB-1", "name": "Club", "contactName": "Jane Roe", "telephone": "01", "email": "jane@roe.org"}
    raw = {key: value for key, value in RAW.items() if key != "recipientIndividual"}
    more = {"Surname of applicant": "Roe", "Co-applicant(s)": "Jane", "Full name": "Jane Roe", "Grant type": "Large"}
    package = read_360giving(put(tmp_path, raw | more | {"recipientOrganization": [organization]}))
    assert package.grants[0].more == {"Grant type": "Large"}
    assert package.grants[0].recipient_organization == (Organization(id="GB-1", name="Club"),)
    assert len(package.loss) == 6
    assert not re.search("jane|roe", f"{package!r}", re.IGNORECASE)


def test_a_table_names_nobody_either(tmp_path):
    columns = ("Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date")
    more = ("Recipient Ind:Identifier", "Recipient Ind:Name", "Recipient Ind:Town", "Surname")
    funder = ("Funding Org:Identifier", "Funding Org:Name")
    cells = ("360G-a-1", "For Jane", "Ms Roe", "GBP", "10", "2024-05-31", "jane", "Jane Roe", "Hull", "Roe")
    write_table(Table((*columns, *more, *funder), ((*cells, "GB-2", "F"),)), tmp_path / "a.csv")
    package = read_360giving_table(tmp_path / "a.csv")
    assert package.grants[0].title == "For [left out]"
    assert package.grants[0].recipient_individual == Person(id="360G-a-individual-1")
    assert not re.search("jane|roe|hull", f"{package!r}", re.IGNORECASE)


letters = st.characters(categories=["Lu", "Ll", "Lo"], exclude_characters="ªº")
words = st.text(letters, min_size=3, max_size=8) | st.sampled_from(["Zoë", "Żółty", "王小明", "Müller", "Ørsted"])
names = st.lists(words, min_size=1, max_size=3)
anything = st.recursive(st.just("NAME") | st.just("x NAME y"), lambda inner: st.lists(inner, max_size=2), max_leaves=3)
PLACES = ("title", "description", "url", "dataSource", "locationScope", "Notes", "fundingType", "plannedDates")


@settings(max_examples=100, deadline=None)
@given(
    name=names, more=st.dictionaries(st.sampled_from(PLACES), anything, max_size=4), id=anything, order=st.booleans()
)
def test_no_name_comes_through_when_reading(tmp_path_factory, name, more, id, order):
    assume(not any(plain(word) in NEUTRAL or plain(word) in plain(json.dumps(RAW)) for word in name))
    assume(not any(len(plain(word)) < 2 or plain(word) in plain("[left out] individual") for word in name))
    full = " ".join(name)
    said = json.loads(json.dumps(more).replace("NAME", " ".join(reversed(name)) if order else full))
    raw = RAW | said | {"recipientIndividual": {"id": id, "name": full}}
    folder = tmp_path_factory.mktemp("names")
    try:
        package = read_360giving(put(folder, raw))
    except ExchangeError as error:
        out = f"{error}{error.found}".replace(str(folder), "")
    else:
        write_360giving(package, folder / "a.json")
        write_360giving_table(package, folder / "a.csv")
        texts = [repr(package), str(package.loss), (folder / "a.json").read_text(), (folder / "a.csv").read_text()]
        out = " ".join(texts)
    tokens = set(re.findall(r"[^\W\d_]+", plain(out)))
    assert not tokens & {plain(word) for word in name}


@settings(max_examples=50, deadline=None)
@given(name=names, key=st.sampled_from(["Full name", "Notes", "Surname", "contact", "x"]))
def test_no_name_goes_out_when_writing(tmp_path_factory, name, key):
    assume(not any(plain(word) in plain(json.dumps(RAW) + "individual recipient left out") for word in name))
    full = " ".join(name)
    grant = Grant(
        id="360G-weft-17",
        title="A grant to an individual",
        description=f"For {full}" if key in ("Full name", "Surname") else "For a laptop",
        currency="GBP",
        amount_awarded=Decimal(300),
        award_date="2024-02-29",
        recipient_individual=Person(id=full),
        to_individuals_details=ToIndividualsDetails(primary_grant_reason=full, grant_purpose=(full, "GTIP010")),
        funding_organization=(Organization(id="GB-CHC-2", name="The Fund"),),
        disbursement_transaction=(Transaction(recipient=full, description=full),),
        more={key: full},
    )
    folder = tmp_path_factory.mktemp("names")
    loss = write_360giving(GrantPackage(grants=(grant,)), folder / "a.json")
    write_360giving_table(GrantPackage(grants=(grant,)), folder / "a.csv")
    assert "recipientIndividual.id" in {item.where for item in loss}
    out = plain((folder / "a.json").read_text() + (folder / "a.csv").read_text())
    assert not any(plain(word) in re.findall(r"[^\W\d_]+", out) for word in name)
