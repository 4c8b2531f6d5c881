"""A year of the ladder, day by day: three clauses in fifteen States, against a twin that knows no code of it.

The clock ticks again on every day on which something happened and on each tenth; in one week it does not tick at
all. Mails and digests are counted as well.
"""

import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from apps.access import outbox
from apps.impacs import actions
from apps.impacs.models import Escalation, ExtensionRequest, OfficeHolder, StateAction, Turn
from apps.impacs.tasks.escalation import run_escalation_clock
from apps.notices.tasks import run_notices_clock as notices_tick
from apps.people.models import User
from apps.people.queries import service_actor
from tests.impacs.people import a_decision, ended, reported

pytestmark = pytest.mark.django_db
FIRST = datetime.date(2027, 1, 1)
DAYS, CLAUSES, STATES = 365, 3, 15
DAY = datetime.timedelta(days=1)
AWAY = range(150, 157)
"""Days of the year on which no clock ticks."""

SUPERSEDED = (1, 160)
"""This clause's decision ends on this day of the year."""

SECRETARIES = ("JAM", "BRB", "TTO", "GUY")
"""States that have named a permanent secretary; at the ministries of the others nobody is named."""

MINISTRIES = ("JAM", "BRB", "TTO", "GUY", "LCA", "ATG", "KNA", "SUR")
"""States at whose ministry somebody decides; at the others nobody sits at all."""

FOCAL = ("SUR",)
"""States at whose ministry a drafter sits, who is its focal point."""

MANAGER, OFFICER = "impacs.secretariat.manager", "impacs.secretariat.officer"
SILENT, ANSWERS, WORKS_ON, DONE, MOVED, LATE_REPORT = range(6)


def due_of(clause: int) -> datetime.date:
    return FIRST + DAY * (25 + 110 * clause)


def habit(state: int, clause: int) -> int:
    """What a State does about a clause: always the same."""
    return (state * 7 + clause * 5) % 6


@dataclass
class Twin:
    """One State's action as an official with a diary would follow it."""

    party: str
    clause: int
    due: datetime.date
    habit: int
    raised: list[list[Any]] = field(default_factory=list)  # [rung, day, told, answered on]
    all: list[tuple[datetime.date, int, datetime.date, str]] = field(default_factory=list)
    progress: datetime.date | None = None
    over: bool = False
    silent: set[int] = field(default_factory=set)

    def told(self, rung: int) -> str:
        """Who is told: the ladder's office, or the next one that somebody holds."""
        here = self.party in MINISTRIES
        if rung == 1 and self.party in FOCAL:
            return "focal_point"
        if rung in {1, 2}:
            return "approver" if here else "impacs_director"
        if rung == 3:
            return "permanent_secretary" if self.party in SECRETARIES else "impacs_director"
        return "impacs_director" if rung == 4 else "council_list"

    def look(self, today: datetime.date) -> int | None:
        """The rung that has to be climbed today."""
        if self.over:
            return None
        last = self.raised[-1] if self.raised else None
        late = (today - self.due).days
        done = last[0] if last else 0
        if late <= 0:
            if done == 0 and late >= -14:
                return 1
            if done == 1 and late >= -3 and (today - last[1]).days >= 1 and not self.held(today, 7, 0):
                return 2
            return None
        if done < 3:
            if last is not None and (today - last[1]).days < 1:
                return None
            return None if done == 1 and self.held(today, 7, 0) else 3
        if done == 3 and late >= 14 and (today - last[1]).days >= 13 and not self.held(today, 14, 14):
            return 4
        if done == 4 and late >= 30 and (today - last[1]).days >= 14 and not self.held(today, 14, 14):
            return 5
        return None

    def held(self, today: datetime.date, answer: int, progress: int) -> bool:
        last = self.raised[-1]
        if last[3] is not None and (today - last[3]).days < answer:
            return True
        return self.progress is not None and self.progress >= last[1] and (today - self.progress).days < progress

    def climb(self, today: datetime.date) -> tuple[int, str] | None:
        rung = self.look(today)
        if rung is None:
            return None
        told = self.told(rung)
        self.raised.append([rung, today, told, None])
        self.all.append((self.due, rung, today, told))
        return rung, told

    def told_of(self, today: datetime.date) -> list[tuple[str, str, str]]:
        """(event, party whose desk answers, office) of what is raised today: the agency's desk answers for all."""
        climbed = self.climb(today)
        if climbed is None:
            return []
        rung, told = climbed
        return [(EVENT[rung], "" if told in {"impacs_director", "council_list"} else self.party, told)]

    def move(self, due: datetime.date) -> None:
        self.due, self.raised = due, []


EVENT = {1: "action.due_soon", 2: "action.due_soon", 3: "action.overdue", 4: "action.overdue", 5: "action.listed"}


def people(party: str, told: str) -> tuple[str, ...]:
    """User names of those who hold an office."""
    if told == "focal_point":
        return (f"{party.lower()}.ministry.drafter",)
    if told == "impacs_director":
        return (MANAGER,)
    return (MANAGER, OFFICER) if told == "council_list" else (f"{party.lower()}.ministry.decider",)


class Post:
    """Who gets which mails on which day, by the rules: overdue at once, the rest in the morning of the next workday."""

    def __init__(self) -> None:
        self.waiting: dict[str, datetime.date] = {}
        self.sent: Counter[tuple[datetime.date, str]] = Counter()

    def morning(self, today: datetime.date) -> None:
        if today.weekday() < 5:
            for person, since in list(self.waiting.items()):
                if since < today:
                    self.sent[today, person] += 1
                    del self.waiting[person]

    def raised(self, today: datetime.date, groups: set[tuple[str, str, str]]) -> None:
        for event, party, told in groups:
            for person in people(party, told):
                if event == "action.overdue":
                    self.sent[today, person] += 1
                else:
                    self.waiting.setdefault(person, today)


def test_a_year_is_escalated_as_the_twin_reckons(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    decisions = [
        a_decision((f"Secret duty {n}.", "ALL_MEMBER_STATES", due_of(n)), day=FIRST - 60 * DAY, follow=False)
        for n in range(CLAUSES)
    ]
    for decision in decisions:
        actions.generate_state_actions(service_actor("IMPACS.automation"), None, decision=decision)
    rows = {(row.party_id, row.decision_id): row for row in StateAction.objects.all()}
    states = sorted({party for party, _decision in rows})
    assert (len(states), len(rows)) == (STATES, STATES * CLAUSES)
    for party in SECRETARIES:
        seat = cast[f"{party.lower()}.ministry.decider"].seat_id
        OfficeHolder.objects.create(
            party_id=party, office="permanent_secretary", seat_id=seat, valid_from=FIRST, by_seat_id=seat
        )
    twins = {
        rows[party, decision.pk].pk: Twin(party, n, due_of(n), habit(place, n))
        for place, party in enumerate(states)
        for n, decision in enumerate(decisions)
    }
    post, addresses = Post(), {user.email: user.username for user in User.objects.exclude(email="")}
    outbox.drain()
    mail.outbox.clear()
    quiet = 0
    for number in range(DAYS):
        today = FIRST + DAY * number
        clock = datetime.datetime.combine(today, datetime.time(14), datetime.UTC)
        monkeypatch.setattr(timezone, "now", lambda clock=clock: clock)
        if number not in AWAY:
            before = len(mail.outbox)
            notices_tick(clock)
            post.morning(today)
            done = run_escalation_clock(clock)
            post.raised(today, {group for twin in twins.values() for group in twin.told_of(today)})
            if any(done.values()) or number % 10 == 0:
                assert run_escalation_clock(clock) == {"raised": 0, "ended": 0}, today
            outbox.drain()
            quiet += len(mail.outbox) == before
        live(number, today, cast, decisions, rows, twins)
    compare_rungs(twins)
    compare_mails(post, addresses)
    assert quiet > 150, "most days are quiet"
    assert max(Counter(post.sent).values()) <= 2, "one digest, and one mail of what is overdue"


def live(number: int, today: datetime.date, cast: Any, decisions: Any, rows: Any, twins: dict[Any, Twin]) -> None:
    """What people do on a day, in the portal and in the twin's diary."""
    if number == SUPERSEDED[1]:
        ended(decisions[SUPERSEDED[0]], today)
    for pk, twin in twins.items():
        if number == SUPERSEDED[1] and twin.clause == SUPERSEDED[0]:
            twin.over = True
        HABITS[twin.habit](pk, twin, today, cast)


def _nothing(pk: Any, twin: Twin, today: datetime.date, cast: Any) -> None:
    """A State that is silent."""


def _answers(pk: Any, twin: Twin, today: datetime.date, cast: Any) -> None:
    """Two days after each rung its office answers; the Council's list is nobody's to answer."""
    last = twin.raised[-1] if twin.raised else None
    if twin.over or last is None or last[0] == 5 or (today - last[1]).days != 2:
        return
    row = Escalation.objects.get(subject_id=pk, due_on=twin.due, rung=last[0])
    if row.state in Escalation.SILENT:
        actions.escalation.acknowledge_escalation(cast[people(twin.party, last[2])[0]], row, answer="It is under way.")
        last[3] = today


def _reports(pk: Any, twin: Twin, today: datetime.date, cast: Any, after: tuple[int, ...] = (5, 25)) -> None:
    if (today - twin.due).days in after and not twin.over:
        row = StateAction.objects.get(pk=pk)
        reported(row, today, 50)
        StateAction.objects.filter(pk=pk).update(reported_on=today, progress=50)
        twin.progress = today


def _late_report(pk: Any, twin: Twin, today: datetime.date, cast: Any) -> None:
    _reports(pk, twin, today, cast, after=(-10, 20))


def _done(pk: Any, twin: Twin, today: datetime.date, cast: Any) -> None:
    """Five days before the date the agency verifies it."""
    if (today - twin.due).days == -5:
        row = StateAction.objects.get(pk=pk)
        for kind in ("submitted", "verified"):
            Turn.objects.create(action=row, kind=kind, day=today, seat_id=0)
        StateAction.objects.filter(pk=pk).update(state="verified")
        twin.over = True


def _moved(pk: Any, twin: Twin, today: datetime.date, cast: Any) -> None:
    """Three days after the date a later one is granted, once."""
    if twin.due == due_of(twin.clause) and (today - twin.due).days == 3 and not twin.over:
        row, later = StateAction.objects.get(pk=pk), twin.due + 45 * DAY
        ExtensionRequest.objects.create(
            action=row, party_id=row.party_id, number=1, from_due=twin.due, new_due_on=later, cause="Storm.",
            requested_on=today - DAY, power="director", answer_by=today + 9 * DAY, decided_on=today,
            owner_id=row.owner_id, originator_id=row.party_id, state="granted",
        )  # fmt: skip
        twin.move(later)


HABITS: dict[int, Callable[..., None]] = {
    SILENT: _nothing, ANSWERS: _answers, WORKS_ON: _reports, DONE: _done, MOVED: _moved, LATE_REPORT: _late_report,
}  # fmt: skip


def compare_rungs(twins: dict[Any, Twin]) -> None:
    """Every rung of every action, on the day that the twin says and told to whom it says."""
    found: dict[Any, list[tuple[datetime.date, int, datetime.date, str]]] = {pk: [] for pk in twins}
    for row in Escalation.objects.order_by("raised_on", "rung"):
        found[row.subject_id].append((row.due_on, row.rung, row.raised_on, row.told))
    for pk, twin in twins.items():
        assert found[pk] == twin.all, (twin.party, twin.clause, twin.habit)
    total = sum(map(len, found.values()))
    assert total == Escalation.objects.count() > 100
    rungs = Counter(rung for each in found.values() for _due, rung, _day, _told in each)
    assert set(rungs) == {1, 2, 3, 4, 5}


def compare_mails(post: Post, addresses: dict[str, str]) -> None:
    """As many mails to everybody on each day as the twin has posted, and no title in any of them.

    Besides, whoever can fill an office is told of each vacancy once.
    """
    vacancies = Counter((each.to[0], each.subject) for each in mail.outbox if "vacant role" in each.subject)
    assert set(vacancies.values()) == {1}
    sent = Counter(addresses[each.to[0]] for each in mail.outbox if "vacant role" not in each.subject)
    assert sent == Counter(person for _day, person in post.sent.elements())
    assert sum(sent.values()) > 100
    assert not [each for each in mail.outbox if "Secret duty" in each.subject + each.body]
