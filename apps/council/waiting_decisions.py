"""What of the decisions waits for a seat, for My desk."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.access.actor import WORKS, Actor
from apps.council.models import Amendment, Ballot, Clause, Confirmation, Decision, Statement, Vote
from apps.council.policy import may_commit
from apps.people.waiting import WorkRow, register

MOST = 50
REASONS_WITHIN = datetime.timedelta(days=182)
"""Six months for the reasons why a recommendation is not implemented (Revised Treaty, Article 27(6))."""

S = Decision.State
STANDING = (S.ADOPTED, S.SEALED, S.IN_FORCE)


@register
def decisions_to_work_on(actor: Actor) -> Iterator[WorkRow]:
    """Votes, confirmations, reasons, amendments, seals and drafts that wait for the seat. One query."""
    asked = {"ministry": _for_ministry, "secretariat": _for_secretariat}.get(actor.function)
    if asked is None or actor.rank < WORKS:
        return
    rows = Decision.objects.visible_to(actor).filter(asked(actor))
    for row in rows.order_by("-pk")[:MOST]:
        yield _row(actor, row)


def _of(model: Any, actor: Actor, **only: Any) -> Any:
    return Exists(model.objects.visible_to(actor).filter(decision=OuterRef("pk"), **only))


def _own_drafts(actor: Actor) -> Q:
    return Q(state__in=[S.DRAFT, S.DEFERRED], owner_id=actor.desk_id)


def _open_amendment(actor: Actor) -> Q:
    return Q(state=S.AMENDING) & Q(_of(Amendment, actor, state=Amendment.State.PROPOSED))


def _for_secretariat(actor: Actor) -> Q:
    return Q(state=S.ADOPTED) | _open_amendment(actor) | _own_drafts(actor)


def _for_ministry(actor: Actor) -> Q:
    wanted = _own_drafts(actor)
    if may_commit(actor):
        chairs = Q(chair_id=actor.party_code) & _open_amendment(actor)
        wanted |= chairs | _unvoted(actor) | _unconfirmed(actor) | _unreasoned(actor)
    return wanted


def _unvoted(actor: Actor) -> Q:
    """A vote is open in which the State is a member and has not voted."""
    party = actor.party_code
    is_member = _of(Vote, actor, state=Vote.State.OPEN, poll__members__contains=[party])
    voted = _of(Ballot, actor, vote__state=Vote.State.OPEN, party_id=party, code="")
    return Q(state=S.VOTING) & Q(is_member) & ~Q(voted)


def _unconfirmed(actor: Actor) -> Q:
    """The State voted subject to its Cabinet, or was absent from a short consensus, and has not answered."""
    party = actor.party_code
    subject = _of(Ballot, actor, vote__state=Vote.State.CLOSED, party_id=party, value=Ballot.Value.FOR_AD_REF, code="")
    absent = Exists(
        Vote.objects.visible_to(actor)
        .filter(decision=OuterRef("pk"), state=Vote.State.CLOSED, method=Vote.Method.CONSENSUS)
        .filter(poll__members__contains=[party])
        .exclude(present__contains=[party])
    )
    answered = _of(Confirmation, actor, party_id=party)
    return Q(state=S.PENDING_AD_REFERENDUM) & (Q(subject) | Q(absent)) & ~Q(answered)


def _unreasoned(actor: Actor) -> Q:
    """A recommendation to the State of the last six months, on which it has given no reasons."""
    party = actor.party_code
    given = _of(Statement, actor, party_id=party, kind=Statement.Kind.REASONS)
    ours = _of(Clause, actor, addressees__contains=[party])
    since = timezone.now().date() - REASONS_WITHIN
    return Q(state__in=STANDING, kind=Decision.Kind.RECOMMENDATION, adopted_on__gte=since) & Q(ours) & ~Q(given)


def _row(actor: Actor, row: Decision) -> WorkRow:
    title, kind = _title(actor, row)
    return WorkRow(
        title=title % {"title": row.title},
        url=reverse("council:decision", args=[row.pk]),
        due=_due(row) if actor.function == "ministry" else None,
        detail=str(row),
        kind=kind,
    )


def _title(actor: Actor, row: Decision) -> tuple[str, str]:
    if row.state in STANDING and actor.function == "ministry":
        return _("Implement, or give reasons: %(title)s"), "message"
    titles = {
        S.VOTING: (_("Vote: %(title)s"), "scale"),
        S.PENDING_AD_REFERENDUM: (_("Answer of your Cabinet: %(title)s"), "clock"),
        S.AMENDING: (_("Rule on the amendments: %(title)s"), "pen"),
        S.ADOPTED: (_("Number and seal: %(title)s"), "lock"),
        S.DEFERRED: (_("Deferred, propose it again: %(title)s"), "pause"),
    }
    return titles.get(S(row.state), (_("Finish the draft: %(title)s"), "file-text"))


def _due(row: Decision) -> datetime.datetime | None:
    day = row.ad_referendum_until if row.state == S.PENDING_AD_REFERENDUM else None
    if row.state in STANDING and row.adopted_on is not None:
        day = row.adopted_on + REASONS_WITHIN
    if day is None:
        return None
    # the whole of the last day counts; days of decisions in writing are UTC
    return datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), datetime.UTC)
