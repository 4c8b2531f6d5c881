"""Papers as pages and API ask for them: lists, texts, translations, clearances, and what can be chosen."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import CharField, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce, Now
from django.utils import timezone

from apps.access.actor import WORKS, Actor
from apps.audit.models import AuditRecord
from apps.council.managers import COUNCIL_FUNCTIONS
from apps.council.models import (
    AgendaItem,
    Clearance,
    Decision,
    Meeting,
    Organ,
    Paper,
    PaperComment,
    PaperDeskGrant,
    PaperVersion,
    Translation,
)
from apps.council.papers import policy
from apps.council.queries import audience
from apps.council.queries.meetings import taken_part_in
from apps.files.models import Attachment
from apps.people.models import Desk

MOST_CHOICES, MOST_WAITING = 300, 50
OPENING = ("paper.read", "paper.download")
"""Verbs of the reading log that mean that somebody had the paper before them."""

TAKES_PAPERS = ("draft", "convened", "agenda_open", "agenda_closed", "in_session", "suspended", "adjourned")


def rows(actor: Actor | None, before: Any = None) -> Any:
    """Papers that the actor may see, with what a line of them shows."""
    seen = Paper.objects.visible_to(actor) if before is None else Paper.objects.visible_to(actor, before=before)
    return seen.select_related("organ", "meeting", "item", "originator", "owner", "supersedes")


def whole(actor: Actor) -> Any:
    """The same for one paper's page, with what takes its place and decisions of its item that are silent on money."""
    after = Paper.objects.visible_to(actor).filter(supersedes=OuterRef("pk")).order_by("-pk")
    return rows(actor).annotate(
        successor_id=Subquery(after.values("pk")[:1]),
        successor_number=Subquery(after.values("number")[:1]),
        silent=ArraySubquery(_silent_decisions(actor, OuterRef("item_id"))),
    )


def successor_id(actor: Actor, paper: Any) -> Any:
    """Key of the paper that takes the place of this one, None without."""
    return whole(actor).values_list("successor_id", flat=True).filter(pk=paper.pk).first()


def found(papers: Any, words: str) -> Any:
    """Those whose title or text has the words, or whose number begins with them where they have a stroke."""
    if "/" in words:
        return papers.filter(number__istartswith=words)
    if not words:
        return papers
    # the same expression as the index papers_by_words
    text = SearchVector("title", "words", config="english")
    return papers.annotate(text=text).filter(text=SearchQuery(words, config="english", search_type="websearch"))


def unread(papers: Any, actor: Actor) -> Any:
    """Issued papers of others that nobody of the actor's party has opened."""
    return papers.filter(_unread(actor))


def _unread(actor: Actor) -> Q:
    opened = AuditRecord.objects.filter(
        party=actor.party_code, object_type="council.paper", verb__in=OPENING, outcome=AuditRecord.Outcome.READ
    )
    this = opened.filter(object_id=Cast(OuterRef("pk"), CharField()))
    return Q(~Exists(this), ~Q(owner=actor.desk_id), state=Paper.State.ISSUED)


def unread_keys(actor: Actor, papers: Sequence[Any]) -> set[Any]:
    """Keys of those among loaded papers of others that the actor's party has still to open. One query."""
    issued = [paper.pk for paper in papers if paper.state == Paper.State.ISSUED]
    return set(unread(Paper.objects.visible_to(actor).filter(pk__in=issued), actor).values_list("pk", flat=True))


def meetings_with_papers(actor: Actor) -> list[tuple[str, str]]:
    """(key, name) of meetings that papers seen by the actor are for, the latest first."""
    used = Paper.objects.visible_to(actor).filter(meeting=OuterRef("pk"))
    seen = Meeting.objects.visible_to(actor).filter(Exists(used))
    return [(str(meeting.pk), meeting_name(meeting)) for meeting in seen.order_by("-starts_at")[:MOST_CHOICES]]


def texts(actor: Actor, paper: Any) -> list[Any]:
    """Versions that the actor may see of the paper and of the one that it supersedes, newest first, without bodies."""
    both = [pk for pk in (paper.pk, paper.supersedes_id) if pk]
    seen = PaperVersion.objects.visible_to(actor).filter(paper__in=both).defer("body").select_related("paper")
    return sorted(seen, key=lambda version: (version.paper_id == paper.pk, version.number), reverse=True)


def text(actor: Actor, paper: Any, key: str) -> Any:
    """A version by its number, or by its own key where it belongs to a superseded paper; None if unseen."""
    seen = PaperVersion.objects.visible_to(actor).select_related("paper")
    if key.isdecimal() and len(key) < 5:
        return seen.filter(paper=paper, number=int(key)).first()
    related = seen.filter(Q(paper=paper) | Q(paper=paper.supersedes_id) | Q(paper__number__startswith=_stem(paper)))
    try:
        return related.filter(pk=key).first()
    except (ValueError, TypeError):
        return None


def _stem(paper: Any) -> str:
    """How the numbers of a paper and of its revisions begin; what no number begins with for one without."""
    return stem(paper.number) if paper.number else "-"


def stem(number: str) -> str:
    """A number without Rev. and Corr."""
    return number.split("/Rev.")[0].split("/Corr.")[0]


def text_of_hash(actor: Actor, paper: Any, sha256: str) -> Any:
    """The text of this hash among the paper and those that it revises; None if the actor may not see it."""
    related = Q(paper=paper) | Q(paper=paper.supersedes_id) | Q(paper__number__startswith=_stem(paper))
    seen = PaperVersion.objects.visible_to(actor).filter(related, sha256=sha256)
    return seen.select_related("paper").order_by("pk").first()


def current_texts(actor: Actor, papers: Sequence[Any]) -> dict[Any, Any]:
    """{paper: its current version}. One query."""
    seen = PaperVersion.objects.visible_to(actor).filter(paper__in=papers)
    wanted = {paper.pk: paper.current for paper in papers}
    return {version.paper_id: version for version in seen if version.number == wanted[version.paper_id]}


def translations(actor: Actor, papers: Sequence[Any]) -> dict[Any, list[Any]]:
    """{paper: its translations by language}. One query."""
    lists: dict[Any, list[Any]] = {paper.pk: [] for paper in papers}
    for row in Translation.objects.visible_to(actor).filter(paper__in=papers).order_by("language"):
        lists[row.paper_id].append(row)
    return lists


def comments(actor: Actor, paper: Any) -> list[Any]:
    """What States and bodies said, oldest first, with their party."""
    if paper.issued_at is None:
        return []
    return list(PaperComment.objects.visible_to(actor).filter(paper=paper).select_related("party").order_by("pk"))


def files(paper: Any) -> list[Any]:
    """Current files of a paper, for the hash of its versions and for what takes its place."""
    rows = Attachment.objects.filter(object_type="council.paper", object_id=paper.pk, state=Attachment.State.CURRENT)
    return list(rows.select_related("blob").order_by("pk"))


def clearances(actor: Actor, paper: Any) -> list[Any]:
    """Who was asked to clear and what they said, until the issue: for author, Secretariat and clearers alone."""
    if paper.issued_at is not None or not policy.sees_drafting(actor, paper):
        return []
    asked = Clearance.objects.visible_to(actor).filter(paper=paper).select_related("desk__party")
    return list(asked.order_by("subject", "pk"))


def without_financial(actor: Actor, item_id: Any) -> list[str]:
    """Numbers of an item's decisions that say nothing about money. Revised Treaty, Article 27(5)."""
    return list(_silent_decisions(actor, item_id)) if item_id else []


def _silent_decisions(actor: Actor, item: Any) -> Any:
    silent = Decision.objects.visible_to(actor).filter(item=item, financial__isnull=True).exclude(state="withdrawn")
    named = silent.order_by("working_no").annotate(called=Coalesce("number", "working_no"))
    return named.values_list("called", flat=True)


def next_suffix(number: str, kind: str) -> str:
    """The number of the next revision or corrigendum of a paper: "CONSLE/2008/5/07/Rev.2"."""
    base = f"{stem(number)}/{kind}."
    return f"{base}{Paper.objects.filter(number__startswith=base).count() + 1}"


def organ_choices(actor: Actor | None) -> list[tuple[str, str]]:
    """(code, name) of organs, by name."""
    today = timezone.now().date()
    gone = Q(valid_to__lte=today)
    return list(Organ.objects.visible_to(actor).exclude(gone).order_by("name").values_list("code", "name"))


def meeting_choices(actor: Actor | None) -> list[tuple[str, str]]:
    """(key, name) of meetings that still take papers, the latest first."""
    seen = Meeting.objects.visible_to(actor).filter(state__in=TAKES_PAPERS)
    return [(str(meeting.pk), meeting_name(meeting)) for meeting in seen.order_by("-starts_at")[:MOST_CHOICES]]


def meeting_name(meeting: Any) -> str:
    """ "CONSLE, regular 5, 12 Feb 2008"."""
    day = meeting.starts_at.date()
    return f"{meeting.organ_id}, {meeting.get_kind_display().lower()} {meeting.number}, {day:%-d %b %Y}"


def item_choices(actor: Actor | None) -> list[tuple[str, str]]:
    """(key, name) of open items, by meeting and position."""
    seen = AgendaItem.objects.visible_to(actor).filter(state__in=AgendaItem.OPEN, meeting__state__in=TAKES_PAPERS)
    ordered = seen.select_related("meeting").order_by("-meeting__starts_at", "position", "pk")[:MOST_CHOICES]
    return [(str(item.pk), f"{item.meeting}: {item.position or '–'}. {item.title}") for item in ordered]


def desk_choices(actor: Actor | None) -> list[tuple[str, str]]:
    """(code, name) of desks that can open papers: bodies first, then the States' ministries."""
    seen = Desk.objects.visible_to(actor).filter(function__in=COUNCIL_FUNCTIONS - {"automation"})
    desks = sorted(seen.select_related("party", "function"), key=lambda desk: (desk.party.alpha2 != "", desk.code))
    return [(desk.code, f"{desk.party.short_name}, {desk.function.name}") for desk in desks]


def embargoes_over(actor: Actor, now: datetime.datetime) -> list[Any]:
    """Issued papers whose embargo has ended and which the delegations do not have yet."""
    held = Paper.objects.visible_to(actor).filter(state=Paper.State.ISSUED, shared_at=None, embargo_until__lte=now)
    return list(held.order_by("embargo_until", "pk"))


def is_restricted(paper: Any) -> bool:
    """Whether it belongs to an item of the Member States alone."""
    return paper.item is not None and paper.item.restricted


def delegations(paper: Any, day: datetime.date) -> list[int]:
    """Groups that an issued paper is for."""
    return audience.members(day) if is_restricted(paper) else audience.everybody(day)


def steps(paper: Any, held: set[int], wanted: set[int]) -> tuple[set[int], set[int]]:
    """(groups that should see an issued paper and do not, ministries that do and should not)."""
    rest = held - wanted - {paper.owner_id}
    ministries = Desk.objects.filter(pk__in=rest, function="ministry").values_list("pk", flat=True) if rest else []
    return wanted - held, set(ministries)


def out_of_step(actor: Actor, now: datetime.datetime) -> list[Any]:
    """Papers of meetings still to come whose readers are no longer those of the day, or of their item."""
    shared = Paper.objects.visible_to(actor).filter(state=Paper.State.ISSUED, shared_at__lte=now)
    coming = list(shared.filter(meeting__ends_at__gte=now).select_related("item"))
    held: dict[Any, set[int]] = {paper.pk: set() for paper in coming}
    grants = PaperDeskGrant.objects.filter(content_object__in=coming, until__gt=Now())
    for paper_id, group in grants.values_list("content_object_id", "group_id"):
        held[paper_id].add(group)
    wanted = {True: set(audience.members(now.date())), False: set(audience.everybody(now.date()))}
    return [paper for paper in coming if any(steps(paper, held[paper.pk], wanted[is_restricted(paper)]))]


def items_without_papers(actor: Actor, today: datetime.date) -> list[Any]:
    """Items to decide whose papers are due in 7 or 2 days or today: none handed in, and not reminded of today."""
    days = [today + datetime.timedelta(days=n) for n in (7, 2, 0)]
    items = AgendaItem.objects.visible_to(actor).filter(
        meeting__papers_deadline__in=days, kind=AgendaItem.Kind.DECISION, papers_waived=False, state__in=AgendaItem.OPEN
    )
    there = Paper.objects.filter(item__in=items).exclude(state__in=["draft", "returned", "withdrawn"])
    told = AuditRecord.objects.filter(verb="paper.miss", at__date=today, outcome=AuditRecord.Outcome.DONE)
    missing = items.exclude(pk__in=there.values("item_id")).order_by("pk")
    reminded = set(told.values_list("object_id", flat=True))
    return [item for item in missing if str(item.pk) not in reminded]


def waiting(actor: Actor) -> Any:
    """Papers that wait for the desk.

    Those to be cleared or revised, for the Secretariat to be sent to clearance when they were handed in; and, already
    issued, those of all coming meetings that nobody of a State has opened, which its ministry reads.
    """
    wanted = Q(pk__in=[])
    if actor.rank >= WORKS:
        wanted |= Q(state=Paper.State.IN_CLEARANCE, asked__contains=[actor.desk_id])
        wanted |= Q(state=Paper.State.RETURNED, owner=actor.desk_id)
    if actor.rank >= WORKS and actor.function == "secretariat":
        wanted |= Q(state=Paper.State.SUBMITTED)
    if actor.function == "ministry":
        wanted |= _of_coming_meetings(actor)
    return Paper.objects.visible_to(actor).filter(wanted)


def _of_coming_meetings(actor: Actor) -> Q:
    return Q(meeting__in=taken_part_in(actor).values("pk")) & _unread(actor)


def out_of_date(actor: Actor) -> Any:
    """Translations of issued papers whose text is another one by now."""
    current = PaperVersion.objects.filter(paper=OuterRef("paper"), number=OuterRef("paper__current"))
    rows = Translation.objects.visible_to(actor).filter(paper__state=Paper.State.ISSUED)
    return rows.exclude(source_hash=Subquery(current.values("sha256")[:1]))
