"""The watch desk: the log with its line always at hand, what is open and late, the hand-over; and logs of before."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access import pagination, stream_log
from apps.access.actor import WORKS
from apps.access.declared_actions import REGISTRY, Spec
from apps.access.forms import carried_out, form_for_verb
from apps.access.marking import Banner, Mark, of
from apps.access.middleware import note_read
from apps.access.refusal import Refused
from apps.documents.queries.downloads import as_copy
from apps.documents.rendering import to_pdf, watermarked
from apps.pages.verb_pages import VerbPages, answer_form
from apps.rifc.queries import vocabulary
from apps.watch import titles
from apps.watch.actions import log as actions
from apps.watch.models import Watch
from apps.watch.queries import brief, printed_documents
from apps.watch.queries import log as queries

NEWEST, PAGE, LONGEST = 60, 50, 5000


def marking(level: int) -> Banner:
    """The banner of a log."""
    return of(Mark(level), intelligence=True)


def _prepare(request: Any, row: Watch, spec: Spec) -> dict[str, Any]:
    """The marking of the log; above the form what is handed over, or was."""
    more: dict[str, Any] = {"watch": row, "marking": marking(row.level)}
    if spec.name == "start_handover":
        more |= _brief(request, row)
    if spec.name in {"accept", "abort"}:
        more |= {"handed": queries.handover(request.actor, row), "headings": brief.headings()}
    return more


class WatchPages(VerbPages):
    """Pages of the verbs of a watch; entries are written at the desk."""

    def place(self, row: Watch, verb: str) -> str:
        """The address of a verb's page."""
        return reverse("watch:desk") if verb == "log" else super().place(row, verb)


verbs = WatchPages(
    noun="watch",
    address="watch:do",
    rows=queries.watches,
    page=lambda _row: reverse("watch:desk"),
    template="watch/verb.html",
    prepare=_prepare,
    said={"accept": _("You have the watch."), "start_handover": _("Signed. The next officer takes over.")},
)


@require_http_methods(["GET", "POST"])
def desk(request: Any) -> HttpResponse:
    """The desk on duty; on POST one entry is written, and the line is ready for the next."""
    actor, since = request.actor, stream_log.here()
    watch = queries.on_duty(actor)
    if watch is None:
        return render(request, "watch/begin.html", {"may": actor.rank >= WORKS, "marking": marking(1)})
    form = form_for_verb("watch.log")(request.POST if request.method == "POST" else None, actor=actor, row=watch)
    posted = request.method == "POST"
    if posted and carried_out(form, lambda: actions.log_watch_entry(actor, watch, **form.cleaned_data)) is not None:
        return redirect("watch:desk")
    context = {
        "since": since,
        "form": form,
        **_log(request, watch),
        **_brief(request, watch),
        "marking": marking(watch.level),
    }
    return render(request, "watch/desk.html", context, status=422 if form.errors else 200)


@require_POST
def begin_watch_page(request: Any) -> HttpResponse:
    """Begin the first watch of the desk."""
    actions.open_watch(request.actor, None)
    return redirect("watch:desk")


@require_GET
def log_pane(request: Any) -> HttpResponse:
    """The entries alone, for the stream to renew."""
    return render(request, "watch/_log.html", _log(request, _duty(request)))


@require_GET
def brief_pane(request: Any) -> HttpResponse:
    """Open items and what is late alone."""
    return render(request, "watch/_brief.html", _brief(request, _duty(request)))


def _duty(request: Any) -> Watch:
    watch = queries.on_duty(request.actor)
    if watch is None:
        raise Refused("not-visible")
    return watch


def _log(request: Any, watch: Watch) -> dict[str, Any]:
    rows = list(queries.entries(request.actor, watch).order_by("-serial")[:NEWEST])
    return {"watch": watch, "lines": _lines(request.actor, rows), "more": watch.last_serial > NEWEST}


def _lines(actor: Any, rows: list[Any]) -> list[dict[str, Any]]:
    """Entries with what belongs to them: links that the reader sees, the correction, the entry that closed it."""
    links, corrected, closed = queries.links_of(actor, rows), queries.corrected(rows), queries.closed_by(rows)
    return [
        {
            "it": row,
            "category": vocabulary.label_of("watch_category", row.category),
            "channel": vocabulary.label_of("watch_channel", row.channel) if row.channel else "",
            "links": links[row.pk],
            "corrected": corrected.get(row.pk),
            "closed": closed.get(row.pk),
        }
        for row in rows
    ]


def _brief(request: Any, watch: Watch) -> dict[str, Any]:
    now, headings = timezone.now(), brief.headings()
    found = brief.list_brief_rows(request.actor, now)
    return {
        "watch": watch,
        "now": now,
        "open_items": queries.open_items(request.actor, watch.owner_id),
        "lists": [(name, headings[name], found[name]) for name in headings if name in found],
        "offers": verbs.buttons(request.actor, watch),
    }


@require_GET
def watches(request: Any) -> HttpResponse:
    """Watches of the desk, newest first."""
    try:
        rows, older, newer = pagination.cut(queries.watches(request.actor), request.GET, PAGE)
    except ValidationError as wrong:
        raise Refused("not-visible") from wrong
    context = {
        "rows": rows,
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "marking": marking(max((row.level for row in rows), default=0)),
    }
    return render(request, "watch/watches.html", context)


@require_GET
def watch(request: Any, pk: Any) -> HttpResponse:
    """A watch with all its entries, `?q=` words, its hand-over, and whether the chain holds."""
    actor = request.actor
    row = verbs.find(actor, pk)
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    every = list(queries.entries(actor, row).order_by("-serial")[:LONGEST])
    shown = list(queries.worded(queries.entries(actor, row), words).order_by("-serial")[:LONGEST]) if words else every
    note_read(request, "watch.read", row)
    context = {
        "watch": row,
        "title": titles.watch(row.officer.full_name, row.opened_at, actor.time_zone),
        "words": words,
        "lines": _lines(actor, shown),
        "checked": queries.check_watch_entries(row, every),
        "handed": queries.handover(actor, row),
        "headings": brief.headings(),
        "offers": verbs.buttons(actor, row),
        "marking": marking(row.level),
    }
    return render(request, "watch/watch.html", context)


@require_GET
def file(request: Any, pk: Any) -> HttpResponse:
    """A watch as a PDF, marked with who took it."""
    actor = request.actor
    row = verbs.find(actor, pk)
    entries = list(queries.entries(actor, row).order_by("serial")[:LONGEST])
    document = printed_documents.watch(
        row, entries, queries.handover(actor, row), queries.check_watch_entries(row, entries)
    )
    note_read(request, "watch.print", row)
    copy = watermarked(document, actor.person, timezone.now(), holder=actor.desk_code)
    return as_copy(to_pdf(copy), "pdf", row.number, marking(row.level))


@require_http_methods(["GET", "POST"])
def refer(request: Any, pk: Any, entry: Any) -> HttpResponse:
    """Write an entry that corrects another, or with `?done=1` says that it is done."""
    actor = request.actor
    row = verbs.find(actor, pk)
    one = queries.find_log_entry(actor, entry)
    duty = queries.on_duty(actor)
    if one is None or one.watch_id != row.pk or duty is None:
        raise Refused("not-visible")
    column = "closes" if request.GET.get("done") == "1" else "corrects"
    spec = REGISTRY["watch.log"]
    initial = {column: one.pk, "category": one.category, "text": "" if column == "closes" else one.text}
    return answer_form(
        request,
        spec,
        duty,
        "watch/refer.html",
        lambda _done: reverse("watch:desk"),
        initial=initial,
        run=lambda **fields: actions.log_watch_entry(actor, duty, **fields),
        heading=pgettext_lazy("words, watch", "Outcome") if column == "closes" else _("Correct an entry"),
        title=duty,
        entry=one,
        version=None,
        back=reverse("watch:desk"),
        marking=marking(row.level),
    )
