"""What needs doing now, as every stage says it to the workspace."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    """One thing that waits: what, a detail, where to do it, and the words on the link."""

    what: str
    detail: str
    url: str
    do: str
