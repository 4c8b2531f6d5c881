"""Requests that wait for a seat, come, or were asked by its desk. Importing registers it."""

from collections.abc import Iterator

from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import WORKS, Actor
from apps.exchange import policy
from apps.exchange.models import Addressee, Overlap, Request
from apps.exchange.queries import routes
from apps.people.waiting import Ask, Facts, WorkRow, moment, register, register_asked

ROOM = "exchange:requests"


def _works(actor: Actor) -> bool:
    return actor.rank >= WORKS


@register
def asked_of_us(actor: Actor) -> Iterator[Ask]:
    """Requests that the desk has still to answer."""
    if not _works(actor):
        return
    rows = Addressee.objects.visible_to(actor).filter(owner_id=actor.desk_id, state__in=sorted(Addressee.LIVE))
    columns = {
        "request": F("request_id"),
        "number": F("number"),
        "subject": Coalesce(NullIf(F("variant__subject"), Value("")), F("request__subject")),
        "due": F("due_at"),
        "state": F("state"),
    }
    yield Ask(rows, ["due_at"], columns, lambda facts: [_to_answer(facts)])


def _to_answer(facts: Facts) -> WorkRow:
    received = facts["state"] == "received"
    return WorkRow(
        title=_("Answer %(number)s: %(subject)s") % {"number": facts["number"], "subject": facts["subject"]},
        url=reverse("exchange:request", args=[facts["request"]]),
        due=moment(facts["due"]),
        detail=_("not taken up yet") if received else _("taken up"),
        kind="message",
        act=_("Open") if received else _("Answer"),
        place=reverse(ROOM),
    )


@register
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
    more = {"request": F("request_id"), "number": F("number"), "desk": F("owner__code"), "due": F("due_at")}
    yield Ask(parts, ["due_at"], more, lambda facts: [_more_time(facts)])


def _own(facts: Facts) -> WorkRow:
    draft = facts["state"] == "draft"
    title = _("Send “%(subject)s”") if draft else _("Close “%(subject)s”: everybody has answered")
    return WorkRow(
        title=title % {"subject": facts["subject"]},
        url=reverse("exchange:request", args=[facts["pk"]]),
        due=None,
        detail=facts["number"],
        kind="send" if draft else "circle-check",
        act=_("Send") if draft else pgettext("verb", "Read"),
        place=reverse(ROOM),
    )


def _more_time(facts: Facts) -> WorkRow:
    said = {"desk": facts["desk"], "number": facts["number"]}
    return WorkRow(
        title=_("%(desk)s asks for more time for %(number)s") % said,
        url=reverse("exchange:request", args=[facts["request"]]),
        due=moment(facts["due"]),
        detail="",
        kind="clock",
        act=_("Decide"),
        place=reverse(ROOM),
    )


@register
def overlaps(actor: Actor) -> Iterator[Ask]:
    """Two parties that ask about one subject, for the watch that brings them together."""
    if not _works(actor):
        return
    rows = Overlap.objects.visible_to(actor).filter(state="open", owner_id=actor.desk_id)
    columns = {"one": F("first__originator_id"), "two": F("second__originator_id")}
    yield Ask(rows, ["-pk"], columns, lambda facts: [_overlap(facts)])


def _overlap(facts: Facts) -> WorkRow:
    return WorkRow(
        title=_("%(one)s and %(two)s ask about the same subject") % facts,
        url=reverse("exchange:overview"),
        due=None,
        detail="",
        kind="users",
        act=_("Look"),
        place=reverse(ROOM),
    )


@register
def to_chase(actor: Actor) -> Iterator[Ask]:
    """Late answers of others, for a line's watch and for the point of contact of their State: numbers alone."""
    if not _works(actor):
        return
    rows = routes.late_of_others(actor)
    columns = {"number": F("number"), "desk": F("owner__code"), "due": F("due_at")}
    yield Ask(rows, ["due_at"], columns, lambda facts: [_late(facts)])


def _late(facts: Facts) -> WorkRow:
    return WorkRow(
        title=_("Chase %(desk)s: answer to %(number)s") % facts,
        url=f"{reverse('exchange:overview')}?show=late",
        due=moment(facts["due"]),
        detail="",
        kind="clock",
        act=_("Look"),
        place=reverse(ROOM),
    )


@register_asked
def still_open(actor: Actor) -> Iterator[Ask]:
    """Desks that have not answered the desk's requests yet."""
    if not _works(actor):
        return
    rows = Addressee.objects.visible_to(actor).filter(asker_id=actor.desk_id, state__in=sorted(Addressee.LIVE))
    columns = {"request": F("request_id"), "number": F("number"), "desk": F("owner__code"), "sent": F("sent_at")}
    yield Ask(rows, ["sent_at"], columns, lambda facts: [_open(facts)])


def _open(facts: Facts) -> WorkRow:
    return WorkRow(
        title=_("%(desk)s: answer to %(number)s") % facts,
        url=reverse("exchange:request", args=[facts["request"]]),
        due=moment(facts["sent"]),
        detail="",
        kind="message",
        act=_("Open"),
        place=reverse(ROOM),
    )
