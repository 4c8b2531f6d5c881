"""What an app above does within an action of an app below."""

import pytest

from apps.access import joint_actions
from apps.journeys.actions import readings
from apps.people.queries import service_actor
from apps.travellers.loaders import reference
from tests.jrcc.people import AGENT, QUILL, RAM, on_board, send


@pytest.fixture
def parts(monkeypatch):
    known = {}
    monkeypatch.setattr(joint_actions, "_PARTS", known)
    return known


def test_parts_are_done_in_the_order_of_their_declaration(parts):
    done = []
    joint_actions.at_once("tea.poured")(lambda actor, cups: done.append(("first", actor, cups)))
    joint_actions.at_once("tea.poured")(lambda actor, cups: done.append(("second", actor, cups)))
    joint_actions.tell_at_once("tea.poured", "somebody", cups=2)
    assert done == [("first", "somebody", 2), ("second", "somebody", 2)]


def test_a_fact_of_which_nobody_does_a_part_is_an_error_and_not_silence(parts):
    with pytest.raises(LookupError):
        joint_actions.tell_at_once("tea.poured", None, cups=2)


def test_what_a_part_raises_undoes_the_action(cast, drain, parts, db):
    reference.load_travellers_reference()
    send(cast[AGENT], RAM, QUILL)
    drain()
    joint_actions.at_once("travellers.leave")(lambda _actor, **_said: 1 / 0)
    later = send(cast[AGENT], RAM)
    with pytest.raises(ZeroDivisionError):
        readings.read_submission(service_actor("JRCC.automation"), later)
    assert on_board() == ["QUILLINGFORD", "RAMKISSOON"], "nobody has left while what is done with it failed"
    parts["travellers.leave"] = [lambda _actor, **_said: None]
    readings.read_submission(service_actor("JRCC.automation"), later)
    assert on_board() == ["RAMKISSOON"]
