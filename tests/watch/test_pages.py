"""The pages of the watch: what each seat finds there, and what it may do, without a script."""

import io
import re
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from apps.rifc.queries import vocabulary
from apps.watch.actions import bulletins
from apps.watch.actions.bulletins import LONGEST_TEXT
from apps.watch.models import Bulletin, BulletinReceipt, Digest, Handover, Watch, WatchEntry
from tests.rifc.people import shared
from tests.watch.people import (
    GIVEN,
    GUYANA,
    JAMAICA,
    JRCC,
    LEAD,
    OFFICER,
    a_digest,
    a_draft,
    a_watch,
    entry,
    handed_over,
    in_days,
    issued,
    receipt,
)

pytestmark = pytest.mark.django_db
DESK, LIST = reverse("watch:desk"), reverse("watch:bulletins")
WRITTEN = {**GIVEN, "classification": "RESTRICTED", "to": ["JAM.contact", "TTO.contact"]}


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def written(**more: Any) -> dict[str, Any]:
    return {**WRITTEN, "valid_to": in_days(5).strftime("%Y-%m-%dT%H:%M"), **more}


def test_a_line_and_enter_is_an_entry(cast: Any, client_for: Any) -> None:
    officer = client_for(OFFICER)
    assert "Begin the watch" in words(officer.get(DESK))
    assert officer.post(reverse("watch:begin")).status_code == 302
    answer = officer.post(DESK, {"text": "Two boats off Demo Bay", "category": "incident"})
    assert (answer.status_code, answer["Location"]) == (302, DESK)
    assert "Two boats off Demo Bay" in words(officer.get(DESK))
    row = WatchEntry.objects.get()
    assert (row.serial, row.category, row.person_id) == (1, "incident", cast[OFFICER].user_id)
    assert "Two boats off Demo Bay" in words(officer.get(reverse("watch:log_pane")))


def test_a_wrong_line_comes_back_with_what_was_typed(cast: Any, client_for: Any) -> None:
    a_watch(cast)
    officer = client_for(OFFICER)
    for wrong in ({"event_at": "25:00"}, {"links": "RIFC/IR/2099/XXX/0001"}, {"category": "handover"}, {"text": ""}):
        answer = officer.post(DESK, {"text": "Boats", "category": "incident", **wrong})
        assert answer.status_code == 422, wrong
        assert 'value="Boats"' in answer.content.decode() or not wrong.get("text", "x")
    assert WatchEntry.objects.count() == 0


def test_the_time_on_the_wall_is_the_last_time_it_was_that_late(cast: Any, client_for: Any) -> None:
    a_watch(cast)
    said = {"text": "Call", "category": "liaison", "event_at": "0:05"}
    assert client_for(OFFICER).post(DESK, said).status_code == 302
    row = WatchEntry.objects.get()
    ahead = vocabulary.detail("watch_limit", "ahead")["minutes"] * 60
    assert -ahead <= (row.entered_at - row.event_at).total_seconds() < 86_400 - ahead


def test_each_desk_finds_its_own_log_and_others_no_page(cast: Any, client_for: Any) -> None:
    watch = a_watch(cast)
    entry(cast, watch, "For RIFC alone")
    other = client_for(JRCC)
    assert "For RIFC alone" not in words(other.get(DESK))
    for name in ("watch:watch", "watch:watch_file"):
        assert other.get(reverse(name, args=[watch.pk])).status_code == 404
    for who in (JAMAICA, "rifc.analysis.head", "jam.border.head"):
        assert client_for(who).get(DESK).status_code == 404


def test_a_watch_is_handed_over_on_its_pages(cast: Any, client_for: Any) -> None:
    watch = a_watch(cast)
    entry(cast, watch, "Call Barbados back", to_do=True)
    officer, lead = client_for(OFFICER), client_for(LEAD)
    start = reverse("watch:do", args=[watch.pk, "start_handover"])
    assert "Call Barbados back" in words(officer.get(start))
    assert officer.post(start, {}).status_code == 422
    assert officer.post(start, {"signed": "1"}).status_code == 302
    assert officer.get(reverse("watch:do", args=[watch.pk, "accept"])).status_code == 403
    accept = reverse("watch:do", args=[watch.pk, "accept"])
    assert "Call Barbados back" in words(lead.get(accept))
    assert lead.post(accept, {"signed": "1"}).status_code == 302
    said = words(lead.get(DESK))
    assert "Took over from watch" in said
    assert "Call Barbados back" in said
    assert Handover.objects.get().incoming_id == cast[LEAD].user_id


def test_an_open_item_is_closed_and_an_entry_corrected(cast: Any, client_for: Any) -> None:
    watch = a_watch(cast)
    entry(cast, watch, "Call Barbados back", to_do=True)
    one = WatchEntry.objects.get()
    officer, place = client_for(OFFICER), reverse("watch:refer", args=[watch.pk, one.pk])
    form = {"text": "Called", "category": "liaison"}
    assert officer.get(f"{place}?done=1").status_code == 200
    assert officer.post(f"{place}?done=1", {**form, "closes": str(one.pk)}).status_code == 302
    assert officer.post(place, {**form, "corrects": str(one.pk)}).status_code == 302
    assert list(WatchEntry.objects.order_by("serial").values_list("closes", "corrects")) == [
        (None, None),
        (one.pk, None),
        (None, one.pk),
    ]
    assert "corrected by 3" in words(officer.get(DESK))


def test_a_watch_is_searched_printed_and_says_that_its_chain_holds(cast: Any, client_for: Any) -> None:
    watch = a_watch(cast)
    entry(cast, watch, "Pirogue painted blue")
    entry(cast, watch, "Nothing new")
    handed_over(cast, Watch.objects.get())
    officer, place = client_for(OFFICER), reverse("watch:watch", args=[watch.pk])
    said = words(officer.get(place))
    assert "Log verified: 4 entries" in said
    assert "Incoming officer" in said
    found = words(officer.get(place, {"q": "pirogues"}))
    assert "Pirogue painted blue" in found
    assert "Nothing new" not in found
    assert "Log verified: 4 entries" in found
    assert officer.get(place, {"q": "' OR 1=1 --"}).status_code == 200
    file = officer.get(reverse("watch:watch_file", args=[watch.pk]))
    assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")
    assert officer.get(reverse("watch:watches")).status_code == 200


def test_a_bulletin_is_written_shown_before_it_goes_and_issued(cast: Any, client_for: Any) -> None:
    officer, lead = client_for(OFFICER), client_for(LEAD)
    look = words(officer.post(reverse("watch:bulletin_look"), written(to=["JAM.contact", "XXX.contact"])))
    assert "Jamaica" in look
    assert "XXX.contact: no such desk or member" in look
    assert "Guyana" not in look
    shown = officer.post(reverse("watch:bulletin_new"), written(look="1"))
    assert (shown.status_code, Bulletin.objects.count()) == (200, 0)
    made = officer.post(reverse("watch:bulletin_new"), written())
    row = Bulletin.objects.get()
    assert made["Location"] == reverse("watch:bulletin", args=[row.pk])
    assert "In writing" in words(officer.get(f"{LIST}?box=drafts"))
    assert client_for(JAMAICA).get(made["Location"]).status_code == 404
    assert lead.post(reverse("watch:bulletin_do", args=[row.pk, "issue"]), {"version": 1}).status_code == 302
    assert "Acknowledgements" in words(lead.get(made["Location"]))


def test_a_wrong_bulletin_is_422_with_its_faults(cast: Any, client_for: Any) -> None:
    officer = client_for(OFFICER)
    answer = officer.post(reverse("watch:bulletin_new"), written(short_text="Call +1 246 555 0142", title="Boat"))
    assert answer.status_code == 422
    assert "Characters 6 to 20 look like a telephone number" in words(answer)
    assert 'value="Boat"' in answer.content.decode()
    assert officer.post(reverse("watch:bulletin_new"), written(short_text="x" * 481)).status_code == 422
    assert officer.post(reverse("watch:bulletin_new"), written(valid_to="soon")).status_code == 422
    assert Bulletin.objects.count() == 0


def test_a_reader_opens_it_says_that_he_knows_and_prints_it(cast: Any, client_for: Any) -> None:
    row = issued(cast)
    reader, place = client_for(JAMAICA), reverse("watch:bulletin", args=[row.pk])
    assert row.title in words(reader.get(LIST))
    assert receipt(row, "JAM.contact").opened_at is None
    said = reader.get(place).content.decode()
    assert "<strong>twice</strong>" in said
    assert "Acknowledgements" not in said
    assert "TTO.contact" not in said
    assert receipt(row, "JAM.contact").state == "opened"
    assert reader.post(reverse("watch:bulletin_acknowledge", args=[row.pk])).status_code == 302
    assert receipt(row, "JAM.contact").state == "acknowledged"


def test_the_longest_bulletin_is_one_printed_page_with_its_marking(cast: Any, client_for: Any) -> None:
    words_ = ("Report course and number of persons. " * 80)[:LONGEST_TEXT]
    row = issued(cast, text=words_, short_text=("Observe, do not alert. " * 30)[:480])
    file = client_for(JAMAICA).get(reverse("watch:bulletin_file", args=[row.pk]))
    [printed] = PdfReader(io.BytesIO(file.content)).pages
    said = printed.extract_text()
    for text in ("RESTRICTED", "TLP:AMBER", row.number, JAMAICA, "Observe, do not alert"):
        assert text in said


def test_who_was_not_sent_it_finds_nothing_on_any_page(cast: Any, client_for: Any) -> None:
    row = issued(cast)
    outside = client_for("brb.contact.head")
    assert row.title not in words(outside.get(LIST))
    for name in ("watch:bulletin", "watch:bulletin_file"):
        assert outside.get(reverse(name, args=[row.pk])).status_code == 404
    for verb in ("renew", "cancel", "issue", "nothing"):
        assert outside.get(reverse("watch:bulletin_do", args=[row.pk, verb])).status_code == 404
    assert outside.post(reverse("watch:bulletin_acknowledge", args=[row.pk])).status_code == 404


def test_renewing_and_cancelling_ask_for_a_reason(cast: Any, client_for: Any) -> None:
    row = issued(cast)
    lead = client_for(LEAD)
    renew, cancel = (reverse("watch:bulletin_do", args=[row.pk, verb]) for verb in ("renew", "cancel"))
    later = in_days(30).strftime("%Y-%m-%dT%H:%M")
    assert lead.post(renew, {"valid_to": later, "reason": ""}).status_code == 422
    kept = {"valid_to": later, "reason": "Still out", "text": row.text, "short_text": row.short_text}
    assert lead.post(renew, kept).status_code == 302
    assert BulletinReceipt.objects.count() == 3
    assert lead.post(cancel, {}).status_code == 422
    assert lead.post(cancel, {"reason": "Found"}).status_code == 302
    place = reverse("watch:bulletin", args=[row.pk])
    assert "Do not act on it" in words(client_for(GUYANA).get(place))
    assert row.title in words(client_for(GUYANA).get(f"{LIST}?box=ended"))


def test_a_script_in_a_bulletin_stays_a_word(cast: Any, client_for: Any) -> None:
    bad = "<script>alert(1)</script> [x](javascript:alert(1))"
    row = issued(cast, text=bad, title="<img src=x onerror=alert(1)>")
    said = client_for(JAMAICA).get(reverse("watch:bulletin", args=[row.pk])).content.decode()
    assert "<script>alert" not in said
    assert "<img src=x" not in said
    assert 'href="javascript:' not in said


def test_a_digest_is_arranged_handed_in_and_issued_on_its_pages(cast: Any, client_for: Any) -> None:
    shared(cast, "JAM.contact", tlp="GREEN", title="Green boats")
    officer, lead = client_for(OFFICER), client_for(LEAD)
    today = in_days(0).date().isoformat()
    made = officer.post(reverse("watch:digest_new"), {"week_to": today, "to": ["community"]})
    row = Digest.objects.get()
    assert made["Location"] == reverse("watch:digest_arrange", args=[row.pk])
    page = officer.get(made["Location"]).content.decode()
    key = re.findall(r'name="item-([0-9a-f-]{36})-position"', page)[0]
    item = {f"item-{key}-position": "1", f"item-{key}-sentence": "Mind the bay.", f"item-{key}-kept": "1"}
    wrong = officer.post(made["Location"], {"intro": "", **item, f"item-{key}-position": "first"})
    assert (wrong.status_code, "Mind the bay." in wrong.content.decode()) == (422, True)
    assert officer.post(made["Location"], {"intro": "A quiet week.", **item}).status_code == 302
    assert officer.post(reverse("watch:digest_do", args=[row.pk, "submit"])).status_code == 302
    assert officer.get(reverse("watch:digest_do", args=[row.pk, "issue"])).status_code == 403
    assert lead.post(reverse("watch:digest_do", args=[row.pk, "issue"])).status_code == 302
    said = words(client_for(JAMAICA).get(reverse("watch:digest", args=[row.pk])))
    for text in ("A quiet week.", "Green boats", "Mind the bay."):
        assert text in said
    assert client_for(JAMAICA).get(reverse("watch:digests")).status_code == 200
    assert client_for(JAMAICA).get(reverse("watch:digest_arrange", args=[row.pk])).status_code == 404


def test_a_draft_digest_is_its_desks_own(cast: Any, client_for: Any) -> None:
    row = a_digest(cast)
    for who, status in ((LEAD, 200), ("rifc.analysis.head", 404), (JAMAICA, 404)):
        assert client_for(who).get(reverse("watch:digest", args=[row.pk])).status_code == status


def test_a_draft_is_changed_and_thrown_away(cast: Any, client_for: Any) -> None:
    row = a_draft(cast)
    officer = client_for(OFFICER)
    place = reverse("watch:bulletin_revise", args=[row.pk])
    assert row.title in officer.get(place).content.decode()
    assert officer.post(place, written(title="Red pirogue", version=1)).status_code == 302
    assert officer.post(place, written(title="Green pirogue", version=1)).status_code == 412
    assert Bulletin.objects.get().title == "Red pirogue"
    assert officer.post(reverse("watch:bulletin_do", args=[row.pk, "discard"])).status_code == 302
    assert "Red pirogue" not in words(officer.get(f"{LIST}?box=ended"))
    with pytest.raises(Exception, match="wrong-state"):
        bulletins.issue_bulletin(cast[LEAD], row)
