"""Input of the actions on tasks, and what the keys in it stand for."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.access.short_cache import once
from apps.council.actions.decision_fields import DayField
from apps.council.papers.actions.fields import Narrowed
from apps.impacs.models import Task
from apps.impacs.plan.queries import choices
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
        error_messages={"required": _("Write a sentence that others will understand later.")},
    )


def day(label: Any, *, required: bool = False, **more: Any) -> DayField:
    """A day with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return DayField(label=label, required=required, widget=widget, **more)


def days_of_work(label: Any) -> forms.DecimalField:
    """An estimate in days of one person's work."""
    sentence = _("Enter days of one person's work, for example 4 or 0.5.")
    names = ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits")
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=2000,
        max_digits=7,
        decimal_places=2,
        help_text=_("Days of one person's work"),
        error_messages=dict.fromkeys(names, sentence),
    )


def money(label: Any, *, required: bool = False, **more: Any) -> forms.DecimalField:
    """An amount in units of the currency, with cents."""
    sentence = _("Enter an amount with at most two decimals, for example 12500 or 12500.50.")
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
        label=pgettext_lazy("field, impacs", "Currency"),
        required=required,
        help_text=_("Three-letter code, for example USD"),
        error_messages={"invalid": _("Enter three capital letters, for example USD.")},
    )


def task_fields() -> dict[str, forms.Field]:
    """What a task is made of; the same to make it and to change it, where what is not sent stays."""
    this_year = datetime.date.today().year
    return {
        "title": forms.CharField(label=pgettext_lazy("field, impacs", "Title"), required=False, max_length=200),
        "description": forms.CharField(
            label=pgettext_lazy("field, impacs", "Description"),
            required=False,
            max_length=20_000,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=_("Markdown formatting; those working on the task can read this."),
        ),
        "kind": forms.ChoiceField(
            label=pgettext_lazy("field, impacs", "Kind"),
            required=False,
            choices=Task.Kind.choices,
            initial=Task.Kind.TASK.value,
        ),
        "mandate": Chosen(
            choices.mandates,
            none=_("None: internal work"),
            label=pgettext_lazy("field, impacs", "Mandate"),
            required=False,
        ),
        "parent": OtherTasks(
            choices.tasks,
            none=pgettext_lazy("words, impacs", "None"),
            label=pgettext_lazy("field, impacs", "Part of"),
            required=False,
        ),
        "programme": Chosen(
            choices.programmes,
            none=pgettext_lazy("words, impacs", "None"),
            label=pgettext_lazy("field, impacs", "Programme"),
            required=False,
        ),
        "year": forms.IntegerField(
            label=_("Year of the work plan"), required=False, min_value=2006, max_value=2100, initial=this_year
        ),
        "owner": Chosen(
            choices.desks,
            none=pgettext_lazy("words, impacs", "My desk"),
            label=pgettext_lazy("words, impacs", "Responsible desk"),
            required=False,
        ),
        "reviewer": Chosen(
            choices.seats,
            none=pgettext_lazy("words, impacs", "Not assigned yet"),
            label=pgettext_lazy("field, impacs", "Reviewer"),
            required=False,
            help_text=_("Accepts the result; cannot be someone who does the task"),
        ),
        "starts_on": day(pgettext_lazy("field, impacs", "Start")),
        "due_on": day(pgettext_lazy("words, impacs", "Due")),
        "estimate_days": days_of_work(pgettext_lazy("words, impacs", "Estimate")),
        "priority": forms.TypedChoiceField(
            label=pgettext_lazy("field, impacs", "Priority"),
            required=False,
            coerce=int,
            empty_value=None,
            choices=Task.Priority.choices,
            initial=2,
        ),
        "cost": money(pgettext_lazy("words, impacs", "Expected cost")),
        "currency": currency(),
        "budget_line": Chosen(
            choices.list_budget_lines,
            none=pgettext_lazy("words, impacs", "None"),
            label=pgettext_lazy("field, impacs", "Budget line"),
            required=False,
        ),
        "repeats": forms.ChoiceField(
            label=pgettext_lazy("field, impacs", "Repeats"),
            required=False,
            choices=Task.Repeats.choices,
            initial=Task.Repeats.NEVER.value,
        ),
        "repeats_until": day(pgettext_lazy("words, impacs", "Repeats until")),
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
        raise ValidationError({name: _now("No one with this ID can be assigned. Choose a person from the list.")})
    found: Seat = Seat.objects.select_related("user", "desk").get(uid=key)
    return found


def desk_of(actor: Actor, code: str) -> Desk:
    """A desk that can do a task; one's own for no code."""
    code = code or actor.desk_code
    if code not in once(("desks", actor.seat_id), lambda: dict(choices.desks(actor))):
        sentence = _now("Your desk cannot assign tasks to %(code)s. Choose a desk from the list.") % {"code": code}
        raise ValidationError({"owner": sentence})
    found: Desk = once(("desk", code), lambda: Desk.objects.get(code=code))
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
