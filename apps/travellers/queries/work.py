"""Searches, and changes of rules, that wait for a seat."""

import datetime
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from apps.access.actor import DECIDES, Actor
from apps.carriers import policy as carriers_policy
from apps.carriers.models import BookingLawChange, PenaltyChange, RegimeChange
from apps.people.queries.work import Ask, Facts, WorkRow, day, same_for_a_seat
from apps.travellers import policy
from apps.travellers.models import Lookup, RetentionChange


@same_for_a_seat
def lookups_to_settle(actor: Actor) -> Iterator[Ask]:
    """Searches to review, for who decides at the desk; and one's own that an explanation is asked for."""
    if not policy.may_look_up(actor, None):
        return
    others = Q(state__in=Lookup.WAITING) & ~Q(user_id=actor.user_id)
    mine = Q(state=Lookup.State.QUESTIONED, user_id=actor.user_id)
    rows = Lookup.objects.visible_to(actor).filter(others | mine if actor.rank >= DECIDES else mine)
    facts = {"pk": "pk", "reference": "reference", "state": "state", "who": "person"}
    yield Ask(rows, ["pk"], facts, lambda facts: [_to_settle(facts)])


def _to_settle(facts: Facts) -> WorkRow:
    asked = facts["state"] == Lookup.State.QUESTIONED
    words = _("Explain your search for a traveller") if asked else _("Review a search for a traveller")
    return WorkRow(
        title=words,
        url=reverse("jrcc:lookup", args=[facts["pk"]]),
        due=None,
        detail=facts["who"],
        kind="search",
        code=facts["reference"],
        act=pgettext("button, jrcc", "Explain") if asked else pgettext("button, jrcc", "Review"),
    )


CHANGES: dict[Any, tuple[Any, Any]] = {
    RegimeChange: (carriers_policy.may_propose_regime, pgettext_lazy("words, travellers", "Deadline change")),
    PenaltyChange: (carriers_policy.may_propose_penalty, gettext_lazy("Penalty law change")),
    BookingLawChange: (carriers_policy.may_propose_booking_law, gettext_lazy("Change to a law on bookings")),
    RetentionChange: (policy.may_propose_retention, gettext_lazy("Retention rule change")),
}
"""Changes of rules: who proposes them, and words."""


@same_for_a_seat
def changes_to_confirm(actor: Actor) -> Iterator[Ask]:
    """Changes of rules that wait for the second person, for those who decide and have not proposed them."""
    if actor.rank < DECIDES:
        return
    own = None if actor.desk_code == "JRCC.watch" else actor.party_code
    for model, (may_propose, words) in CHANGES.items():
        if may_propose(actor, None):
            rows = model.objects.visible_to(actor).filter(state="proposed", party=own)
            rows = rows.exclude(proposed_by_user_id=actor.user_id)
            page = f"jrcc:{model._meta.model_name}"
            facts = {"pk": "pk", "day": "valid_from", "by": "proposed_by"}
            yield Ask(rows, ["valid_from"], facts, partial(_second_word, page, words))


def _second_word(page: str, words: Any, facts: Facts) -> list[WorkRow]:
    return [
        WorkRow(
            title=str(words),
            url=reverse(page, args=[facts["pk"]]),
            due=datetime.datetime.combine(day(facts["day"]) or datetime.date.max, datetime.time(), datetime.UTC),
            detail=_("Proposed by %(by)s, awaiting second approval") % facts,
            kind="scale",
            act=pgettext("button, jrcc", "Decide"),
        )
    ]
