"""Bodies, members and rules as dated data, and what unpaid contributions mean for a vote."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from apps.access.refusal import Refused
from apps.council.actions import chairs, contributions
from apps.council.models import OrganChair, RuleSet
from apps.council.queries import institutions, membership
from apps.people.models import PartyPeriod
from tests.council.people import SECRETARIAT
from tests.days import NEXT, in_days

FIRST = datetime.date(NEXT, 1, 1)
COUNTS = {
    "1973-08-01": 4,
    "1974-05-01": 10,
    "1974-07-04": 11,
    "1974-07-26": 12,
    "1983-07-04": 13,
    "1995-07-04": 14,
    "2002-07-02": 15,
}


@pytest.mark.parametrize(("day", "members"), COUNTS.items())
def test_the_membership_of_a_day_is_counted_from_its_periods(db, day, members):
    assert len(membership.roll(datetime.date.fromisoformat(day))) == members


def test_majorities_follow_the_membership_of_the_day(cast):
    before = institutions.on(cast[SECRETARIAT], datetime.date(2002, 7, 1))
    after = institutions.on(cast[SECRETARIAT], datetime.date(2008, 2, 20))
    needed = [
        next(one.needed for one in rules.majorities if one.question == "DECISION")
        for it, code in ((before, "RS-COUNCIL-RTC-2001"), (after, "RS-CONSLE-2006"))
        for rules in it.rules
        if rules.row.code == code
    ]
    assert needed == [11, 12]


def test_a_sixteenth_member_state_changes_thresholds_only_from_its_day(cast):
    period = PartyPeriod.objects.get(party_id="CYM", valid_to=None)
    period.valid_to = FIRST
    period.save()
    PartyPeriod.objects.create(party_id="CYM", kind="member_state", valid_from=FIRST)
    counts = [len(membership.roll(datetime.date(*day))) for day in ((NEXT - 1, 12, 31), (NEXT, 1, 1))]
    assert counts == [15, 16]


def test_the_page_shows_any_day_and_says_what_is_wrong_with_one_that_is_none(client_for):
    page = client_for("jam.ministry.reader").get("/council/bodies/?on=20+Feb+2008")
    assert b"12 of 15" in page.content
    assert b"Trinidad and Tobago" in page.content
    wrong = client_for("jam.ministry.reader").get("/council/bodies/?on=soon")
    assert wrong.status_code == 422
    assert b"31 Dec 2026" in wrong.content


def test_a_new_chair_ends_the_one_before_on_the_same_day(cast):
    chairs.record_chair(cast[SECRETARIAT], None, organ="CONSLE", party="BRB", valid_from=in_days(2), source="Decision")
    assert [membership.chair_on("CONSLE", in_days(days)) for days in (1, 2)] == ["JAM", "BRB"]
    with pytest.raises(ValidationError, match="already recorded"):
        chairs.record_chair(cast[SECRETARIAT], None, organ="CONSLE", party="GUY", valid_from=in_days(-28), source="x")
    with pytest.raises(Refused):
        chairs.record_chair(
            cast["brb.ministry.decider"],
            None,
            organ="CONSLE",
            party="BRB",
            valid_from=FIRST,
            source="x",
        )


def test_the_database_refuses_two_chairs_at_once_and_a_changed_rule_set(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganChair.objects.create(organ_id="CONSLE", party_id="BRB", valid_from=datetime.date(2023, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSet.objects.filter(code="RS-CONSLE-2006").update(content={})


def test_a_ministry_sees_its_own_contribution_and_of_others_only_that_they_have_no_vote(cast, client_for):
    for party in ("JAM", "BRB"):
        contributions.record_contribution(
            cast[SECRETARIAT],
            None,
            party=party,
            year=2022,
            due_on=datetime.date(2022, 1, 31),
            amount_minor=12_345_600 if party == "JAM" else 98_765_400,
            currency="USD",
        )
    page = client_for("jam.ministry.reader").get("/council/contributions/").content.decode()
    assert "123\N{NO-BREAK SPACE}456" in page
    assert "987\N{NO-BREAK SPACE}654" not in page
    assert "Without a vote today" in page
    assert "Barbados" in page
