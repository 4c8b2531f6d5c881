"""Break-glass: a seat for an hour that everybody hears of, that only reads, and that somebody else judges."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.access.declared_actions import REGISTRY, open_to
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.notices.models import Notice
from apps.people.actions import clock, emergency
from apps.people.models import EmergencyUse, Seat
from apps.people.queries import actor_for, seats_of
from tests.people.governing import ADMIN, at_seat, person, seat_of
from tests.people.governing import clock as the_clock

HEAD, JUDGE, OFFICER = "jam.border.head", "jam.intelligence.head", "jam.border.officer"
WHY = "A boy is missing since the morning and the list that names his abductor is theirs."


def taken(cast: Any, **more: Any) -> EmergencyUse:
    """The head of Jamaica's border desk sits at its intelligence desk."""
    given = {"desk": "JAM.intelligence", "cause": "life", "why": WHY, "case": ""}
    return emergency.take_emergency_seat(cast[HEAD], None, **{**given, **more})


def emergency_actor(use: EmergencyUse) -> Any:
    return at_seat(person(HEAD), use.seat)


def test_the_seat_reads_for_an_hour_with_ones_own_clearance(cast):
    use = taken(cast)
    actor = emergency_actor(use)
    assert (actor.desk_code, actor.rank, actor.seat_kind) == ("JAM.intelligence", 1, "emergency")
    assert actor.clearance == person(HEAD).clearance
    assert use.seat.valid_to - use.seat.valid_from == timedelta(minutes=60)
    Seat.objects.filter(pk=use.seat_id).update(
        valid_from=timezone.now() - timedelta(hours=2), valid_to=timezone.now() - timedelta(seconds=1)
    )
    assert actor_for(person(HEAD), use.seat_id) is None
    assert [seat.desk.code for seat in seats_of(person(HEAD))] == ["JAM.border"]


def test_everybody_concerned_is_told_at_once(cast, drain):
    taken(cast)
    drain()
    desks = set(Notice.objects.filter(code="accounts.emergency").values_list("owner__code", flat=True))
    assert desks == {"JAM.intelligence", "JAM.administration", "JAM.oversight"}


@pytest.mark.parametrize(
    "more",
    [{"desk": "BRB.intelligence"}, {"desk": "JAM.administration"}, {"desk": "JAM.oversight"}, {"desk": "JAM.border"}],
)
def test_it_is_not_taken_elsewhere_nor_at_desks_without_one(more, cast):
    with pytest.raises(ValidationError):
        taken(cast, **more)
    assert not EmergencyUse.objects.exists()


def test_without_a_second_factor_there_is_none(cast):
    with pytest.raises(Refused, match="no-second-factor"):
        emergency.take_emergency_seat(cast[OFFICER], None, desk="JAM.intelligence", cause="life", why=WHY)


def test_a_short_reason_is_none(client_for):
    browser = client_for(HEAD)
    form = {"desk": "JAM.intelligence", "cause": "life", "why": "urgent"}
    assert browser.post(reverse("people:emergency_take"), form).status_code == 422


def test_from_it_no_further_one_is_taken_and_it_is_not_taken_twice(cast):
    use = taken(cast)
    with pytest.raises(Refused, match="emergency-seat"):
        emergency.take_emergency_seat(emergency_actor(use), None, desk="JAM.customs", cause="life", why=WHY)
    with pytest.raises(ValidationError, match="already"):
        taken(cast)


def test_nothing_is_shared_approved_or_changed_from_it(cast):
    actor = emergency_actor(taken(cast))
    open_verbs = {verb for verb, spec in REGISTRY.items() if open_to(actor, spec) and not spec.by_readers}
    assert open_verbs == {"seat.switch", "user.set_address", "emergency.give_back"}


def test_nothing_is_exported_from_it(cast, client_for):
    use, browser = taken(cast), client_for(HEAD)
    _sit(browser, use)
    answer = browser.get(reverse("audit:records"), {"format": "csv"})
    assert answer.status_code == 403
    assert "Emergency access is read-only: you cannot share, export, approve or" in answer.content.decode()
    row = AuditRecord.objects.get(verb="audit.export")
    assert (row.outcome, row.reason) == ("refused", "emergency-seat")


def test_every_page_says_so_and_is_recorded_as_an_emergency(cast, client_for):
    use, browser = taken(cast), client_for(HEAD)
    _sit(browser, use)
    page = browser.get(reverse("rifc:reports")).content.decode()
    assert "Emergency access" in page
    rows = AuditRecord.objects.filter(seat_id=use.seat_id, outcome="read")
    assert rows
    assert all(row.detail["emergency"] is True for row in rows)


def test_the_seat_is_given_back_before_its_hour(cast, client_for):
    use, browser = taken(cast), client_for(HEAD)
    _sit(browser, use)
    browser.post(reverse("people:emergency_do", args=[use.uid, "give_back"]))
    assert Seat.objects.get(pk=use.seat_id).state == "ended"
    assert actor_for(person(HEAD), use.seat_id) is None


# --- afterwards ---


def test_a_head_of_that_desk_judges_and_nobody_else(cast):
    use = taken(cast)
    given = {"outcome": "justified", "finding": "The boy was found."}
    with pytest.raises(Refused, match="own-emergency"):
        emergency.judge_emergency_seat(cast[HEAD], use, **given)
    with pytest.raises(Refused, match="not-judge"):
        emergency.judge_emergency_seat(cast[ADMIN], use, **given)
    with pytest.raises(Refused, match="not-visible"):
        emergency.judge_emergency_seat(cast["brb.intelligence.head"], use, **given)
    assert emergency.judge_emergency_seat(cast[JUDGE], use, **given).state == "justified"
    with pytest.raises(Refused, match="wrong-state"):
        emergency.judge_emergency_seat(cast[JUDGE], use, outcome="unjustified", finding="changed my mind")


def test_what_is_not_justified_is_told_again(cast, drain):
    emergency.judge_emergency_seat(
        cast[JUDGE], taken(cast), outcome="unjustified", finding="He looked for his neighbour."
    )
    drain()
    assert Notice.objects.filter(code="accounts.emergency_unjustified", owner__code="JAM.oversight").exists()


def test_overdue_ones_are_told_to_the_oversight_once(cast, drain):
    use = taken(cast)
    assert timedelta(days=4) < use.due_at - timezone.now() < timedelta(days=9)  # five working days, with a holiday
    assert clock.run(the_clock(), use.due_at - timedelta(minutes=1))["overdue"] == 0
    assert clock.run(the_clock(), use.due_at)["overdue"] == 1
    assert clock.run(the_clock(), use.due_at)["overdue"] == 0
    drain()
    assert Notice.objects.filter(code="accounts.emergency_overdue", owner__code="JAM.oversight").exists()


def test_three_in_thirty_days_are_marked(cast):
    for number in range(3):
        use = taken(cast)
        assert use.frequent is (number == 2)
        emergency.give_back_emergency_seat(emergency_actor(use), use)


def test_the_page_takes_it_after_the_second_factor_and_shows_it_to_the_judge(cast, client_for):
    browser = client_for(HEAD)
    page = reverse("people:emergency_take")
    assert browser.get(page).status_code == 200
    form = {"desk": "JAM.intelligence", "cause": "absence", "why": WHY, "case": "K-12"}
    assert browser.post(page, form).url == reverse("people:desk")
    use = EmergencyUse.objects.get()
    assert browser.session["seat"] == use.seat_id
    judge = client_for(JUDGE)
    assert WHY in judge.get(reverse("people:emergency", args=[use.uid])).content.decode()
    assert "was the emergency access justified" in judge.get(reverse("people:desk")).content.decode()
    done = judge.post(
        reverse("people:emergency_do", args=[use.uid, "judge"]), {"outcome": "remarks", "finding": "Ring first."}
    )
    assert done.status_code == 302
    assert EmergencyUse.objects.get().state == "remarks"
    late = {"outcome": "justified", "finding": "Nobody could be rung."}
    again = judge.post(reverse("people:emergency_do", args=[use.uid, "judge"]), late)
    assert (again.status_code, late["finding"] in again.content.decode()) == (409, True)
    for name in ("brb.intelligence.head", OFFICER):
        assert client_for(name).get(reverse("people:emergency", args=[use.uid])).status_code == 404


def _sit(browser: Any, use: EmergencyUse) -> None:
    session = browser.session
    session["seat"] = use.seat_id
    session.save()


def test_a_persons_own_seat_is_untouched(cast):
    use = taken(cast)
    assert seat_of(HEAD, kind="standing").pk != use.seat_id
