"""A report is written in four steps: each saves the draft, faults lead to their step, nothing typed is lost."""

import html
import re
from typing import Any

import pytest
from django.urls import reverse

from apps.access.models import IdempotencyKey
from apps.rifc.models import Paragraph, Report
from apps.rifc.queries import texts
from tests.jrcc.test_budgets import MOST, asked
from tests.rifc.people import AUTHOR, HEAD, SECRET_NAME, a_draft, fresh, paragraph, shared
from tests.rifc.test_pages import page, words

pytestmark = pytest.mark.django_db
NEW = reverse("rifc:report_new")


def inputs(answer: Any) -> dict[str, list[str]]:
    """What a browser without scripts would send of the form as it is shown."""
    text = answer.content.decode().partition('id="write"')[2].partition("</form>")[0]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", text):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        loose = given.get("type") in {"checkbox", "radio"} and not re.search(r"\schecked", tag)
        plain = "on" if given.get("type") == "checkbox" else ""
        if "name" in given and given.get("type") not in {"file", "submit"} and not loose:
            found.setdefault(given["name"], []).append(html.unescape(given.get("value", plain)))
    for name, inside in re.findall(r'<textarea[^>]*?name="([^"]+)"[^>]*>(.*?)</textarea>', text, re.DOTALL):
        found[name] = [html.unescape(inside).removeprefix("\n")]
    for name, inside in re.findall(r'<select[^>]*?name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL):
        options = re.findall(r'<option\s+value="([^"]*)"([^>]*)>', inside)
        found[name] = [next((value for value, more in options if "selected" in more), options[0][0])]
    return found


def step_of(answer: Any) -> str:
    return str(answer.context["stepped"].now.code)


def press(client: Any, answer: Any, to: str, **typed: Any) -> Any:
    """Press a button of the form that is shown, with some inputs typed over, and follow where it leads."""
    sent = inputs(answer) | {name.replace("__", "-"): value for name, value in typed.items()} | {"_to": to}
    return client.post(answer.request["PATH_INFO"], sent, follow=True)


def begun(client: Any, **more: Any) -> Any:
    """The second step of a new report."""
    typed = {"title": "Boats at night", "paragraphs__1__text": "Two open boats met it.", **more}
    return press(client, client.get(NEW), "next", **typed)


def test_four_steps_each_save_the_draft_and_the_last_hands_it_in(cast, client_for):
    author = client_for(AUTHOR)
    first = author.get(NEW)
    assert step_of(first) == "text"
    assert first.content.decode().count("<textarea") == 2, "the summary and one paragraph"
    grading = begun(author, summary="In short.")
    row = Report.objects.get()
    assert (step_of(grading), row.title, row.summary, row.version) == ("grading", "Boats at night", "In short.", 1)
    recipients = press(
        author, grading, "next", paragraphs__1__value="C3", paragraphs__1__source_type="human", handling=["NOASSOC"]
    )
    assert step_of(recipients) == "recipients"
    assert fresh(row).handling == ["NOASSOC"]
    check = press(author, recipients, "next", plan=["JAM.contact", "TTO.customs"])
    said = words(check)
    assert step_of(check) == "check"
    assert "C3" in said
    assert re.search(r"TTO\s+Trinidad and Tobago", said)
    assert fresh(row).version == 2, "a step that asks nothing saves nothing"
    kept = texts.paragraphs(cast[AUTHOR], [row])[row.pk]
    assert [(one.text, one.grade, one.source_type) for one in kept] == [("Two open boats met it.", "C3", "human")]
    [submit] = re.findall(r'action="([^"]+/submit/)"', check.content.decode())
    assert author.post(submit, {"version": 2}).status_code == 302
    assert fresh(row).state == "review"


def test_a_paragraph_is_added_at_a_time(cast, client_for):
    author = client_for(AUTHOR)
    first = author.get(NEW)
    more = author.post(NEW, inputs(first) | {"title": "Boats", "paragraphs-1-text": "One.", "more": "1"})
    assert more.status_code == 200
    assert [name for name in inputs(more) if name.endswith("-text")] == ["paragraphs-1-text", "paragraphs-2-text"]
    assert "sum-err" not in more.content.decode()
    press(author, more, "next", paragraphs__2__text="Two.")
    assert list(Paragraph.objects.order_by("order").values_list("text", flat=True)) == ["One.", "Two."]


def test_what_is_missing_is_listed_at_the_last_step_and_leads_to_its_step(cast, client_for):
    author = client_for(AUTHOR)
    begun(author)
    row = Report.objects.get()
    place = page(row, "rifc:report_revise")
    check = author.get(place, {"step": "check"})
    said = check.content.decode()
    assert "Needed before you submit it" in said
    assert f'href="{place}?step=grading"' in said.partition("Needed before")[2]
    assert "/submit/" not in said


def test_a_fault_leads_to_its_step_and_carries_what_was_typed(cast, client_for):
    author = client_for(AUTHOR)
    first = author.get(NEW)
    sent = inputs(first) | {"title": "Boats", "paragraphs-1-text": "Two boats.", "paragraphs-1-portion": "S"}
    wrong = author.post(NEW, {**sent, "_to": "next", "event_place": "Demo Bay"})
    assert (wrong.status_code, step_of(wrong)) == (422, "grading")
    said = wrong.content.decode()
    assert re.search(r'<a href="#id_classification">[^<]*marked higher', said)
    assert said.count("Error: ") >= 1
    assert not Report.objects.exists()
    kept = inputs(wrong)
    assert (kept["title"], kept["paragraphs-1-text"], kept["event_place"]) == (["Boats"], ["Two boats."], ["Demo Bay"])
    done = press(author, wrong, "next", classification="SECRET")
    assert step_of(done) == "recipients"
    row = Report.objects.get()
    assert (row.title, row.level, row.event_place) == ("Boats", 3, "Demo Bay")


def test_a_fault_of_another_step_is_a_button_to_it(cast, client_for):
    author = client_for(AUTHOR)
    grading = begun(author)
    sent = inputs(grading) | {"title": "", "tlp": "CLEAR", "_to": "next"}
    wrong = author.post(grading.request["PATH_INFO"], sent)
    assert wrong.status_code == 422
    said = wrong.content.decode()
    assert re.search(r'<button[^>]*value="text"[^>]*>\s*Text: ', said) or step_of(wrong) == "text"
    back = press(author, wrong, "text", title="Boats by day", tlp="AMBER")
    assert step_of(back) == "text"
    assert fresh(Report.objects.get()).title == "Boats by day"


def test_back_saves_too_and_a_wrong_answer_goes_back_with_it(cast, client_for):
    author = client_for(AUTHOR)
    grading = begun(author)
    text = press(author, grading, "back", handling=["NOASSOC"])
    assert step_of(text) == "text"
    assert fresh(Report.objects.get()).handling == ["NOASSOC"]
    grading = press(author, text, "next")
    wrong = author.post(grading.request["PATH_INFO"], inputs(grading) | {"paragraphs-1-value": "Z9", "_to": "back"})
    assert (wrong.status_code, step_of(wrong)) == (422, "text")
    assert inputs(wrong)["paragraphs-1-value"] == ["Z9"]


def test_a_step_after_the_text_needs_a_paragraph_and_a_draft_does_not(cast, client_for):
    author = client_for(AUTHOR)
    sent = inputs(author.get(NEW)) | {"title": "Boats"}
    wrong = author.post(NEW, {**sent, "_to": "next"})
    assert (wrong.status_code, step_of(wrong)) == (422, "text")
    assert '<a href="#id_paragraphs">' in wrong.content.decode()
    assert author.post(NEW, {**sent, "_to": "close"}).status_code == 302
    assert Report.objects.get().title == "Boats"


def test_the_reference_of_a_source_stays_with_its_paragraph_through_all_steps(cast, client_for):
    row = a_draft(cast, paragraphs=[paragraph("One."), paragraph("Two.", source_ref=SECRET_NAME)])
    author, head = client_for(AUTHOR), client_for(HEAD)
    at = author.get(page(row, "rifc:report_revise"))
    at = press(author, at, "next", paragraphs__1__text="", paragraphs__2__text="Two, corrected.")
    assert SECRET_NAME not in at.content.decode()
    press(author, at, "next")
    assert [one.text for one in texts.paragraphs(cast[AUTHOR], [row])[row.pk]] == ["Two, corrected."]
    assert SECRET_NAME in words(head.get(page(row)))


def test_one_form_sent_twice_begins_one_report(cast, client_for):
    author = client_for(AUTHOR)
    sent = inputs(author.get(NEW)) | {"title": "Boats", "paragraphs-1-text": "One.", "_to": "next"}
    first, again = author.post(NEW, sent), author.post(NEW, sent)
    assert first["Location"] == again["Location"]
    row = Report.objects.get()
    assert row.version == 1
    later = author.post(NEW, sent | {"title": "Boats, corrected"})
    assert later["Location"] == first["Location"]
    assert Report.objects.get().title == "Boats, corrected"
    other = inputs(author.get(NEW)) | {"title": "Another", "paragraphs-1-text": "One.", "_to": "next"}
    assert other["_once"] != sent["_once"]
    author.post(NEW, other)
    assert Report.objects.count() == 2


def test_the_key_of_a_form_is_its_seats_own(cast, client_for):
    sent = inputs(client_for(AUTHOR).get(NEW)) | {"title": "Boats", "paragraphs-1-text": "One.", "_to": "next"}
    client_for(AUTHOR).post(NEW, sent)
    other = client_for("jam.intelligence.officer")
    sent["_seat"] = [str(cast["jam.intelligence.officer"].seat_id)]
    other.post(NEW, sent)
    assert sorted(Report.objects.values_list("originator", flat=True)) == ["BRB", "JAM"]
    assert IdempotencyKey.objects.values("seat_id").distinct().count() == 2


def test_two_tabs_neither_loses_what_the_other_saved(cast, client_for):
    row = a_draft(cast)
    author = client_for(AUTHOR)
    place = page(row, "rifc:report_revise")
    one, two = author.get(place), author.get(place, {"step": "grading"})
    press(author, one, "next", title="Saved by the first tab", paragraphs__1__text="Of the first tab.")
    late = author.post(place, inputs(two) | {"handling": ["NOASSOC"], "paragraphs-1-value": "B2", "_to": "next"})
    assert (late.status_code, step_of(late)) == (412, "grading")
    assert "changed since you opened this page" in words(late)
    kept = inputs(late)
    assert (kept["handling"], kept["paragraphs-1-value"]) == (["NOASSOC"], ["B2"])
    assert (kept["title"], kept["paragraphs-1-text"]) == (["Saved by the first tab"], ["Of the first tab."])
    assert step_of(press(author, late, "next")) == "recipients"
    now = fresh(row)
    [text] = texts.paragraphs(cast[AUTHOR], [now])[now.pk]
    assert (now.title, now.handling, text.text, text.grade) == (
        "Saved by the first tab", ["NOASSOC"], "Of the first tab.", "B2"
    )  # fmt: skip


def test_a_text_typed_in_the_later_tab_is_shown_again_with_the_newer_grades(cast, client_for):
    row = a_draft(cast)
    author = client_for(AUTHOR)
    place = page(row, "rifc:report_revise")
    one, two = author.get(place, {"step": "grading"}), author.get(place)
    press(author, one, "next", paragraphs__1__value="A2")
    late = author.post(place, inputs(two) | {"paragraphs-1-text": "Typed late.", "_to": "next"})
    assert (late.status_code, step_of(late)) == (412, "text")
    press(author, late, "next")
    [text] = texts.paragraphs(cast[AUTHOR], [row])[row.pk]
    assert (text.text, text.grade) == ("Typed late.", "A2")


def test_the_next_version_and_a_variant_begin_with_their_first_step(cast, client_for):
    row = shared(cast, "JAM.contact")
    author = client_for(AUTHOR)
    second = press(author, author.get(page(row, "rifc:report_next")), "next", change_note="A name corrected")
    assert step_of(second) == "grading"
    made = Report.objects.get(thread=row.thread, state="draft")
    assert (made.edition, made.change_note) == (2, "A name corrected")
    variant = author.get(page(row, "rifc:report_sanitise"))
    ticks = ["source", "times_places", "method", "access", "third_persons"]
    wrong = press(author, variant, "next")
    assert step_of(wrong) == "text"
    assert '<a href="#id_checklist">' in wrong.content.decode()
    done = press(author, wrong, "next", checklist=ticks)
    assert step_of(done) == "grading"
    assert Report.objects.filter(variant_of=row).exists()


@pytest.mark.parametrize("step", ["text", "grading", "recipients", "check"])
def test_each_step_asks_the_database_as_often_for_many_paragraphs(cast, client_for, step):
    few, many = a_draft(cast), a_draft(cast, paragraphs=[paragraph(f"Paragraph {n}.") for n in range(12)])
    author = client_for(AUTHOR)
    author.get(page(few, "rifc:report_revise"))
    counts = [len(asked(author, page(row, "rifc:report_revise") + f"?step={step}")) for row in (few, many)]
    assert counts[0] == counts[1]
    assert counts[0] <= MOST + (6 if step in {"recipients", "check"} else 0), "who would see it asks six times"


def test_no_step_is_found_by_who_does_not_see_the_draft(cast, client_for):
    row = a_draft(cast)
    for who in ("brb.contact.head", "jam.contact.officer"):
        for step in ("text", "grading", "recipients", "check"):
            assert client_for(who).get(page(row, "rifc:report_revise"), {"step": step}).status_code == 404
