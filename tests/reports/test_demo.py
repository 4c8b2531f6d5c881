"""The demonstration's reports: played by its people, idempotent, and marked as what they are."""

import pytest

from apps.documents.models import IssuedDocument
from apps.reports.models import Clearance, HandEdit, RenderedSentence, Report
from demo import reports as demo
from tests.reports.compiled import oas
from tests.shared import rolled_back

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def real_report(django_db_setup, django_db_blocker):
    """Digests of the sentences of the real report, before there is a demonstration."""
    with django_db_blocker.unblock(), rolled_back():
        return {key: one.sha256 for key, one in oas().items()}


def test_the_demonstration_has_a_report_of_each_state_and_leaves_the_real_one_alone(
    settings, real_report, demonstration
):
    settings.DEMO = True
    assert {key: one.sha256 for key, one in oas().items()} == real_report
    assert demo.load() == Report.objects.count() == 5
    assert set(Report.objects.values_list("kind", "state")) == {
        ("oas", "issued"), ("oas", "compiled"), ("oas", "in_clearance"), ("council", "issued"), ("scorecard", "issued"),
    }  # fmt: skip
    assert not Report.objects.filter(fictional=False).exists()
    assert IssuedDocument.objects.filter(kind="reports.oas").count() == 3
    draft = Report.objects.get(kind="oas", state="compiled")
    assert (draft.reference, draft.draft) == ("OAS/2008/02", 2)
    assert HandEdit.objects.get(report=draft).key == "A2"
    moved = RenderedSentence.objects.get(report=draft, draft=2, moved=True)
    assert moved.key == "C1"
    assert "Advanced Customs Information System" in moved.was
    assert "Cargo Information System" in moved.text
    gaps = RenderedSentence.objects.filter(report=draft, draft=2, text="")
    assert set(gaps.values_list("key", flat=True)) == {"P1", "D3"}
    assert Clearance.objects.filter(state="asked").count() == 6
    council = RenderedSentence.objects.filter(report__kind="council").order_by("position")
    assert council.first().text.startswith("On ")
    assert council.filter(section="late").exists()
    assert council.filter(section="items").count() > 1
    comment = RenderedSentence.objects.get(report__kind="scorecard", key="SAYS/open_share")
    assert "Two bills are before Parliament" in comment.text
