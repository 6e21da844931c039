"""What is in a package of grants, in a few plain rows."""

from collections import Counter
from decimal import Decimal, localcontext

from weft.exchange.exact_json import MOST_DIGITS
from weft.exchange.threesixtygiving.model import GrantPackage


def describe(package: GrantPackage) -> tuple[tuple[str, str], ...]:
    """Label and value: how many grants, what was awarded in each currency, from when to when, by and to how many."""
    grants = package.grants
    awarded: Counter[str] = Counter()
    sums: dict[str, Decimal] = {}
    with localcontext(prec=4 * MOST_DIGITS):
        for grant in grants:
            awarded[grant.currency] += 1
            sums[grant.currency] = sums.get(grant.currency, Decimal()) + grant.amount_awarded
    dates = sorted(grant.award_date[:10] for grant in grants)
    funders = {funder.id for grant in grants for funder in grant.funding_organization}
    recipients = {recipient.id for grant in grants for recipient in grant.recipient_organization}
    rows = [("title", package.title)] if package.title else []
    rows += [("publisher", package.publisher.name)] if package.publisher else []
    rows += [("grants", str(len(grants)))]
    rows += [(f"awarded in {currency}", f"{sums[currency]:f} in {awarded[currency]} grants") for currency in sums]
    rows += [("awarded from", dates[0]), ("awarded until", dates[-1])] if dates else []
    rows += [("funders", str(len(funders))), ("organisations that received", str(len(recipients)))]
    to_persons = sum(grant.recipient_individual is not None for grant in grants)
    return (*rows, ("grants to individuals, not named", str(to_persons)))
