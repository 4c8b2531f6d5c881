"""Requests that wait for a seat, come, or were asked by its desk."""

from collections.abc import Iterator

from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import WORKS, Actor
from apps.exchange import policy, titles
from apps.exchange.models import Addressee, Overlap, Request
from apps.exchange.queries import routes
from apps.people.queries.work import Ask, Facts, Together, WorkRow, moment, same_for_a_seat

ROOM = "exchange:requests"
FROM_WHOM = {"desk": F("owner__code"), "party": F("owner__party__short_name"), "subject": F("request__subject")}
"""Of what a desk asked itself: whom, and about what."""


def _works(actor: Actor) -> bool:
    return actor.rank >= WORKS


@same_for_a_seat
def asked_of_us(actor: Actor) -> Iterator[Ask]:
    """Requests that the desk has still to answer."""
    if not _works(actor):
        return
    rows = Addressee.objects.visible_to(actor).filter(owner_id=actor.desk_id, state__in=sorted(Addressee.LIVE))
    columns = {
        "request": F("request_id"),
        "number": F("number"),
        "party": F("asker__party__short_name"),
        "subject": Coalesce(NullIf(F("variant__subject"), Value("")), F("request__subject")),
        "due": F("due_at"),
        "state": F("state"),
    }
    yield Ask(rows, ["due_at"], columns, lambda facts: [_to_answer(facts)])


def _to_answer(facts: Facts) -> WorkRow:
    received = facts["state"] == "received"
    return WorkRow(
        title=titles.request(facts["party"], facts["subject"]),
        url=reverse("exchange:request", args=[facts["request"]]),
        due=moment(facts["due"]),
        detail=_("not accepted yet") if received else pgettext("words, exchange", "accepted"),
        kind="message",
        code=facts["number"],
        act=pgettext("button, exchange", "Open") if received else pgettext("button, exchange", "Answer"),
        place=reverse(ROOM),
    )


@same_for_a_seat
def our_own(actor: Actor) -> Iterator[Ask]:
    """Requests of the desk to send, or answered by everybody and not closed; time that somebody asks for."""
    if not _works(actor):
        return
    states = ["answered", "draft"] if policy.releases(actor) else ["answered"]
    rows = Request.objects.visible_to(actor).filter(owner_id=actor.desk_id, state__in=states)
    columns = {name: F(name) for name in ("pk", "subject", "state", "number")}
    yield Ask(rows, ["-pk"], columns, lambda facts: [_own(facts)])
    parts = Addressee.objects.visible_to(actor).filter(asker_id=actor.desk_id, extension_due__isnull=False)
    parts = parts.filter(state__in=sorted(Addressee.LIVE))
    more = {"request": F("request_id"), "number": F("number"), "due": F("due_at"), **FROM_WHOM}
    yield Ask(parts, ["due_at"], more, lambda facts: [_more_time(facts)])


def _own(facts: Facts) -> WorkRow:
    draft = facts["state"] == "draft"
    title = (
        pgettext("words, exchange", "Send “%(subject)s”")
        if draft
        else _("Close “%(subject)s”: all desks have answered")
    )
    return WorkRow(
        title=title % {"subject": facts["subject"]},
        url=reverse("exchange:request", args=[facts["pk"]]),
        due=None,
        detail="",
        code=facts["number"],
        kind="send" if draft else "circle-check",
        act=pgettext("button, exchange", "Send") if draft else pgettext("button, exchange", "Read"),
        place=reverse(ROOM),
    )


def _more_time(facts: Facts) -> WorkRow:
    return WorkRow(
        title=titles.extension(facts["party"], facts["subject"]),
        url=reverse("exchange:request", args=[facts["request"]]),
        due=moment(facts["due"]),
        detail=facts["desk"],
        kind="clock",
        code=facts["number"],
        act=pgettext("button, exchange", "Decide"),
        place=reverse(ROOM),
    )


@same_for_a_seat
def overlaps(actor: Actor) -> Iterator[Ask]:
    """Two parties that ask about one subject, for the watch that brings them together."""
    if not _works(actor):
        return
    rows = Overlap.objects.visible_to(actor).filter(state="open", owner_id=actor.desk_id)
    columns = {"pk": F("pk"), "one": F("first__originator__short_name"), "two": F("second__originator__short_name")}
    yield Ask(rows, ["-pk"], columns, lambda facts: [_overlap(facts)])


def _overlap(facts: Facts) -> WorkRow:
    return WorkRow(
        title=titles.overlap(facts["one"], facts["two"]),
        url=reverse("exchange:overview") + "#same",
        due=None,
        detail="",
        kind="users",
        act=pgettext("button, exchange", "Review"),
        place=reverse(ROOM),
        step=str(facts["pk"]),
    )


@same_for_a_seat
def to_chase(actor: Actor) -> Iterator[Ask]:
    """Late answers of others, for a line's watch and for the point of contact of their State: numbers alone."""
    if not _works(actor):
        return
    rows = routes.late_of_others(actor)
    columns = {"number": F("number"), "desk": F("owner__code"), "due": F("due_at")}
    columns |= {"party": F("owner__party__short_name")}
    yield Ask(rows, ["due_at"], columns, lambda facts: [_late(facts)])


def _late(facts: Facts) -> WorkRow:
    page = f"{reverse('exchange:overview')}?show=late"
    return WorkRow(
        title=titles.late_answer(facts["party"]),
        url=page,
        due=moment(facts["due"]),
        detail=facts["desk"],
        kind="clock",
        code=facts["number"],
        act=pgettext("button, exchange", "Review"),
        place=reverse(ROOM),
        step=f"{facts['number']} {facts['desk']}",
        together=Together(_("Overdue answers of other desks"), page, pgettext("button, exchange", "Review")),
    )


@same_for_a_seat
def still_open(actor: Actor) -> Iterator[Ask]:
    """Desks that have not answered the desk's requests yet."""
    if not _works(actor):
        return
    rows = Addressee.objects.visible_to(actor).filter(asker_id=actor.desk_id, state__in=sorted(Addressee.LIVE))
    columns = {"request": F("request_id"), "number": F("number"), "sent": F("sent_at"), **FROM_WHOM}
    yield Ask(rows, ["sent_at"], columns, lambda facts: [_open(facts)])


def _open(facts: Facts) -> WorkRow:
    return WorkRow(
        title=titles.answer(facts["party"], facts["subject"]),
        url=reverse("exchange:request", args=[facts["request"]]),
        due=moment(facts["sent"]),
        detail=facts["desk"],
        kind="message",
        code=facts["number"],
        act=pgettext("button, exchange", "Open"),
        place=reverse(ROOM),
    )
