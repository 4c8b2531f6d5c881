"""How far a submission is, as its sender may know it: when it was answered is told in whole seconds only.

Screening a list with a listed person takes some milliseconds longer. Told at once, the median of a few dozen lists
with the same name would say whether somebody waits for it.
"""

from typing import Any

from django.db.models import Case, CharField, DateTimeField, DurationField, ExpressionWrapper, F, Func, Q, Value, When
from django.db.models.functions import Now

from apps.manifests.models import Submission

S = Submission.State
WHOLE_SECONDS = "make_interval(secs => ceil(extract(epoch FROM %(expressions)s)))"


def as_told(rows: Any) -> Any:
    """Submissions with `told`: received, read, or answered once a whole number of seconds since receipt is over."""
    taken = ExpressionWrapper(F("changed_at") - F("created_at"), output_field=DurationField())
    over = Func(taken, template=WHOLE_SECONDS, output_field=DurationField())
    is_over = Q(created_at__lte=ExpressionWrapper(Now() - over, output_field=DateTimeField()))
    states = Case(
        When(state=S.RECEIVED, then=Value(S.RECEIVED.value)),
        When(Q(state=S.ANSWERED) & is_over, then=Value(S.ANSWERED.value)),
        default=Value(S.READ.value),
        output_field=CharField(),
    )
    return rows.annotate(told=states)


def in_state(rows: Any, value: str, actor: Any) -> Any:
    """Submissions in a state; for a carrier in the state that it is told (rows of `as_told`)."""
    return rows.filter(told=value) if actor.function == "carrier" else rows.filter(state=value)
