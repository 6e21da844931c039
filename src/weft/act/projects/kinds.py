"""What this area puts on the thread."""

from weft.provenance.kinds import ACT, Kind, register

PROJECT = register(
    Kind(
        key="project",
        letter="M",
        name="Project",
        plural="projects",
        stage=ACT,
        page="projects:project",
        model="projects.Project",
        knot=True,
        texts=(
            "projects.Project.purpose:node__programme",
            "projects.Iteration.trying:project__node__programme",
            "projects.Iteration.why_changed:project__node__programme",
            "grants.PlanChange.reason:grant__team__programme",
            "grants.LedgerEntry.what:grant__team__programme",
        ),
        parts=("projects.Iteration.project",),
    )
)
ACTIVITY = register(
    Kind(
        key="activity",
        letter="D",
        name="Activity",
        plural="activities",
        stage=ACT,
        page="projects:activity",
        model="projects.Activity",
        texts=(
            "projects.Activity.notes:node__programme",
            "projects.Activity.designed_with:node__programme",
        ),
    )
)
