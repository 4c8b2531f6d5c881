"""What oversight keeps, made as the portal makes it."""

import base64
import datetime
from typing import Any

from apps.oversight import actions, tasks
from apps.oversight.models import Anchor, AnomalyRule, ChainWalk
from apps.oversight.queries.anomalies import Finding
from apps.people.actions import emergency
from apps.people.queries import service_actor
from tests.days import in_days

KEY = base64.b64encode(bytes(range(32))).decode()
BEGINS = datetime.datetime.combine(in_days(-9), datetime.time(16), datetime.UTC)
ANCHORED = datetime.datetime.combine(in_days(-4), datetime.time(10), datetime.UTC)


def some_oversight(cast: Any) -> dict[str, Any]:
    """One of each, by the words used in the addresses; the case is about an officer of the JRCC."""
    tasks.anchor(ANCHORED)
    tasks.walk(in_days(-4))
    clock = service_actor("IMPACS.automation", request_id="test")
    why = "Nobody of the desk answers the telephone and a ship has called for help."
    use = emergency.take_emergency_seat(cast["brb.border.head"], None, desk="BRB.intelligence", cause="life", why=why)
    watch = cast["jrcc.watch.officer"]
    rule = AnomalyRule.objects.get(code="mass_reading")
    who = (watch.user_id, watch.person, watch.party_code, watch.desk_code)
    finding = Finding(rule, *who, BEGINS, BEGINS + datetime.timedelta(hours=1), 160, 4.0)
    admin = cast["jam.administration.administrator"]
    witness = actions.propose_witness(admin, None, name="kingston-1", key=KEY, contact="Tel. 876")
    return {
        "anchor": Anchor.objects.get(),
        "witness": actions.approve_witness(cast["jam.oversight.officer"], witness),
        "walk": ChainWalk.objects.get(),
        "opening": actions.tell_owner_of_opening(clock, None, use=use, party="JRCC", entries=2),
        "conduct": actions.open_conduct_case(clock, None, finding=finding),
        "leaver": actions.note_leaver(admin, None, user="jam.border.head", leaves_on=in_days(31)),
    }
