"""Who reads what States report, and what people say of their tasks among themselves."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from apps.access.actor import Actor
from apps.access.managers import PartQuerySet


class ReportQuerySet(PartQuerySet):
    """Reports on State actions. All Member States see the status; the words are the State's own and the agency's."""

    def visible_to(self, actor: Actor | None, before: object = None) -> Self:
        """Reports of one's own State; all of them for the agency that collects them."""
        rows = super().visible_to(actor, before=before)
        if actor is None or (actor.party_code == "IMPACS" and actor.function in {"secretariat", "automation"}):
            return rows
        return rows.filter(action__party=actor.party_code)


class InsideQuerySet(PartQuerySet):
    """Parts of a task that are for those who work on it: the agency, the desk that does it, desks of the assigned."""

    def visible_to(self, actor: Actor | None, before: object = None) -> Self:
        """Parts of tasks whose inside the actor sees."""
        rows = super().visible_to(actor, before=before)
        if actor is None:
            return rows
        inside = self.model._meta.get_field("task").related_model.objects.visible_to(actor, "work")
        return rows.filter(Exists(inside.filter(pk=OuterRef("task_id"))))


class DependencyQuerySet(PartQuerySet):
    """What waits for what: seen by those who see both sides, so that a public task never names an internal one."""

    def visible_to(self, actor: Actor | None, before: object = None) -> Self:
        """Dependencies whose records the actor sees, both of them. Clauses are seen through their decision."""
        if actor is None:
            return self.none()
        rows = self if before is None else self.filter(pk__lt=before)
        for name in ("successor_task", "predecessor_task", "successor_action"):
            field = self.model._meta.get_field(name)
            seen = field.related_model.objects.visible_to(actor).filter(pk=OuterRef(field.attname))
            rows = rows.filter(Q(**{name: None}) | Exists(seen))
        return rows


class OwnQuerySet(models.QuerySet[Any]):
    """Rows that belong to one person alone."""

    def visible_to(self, actor: Actor | None) -> Self:
        """The actor's own."""
        return self.none() if actor is None else self.filter(user_id=actor.user_id)
