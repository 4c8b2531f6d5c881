"""Benchmark `pages`: lists and details as a busy desk, a State's desk and a sparse desk see them."""

from typing import Any

from django.urls import reverse

from apps.journeys.models import Journey, Traveller
from apps.jrcc.models import Hit
from apps.manifests.models import Submission
from apps.people.models import Seat, User
from apps.people.queries import actor_for
from bench import plan, world
from bench.measure import signed_in, timed
from bench.scratch import analyse, scratch_portal

OF_PLAN = ("ms_p50", "ms_p95", "db_ms_p50", "queries", "bytes")
WORST = ("db_ms_p50", "db_ms_p95", "execution_ms_p50", "ms_p95")
DESKS = {"watch": "jrcc.watch.officer", "state": "brb.border.officer", "carrier": "7t.carrier.agent"}
KEEPER = "impacs.secretariat.manager"
LISTS = [
    *[("watch", "jrcc:journeys"), ("watch", "jrcc:hits"), ("watch", "jrcc:submissions"), ("watch", "jrcc:floor")],
    *[("state", "jrcc:journeys"), ("state", "jrcc:hits"), ("state", "jrcc:floor"), ("carrier", "jrcc:submissions")],
    *[("watch", "api:jrcc-travellers-list"), ("state", "api:jrcc-travellers-list"), ("state", "api:jrcc-hits-list")],
]
DETAILS = [
    *[("watch", "jrcc:journey", Journey), ("watch", "jrcc:hit", Hit), ("state", "jrcc:hit", Hit)],
    *[("state", "jrcc:journey", Journey), ("state", "jrcc:traveller", Traveller)],
    *[("carrier", "jrcc:submission", Submission), ("state", "api:jrcc-hits-detail", Hit)],
]
STATE_ACTIONS, TASKS = 10_000, 2_000
"""In the plan: issue 4, Speed."""
PLAN = {"matrix": "impacs:matrix", "timeline": "impacs:timeline"}


def run(*, travellers: int, rounds: int) -> dict[str, Any]:
    """Figures of every page, and the worst of lists and of details."""
    with scratch_portal():
        counts = world.build(travellers) | plan.build(STATE_ACTIONS, TASKS)
        analyse()
        clients = {desk: signed_in(name) for desk, name in DESKS.items()}
        lists = {f"{d} {name}": timed(clients[d], reverse(name), rounds).figures() for d, name in LISTS}
        details = {
            f"{d} {name}": timed(clients[d], reverse(name, args=[_one(model, d)]), rounds).figures()
            for d, name, model in DETAILS
        }
        keeper = signed_in(KEEPER)
        planned = {name: timed(keeper, reverse(place), rounds).figures() for name, place in PLAN.items()}
    return {
        **counts,
        "states": len(world.PORTS),
        **{f"list_{name}": max(page[name] for page in lists.values()) for name in WORST},
        **{f"detail_{n}": max(page[n] for page in details.values()) for n in WORST},
        "page_ms_p95": max(page["ms_p95"] for page in [*lists.values(), *details.values()]),
        "queries_most": max(page["queries"] for page in [*lists.values(), *details.values()]),
        **{f"{name}_{figure}": page[figure] for name, page in planned.items() for figure in OF_PLAN},
        "lists": lists,
        "details": details,
    }


def _one(model: Any, desk: str) -> Any:
    user = User.objects.get(username=DESKS[desk])
    actor = actor_for(user, Seat.objects.filter(user=user, state="current").values_list("pk", flat=True)[0])
    rows = model.objects.visible_to(actor).order_by("-pk")
    return rows.values_list("pk", flat=True)[10]
