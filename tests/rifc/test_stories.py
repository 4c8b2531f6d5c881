"""What reports go through: sources, numbers, third parties, variants, releases, recalls undone, and the clock."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.access.database_context import seat_context
from apps.access.refusal import Refused
from apps.access.violations import BrokenRules
from apps.audit.models import AuditRecord
from apps.notices.models import Notice
from apps.rifc.actions import approvals, drafts, onward_shares, receipts, release_requests, shares
from apps.rifc.models import MouMembership, Paragraph, Receipt, ReleaseRequest, Report, SourceReference
from apps.rifc.queries import reports as queries
from apps.rifc.queries import texts
from apps.rifc.tasks import run_rifc_clock
from tests.rifc.people import (
    AUTHOR,
    GIVEN,
    GUYANA,
    HEAD,
    JAMAICA,
    SECRET_NAME,
    TRINIDAD,
    a_draft,
    approved,
    fresh,
    paragraph,
    receipt,
    sees,
    shared,
)

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
SATURDAY = 5
CUSTOMS, CUSTOMS_HEAD = "tto.customs.officer", "tto.customs.head"


def rules(caught: Any) -> list[str]:
    return [one["rule"] for one in caught.value.findings]


# --- sources ------------------------------------------------------------------------------------------------------


def test_a_source_is_encrypted_with_its_partys_key_and_kept_to_its_desk(cast):
    row = a_draft(cast, paragraphs=[paragraph(source_ref=SECRET_NAME)])
    assert texts.source_references(cast[HEAD], row) != {}
    assert texts.source_references(cast[AUTHOR], row) == {}
    assert texts.source_references(cast["brb.contact.head"], row) == {}
    assert SECRET_NAME not in str(Report.objects.filter(pk=row.pk).values())
    assert SECRET_NAME not in str(list(Paragraph.objects.filter(report=row).values()))
    # the database itself gives the rows to the desk's own transactions only
    with seat_context(cast["brb.contact.head"]):
        assert SourceReference.objects.count() == 0
    with seat_context(cast[HEAD]):
        assert SourceReference.objects.count() == 1
    assert SECRET_NAME not in str(list(AuditRecord.objects.values()))


def test_a_source_has_one_name_for_its_desk_and_goes_on_with_its_paragraph(cast):
    twice = [paragraph(source_ref=SECRET_NAME), paragraph("B", source_ref=SECRET_NAME)]
    row = shared(cast, "JAM.contact", paragraphs=twice)
    first, second = texts.source_references(cast[HEAD], row).values()
    assert first == second
    pids = list(Paragraph.objects.filter(report=row).order_by("order").values_list("pid", flat=True))
    again = drafts.supersede_rifc_report(
        cast[AUTHOR], None, of=row, **GIVEN, paragraphs=[paragraph("A, corrected", pid=pids[0]), paragraph("New")]
    )
    assert [ref for _name, ref in texts.source_references(cast[HEAD], again).values()] == [SECRET_NAME]
    changed = drafts.revise_rifc_report(
        cast[AUTHOR], again, **GIVEN, paragraphs=[paragraph("A, once more", pid=pids[0])]
    )
    assert [ref for _name, ref in texts.source_references(cast[HEAD], changed).values()] == [SECRET_NAME]


# --- four eyes, what is approved is what is shared ----------------------------------------------------------------


def test_nobody_approves_what_he_has_written_himself(cast):
    row = a_draft(cast)
    row = drafts.revise_rifc_report(cast[HEAD], row, **GIVEN, paragraphs=[paragraph("The head changed this.")])
    row = approvals.submit_rifc_report(cast[AUTHOR], row)
    with pytest.raises(Refused) as refused:
        approvals.approve_rifc_report(cast[HEAD], row)
    assert refused.value.code == "second-officer"


def test_what_was_changed_behind_an_approval_is_not_shared(cast):
    row = approved(cast)
    Paragraph.objects.filter(report=row).update(text="Another text.")
    with pytest.raises(Refused) as refused:
        shares.share_rifc_report(cast[AUTHOR], row, to=["JAM.contact"])
    assert refused.value.code == "not-what-was-approved"


def test_one_releases_oneself_only_where_the_party_allows_it_or_in_a_spot_report(cast):
    with pytest.raises(Refused):
        approvals.approve_own_rifc_report(cast[AUTHOR], a_draft(cast))
    spot = a_draft(cast, kind="spot_report", paragraphs=[paragraph(scheme="", grade="")])
    assert approvals.approve_own_rifc_report(cast[AUTHOR], spot).self_released
    own = a_draft(cast, author=CUSTOMS)
    assert approvals.approve_own_rifc_report(cast[CUSTOMS], own).state == "approved"
    high = a_draft(cast, author=CUSTOMS, classification=2)
    with pytest.raises(Refused):
        approvals.approve_own_rifc_report(cast[CUSTOMS], high)


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"paragraphs": []}, "paragraphs"),
        ({"kind": "intelligence_report"}, "threat_categories"),
        ({"paragraphs": [paragraph(scheme="", grade="")]}, "paragraphs"),
        ({"paragraphs": [paragraph(grade="B1")]}, "paragraphs"),
    ],
)
def test_what_is_not_ready_is_not_handed_in(cast, change, at):
    with pytest.raises(ValidationError) as wrong:
        approvals.submit_rifc_report(cast[AUTHOR], a_draft(cast, **change))
    assert list(wrong.value.message_dict) == [at]


def test_a_confirmation_needs_another_root(cast):
    origin = shared(cast, "BRB.intelligence", author=CUSTOMS, head=CUSTOMS_HEAD)
    claims = [paragraph(grade="A1", cites=[origin.thread], corroborated_by=[origin.thread])]
    with pytest.raises(BrokenRules) as broken:
        approvals.submit_rifc_report(cast[AUTHOR], a_draft(cast, paragraphs=claims))
    assert rules(broken) == ["G1"]
    honest = [paragraph(grade="A1", corroborated_by=[origin.thread])]
    assert approvals.submit_rifc_report(cast[AUTHOR], a_draft(cast, paragraphs=honest)).state == "review"


# --- numbers ------------------------------------------------------------------------------------------------------


def test_numbers_have_no_gaps_and_a_party_may_hide_how_many_there_are(cast):
    year = timezone.now().year
    ours = [shared(cast, "JAM.contact") for _number in range(2)]
    discarded = a_draft(cast)
    approvals.discard_rifc_report(cast[AUTHOR], discarded)
    ours.append(shared(cast, "JAM.contact"))
    assert [row.register_number for row in ours] == [f"RIFC/IR/{year}/BRB/000{n}" for n in (1, 2, 3)]
    assert all(row.number != row.register_number for row in ours)
    plain = shared(cast, "JAM.contact", author=CUSTOMS, head=CUSTOMS_HEAD)
    assert plain.number == plain.register_number == f"RIFC/IR/{year}/TTO/0001"


# --- recipients ---------------------------------------------------------------------------------------------------


def test_groups_become_entries_that_later_lists_do_not_change(cast):
    row = shared(cast, "community", tlp="GREEN")
    desks = set(Receipt.objects.filter(report=row).values_list("desk__code", flat=True))
    assert len(desks) == 20 + 1
    assert {"JAM.contact", "CYM.contact", "RIFC.watch"} <= desks


def test_an_entry_is_taken_from_one_recipient_and_the_others_notice_nothing(cast, drain):
    row = shared(cast, "JAM.contact", "TTO.customs")
    drain()
    told = Notice.objects.count()
    row = shares.withdraw_report_entry(cast[HEAD], row, recipient="JAM.contact", reason="Sent by mistake.")
    drain()
    assert not sees(cast, JAMAICA, row)
    stone = queries.tombstone(cast[JAMAICA], row.thread)
    assert stone is not None
    assert stone["text"] == "Sent by mistake."
    assert sees(cast, CUSTOMS, row)
    assert queries.tombstone(cast[CUSTOMS], row.thread) is None
    assert Notice.objects.count() == told + 1
    with pytest.raises(BrokenRules):  # another recipient cannot give it back
        onward_shares.forward_rifc_report(cast[CUSTOMS], None, of=row, to=["JAM.contact"])
    row = shares.add_report_recipient(cast[HEAD], row, to=["JAM.contact"])
    assert sees(cast, JAMAICA, row)


def test_red_is_for_the_person_and_not_for_his_desk(cast, drain):
    named = "jam.intelligence.officer"
    row = shared(cast, tlp="RED", named_persons=[named])
    drain()
    assert sees(cast, named, row)
    assert not sees(cast, "jam.intelligence.head", row)
    assert not sees(cast, "brb.contact.officer", row)
    assert Notice.objects.filter(code="rifc.report").count() == 0
    receipts.read_rifc_report(cast[named], None, report=row, channel="web")
    mine = Receipt.objects.get(report=row, user_id=cast[named].user_id)
    with pytest.raises(Refused, match="another-version"):
        receipts.acknowledge_report_receipt(cast[named], mine, edition=2)
    assert receipts.acknowledge_report_receipt(cast[named], mine, edition=1).state == "acknowledged"
    with pytest.raises(ValidationError):
        shares.share_rifc_report(cast[AUTHOR], approved(cast, tlp="RED", named_persons=[named]), to=["JAM.contact"])


# --- third parties and releases -----------------------------------------------------------------------------------


def quoting(cast: Any) -> tuple[Report, Report]:
    """(Trinidad's report, that of Barbados which quotes it), the latter approved."""
    origin = shared(cast, "BRB.intelligence", author=CUSTOMS, head=CUSTOMS_HEAD)
    return origin, approved(cast, paragraphs=[paragraph("As Trinidad says.", cites=[origin.thread])])


def test_what_quotes_another_party_goes_only_where_that_party_agrees(cast):
    _origin, row = quoting(cast)
    assert row.third_parties == ["TTO"]
    with pytest.raises(BrokenRules) as broken:
        shares.share_rifc_report(cast[AUTHOR], row, to=["JAM.contact"])
    assert rules(broken) == ["O04"]
    assert fresh(row).state == "approved"
    assert (
        shares.share_rifc_report(cast[AUTHOR], fresh(row), to=["TTO.contact"]).state == "shared"
    )  # to the originator itself


def test_every_originator_decides_and_one_refusal_ends_it(cast):
    _origin, row = quoting(cast)
    row = shares.share_rifc_report(cast[AUTHOR], row, to=["TTO.contact"])
    asked = release_requests.submit_release_request(cast[TRINIDAD], None, of=row, to=["JAM.contact"], purpose="policy")
    assert asked.originators == ["BRB", "TTO"]
    with pytest.raises(Refused):  # the desk that asks does not decide, not even for its party
        release_requests.decide_release_request(cast[TRINIDAD], asked, decision="approve")
    asked = release_requests.decide_release_request(cast[HEAD], asked, decision="approve")
    assert asked.state == "partly_decided"
    with pytest.raises(Refused, match="decided-already"):
        release_requests.decide_release_request(cast[HEAD], asked, decision="refuse", reason="On second thoughts.")
    assert not sees(cast, JAMAICA, row)
    asked = release_requests.decide_release_request(
        cast["tto.intelligence.head"], asked, decision="refuse", reason="source_protection"
    )
    assert (asked.state, asked.reason) == ("refused", "source_protection")
    assert not sees(cast, JAMAICA, row)


def test_when_all_agree_it_goes_with_their_conditions_and_can_be_taken_back(cast):
    _origin, row = quoting(cast)
    row = shares.share_rifc_report(cast[AUTHOR], row, to=["TTO.contact"])
    asked = release_requests.submit_release_request(cast[TRINIDAD], None, of=row, to=["JAM.contact"], purpose="policy")
    release_requests.decide_release_request(cast[HEAD], asked, decision="approve", conditions="Not in court.")
    asked = release_requests.decide_release_request(
        cast["tto.intelligence.head"], fresh(asked), decision="approve", conditions="For a week."
    )
    assert asked.state == "approved"
    assert sees(cast, JAMAICA, row)
    assert receipt(row, "JAM.contact").conditions == "Not in court.\nFor a week."
    release_requests.revoke_release_request(cast[HEAD], asked, reason="No longer.")
    assert not sees(cast, JAMAICA, row)
    assert queries.tombstone(cast[JAMAICA], row.thread) is not None


def test_silence_is_never_consent(cast):
    row = shared(cast, "JAM.contact")
    asked = release_requests.submit_release_request(cast[JAMAICA], None, of=row, to=["TTO.contact"], purpose="policy")
    last = (asked.due_at.date() - asked.created_at.date()).days
    weekdays = [n for n in range(1, last + 1) if (asked.created_at + n * DAY).weekday() < SATURDAY]
    assert 10 <= len(weekdays) <= 15  # ten working days of Barbados, and its holidays
    assert weekdays[-1] == last
    assert run_rifc_clock(asked.due_at - datetime.timedelta(minutes=1))["requests"] == 0
    assert run_rifc_clock(asked.due_at)["requests"] == 1
    assert run_rifc_clock(asked.due_at)["requests"] == 0
    assert fresh(asked).state == "expired"
    assert not sees(cast, TRINIDAD, row)
    with pytest.raises(Refused):
        release_requests.decide_release_request(cast[HEAD], fresh(asked), decision="approve")


def test_a_part_goes_as_a_variant_that_holds_nothing_else(cast):
    row = shared(cast, "JAM.contact", paragraphs=[paragraph("The harmless part."), paragraph("The other part.")])
    pid = Paragraph.objects.get(report=row, order=1).pid
    asked = release_requests.submit_release_request(
        cast[JAMAICA], None, of=row, to=["TTO.contact"], purpose="policy", portion=[str(pid)]
    )
    asked = release_requests.decide_release_request(cast[HEAD], asked, decision="approve")
    assert not sees(cast, TRINIDAD, row)
    part = asked.variant
    assert sees(cast, TRINIDAD, part)
    seen = Paragraph.objects.visible_to(cast[TRINIDAD]).filter(report=part)
    assert [one.text for one in seen] == ["The harmless part."]
    assert part.number != row.number


def test_a_sanitised_variant_goes_in_the_place_of_the_report(cast):
    row = shared(cast, "JAM.contact", classification=2)
    asked = release_requests.submit_release_request(
        cast[JAMAICA], None, of=row, to=["TTO.contact"], purpose="operation"
    )
    with pytest.raises(ValidationError):
        release_requests.decide_release_request(cast[HEAD], asked, decision="sanitise")
    ticks = ("source", "times_places", "method", "access", "third_persons")
    made = drafts.sanitise_rifc_report(
        cast[AUTHOR], None, of=row, checklist=ticks, **{**GIVEN, "paragraphs": [paragraph("Some boats.")]}
    )
    with pytest.raises(ValidationError):  # nobody has looked at it yet
        release_requests.decide_release_request(cast[HEAD], fresh(asked), decision="sanitise", variant=str(made.pk))
    made = approvals.approve_rifc_report(cast[HEAD], approvals.submit_rifc_report(cast[AUTHOR], made))
    asked = release_requests.decide_release_request(cast[HEAD], fresh(asked), decision="sanitise", variant=str(made.pk))
    assert asked.state == "approved_sanitised"
    assert (sees(cast, TRINIDAD, made), sees(cast, TRINIDAD, row)) == (True, False)
    assert fresh(made).number


def test_who_has_it_freely_is_told_so_and_nobody_is_asked(cast):
    row = shared(cast, "JAM.contact", tlp="GREEN")
    with pytest.raises(BrokenRules) as broken:
        release_requests.submit_release_request(cast[GUYANA], None, of=row, to=["TTO.customs"], purpose="policy")
    assert rules(broken) == ["O11"]
    assert onward_shares.forward_rifc_report(cast[GUYANA], None, of=row, to=["TTO.customs"]).state == "sent"
    assert ReleaseRequest.objects.count() == 0


# --- the MoU ------------------------------------------------------------------------------------------------------


def test_a_suspended_party_loses_sight_at_once_and_keeps_its_own(cast):
    row = shared(cast, "JAM.contact")
    own = a_draft(cast, author=JAMAICA)
    assert sees(cast, JAMAICA, row)
    MouMembership.objects.filter(party="JAM").update(in_force_to=timezone.now().date())
    assert not sees(cast, JAMAICA, row)
    assert sees(cast, JAMAICA, own)
