"""A State's case against a carrier: frozen evidence, two persons, explanation, payment, waiver and appeal."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.access.refusal import Refused
from apps.carriers.actions import cases, expected_rounds, schedules
from apps.carriers.models import ComplianceCase, ExpectedJourney
from apps.journeys.models import JourneyParty
from apps.manifests.models import Submission, SubmissionContent
from apps.travellers.actions import retention_rounds
from tests import world

pytestmark = pytest.mark.django_db
OFFICER, SECOND, AGENT = "cym.border.officer", "cym.ministry.decider", "7t.carrier.agent"


def day() -> datetime.date:
    return timezone.now().date() + datetime.timedelta(days=1)


def lists(cast, drain) -> None:
    """To George Town: a list that came an hour late, and one that is missing."""
    world.a_submission(cast, world.a_message(destination="GCM", wanted=False))
    JourneyParty.objects.filter(party="CYM").update(deadline_at=timezone.now() - datetime.timedelta(hours=1))
    schedules.add_schedule(
        cast[AGENT], None, mode="air", number="88", days=list("1234567"), origin="KIN", destination="GCM",
        departs=datetime.time(14), arrives=datetime.time(15), valid_from=day(), valid_until=day(),
    )  # fmt: skip
    drain()
    expected_rounds.check_expected_journeys(ExpectedJourney.objects.get().deadline_at)


def opened(cast, drain) -> ComplianceCase:
    lists(cast, drain)
    return cases.open_carrier_case(
        cast[OFFICER], None, carrier="7T", first=day(), last=day(), facts="Two lists in one day"
    )


def test_evidence_is_frozen_and_names_no_traveller(cast, drain):
    row = opened(cast, drain)
    receipt = Submission.objects.get()
    late, missing = row.evidence
    assert late["receipts"][0]["receipt"] == receipt.receipt
    assert late["receipts"][0]["sha256"] == receipt.sha256
    assert (missing["flight"], missing["received_at"]) == ("7T 88", None)
    assert "DOVEDALE" not in str(row.evidence)
    JourneyParty.objects.update(deadline_at=None)
    row.refresh_from_db()
    assert late == row.evidence[0]


def test_from_notice_to_payment_with_two_persons(cast, drain, client_for):
    row = opened(cast, drain)
    assert not ComplianceCase.objects.visible_to(cast[AGENT]).exists()
    cases.notify_carrier_of_case(cast[OFFICER], row)
    cases.explain_carrier_case(cast[AGENT], row, explanation="Our system was down")
    with pytest.raises(ValidationError):
        cases.decide_carrier_case(cast[OFFICER], row, proposed="penalty", amount=20000, grounds="x")
    cases.decide_carrier_case(cast[OFFICER], row, proposed="penalty", amount=500, grounds="Third time this month")
    page = client_for(AGENT).get(f"/jrcc/cases/{row.pk}/").content.decode()
    assert "500.00 KYD" not in page
    with pytest.raises(Refused):
        cases.confirm_carrier_case(cast[OFFICER], row)
    cases.confirm_carrier_case(cast[SECOND], row)
    assert "500.00 KYD" in client_for(AGENT).get(f"/jrcc/cases/{row.pk}/").content.decode()
    cases.appeal_carrier_case(cast[AGENT], row, appeal="It was the telex line")
    cases.decide_carrier_case(cast[SECOND], row, proposed="penalty", amount=250, grounds="Half, for the line")
    with pytest.raises(Refused) as refused:
        cases.confirm_carrier_case(cast[SECOND], row)
    assert refused.value.code == "own-case-decision"
    cases.confirm_carrier_case(cast["cym.border.head"], row)
    cases.record_case_payment(cast[OFFICER], row, paid_on=timezone.now().date())
    row.refresh_from_db()
    assert (row.state, row.amount_minor) == ("paid", 25000)


def test_good_faith_is_waived_and_a_decision_may_be_given_back(cast, drain):
    row = opened(cast, drain)
    cases.notify_carrier_of_case(cast[OFFICER], row)
    cases.decide_carrier_case(cast[OFFICER], row, proposed="waived", grounds="Not knowing: s. 3(4)")
    cases.return_carrier_case(cast[SECOND], row)
    row.refresh_from_db()
    assert row.state == "notified"
    cases.decide_carrier_case(cast[OFFICER], row, proposed="waived", grounds="Not knowing: s. 3(4)")
    cases.confirm_carrier_case(cast[SECOND], row)
    row.refresh_from_db()
    assert (row.state, row.amount_minor) == ("waived", None)


def test_there_is_no_case_without_a_law_or_without_a_fact(cast, drain):
    lists(cast, drain)
    with pytest.raises(ValidationError, match="no law in force"):
        cases.open_carrier_case(cast["jam.border.head"], None, carrier="7T", first=day(), last=day(), facts="x")
    with pytest.raises(ValidationError, match="late or missing"):
        cases.open_carrier_case(cast[OFFICER], None, carrier="7T", first=day() + datetime.timedelta(5),
                        last=day() + datetime.timedelta(6), facts="x")  # fmt: skip
    with pytest.raises(Refused):
        cases.open_carrier_case(cast["jrcc.watch.officer"], None, carrier="7T", first=day(), last=day(), facts="x")


def test_an_open_case_holds_the_message_that_is_its_evidence(cast, drain):
    row = opened(cast, drain)
    night = timezone.now() + datetime.timedelta(days=100)
    assert retention_rounds.forget(night)["messages"] == 0
    cases.notify_carrier_of_case(cast[OFFICER], row)
    cases.decide_carrier_case(cast[OFFICER], row, proposed="waived", grounds="Satisfied")
    cases.confirm_carrier_case(cast[SECOND], row)
    assert retention_rounds.forget(night)["messages"] == 1
    assert SubmissionContent.objects.get().erased_at is not None


def test_the_pages_of_a_case(cast, drain, client_for):
    lists(cast, drain)
    client = client_for(OFFICER)
    assert "Act 4/2018" in client.get("/jrcc/cases/").content.decode()
    assert "No law of your State" in client_for("jam.border.head").get("/jrcc/cases/").content.decode()
    form = {"carrier": "7T", "first": str(day()), "last": str(day()), "facts": "Two lists"}
    assert client.post("/jrcc/cases/new/", {**form, "carrier": "QQ"}).status_code == 422
    made = client.post("/jrcc/cases/new/", form)
    page = client.get(made["Location"]).content.decode()
    assert "Evidence when the case was opened" in page
    assert "Give notice to the carrier" in page
    assert client.post(f"{made['Location']}do/notify/").status_code == 302
    assert client_for(AGENT).get(made["Location"]).status_code == 200
    assert client_for("8z.carrier.agent").get(made["Location"]).status_code == 404
