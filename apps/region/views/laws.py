"""The legislation board, a topic with its model law, and one State's law."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.files.queries import files_of
from apps.region.models import Track, TrackStep
from apps.region.policy import reads_evidence
from apps.region.queries import board, laws
from apps.region.views.acts import buttons
from apps.region.views.common import asked, page


@require_GET
def board_(request: Any) -> HttpResponse:
    """States by topics on a day."""
    form = asked(request)
    found = board.board(request.actor, form.day, form.known)
    context = {"at": "region:laws", "board": found, "letters": board.LETTERS}
    return page(request, "region/laws.html", form, **context)


@require_GET
def topic(request: Any, code: str) -> HttpResponse:
    """One topic: the model law and its provisions, and each State's law."""
    form = asked(request)
    found = board.board(request.actor, form.day, form.known)
    place = next((place for place, each in enumerate(found.topics) if each.code == code), None)
    if place is None:
        raise Refused("not-visible")
    row = found.topics[place]
    context = {
        "at": "region:laws",
        "row": row,
        "rows": [(each.party, each.cells[place]) for each in found.rows],
        "sums": found.sums[place],
        "model": board.model_law(request.actor, row),
    }
    return page(request, "region/topic.html", form, **context)


@require_GET
def track(request: Any, pk: Any) -> HttpResponse:
    """One State's law: the stages with their days, coverage of the model law, documents, and what the seat may do."""
    actor = request.actor
    form = asked(request)
    row = visible_or_404(Track.objects.visible_to(actor).select_related("topic", "party"), actor, pk)
    at = laws.standings(actor, [row], form.day, form.known)[row.pk]
    evidence = reads_evidence(actor, row)
    corrected = TrackStep.objects.visible_to(actor).filter(track=row).exclude(superseded_at=None)
    model = board.model_law(actor, row.topic)
    levels = {each.provision_id: each for each in at.coverage}
    context = {
        "at": "region:laws",
        "row": row,
        "law": at,
        "cell": board.Cell(row, at),
        "model": model,
        "provisions": [(each, levels.get(each.pk)) for each in model.provisions] if model else [],
        "corrected": list(corrected.order_by("on")),
        "reads_files": evidence,
        "files": files_of(actor, row) if evidence else [],
        "offers": buttons(actor, row),
    }
    return page(request, "region/track.html", form, **context)
