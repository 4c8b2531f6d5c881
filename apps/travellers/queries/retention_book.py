"""The rules of retention as a book of dated rules, and their changes among what waits for a second person."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.carriers.queries import rulebooks
from apps.carriers.queries.rulebooks import Facts
from apps.journeys.models import Journey, JourneyParty
from apps.travellers import policy
from apps.travellers.models import RetentionChange, RetentionRule
from apps.travellers.queries import retention_due

KEPT_FROM = {
    "": gettext_lazy("%(n)d days after the journey ends"),
    RetentionRule.Kind.UNREADABLE: gettext_lazy("%(n)d days after receipt"),
    RetentionRule.Kind.DRAFT: gettext_lazy("%(n)d days after the last change"),
}


def _of_retention(row: RetentionRule | RetentionChange) -> Facts:
    days = str(KEPT_FROM.get(row.kind, KEPT_FROM[""])) % {"n": row.keep_days} if row.keep_days else "–"
    later = _("%(n)d days after that") % {"n": row.delete_days} if row.delete_days else "–"
    return [
        (pgettext("field, jrcc", "Data"), row.get_kind_display()),
        (pgettext("words, jrcc", "Kept"), days),
        (pgettext("words, jrcc", "Deleted"), later),
    ]


def _touched(actor: Actor, row: RetentionChange) -> Mapping[str, Any] | None:
    """How many journeys that the seat may see would be over on the first day: by the rule now, and by this one.

    For a State those that touch it; None where a rule is not of journeys, or ends. Three queries.
    """
    if row.ends or row.kind not in {RetentionRule.Kind.TRAVELLER, RetentionRule.Kind.RAW}:
        return None
    if actor.function == "ministry":
        return None
    rules = retention_due.rules(actor, row.valid_from)
    now = rules.of(row.party_id or "", row.kind).keep_days
    moment = datetime.datetime.combine(row.valid_from, datetime.time(), datetime.UTC)
    rows = Journey.objects.visible_to(actor).filter(masked_at=None)
    if row.party_id:
        touches = JourneyParty.objects.visible_to(actor).filter(journey=OuterRef("pk"))
        rows = rows.filter(Exists(touches.filter(party=row.party_id)))
    found = {
        name: rows.filter(retention_due.find_journeys_ended_days_ago(moment, days)).count()
        for name, days in (("before", now), ("after", row.keep_days))
    }
    return {**found, "days": now}


RETENTION = rulebooks.Book(
    "retention_change",
    RetentionRule,
    RetentionChange,
    policy.may_propose_retention,
    pgettext_lazy("heading, travellers", "Retention rules"),
    _of_retention,
    "retention_rule",
    touches=_touched,
)
