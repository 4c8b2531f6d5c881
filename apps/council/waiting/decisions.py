"""What of the decisions waits for a seat, for My desk."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.access.actor import WORKS, Actor
from apps.council.models import Amendment, Decision
from apps.council.policy import may_commit
from apps.council.queries.open_answers import STANDING, answer_due, of, unconfirmed, unreasoned, unvoted
from apps.people.waiting import WorkRow, register

MOST = 50
S = Decision.State


@register
def decisions_to_work_on(actor: Actor) -> Iterator[WorkRow]:
    """Votes, confirmations, reasons, amendments, seals and drafts that wait for the seat. One query."""
    asked = {"ministry": _for_ministry, "secretariat": _for_secretariat}.get(actor.function)
    if asked is None or actor.rank < WORKS:
        return
    rows = Decision.objects.visible_to(actor).filter(asked(actor))
    for row in rows.order_by("-pk")[:MOST]:
        yield _row(actor, row)


def _own_drafts(actor: Actor) -> Q:
    return Q(state__in=[S.DRAFT, S.DEFERRED], owner_id=actor.desk_id)


def _open_amendment(actor: Actor) -> Q:
    return Q(state=S.AMENDING) & Q(of(Amendment, actor, state=Amendment.State.PROPOSED))


def _for_secretariat(actor: Actor) -> Q:
    return Q(state=S.ADOPTED) | _open_amendment(actor) | _own_drafts(actor)


def _for_ministry(actor: Actor) -> Q:
    wanted = _own_drafts(actor)
    if may_commit(actor):
        chairs = Q(chair_id=actor.party_code) & _open_amendment(actor)
        wanted |= chairs | unvoted(actor) | unconfirmed(actor) | unreasoned(actor)
    return wanted


def _row(actor: Actor, row: Decision) -> WorkRow:
    title, kind = _title(actor, row)
    return WorkRow(
        title=title % {"title": row.title},
        url=reverse("council:decision", args=[row.pk]),
        due=answer_due(row) if actor.function == "ministry" else None,
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
