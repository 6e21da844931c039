"""Say what is in a Pabulib file."""

from weft.exchange.pabulib.model import Election


def describe(election: Election) -> tuple[tuple[str, str], ...]:
    """Labels and values for a person to read."""
    meta, ballots = election.meta, election.ballots
    costs = [project.cost for project in election.projects]
    empty = int((ballots.start[1:] == ballots.start[:-1]).sum())
    rows = [
        ("description", meta.get("description", "").strip()),
        ("place", ", ".join(filter(None, (meta.get(key, "").strip() for key in ("district", "unit", "country"))))),
        ("year", meta.get("instance", "").strip()),
        ("budget", f"{election.budget:,f} {meta.get('currency', '').strip()}".strip()),
        ("projects", f"{len(costs):,}" + (f", costing {min(costs):,f} to {max(costs):,f}" if costs else "")),
        ("ballots", f"{len(ballots):,}" + (f", {empty:,} of them empty" if empty else "")),
        ("kind of vote", election.vote_type),
        ("votes given", f"{len(ballots.project):,}"),
        ("also known of voters", ", ".join(election.about)),
    ]
    return tuple((label, value) for label, value in rows if value)
