"""What search finds of the work that decisions ask for: tasks, and what each State has to do."""

from collections.abc import Iterator

from django.contrib.postgres.search import SearchVector
from django.db.models import TextField, Value
from django.db.models.functions import Concat, Left
from django.utils.translation import pgettext_lazy

from apps.impacs.models import StateAction, Task
from apps.search.queries.kinds import Kind

PLAN = frozenset({"secretariat", "watch", "analysis", "ministry"})
STATES = frozenset({"ministry", "border", "customs", "intelligence", "contact", "secretariat"})
SHOWN = 160
"""Letters of a clause that stand for the action under it."""


def list_impacs_kinds() -> Iterator[Kind]:
    """They. Of a task only what everybody who sees it may read is searched: its title."""
    yield Kind(
        *("task", pgettext_lazy("words, impacs", "Tasks"), "list-checks", "impacs:task"),
        rows=Task.objects.visible_to,
        text=SearchVector("title", config="english"),
        numbers=("reference",),
        detail="reference",
        works=PLAN,
    )

    yield Kind(
        *("state_action", pgettext_lazy("words, impacs", "Obligations"), "flag", "impacs:action"),
        rows=StateAction.objects.visible_to,
        text=SearchVector("clause__text", config="english"),
        numbers=("decision__number",),
        title=Left("clause__text", SHOWN),
        detail=Concat(
            "party", Value(": "), "decision__number", Value(", "), "clause__number", output_field=TextField()
        ),
        works=STATES,
    )


# fmt: skip
