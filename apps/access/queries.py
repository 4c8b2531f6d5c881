"""`visible_to`, seen from a page: one record, or one page of them."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models

from apps.access.actor import Actor
from apps.access.refusal import Refused


def visible_or_404(source: Any, actor: Actor | None, pk: Any, column: str = "pk") -> Any:
    """The record of a model, or of a narrowed queryset, with this key (of `column`), if the actor may see it.

    Otherwise Refused("not-visible"), whether it exists or not.
    """
    rows = source if isinstance(source, models.QuerySet) else source._default_manager.visible_to(actor)
    try:
        return rows.get(**{column: pk})
    except (ObjectDoesNotExist, ValidationError, ValueError) as absent:
        raise Refused("not-visible") from absent


def page(model: Any, actor: Actor | None, before: Any = None, size: int = 50) -> tuple[list[Any], Any]:
    """Newest first: (rows, key to continue before, or None at the end)."""
    rows = list(model._default_manager.visible_to(actor, before=before).order_by("-pk")[: size + 1])
    return rows[:size], rows[size - 1].pk if len(rows) > size else None
