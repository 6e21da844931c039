"""Say what is in a Polis export."""

from datetime import UTC, datetime, timedelta

from weft.exchange.polis.model import NO_TIME, PolisExport

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def describe(export: PolisExport) -> tuple[tuple[str, str], ...]:
    """Labels and values for a person to read."""
    votes, source = export.votes, export.source
    last = votes.vote[votes.last(len(export.comments))]
    hidden = sum(comment.moderated < 0 for comment in export.comments)
    groups = {person.group for person in export.participants} - {None}
    rows = [
        ("topic", export.summary.get("topic", "")),
        ("statements", f"{len(export.comments):,}" + (f", {hidden:,} of them moderated out" if hidden else "")),
        ("people", f"{len(export.participants):,}"),
        ("votes cast", f"{len(votes):,}" if votes.history else "not known, there is no votes.csv"),
        ("votes that count", f"{len(last):,}"),
        ("agree, pass, disagree", ", ".join(f"{int((last == value).sum()):,}" for value in (1, 0, -1))),
        ("groups published", f"{len(groups):,}" if groups else ""),
        ("first and last vote", _span(export)),
        ("times", f"in {source.time_unit}" if source.time_unit else ""),
        ("agree is", _signs(export)),
        ("files read", ", ".join(source.files)),
    ]
    return tuple((label, value) for label, value in rows if value)


def _span(export: PolisExport) -> str:
    known = export.votes.time_ms[export.votes.time_ms != NO_TIME]
    if not known.size:
        return ""
    first, last = (EPOCH + timedelta(milliseconds=int(moment)) for moment in (known.min(), known.max()))
    return f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"


def _signs(export: PolisExport) -> str:
    source = export.source
    signs = (("votes.csv", source.agree_in_votes), ("participants-votes.csv", source.agree_in_matrix))
    return ", ".join(f"{sign} in {file}" for file, sign in signs if sign is not None)
