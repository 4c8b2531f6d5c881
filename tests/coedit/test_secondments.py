"""A person whom another party has sent, at the socket of a text: by the portal's own rule, as long as the agreement."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from apps.assessments.actions import members
from apps.assessments.models import Assessment
from apps.people import actions
from apps.people.models import Seat, User
from apps.people.queries import seats_of
from demo import assessments as demo
from demo.people import seated
from tests.coedit.conftest import Server, ask, serving
from tests.coedit.writers import refused
from tests.conftest import Cast
from tests.people.seconding import sent_to

pytestmark = pytest.mark.machine_clock
WHO, THERE = "lca.intelligence.officer", "JAM.intelligence"
SENDS, RECEIVES = "lca.administration.administrator", "jam.administration.administrator"


@pytest.fixture(scope="module")
def room(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that asks the rule of joint assessments; Jamaica takes part in the one in drafting, their party not."""
    with django_db_blocker.unblock():
        demo.in_drafting()
        one = Server(tmp_path_factory.mktemp("coedit"))
        one.assessment, one.env = demo.ASSESSMENT, {"COEDIT_RULE": ""}
        with serving(one, django_db_setup.clone):
            yield one


@pytest.fixture(autouse=True)
def _back_home(room: Server) -> Iterator[None]:
    """Afterwards he sits at his desk at home alone, and his account is open."""
    yield
    cast = Cast()
    person = User.objects.get(username=WHO)
    if person.state == User.State.SUSPENDED:
        actions.reactivate_account(cast[SENDS], person)
    for seat in seats_of(person):
        if seat.desk.code == THERE:
            actions.end_appointment(cast[RECEIVES], seat, reason="the test is over")


def named(as_what: str) -> None:
    """The lead lets them write, or only read, by name."""
    members.add_member(seated(demo.PLAN["lead"]), Assessment.objects.get(pk=demo.ASSESSMENT), user=WHO, role=as_what)


def sent_home(cast: Cast, seat: Seat) -> None:
    actions.end_appointment(cast[RECEIVES], seat, reason="no longer needed")


def called_back(cast: Cast, seat: Seat) -> None:
    actions.end_appointment(cast[SENDS], seat, reason="needed at home")


def suspended(cast: Cast, seat: Seat) -> None:
    actions.suspend_account(cast[SENDS], seat.user, reason="under inquiry")


@pytest.mark.parametrize("end", [sent_home, called_back, suspended])
def test_he_writes_with_his_desk_and_is_out_when_either_side_ends_it(
    room: Server, end: Callable[[Cast, Seat], None]
) -> None:
    cast = Cast()
    seat = sent_to(cast, WHO, THERE, "officer")
    named("drafter")
    away, home = room.sign_in(WHO, THERE), room.sign_in(WHO)

    async def story() -> None:
        assert await refused(room.at(home, demo.SECTION)) == 403, "from his desk at home it is not there"
        writer = room.at(away, demo.SECTION)
        await writer.come()
        assert writer.hello["mode"] == "write"
        assert writer.hello["user"]["label"].startswith("JAM intelligence ")
        await writer.type("From the liaison.")
        await writer.acknowledged()
        await ask(lambda: end(cast, seat))
        assert await writer.driven_out() == 4403
        for session in (away, home):
            assert await refused(room.at(session, demo.SECTION)) == 403

    asyncio.run(story())


def test_who_is_sent_and_not_named_to_write_writes_nothing(room: Server) -> None:
    sent_to(Cast(), WHO, THERE, "officer")
    named("reader")
    away = room.sign_in(WHO, THERE)

    async def story() -> None:
        async with room.at(away, demo.SECTION) as reader:
            assert reader.hello["mode"] == "read"
            await reader.type("Graffiti.")
            await reader.until(lambda: reader.of("nack"))
            assert reader.of("nack")[0]["code"] == "readonly"

    asyncio.run(story())
