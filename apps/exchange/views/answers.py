"""Writing an answer: left what the desk holds, right what is sent; what names and numbers both hold is listed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.forms import form_for, posted_version, put_faults
from apps.access.refusal import Refused
from apps.exchange.actions import answers as actions
from apps.exchange.models import Addressee, AnswerDraft
from apps.exchange.queries import requests as queries
from apps.exchange.queries import vocabulary
from apps.exchange.refusals import Refusals
from apps.exchange.rules import shared_words
from apps.exchange.rules.lines import line_of
from apps.exchange.views.lists import marking
from apps.exchange.views.requests import threads
from apps.pages.verb_pages import refuse_early

SPEC, KEEP = REGISTRY["rfi_addressee.answer"], REGISTRY["rfi_draft.keep"]
ROW = ("kind", "text", "report", "scheme", "grade")


def _form(**given: Any) -> Any:
    """What is kept and, for what is sent, a file."""
    return type("AnswerForm", (form_for(KEEP),), {"file": form_for(SPEC).base_fields["file"]})(**given)


@require_http_methods(["GET", "POST"])
def show_rfi_answer(request: Any, pk: Any) -> HttpResponse:
    """The form of an answer. What is typed is kept first, whatever becomes of the answer; `keep` stops there."""
    part = queries.meant(request.actor, pk)
    if not isinstance(part, Addressee):
        raise Refused(Refusals.NOT_ADDRESSEE)
    if request.method == "GET":
        draft = queries.draft_of(request.actor, part)
        if draft is None:
            refuse_early(request.actor, part, SPEC)
        form = _form(actor=request.actor, row=part, initial=_initial(part, draft))
        return _page(request, part, form, 200, draft)
    form = _form(data=request.POST, files=request.FILES, actor=request.actor, row=part)
    status = 422
    if form.is_valid():
        try:
            done = _carried_out(request, part, dict(form.cleaned_data))
        except ValidationError as wrong:
            put_faults(form, wrong)
        except Refused as refusal:
            if refusal.reason == "not-visible":
                raise
            form.add_error(None, refusal.message)
            status = refusal.status
        else:
            if done:
                return redirect("exchange:request", pk)
    return _page(request, part, form, status if form.errors else 200, queries.draft_of(request.actor, part))


def _carried_out(request: Any, part: Addressee, given: dict[str, Any]) -> bool:
    """Keep, then send unless only keeping or looking was asked for; whether the page is done with."""
    file = given.pop("file")
    actions.save_rfi_answer_draft(request.actor, None, of=part, **given)
    if "look" in request.POST or "keep" in request.POST:
        return False
    given.pop("internal")
    actions.answer_rfi(request.actor, part, version=posted_version(request), file=file, **given)
    return True


def _initial(part: Addressee, draft: AnswerDraft | None) -> dict[str, Any]:
    if draft is None:
        return {"classification": str(part.level), "tlp": part.tlp}
    return {
        "internal": draft.internal,
        "classification": str(draft.level),
        "tlp": draft.tlp or part.tlp,
        "orcon": draft.orcon,
        "answers": draft.answers,
    }


def _page(request: Any, part: Addressee, form: Any, status: int, draft: AnswerDraft | None) -> HttpResponse:
    typed = (
        _typed(request.POST) if form.is_bound else {str(row.get("n")): row for row in form.initial.get("answers", [])}
    )
    thread = threads(request.actor, [part])[part.pk]
    final = {code for code, term in vocabulary.terms("kind", vocabulary.today()).items() if term.extra["final"]}
    rows = [
        {"it": one["it"], "answers": one["answers"], **typed.get(str(one["it"].n), {})}
        for one in thread["questions"]
        if not {said["it"].kind for said in one["answers"]} & final
    ]
    sent = "\n".join(str(row.get("text", "")) for row in rows)
    internal = str(form["internal"].value() or "")
    left, right = shared_words.pieces(internal, sent) if internal and sent else ([], [])
    context = {
        "form": form,
        "spec": SPEC,
        "row": part,
        "subject": queries.subject_of(part),
        "rows": rows,
        "kinds": vocabulary.choices("kind"),
        "schemes": line_of(part.line).schemes(),
        "reports": line_of(part.line).nameable(request.actor, part.asker_id),
        "kept": shared_words.kept(internal, sent) if internal else [],
        "left": left,
        "right": right,
        "saved_at": draft.saved_at if draft else None,
        "live": part.state in Addressee.LIVE,
        "version": posted_version(request) or part.version,
        "back": reverse("exchange:request", args=[part.request_id]),
        "marking": marking(part, *thread["said"], *([draft] if draft else [])),
    }
    return render(request, "exchange/answer.html", context, status=status)


def _typed(data: Any) -> dict[str, dict[str, Any]]:
    """{number of the question: what was typed}"""
    return {
        data.get(key, ""): {part: data.get(f"{key.rpartition('-')[0]}-{part}", "") for part in ROW}
        for key in data
        if key.startswith("answers-") and key.endswith("-n")
    }
