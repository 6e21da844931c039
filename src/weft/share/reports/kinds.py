"""What this area puts on the thread."""

from weft.provenance.kinds import SHARE, Kind, register

EDITION = register(
    Kind(
        key="edition",
        letter="B",
        name="Edition",
        plural="editions",
        stage=SHARE,
        page="reports:edition",
        model="reports.Edition",
        knot=True,
        texts=(
            "reports.Edition.content:node__programme",
            "reports.Section.text:report__programme",
            "reports.Section.title:report__programme",
            "reports.Report.summary:programme",
            "reports.Judgement.sentence:report__programme",
            "reports.Judgement.reason:report__programme",
            "reports.Carried.answer:edition__node__programme",
            "reports.Report.title:programme",
        ),
        stays=("content_hash",),
    )
)
