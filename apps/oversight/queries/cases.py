"""Lists and figures of cases."""

import datetime
from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q

from apps.access.actor import Actor
from apps.oversight.models import AnomalyRule, Case, CaseStep, Leaver

STATES = (Case.State.OPEN, Case.State.ASSESSED, Case.State.EXPLAINED, Case.State.CLOSED)
WIDE, HIGH, GAP = 260, 20, 8


def by_rule(actor: Actor) -> list[dict[str, Any]]:
    """Each kind of finding with its cases by state, as bars of a drawing and as numbers. One query."""
    rows = Case.objects.visible_to(actor).order_by().values_list("rule__label", "state")
    counts: dict[str, Counter[str]] = {}
    for label, state in rows:
        counts.setdefault(label, Counter())[state] += 1
    most = max((sum(states.values()) for states in counts.values()), default=0) or 1
    found = []
    for number, (label, states) in enumerate(sorted(counts.items())):
        x, parts = 0, []
        for state in STATES:
            wide = round(WIDE * states[state] / most)
            if states[state]:
                parts.append({"state": str(state), "x": x, "wide": max(wide, 2)})
                x += max(wide, 2)
        found.append(
            {
                "label": label,
                "y": number * (HIGH + GAP),
                "parts": parts,
                "counts": [states[state] for state in STATES],
                "total": sum(states.values()),
            }
        )
    return found


def steps_of(case: Any) -> list[Any]:
    """What was done with a case that the asker was shown, newest first."""
    return list(CaseStep.objects.of(case).order_by("-pk"))


def with_steps(cases: list[Any]) -> list[Any]:
    """The cases, that the asker was shown, with `told_steps`, the oldest first. One query."""
    found: dict[Any, list[Any]] = {case.pk: [] for case in cases}
    for step in CaseStep.objects.filter(case__in=found).order_by("pk"):
        found[step.case_id].append(step)
    for case in cases:
        case.told_steps = found[case.pk]
    return cases


def rules_on(day: datetime.date) -> list[Any]:
    """The rules that hold on a day."""
    held = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
    return list(AnomalyRule.objects.filter(held).order_by("label"))


def evidence(case: Any, place: str) -> str:
    """The query of the audit's pages that shows what the case is about."""
    return urlencode({"since": case.begins.date().isoformat(), "until": case.ends.date().isoformat()})


def is_leaving(user_id: int) -> Any:
    """The person's notice of leaving, or None."""
    return Leaver.objects.filter(user_id=user_id, state=Leaver.State.NOTED).first() if user_id else None
