"""What of manifests waits for a seat."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import WORKS, Actor
from apps.manifests.models import Submission
from apps.people.queries.work import WorkRow

MOST = 50


def lists_to_correct(actor: Actor) -> Iterator[WorkRow]:
    """A carrier's lists that need correction, the latest of each flight alone. One query."""
    if actor.function != "carrier" or actor.rank < WORKS:
        return
    latest: dict[str, Submission] = {}
    for row in Submission.objects.visible_to(actor).exclude(grade="").order_by("-pk")[: MOST * 4]:
        latest.setdefault(row.flight or row.receipt, row)
    for row in latest.values():
        if row.grade in {"needs_correction", "unreadable"}:
            yield WorkRow(
                title=_("Correct the manifest for %(flight)s") % {"flight": row.flight or row.receipt},
                url=reverse("jrcc:submission", args=[row.pk]),
                due=None,
                detail=pgettext("words, jrcc", "Receipt %(receipt)s") % {"receipt": row.receipt},
                kind="file",
                act=pgettext("button, jrcc", "Correct"),
            )
