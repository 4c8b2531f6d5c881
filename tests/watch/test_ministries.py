"""A ministry's weekly digest points to what it was sent; who drafts it learns of nothing that others sent there."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.access import outbox
from apps.documents.models import IssuedDocument
from apps.notices.models import Notice
from apps.rifc.actions import recalls
from apps.watch.actions import digests
from apps.watch.models import Digest, DigestItem
from apps.watch.queries import digests as queries
from tests.rifc.people import HEAD, Person, shared
from tests.watch.people import JAMAICA, LEAD, OFFICER, a_digest, issued, issued_digest

pytestmark = pytest.mark.django_db
MINISTRY, OTHERS = "jam.ministry.decider", "sur.ministry.drafter"
DIGESTS = "/api/v1/rifc/digests/"


def product(cast: Any, *to: str, **more: Any) -> Any:
    return shared(cast, *to, kind="product", threat_categories=["drugs"], **more)


def rifcs(cast: Any, *to: str, **more: Any) -> Any:
    """A finished product of RIFC itself."""
    return product(cast, *to, author=OFFICER, head=LEAD, **more)


@pytest.fixture
def week(cast: Any) -> dict[str, Any]:
    found = {
        "ours": rifcs(cast, "JAM.ministry", "JAM.contact", title="Outlook of RIFC"),
        "theirs": product(cast, "JAM.ministry", "RIFC.watch", title="Barbados to Jamaica's ministry", classification=2),
        "other": rifcs(cast, "SUR.ministry", title="Outlook for Suriname"),
        "green": shared(cast, "RIFC.watch", tlp="GREEN", title="Green boats"),
        "lookout": issued(cast),
    }
    outbox.drain()
    return found


def shown(cast: Any, who: str, row: Digest) -> list[str]:
    return [entry.title for _item, entry in queries.list_digest_items(cast[who], row)]


def test_the_drafter_points_to_what_his_party_sent_and_learns_of_nothing_else(cast: Any, week: Any) -> None:
    row = a_digest(cast, to=("JAM.ministry",))
    assert row.ministry == "JAM.ministry"
    assert shown(cast, OFFICER, row) == ["Outlook of RIFC"]
    assert (row.level, row.tlp) == (1, "AMBER")
    assert DigestItem.objects.filter(digest=row).count() == 1
    assert queries.besides(cast[OFFICER], row, []) == []


def test_the_ministry_reads_it_and_beside_it_what_others_sent_it_in_the_week(
    cast: Any, client_for: Any, week: Any
) -> None:
    row = issued_digest(cast, to=("JAM.ministry",))
    outbox.drain()
    reader, place = client_for(MINISTRY), reverse("watch:digest", args=[row.pk])
    page = reader.get(place)
    assert page.status_code == 200
    said = page.content.decode()
    assert "Outlook of RIFC" in said
    assert [entry.title for entry, _threats in page.context["besides"]] == ["Barbados to Jamaica's ministry"]
    assert page.context["marking"]["label"] == "CONFIDENTIAL"
    assert "Green boats" not in said
    assert "Suriname" not in said
    assert row.number in reader.get(reverse("watch:digests")).content.decode()
    officer = client_for(OFFICER).get(place)
    assert officer.context["besides"] == []
    assert "Barbados to Jamaica" not in officer.content.decode()
    for who in (OTHERS, JAMAICA):
        assert client_for(who).get(place).status_code == 404
    assert set(Notice.objects.filter(code="watch.digest").values_list("owner__code", flat=True)) == {"JAM.ministry"}
    assert IssuedDocument.objects.visible_to(cast[MINISTRY]).count() == 2
    recalls.recall_rifc_report(cast[LEAD], week["ours"], reason_code="other", text="Back.")
    recalls.recall_rifc_report(cast[HEAD], week["theirs"], reason_code="other", text="Back.")
    outbox.drain()
    after = reader.get(place).content.decode()
    assert "Outlook of RIFC" not in after
    assert "Barbados to Jamaica" not in after
    assert Digest.objects.get(pk=row.pk).edition == 2


def test_a_ministry_has_a_digest_of_its_own_and_one_act_begins_them_all(cast: Any, client_for: Any, week: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        a_digest(cast, to=("JAM.ministry", "JAM.contact"))
    assert "Each ministry has its own digest: choose only one desk" in caught.value.message_dict["to"][0]
    officer, place = client_for(OFFICER), reverse("watch:digest_ministries")
    form = officer.get(place)
    assert 'value="SUR.ministry" ' in form.content.decode()
    today = timezone.now().date().isoformat()
    wrong = officer.post(place, {"week_to": "2099-01-01", "to": ["JAM.ministry"]})
    assert wrong.status_code == 422
    assert "This date is in the future" in wrong.content.decode()
    assert officer.post(place, {"week_to": today, "to": ["JAM.ministry", "SUR.ministry"]}).status_code == 302
    assert {row.ministry for row in Digest.objects.all()} == {"JAM.ministry", "SUR.ministry"}
    assert "JAM.ministry" in officer.get(reverse("watch:digests")).content.decode()
    again = officer.post(place, {"week_to": today, "to": ["JAM.ministry", "SUR.ministry"]})
    assert again.status_code == 422
    assert "All of these already have a digest for this week" in again.content.decode()
    with pytest.raises(ValidationError):
        digests.draft_ministry_digests(cast[OFFICER], None, week_to=timezone.now().date(), to=["JAM.contact"])
    assert client_for(MINISTRY).get(place).status_code == 404


def test_by_api_a_digest_is_made_issued_and_read_by_each_ones_own_rule(cast: Any, client_for: Any, week: Any) -> None:
    officer, lead, reader = (Person(client_for(who)) for who in (OFFICER, LEAD, MINISTRY))
    made = officer.post(DIGESTS, {"week_to": timezone.now().date().isoformat(), "to": ["JAM.ministry"]})
    assert made.status_code == 201, made.json()
    key, [item] = made.json()["id"], made.json()["items"]
    assert (item["title"], made.json()["ministry"]) == ("Outlook of RIFC", "JAM.ministry")
    change = [{"id": item["id"], "position": 1, "sentence": "Read page two.", "kept": True}]
    assert officer.post(f"{DIGESTS}{key}/actions/arrange/", {"intro": "Quiet.", "items": change}).status_code == 200
    assert reader.get(f"{DIGESTS}{key}/").status_code == 404
    assert officer.post(f"{DIGESTS}{key}/actions/submit/").status_code == 200
    assert officer.post(f"{DIGESTS}{key}/actions/issue/").status_code == 403
    assert lead.post(f"{DIGESTS}{key}/actions/issue/").status_code == 200
    [listed] = reader.get(DIGESTS).json()["results"]
    assert (listed["items"], listed["besides"], listed["to"]) == (None, None, [])
    answer = reader.get(f"{DIGESTS}{key}/")
    told = answer.json()
    assert [(one["title"], one["sentence"]) for one in told["items"]] == [("Outlook of RIFC", "Read page two.")]
    assert [(one["title"], one["id"]) for one in told["besides"]] == [("Barbados to Jamaica's ministry", None)]
    again = reader.client.get(f"{DIGESTS}{key}/", HTTP_IF_NONE_MATCH=answer["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    recalls.recall_rifc_report(cast[HEAD], week["theirs"], reason_code="other", text="Back.")
    fresh = reader.client.get(f"{DIGESTS}{key}/", HTTP_IF_NONE_MATCH=answer["ETag"])
    assert (fresh.status_code, fresh.json()["besides"]) == (200, [])
    assert officer.get(f"{DIGESTS}{key}/").json()["besides"] == []
    community = issued_digest(cast)
    assert Person(client_for(JAMAICA)).get(f"{DIGESTS}{community.pk}/").json()["ministry"] == ""
