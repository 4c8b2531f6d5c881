"""Pages of search: results, saved searches and subscriptions, and the log for a party's oversight."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.declared_actions import REGISTRY
from apps.access.forms import carried_out, form_for, posted_version
from apps.access.marking import OFFICIAL, Banner, of
from apps.access.marking import marked as marked_as
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.search import actions
from apps.search.lists import TITLES, Searches, told_filters, value_in_words
from apps.search.models import Asked, SavedSearch
from apps.search.queries import kinds
from apps.search.queries import results as results_queries
from apps.search.queries import saved as queries
from apps.search.rules.highlights import marked
from apps.search.rules.question import FILTERS, SORTS, Question, read_question


@require_GET
def results(request: Any) -> HttpResponse:
    """What fits the words and filters of the address, as far as the seat may see it; each search is noted."""
    actor = request.actor
    try:
        question = read_question(request.GET)
    except ValidationError as wrong:
        words = request.GET.get("q", "").strip()[:300]
        context = {
            "question": Question(words),
            "wrong": wrong.messages,
            "found": results_queries.Found(),
            "marking": OFFICIAL,
        }
        return render(request, "search/results.html", context, status=422)
    found = results_queries.find(actor, question)
    if not question.empty:
        actions.asked(actor, question, found, found.hits)
    if found.persons:
        # criteria name persons: the trail says that a search was made and how much it showed
        note_read(request, "traveller.search", Asked, rows=found.count)
    context = {
        "question": question,
        "found": found,
        "rows": [{"it": hit, "title": marked(hit.title, question.plain)} for hit in found.hits],
        "kinds": [{"it": one, "url": question.address(kind=one.value)} for one in found.by_kind],
        "all": sum(one.count for one in found.by_kind),
        "all_more": any(one.more for one in found.by_kind),
        "all_url": question.address(kind=""),
        "facets": _facets(question, found),
        "chosen": _chosen(question),
        "newer": f"{question.address()}&page={question.page - 1}" if question.page > 1 else None,
        "older": f"{question.address()}&page={question.page + 1}" if question.page < found.pages else None,
        "save": f"{reverse('search:saved_new')}{question.address()}",
        "follow": _followed(question),
        "hidden": [(name, question.filters[name]) for name in FILTERS if name in question.filters],
        "sorts": SORTS,
        "marking": marking(found),
    }
    return render(request, "search/results.html", context)


def marking(found: results_queries.Found) -> Banner:
    """The banner: the highest marking of anything shown, the narrowest TLP, every limit of use."""
    banner = of(*(hit.mark for hit in found.hits))
    return banner if banner["level"] or banner["label"] else OFFICIAL


def _facets(question: Question, found: results_queries.Found) -> list[dict[str, Any]]:
    """Each facet with its values as links: a further click on a chosen one leaves it out."""
    return [
        {
            "code": facet,
            "title": TITLES[facet],
            "choices": [
                {"it": one, "url": question.address(**{facet: "" if one.chosen else one.value})} for one in choices
            ],
        }
        for facet, choices in found.facets.items()
    ]


def _chosen(question: Question) -> list[dict[str, str]]:
    """Filters in force, each with the address without it."""
    return [
        {
            "title": str(TITLES[name]),
            "value": value_in_words(name, value),
            "url": question.address(**{name: ""}),
        }
        for name, value in told_filters(question.filters)
    ]


def _followed(question: Question) -> str:
    """What could be followed with one click: the category, place or party that is asked for without words."""
    if question.words:
        return ""
    names = [name for name in actions.FOLLOWED if name in question.filters]
    values = [question.filters[name] for name in names]
    return ", ".join(value_in_words(name, one) for name, one in zip(names, values, strict=True))


@require_GET
@marked_as(OFFICIAL)
def saved(request: Any) -> HttpResponse:
    """One's own saved searches and subscriptions, and a form to follow something."""
    rows = list(queries.kept(request.actor))
    context = {
        "searches": [_line(row) for row in rows if not row.subscription],
        "subscriptions": [_line(row) for row in rows if row.subscription],
        "categories": sorted(kinds.labels_of("category").items(), key=lambda one: str(one[1])),
    }
    return render(request, "search/saved.html", context)


def _line(row: SavedSearch) -> dict[str, Any]:
    question = row.question
    return {"it": row, "url": f"{reverse('search')}{question.address()}", "chosen": _chosen(question)}


@require_http_methods(["GET", "POST"])
@marked_as(OFFICIAL)
def saved_new(request: Any) -> HttpResponse:
    """Keep the question of the address under a name; a subscription names itself after what it follows."""
    form_class = form_for(REGISTRY["saved_search.save"])
    if request.method == "GET":
        given = {name: request.GET.get(name, "") for name in ("q", *FILTERS)}
        form = form_class(initial={**given, "name": given["q"][:80], "alerts": "off"}, actor=request.actor)
        return render(request, "search/saved_edit.html", {"form": form, "row": None})
    data = request.POST.copy()
    if data.get("follow") and not data.get("name"):
        data["name"] = _name_of(data)
    form = form_class(data, actor=request.actor)
    made = carried_out(form, lambda: actions.save_saved_search(request.actor, None, **_given(form)))
    if made is None:
        return render(request, "search/saved_edit.html", {"form": form, "row": None}, status=422)
    return redirect("search:saved")


def _name_of(data: Any) -> str:
    question = Question("", {name: data[name].strip() for name in actions.FOLLOWED if data.get(name, "").strip()})
    return pgettext("words, search", "Follow %(what)s") % {"what": _followed(question)} if question.filters else ""


def _given(form: Any) -> dict[str, str]:
    return {name: value for name, value in form.cleaned_data.items() if value or name in {"name", "q"}}


@require_GET
def saved_one(request: Any, pk: Any) -> HttpResponse:
    """What a saved search has told of, as far as the seat still sees it."""
    row = _own(request, pk)
    found = queries.told(request.actor, row)
    words = row.question.plain
    context = {
        "row": row,
        "line": _line(row),
        "found": found,
        "rows": [{"it": hit, "title": marked(hit.title, words)} for hit in found.hits],
        "marking": marking(found),
    }
    return render(request, "search/saved_one.html", context)


@require_http_methods(["GET", "POST"])
@marked_as(OFFICIAL)
def saved_change(request: Any, pk: Any) -> HttpResponse:
    """Another name, other words, other alerts."""
    row = _own(request, pk)
    form_class = form_for(REGISTRY["saved_search.change"])
    if request.method == "GET":
        initial = {"name": row.name, "alerts": row.alerts, "q": row.words, **row.filters}
        form = form_class(initial=initial, actor=request.actor, row=row)
        return render(request, "search/saved_edit.html", {"form": form, "row": row})
    form = form_class(request.POST, actor=request.actor, row=row)
    act = lambda: actions.change_saved_search(request.actor, row, version=posted_version(request), **_given(form))  # noqa: E731
    if carried_out(form, act) is None:
        return render(request, "search/saved_edit.html", {"form": form, "row": row}, status=422)
    return redirect("search:saved")


@require_POST
def saved_remove(request: Any, pk: Any) -> HttpResponse:
    """Delete one."""
    actions.remove_saved_search(request.actor, _own(request, pk), version=posted_version(request))
    return redirect("search:saved")


def _own(request: Any, pk: Any) -> SavedSearch:
    row: SavedSearch = visible_or_404(queries.kept(request.actor), request.actor, pk)
    return row


@require_GET
def log(request: Any) -> HttpResponse:
    """What people of one's own party searched, newest first."""
    return Searches(request).answer()
