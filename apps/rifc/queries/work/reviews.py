"""Reports of the desk whose date to be looked at again has come."""

import datetime
from collections.abc import Iterator

from django.db.models import F
from django.urls import reverse
from django.utils.translation import pgettext

from apps.access.actor import WORKS, Actor
from apps.people.queries.work import Ask, Facts, WorkRow, day
from apps.rifc import policy
from apps.rifc.queries import retention_due, vocabulary


def reviews(actor: Actor) -> Iterator[Ask]:
    """For its officers."""
    if actor.function not in policy.CISNET or actor.rank < WORKS:
        return
    rows = retention_due.to_review(actor, vocabulary.today())
    columns = {"number": F("register_number"), "thread": F("thread"), "due": F("retention_review"), "title": F("title")}
    yield Ask(rows, ["retention_review", "pk"], columns, lambda facts: [_review(facts)])


def _noon(on: datetime.date | None) -> datetime.datetime | None:
    """The middle of a day, which is on that day everywhere in the region."""
    return datetime.datetime.combine(on, datetime.time(16), datetime.UTC) if on else None


def _review(facts: Facts) -> WorkRow:
    return WorkRow(
        title=pgettext("words, rifc", "Review how long to keep: %(title)s") % {"title": facts["title"]},
        url=reverse("rifc:do", args=[facts["thread"], "retain"]),
        due=_noon(day(facts["due"])),
        detail="",
        kind="clock",
        code=facts["number"],
        act=pgettext("button, rifc", "Decide"),
        place=reverse("rifc:reviews"),
    )
