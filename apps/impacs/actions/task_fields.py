"""Input of the actions on tasks, and what the keys in it stand for."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.council.actions.drafting import DayField
from apps.council.actions.paper_fields import Narrowed
from apps.impacs.models import Task
from apps.impacs.queries import task_choices as choices
from apps.people.models import Desk, Seat

LONGEST_REASON = 600
Offered = Callable[[Actor | None], list[tuple[str, str]]]


class Chosen(Narrowed):
    """A record by key, from what the asker can see; the action says what is wrong with any other key."""

    def __init__(self, offered: Offered, *, none: Any = "–", **more: Any) -> None:
        self.offered, self.none = offered, none
        super().__init__(**more)

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer what there is."""
        empty = [] if self.required else [("", self.none)]
        self.choices = [*empty, *self.offered(actor)]


class OtherTasks(Chosen):
    """An open task other than the one at hand."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer them by reference."""
        self.choices = [("", self.none), *choices.tasks(actor, but=row)]


def reason(label: Any, *, required: bool = True, example: Any = "") -> forms.CharField:
    """A sentence of up to 600 characters."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_REASON,
        help_text=example,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a sentence, so that others understand it later.")},
    )


def day(label: Any, *, required: bool = False, **more: Any) -> DayField:
    """A day with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return DayField(label=label, required=required, widget=widget, **more)


def days_of_work(label: Any) -> forms.DecimalField:
    """An estimate in days of one person's work."""
    sentence = _("Write days of one person's work, for example 4 or 0.5.")
    names = ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits")
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=2000,
        max_digits=7,
        decimal_places=2,
        help_text=_("days of one person's work"),
        error_messages=dict.fromkeys(names, sentence),
    )


def money(label: Any, *, required: bool = False, **more: Any) -> forms.DecimalField:
    """An amount in units of the currency, with cents."""
    sentence = _("Write an amount with at most two decimals, for example 12500 or 12500.50.")
    names = ("required", "invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits")
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        error_messages=dict.fromkeys(names, sentence),
        **more,
    )


def currency(*, required: bool = False) -> forms.RegexField:
    """Three capital letters."""
    return forms.RegexField(
        r"^[A-Z]{3}$",
        label=_("Currency"),
        required=required,
        help_text=_("ISO 4217, for example USD"),
        error_messages={"invalid": _("Write three capital letters, for example USD.")},
    )


def task_fields() -> dict[str, forms.Field]:
    """What a task is made of; the same to make it and to change it, where what is not sent stays."""
    this_year = datetime.date.today().year
    return {
        "title": forms.CharField(label=_("Title"), required=False, max_length=200),
        "description": forms.CharField(
            label=_("Description"),
            required=False,
            max_length=20_000,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=_("Markdown; read by those who work on it."),
        ),
        "kind": forms.ChoiceField(
            label=_("Kind"), required=False, choices=Task.Kind.choices, initial=Task.Kind.TASK.value
        ),
        "mandate": Chosen(choices.mandates, none=_("None: internal work"), label=_("Mandate"), required=False),
        "parent": OtherTasks(choices.tasks, none=_("None"), label=_("Part of"), required=False),
        "programme": Chosen(choices.programmes, none=_("None"), label=_("Programme"), required=False),
        "year": forms.IntegerField(
            label=_("Year of the work plan"), required=False, min_value=2006, max_value=2100, initial=this_year
        ),
        "owner": Chosen(choices.desks, none=_("My desk"), label=_("Desk that does it"), required=False),
        "reviewer": Chosen(
            choices.seats,
            none=_("Nobody yet"),
            label=_("Reviewer"),
            required=False,
            help_text=_("accepts the result; never one of those who do it"),
        ),
        "starts_on": day(_("Start")),
        "due_on": day(_("Due")),
        "estimate_days": days_of_work(_("Estimate")),
        "priority": forms.TypedChoiceField(
            label=_("Priority"), required=False, coerce=int, empty_value=None, choices=Task.Priority.choices, initial=2
        ),
        "cost": money(_("Expected cost")),
        "currency": currency(),
        "budget_line": Chosen(choices.lines, none=_("None"), label=_("Budget line"), required=False),
        "repeats": forms.ChoiceField(
            label=_("Repeats"), required=False, choices=Task.Repeats.choices, initial=Task.Repeats.NEVER.value
        ),
        "repeats_until": day(_("Repeats until")),
    }


def seen(rows: Any, actor: Actor, key: Any, name: str, sentence: str) -> Any:
    """The row of a key that the actor sees, None for no key; ValidationError at the field else."""
    if not key:
        return None
    try:
        return visible_or_404(rows, actor, key)
    except Refused:
        raise ValidationError({name: sentence}) from None


def seat_of(actor: Actor, key: str, name: str) -> Seat | None:
    """The current seat of a key among those that can be given work."""
    if not key:
        return None
    if key not in dict(choices.seats(actor)):
        raise ValidationError({name: _now("Nobody with this key can be given work. Choose a person of the list.")})
    found: Seat = Seat.objects.select_related("user", "desk").get(uid=key)
    return found


def desk_of(actor: Actor, code: str) -> Desk:
    """A desk that can do a task; one's own for no code."""
    if not code:
        code = actor.desk_code
    if code not in dict(choices.desks(actor)):
        sentence = _now("%(code)s cannot be given a task by your desk. Choose a desk of the list.") % {"code": code}
        raise ValidationError({"owner": sentence})
    found: Desk = Desk.objects.get(code=code)
    return found


def minor(amount: Any) -> int:
    """Cents of an amount in units; every currency taken here has two decimals."""
    return int(amount * 100)


def key_of(text: str) -> uuid.UUID:
    """A key as it is stored; one that no row has for what is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
