"""Benchmark `search`: words, numbers, lists of reports and pages of persons, as several seats ask for them."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.urls import reverse

from apps.access import paging
from apps.people.models import Seat, User
from apps.people.queries import actor_for
from apps.rifc.models import Report
from apps.rifc.queries import reports as queries
from apps.search.queries import finding
from apps.search.question import read
from caricom_portal.bench import sharing
from caricom_portal.bench.measure import Listener, inside, quantile, signed_in, timed
from caricom_portal.bench.scratch import analyse, scratch_database

SEATS = ("jam.contact.officer", "tto.customs.officer", "brb.intelligence.head", "rifc.watch.officer")
PAGES = ("thing", "chart", "when")
BOXES = ("inbox", "community", "sent")
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
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with (
        override_settings(
            ALLOWED_HOSTS=["testserver"], STORAGES=settings.STORAGES | plain, REQUIRE_SECOND_FACTOR=False
        ),
        scratch_database(),
    ):
        counts = sharing.build(reports)
        analyse()
        searches, entities, lists, visible = {}, {}, {}, {}
        each = max(5, rounds // len(SEATS))
        for name in SEATS:
            actor, client = _actor(name), signed_in(name)
            visible[name] = Report.objects.visible_to(actor).count()
            for what, params in asked().items():
                place = f"{reverse('search')}?{urlencode(params)}"
                searches[f"{name} {what}"] = timed(client, place, each).figures()
            for page in PAGES:
                place = reverse(f"entities:{page}", args=[sharing.CENTRE])
                entities[f"{name} {page}"] = timed(client, place, each).figures()
            for box in BOXES:
                lists[f"{name} {box}"] = _statement(partial(_list, actor, box), rounds)
        hidden = _hidden(_actor(SEATS[1]), rounds)
    by_question = {
        f"search_{what}_ms_p95": max(one["ms_p95"] for key, one in searches.items() if key.endswith(f" {what}"))
        for what in asked()
    }
    by_box = {
        f"list_{box}_execution_ms_p95": max(v["execution_ms_p95"] for k, v in lists.items() if k.endswith(f" {box}"))
        for box in BOXES
    }
    by_page = {
        f"entity_{page}_ms_p95": max(one["ms_p95"] for key, one in entities.items() if key.endswith(f" {page}"))
        for page in PAGES
    }
    found = {"visible": visible, "searches": searches, "entities": entities, "lists": lists}
    return {**counts, **by_question, **by_page, **by_box, **hidden, **found}


def _actor(name: str) -> Any:
    user = User.objects.get(username=name)
    return actor_for(user, Seat.objects.filter(user=user, state="current").values_list("pk", flat=True)[0])


def _list(actor: Any, box: str) -> None:
    paging.cut(queries.boxed(queries.rows(actor), box, actor), {}, paging.USUAL)


def _statement(ask: Callable[[], Any], rounds: int) -> dict[str, float]:
    """Execution time of the statements that something asks, without planning."""
    listener = Listener()
    with connection.execute_wrapper(listener):
        ask()
    times = [inside(listener.statements) for _round in range(rounds)]
    return {
        "execution_ms_p50": quantile([execution for _planning, execution in times], 0.5),
        "execution_ms_p95": quantile([execution for _planning, execution in times], 0.95),
        "planning_ms_p50": quantile([planning for planning, _execution in times], 0.5),
    }


def _hidden(actor: Any, rounds: int) -> dict[str, float]:
    """Medians of a search for a number that only hidden reports hold, and for one that none holds."""
    seen = Report.objects.visible_to(actor).values("pk")
    hidden: Any = Report.objects.exclude(pk__in=seen).order_by("pk").first()
    number = {"q": hidden.words.rpartition("Call ")[2]}
    times = {}
    for name, params in (("hidden", number), ("absent", UNSEEN)):
        question = read(params)
        if finding.find(actor, question).count:
            raise RuntimeError(f"{name}: something was found")
        times[f"identifier_{name}_ms_p50"] = _statement(partial(finding.find, actor, question), rounds)[
            "execution_ms_p50"
        ]
    return times
