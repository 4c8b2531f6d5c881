"""Requests as an actor may know them: their desk's own whole, those of others by their own part."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q

from apps.access.actor import Actor
from apps.access.refusal import Refused
from apps.exchange.models import (
    Addressee,
    Answer,
    AnswerDraft,
    Message,
    Question,
    Request,
    Subject,
    Variant,
)
from apps.files.queries.attachments import files_of_many

BOXES = ("received", "asked")
LIVE = sorted(Addressee.LIVE)


def known(actor: Actor | None, before: Any = None) -> Any:
    """Requests that the actor has asked or was asked, to be paged; never to be shown as they are."""
    return Request.objects.known_to(actor, before)


def _own_parts(actor: Actor) -> Any:
    return Addressee.objects.visible_to(actor).filter(request=OuterRef("pk"), owner_id=actor.desk_id)


def boxed(rows: Any, box: str, actor: Actor) -> Any:
    """Of known requests those that the desk asks, or that it is asked; ValueError for another box."""
    if box not in BOXES:
        raise ValueError(box)
    return rows.filter(owner_id=actor.desk_id) if box == "asked" else rows.filter(Exists(_own_parts(actor)))


def in_state(rows: Any, state: str, actor: Actor) -> Any:
    """Of known requests those in a state, each as the actor knows it."""
    return rows.filter(Q(owner_id=actor.desk_id, state=state) | Q(Exists(_own_parts(actor).filter(state=state))))


def open_ones(rows: Any, actor: Actor) -> Any:
    """Of known requests those that wait for an answer, or as the asking desk's for being sent or closed."""
    mine = Q(owner_id=actor.desk_id) & ~Q(state__in=["closed", "cancelled"])
    return rows.filter(mine | Q(Exists(_own_parts(actor).filter(state__in=LIVE))))


def late_ones(rows: Any, actor: Actor) -> Any:
    """Of known requests those that are late."""
    return in_state(rows, "overdue", actor)


def worded(rows: Any, text: str, actor: Actor) -> Any:
    """Of known requests those with these words in the subject that the actor reads, or with this number's beginning."""
    if not text:
        return rows
    own = Q(owner_id=actor.desk_id) & Q(subject__icontains=text)
    plain = Q(variant__subject="", request__subject__icontains=text) | Q(variant__subject__icontains=text)
    return rows.filter(own | Q(number__istartswith=text) | Q(Exists(_own_parts(actor).filter(plain))))


def of_priority(rows: Any, priority: str, actor: Actor) -> Any:
    """Of known requests those of a priority."""
    return rows.filter(priority=priority)


def own_parts(actor: Actor, requests: Sequence[Any]) -> dict[Any, Addressee]:
    """{request id: the actor's desk's part}: of several the one that is open, else the newest. One query."""
    keys = [getattr(row, "pk", row) for row in requests]
    rows = Addressee.objects.visible_to(actor).filter(request__in=keys, owner_id=actor.desk_id)
    found: dict[Any, Addressee] = {}
    for part in rows.select_related("request", "variant", "asker__party", "owner__party").order_by("pk"):
        before = found.get(part.request_id)
        if before is None or part.state in Addressee.LIVE or before.state not in Addressee.LIVE:
            found[part.request_id] = part
    return found


def meant(actor: Actor, pk: Any) -> Request | Addressee:
    """The request of an address as the actor knows it: whole, or their own part. Refused("not-visible") otherwise."""
    try:
        rows = Request.objects.visible_to(actor).select_related("owner__party", "originator")
        own: Request | None = rows.filter(pk=pk).first()
        part = None if own is not None else own_parts(actor, [pk]).get(Request._meta.pk.to_python(pk))
    except (ValidationError, ValueError):
        raise Refused("not-visible") from None
    if own is not None:
        return own
    if part is None:
        raise Refused("not-visible")
    return part


def subject_of(part: Addressee) -> str:
    """The subject as this desk reads it."""
    return part.variant.subject or part.request.subject


def parts(actor: Actor, requests: Sequence[Request]) -> dict[Any, list[Addressee]]:
    """Who is asked, by request, for the asking desk. One query."""
    found: dict[Any, list[Addressee]] = defaultdict(list)
    keys = [row.pk for row in requests if row.owner_id == actor.desk_id]
    if not keys:
        return {}
    rows = Addressee.objects.visible_to(actor).filter(request__in=keys)
    for part in rows.select_related("owner__party", "owner__function"):
        found[part.request_id].append(part)
    return {key: sorted(rows, key=lambda part: (part.owner.code, part.pk)) for key, rows in found.items()}


def questions(actor: Actor, wanted: Sequence[Addressee]) -> dict[Any, list[Question]]:
    """Questions by part, in their order. One query."""
    found: dict[Any, list[Question]] = defaultdict(list)
    for row in Question.objects.visible_to(actor).filter(addressee__in=[part.pk for part in wanted]).order_by("n"):
        found[row.addressee_id].append(row)
    return found


def answers(actor: Actor, wanted: Sequence[Addressee]) -> dict[Any, list[Answer]]:
    """Answers by part that the actor may read, the oldest first. One query."""
    found: dict[Any, list[Answer]] = defaultdict(list)
    rows = Answer.objects.visible_to(actor).filter(addressee__in=[part.pk for part in wanted])
    for row in rows.select_related("question").order_by("pk"):
        found[row.addressee_id].append(row)
    return found


def files(actor: Actor, wanted: Sequence[Addressee]) -> dict[Any, list[Any]]:
    """{answer: its files} of parts, for components/files.html. One query."""
    keys = Answer.objects.filter(addressee__in=[part.pk for part in wanted]).values("pk")
    return files_of_many(actor, "exchange.answer", keys)


def messages(actor: Actor, wanted: Sequence[Addressee]) -> dict[Any, list[Message]]:
    """Questions back and replies by part, the oldest first. One query."""
    found: dict[Any, list[Message]] = defaultdict(list)
    rows = Message.objects.visible_to(actor).filter(addressee__in=[part.pk for part in wanted])
    for row in rows.select_related("question").order_by("pk"):
        found[row.addressee_id].append(row)
    return found


def draft_of(actor: Actor, part: Addressee) -> AnswerDraft | None:
    """What the actor's desk is writing for its part."""
    found: AnswerDraft | None = AnswerDraft.objects.visible_to(actor).filter(addressee=part).first()
    return found


def part_named(actor: Actor, pk: Any) -> Addressee:
    """A part by its own id, of the actor's desk or of its request; Refused("not-visible") otherwise."""
    found: Addressee | None = Addressee.objects.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Refused("not-visible")
    return found


def to_remind(clock: Actor, now: datetime.datetime) -> list[Addressee]:
    """Parts whose reminder is due."""
    return list(Addressee.objects.visible_to(clock).filter(state__in=LIVE, remind_at__lte=now).order_by("pk")[:200])


def late_parts(clock: Actor, now: datetime.datetime) -> list[Addressee]:
    """Parts whose moment is over."""
    rows = Addressee.objects.visible_to(clock).filter(state__in=["received", "accepted", "partial"], due_at__lte=now)
    return list(rows.order_by("due_at")[:200])


def late_requests(clock: Actor, now: datetime.datetime) -> list[Request]:
    """Requests whose moment is over while a part is late."""
    late = Addressee.objects.filter(request=OuterRef("pk"), state="overdue")
    rows = Request.objects.visible_to(clock).filter(Exists(late), state__in=["sent", "in_progress"], due_at__lte=now)
    return list(rows.order_by("due_at")[:200])


def texts(actor: Actor, requests: Sequence[Request]) -> dict[Any, tuple[list[Variant], list[Subject]]]:
    """{request id: (its texts, what it is about)} for the asking desk. Two queries."""
    keys = [row.pk for row in requests]
    found: dict[Any, tuple[list[Variant], list[Subject]]] = {key: ([], []) for key in keys}
    for one in Variant.objects.visible_to(actor).filter(request__in=keys).order_by("order"):
        found[one.request_id][0].append(one)
    for one in Subject.objects.visible_to(actor).filter(request__in=keys).order_by("kind", "pk"):
        found[one.request_id][1].append(one)
    return found
