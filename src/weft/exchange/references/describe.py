"""Say what is in a file of references."""

from collections import Counter

from weft.exchange.references.model import References


def describe(references: References) -> tuple[tuple[str, str], ...]:
    """Labels and values for a person to read."""
    items = references.items
    kinds = Counter(item.type for item in items)
    years = sorted(
        item.dates["issued"].parts[0] for item in items if "issued" in item.dates and item.dates["issued"].parts
    )
    names = {name for item in items for name in item.names.get("author", ())}
    rows = [
        ("references", f"{len(items):,}"),
        ("types", ", ".join(f"{kind} {count:,}" for kind, count in kinds.most_common())),
        ("authors", f"{len(names):,}"),
        ("years", "" if not years else str(years[0]) if years[0] == years[-1] else f"{years[0]} to {years[-1]}"),
        ("with a DOI or address", f"{sum('DOI' in item.texts or 'URL' in item.texts for item in items):,}"),
    ]
    return tuple((label, value) for label, value in rows if value)
