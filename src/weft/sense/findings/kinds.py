"""What this area puts on the thread."""

from weft.provenance.kinds import SENSE, Kind, register

FINDING = register(
    Kind(
        key="finding",
        letter="F",
        name="Finding",
        plural="findings",
        stage=SENSE,
        page="findings:finding",
        model="findings.Finding",
        knot=True,
        texts=(
            "findings.Finding.text:node__programme",
            "findings.Finding.method_reason:node__programme",
            "findings.Finding.coherence_reason:node__programme",
            "findings.Finding.adequacy_reason:node__programme",
            "findings.Finding.relevance_reason:node__programme",
        ),
    )
)
GAP = register(
    Kind(
        key="gap",
        letter="G",
        name="Gap",
        plural="gaps",
        stage=SENSE,
        page="findings:gap",
        model="findings.Gap",
        knot=True,
        texts=(
            "findings.Gap.text:node__programme",
            "findings.Gap.closed_how:node__programme",
        ),
    )
)
