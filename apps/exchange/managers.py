"""Who reads what of requests: the desk that asks its whole request, each desk that is asked its own part alone."""

from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from apps.access.actor import Actor
from apps.access.managers import PartQuerySet, ScopedQuerySet
from apps.exchange.rules import lines

ROUTE = ("number", "line", "priority", "state", "due_at", "sent_at", "asker__code", "owner__code")


class ReferenceQuerySet(models.QuerySet[Any]):
    """Lists and the parties' choices: everybody reads them."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All rows; none without an actor."""
        return self.none() if actor is None else self


def _addressees() -> Any:
    return apps.get_model("exchange", "Addressee")._default_manager


class RequestQuerySet(ScopedQuerySet):
    """Requests as the asking desk has them; nobody who is asked reads a row of these."""

    bare_row: ClassVar[bool] = True
    # whoever is asked reads their part with the number and the line of its request
    bound: ClassVar[str] = """{held}
  OR EXISTS (SELECT 1 FROM exchange_addressee a WHERE a.request_id = {row}.id)"""

    def visible_to(self, actor: Actor | None, perm: str = "view", before: Any = None) -> Self:
        """The desk's own; all of its lines for the portal's clock."""
        if actor is None:
            return self.none()
        if run := lines.run_by(actor.desk_code):
            rows = self.filter(line__in=run)
            return rows if before is None else rows.filter(pk__lt=before)
        return super().visible_to(actor, perm, before)

    def known_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Requests that the actor has asked or was asked: to be counted and paged, never to be shown as they are."""
        if actor is None:
            return self.none()
        asked = _addressees().visible_to(actor).filter(request=OuterRef("pk"), owner_id=actor.desk_id)
        own = self.model._default_manager.visible_to(actor).filter(pk=OuterRef("pk"))
        rows = self if before is None else self.filter(pk__lt=before)
        return rows.filter(Exists(own) | Exists(asked))


class AddresseeQuerySet(ScopedQuerySet):
    """A request as one desk that is asked has it; the asking desk reads those of its requests."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, perm: str = "view", before: Any = None) -> Self:
        """Asked of the actor's desk, while its line admits it; asked by it; all of its lines for the portal's clock."""
        if actor is None:
            return self.none()
        if run := lines.run_by(actor.desk_code):
            rows = self.filter(line__in=run)
            return rows if before is None else rows.filter(pk__lt=before)
        admitted = Q(asker_id=actor.desk_id) | Q(originator_id=actor.party_code)
        for line in lines.every():
            admitted |= Q(line=line.code) & Q(line.admits(actor))
        return super().visible_to(actor, perm, before).filter(admitted)

    def routes_for(self, actor: Actor | None) -> Any:
        """Numbers, desks, states and due moments alone: a line's watch all of it, a point of contact its State's.

        No column says what is asked.
        """
        if actor is None:
            return self.none()
        mine = Q(line__in=lines.watched_by(actor.desk_code))
        if actor.function == "contact":
            mine |= Q(owner__party_id=actor.party_code)
        return self.filter(mine).values("pk", *ROUTE)

    def select_for_update(
        self, nowait: bool = False, skip_locked: bool = False, of: Any = (), no_key: Any = False
    ) -> Any:
        """Lock the request first, then its part: whatever happens to one request happens one after the other."""
        return self.select_related("request")._locking(nowait, skip_locked, ("request", *of), no_key)

    def _locking(self, nowait: bool, skip_locked: bool, of: Any, no_key: bool) -> Any:
        return super().select_for_update(nowait, skip_locked, of, no_key)


class VariantQuerySet(PartQuerySet):
    """Texts of a request: the asking desk all of them, a desk that is asked its own."""

    bound: ClassVar[str] = """{shared}
  OR EXISTS (SELECT 1 FROM exchange_addressee a WHERE a.variant_id = {row}.id)"""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Of requests that one asked; the one by which one is asked."""
        if actor is None:
            return self.none()
        requests = apps.get_model("exchange", "Request")._default_manager.visible_to(actor)
        asked = _addressees().visible_to(actor).filter(variant=OuterRef("pk"))
        rows = self if before is None else self.filter(pk__lt=before)
        return rows.filter(Exists(requests.filter(pk=OuterRef("request_id"))) | Exists(asked))


class AnswerQuerySet(PartQuerySet):
    """Answers that were sent, as high as each is marked."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Of parts of requests that one sees, up to one's clearance."""
        rows = super().visible_to(actor, before)
        return rows if actor is None else rows.filter(level__lte=actor.clearance)


class DraftQuerySet(PartQuerySet):
    """Answers that are being written: the desk that writes them, nobody else."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """One's own desk's."""
        rows = super().visible_to(actor, before)
        return rows if actor is None else rows.filter(addressee__owner_id=actor.desk_id, level__lte=actor.clearance)


class OverlapQuerySet(ScopedQuerySet):
    """That two parties ask about one subject: the line's watch, and the clock that finds it."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, perm: str = "view", before: Any = None) -> Self:
        """Those that the desk was told of; for the portal's clock those of its lines."""
        if actor is None:
            return self.none()
        if run := lines.run_by(actor.desk_code):
            return self.filter(first__line__in=run)
        return super().visible_to(actor, perm, before)
