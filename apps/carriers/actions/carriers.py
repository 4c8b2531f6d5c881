"""Who carriers are, and how they are reached: settled by the watch; contacts also kept by the carrier's own desk."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, change_also
from apps.access.grants import share, unshare
from apps.carriers import policy
from apps.carriers.models import CarrierContact, ExpectedJourney, Schedule
from apps.carriers.queries import dated
from apps.journeys.actions.filed_lists import registered_carrier
from apps.journeys.models import Carrier, Journey
from apps.manifests.models import Submission
from apps.people.queries import desk_ids

K, S = CarrierContact.Kind, CarrierContact.State
PHONE = re.compile(r"\+[0-9 ().-]{6,25}")
C = Carrier.State
ASKED = {C.PROVISIONAL, C.REFUSED}
WHY = forms.CharField(
    label=pgettext_lazy("field, jrcc", "Reason"),
    max_length=200,
    help_text=_("the source: a register, a call or the carrier"),
)
TYPEB = re.compile(r"[A-Z]{5}[A-Z0-9]{2}")  # three letters of the city, two of the office, two of the airline


@action(
    "carrier_contact.add",
    model=CarrierContact,
    label=_("Add a contact"),
    done=_("Added a contact of a carrier"),
    policy=policy.may_schedule,
    ends=S.CURRENT,
    takes={
        "carrier": forms.CharField(widget=forms.HiddenInput, max_length=3),
        "kind": forms.ChoiceField(label=pgettext_lazy("field, jrcc", "Kind"), choices=K.choices),
        "role": forms.CharField(
            label=_("Desk or function"), max_length=80, help_text=_("for example Operations control")
        ),
        "value": forms.CharField(label=_("Number or address"), max_length=120),
    },
)
def add_carrier_contact(actor: Actor, _row: None, *, carrier: str, kind: str, role: str, value: str) -> CarrierContact:
    """Say how a carrier is reached; reminders and chasing use it."""
    known = registered_carrier(carrier)
    if known is None or (actor.function == "carrier" and known.pk != actor.party_code):
        raise ValidationError({"carrier": _("This carrier was not found, or you do not keep its contacts.")})
    return CarrierContact.objects.create(
        carrier=known, kind=kind, role=role, value=_checked(kind, value.strip()), by=actor.person
    )


def _checked(kind: str, value: str) -> str:
    if kind == K.PHONE and not PHONE.fullmatch(value):
        raise ValidationError({"value": _("Enter the number with its country code, for example +1 246 555 0100.")})
    if kind == K.TYPEB and not TYPEB.fullmatch(value.upper()):
        raise ValidationError({"value": _("A Type B address has seven letters, for example POSOPBW.")})
    if kind == K.MAIL:
        try:
            validate_email(value)
        except ValidationError as wrong:
            raise ValidationError({"value": wrong.messages}) from wrong
    return value.upper() if kind == K.TYPEB else value


@action(
    "carrier_contact.end",
    model=CarrierContact,
    label=pgettext_lazy("button, jrcc", "End"),
    done=_("Ended a contact of a carrier"),
    policy=policy.may_schedule,
    starts={S.CURRENT},
    ends=S.ENDED,
)
def end_carrier_contact(actor: Actor, row: CarrierContact) -> CarrierContact:
    """Say that it is used no more."""
    row.ended_at = timezone.now()
    return row


@action(
    "carrier.confirm",
    model=Carrier,
    label=pgettext_lazy("button, carriers", "Confirm carrier"),
    done=_("Confirmed a designator as a carrier"),
    policy=policy.may_settle_carrier,
    starts=ASKED,
    ends=C.KNOWN,
    takes={"name": forms.CharField(label=pgettext_lazy("field, jrcc", "Name"), max_length=120), "said": WHY},
)
def confirm_carrier(actor: Actor, row: Carrier, *, name: str, said: str) -> Carrier:
    """Say that a designator which only a list has named is a carrier's, and its name; later lists get no finding."""
    row.name = name
    return _settled(actor, row, said)


@action(
    "carrier.refuse",
    model=Carrier,
    label=pgettext_lazy("button, jrcc", "Refuse"),
    done=_("Refused a designator as a carrier"),
    policy=policy.may_settle_carrier,
    starts={C.PROVISIONAL},
    ends=C.REFUSED,
    takes={"said": WHY},
    danger=True,
)
def refuse_carrier(actor: Actor, row: Carrier, *, said: str) -> Carrier:
    """Say that a designator is no carrier's; lists that name it are taken and filed as before, each with a finding."""
    return _settled(actor, row, said)


@action(
    "carrier.merge",
    model=Carrier,
    label=_("Merge with a known carrier"),
    done=_("Joined a designator with a known carrier"),
    policy=policy.may_merge_carrier,
    starts=ASKED,
    ends=C.MERGED,
    takes={
        "into": forms.CharField(
            label=_("Designator of the known carrier"),
            max_length=3,
            help_text=pgettext_lazy("field, jrcc", "for example BW"),
        ),
        "said": WHY,
    },
)
def merge_carrier(actor: Actor, row: Carrier, *, into: str, said: str) -> Carrier:
    """Say that a designator is another one of a known carrier; its journeys and schedules are that carrier's from now.

    Lists that name it later are filed under the known carrier. A journey that both have stays where it is.
    """
    known = registered_carrier(into.strip().upper())
    if known is None or known.provisional or known.pk == row.pk:
        raise ValidationError({"into": _("No known carrier has this designator.")})
    today = timezone.now().date()
    row.moved = _move(actor, row, known)
    row.merged_into = known
    row.undo_until = today + datetime.timedelta(days=dated.days_of_grace(today))
    return _settled(actor, row, said)


@action(
    "carrier.part",
    model=Carrier,
    label=_("Undo the merge"),
    done=_("Undid the joining of a carrier"),
    policy=policy.may_part_carrier,
    starts={C.MERGED},
    ends=C.PROVISIONAL,
    takes={"said": WHY},
)
def separate_carrier(actor: Actor, row: Carrier, *, said: str) -> Carrier:
    """Say that the joining was a mistake: what went to the other carrier goes back, the designator is to be confirmed.

    So do journeys of which every list has named the designator since. Only while its days last.
    """
    known = Carrier.objects.get(pk=row.merged_into_id)
    _move_back(row, known)
    row.moved, row.merged_into, row.undo_until = [], None, None
    return _settled(actor, row, said)


def _settled(actor: Actor, row: Carrier, said: str) -> Carrier:
    row.said, row.decided_by, row.decided_at = said, actor.person, timezone.now()
    return row


SAME: dict[Any, tuple[str, ...]] = {
    Journey: ("mode", "number", "date", "origin"),
    ExpectedJourney: ("mode", "number", "date", "origin", "destination"),
    Schedule: (),
}
"""What no two records of one carrier have in common."""


def _move(actor: Actor, old: Carrier, known: Carrier) -> list[Any]:
    """Give journeys, schedules, departures and contacts of one designator to a known carrier; the keys of what went.

    One audited act each, but for contacts.
    """
    moved: list[Any] = []
    desk = desk_ids(f"{known.party_id}.carrier") if known.party_id else []
    for model in SAME:
        for row in _free(model, model.objects.filter(carrier=old), known):
            row.carrier = known
            change_also(f"{model._meta.model_name}.move", row, "carrier")
            if desk and model is not Journey:
                share(actor, row, desk)
            moved.append(row.pk)
    contacts = CarrierContact.objects.filter(carrier=old)
    moved += contacts.values_list("pk", flat=True)
    contacts.update(carrier=known)
    return moved


def _move_back(old: Carrier, known: Carrier) -> None:
    """Give back what went along with a joining, and what came by the designator alone since."""
    desk = desk_ids(f"{known.party_id}.carrier") if known.party_id else []
    for model in SAME:
        wanted = Q(pk__in=old.moved) | (_named_since(old) if model is Journey else Q())
        for row in _free(model, model.objects.filter(wanted, carrier=known), old):
            row.carrier = old
            change_also(f"{model._meta.model_name}.move_back", row, "carrier")
            if desk and model is not Journey:
                unshare(row, desk)
    CarrierContact.objects.filter(pk__in=old.moved, carrier=known).update(carrier=old)


def _named_since(old: Carrier) -> Q:
    """Journeys made since the joining, of which all lists name the designator."""
    lists = Submission.objects.filter(journey=OuterRef("pk"))
    named = lists.filter(flight__startswith=f"{old.code} ")
    others = lists.exclude(flight__startswith=f"{old.code} ")
    return Q(Exists(named), ~Exists(others), created_at__gt=old.decided_at)


def _free(model: Any, rows: Any, carrier: Carrier) -> list[Any]:
    """Locked rows, but those that the carrier has already."""
    same = SAME[model]
    taken = set(model.objects.filter(carrier=carrier).values_list(*same)) if same else set()
    found = rows.select_for_update(of=("self",)).order_by("pk")
    return [row for row in found if not same or tuple(getattr(row, name) for name in same) not in taken]
