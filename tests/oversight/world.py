"""What oversight keeps, made as the portal makes it."""

import datetime
from typing import Any

from apps.oversight import actions, tasks
from apps.oversight.models import Anchor, AnomalyRule, ChainWalk
from apps.oversight.queries.anomalies import Finding
from apps.people.actions import emergency
from apps.people.queries import service_actor

BEGINS = datetime.datetime(2026, 11, 20, 16, tzinfo=datetime.UTC)


def some_oversight(cast: Any) -> dict[str, Any]:
    """One of each, by the words used in the addresses; the case is about an officer of the JRCC."""
    tasks.anchor(datetime.date(2026, 11, 25))
    tasks.walk(datetime.date(2026, 11, 25))
    clock = service_actor("IMPACS.automation", request_id="test")
    why = "Nobody of the desk answers the telephone and a ship has called for help."
    use = emergency.take(cast["brb.border.head"], None, desk="BRB.intelligence", cause="life", why=why)
    watch = cast["jrcc.watch.officer"]
    rule = AnomalyRule.objects.get(code="mass_reading")
    who = (watch.user_id, watch.person, watch.party_code, watch.desk_code)
    finding = Finding(rule, *who, BEGINS, BEGINS + datetime.timedelta(hours=1), 160, 4.0)
    admin = cast["jam.administration.administrator"]
    return {
        "anchor": Anchor.objects.get(),
        "walk": ChainWalk.objects.get(),
        "opening": actions.tell_owner(clock, None, use=use, party="JRCC", entries=2),
        "conduct": actions.open_case(clock, None, finding=finding),
        "leaver": actions.note_leaver(admin, None, user="jam.border.head", leaves_on=datetime.date(2026, 12, 31)),
    }
