"""Numbers of decisions: `CONSLE/2008/5/DEC/02`, and `CONSLE/2008/WP/DEC/01` for those taken in writing."""

import re
from dataclasses import dataclass

KINDS = {"PROCEDURAL": "PRO", "RECOMMENDATION": "REC"}
WRITTEN = "WP"
_FORM = re.compile(
    r"(?P<organ>[A-Z][A-Z0-9_]{0,30})/(?P<year>[0-9]{4})/(?:WP|(?P<series>[A-Z]?)(?P<meeting>[1-9][0-9]{0,5}))"
    r"/(?P<kind>[A-Z]{3})/(?P<running>[0-9]{2,9})"
)


@dataclass(frozen=True, slots=True, order=True)
class DecisionNumber:
    """The parts of a decision number; `str()` writes it.

    `meeting` is None for the written procedure. `series` is "" for regular meetings and one capital letter for kinds of
    meeting that are numbered on their own (S for special, I for inter-sessional, J for joint). `running` counts from
    1 in each meeting and kind. Raises ValueError for parts that cannot be written. Portal rule, to be confirmed by
    the organ.
    """

    organ: str
    year: int
    meeting: int | None
    kind: str
    running: int
    series: str = ""

    def __post_init__(self) -> None:
        if self.kind not in {"PRO", "DEC", "REC"}:
            raise ValueError(f"The kind of a decision is PRO, DEC or REC, not {self.kind}.")
        if self.running < 1:
            raise ValueError("Decisions are counted from 01.")
        if self.meeting is None and self.series:
            raise ValueError("A decision taken in writing has no series of meetings.")
        if not _FORM.fullmatch(str(self)):
            raise ValueError(f"{self} is not a decision number.")

    def __str__(self) -> str:
        meeting = WRITTEN if self.meeting is None else f"{self.series}{self.meeting}"
        return f"{self.organ}/{self.year:04d}/{meeting}/{self.kind}/{self.running:02d}"

    @property
    def written(self) -> bool:
        """Whether the decision was taken by written procedure."""
        return self.meeting is None


def kind_of(question: str) -> str:
    """The kind in the number of a question put to the organ: PRO, REC, and DEC for every other question.

    Kinds of Revised Treaty Art. 27(3), 27(6), 28 and 29; the letters are a portal rule, to be confirmed by the organ.
    """
    return KINDS.get(question, "DEC")


def parse(text: str) -> DecisionNumber:
    """The parts of a written number; raises ValueError with a sentence that gives the two forms.

    Portal rule, to be confirmed by the organ.
    """
    match = _FORM.fullmatch(text.strip())
    if not match:
        raise ValueError(
            f"{text!r} is not a decision number. Write ORGAN/YEAR/MEETING/KIND/NN, for example CONSLE/2008/5/DEC/02, "
            "or ORGAN/YEAR/WP/KIND/NN for a written procedure; the kind is PRO, DEC or REC."
        )
    meeting = match["meeting"]
    return DecisionNumber(
        organ=match["organ"],
        year=int(match["year"]),
        meeting=int(meeting) if meeting else None,
        kind=match["kind"],
        running=int(match["running"]),
        series=match["series"] or "",
    )
