"""Of whom and what a bulletin speaks: persons and things that its writer sees, named while it is a draft."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.entities.models import Entity
from apps.watch import policy
from apps.watch.models import Bulletin, BulletinThing

DRAFT = Bulletin.State.DRAFT
MOST = 30


def _input() -> dict[str, forms.Field]:
    return {
        "thing": forms.UUIDField(
            label=pgettext_lazy("field, watch", "Entity"), help_text=pgettext_lazy("field, watch", "report ID")
        )
    }


@action(
    "bulletin.link",
    model=Bulletin,
    label=pgettext_lazy("button, watch", "Link entities"),
    done=_("Linked entities to a bulletin"),
    policy=policy.may_revise,
    starts={DRAFT},
    ends=DRAFT,
    takes=_input(),
)
def name_entity_in_bulletin(actor: Actor, row: Bulletin, *, thing: uuid.UUID) -> Bulletin:
    """Say of whom or what it speaks. Each reader is shown what they themselves may know of it, or nothing."""
    if not Entity.objects.visible_to(actor).filter(pk=thing).exists():
        raise ValidationError({"thing": _now("You cannot see an entity with this ID.")})
    if BulletinThing.objects.filter(bulletin=row).exclude(entity=thing).count() >= MOST:
        raise ValidationError(
            {"thing": _now("A bulletin can name up to %(most)s entities. Remove one.") % {"most": MOST}}
        )
    BulletinThing.objects.get_or_create(bulletin=row, entity_id=thing, defaults={"by_seat_id": actor.seat_id})
    return _written(actor, row)


@action(
    "bulletin.unlink",
    model=Bulletin,
    label=_("Remove an entity"),
    done=_("Took an entity out of a bulletin"),
    policy=policy.may_revise,
    starts={DRAFT},
    ends=DRAFT,
    takes=_input(),
)
def remove_entity_from_bulletin(actor: Actor, row: Bulletin, *, thing: uuid.UUID) -> Bulletin:
    """Let it speak of it no more."""
    BulletinThing.objects.visible_to(actor).filter(bulletin=row, entity=thing).delete()
    return _written(actor, row)


def _written(actor: Actor, row: Any) -> Bulletin:
    row.written_by = sorted({*row.written_by, actor.user_id})
    changed: Bulletin = row
    return changed
