"""Devices: met, seen again, forgotten."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, emit
from apps.entrance import policy, queries
from apps.entrance.models import Device

D = Device.State


@action("device.meet", model=Device, label=_("Note a device"), policy=policy.may_meet, ends=D.KNOWN, automatic=True)
def meet(actor: Actor, _row: None, *, user: Any, mark: str, label: str, address: str | None) -> Device:
    """Note that a person signed in from a device not seen before; he is told, unless it is his first."""
    first = not queries.has_devices(user)
    device, _made = Device.objects.update_or_create(
        user=user,
        mark_sha256=queries.digest(mark),
        defaults={"label": label[:120], "address": address, "state": D.KNOWN, "last_at": timezone.now()},
    )
    if not first:
        emit("device.new", device, {"user": user.pk, "code": device.code})
    return device


def seen_again(device: Any) -> None:
    """Note that a known device was used; not an act of anybody, so not an action."""
    Device.objects.filter(pk=device.pk).update(last_at=timezone.now())


@action(
    "device.forget",
    model=Device,
    label=_("Forget this device"),
    policy=policy.may_forget,
    starts={D.KNOWN},
    ends=D.FORGOTTEN,
)
def forget_device(actor: Actor, device: Device) -> Device:
    """Treat a device as unknown from now on: the next sign-in from it is told of."""
    return device


def end_session(session: Any) -> None:
    """End one of a person's sessions: its next request is nobody's, its stream closes within a second."""
    session.end()
