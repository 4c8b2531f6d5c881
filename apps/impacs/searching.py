"""What search finds of the work that decisions ask for: tasks, and what each State has to do."""

from django.contrib.postgres.search import SearchVector
from django.db.models import TextField, Value
from django.db.models.functions import Concat, Left
from django.utils.translation import gettext_lazy as _

from apps.impacs.models import StateAction, Task
from apps.search.kinds import Kind, register

PLAN = frozenset({"secretariat", "watch", "analysis", "ministry"})
STATES = frozenset({"ministry", "border", "customs", "intelligence", "contact", "secretariat"})
SHOWN = 160
"""Letters of a clause that stand for the action under it."""


def offer() -> None:
    """Register them. Of a task only what everybody who sees it may read is searched: its title."""
    register(
        Kind(
            *("task", _("Tasks"), "list-checks", "impacs:task"),
            rows=Task.objects.visible_to,
            text=SearchVector("title", config="english"),
            numbers=("reference",),
            detail="reference",
            works=PLAN,
        )
    )
    register(
        Kind(
            *("state_action", _("Obligations"), "flag", "impacs:action"),
            rows=StateAction.objects.visible_to,
            text=SearchVector("clause__text", config="english"),
            numbers=("decision__number",),
            title=Left("clause__text", SHOWN),
            detail=Concat("party", Value(": "), "decision__number", Value(", "), "clause__number",
                          output_field=TextField()),
            works=STATES,
        )
    )  # fmt: skip
