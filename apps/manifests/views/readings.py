"""What was read of a list, and the message line by line: pages of their own, fetched when somebody wants them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from apps.access.marking import of
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.manifests.models import Submission, SubmissionContent
from apps.manifests.queries import lists, receipts


@require_GET
def people(request: Any, pk: Any) -> HttpResponse:
    """The journey and everybody on the list, as read; 404 while there is nothing."""
    row, content = _opened(request, pk)
    read = receipts.lists_of(content)
    several = len(read) > 1
    found = [{**person, "list": one["no"], "several": several} for one in read for person in one["travellers"]]
    shown = receipts.stretch(found, request.GET, "people", receipts.TRAVELLERS)
    return _page(request, row, _("Journey and people as read"), lists=read, several=several, people=shown)


@require_GET
def lines(request: Any, pk: Any) -> HttpResponse:
    """The message segment by segment, or row by row, with what was understood; 404 where it is not kept."""
    row, content = _opened(request, pk)
    if content.erased_at:
        raise Refused("not-visible")
    found = receipts.explained(content, lists.layouts(row.owner_id))
    shown = receipts.stretch(found, request.GET, "lines", receipts.LINES)
    return _page(request, row, _("The message, line by line"), lines=shown)


def _opened(request: Any, pk: Any) -> tuple[Submission, SubmissionContent]:
    """A list that was answered, with what was read of it; that it is opened is noted."""
    row = visible_or_404(Submission.objects.visible_to(request.actor).select_related("owner"), request.actor, pk)
    content = SubmissionContent.objects.visible_to(request.actor).filter(submission=row).first()
    if content is None or not receipts.is_answered(row):
        raise Refused("not-visible")
    note_read(request, "submission.read", row)
    return row, content


def _page(request: Any, row: Submission, heading: str, **read: Any) -> HttpResponse:
    words = {"row": row, "heading": heading, "flight": receipts.flight_words(row.flight), "marking": of(row)}
    return render(request, "jrcc/submission_reading.html", {**words, **read})
