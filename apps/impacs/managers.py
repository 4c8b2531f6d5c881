"""Who reads what States say of their actions, and what people say of their tasks among themselves."""

import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, TextField, Value, When

from apps.access.actor import Actor
from apps.access.managers import PartQuerySet

AGENCY = frozenset({"secretariat", "automation"})


def of_agency(actor: Actor) -> bool:
    """Whether the seat is the agency's that follows the decisions up, or its clock's."""
    return actor.party_code == "IMPACS" and actor.function in AGENCY


class OwnWordsQuerySet(PartQuerySet):
    """Parts that a State and the agency read: reports, steps, reasons of a turn."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, before: object = None) -> Self:
        """Those of one's own State; all of them for the agency that collects them."""
        rows = super().visible_to(actor, before=before)
        return rows if actor is None or of_agency(actor) else rows.filter(action__party=actor.party_code)


class OwnStateQuerySet(PartQuerySet):
    """Parts that never leave the State, not even to the agency."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, before: object = None) -> Self:
        """Those of one's own State."""
        rows = super().visible_to(actor, before=before)
        return rows if actor is None else rows.filter(action__party=actor.party_code)


class DifficultyQuerySet(PartQuerySet):
    """Obstacles: gravity and kind for all who see the action; `words` for the State, the agency, the Secretariat."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, before: object = None) -> Self:
        """Obstacles with `words`, empty for whoever may not read them; the column itself is not loaded."""
        rows = super().visible_to(actor, before=before).defer("text")
        if actor is None:
            return rows
        if of_agency(actor) or actor.party_code == "CCS":
            return rows.annotate(words=F("text"))
        own = When(action__party=actor.party_code, then=F("text"))
        return rows.annotate(words=Case(own, default=Value(""), output_field=TextField()))


class SecondmentQuerySet(models.QuerySet[Any]):
    """Who was sent to the agency: the agency knows it, and the State that sent the person."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All for the agency; for a ministry those whom its State sent."""
        if actor is None:
            return self.none()
        if of_agency(actor):
            return self
        return self.filter(sending_state=actor.party_code) if actor.function == "ministry" else self.none()


class InsideQuerySet(PartQuerySet):
    """Parts of a task that are for those who work on it: the agency, the desk that does it, desks of the assigned."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, before: object = None) -> Self:
        """Parts of tasks whose inside the actor sees."""
        rows = super().visible_to(actor, before=before)
        if actor is None:
            return rows
        inside = self.model._meta.get_field("task").related_model.objects.visible_to(actor, "work")
        return rows.filter(Exists(inside.filter(pk=OuterRef("task_id"))))


class CommentQuerySet(InsideQuerySet):
    """What is said of a task: for those who work on it; and a party reads what it answered itself."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, before: object = None) -> Self:
        """Comments on tasks whose inside the actor sees, and those of their own party on tasks that they see."""
        inside = super().visible_to(actor, before=before)
        if actor is None:
            return inside
        own = PartQuerySet.visible_to(self, actor, before=before).filter(seat__desk__party=actor.party_code)
        return inside | own


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


class OfficeQuerySet(models.QuerySet[Any]):
    """Who holds which office of a party."""

    def visible_to(self, actor: Actor | None) -> Self:
        """Those of one's own party; all of them for the agency."""
        if actor is None:
            return self.none()
        return self if of_agency(actor) else self.filter(party=actor.party_code)

    def on(self, day: datetime.date) -> Self:
        """Those that are held on a day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)
