"""What waits at the Secretariat's desk, in groups with their figures: one question for all of them."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Count, F, IntegerField, OuterRef, Q, Subquery, Value, Window
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.council.models import (
    AgendaItem,
    Circulation,
    Decision,
    Delegation,
    Paper,
    PaperVersion,
    Statement,
    Translation,
    WrittenProcedure,
)
from apps.council.queries.meetings import COMING, RUNNING
from apps.council.queries.open_answers import REASONS_WITHIN, recommended_lately

SHOWN = 10
COLUMNS = ("what", "pk_", "called", "more", "day", "total")
IN_THE_HOUSE = (Paper.State.SUBMITTED, Paper.State.IN_CLEARANCE)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One record that waits."""

    title: str
    detail: str
    url: str
    day: datetime.date | None


@dataclass(slots=True)
class Group:
    """Records of one kind that wait: the first of them, how many there are, what their day is, where the rest are."""

    name: str
    title: Any
    icon: str
    day_is: Any
    rest: str
    total: int = 0
    rows: list[Waiting] = field(default_factory=list)


def _groups() -> dict[str, Group]:
    meetings, papers, decisions = reverse("council:meetings"), reverse("council:papers"), reverse("council:decisions")
    listed = [
        Group(
            "proposals",
            later("Proposals for the agenda"),
            "list",
            pgettext_lazy("navigation, council", "agenda closes"),
            meetings,
        ),
        Group(
            "late",
            pgettext_lazy("navigation, council", "Overdue papers"),
            "alert",
            pgettext_lazy("navigation, council", "due"),
            papers,
        ),
        Group(
            "papers",
            later("Papers to clear and issue"),
            "file-text",
            pgettext_lazy("navigation, council", "due"),
            f"{papers}?state=submitted",
        ),
        Group(
            "credentials",
            pgettext_lazy("navigation, council", "Credentials missing"),
            "signature",
            pgettext_lazy("navigation, council", "opening"),
            meetings,
        ),
        Group(
            "receipts",
            pgettext_lazy("navigation, council", "Receipts missing"),
            "phone",
            pgettext_lazy("navigation, council", "sent"),
            reverse("council:procedures"),
        ),
        Group(
            "unsealed",
            later("Adopted, to be sealed"),
            "lock",
            pgettext_lazy("navigation, council", "adopted"),
            f"{decisions}?state=adopted",
        ),
        Group(
            "translations",
            later("Translations out of date"),
            "globe",
            pgettext_lazy("navigation, council", "written"),
            reverse("people:desk"),
        ),
        Group(
            "reasons",
            pgettext_lazy("navigation, council", "Reasons awaited"),
            "message",
            pgettext_lazy("navigation, council", "until"),
            f"{decisions}?kind=recommendation",
        ),
    ]
    return {group.name: group for group in listed}


def desk(actor: Actor) -> list[Group]:
    """Every group, those with nothing in them too, each with its first 10 records by their day. One query."""
    groups = _groups()
    first, *others = (_columns(name, rows) for name, rows in _waiting(actor).items())
    for row in first.union(*others, all=True):
        name, pk, called, more, day, total = row
        group = groups[name]
        group.total = total
        until = day + REASONS_WITHIN if name == "reasons" else day
        group.rows.append(Waiting(called, _detail(name, more), _url(name, pk, more), until))
    return list(groups.values())


def _waiting(actor: Actor) -> dict[str, Any]:
    """{group: its rows with `called`, `more`, `day` and the key of the page}."""
    today = timezone.now().date()
    papers = Paper.objects.visible_to(actor).filter(state__in=IN_THE_HOUSE)
    told = {"called": Coalesce("number", "title"), "more": F("title"), "day": F("meeting__papers_deadline")}
    own = {"pk_": F("pk")}
    coming = Q(meeting__state__in=[*COMING, *RUNNING])
    return {
        "proposals": AgendaItem.objects.visible_to(actor)
        .filter(state=AgendaItem.State.PROPOSED)
        .annotate(called=F("title"), more=F("originator__short_name"), day=F("meeting__agenda_deadline"), **own),
        "late": papers.filter(coming, meeting__papers_deadline__lt=today).annotate(**told, **own),
        "papers": papers.annotate(**told, **own),
        "credentials": Delegation.objects.visible_to(actor)
        .filter(coming, credentials__in=["missing", "refused"])
        .exclude(answer=Delegation.Answer.DECLINED)
        .annotate(
            called=F("party__short_name"), more=F("answer"), day=TruncDate("meeting__starts_at"), pk_=F("meeting_id")
        ),
        "receipts": _receipts(actor),
        "unsealed": Decision.objects.visible_to(actor)
        .filter(state=Decision.State.ADOPTED)
        .annotate(called=F("title"), more=F("working_no"), day=F("adopted_on"), **own),
        "translations": _translations(actor),
        "reasons": _reasons(actor),
    }


def _receipts(actor: Actor) -> Any:
    open_ = [WrittenProcedure.State.DISPATCHED]
    rows = Circulation.objects.visible_to(actor).filter(receipt_at=None, procedure__state__in=open_)
    return rows.annotate(
        called=F("party__short_name"), more=F("procedure__reference"), day=TruncDate("sent_at"), pk_=F("procedure_id")
    )


def _translations(actor: Actor) -> Any:
    current = PaperVersion.objects.filter(paper=OuterRef("paper"), number=OuterRef("paper__current"))
    rows = Translation.objects.visible_to(actor).filter(paper__state=Paper.State.ISSUED)
    stale = rows.exclude(source_hash=Subquery(current.values("sha256")[:1]))
    return stale.annotate(called=F("title"), more=F("language"), day=TruncDate("at"), pk_=F("paper_id"))


def _reasons(actor: Actor) -> Any:
    """Recommendations of the last six months, with how many States have given reasons."""
    given = Statement.objects.visible_to(actor).filter(decision=OuterRef("pk"), kind=Statement.Kind.REASONS)
    counted = given.order_by().values("decision").annotate(n=Count("party", distinct=True)).values("n")
    rows = Decision.objects.visible_to(actor).filter(recommended_lately())
    return rows.annotate(
        called=F("title"),
        more=Cast(Coalesce(Subquery(counted, output_field=IntegerField()), 0), CharField()),
        day=F("adopted_on"),
        pk_=F("pk"),
    )


def _columns(name: str, rows: Any) -> Any:
    shown = rows.annotate(
        what=Value(name, output_field=CharField()), total=Window(Count("pk"), output_field=IntegerField())
    )
    return shown.order_by(F("day").asc(nulls_last=True), "pk").values_list(*COLUMNS)[:SHOWN]


def _detail(name: str, more: str) -> str:
    if name == "credentials":
        return (
            pgettext("words, council", "attends")
            if more == Delegation.Answer.ACCEPTED
            else _("has not answered the invitation")
        )
    if name == "reasons":
        return ngettext("%(n)s State has given reasons", "%(n)s States have given reasons", int(more)) % {"n": more}
    return more.upper() if name == "translations" else more


def _url(name: str, pk: Any, more: str) -> str:
    pages = {"proposals": "item", "late": "paper", "papers": "paper", "credentials": "meeting", "receipts": "procedure"}
    if name == "translations":
        return f"{reverse('council:paper_translate', args=[pk])}?language={more}"
    return reverse(f"council:{pages.get(name, 'decision')}", args=[pk])
