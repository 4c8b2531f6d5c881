"""Desks' own addresses and their calls; test alarms and who answered them."""

from collections.abc import Collection, Iterable
from typing import Any

from apps.access.actor import Actor
from apps.notices import policy
from apps.notices.models import AlarmAnswer, AlarmTest, Notice, Webhook, WebhookCall
from apps.people.models import Seat

SHOWN = 50


def webhooks(actor: Actor) -> Any:
    """The addresses of one's desk, those in use first."""
    return Webhook.objects.visible_to(actor).filter(owner_id=actor.desk_id).order_by("-state", "pk")


def kept_by(actor: Actor, rows: Any) -> Any:
    """Of these addresses the desk's own, for who decides there and for its key; none for others at the desk."""
    keeps = actor.seat_kind == Seat.Kind.SERVICE or policy.may_keep_webhook(actor, None)
    return rows.filter(owner_id=actor.desk_id) if keeps else rows.none()


def calls_of(actor: Actor, webhook: Webhook) -> list[WebhookCall]:
    """The last calls of an address, newest first."""
    rows = WebhookCall.objects.visible_to(actor).filter(webhook=webhook).select_related("notice")
    return list(rows.order_by("-pk")[:SHOWN])


def programs_listen(desks: Iterable[int]) -> bool:
    """Whether one of these desks has an address in use."""
    return Webhook.objects.filter(owner__in=list(desks), state=Webhook.State.LIVE).exists()


def calls_to_make(actor: Actor, notices: Collection[str]) -> list[tuple[Webhook, Notice]]:
    """(address, notice) of each address in use at the desks of these notices. Two queries."""
    told = list(Notice.objects.visible_to(actor).filter(pk__in=notices).order_by("pk"))
    rows = Webhook.objects.visible_to(actor).filter(owner__in=[one.owner_id for one in told], state=Webhook.State.LIVE)
    hooks = list(rows.order_by("pk"))
    return [(hook, one) for one in told for hook in hooks if hook.owner_id == one.owner_id]


def seats_at(desk_id: int) -> list[int]:
    """People's seats at a desk now."""
    rows = Seat.objects.current().filter(desk_id=desk_id).exclude(kind=Seat.Kind.SERVICE)
    return sorted(rows.values_list("pk", flat=True))


def alarms(actor: Actor) -> Any:
    """Test alarms of one's desk, unordered."""
    return AlarmTest.objects.visible_to(actor).filter(owner_id=actor.desk_id)


def answers_of(actor: Actor, alarm: AlarmTest) -> list[dict[str, Any]]:
    """Who was alarmed, and after how many seconds they answered (None: not yet); the first first. Two queries."""
    return answers_to(actor, [alarm])[alarm.pk]


def answers_to(actor: Actor, alarms: Collection[AlarmTest]) -> dict[Any, list[dict[str, Any]]]:
    """The same for several alarms, by their keys. Two queries."""
    rows = AlarmAnswer.objects.visible_to(actor).filter(alarm__in=[one.pk for one in alarms])
    told = {(one.alarm_id, one.seat_id): one.at for one in rows}
    keys = {seat for alarm in alarms for seat in alarm.seats}
    seats = {seat.pk: seat for seat in Seat.objects.filter(pk__in=keys).select_related("user")}
    found = {}
    for alarm in alarms:
        answers = []
        for seat in (seats[key] for key in alarm.seats if key in seats):
            at = told.get((alarm.pk, seat.pk))
            seconds = int((at - alarm.created_at).total_seconds()) if at else None
            answers.append({"person": seat.user.full_name, "seconds": seconds, "own": seat.pk == actor.seat_id})
        found[alarm.pk] = sorted(answers, key=lambda one: (one["seconds"] is None, one["seconds"] or 0, one["person"]))
    return found
