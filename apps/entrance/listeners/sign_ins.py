"""What follows from a sign-in or a change of one's account: the person is told; who left is linked no more."""

from typing import Any

from apps.access import outbox
from apps.access.actor import Actor
from apps.access.models import Dispatch, Level
from apps.entrance import actions
from apps.entrance.models import AccountChange
from apps.entrance.queries.sign_in import administration_of, desk_of, link_of, seats_beside
from apps.notices import actions as notices
from apps.notices.queries import CLOCK
from apps.people.models import User
from apps.people.queries import PLATFORM, service_actor


@outbox.on("device.new")
def tell_of_device(dispatch: Dispatch) -> None:
    """A notice to the person alone is mailed; their desk's inbox shows the device's code and no name."""
    _tell_him(
        service_actor(CLOCK, request_id=dispatch.request_id),
        dispatch.payload["user"],
        event="sign_in.new_device",
        object_type="entrance.device",
        object_id=dispatch.object_id,
        number=dispatch.payload["code"],
    )


@outbox.on("account.touched")
def note_change(dispatch: Dispatch) -> None:
    """Note what was changed, by themselves or another, so that the person is told."""
    actor = service_actor(CLOCK, request_id=dispatch.request_id)
    actions.note_account_change(actor, None, user=int(dispatch.object_id), **dispatch.payload)


@outbox.on("account.changed")
def tell_of_change(dispatch: Dispatch) -> None:
    """A notice to the person alone, as of a new device."""
    actor = service_actor(CLOCK, request_id=dispatch.request_id)
    change = AccountChange.objects.visible_to(actor).get(pk=dispatch.object_id)
    _tell_him(
        actor,
        change.user_id,
        event=f"own_account.{change.what}",
        object_type="entrance.accountchange",
        object_id=change.pk,
        number=change.code,
        url_name="account_change",
    )


def _tell_him(actor: Actor, user: int, **what: Any) -> None:
    """A notice at the person's desk, for their seat alone; none where they sit at no desk."""
    place = desk_of(user)
    if place is not None:
        desk, seat = place
        notices.create_notices(actor, None, desks=[desk], seats=[seat], level=Level.OFFICIAL, **what)


@outbox.on("directory.passed_by")
def tell_his_colleagues(dispatch: Dispatch) -> None:
    """The party's other administrators, once a day for each person; nobody where they are the only one."""
    _tell_beside(dispatch, "", level=Level.OFFICIAL, url_name="people:person")


@outbox.on("directory.passed_by")
def tell_the_platform(dispatch: Dispatch) -> None:
    """The platform desk, the same: it reads nothing above public, and has no page of accounts."""
    _tell_beside(dispatch, PLATFORM, level=Level.PUBLIC)


def _tell_beside(dispatch: Dispatch, desk: str, **more: Any) -> None:
    """Those who decide at the desk (by its code; "" for their party's administration), never themselves."""
    actor = service_actor(CLOCK, request_id=dispatch.request_id)
    person = User.objects.visible_to(actor).get(pk=dispatch.object_id)
    desk = desk or f"{person.home_party_id}.administration"
    seats = seats_beside(desk, person.pk)
    if seats:
        notices.create_notices(
            actor,
            None,
            event="sign_in.beside_directory",
            desks=[desk],
            seats=seats,
            object_type="entrance.beside",
            object_id=person.uid,
            number=f"{person.home_party_id}-{person.pk}",
            title=f"{person.get_full_name()} ({person.username})",
            step=dispatch.payload["day"],
            **more,
        )


@outbox.on("key_limit.alarmed")
def tell_of_key(dispatch: Dispatch) -> None:
    """The party's administration and oversight, once a day for each key."""
    notices.create_notices(
        service_actor(CLOCK, request_id=dispatch.request_id),
        None,
        event="key.used_elsewhere",
        desks=administration_of(dispatch.payload["party"]),
        object_type="entrance.keylimit",
        object_id=dispatch.object_id,
        number=dispatch.payload["key"],
        step=dispatch.payload["day"],
        level=Level.OFFICIAL,
    )


@outbox.on("token.ending")
def tell_of_end(dispatch: Dispatch) -> None:
    """The party's administration and oversight: a successor has to be made in time."""
    notices.create_notices(
        service_actor(CLOCK, request_id=dispatch.request_id),
        None,
        event="key.ending",
        desks=administration_of(dispatch.payload["party"]),
        object_type="people.desktoken",
        object_id=dispatch.object_id,
        number=dispatch.payload["key"],
        step=str(dispatch.payload["days"]),
        level=Level.OFFICIAL,
        url_name="people:tokens",
    )


@outbox.on("account.left")
def end_link_of_leaver(dispatch: Dispatch) -> None:
    """Their account is closed already; the link ends with it."""
    row = link_of(dispatch.object_id)
    if row is not None:
        actions.end_directory_link(service_actor("IMPACS.automation", request_id=dispatch.request_id), row)
