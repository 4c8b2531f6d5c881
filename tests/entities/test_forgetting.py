"""What was read from a report that was thrown away goes with it, and nothing else does."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.access import outbox
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.entities.actions import deletions, duplicates, statements
from apps.entities.models import Assertion, Entity, Link, LinkEvidence, Sighting, Twin
from apps.files.models import Purge
from apps.rifc.actions import approvals, drafts
from apps.rifc.models import Report
from apps.rifc.tasks import delete_expired_reports
from tests.entities.people import BRB, BRB_HEAD, JAM, TEXT, a_person, a_report, a_thing, link, of, record
from tests.rifc.people import GIVEN, a_draft, fresh, paragraph

pytestmark = pytest.mark.django_db


def thrown_away(cast: Any, row: Report) -> None:
    """Given up thirty-one days ago; the night comes, and what follows from it."""
    approvals.discard_rifc_report(cast[BRB], row)
    Report.objects.filter(pk=row.pk).update(changed_at=timezone.now() - timedelta(days=31))
    outbox.drain()
    assert delete_expired_reports(timezone.now()) == 1
    outbox.drain()


def test_facts_links_and_sightings_go_with_their_draft_and_the_audit_says_so(cast: Any) -> None:
    draft = a_draft(cast, paragraphs=[paragraph(TEXT)])
    person, phone = a_person(cast, draft), a_thing(cast, draft, "phone", "number", "+1 246 555 0101")
    link(cast, person, phone, draft)
    statements.record_sighting(cast[BRB], person, precision="unknown", place="Demo Bay", **of(draft))
    same = a_person(cast, draft, "Marlon T. Testcase")
    duplicates.propose_duplicate(cast[BRB], None, one=person.pk, other=same.pk, reason="Marlon both.")
    words = Assertion.objects.filter(entity=person).values_list("words", flat=True)[0]
    thrown_away(cast, draft)
    for model in (Assertion, LinkEvidence, Sighting, Link, Twin, Entity):
        assert not model.objects.exists(), model
    told = Purge.objects.get(kind="entities.assertion")
    assert (told.count, told.desk_id, told.hashes) == (5, draft.owner_id, [words])
    trail = AuditRecord.objects.filter(verb="purge.note", detail__kind="entities.assertion")
    assert [row.stream for row in trail] == ["BRB"]
    assert "Testcase" not in str(list(AuditRecord.objects.values_list("detail", flat=True)))
    assert delete_expired_reports(timezone.now()) == 0


def test_what_a_shared_version_or_another_report_says_stays(cast: Any) -> None:
    shared = a_report(cast, "JAM.contact")
    person = a_person(cast, shared)
    pid = of(shared)["paragraph"]
    given = GIVEN | {"paragraphs": [paragraph(TEXT, pid=pid), paragraph("They call him Tall Pelican.")]}
    following = drafts.supersede_rifc_report(cast[BRB], None, of=fresh(shared), **given)
    record(cast, person, following, "alias", "Marlon Demo")
    statements.record_entity_fact(cast[BRB], person, field="alias", value="Tall Pelican", **of(following, 2))
    nobody = statements.create_entity(
        cast[BRB], None, type="person", field="alias", value="Pelican", **of(following, 2)
    )
    thrown_away(cast, following)
    values = set(Assertion.objects.filter(entity=person).values_list("value", flat=True))
    assert values == {"Marlon Testcase", "Marlon Demo"}
    assert not Entity.objects.filter(pk=nobody.pk).exists()
    assert Entity.objects.visible_to(cast[JAM]).get() == person


def test_only_the_clock_forgets(cast: Any) -> None:
    with pytest.raises(Refused):
        deletions.delete_unsupported_facts(
            cast[BRB_HEAD], None, threads=[], desk_id=cast[BRB].desk_id, before=timezone.now()
        )
