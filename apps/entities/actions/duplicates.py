"""Holding two to be one: proposed, confirmed by the parties that keep them, taken back. Nothing is ever merged."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.entities import policy
from apps.entities.models import Entity, Twin
from apps.entities.queries import entities

S = Twin.State


@action(
    "twin.propose",
    model=Twin,
    label=_("Mark as duplicate"),
    done=_("Proposed that two entities are one"),
    policy=policy.may_record,
    ends={S.PROPOSED, S.CONFIRMED},
    takes={
        "one": forms.UUIDField(label=pgettext_lazy("field, entities", "First entity"), help_text=_("ID of an entity")),
        "other": forms.UUIDField(
            label=pgettext_lazy("field, entities", "Other entity"), help_text=_("ID of an entity of the same type")
        ),
        "reason": forms.CharField(
            label=pgettext_lazy("field, entities", "Reason"),
            max_length=300,
            help_text=_("shown to the parties that must confirm it"),
        ),
    },
)
def propose_duplicate(actor: Actor, _row: None, *, one: UUID, other: UUID, reason: str) -> Twin:
    """Propose that two are one. It holds once each party that keeps one of them has confirmed it."""
    rows: list[Entity] = []
    for name, pk in (("one", one), ("other", other)):
        found = entities.entity(actor, pk)
        if found is None:
            raise ValidationError({name: _now("There is no entity with this ID.")})
        rows.append(found)
    first, second = sorted(rows, key=lambda row: str(row.pk))
    if first.pk == second.pk:
        raise ValidationError({"other": _now("This is already the same entity. Choose another.")})
    if first.type != second.type:
        raise ValidationError({"other": _now("Entities of different types cannot be duplicates.")})
    parties = sorted({first.party_id, second.party_id})
    waiting = [code for code in parties if code != actor.party_code]
    try:
        with transaction.atomic():
            return Twin.objects.create(
                one=first,
                other=second,
                proposer_id=actor.party_code,
                parties=parties,
                waiting=waiting,
                reason=reason,
                state=S.PROPOSED if waiting else S.CONFIRMED,
            )
    except IntegrityError:
        raise ValidationError({"other": _now("This is already proposed or confirmed.")}) from None


@action(
    "twin.agree",
    model=Twin,
    label=pgettext_lazy("button, entities", "Confirm"),
    done=_("Confirmed that two entities are one"),
    policy=policy.may_confirm,
    starts={S.PROPOSED},
    ends={S.PROPOSED, S.CONFIRMED},
)
def agree_duplicate(actor: Actor, row: Twin) -> Twin:
    """Say for your party, which keeps one of the two, that they are one."""
    row.waiting = [code for code in row.waiting if code != actor.party_code]
    row.state = S.PROPOSED if row.waiting else S.CONFIRMED
    return row


@action(
    "twin.refuse",
    model=Twin,
    label=pgettext_lazy("button, entities", "Refuse"),
    done=_("Denied that two entities are one"),
    policy=policy.may_confirm,
    starts={S.PROPOSED},
    ends=S.REFUSED,
)
def refuse_duplicate(actor: Actor, row: Twin) -> Twin:
    """Say for your party that they are not one; somebody may propose it anew with other reasons."""
    return row


@action(
    "twin.undo",
    model=Twin,
    label=pgettext_lazy("button, entities", "Withdraw"),
    done=_("Took two merged entities apart"),
    policy=policy.may_undo,
    starts={S.PROPOSED, S.CONFIRMED},
    ends=S.UNDONE,
)
def undo_duplicate(actor: Actor, row: Twin) -> Twin:
    """Take the word back: both stand by themselves again, with all that was recorded of each."""
    return row
