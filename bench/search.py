"""Benchmark `search`: words, numbers, lists of reports and pages of persons, as several seats ask for them."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from apps.rifc.models import Report
from apps.search.queries import results
from apps.search.rules.question import read_question
from bench import lists, sharing
from bench.lists import SEATS
from bench.measure import signed_in, timed
from bench.scratch import analyse, scratch_portal

PAGES = ("thing", "chart", "when")
UNSEEN = {"q": "+1 868 9999999"}


def asked() -> dict[str, dict[str, str]]:
    """What is searched: a rare word, a common one, three, and so on."""
    words = sharing.vocabulary()
    return {
        "rare": {"q": sharing.RARE},
        "common": {"q": words[1]},
        "three_words": {"q": " ".join(words[place] for place in (2, 5, 9))},
        "phrase": {"q": f'"{words[0]} {words[1]}"'},
        "filtered": {"q": words[3], "category": "firearms", "tlp": "AMBER"},
        "newest": {"q": words[1], "sort": "newest"},
        "person": {"q": "Pelican"},
    }


def run(*, reports: int, rounds: int) -> dict[str, Any]:
    """Medians and 95th percentiles by question and seat; lists by box and seat, the statement of the list alone.

    The rounds of a page are shared out among the seats.
    """
    with scratch_portal():
        counts = sharing.build(reports)
        analyse()
        searches, entities, visible = {}, {}, {}
        boxes: dict[str, dict[str, float]] = {}
        each = max(5, rounds // len(SEATS))
        for name in SEATS:
            actor, client = lists.actor(name), signed_in(name)
            visible[name] = Report.objects.visible_to(actor).count()
            for what, params in asked().items():
                place = f"{reverse('search')}?{urlencode(params)}"
                searches[f"{name} {what}"] = timed(client, place, each).figures()
            for page in PAGES:
                place = reverse(f"entities:{page}", args=[sharing.CENTRE])
                entities[f"{name} {page}"] = timed(client, place, each).figures()
            boxes |= lists.statements(name, actor, rounds)
        hidden = _hidden(lists.actor(SEATS[1]), rounds)
    by_question = {
        f"search_{what}_ms_p95": max(one["ms_p95"] for key, one in searches.items() if key.endswith(f" {what}"))
        for what in asked()
    }
    by_page = {
        f"entity_{page}_ms_p95": max(one["ms_p95"] for key, one in entities.items() if key.endswith(f" {page}"))
        for page in PAGES
    }
    found = {"visible": visible, "searches": searches, "entities": entities, "lists": boxes}
    return {**counts, **by_question, **by_page, **lists.worst(boxes), **hidden, **found}


def _hidden(actor: Any, rounds: int) -> dict[str, float]:
    """Medians of a search for a number that only hidden reports hold, and for one that none holds."""
    seen = Report.objects.visible_to(actor).values("pk")
    hidden: Any = Report.objects.exclude(pk__in=seen).order_by("pk").first()
    number = {"q": hidden.words.rpartition("Call ")[2]}
    times = {}
    for name, params in (("hidden", number), ("absent", UNSEEN)):
        question = read_question(params)
        if results.find(actor, question).count:
            raise RuntimeError(f"{name}: something was found")
        times[f"identifier_{name}_ms_p50"] = lists.statement(partial(results.find, actor, question), rounds)[
            "execution_ms_p50"
        ]
    return times
