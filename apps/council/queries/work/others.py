"""What of the Council's work comes in the next days, and what a desk has asked of others, for My work."""

from collections.abc import Iterator

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from apps.access.actor import WORKS, Actor
from apps.council import titles
from apps.council.managers import COUNCIL_FUNCTIONS
from apps.council.models import AgendaItem, Circulation, Delegation, Meeting, Paper, Reply, WrittenProcedure
from apps.council.queries.meetings import COMING
from apps.council.queries.work.meetings import name_of, of_meeting, page_of
from apps.people.queries.work import HORIZON, Ask, Facts, WorkRow, moment, same_for_a_seat

NAMED = 6
"""States named in a line; more are dots."""
ANSWERS = (Reply.Kind.SUPPORT, Reply.Kind.OBJECT)


def of_the_council(actor: Actor) -> Iterator[Ask]:
    """Meetings and ends of written procedures of the next days."""
    if actor.function not in COUNCIL_FUNCTIONS:
        return
    now = timezone.now()
    coming = (now, now + HORIZON)
    meetings = Meeting.objects.visible_to(actor).filter(state__in=COMING, starts_at__range=coming)
    yield Ask(meetings, ["starts_at"], of_meeting(""), lambda facts: [_meeting(facts)])
    running = WrittenProcedure.objects.visible_to(actor).filter(state__in=["running", "extended"])
    facts = {"pk": "pk", "reference": "reference", "title": "decision__title", "deadline": "deadline"}
    yield Ask(running.filter(deadline__range=coming), ["deadline"], facts, lambda facts: [_closing(facts)])


def _meeting(facts: Facts) -> WorkRow:
    place = facts["meeting_place"]
    return WorkRow(name_of(facts), page_of(facts), moment(facts["meeting_starts_at"]), place, "calendar")


def _closing(facts: Facts) -> WorkRow:
    return WorkRow(
        title=titles.written_procedure(facts["title"]),
        url=reverse("council:procedure", args=[facts["pk"]]),
        due=moment(facts["deadline"]),
        detail=pgettext("words, council", "Closes then"),
        kind="clock",
        code=facts["reference"],
    )


@same_for_a_seat
def of_others(actor: Actor) -> Iterator[Ask]:
    """Papers in clearance; a ministry's proposals; for the Secretariat invitations and procedures without answers."""
    if actor.rank < WORKS or actor.function not in COUNCIL_FUNCTIONS:
        return
    papers = Paper.objects.visible_to(actor).filter(owner_id=actor.desk_id, state=Paper.State.IN_CLEARANCE)
    facts = {"pk": "pk", "title": "title", "number": "number", "at": "changed_at", "asked": "asked"}
    yield Ask(papers, ["changed_at"], facts, lambda facts: [_in_clearance(facts)])
    yield from (_of_secretariat if actor.function == "secretariat" else _of_ministry)(actor)


def _in_clearance(facts: Facts) -> WorkRow:
    desks = len(facts["asked"])
    return WorkRow(
        title=facts["title"],
        url=reverse("council:paper", args=[facts["pk"]]),
        due=moment(facts["at"]),
        detail=ngettext("%(n)d desk has not cleared it", "%(n)d desks have not cleared it", desks) % {"n": desks},
        kind="shield-check",
        code=facts["number"],
    )


def _of_ministry(actor: Actor) -> Iterator[Ask]:
    own = AgendaItem.objects.visible_to(actor).filter(state="proposed", originator_id=actor.party_code)
    facts = of_meeting() | {"pk": "pk", "title": "title", "at": "created_at"}
    yield Ask(own, ["created_at"], facts, lambda facts: [_proposed(facts)])


def _proposed(facts: Facts) -> WorkRow:
    return WorkRow(
        title=facts["title"],
        url=reverse("council:item", args=[facts["pk"]]),
        due=moment(facts["at"]),
        detail=_("Proposed for %(meeting)s; the Secretariat has not decided") % {"meeting": name_of(facts)},
        kind="list",
    )


def _of_secretariat(actor: Actor) -> Iterator[Ask]:
    called = Delegation.objects.visible_to(actor).filter(meeting=OuterRef("pk"), answer="none").order_by("party_id")
    meetings = Meeting.objects.visible_to(actor).filter(state__in=COMING)
    facts = of_meeting("") | {"silent": ArraySubquery(called.values("party_id")), "at": "convened_at"}
    yield Ask(meetings, ["starts_at"], facts, _invitations)
    sent = Circulation.objects.visible_to(actor).filter(procedure=OuterRef("pk")).order_by("party_id")
    answers = Reply.objects.visible_to(actor).filter(procedure=OuterRef("procedure"), party=OuterRef("party"), code="")
    silent = sent.exclude(Exists(answers.filter(kind__in=ANSWERS))).values("party_id")
    procedures = WrittenProcedure.objects.visible_to(actor).filter(state__in=["running", "extended"])
    facts = {"pk": "pk", "reference": "reference", "title": "decision__title", "at": "dispatched_at"}
    facts |= {"silent": ArraySubquery(silent)}
    yield Ask(procedures, ["deadline"], facts, _procedures)


def _invitations(facts: Facts) -> list[WorkRow]:
    return [WorkRow(name_of(facts), page_of(facts), moment(facts["at"]), _silent(facts), "mail")] * bool(
        facts["silent"]
    )


def _procedures(facts: Facts) -> list[WorkRow]:
    page = reverse("council:procedure", args=[facts["pk"]])
    title, code = titles.written_procedure(facts["title"]), facts["reference"]
    row = WorkRow(title, page, moment(facts["at"]), _silent(facts), "clock", code=code)
    return [row] * bool(facts["silent"])


def _silent(facts: Facts) -> str:
    names = facts["silent"]
    return _("No answer from %(states)s") % {"states": ", ".join(names[:NAMED])} + ("…" if len(names) > NAMED else "")
