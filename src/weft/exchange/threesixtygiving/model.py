"""Grants as the 360Giving Data Standard 1.4.3 knows them.

Attributes have the names of the standard, with underscores. `Key` says how a field is called in JSON and in the
heading of a table, and what it may hold. What the standard does not know is kept in `more`. A name of a person has no
place here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from weft.exchange.exact_json import Json
from weft.exchange.loss import LossReport

GENERIC_NAME = "Individual Recipient"

Kind: TypeAlias = Literal[
    "text", "texts", "set", "id", "number", "count", "date", "part of a date", "time", "version",
    "currency", "country", "yes or no", "object", "list",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Key:
    """The name of a field in JSON, its title in a table, its kind, and the class of what it holds."""

    name: str
    title: str
    kind: Kind = "text"
    of: type | None = None


Text: TypeAlias = str | None
More: TypeAlias = Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place."""

    id: Annotated[Text, Key("id", "Identifier")] = None
    name: Annotated[Text, Key("name", "Name")] = None
    country_code: Annotated[Text, Key("countryCode", "Country Code", "country")] = None
    latitude: Annotated[Decimal | None, Key("latitude", "Latitude", "number")] = None
    longitude: Annotated[Decimal | None, Key("longitude", "Longitude", "number")] = None
    description: Annotated[Text, Key("description", "Description")] = None
    geo_code: Annotated[Text, Key("geoCode", "Geographic Code")] = None
    geo_code_type: Annotated[Text, Key("geoCodeType", "Geographic Code Type")] = None
    date_modified: Annotated[Text, Key("dateModified", "Last Modified", "time")] = None
    more: More = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """Who gives or receives a grant. Its contact person, with telephone and email, is never kept."""

    id: Annotated[str, Key("id", "Identifier", "id")]
    name: Annotated[str, Key("name", "Name")]
    department: Annotated[Text, Key("department", "Department")] = None
    charity_number: Annotated[Text, Key("charityNumber", "Charity Number")] = None
    company_number: Annotated[Text, Key("companyNumber", "Company Number")] = None
    street_address: Annotated[Text, Key("streetAddress", "Street Address")] = None
    address_locality: Annotated[Text, Key("addressLocality", "City")] = None
    address_region: Annotated[Text, Key("addressRegion", "County")] = None
    address_country: Annotated[Text, Key("addressCountry", "Country")] = None
    postal_code: Annotated[Text, Key("postalCode", "Postal Code")] = None
    alternate_name: Annotated[Text, Key("alternateName", "Alternate Name")] = None
    description: Annotated[Text, Key("description", "Description")] = None
    organisation_type: Annotated[Text, Key("organisationType", "Organisation Type")] = None
    url: Annotated[Text, Key("url", "Web Address")] = None
    location: Annotated[tuple[Location, ...], Key("location", "Location", "list", Location)] = ()
    date_modified: Annotated[Text, Key("dateModified", "Last Modified", "time")] = None
    more: More = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who receives a grant, known by an id that names nobody; the name is the same for everybody."""

    id: Annotated[str, Key("id", "Identifier", "id")]
    name: Annotated[str, Key("name", "Name")] = field(default=GENERIC_NAME, init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToIndividualsDetails:
    """Why and for what a person receives a grant, in the codes of the standard."""

    primary_grant_reason: Annotated[Text, Key("primaryGrantReason", "Primary Grant Reason")] = None
    secondary_grant_reason: Annotated[Text, Key("secondaryGrantReason", "Secondary Grant Reason")] = None
    grant_purpose: Annotated[tuple[str, ...], Key("grantPurpose", "Grant Purpose", "texts")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """When the work takes place; the duration is in months."""

    title: Annotated[Text, Key("title", "Title")] = None
    start_date: Annotated[Text, Key("startDate", "Start Date", "part of a date")] = None
    end_date: Annotated[Text, Key("endDate", "End Date", "part of a date")] = None
    duration: Annotated[Decimal | None, Key("duration", "Duration (months)", "count")] = None
    description: Annotated[Text, Key("description", "Description")] = None
    date_modified: Annotated[Text, Key("dateModified", "Last Modified", "time")] = None
    more: More = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantProgramme:
    """The programme under which a grant was given."""

    code: Annotated[Text, Key("code", "Code")] = None
    title: Annotated[Text, Key("title", "Title")] = None
    description: Annotated[Text, Key("description", "Description")] = None
    url: Annotated[Text, Key("url", "URL")] = None
    date_modified: Annotated[Text, Key("dateModified", "Last Modified", "time")] = None
    more: More = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """A code of some vocabulary."""

    vocabulary: Annotated[Text, Key("vocabulary", "Vocabulary")] = None
    code: Annotated[Text, Key("code", "Code")] = None
    title: Annotated[Text, Key("title", "Title")] = None
    description: Annotated[Text, Key("description", "Description")] = None
    url: Annotated[Text, Key("url", "URL")] = None
    date_modified: Annotated[Text, Key("dateModified", "Last Modified", "time")] = None
    more: More = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document about a grant."""

    id: Annotated[Text, Key("id", "Identifier")] = None
    title: Annotated[Text, Key("title", "Title")] = None
    url: Annotated[Text, Key("url", "Web Address")] = None
    description: Annotated[Text, Key("description", "Description")] = None
    document_type: Annotated[Text, Key("documentType", "Document Type")] = None
    date_modified: Annotated[Text, Key("dateModified", "Last Modified", "time")] = None
    more: More = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """One movement of money, or one application for it."""

    id: Annotated[Text, Key("id", "Identifier")] = None
    transaction_date: Annotated[Text, Key("transactionDate", "Transaction Date", "date")] = None
    currency: Annotated[Text, Key("currency", "Currency", "currency")] = None
    value: Annotated[Decimal | None, Key("value", "Value", "number")] = None
    value_date: Annotated[Text, Key("valueDate", "Value Date", "date")] = None
    description: Annotated[Text, Key("description", "Description")] = None
    provider: Annotated[Text, Key("provider", "Provider")] = None
    recipient: Annotated[Text, Key("recipient", "Recipient")] = None
    date_modified: Annotated[Text, Key("dateModified", "Last Modified", "time")] = None
    more: More = field(default_factory=dict)


Transactions: TypeAlias = tuple[Transaction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One grant, to organisations or to one person. Amounts are exact, in the unit of the currency (pounds, not pence).

    Dates are texts: `2024-05-31`, or with a time and its zone, `2024-05-31T10:00:00+01:00`.
    """

    id: Annotated[str, Key("id", "Identifier", "id")]
    title: Annotated[str, Key("title", "Title")]
    description: Annotated[str, Key("description", "Description")]
    currency: Annotated[str, Key("currency", "Currency", "currency")]
    amount_applied_for: Annotated[Decimal | None, Key("amountAppliedFor", "Amount Applied For", "number")] = None
    amount_awarded: Annotated[Decimal, Key("amountAwarded", "Amount Awarded", "number")]
    amount_disbursed: Annotated[Decimal | None, Key("amountDisbursed", "Amount Disbursed", "number")] = None
    award_date: Annotated[str, Key("awardDate", "Award Date", "date")]
    url: Annotated[Text, Key("url", "URL")] = None
    planned_dates: Annotated[tuple[Event, ...], Key("plannedDates", "Planned Dates", "list", Event)] = ()
    actual_dates: Annotated[tuple[Event, ...], Key("actualDates", "Actual Dates", "list", Event)] = ()
    recipient_individual: Annotated[
        Person | None, Key("recipientIndividual", "Recipient Ind", "object", Person)
    ] = None  # fmt: skip
    to_individuals_details: Annotated[
        ToIndividualsDetails | None,
        Key("toIndividualsDetails", "To Individuals Details", "object", ToIndividualsDetails),
    ] = None
    recipient_organization: Annotated[
        tuple[Organization, ...], Key("recipientOrganization", "Recipient Org", "list", Organization)
    ] = ()
    beneficiary_location: Annotated[
        tuple[Location, ...], Key("beneficiaryLocation", "Beneficiary Location", "list", Location)
    ] = ()
    funding_organization: Annotated[
        tuple[Organization, ...], Key("fundingOrganization", "Funding Org", "list", Organization)
    ]
    grant_programme: Annotated[
        tuple[GrantProgramme, ...], Key("grantProgramme", "Grant Programme", "list", GrantProgramme)
    ] = ()
    from_open_call: Annotated[Text, Key("fromOpenCall", "From An Open Call?", "yes or no")] = None
    funding_type: Annotated[tuple[Classification, ...], Key("fundingType", "Funding Type", "list", Classification)] = ()
    classifications: Annotated[
        tuple[Classification, ...], Key("classifications", "Classifications", "list", Classification)
    ] = ()
    related_document: Annotated[tuple[Document, ...], Key("relatedDocument", "Related Document", "list", Document)] = ()
    application_transaction: Annotated[
        Transactions, Key("applicationTransaction", "applicationTransaction", "list", Transaction)
    ] = ()
    commitment_transaction: Annotated[
        Transactions, Key("commitmentTransaction", "commitmentTransaction", "list", Transaction)
    ] = ()
    disbursement_transaction: Annotated[
        Transactions, Key("disbursementTransaction", "disbursementTransaction", "list", Transaction)
    ] = ()
    related_activity: Annotated[tuple[str, ...], Key("relatedActivity", "Related Activity", "texts")] = ()
    date_modified: Annotated[Text, Key("dateModified", "Last Modified", "time")] = None
    data_source: Annotated[Text, Key("dataSource", "Data Source")] = None
    regrant_type: Annotated[Text, Key("regrantType", "For Regrant Type")] = None
    location_scope: Annotated[Text, Key("locationScope", "Location Scope")] = None
    more: More = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes a package."""

    identifier: Annotated[Text, Key("identifier", "Identifier")] = None
    name: Annotated[str, Key("name", "Name")]
    website: Annotated[Text, Key("website", "Website")] = None
    logo: Annotated[Text, Key("logo", "Logo")] = None
    more: More = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantPackage:
    """The grants of one file, and what the file says of itself."""

    grants: Annotated[tuple[Grant, ...], Key("grants", "Grants", "list", Grant)]
    version: Annotated[Text, Key("version", "Version", "version")] = None
    extensions: Annotated[tuple[str, ...], Key("extensions", "Extensions", "set")] = ()
    title: Annotated[Text, Key("title", "Title")] = None
    description: Annotated[Text, Key("description", "Description")] = None
    issued: Annotated[Text, Key("issued", "Issued", "date")] = None
    modified: Annotated[Text, Key("modified", "Modified", "date")] = None
    identifier: Annotated[Text, Key("identifier", "Identifier")] = None
    publisher: Annotated[Publisher | None, Key("publisher", "Publisher", "object", Publisher)] = None
    download_url: Annotated[Text, Key("downloadURL", "Download URL")] = None
    access_url: Annotated[Text, Key("accessURL", "Access URL")] = None
    license: Annotated[Text, Key("license", "License")] = None
    more: More = field(default_factory=dict)
    loss: LossReport = field(default=(), compare=False)
