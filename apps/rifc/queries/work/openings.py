"""Sealed texts that a key holder is asked to open, for My work."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.access.database_context import beyond
from apps.access.marking import Mark
from apps.access.models import Level
from apps.people.queries.work import MOST, WorkRow
from apps.rifc import policy, titles
from apps.rifc.queries import sealed_texts


def openings_waiting(actor: Actor) -> Iterator[WorkRow]:
    """Openings that wait for the actor's share. A query of its own: it names a report that a holder need not see."""
    if actor.function not in policy.CISNET | policy.READERS or not sealed_texts.holds_shares(actor):
        return
    rows = beyond(sealed_texts.waiting_for(actor), "sealed texts").order_by("until", "pk")
    for facts in rows.values("pk", "report__number", "desk__code", "until")[:MOST]:
        number = facts["report__number"]
        title = titles.text_opening(not number)
        detail = _("%(desk)s asks to read it") % {"desk": facts["desk__code"]}
        page = reverse("rifc:opening", args=[facts["pk"]])
        mark = Mark(level=Level.CONFIDENTIAL)
        act = pgettext("button, rifc", "View")
        yield WorkRow(title, page, facts["until"], detail, "lock", act, mark=mark, code=number)
