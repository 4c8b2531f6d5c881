"""Opening, revoking and verifying issued documents."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from apps.access.forms import form_for_verb
from apps.access.marking import PUBLIC
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.documents import actions, policy
from apps.documents.forms import VerifyForm
from apps.documents.models import IssuedDocument
from apps.documents.queries import issued_documents
from apps.documents.queries.downloads import as_file
from apps.documents.views.throttles import PerVerifier


@require_safe
def document(request: Any, pk: Any) -> HttpResponse:
    """The bytes of a document, as a download; `?inline=1` shows a PDF in the browser."""
    row = visible_or_404(IssuedDocument, request.actor, pk)
    note_read(request, "document.download", row, number=row.number)
    return as_file(row, inline=request.GET.get("inline") == "1")


def revoke(request: Any, pk: Any) -> HttpResponse:
    """Take a document back: for those who decide at the desk that issued it."""
    row = visible_or_404(IssuedDocument, request.actor, pk)
    verdict = policy.may_revoke(request.actor, row)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    form = form_for_verb("document.revoke")(
        request.POST if request.method == "POST" else None, actor=request.actor, row=row
    )
    version = request.POST.get("version", "")
    if request.method == "POST" and form.is_valid():
        seen = int(version) if version.isdecimal() and len(version) < 10 else None
        actions.revoke_document(request.actor, row, version=seen, **form.cleaned_data)
        messages.success(request, pgettext("words, documents", "%(number)s is revoked.") % {"number": row.number})
        return redirect("documents:document_revoke", row.pk)
    context = {
        "document": row,
        "form": form,
        "version": version or row.version,
        "is_revoked": row.state == IssuedDocument.State.REVOKED,
        "marking": {"level": row.level},
    }
    return render(request, "documents/revoke.html", context, status=422 if form.errors else 200)


@login_not_required
@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a file, a hash or a code is of a document that the portal issued; for everybody, signed in or not."""
    asked = _asked(request)
    if asked is not None and not PerVerifier().allow_request(request, None):
        slow = render(request, "429.html", {"marking": PUBLIC}, status=429)
        slow["Retry-After"] = "60"
        return slow
    form = VerifyForm(*(asked or ()))
    answer = None
    if asked is not None and form.is_valid():
        file, typed = form.cleaned_data["file"], form.cleaned_data["text"]
        answer = issued_documents.of_file(file) if file else issued_documents.of_typed(typed)
    context: dict[str, Any] = {"form": form, "answer": answer, "by_file": bool(answer and form.cleaned_data["file"])}
    context["marking"] = PUBLIC
    return render(request, "documents/verify.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest) -> tuple[Any, ...] | None:
    """The data of the form: posted, or a code in the address (`?text=`) as a link on a document has it."""
    if request.method == "POST":
        return request.POST, request.FILES
    return (request.GET,) if request.GET.get("text") else None
