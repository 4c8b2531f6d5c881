"""Pages and programs of sealed texts: what they show, what they send, and the way from asking to reading."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.rifc.actions import drafts
from apps.rifc.models import Opening, Paragraph, Report, SealedShare
from apps.sealing.holder import caricom_holder as program
from tests.rifc.people import REPORTS, Person
from tests.rifc.sealed import AUTHOR, HEAD, READER, shared
from tests.sealing.holders import (
    HIDDEN,
    JAMAICA,
    TEXT,
    WORDS,
    a_sealed_draft,
    as_sent,
    asked,
    envelope,
    given,
)

pytestmark = pytest.mark.django_db


# --- pages and programs -----------------------------------------------------------------------------------------------


def test_the_pages_show_no_word_of_it_and_say_that_it_is_sealed(cast, ours, theirs, client_for):
    row = shared(cast, ours, "JAM")
    place = reverse("rifc:report", args=[row.thread])
    for who in (AUTHOR, READER):
        page = client_for(who).get(place)
        said = page.content.decode()
        assert page.status_code == 200
        assert said.count(HIDDEN) >= 3
        assert "data-sealed-paragraph" in said
        assert not any(word in said for word in WORDS)
    opening, _key = asked(cast, READER, row)
    holder = client_for(JAMAICA[1])
    page = holder.get(reverse("rifc:opening", args=[opening.pk]))
    assert "Release your share" in page.content.decode()
    assert str(opening.public) in page.content.decode()
    assert client_for("jam.border.head").get(reverse("rifc:opening", args=[opening.pk])).status_code == 404
    assert "waits for your share" in holder.get(reverse("rifc:openings")).content.decode()


def test_a_page_of_a_sealed_draft_sends_no_text_and_gives_it_back_sealed(cast, ours, client_for):
    browser = client_for(AUTHOR)
    page = browser.get(reverse("rifc:report_new_sealed"))
    said = page.content.decode()
    assert page.status_code == 200
    assert 'name="summary"' not in said
    assert 'name="file"' not in said
    assert "data-sealed-text" in said
    key = program.FileKey()
    sealed = envelope("BRB", author=key)
    posted = {
        "kind": "information_report",
        "title": "",
        "title_portion": "U",
        "classification": "SECRET",
        "tlp": "AMBER",
        "sealed": json.dumps(sealed),
    }
    for n in (1, 2):
        posted |= {f"paragraphs-{n}-text": HIDDEN, f"paragraphs-{n}-portion": "S", f"paragraphs-{n}-scheme": "nato6x6"}
    refused = browser.post(reverse("rifc:report_new_sealed"), posted)
    assert refused.status_code == 422
    assert json.loads(refused.context["sealing"]["kept"]) == sealed, "the browser opens it again: nothing typed is lost"
    made = browser.post(reverse("rifc:report_new_sealed"), posted | {"title": "Sealed"})
    assert made.status_code == 302, made.context["form"].errors
    row = Report.objects.get(title="Sealed")
    assert row.sealed
    again = browser.get(reverse("rifc:report_revise", args=[row.thread]))
    assert json.loads(again.context["sealing"]["kept"])["author"]["public"] == program.said(key.public)


def test_a_state_without_keys_has_no_such_page(cast, client_for):
    assert client_for(READER).get(reverse("rifc:report_new_sealed")).status_code == 404


def test_the_way_by_pages_from_asking_to_open(cast, ours, theirs, client_for):
    row = shared(cast, ours, "JAM")
    reader, key = client_for(READER), program.FileKey()
    asking = reverse("rifc:opening_ask", args=[row.thread])
    assert reader.get(asking).status_code == 200
    assert reader.post(asking, {"why": "", "public": program.said(key.public)}).status_code == 422
    assert reader.post(asking, {"why": "Case 7", "public": program.said(key.public)}).status_code == 302
    opening = Opening.objects.get(user__username=READER)
    for holder in theirs[:2]:
        share = SealedShare.objects.get(text=opening.text, holder__username=holder.name)
        text = str(opening.text.text_id)
        made = program.release_share(holder.key, text, "JAM", as_sent(share), str(opening.pk), opening.public)
        place = reverse("rifc:opening_do", args=[opening.pk, "release"])
        assert client_for(holder.name).post(place, made).status_code == 302
    page = reader.get(reverse("rifc:report", args=[row.thread])).content.decode()
    assert "Show the text in this browser" in page
    said = reader.post(f"/api/v1/rifc/openings/{opening.pk}/actions/open/", {}, content_type="application/json").json()
    found = program.combine(key, said["text"], said["party"], str(opening.pk), said["shares"])
    assert program.open_text({"id": said["text"], "body": said["body"]}, found) == TEXT
    assert client_for(HEAD).post(f"/api/v1/rifc/openings/{opening.pk}/actions/open/").status_code == 403


def test_a_program_seals_and_a_holders_program_releases(cast, ours, client_for):
    author, key = Person(client_for(AUTHOR)), program.FileKey()
    body = {
        "classification": "SECRET",
        "paragraphs": [{"text": HIDDEN, "portion": "S", "grading": {"scheme": "nato6x6", "value": "C3"}}] * 2,
        "sealed": envelope("BRB", author=key),
    }
    made = author.create(**body)
    assert made.status_code == 201, made.json()
    assert made.json()["sealed"] is True
    wrong = author.create(**body | {"sealed": {"v": 1}})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "/sealed")
    reader = program.FileKey()
    place = f"{REPORTS}{made.json()['id']}/actions/ask_opening/"
    asked_for = Person(client_for(HEAD)).post(place, {"why": "Case 7", "public": program.said(reader.public)})
    assert asked_for.status_code == 201
    own = asked_for.json()["own_share"]
    assert own["public"] == program.said(ours[1].key.public), "who asks and holds a share releases it at once"
    url = asked_for.json()["url"]
    for holder in ours[:2]:
        person = Person(client_for(holder.name))
        [one] = person.get("/api/v1/rifc/openings/", state="asked").json()["results"]
        assert one["own_share"]["public"] == program.said(holder.key.public)
        share = program.release_share(holder.key, one["text"], "BRB", one["own_share"], one["id"], one["public"])
        assert person.post(f"{url}actions/release/", share).status_code == 200
    said = Person(client_for(HEAD)).post(f"{url}actions/open/").json()
    found = program.combine(reader, said["text"], "BRB", asked_for.json()["id"], said["shares"])
    assert program.open_text({"id": said["text"], "body": said["body"]}, found) == TEXT


def test_a_holders_program_takes_shares_as_an_opening_has_them(cast, ours, client_for):
    """So that both are opened, released and carried over by the same functions."""
    row, _browser = a_sealed_draft(cast)
    asked(cast, HEAD, row)
    holder = Person(client_for(HEAD))
    [one] = holder.get("/api/v1/rifc/openings/").json()["results"]
    [share] = holder.get("/api/v1/rifc/key-shares/").json()["results"]
    assert {name: share[name] for name in one["own_share"]} == one["own_share"]
    assert program.open_share(ours[1].key, share["text"], share["party"], share)


def test_versions_of_sealed_texts_are_not_said_to_be_the_same(cast, ours, theirs, client_for):
    row = shared(cast, ours, "JAM")
    second = given(envelope("BRB", "JAM", author=program.FileKey(), text=TEXT | {"summary": "Other."}))
    same = Paragraph.objects.filter(report=row).order_by("order").values_list("pid", flat=True)
    for one, pid in zip(second["paragraphs"], same, strict=True):
        one["pid"] = pid
    drafts.supersede_rifc_report(cast[AUTHOR], None, of=row, **second)
    page = client_for(AUTHOR).get(reverse("rifc:report_compare", args=[row.thread])).content.decode()
    assert "Sealed: not compared" in page
    assert "Unchanged" not in page


def test_a_sealed_text_takes_no_file(cast, ours):
    from apps.files.rules.intake import Stored  # noqa: F401

    sealed = given(envelope("BRB", author=program.FileKey()))
    with pytest.raises(ValidationError) as wrong:
        drafts.draft_rifc_report(cast[AUTHOR], None, file=object(), **sealed)
    assert list(wrong.value.message_dict) == ["file"]


def test_lists_of_openings_and_shares_do_not_load_the_texts(cast, ours, client_for):
    """Half a megabyte each, and nothing of it is shown there."""
    row, _browser = a_sealed_draft(cast)
    opening, _key = asked(cast, HEAD, row)
    browser = client_for(AUTHOR)
    places = [reverse("rifc:openings"), reverse("rifc:opening", args=[opening.pk])]
    places += [reverse(f"api:rifc-{one}-list") for one in ("openings", "key-shares")]
    for place in places:
        with CaptureQueriesContext(connection) as asked_for:
            assert browser.get(place).status_code == 200
        assert not [one["sql"] for one in asked_for if '"rifc_sealedtext"."body"' in one["sql"]], place
