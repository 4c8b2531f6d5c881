"""The page on which the writer of a bulletin says of whom and what it speaks."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.forms import form_for, posted_version
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.entities.models import Entity
from apps.pages.verb_pages import refuse_early, try_form
from apps.watch.queries import bulletins as queries
from apps.watch.queries import entities as named


@require_http_methods(["GET", "POST"])
def things(request: Any, pk: Any) -> HttpResponse:
    """What it speaks of, and `?q=` what else could be linked. POST: `link` or `unlink` with the id of a thing."""
    actor = request.actor
    row = visible_or_404(queries.rows(actor), actor, pk)
    verb = "unlink" if "unlink" in request.POST else "link"
    spec = REGISTRY[f"bulletin.{verb}"]
    refuse_early(actor, row, spec)
    asked = " ".join(request.GET.get("q", "").split())[:200]
    status, form = 200, None
    if request.method == "POST":
        form = form_for(spec)({"thing": request.POST.get(verb, "")}, actor=actor, row=row)
        run = lambda **fields: spec.run(actor, row, version=posted_version(request), **fields)  # noqa: E731
        _done, status = try_form(form, run)
        if status == 302:
            return redirect(f"{reverse('watch:bulletin_things', args=[row.pk])}{_again(asked)}")
    linked = named.of_bulletins(actor, [row.pk])[row.pk]
    found = named.offered(actor, asked, [one.title.pk for one in linked])
    if linked or found:
        note_read(request, "entity.list", Entity, rows=len(linked) + len(found))
    context = {
        "bulletin": row,
        "linked": linked,
        "found": found,
        "q": asked,
        "form": form,
        "marking": named.marking(row, [*linked, *found]),
    }
    return render(request, "watch/things.html", context, status=status)


def _again(asked: str) -> str:
    return f"?{urlencode({'q': asked})}" if asked else ""
