"""Who reads bulletins and digests: their audience, under the same rules as reports; and whose receipts."""

from typing import Any, ClassVar, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from apps.access.actor import Actor
from apps.access.managers import PartQuerySet, ScopedQuerySet
from apps.entities.models import Entity
from apps.rifc import policy
from apps.rifc.managers import is_associate, mou_in_force
from apps.rifc.rules import facts


class SentQuerySet(ScopedQuerySet):
    """What a desk issues to an audience. The codes are those of apps.rifc.rules.release."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, perm: str = "view", before: Any = None) -> Self:
        """Of one's desk, and what was sent to it; none for who runs the portal; for the clock what is out."""
        if actor is None or policy.roles_of(actor) & {facts.ADMIN}:  # V01
            return self.none()
        if policy.is_clock(actor, None):
            return self.exclude(state__in=["draft", "review", "discarded"])
        rows = super().visible_to(actor, perm, before)  # V04, V12
        own = Q(owner_id=actor.desk_id)
        mou = Q(originator_id=actor.party_code) | Q(tlp=facts.CLEAR) | Q(mou_in_force(actor))  # V02
        rows = rows.filter(own | mou)
        return rows.filter(own | Q(level__lt=facts.SECRET)) if actor.via == "api" else rows  # C01


class BulletinQuerySet(SentQuerySet):
    """Bulletins, which also have EYES and handling codes."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, perm: str = "view", before: Any = None) -> Self:
        """As what desks issue; and of other parties' only what EYES, NOASSOC and NOAUTO leave."""
        rows = super().visible_to(actor, perm, before)
        if actor is None or policy.is_clock(actor, None):
            return rows
        eyes = Q(eyes=[]) | Q(eyes__contains=[actor.party_code])  # V08
        associates = ~Q(handling__contains=["NOASSOC"]) | ~Q(is_associate(actor))  # V09
        rows = rows.filter(Q(originator_id=actor.party_code) | (eyes & associates))
        if actor.via != "api":
            return rows
        return rows.filter(Q(owner_id=actor.desk_id) | ~Q(handling__contains=["NOAUTO"]))  # C01


class BulletinThingQuerySet(PartQuerySet):
    """Of whom and what bulletins speak: for who sees the bulletin and a fact of the entity; else it is not there."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Both, by the rules of each."""
        rows = super().visible_to(actor, before)
        return rows.filter(Exists(Entity.objects.visible_to(actor).filter(pk=OuterRef("entity_id"))))


class BulletinReceiptQuerySet(PartQuerySet):
    """Who has seen a bulletin: the desk that issued it, and each desk its own."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Of bulletins that one sees: one's own desk's, and all of what one's desk issued; all for the clock."""
        if actor is None:
            return self.none()
        rows = self if before is None else self.filter(pk__lt=before)
        if policy.is_clock(actor, None):
            return rows
        seen = apps.get_model("watch", "Bulletin")._default_manager.visible_to(actor).filter(pk=OuterRef("bulletin_id"))
        mine = Q(desk_id=actor.desk_id) | Q(bulletin__owner_id=actor.desk_id)
        return rows.filter(mine & Q(Exists(seen)))
