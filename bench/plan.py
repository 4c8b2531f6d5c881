"""What decisions ask for, in quantity: State actions with their dated facts, and tasks with dependencies."""

import datetime
import random
from typing import Any

from django.utils import timezone

from apps.access.managers import permission_id
from apps.council.models import Clause, Decision, DecisionDeskGrant
from apps.council.queries import audience
from apps.impacs.models import (
    Dependency,
    Difficulty,
    Mandate,
    MandateDeskGrant,
    Report,
    StateAction,
    StateActionDeskGrant,
    Task,
    TaskDeskGrant,
    Turn,
)  # fmt: skip
from apps.people.models import Desk
from apps.people.queries import desk_ids

BATCH = 2000
CLAUSES = 5
DAY = datetime.timedelta(days=1)


def build(state_actions: int, tasks: int, seed: int = 1) -> dict[str, int]:
    """Clauses in force, each asking something of the fifteen Member States, and tasks under mandates; counts."""
    return _Builder(random.Random(seed)).build(state_actions, tasks)  # noqa: S311  (figures, not secrets)


class _Builder:
    def __init__(self, chance: random.Random) -> None:
        self.chance, self.today = chance, timezone.now().date()
        self.keeper = Desk.objects.get(code="IMPACS.secretariat")
        ministries = Desk.objects.filter(function="ministry", party__roll_call_order__isnull=False)
        members = set(audience.members(self.today))
        self.ministries = [desk for desk in ministries.select_related("party") if desk.pk in members]
        self.everybody = sorted(members)

    def build(self, state_actions: int, tasks: int) -> dict[str, int]:
        clauses = self.clauses(-(-state_actions // len(self.ministries)))
        actions = self.actions(clauses)
        mandates = self.mandates(clauses[::20])
        made = self.tasks(mandates, tasks)
        return {"clauses": len(clauses), "state_actions": len(actions), "tasks": len(made)}

    def days(self, least: int, most: int) -> datetime.date:
        return self.today + self.chance.randint(least, most) * DAY

    def grant(self, grants: Any, rows: list[Any], groups: list[int], perm: str = "view") -> None:
        known = permission_id(grants._meta.get_field("content_object").related_model, perm)
        made = [grants(content_object=row, group_id=group, permission_id=known) for row in rows for group in groups]
        grants.objects.bulk_create(made, BATCH)

    def clauses(self, count: int) -> list[Clause]:
        decisions = [
            Decision(
                working_no=f"W-BENCH-{n}", number=f"CONSLE/{2015 + n % 11}/{1 + n % 4}/DEC/{n:03}", organ_id="CONSLE",
                proposer_id="IMPACS", question="DECISION", text_hash="0" * 64, kind="decision", owner=self.keeper,
                title=f"Decision {n} on the implementation of regional arrangements", originator_id="IMPACS",
                in_force_on=self.days(-700, -30), state=Decision.State.IN_FORCE, subject=f"Subject {n % 9}",
            )
            for n in range(-(-count // CLAUSES))
        ]  # fmt: skip
        Decision.objects.bulk_create(decisions, BATCH)
        self.grant(DecisionDeskGrant, decisions, self.everybody)
        rows = [
            Clause(
                decision=decisions[n // CLAUSES], number=str(1 + n % CLAUSES), position=1 + n % CLAUSES,
                text=f"Each Member State designates by the day named a responsible body and informs IMPACS ({n}).",
                addressee_rule="ALL_MEMBER_STATES", addressees=[desk.party_id for desk in self.ministries],
                due_on=None if n % 11 == 0 else self.days(-120, 500),
            )
            for n in range(count)
        ]  # fmt: skip
        return Clause.objects.bulk_create(rows, BATCH)

    def actions(self, clauses: list[Clause]) -> list[StateAction]:
        rows = [self.action(clause, desk) for clause in clauses for desk in self.ministries]
        StateAction.objects.bulk_create(rows, BATCH)
        self.grant(StateActionDeskGrant, rows, self.everybody)
        reports = [
            Report(action=row, text="Under way.", progress=row.progress, day=row.reported_on, seat_id=0)
            for row in rows
            if row.reported_on
        ]
        Report.objects.bulk_create(reports, BATCH)
        # a third is done, a tenth has something in its way
        turns = [
            Turn(action=row, kind=kind, day=day, seat_id=0)
            for row in rows[::3]
            for kind, day in ((Turn.Kind.SUBMITTED, self.days(-90, -40)), (Turn.Kind.VERIFIED, self.days(-39, -1)))
        ]
        Turn.objects.bulk_create(turns, BATCH)
        in_the_way = [
            Difficulty(action=row, severity=severity, kind="LEGAL", text="-", since=self.days(-60, -1), seat_id=0)
            for row in rows[1::10]
            for severity in [self.chance.choice(Difficulty.Severity.values)]
        ]
        Difficulty.objects.bulk_create(in_the_way, BATCH)
        return rows

    def action(self, clause: Any, desk: Any) -> StateAction:
        reported = self.chance.random() < 0.7
        return StateAction(
            decision_id=clause.decision_id, clause=clause, party_id=desk.party_id, owner=desk, originator_id="IMPACS",
            starts_on=clause.decision.in_force_on, due_on=clause.due_on,
            progress=self.chance.randint(0, 100) if reported else 0,
            reported_on=self.days(-120, 0) if reported else None,
            state=StateAction.State.IN_PROGRESS if reported else StateAction.State.NOT_STARTED,
        )  # fmt: skip

    def mandates(self, clauses: list[Clause]) -> list[Mandate]:
        rows = [
            Mandate(
                decision_id=clause.decision_id, clause=clause, body="IMPACS", title=clause.text[:200], due_on=None,
                owner=self.keeper, originator_id="IMPACS",
            )
            for clause in clauses
        ]  # fmt: skip
        Mandate.objects.bulk_create(rows, BATCH)
        self.grant(MandateDeskGrant, rows, self.everybody)
        return rows

    def tasks(self, mandates: list[Mandate], count: int) -> list[Task]:
        desks = list(Desk.objects.filter(code__in=["IMPACS.secretariat", "JRCC.watch", "RIFC.analysis"]))
        states = [*[Task.State.PLANNED] * 3, *[Task.State.IN_PROGRESS] * 3, Task.State.WAITING, Task.State.DONE]
        rows = []
        for n in range(count):
            start = self.days(-200, 200)
            rows.append(
                Task(
                    reference=f"TSK-{start.year}-{90000 + n}", title=f"Task {n} of the work plan of the agency",
                    mandate=mandates[n % len(mandates)] if n % 5 else None, owner=desks[n % len(desks)],
                    starts_on=start, due_on=start + self.chance.randint(1, 90) * DAY, estimate_days=5, year=start.year,
                    originator_id="IMPACS", state=states[n % len(states)], waiting_for=["BRB"] if n % 8 == 6 else [],
                )
            )  # fmt: skip
        Task.objects.bulk_create(rows, BATCH)
        self.grant(TaskDeskGrant, rows, self.everybody)
        self.grant(TaskDeskGrant, rows, desk_ids("IMPACS.secretariat"), "work")
        links = [
            Dependency(predecessor_task=one, successor_task=two) for one, two in zip(rows, rows[30:], strict=False)
        ]
        Dependency.objects.bulk_create(links[::3], BATCH)
        return rows
