"""The weekly digest: who gets it, what each reader sees of it, and what a recall does before and after the issue."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.access import outbox
from apps.access.refusal import Refused
from apps.documents.models import IssuedDocument
from apps.notices.models import Notice
from apps.rifc.actions import recalls
from apps.watch.actions import bulletins, digests
from apps.watch.models import Digest, DigestItem
from apps.watch.queries import digests as queries
from tests.rifc.people import HEAD, shared
from tests.watch.people import JAMAICA, LEAD, OFFICER, TRINIDAD, a_digest, in_days, issued, issued_digest

pytestmark = pytest.mark.django_db


def titles(cast: Any, who: str, row: Digest) -> list[str]:
    return [entry.title for _item, entry in queries.list_digest_items(cast[who], row)]


def recall(cast: Any, report: Any) -> None:
    recalls.recall_rifc_report(cast[HEAD], report, reason_code="other", text="Back")
    outbox.drain()


def a_week(cast: Any) -> dict[str, Any]:
    return {
        "green": shared(cast, "JAM.contact", tlp="GREEN", title="Green boats", threat_categories=["drugs"]),
        "amber": shared(cast, "JAM.contact", "TTO.contact", "RIFC.watch", tlp="AMBER", title="Amber boats"),
        "law": shared(cast, "RIFC.watch", tlp="GREEN", handling=["LEONLY"], title="Closed boats"),
        "noprint": shared(cast, "JAM.contact", tlp="GREEN", handling=["NOPRINT"], title="Unprinted boats"),
        "both": issued(cast, to=["JAM.contact", "TTO.contact"], title="Lookout for both"),
        "one": issued(cast, to=["JAM.contact"], title="Lookout for one"),
    }


def test_it_gathers_what_is_open_to_the_community_and_for_all_of_the_audience(cast: Any) -> None:
    a_week(cast)
    row = a_digest(cast)
    assert titles(cast, OFFICER, row) == ["Green boats", "Lookout for both"]
    assert (row.level, row.tlp) == (1, "AMBER")
    assert DigestItem.objects.filter(digest=row, kept=False).count() == 1  # the lookout for one desk alone


def test_a_person_orders_it_and_a_second_one_issues_it(cast: Any) -> None:
    a_week(cast)
    row = a_digest(cast)
    first, second = [item for item, _entry in queries.list_digest_items(cast[OFFICER], row)]
    change = [
        {"id": first.pk, "position": 9, "sentence": "Watch the south coast.", "kept": True},
        {"id": second.pk, "position": 1, "sentence": "", "kept": True},
    ]
    row = digests.arrange_digest(cast[OFFICER], row, intro="A quiet week.", items=change)
    row = digests.submit_digest(cast[OFFICER], row)
    with pytest.raises(Refused):
        digests.issue_digest(cast[OFFICER], row)
    row = digests.issue_digest(cast[LEAD], row)
    outbox.drain()
    assert titles(cast, JAMAICA, row) == titles(cast, TRINIDAD, row) == ["Lookout for both", "Green boats"]
    assert set(IssuedDocument.objects.values_list("format", flat=True)) == {"pdf", "docx"}
    assert set(Notice.objects.filter(code="watch.digest").values_list("owner__code", flat=True)) == {
        "JAM.contact",
        "TTO.contact",
    }
    for who, sees in ((JAMAICA, True), ("guy.contact.officer", False), ("portal.platform.head", False)):
        assert Digest.objects.visible_to(cast[who]).exists() is sees
        assert IssuedDocument.objects.visible_to(cast[who]).exists() is sees


def test_who_wrote_any_of_it_does_not_issue_it(cast: Any) -> None:
    a_week(cast)
    row = digests.arrange_digest(cast[LEAD], a_digest(cast), intro="Mine", items=[])
    with pytest.raises(Refused) as refusal:
        digests.issue_digest(cast[LEAD], digests.submit_digest(cast[OFFICER], row))
    assert refusal.value.code == "second-officer"


def test_an_item_that_is_not_for_a_desk_takes_the_desk_out(cast: Any) -> None:
    a_week(cast)
    row = a_digest(cast)
    narrow = DigestItem.objects.get(digest=row, kept=False)
    put_in = [{"id": narrow.pk, "position": 1, "sentence": "", "kept": True}]
    row = digests.issue_digest(
        cast[LEAD], digests.submit_digest(cast[OFFICER], digests.arrange_digest(cast[OFFICER], row, items=put_in))
    )
    assert [desk.code for desk in queries.audience_desks(row)] == ["JAM.contact"]
    assert not Digest.objects.visible_to(cast[TRINIDAD]).exists()


def test_what_is_recalled_before_the_issue_drops_out_and_says_so(cast: Any, client_for: Any) -> None:
    week = a_week(cast)
    row = digests.submit_digest(cast[OFFICER], a_digest(cast))
    recall(cast, week["green"])
    page = client_for(LEAD).get(reverse("watch:digest", args=[row.pk])).content.decode()
    assert "One item was withdrawn and removed" in page
    assert "Green boats" not in page
    row = digests.issue_digest(cast[LEAD], row)
    assert DigestItem.objects.get(digest=row, kind="report").gone_at is not None
    assert titles(cast, JAMAICA, row) == ["Lookout for both"]
    page = client_for(JAMAICA).get(reverse("watch:digest", args=[row.pk])).content.decode()
    assert "taken back" not in page


def test_what_is_recalled_after_the_issue_is_shown_no_more_and_the_document_is_replaced(
    cast: Any, client_for: Any
) -> None:
    week = a_week(cast)
    row = issued_digest(cast)
    old = list(IssuedDocument.objects.values_list("pk", flat=True))
    reader = client_for(JAMAICA)
    assert reader.get(reverse("documents:document", args=[old[0]])).status_code == 200
    recall(cast, week["green"])
    assert titles(cast, JAMAICA, row) == ["Lookout for both"]
    assert [reader.get(reverse("documents:document", args=[key])).status_code for key in old] == [404, 404]
    assert set(IssuedDocument.objects.filter(pk__in=old).values_list("state", flat=True)) == {"revoked"}
    now = IssuedDocument.objects.visible_to(cast[JAMAICA]).filter(state="issued")
    assert now.count() == 2
    row.refresh_from_db()
    assert (row.edition, row.counted) == (2, [])
    told = Notice.objects.filter(code="watch.digest_rebuilt").values_list("owner__code", flat=True)
    assert set(told) == {"JAM.contact", "TTO.contact", "RIFC.watch"}
    page = reader.get(reverse("watch:digest", args=[row.pk])).content.decode()
    assert "Green boats" not in page
    assert str(old[0]) not in page


def test_several_digests_are_rebuilt_by_one_recall(cast: Any) -> None:
    week = a_week(cast)
    issued_digest(cast)
    issued_digest(cast, to=("GUY.contact",))
    recall(cast, week["green"])
    assert list(Digest.objects.order_by("pk").values_list("edition", flat=True)) == [2, 2]
    assert queries.stale() == []


def test_a_cancelled_bulletin_leaves_the_document(cast: Any) -> None:
    week = a_week(cast)
    row = issued_digest(cast)
    bulletins.cancel_bulletin(cast[LEAD], week["both"], reason="Found")
    outbox.drain()
    row.refresh_from_db()
    assert row.edition == 2
    assert DigestItem.objects.get(digest=row, kind="bulletin", kept=True).gone_at is not None


def test_figures_count_what_the_reader_may_read_and_nothing_else(cast: Any, client_for: Any) -> None:
    week = a_week(cast)
    row = issued_digest(cast)
    assert row.counted == [week["green"].thread]
    page = client_for(JAMAICA).get(reverse("watch:digest", args=[row.pk])).content.decode()
    assert "Reports by threat category" in page
    recall(cast, week["green"])
    page = client_for(JAMAICA).get(reverse("watch:digest", args=[row.pk])).content.decode()
    assert "Reports by threat category" not in page


def test_a_digest_for_nobody_is_not_issued(cast: Any) -> None:
    a_week(cast)
    row = a_digest(cast, to=("TTO.contact",))
    narrow = DigestItem.objects.get(digest=row, kept=False)
    row = digests.arrange_digest(
        cast[OFFICER], row, items=[{"id": narrow.pk, "position": 1, "sentence": "", "kept": True}]
    )
    with pytest.raises(ValidationError, match="Leave some out, or choose another audience"):
        digests.issue_digest(cast[LEAD], digests.submit_digest(cast[OFFICER], row))


def test_bad_input_is_said_at_its_field(cast: Any) -> None:
    for given, field in (
        ({"week_to": in_days(3).date(), "to": ["JAM.contact"]}, "week_to"),
        ({"week_to": in_days(-1).date(), "to": ["NO.desk"]}, "to"),
        ({"week_to": in_days(-1).date(), "to": ["RIFC.watch"]}, "to"),
    ):
        with pytest.raises(ValidationError) as wrong:
            digests.draft_digest(cast[OFFICER], None, **given)
        assert list(wrong.value.message_dict) == [field]
    with pytest.raises(Refused) as refusal:
        a_digest(cast, JAMAICA)
    assert refusal.value.code == "not-digest-desk"
    stranger = [{"id": "00000000-0000-0000-0000-000000000000", "position": 1, "sentence": "", "kept": True}]
    with pytest.raises(ValidationError, match="This item is not in the digest"):
        digests.arrange_digest(cast[OFFICER], a_digest(cast), items=stranger)
