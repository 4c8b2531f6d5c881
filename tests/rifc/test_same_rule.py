"""The rule in SQL and the rule in Python: the same answer for random reports and every person of the cast."""

import random
from typing import Any

import pytest

from apps.access.actor import Actor
from apps.access.grants import share, unshare
from apps.access.ids import uuid7
from apps.people.models import Desk, User
from apps.rifc.models import MouMembership, NamedPerson, Receipt, Report
from apps.rifc.queries import rule
from apps.rifc.rules import facts as words
from apps.rifc.rules.release import FULL, TOMBSTONE, invalid, view

pytestmark = pytest.mark.django_db
MANY = 250
DESKS = [
    "JAM.contact",
    "JAM.customs",
    "TTO.contact",
    "TTO.customs",
    "GUY.contact",
    "CYM.contact",
    "RIFC.watch",
    "BRB.customs",
]
PEOPLE = [
    *("brb.intelligence.officer", "brb.intelligence.head", "brb.contact.officer", "brb.border.officer"),
    *("jam.contact.officer", "jam.customs.officer", "jam.intelligence.head", "tto.contact.reader", "tto.customs.head"),
    *("guy.contact.officer", "cym.contact.officer", "rifc.watch.officer", "rifc.analysis.head", "jrcc.watch.officer"),
    *("portal.platform.head", "brb.administration.administrator", "jam.ministry.decider", "7t.carrier.agent"),
]
STATES = [
    "draft",
    "review",
    "approved",
    "shared",
    "shared",
    "shared",
    "superseded",
    "recalled",
    "archived",
    "withdrawn",
]


def a_report(chance: random.Random, author: Actor, desks: dict[str, Any], users: list[User]) -> Report:
    state = chance.choice(STATES)
    gone = state == "recalled" or (state == "archived" and chance.random() < 0.4)
    eyes = ["BRB", *chance.sample(["JAM", "TTO", "GUY", "CYM", "RIFC"], 2)] if chance.random() < 0.25 else []
    row = Report.objects.create(
        owner_id=author.desk_id,
        originator_id=author.party_code,
        author_id=author.user_id,
        thread=uuid7(),
        kind="information_report",
        title="R",
        level=chance.randint(0, 3),
        tlp=chance.choice(words.TLP),
        orcon=chance.random() < 0.2,
        handling=[code for code in ("NOASSOC", "LEONLY", "PII", "NOAUTO") if chance.random() < 0.12],
        eyes=eyes,
        state=state,
        recalled_at="2009-01-01T00:00Z"
        if state == "recalled" or (state == "archived" and chance.random() < 0.4)
        else None,
        shared_at=None if state in words.WORKING else "2009-01-01T00:00Z",
    )
    share(author, row, [author.desk_id])
    sent = chance.sample(DESKS, chance.randint(0, 4))
    now = "2009-01-01T00:00Z"
    if row.tlp == words.RED:
        for user in chance.sample(users, 2):
            gone = chance.random() < 0.3
            NamedPerson.objects.create(report=row, user=user, withdrawn_at=now if gone else None)
            Receipt.objects.create(
                report=row, desk=desks["JAM.contact"], user=user, basis="originator", added_at=now, added_by_seat_id=1,
                state="withdrawn" if gone else "sent",
            )  # fmt: skip
        return row
    for code in sent if row.state not in words.WORKING else []:
        gone = chance.random() < 0.2
        basis = rule.INTERNAL if chance.random() < 0.2 else "originator"
        Receipt.objects.create(
            report=row, desk=desks[code], basis=basis, added_at=now, added_by_seat_id=1,
            state="withdrawn" if gone else chance.choice(["sent", "void", "acknowledged"]),
        )  # fmt: skip
        share(author, row, [desks[code].pk])
        if gone:
            unshare(row, [desks[code].pk])
    return row


def test_sql_and_predicate_agree_on_everybody(cast: Any) -> None:
    chance = random.Random(20080212)
    MouMembership.objects.filter(party="GUY").update(in_force_to="2020-01-01")
    desks = {desk.code: desk for desk in Desk.objects.filter(code__in=DESKS)}
    users = list(User.objects.filter(username__in=PEOPLE[:12]))
    author = cast["brb.intelligence.officer"]
    reports = [a_report(chance, author, desks, users) for _number in range(MANY)]
    known = rule.facts_of(reports)
    seen_once = set()
    for name in PEOPLE:
        actor = cast[name]
        viewer = rule.viewer_of(actor)
        full = set(Report.objects.visible_to(actor).values_list("pk", flat=True))
        stones = set(Report.objects.tombstones_for(actor).values_list("pk", flat=True))
        for row in reports:
            if invalid(known[row.pk]):
                continue
            found = view(known[row.pk], viewer)
            seen_once.add(found.rule)
            assert (row.pk in full) is (found.result == FULL), (name, found, known[row.pk])
            assert (row.pk in stones) is (found.result == TOMBSTONE), (name, found, known[row.pk])
    assert seen_once >= {f"V{number:02}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)}
