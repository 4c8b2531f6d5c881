"""First steps: what a person new to a desk does once. The audit ticks it off; the rail names it until all is done."""

import contextlib
import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Min
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.access.actor import Actor
from apps.access.marking import OFFICIAL, marked
from apps.access.page_functions import is_work_of
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from caricom_portal.documentation import address_of
from caricom_portal.guides import guide_for
from caricom_portal.steps import Step, steps_for

KEPT_S = 30 * 24 * 3600
"""How long the rail remembers how far a person was; the page itself always looks anew."""


@dataclass(frozen=True, slots=True)
class Line:
    """A step, when the person did it first (None: not yet), and whether it is the next one."""

    step: Step
    done_at: datetime.datetime | None
    is_next: bool

    @property
    def url(self) -> str:
        """The page where it is done."""
        return reverse(self.step.view)


def find_progress(actor: Actor) -> list[Line]:
    """The steps of a seat whose pages are its work, with what the person has done of them. One query."""
    steps = [step for step in steps_for(actor.function, actor.desk_code) if is_work_of(step.view, actor)]
    first = _first_times(actor, frozenset().union(*(step.verbs for step in steps)))
    times = [min((first[verb] for verb in step.verbs if verb in first), default=None) for step in steps]
    following = next((place for place, at in enumerate(times) if at is None), -1)
    return [Line(step, at, place == following) for place, (step, at) in enumerate(zip(steps, times, strict=True))]


def _first_times(actor: Actor, verbs: Iterable[str]) -> dict[str, datetime.datetime]:
    done = (AuditRecord.Outcome.DONE, AuditRecord.Outcome.READ)
    rows = AuditRecord.objects.visible_to(actor).filter(user_id=actor.user_id, verb__in=verbs, outcome__in=done)
    return dict(rows.values_list("verb").annotate(Min("at")))


def remembered_progress(actor: Actor) -> tuple[int, int] | None:
    """(how many steps are done, of how many) as the person last saw it; None where they never looked. No query."""
    with contextlib.suppress(Exception):  # without a cache the rail names the page without its figures
        found: tuple[int, int] | None = cache.get(_key(actor))
        return found
    return None


def _key(actor: Actor) -> str:
    return f"first_steps:{actor.seat_id}"


@require_safe
@marked(OFFICIAL)
def first_steps(request: Any) -> HttpResponse:
    """The five steps of the seat's function; not there for a function that has none."""
    lines = find_progress(request.actor) if request.actor else []
    if not lines:
        raise Refused("not-visible")
    done = sum(line.done_at is not None for line in lines)
    with contextlib.suppress(Exception):
        cache.set(_key(request.actor), (done, len(lines)), KEPT_S)
    actor = request.actor
    guide = guide_for(actor.function, actor.desk_code)
    page = address_of(guide.name) if guide else ""
    return render(request, "first_steps.html", {"lines": lines, "done": done, "guide": guide, "guide_page": page})
