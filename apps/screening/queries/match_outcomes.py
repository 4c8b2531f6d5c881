"""What becomes of a traveller and one entry."""

from apps.screening.matching import Comparison, Identity, judge, judge_answer
from apps.screening.models import Entry
from apps.screening.queries.thresholds import INTERPOL


def judged_with(who: Identity, entry: Entry, subject: Identity) -> Comparison:
    """The comparison with an entry (with its list) whose subject is prepared.

    A record of INTERPOL's came because it was asked about this very number.
    """
    return (judge_answer if entry.list.kind in INTERPOL else judge)(who, subject)
