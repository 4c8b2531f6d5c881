"""Devices: met, seen again, forgotten."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.write_guard import writing
from apps.entrance import policy
from apps.entrance.models import Device
from apps.entrance.queries import sign_in

D = Device.State


@action(
    "device.meet",
    model=Device,
    label=_("Record a device"),
    done=_("Signed in from a new device"),
    policy=policy.may_meet,
    ends=D.KNOWN,
    automatic=True,
)
def record_device(actor: Actor, _row: None, *, user: Any, mark: str, label: str, address: str | None) -> Device:
    """Note that a person signed in from a device not seen before; they are told, unless it is their first."""
    first = not sign_in.has_devices(user)
    device, _made = Device.objects.update_or_create(
        user=user,
        mark_sha256=sign_in.digest(mark),
        defaults={"label": label[:120], "address": address, "state": D.KNOWN, "last_at": timezone.now()},
    )
    if not first:
        emit("device.new", device, {"user": user.pk, "code": device.code})
    return device


def seen_again(device: Any) -> None:
    """Note that a known device was used; not an act of anybody, so not an action."""
    with writing("sign-in"):
        Device.objects.filter(pk=device.pk).update(last_at=timezone.now())


@action(
    "device.forget",
    model=Device,
    label=_("Remove this device"),
    done=_("Removed a device"),
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
