"""A person or thing is, for each viewer, what the paragraphs that they see say of it, and nothing else."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from apps.access.refusal import Refused
from apps.entities.actions import duplicates, statements
from apps.entities.models import Assertion, Entity, Link, LinkEvidence, Sighting, Twin
from apps.entities.queries import entities
from apps.rifc.actions import approvals, drafts, recalls, shares
from tests.entities.people import (
    BRB,
    BRB_HEAD,
    GUY,
    JAM,
    TTO,
    a_person,
    a_report,
    a_thing,
    link,
    of,
    record,
    theirs,
)
from tests.rifc.people import GIVEN, a_draft, fresh, paragraph

pytestmark = pytest.mark.django_db


def seen(cast: Any, who: str) -> set[str]:
    """Values of the facts that a seat sees."""
    return set(entities.facts(cast[who]).values_list("value", flat=True))


def test_who_sees_the_paragraph_sees_the_fact_and_nobody_else(cast: Any) -> None:
    person = a_person(cast, a_report(cast, "JAM.contact"))
    for who, wanted in ((BRB, True), (BRB_HEAD, True), (JAM, True), (TTO, False), ("jam.customs.officer", False)):
        assert Entity.objects.visible_to(cast[who]).filter(pk=person.pk).exists() is wanted, who
    assert not Entity.objects.visible_to(None).exists()


def test_ministries_and_the_portals_own_desks_see_none_even_of_open_reports(cast: Any) -> None:
    a_person(cast, a_report(cast, "JAM.contact", tlp="GREEN"))
    for who in (
        "jam.ministry.decider",
        "brb.administration.administrator",
        "portal.platform.head",
        "jrcc.oversight.officer",
    ):
        assert not Entity.objects.visible_to(cast[who]).exists(), who


def test_one_person_of_two_reports_is_the_union_of_what_each_viewer_sees(cast: Any) -> None:
    first, second = a_report(cast, "JAM.contact"), a_report(cast, "TTO.contact")
    person = a_person(cast, first)
    record(cast, person, second, "alias", "Shorty")
    record(cast, person, second, "born", "1984-05")
    assert seen(cast, JAM) == {"Marlon Testcase"}
    assert seen(cast, TTO) == {"Shorty", "1984-05"}
    assert seen(cast, BRB) == {"Marlon Testcase", "Shorty", "1984-05"}
    assert entities.titles(cast[TTO], [person.pk])[person.pk].text == "Shorty"


def test_a_draft_is_its_desks_own_and_a_changed_paragraph_lets_go_of_its_facts(cast: Any) -> None:
    draft = a_draft(cast)
    person = a_person(cast, draft, "Draft Person")
    assert seen(cast, BRB) == {"Draft Person"}
    assert seen(cast, "brb.contact.officer") == seen(cast, JAM) == set()
    row = of(draft)
    same = paragraph(pid=row["paragraph"])
    drafts.revise_rifc_report(cast[BRB], draft, **(GIVEN | {"title": "Another title", "paragraphs": [same]}))
    assert seen(cast, BRB) == {"Draft Person"}
    drafts.revise_rifc_report(cast[BRB], fresh(draft), **(GIVEN | {"paragraphs": [same | {"text": "Other words."}]}))
    assert not Entity.objects.visible_to(cast[BRB]).filter(pk=person.pk).exists()


def test_a_recall_takes_the_facts_from_recipients_in_the_same_moment(cast: Any) -> None:
    report = a_report(cast, "JAM.contact")
    a_person(cast, report)
    assert seen(cast, JAM)
    recalls.recall_rifc_report(cast[BRB_HEAD], report, reason_code="other", text="Back.")
    assert not seen(cast, JAM)
    assert seen(cast, BRB)


def test_a_correction_takes_the_place_of_the_version_before_for_who_has_it(cast: Any) -> None:
    report = a_report(cast, "JAM.contact", "TTO.contact")
    a_person(cast, report)
    pid = of(report)["paragraph"]
    text = paragraph("Marlin Testcase, not Marlon, was there.", pid=pid)
    following = drafts.supersede_rifc_report(cast[BRB], None, of=report, **(GIVEN | {"paragraphs": [text]}))
    assert seen(cast, JAM), "while the next version is written the one in force stands"
    following = approvals.approve_rifc_report(cast[BRB_HEAD], approvals.submit_rifc_report(cast[BRB], following))
    shares.share_rifc_report(cast[BRB], following, to=["JAM.contact"], leave_out=["TTO.contact"])
    assert not seen(cast, JAM)
    assert seen(cast, TTO), "who has the former version alone keeps what it says"
    same = drafts.supersede_rifc_report(
        cast[BRB], None, of=fresh(following), **(GIVEN | {"paragraphs": [text], "title": "Third"})
    )
    record_row = statements.create_entity(
        cast[BRB], None, type="person", field="name", value="Marlin", **of(fresh(following))
    )
    shares.share_rifc_report(
        cast[BRB],
        approvals.approve_rifc_report(cast[BRB_HEAD], approvals.submit_rifc_report(cast[BRB], same)),
        to=["JAM.contact", "GUY.contact"],
    )
    assert seen(cast, JAM) == seen(cast, GUY) == {"Marlin"}, "unchanged words keep their facts over the versions"
    assert record_row.pk


def test_a_link_needs_its_evidence_and_both_ends(cast: Any) -> None:
    both, ends = a_report(cast, "JAM.contact", "TTO.contact"), a_report(cast, "JAM.contact")
    person, phone = a_person(cast, both), a_thing(cast, ends, "phone", "number", "+1 246 555 0101")
    link(cast, person, phone, both)
    assert Link.objects.visible_to(cast[JAM]).count() == 1
    assert LinkEvidence.objects.visible_to(cast[TTO]).count() == Link.objects.visible_to(cast[TTO]).count() == 0
    statements.record_sighting(cast[BRB], phone, at=None, precision="unknown", place="Demo Bay", **of(both))
    assert Sighting.objects.visible_to(cast[JAM]).count() == 1
    assert Sighting.objects.visible_to(cast[TTO]).count() == 0, "of what was sighted it sees nothing"


def test_an_analysts_fact_on_anothers_report_stays_with_the_paragraph_or_with_his_desk(cast: Any) -> None:
    report = a_report(cast, "JAM.contact", "TTO.contact")
    a_person(cast, report, "By Jamaica", who=JAM)
    a_person(cast, report, "Jamaica Only", who=JAM, kept=True)
    assert seen(cast, TTO) == seen(cast, BRB) == {"By Jamaica"}
    assert seen(cast, JAM) == {"By Jamaica", "Jamaica Only"}


def test_nobody_records_from_what_he_does_not_see(cast: Any) -> None:
    report, other = a_report(cast, "JAM.contact"), a_report(cast, "TTO.contact")
    person = a_person(cast, other)
    with pytest.raises(ValidationError, match="no paragraph"):
        a_person(cast, report, who=TTO)
    with pytest.raises(ValidationError, match="no paragraph"):
        statements.create_entity(
            cast[JAM],
            None,
            type="person",
            field="name",
            value="X",
            report=report.thread,
            paragraph=of(other)["paragraph"],
        )
    with pytest.raises(Refused) as refused:
        record(cast, person, report, "alias", "X", who=JAM)
    assert refused.value.reason == "not-visible"
    mine = a_person(cast, report, "Mine", who=JAM)
    with pytest.raises(ValidationError, match="no entity with this ID"):
        link(cast, mine, person, report, who=JAM)
    with pytest.raises(ValidationError, match="no entity with this ID"):
        duplicates.propose_duplicate(cast[JAM], None, one=mine.pk, other=person.pk, reason="?")
    with pytest.raises(ValidationError, match="no entity with this ID"):
        duplicates.propose_duplicate(cast[JAM], None, one=mine.pk, other=uuid.uuid4(), reason="?")
    with pytest.raises(Refused):
        a_person(cast, report, who="tto.contact.reader")


def test_a_fact_is_withdrawn_by_who_recorded_it_or_wrote_the_report(cast: Any) -> None:
    report = a_report(cast, "JAM.contact", "TTO.contact")
    a_person(cast, report, "By Jamaica", who=JAM)
    fact = Assertion.objects.get(value="By Jamaica")
    with pytest.raises(Refused) as refused:
        statements.withdraw_fact(cast[TTO], fact, reason="Not ours.")
    assert refused.value.code == "not-your-desk"
    statements.withdraw_fact(cast[BRB], fact, reason="Another person.")
    assert seen(cast, JAM) == set()
    assert not Entity.objects.visible_to(cast[JAM]).exists(), "without a fact there is no person"
    with pytest.raises(Refused):
        statements.withdraw_fact(cast[JAM], fresh(fact), reason="Again.")


def test_the_same_fact_of_one_paragraph_is_there_once(cast: Any) -> None:
    report = a_report(cast, "JAM.contact")
    person = a_person(cast, report)
    record(cast, person, report, "name", "  marlon   TESTCASE ")
    assert Assertion.objects.filter(entity=person).count() == 1
    phone = a_thing(cast, report, "phone", "number", "+1 246 555 0101")
    link(cast, person, phone, report)
    link(cast, person, phone, report)
    assert LinkEvidence.objects.count() == Link.objects.count() == 1


def test_two_are_held_to_be_one_by_both_who_keep_them_and_apart_again(cast: Any) -> None:
    ours, foreign = a_report(cast, "JAM.contact", "TTO.customs"), theirs(cast, "BRB.intelligence", "JAM.contact")
    one, other = a_person(cast, ours), a_person(cast, foreign, who="tto.customs.officer")
    twin = duplicates.propose_duplicate(cast[JAM], None, one=one.pk, other=other.pk, reason="Same name and phone.")
    assert twin.state == "proposed"
    assert not Twin.objects.visible_to(cast["brb.contact.officer"]).exists(), "who does not see both hears of none"
    with pytest.raises(Refused):
        duplicates.agree_duplicate(cast[JAM], twin)
    duplicates.agree_duplicate(cast[BRB], twin)
    assert fresh(twin).state == "proposed"
    with pytest.raises(Refused):
        duplicates.agree_duplicate(cast[BRB], fresh(twin))
    duplicates.agree_duplicate(cast["tto.customs.officer"], fresh(twin))
    assert fresh(twin).state == "confirmed"
    duplicates.undo_duplicate(cast[BRB], fresh(twin))
    assert fresh(twin).state == "undone"
    assert Assertion.objects.filter(entity__in=[one, other], state="current").count() == 2
    again = duplicates.propose_duplicate(cast[BRB], None, one=other.pk, other=one.pk, reason="After all.")
    assert duplicates.refuse_duplicate(cast["tto.customs.officer"], again).state == "refused"
