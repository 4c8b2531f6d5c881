"""The intake at work: how much comes, how much waits and since when, what has failed and why, and trying again."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Case, Count, When
from django.db.models.functions import TruncHour
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from apps.access.marking import OFFICIAL, marked
from apps.carriers.models import CarrierMail
from apps.jrcc.actions import operations as actions
from apps.jrcc.models import Retry
from apps.jrcc.queries import hits
from apps.manifests.models import Submission

HOURS = 24
BAR, GAP, TALLEST, GROUND = 20, 6, 100, 116
RETRIES = 20
MAILS, MAIL_DAYS = 50, 14
LOST = (CarrierMail.State.FAILED, CarrierMail.State.BOUNCED)


@require_GET
@marked(OFFICIAL)
def operations(request: Any) -> HttpResponse:
    """The last day by the hour, the queue by kind of work, and every failure with its cause."""
    now = timezone.now()
    first = now.replace(minute=0, second=0, microsecond=0) - datetime.timedelta(hours=HOURS - 1)
    came = Submission.objects.visible_to(request.actor).filter(created_at__gte=first).order_by()
    lists = dict(came.values_list(TruncHour("created_at")).annotate(n=Count("pk")))
    grades = dict(came.values_list("grade").annotate(n=Count("pk")))
    mails = list(
        CarrierMail.objects.visible_to(request.actor)
        .select_related("contact")
        .filter(at__gte=now - datetime.timedelta(days=MAIL_DAYS))
        .order_by(Case(When(state__in=LOST, then=0), default=1), "-pk")[:200]
    )
    queue, done = hits.work_by_topic(), hits.done_by_hour(first)
    context = {
        "now": now,
        "bars": _bars(first, lists, done),
        "width": HOURS * (BAR + GAP),
        "ground": GROUND,
        "wide": BAR,
        "lists": sum(lists.values()),
        "unread": grades.get("", 0),
        "unreadable": grades.get("unreadable", 0),
        "queue": queue,
        "waiting": sum(row["waiting"] for row in queue),
        "oldest": min((row["oldest"] for row in queue if row["waiting"]), default=None),
        "dead": sum(row["dead"] for row in queue),
        "failed": hits.failed_work(),
        "mails": mails[:MAILS],
        "mails_lost": sum(mail.state in LOST for mail in mails),
        "retries": Retry.objects.visible_to(request.actor).order_by("-pk")[:RETRIES],
    }
    return render(request, "jrcc/operations.html", context)


def _bars(first: datetime.datetime, lists: dict[Any, int], done: dict[Any, int]) -> list[dict[str, Any]]:
    """Lists received by the hour as bars of an SVG, each with its hour, number and the work done in it."""
    most = max(lists.values(), default=0) or 1
    bars = []
    for n in range(HOURS):
        hour = first + datetime.timedelta(hours=n)
        count = lists.get(hour, 0)
        high = round(TALLEST * count / most)
        bars.append(
            {
                "hour": hour,
                "lists": count,
                "done": done.get(hour, 0),
                "x": n * (BAR + GAP),
                "high": high,
                "y": GROUND - high,
                "label": f"{hour:%H}" if n % 3 == 0 else "",
            }
        )
    return bars


@require_POST
def retry(request: Any, work: int) -> HttpResponse:
    """Have one piece of failed work done again."""
    try:
        made = actions.retry_work(request.actor, None, dispatch=work)
    except ValidationError as gone:
        messages.warning(request, " ".join(gone.messages))
    else:
        messages.success(request, pgettext("words, jrcc", "Retrying %(topic)s.") % {"topic": made.topic})
    return redirect("jrcc:operations")
