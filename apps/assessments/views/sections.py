"""One section: its text as it stands, and a form to write it anew that works without a script."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.access import acts as shared
from apps.access.doors import REGISTRY
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.assessments import policy
from apps.assessments.models import Assessment
from apps.assessments.queries import parts, reading
from apps.assessments.views import acts
from apps.coedit import pages


@pages.writes
@require_http_methods(["GET", "POST"])
def section(request: Any, pk: Any, section: Any) -> HttpResponse:
    """The section; who may not write reads it."""
    row = visible_or_404(Assessment, request.actor, pk)
    found = parts.section_of(row, section)
    if found is None:
        raise Refused("not-visible")
    spec, text = REGISTRY["jta_section.replace_text"], parts.text_of(found)
    mode = policy.text_right(request.actor.user_id, row.lead_id, row.drafters, row.state)
    if request.method == "POST":
        shared.ask(request.actor, row, spec)
    initial = {"section": found.pk, "plain": text.plain, "if_seq": text.seq}
    return acts.act(
        request, spec, row, initial,
        template="assessments/section.html",
        back=reverse("assessments:section", args=[row.pk, found.pk]),
        section=found,
        text=text,
        mode=mode,
        editor=pages.editor(request.actor, row.pk, found.pk),
        marking=reading.marking(row),
    )  # fmt: skip
