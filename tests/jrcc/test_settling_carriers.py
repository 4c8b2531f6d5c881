"""Carriers that only a list has named: confirmed, joined with a known one, refused; their lists keep working."""

import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.carriers.actions import carriers, expected_rounds, schedules
from apps.carriers.loaders import laws
from apps.carriers.models import CarrierContact, CarrierMail, ExpectedJourney, Schedule
from apps.journeys.models import Carrier, Journey
from apps.notices.queries import mails
from tests.jrcc.people import RAM, SHO, SUPERVISOR, WATCH, codes, send

pytestmark = pytest.mark.django_db


def listed(cast, drain, flight="QQ700", person=RAM, who=WATCH, **more):
    row = send(cast[who], person, flight=flight, **more)
    drain()
    row.refresh_from_db()
    return row


def test_a_confirmed_carriers_lists_get_no_finding_any_more_and_reference_data_leave_it(cast, drain):
    assert "CARRIER_UNKNOWN" in codes(listed(cast, drain))
    carriers.confirm_carrier(cast[WATCH], Carrier.objects.get(pk="QQ"), name="Quetzal Air", said="Its certificate")
    assert "CARRIER_UNKNOWN" not in codes(listed(cast, drain, person=SHO))
    laws.load_carriers()
    assert str(Carrier.objects.get(pk="QQ").name) == "Quetzal Air"
    assert Journey.objects.count() == 1


def test_a_designator_joined_with_a_known_carrier_gives_it_its_journeys_and_later_lists(cast, drain):
    both = listed(cast, drain, flight="7T700")
    listed(cast, drain, flight="QQ700", person=SHO)
    listed(cast, drain, flight="QQ701", person=SHO)
    row = Carrier.objects.get(pk="QQ")
    with pytest.raises(Refused) as refused:
        carriers.merge_carrier(cast[WATCH], row, into="7T", said="x")
    assert refused.value.code == "needs-supervisor"
    for wrong in ("QQ", "ZZ", "XX9"):
        with pytest.raises(ValidationError):
            carriers.merge_carrier(cast[SUPERVISOR], row, into=wrong, said="x")
    carriers.merge_carrier(cast[SUPERVISOR], row, into="7t", said="Its ICAO designator")
    found = dict(Journey.objects.values_list("number", "carrier_id").filter(number="701"))
    assert found == {"701": "7T"}
    assert set(Journey.objects.filter(number="700").values_list("carrier_id", flat=True)) == {"7T", "QQ"}
    later = listed(cast, drain, flight="QQ700", person=RAM)
    assert later.journey_id == both.journey_id
    assert "CARRIER_UNKNOWN" not in codes(later)


def test_a_joining_can_be_taken_back_and_what_went_along_goes_back(cast, drain, client_for):
    listed(cast, drain, flight="7T700")
    listed(cast, drain, flight="QQ700", person=SHO)
    listed(cast, drain, flight="QQ701", person=SHO)
    a_contact(cast)
    day = timezone.now().date() + datetime.timedelta(days=1)
    schedules.add_schedule(
        cast[WATCH], None, carrier="QQ", mode="air", number="55", days=list("1234567"), origin="KIN",
        destination="BGI", departs=datetime.time(14), arrives=datetime.time(17, 30), valid_from=day, valid_until=day,
    )  # fmt: skip
    drain()
    row = Carrier.objects.get(pk="QQ")
    with pytest.raises(Refused):
        carriers.separate_carrier(cast[SUPERVISOR], row, said="Nothing to take back")
    carriers.merge_carrier(cast[SUPERVISOR], row, into="7T", said="Its ICAO designator")
    agent = cast["7t.carrier.agent"]
    assert (ExpectedJourney.objects.get().carrier_id, Schedule.objects.get().carrier_id) == ("7T", "7T")
    assert ExpectedJourney.objects.visible_to(agent).count() == 1
    listed(cast, drain, flight="QQ702", person=SHO)
    listed(cast, drain, flight="7T703", person=SHO)
    row.refresh_from_db()
    assert row.undo_until == timezone.now().date() + datetime.timedelta(days=14)
    assert "You can undo this until" in client_for(WATCH).get("/jrcc/carriers/QQ/").content.decode()
    with pytest.raises(Refused) as refused:
        carriers.separate_carrier(cast[WATCH], row, said="It was another one")
    assert refused.value.code == "needs-supervisor"
    done = client_for(SUPERVISOR).post("/jrcc/carriers/QQ/do/part/", {"said": "It is another airline"})
    assert done.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.merged_into_id, row.moved, row.said) == ("provisional", None, [], "It is another airline")
    found = {(one.carrier_id, one.number) for one in Journey.objects.all()}
    assert found == {("7T", "700"), ("QQ", "700"), ("QQ", "701"), ("QQ", "702"), ("7T", "703")}
    assert (ExpectedJourney.objects.get().carrier_id, Schedule.objects.get().carrier_id) == ("QQ", "QQ")
    assert not ExpectedJourney.objects.visible_to(agent).exists()
    assert CarrierContact.objects.get().carrier_id == "QQ"
    audited = set(AuditRecord.objects.filter(verb__endswith=".move_back").values_list("verb", flat=True))
    assert audited == {"journey.move_back", "schedule.move_back", "expectedjourney.move_back"}
    assert "CARRIER_UNKNOWN" in codes(listed(cast, drain, flight="QQ704", person=SHO))


def test_a_joining_older_than_the_rule_allows_stays(cast, drain):
    listed(cast, drain, flight="QQ701", person=SHO)
    row = Carrier.objects.get(pk="QQ")
    carriers.merge_carrier(cast[SUPERVISOR], row, into="7T", said="Its ICAO designator")
    Carrier.objects.filter(pk="QQ").update(undo_until=timezone.now().date() - datetime.timedelta(days=1))
    with pytest.raises(Refused) as refused:
        carriers.separate_carrier(cast[SUPERVISOR], row, said="It is another airline")
    assert refused.value.code == "joined-for-good"
    assert Journey.objects.get().carrier_id == "7T"


def test_lists_of_a_refused_designator_are_filed_as_before_each_with_its_finding(cast, drain, client_for):
    listed(cast, drain)
    row = Carrier.objects.get(pk="QQ")
    assert "To confirm" in client_for(WATCH).get("/jrcc/carriers/").content.decode()
    carriers.refuse_carrier(cast[WATCH], row, said="A misprint of 7T")
    later = listed(cast, drain, flight="QQ702", person=SHO)
    assert "CARRIER_UNKNOWN" in codes(later)
    assert later.journey.passengers == 1
    page = client_for(WATCH).get("/jrcc/carriers/QQ/").content.decode()
    assert "A misprint of 7T" in page
    assert "To confirm" not in client_for(WATCH).get("/jrcc/carriers/").content.decode()
    assert client_for("jam.border.head").get("/jrcc/carriers/QQ/do/confirm/").status_code == 404
    done = client_for(WATCH).post("/jrcc/carriers/QQ/do/confirm/", {"name": "Quetzal Air", "said": "A call"})
    assert done.status_code == 302
    assert Carrier.objects.get(pk="QQ").state == "known"


# --- mails to carriers without a desk ------------------------------------------------------------------------------


def a_contact(cast, carrier="QQ") -> CarrierContact:
    return carriers.add_carrier_contact(
        cast[WATCH], None, carrier=carrier, kind="mail", role="Operations control", value="ops@quetzal.example"
    )


def test_a_carrier_without_a_desk_is_mailed_receipt_and_reminder_and_nothing_else(cast, drain, settings):
    listed(cast, drain)
    carriers.confirm_carrier(cast[WATCH], Carrier.objects.get(pk="QQ"), name="Quetzal Air", said="Its certificate")
    a_contact(cast)
    row = listed(cast, drain, flight="QQ703", person=SHO)
    [told] = mail.outbox
    assert told.to == ["ops@quetzal.example"]
    assert row.receipt in told.subject
    for word in ("BRATHWAITE", "B0345127", "hit", "screen", "match", "watch"):
        assert word.lower() not in (told.subject + told.body).lower(), word
    day = timezone.now().date() + datetime.timedelta(days=1)
    schedules.add_schedule(
        cast[WATCH], None, carrier="QQ", mode="air", number="55", days=list("1234567"), origin="KIN",
        destination="BGI", departs=datetime.time(14), arrives=datetime.time(17, 30), valid_from=day, valid_until=day,
    )  # fmt: skip
    drain()
    planned = ExpectedJourney.objects.get()
    expected_rounds.check_expected_journeys(planned.deadline_at - datetime.timedelta(minutes=20))
    expected_rounds.check_expected_journeys(planned.deadline_at)
    drain()
    ours = [one for one in mail.outbox if one.to == told.to]
    assert [one.subject.split(":")[0] for one in ours[1:]] == [
        "Passenger or crew manifest due soon", "Passenger or crew manifest missing",
    ]  # fmt: skip
    assert set(CarrierMail.objects.values_list("state", flat=True)) == {"sent"}


def test_a_carrier_with_a_desk_and_a_list_that_somebody_else_sent_give_no_mail(cast, drain):
    a_contact(cast, "7T")
    listed(cast, drain, flight="7T700")
    listed(cast, drain)
    a_contact(cast)
    listed(cast, drain, person=SHO, who="8z.carrier.agent")
    assert not CarrierMail.objects.exists()


def test_a_mail_that_came_back_is_seen_on_the_operations_page(cast, drain, client_for, tmp_path: Path):
    listed(cast, drain)
    a_contact(cast)
    listed(cast, drain, flight="QQ703", person=SHO)
    row = CarrierMail.objects.get()
    note = tmp_path / "bounce.eml"
    note.write_text(
        "From: mailer@mx.example\nTo: portal@localhost\nSubject: failed\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n--b\n'
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        "Final-Recipient: rfc822; ops@quetzal.example\nAction: failed\nStatus: 5.1.1\n\n--b\n"
        f"Content-Type: text/rfc822-headers\n\nMessage-ID: {row.message_id}\nSubject: x\n\n--b--\n"
    )
    out = StringIO()
    call_command("record_bounces", str(note), stdout=out)
    call_command("record_bounces", str(note), stdout=out)
    assert "1 bounces noted" in out.getvalue()
    assert "0 bounces noted, 1 of mails" in out.getvalue()
    page = client_for(WATCH).get("/jrcc/operations/").content.decode()
    assert "Bounced" in page
    assert "5.1.1" in page


def test_a_mail_that_cannot_be_handed_over_is_marked_at_the_last_try(cast, drain, monkeypatch):
    listed(cast, drain)
    a_contact(cast)

    def refuse(*_args):
        raise mails.NotAccepted("SMTP 550")

    monkeypatch.setattr(mails, "hand_over", refuse)
    listed(cast, drain, flight="QQ703", person=SHO)
    assert (CarrierMail.objects.get().state, CarrierMail.objects.get().error) == ("failed", "SMTP 550")
