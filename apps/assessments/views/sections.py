"""One section: its text as it stands, and a form to write it anew that works without a script."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.forms import form_for
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.assessments import policy
from apps.assessments.models import Assessment
from apps.assessments.queries import pages, parts, remarks
from apps.assessments.views.verbs import answer_with, verbs
from apps.coedit.actions import section_texts
from apps.coedit.views import editor
from apps.pages.verb_pages import refuse_early


@editor.writes
@require_http_methods(["GET", "POST"])
def section(request: Any, pk: Any, section: Any) -> HttpResponse:
    """The section, who may not write reads it; only the remarks on it for a page that is open."""
    row = visible_or_404(Assessment.objects.visible_to(request.actor).select_related("lead"), request.actor, pk)
    found = parts.section_of(row, section)
    if found is None:
        raise Refused("not-visible")
    shown = remarks.of_section(request.actor, row, found)
    beside = {"remarks": shown, "newest": remarks.newest(shown)}
    if request.headers.get("HX-Request-Type") == "partial":
        return render(request, "assessments/_remark_list.html", {"row": row, **beside})
    spec, written = REGISTRY["jta_section.replace_text"], section_texts.rendered(found.pk)
    text = parts.text_of(found, written)
    mode = policy.text_right(request.actor.user_id, row.lead_id, row.drafters, row.state)
    if request.method == "POST":
        refuse_early(request.actor, row, spec)
    initial = {"section": found.pk, "plain": text.plain, "if_seq": text.seq}
    return answer_with(
        request, spec, row, initial,
        template="assessments/section.html",
        back=reverse("assessments:section", args=[row.pk, found.pk]),
        section=found,
        text=text,
        mode=mode,
        editor=editor.editor(request.actor, row.pk, found.pk, written),
        marking=pages.marking(row),
        **beside,
        remark_form=_remark_form(request.actor, row, found),
    )  # fmt: skip


def _remark_form(actor: Any, row: Assessment, found: Any) -> Any:
    """An empty form of a remark; nothing for who may not make one now."""
    spec = REGISTRY["jta_remark.make"]
    if row.state not in spec.starts or not spec.policy(actor, row):
        return None
    return form_for(spec)(None, actor=actor, row=row, initial={"section": found.pk})


@require_http_methods(["GET", "POST"])
def remark(request: Any, pk: Any, section: Any) -> HttpResponse:
    """Remark on the section; what is wrong stands on a page of its own, with what was typed."""
    row = verbs.find(request.actor, pk)
    found = parts.section_of(row, section)
    if found is None:
        raise Refused("not-visible")
    spec = REGISTRY["jta_remark.make"]
    refuse_early(request.actor, row, spec)
    back = reverse("assessments:section", args=[row.pk, found.pk])
    return answer_with(request, spec, row, {"section": found.pk}, back=back)
