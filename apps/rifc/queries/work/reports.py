"""Reports to read, acknowledge and approve, answers to give, requests to decide: for the desks of the community."""

from collections.abc import Iterator

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import pgettext

from apps.access.actor import DECIDES, WORKS, Actor
from apps.people.queries.work import Ask, Facts, WorkRow, moment, same_for_a_seat
from apps.rifc import policy, titles
from apps.rifc.managers import addressed_to
from apps.rifc.models import RecallAck, Receipt, ReleaseDecision, ReleaseRequest, Report

ROOM = "rifc:reports"
OF_REPORT = {"number": F("report__number"), "thread": F("report__thread"), "tlp": F("report__tlp")}
TITLE = F("report__title")
"""Read with those of which the actor sees the report."""


@same_for_a_seat
def receipts(actor: Actor) -> Iterator[Ask]:
    """Reports that nobody of the desk has opened, or whose receipt is to be given."""
    if actor.function not in policy.CISNET or actor.rank < WORKS:
        return
    seen = Report.objects.visible_to(actor).filter(state=Report.State.SHARED)
    rows = Receipt.objects.visible_to(actor).filter(addressed_to(actor), ack_at=None, state__in=sorted(Receipt.LIVE))
    rows = rows.filter(Q(ack_required=True) | Q(opened_at=None), report__in=seen)
    columns = {**OF_REPORT, "title": TITLE, "due": F("ack_due"), "opened": F("opened_at")}
    yield Ask(rows, ["ack_due", "-pk"], columns, lambda facts: [_receipt(facts)])


def _receipt(facts: Facts) -> WorkRow:
    return WorkRow(
        title=titles.receipt(opened=bool(facts["opened"])),
        url=reverse("rifc:report", args=[facts["thread"]]),
        due=moment(facts["due"]),
        detail=f"{facts['title']}, TLP:{facts['tlp']}",
        kind="file-text",
        code=facts["number"],
        act=pgettext("button, rifc", "Read"),
        place=reverse(ROOM),
    )


@same_for_a_seat
def drafts(actor: Actor) -> Iterator[Ask]:
    """Reports of the desk to approve, returned to their author, or approved and not shared."""
    if actor.function not in policy.CISNET or actor.rank < WORKS:
        return
    wanted = Q(state="returned") | Q(state="approved")
    if actor.rank >= DECIDES:
        wanted |= Q(state="review") & ~Q(written_by__contains=[actor.user_id])
    rows = Report.objects.visible_to(actor).filter(wanted, owner_id=actor.desk_id)
    columns = {name: F(name) for name in ("state", "title", "thread", "reason")}
    yield Ask(rows, ["-pk"], columns, lambda facts: [_draft(facts)])


def _draft(facts: Facts) -> WorkRow:
    title, act = {
        "review": (pgettext("words, rifc", "Approve “%(title)s”"), pgettext("button, rifc", "Approve")),
        "returned": (pgettext("words, rifc", "Revise “%(title)s”"), pgettext("button, rifc", "Change")),
        "approved": (pgettext("words, rifc", "Share “%(title)s”"), pgettext("button, rifc", "Share")),
    }[facts["state"]]
    return WorkRow(
        title=title % {"title": facts["title"]},
        url=reverse("rifc:report", args=[facts["thread"]]),
        due=None,
        detail=facts["reason"],
        kind="pen",
        act=act,
        place=reverse(ROOM),
    )


@same_for_a_seat
def recalls(actor: Actor) -> Iterator[Ask]:
    """Recalled reports of which the desk has still to say what became of its copies."""
    if actor.function not in policy.CISNET | policy.READERS or actor.rank < WORKS:
        return
    rows = RecallAck.objects.visible_to(actor).filter(addressed_to(actor), state__in=sorted(RecallAck.WAITING))
    columns = {**OF_REPORT, "due": F("recall__ack_due"), "text": F("recall__text")}
    yield Ask(rows, ["recall__ack_due"], columns, lambda facts: [_recall(facts)])


def _recall(facts: Facts) -> WorkRow:
    return WorkRow(
        title=titles.recall(),
        url=reverse("rifc:answer_recall", args=[facts["thread"]]),
        due=moment(facts["due"]),
        detail=facts["text"],
        kind="undo",
        code=facts["number"],
        act=pgettext("button, rifc", "Confirm"),
        place=reverse(ROOM),
    )


@same_for_a_seat
def requests(actor: Actor) -> Iterator[Ask]:
    """Requests for release that the seat's party has still to decide."""
    if actor.function not in policy.CISNET or actor.rank < DECIDES:
        return
    waiting = ReleaseDecision.objects.visible_to(actor).filter(party=actor.party_code, answer="waiting")
    rows = ReleaseRequest.objects.visible_to(actor).filter(
        state__in=sorted(ReleaseRequest.OPEN), pk__in=waiting.values("request")
    )
    rows = rows.exclude(owner_id=actor.desk_id)
    columns = {"pk": F("pk"), "due": F("due_at"), "number": F("report__number"), "desk": F("owner__code")}
    yield Ask(rows, ["due_at"], columns, lambda facts: [_request(facts)])


def _request(facts: Facts) -> WorkRow:
    return WorkRow(
        title=titles.release_request(),
        url=reverse("rifc:request", args=[facts["pk"]]),
        due=moment(facts["due"]),
        detail=pgettext("words, rifc", "requested by %(desk)s") % {"desk": facts["desk"]},
        kind="send",
        code=facts["number"] or pgettext("heading, rifc", "a draft"),
        act=pgettext("button, rifc", "Decide"),
        place=reverse("rifc:requests"),
    )
