"""Noting what was asked, and in the same action what is read of texts; keeping questions; telling of what is new."""

import datetime
from collections.abc import Mapping, Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.refusal import Refused
from apps.audit.verb_labels import noted
from apps.search import policy
from apps.search.models import Asked, Known, SavedSearch
from apps.search.queries import results
from apps.search.queries import saved as queries
from apps.search.refusals import Refusals
from apps.search.rules.question import FILTERS, Question, read_question

noted("search.read_log", _("Read the log of searches"))
noted("traveller.search", _("Searched for travellers"))

S, A = SavedSearch.State, SavedSearch.Alerts
MOST_KEPT = 50
"""Saved searches of one seat."""
MOST_KNOWN = 50_000
"""Things that a search may find when its alerts begin: each is remembered, so that only new ones are told."""
FOLLOWED = ("category", "place", "party")
"""Filters that a subscription follows."""


@action(
    "search.note",
    model=Asked,
    label=pgettext_lazy("button, search", "Search"),
    done=_("Searched the portal"),
    policy=policy.may_ask,
    ends="kept",
    automatic=True,
    by_readers=True,
)
def note_search(
    actor: Actor, _row: None, *, question: Question, found: int, shown: Sequence[results.Hit] = ()
) -> Asked:
    """Note what was asked and how much was found, and give the hits shown the passages of their texts."""
    row: Asked = Asked.objects.create(
        user_id=actor.user_id,
        seat_id=actor.seat_id,
        desk_id=actor.desk_id,
        party_id=actor.party_code,
        words=question.words,
        filters=dict(question.filters),
        found=found,
        via=actor.via,
        request_id=actor.request_id,
    )
    results.with_passages(actor, question, shown)
    return row


@action(
    "search.turn",
    model=Asked,
    label=_("Open another page of results"),
    done=_("Turned a page of a search"),
    policy=policy.may_ask,
    starts={"kept"},
    ends="kept",
    automatic=True,
    by_readers=True,
)
def turn_search_page(actor: Actor, row: Asked, *, question: Question, shown: Sequence[results.Hit]) -> Asked:
    """Give the hits of a further page the passages of their texts; the search itself is noted already."""
    results.with_passages(actor, question, shown)
    return row


def asked(actor: Actor, question: Question, found: results.Found, shown: Sequence[results.Hit] = ()) -> None:
    """Note a search, also of a key that only reads; a further page of the same question is none."""
    first = queries.asked_before(actor, question) if question.page > 1 else None
    if first is None:
        note_search(actor, None, question=question, found=found.count + found.more, shown=shown)
    elif shown:
        turn_search_page(actor, first, question=question, shown=shown)


def _fields() -> dict[str, forms.Field]:
    narrow = {name: forms.CharField(required=False, max_length=80, widget=forms.HiddenInput) for name in FILTERS}
    return {
        "name": forms.CharField(
            label=pgettext_lazy("field, search", "Name"),
            max_length=80,
            error_messages={"required": _("Give it a name, for example “Firearms from the north”.")},
        ),
        "alerts": forms.ChoiceField(label=_("Notify me of new results"), choices=A.choices, required=False),
        "q": forms.CharField(label=pgettext_lazy("field, search", "Search words"), required=False, max_length=300),
        **narrow,
    }


@action(
    "saved_search.save",
    model=SavedSearch,
    label=_("Save this search"),
    done=_("Saved a search"),
    policy=policy.may_keep,
    ends=S.KEPT,
    takes=_fields(),
)
def save_saved_search(actor: Actor, _row: None, *, name: str, alerts: str = "", **given: str) -> SavedSearch:
    """Keep a question in your seat; alerts tell of what you can see from now on and could not see before."""
    own = SavedSearch.objects.filter(seat_id=actor.seat_id, state=S.KEPT).select_for_update()
    names = list(own.values_list("name", flat=True))
    if name in names:
        raise ValidationError({"name": _now("You already have a search with this name. Choose another name.")})
    if len(names) >= MOST_KEPT:
        raise ValidationError(
            {"name": _now("You may save at most %(most)s searches. Delete one first.") % {"most": MOST_KEPT}}
        )
    row = SavedSearch(seat_id=actor.seat_id, user_id=actor.user_id, name=name, alerts=alerts or A.OFF)
    _ask(row, given)
    row.save(force_insert=True)
    if row.alerts != A.OFF:
        _begin(actor, row)
    return row


@action(
    "saved_search.change",
    model=SavedSearch,
    label=pgettext_lazy("button, search", "Change"),
    done=_("Changed a saved search"),
    policy=policy.may_keep,
    starts={S.KEPT},
    ends=S.KEPT,
    takes=_fields(),
)
def change_saved_search(actor: Actor, row: SavedSearch, *, name: str, alerts: str = "", **given: str) -> SavedSearch:
    """Give a saved search another name, other words or other alerts."""
    if SavedSearch.objects.filter(seat_id=actor.seat_id, state=S.KEPT, name=name).exclude(pk=row.pk).exists():
        raise ValidationError({"name": _now("You already have a search with this name. Choose another name.")})
    before = (row.alerts, row.question.asked())
    row.name, row.alerts = name, alerts or row.alerts
    if given:
        _ask(row, given)
    if row.alerts != A.OFF and (before[0] == A.OFF or row.question.asked() != before[1]):
        Known.objects.filter(saved=row).delete()
        _begin(actor, row)
    return row


@action(
    "saved_search.remove",
    model=SavedSearch,
    label=pgettext_lazy("button, search", "Delete"),
    done=_("Deleted a saved search"),
    policy=policy.may_keep,
    starts={S.KEPT},
    ends=S.REMOVED,
)
def remove_saved_search(actor: Actor, row: SavedSearch) -> SavedSearch:
    """Keep this search no longer; its alerts end."""
    Known.objects.filter(saved=row).delete()
    row.alerts = A.OFF
    return row


def _ask(row: SavedSearch, given: Mapping[str, str]) -> None:
    """Set what a search asks; errors at the fields."""
    question = read_question(given)
    if question.empty:
        raise ValidationError({"q": _now("Enter words, or choose what to follow.")})
    row.words, row.filters = question.words, dict(question.filters)
    row.subscription = not question.words and any(name in question.filters for name in FOLLOWED)


def _begin(actor: Actor, row: SavedSearch) -> None:
    """Remember all that the seat can see already."""
    found = results.unknown(actor, row, MOST_KNOWN)
    if len(found) > MOST_KNOWN:
        raise ValidationError(
            {"alerts": _now("It finds more than %(most)s results. Narrow it first.") % {"most": MOST_KNOWN}}
        )
    Known.objects.bulk_create([Known(saved=row, kind=kind, object_id=key) for kind, key, _level in found], 5000)


@action(
    "saved_search.alert",
    model=SavedSearch,
    label=_("Notify of new results"),
    done=_("Alerted of new results of a saved search"),
    policy=policy.may_keep,
    starts={S.KEPT},
    ends=S.KEPT,
    automatic=True,
)
def alert_of_saved_search(actor: Actor, row: SavedSearch, *, now: datetime.datetime) -> SavedSearch:
    """Tell the owner how many new things they can see, and the highest marking among them: neither words nor titles."""
    found = results.unknown(actor, row, results.MOST)
    if not found or row.alerts == A.OFF:
        raise Refused("wrong-state", Refusals.NOTHING_NEW)
    Known.objects.bulk_create([Known(saved=row, kind=kind, object_id=key, told_at=now) for kind, key, _level in found])
    row.looked_at = now
    said = {"count": len(found), "level": results.highest(actor, row.question, found), "desk": actor.desk_id}
    emit("search.found", row, {**said, "seat": actor.seat_id, "step": now.isoformat()})
    return row
