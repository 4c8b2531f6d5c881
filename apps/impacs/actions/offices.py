"""Who holds the offices of the ladder: named and ended by the party whose offices they are."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also
from apps.council.queries.membership import day_of
from apps.impacs import policy
from apps.impacs.models import Office, OfficeHolder
from apps.impacs.policy.escalation import STATE_OFFICES
from apps.people.models import Seat

H = OfficeHolder.State


def offices_of(actor: Actor | None) -> list[tuple[str, str]]:
    """Offices that the actor's party names, with their words."""
    own = STATE_OFFICES if actor is not None and actor.party_code != "IMPACS" else {Office.IMPACS_DIRECTOR}
    return [(code, str(words)) for code, words in Office.choices if code in own]


class OwnOffice(forms.ChoiceField):
    """An office of one's own party."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Those that the party names."""
        self.choices = offices_of(actor)


class OwnSeat(forms.ChoiceField):
    """A person's seat at one's own desk."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Seats in force at the actor's own desk: the office acts from there."""
        seats = Seat.objects.current().exclude(kind=Seat.Kind.SERVICE).select_related("user", "desk__function")
        own = seats.filter(desk=actor.desk_id) if actor is not None else seats.none()
        self.choices = [
            (str(seat.uid), f"{seat.person_name}, {seat.desk.function.name}, {seat.role}")
            for seat in own.order_by("user__full_name", "pk")
        ]


@action(
    "office.name",
    model=OfficeHolder,
    label=_("Name a holder"),
    done=_("Named the holder of an office"),
    policy=policy.may_name,
    ends=H.HELD,
    takes={
        "office": OwnOffice(label=pgettext_lazy("field, impacs", "Office")),
        "seat": OwnSeat(label=pgettext_lazy("field, impacs", "Person")),
        "valid_from": forms.DateField(
            label=pgettext_lazy("field, impacs", "From"),
            help_text=_("For example 3 Mar 2026."),
            error_messages={"invalid": _("Enter a day, for example 3 Mar 2026.")},
            input_formats=["%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%d/%m/%Y"],
        ),
    },
)
def name_office_holder(actor: Actor, _row: None, *, office: str, seat: str, valid_from: datetime.date) -> OfficeHolder:
    """Name who holds an office of one's party from a day on; who held it until then ends on that day."""
    chosen = Seat.objects.current().filter(uid=seat, desk=actor.desk_id).first()
    if chosen is None:
        raise ValidationError({"seat": _("Choose a person from your own desk.")})
    if valid_from < day_of(timezone.now(), actor.time_zone):
        raise ValidationError({"valid_from": _("An office cannot be filled in the past. Enter today or a later day.")})
    rows = OfficeHolder.objects.filter(party=actor.party_code, office=office).select_for_update()
    later = rows.filter(valid_from__gte=valid_from, state=H.HELD).order_by("valid_from").first()
    if later is not None and later.valid_from > valid_from:
        raise ValidationError({"valid_from": _("Someone is already named from a later day. End that first.")})
    for before in rows.on(valid_from):
        before.valid_to, before.state = valid_from, H.ENDED
        before.save(update_fields=["valid_to", "state"])
        also("office.end", before, before=H.HELD, after=H.ENDED)
    return OfficeHolder.objects.create(
        party_id=actor.party_code, office=office, seat=chosen, valid_from=valid_from, by_seat_id=actor.seat_id
    )


@action(
    "office.end",
    model=OfficeHolder,
    label=pgettext_lazy("button, impacs", "End"),
    done=_("Ended the holding of an office"),
    policy=policy.may_name,
    starts={H.HELD},
    ends=H.ENDED,
)
def end_office(actor: Actor, row: OfficeHolder) -> OfficeHolder:
    """End the holding today; the office is vacant until somebody is named."""
    row.valid_to = max(row.valid_from, day_of(timezone.now(), actor.time_zone))
    return row
