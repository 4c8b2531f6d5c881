"""What of the decisions waits for a seat, for My work."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import WORKS, Actor
from apps.council.models import Amendment, Decision
from apps.council.policy import may_commit
from apps.council.queries.open_answers import STANDING, answer_due, of, unconfirmed, unreasoned, unvoted, vote_until
from apps.people.queries.work import Ask, Facts, WorkRow, day, moment

S = Decision.State
COLUMNS = ("pk", "title", "state", "number", "working_no", "adopted_on", "ad_referendum_until")


def decisions_to_work_on(actor: Actor) -> Iterator[Ask]:
    """Votes, confirmations, reasons, amendments, seals and drafts that wait for the seat."""
    asked = {"ministry": _for_ministry, "secretariat": _for_secretariat}.get(actor.function)
    if asked is None or actor.rank < WORKS:
        return
    rows = Decision.objects.visible_to(actor).filter(asked(actor)).annotate(vote_until=vote_until())
    yield Ask(rows, ["-pk"], {name: name for name in (*COLUMNS, "vote_until")}, lambda facts: [_row(actor, facts)])


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


def _row(actor: Actor, facts: Facts) -> WorkRow:
    row: Any = Decision(**{name: facts[name] for name in COLUMNS})
    row.vote_until = moment(facts["vote_until"])
    row.adopted_on, row.ad_referendum_until = day(facts["adopted_on"]), day(facts["ad_referendum_until"])
    title, kind, act = _title(actor, row)
    return WorkRow(
        title=title % {"title": row.title},
        url=reverse("council:decision", args=[row.pk]),
        due=answer_due(row) if actor.function == "ministry" else None,
        detail="",
        kind=kind,
        code=str(row),
        act=act,
    )


def _title(actor: Actor, row: Decision) -> tuple[str, str, str]:
    if row.state in STANDING and actor.function == "ministry":
        return _("Implement, or give reasons: %(title)s"), "message", pgettext("button, council", "Answer")
    titles = {
        S.VOTING: (pgettext("words, council", "Vote: %(title)s"), "scale", pgettext("button, council", "Vote")),
        S.PENDING_AD_REFERENDUM: (
            _("Record your Cabinet's answer: %(title)s"),
            "clock",
            pgettext("button, council", "Answer"),
        ),
        S.AMENDING: (_("Decide on the amendments: %(title)s"), "pen", pgettext("verb", "Decide")),
        S.ADOPTED: (_("Number and seal: %(title)s"), "lock", pgettext("words, council", "Seal")),
        S.DEFERRED: (_("Propose again after deferral: %(title)s"), "pause", pgettext("button, council", "Propose")),
    }
    return titles.get(
        S(row.state), (_("Finish the draft: %(title)s"), "file-text", pgettext("button, council", "Edit"))
    )
