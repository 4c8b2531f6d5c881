"""Oversight in the demonstration: two anchors, cases in each state, a notice of leaving, a rule for signing in."""

import datetime

from django.utils import timezone

from apps.entrance import actions as entrance
from apps.notices.queries import CLOCK
from apps.oversight import actions, tasks
from apps.oversight.models import AnomalyRule, Case
from apps.oversight.queries.anomalies import Finding
from apps.people.queries import service_actor
from demo.people import seated
from demo.scenes import Scene

REGION, JRCC = "impacs.oversight.officer", "jrcc.oversight.officer"
FOUND = [
    # rule, person, days ago, hour UTC, number, usual
    ("mass_reading", "jrcc.watch.officer", 9, 15, 212, 31.0),
    ("night_reading", "brb.border.officer", 6, 6, 24, 0.0),
    ("refused_burst", "jam.border.officer", 4, 13, 19, None),
    ("mass_reading", "jrcc.watch.supervisor", 2, 18, 168, 22.0),
    ("leaver_reading", "tto.customs.officer", 1, 14, 41, 9.0),
]


def load() -> int:
    """Make what is not there yet; the number of cases."""
    if Case.objects.exists():
        return Case.objects.count()
    now = timezone.now().astimezone(datetime.UTC)
    today = now.date()
    for back in (1, 0):
        tasks.anchor(now - datetime.timedelta(days=back))
    tasks.walk(today)
    cases = [_case(*found) for found in FOUND]
    first, second, third = cases[:3]
    actions.assess_conduct_case(seated(JRCC), first, note="He prepared the hand-over of the night's lists.")
    actions.explain_conduct_case(
        seated(JRCC), first, note="The supervisor confirms it: the lists of the feast were handed over."
    )
    actions.assess_conduct_case(
        seated(REGION), second, note="No duty is planned for this desk at that hour. The desk was asked."
    )
    actions.assess_conduct_case(
        seated(REGION), third, note="Tries at records of another State, one number after the other."
    )
    actions.close_conduct_case(
        seated(REGION), third, outcome="trained", note="He took the numbers from an old list. Shown how to search."
    )
    admin = seated("jam.administration.administrator")
    actions.note_leaver(admin, None, user="jam.customs.officer", leaves_on=today + datetime.timedelta(days=30))
    entrance.set_sign_in_rule(
        admin,
        None,
        factors=["totp", "webauthn"],
        session_minutes=600,
        idle_minutes=20,
        networks="",
        why="Order of the ministry",
    )
    return len(cases)


def _case(code: str, username: str, days: int, hour: int, count: int, usual: float | None) -> Case:
    who = seated(username)
    day = timezone.now().astimezone(datetime.UTC) - datetime.timedelta(days=days)
    begins = day.replace(hour=hour, minute=0, second=0, microsecond=0)
    finding = Finding(
        AnomalyRule.objects.get(code=code),
        *(who.user_id, who.person, who.party_code, who.desk_code),
        *(begins, begins + datetime.timedelta(hours=1), count, usual),
    )
    case: Case = actions.open_conduct_case(service_actor(CLOCK, request_id="demo", address=None), None, finding=finding)
    return case


SCENES = [Scene("cases of oversight", load)]
