"""The legislation board, a topic with its model law, and one State's law."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.files.queries.attachments import files_of
from apps.region.lists.laws import board_grid, law_rows, states_without_record, topic_strips
from apps.region.models import Track, TrackStep
from apps.region.policy import reads_evidence
from apps.region.queries import board, laws
from apps.region.views.common import asked, kept_days, page
from apps.region.views.verbs import register_verbs

verbs = register_verbs(
    Track,
    "measure",
    "measures",
    lambda row: reverse("region:track", args=[row.pk]),
    whence=(pgettext_lazy("navigation, region", "Laws"), "region:laws"),
)


@require_GET
def board_(request: Any) -> HttpResponse:
    """States by topics on a day."""
    form = asked(request)
    found = board.read_participation_board(request.actor, form.day, form.known)
    own, days = request.actor.party_code, kept_days(request, form)
    context = {
        "grid": board_grid(found, own, days),
        "without": states_without_record(found, own, days),
        "tallies": found.tallies,
        "topics": topic_strips(found.tallies, days) if len(found.rows) > 1 else [],
        "key": board.KEY,
    }
    return page(request, "region/laws.html", form, **context)


@require_GET
def topic(request: Any, code: str) -> HttpResponse:
    """One topic: the model law and its provisions, and each State's law."""
    form = asked(request)
    found = board.read_participation_board(request.actor, form.day, form.known)
    place = next((place for place, each in enumerate(found.topics) if each.code == code), None)
    if place is None:
        raise Refused("not-visible")
    row = found.topics[place]
    context = {
        "row": row,
        "rows": law_rows(((each.party, each.cells[place]) for each in found.rows), kept_days(request, form)),
        "tally": found.tallies[place],
        "model": board.model_law(request.actor, row),
    }
    return page(request, "region/topic.html", form, **context)


@require_GET
def track(request: Any, pk: Any) -> HttpResponse:
    """One State's law: the stages with their days, coverage of the model law, documents, and what the seat may do."""
    actor = request.actor
    form = asked(request)
    row = visible_or_404(Track.objects.visible_to(actor).select_related("topic", "party"), actor, pk)
    at = laws.read_law_standings(actor, [row], form.day, form.known)[row.pk]
    evidence = reads_evidence(actor, row)
    corrected = TrackStep.objects.visible_to(actor).filter(track=row).exclude(superseded_at=None)
    model = board.model_law(actor, row.topic)
    levels = {each.provision_id: each for each in at.coverage}
    context = {
        "row": row,
        "law": at,
        "cell": board.Cell(row, at),
        "model": model,
        "provisions": [(each, levels.get(each.pk)) for each in model.provisions] if model else [],
        "corrected": list(corrected.order_by("on")),
        "reads_files": evidence,
        "files": files_of(actor, row) if evidence else [],
        "offers": verbs.buttons(actor, row),
    }
    return page(request, "region/track.html", form, **context)
