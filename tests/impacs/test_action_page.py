"""The page of an action and the worklist of IMPACS: next step, forms, files, history, and how often they ask."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from apps.impacs import actions
from apps.impacs.models import AssistanceRequest, Evidence, ExtensionRequest, Secondment
from apps.impacs.obligations.queries.history import read_action_history
from tests.files.room import PDF, word
from tests.impacs.people import BARBADOS, BEGIN, JAMAICA, SECRETARIAT, a_decision, action_of, reported
from tests.impacs.test_pages import asked, text_of
from tests.impacs.working import (
    OFFICER,
    a_proof,
    an_action,
    fresh,
    in_days,
    submitted,
    verified,
    with_a_proof,
)

pytestmark = pytest.mark.django_db
WORKLIST = "/impacs/verification/"


def primary(answer) -> list[str]:
    """What the filled buttons of a page say."""
    found = re.findall(r'class="btn btn-p[^"]*"[^>]*>(.*?)</', answer.content.decode(), re.S)
    return [re.sub(r"<[^>]*>", "", each).strip() for each in found]


def test_the_next_step_is_the_one_filled_button(cast, client_for):
    row = an_action("letter")
    page = f"/impacs/actions/{row.pk}/"
    steps = [primary(client_for(BARBADOS).get(page))]
    actions.acknowledge_state_action(cast[BARBADOS], row)
    steps.append(primary(client_for(BARBADOS).get(page)))
    with_a_proof(cast, fresh(row), requirement="letter")
    steps.append(primary(client_for(BARBADOS).get(page)))
    row = actions.submit_evidence(cast[BARBADOS], fresh(row))
    steps += [primary(client_for(who).get(page)) for who in (BARBADOS, SECRETARIAT, JAMAICA)]
    actions.return_state_action(cast[OFFICER], row, reason="Not signed.")
    steps.append(primary(client_for(BARBADOS).get(page)))
    assert steps == [
        ["Acknowledge"],
        ["Report progress"],
        ["Submit the evidence"],
        [],
        ["Verify"],
        [],
        ["Add evidence"],
    ]


def test_what_the_clause_asks_for_is_listed_with_what_answers_it(cast, client_for):
    row = an_action("letter", "test call")
    with_a_proof(cast, row, requirement="letter")
    page = text_of(client_for(BARBADOS).get(f"/impacs/actions/{row.pk}/"))
    assert "letter: Letter of the Minister" in page
    assert "test call: still missing" in page


def sent(cast, **more):
    told = {name: value for name, value in a_proof().items() if name != "issued_on"}
    return {**told, "issued_on": "1 Jan 2024", "_seat": cast[BARBADOS].seat_id, **more}


def test_a_proof_is_brought_with_its_file(cast, client_for):
    row = an_action()
    file = SimpleUploadedFile("Letter.pdf", PDF)
    answer = client_for(BARBADOS).post(
        f"/impacs/actions/{row.pk}/add_evidence/", sent(cast, citation="", file=file), follow=True
    )
    assert "Letter.pdf" in text_of(answer)
    assert Evidence.objects.get().citation == ""


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("Letter.exe", b"MZ\x90\x00" + bytes(200), "Files ending in .exe are not accepted here"),
        ("Letter.pdf", b"MZ\x90\x00" + bytes(200), "but the content is"),
        ("Letter.pdf", b"", "The file is empty"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_told_at_its_field_and_nothing_typed_is_lost(
    cast, client_for, name, data, words
):
    row = an_action()
    answer = client_for(BARBADOS).post(
        f"/impacs/actions/{row.pk}/add_evidence/", sent(cast, file=SimpleUploadedFile(name, data))
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert re.search(r'id="id_file_error"', page)
    assert "Letter of the Minister" in page
    assert "Ref. 12/2026" in page
    assert not Evidence.objects.exists()


def test_a_file_with_macros_is_refused_with_a_sentence(cast, client_for):
    data = word(**{"word/vbaProject.bin": b"x"})
    file = SimpleUploadedFile("Letter.docx", data)
    answer = client_for(BARBADOS).post(f"/impacs/actions/{an_action().pk}/add_evidence/", sent(cast, file=file))
    assert answer.status_code == 422
    assert "macros" in text_of(answer)


def test_a_file_that_is_too_large_is_refused_with_a_sentence(cast, client_for):
    file = SimpleUploadedFile("Letter.pdf", PDF + bytes(5000))
    with override_settings(FILE_LIMIT=4096):
        answer = client_for(BARBADOS).post(f"/impacs/actions/{an_action().pk}/add_evidence/", sent(cast, file=file))
    assert answer.status_code == 422
    assert "larger than 4.0" in text_of(answer)
    assert "Letter of the Minister" in answer.content.decode()


def test_evidence_that_is_still_missing_is_told_when_it_is_submitted(cast, client_for):
    row = an_action("letter")
    body = {"_seat": cast[BARBADOS].seat_id}
    answer = client_for(BARBADOS).post(f"/impacs/actions/{row.pk}/submit_evidence/", body)
    assert (answer.status_code, "The clause still requires: letter" in text_of(answer)) == (422, True)


def test_the_worklist_of_impacs_holds_what_waits_and_says_who_may_not_verify(cast, client_for):
    row = submitted(cast, an_action())
    other = an_action(due=10, party="JAM", others=())
    actions.request_extension(cast[JAMAICA], other, until=in_days(40), reason="More time.")
    actions.claim_not_applicable(cast[JAMAICA], fresh(other), reason="No land border.")
    actions.ask_assistance(cast[JAMAICA], fresh(other), kind="OTHER", text="A lawyer.")
    page = client_for(OFFICER).get(WORKLIST)
    assert "4 items are waiting for IMPACS." in text_of(page)
    for place in (f"/impacs/actions/{row.pk}/", f"/impacs/actions/{other.pk}/"):
        assert place in page.content.decode()
    Secondment.objects.create(user_id=cast[OFFICER].user_id, sending_state_id="BRB", valid_from=in_days(-1), seat_id=0)
    assert "This State seconded you to the agency" in text_of(client_for(OFFICER).get(WORKLIST))
    assert client_for(BARBADOS).get(WORKLIST).status_code == 404


def test_an_empty_worklist_says_so(client_for):
    page = text_of(client_for(SECRETARIAT).get(WORKLIST))
    assert "0 items are waiting for IMPACS" in page
    assert "No evidence waiting" in page


def test_the_director_records_a_secondment_and_its_end(cast, client_for):
    browser, place = client_for(SECRETARIAT), "/impacs/verification/secondments/"
    body = {"_seat": cast[SECRETARIAT].seat_id, "person": cast[OFFICER].user_id, "state": "GRD", "since": "1 Jan 2009"}
    assert browser.post(place, body).status_code == 302
    row = Secondment.objects.get()
    wrong = browser.post(place, {"_seat": cast[SECRETARIAT].seat_id, "end": row.pk, "until": "1 Jan 2008"})
    assert (wrong.status_code, "cannot end before it begins" in text_of(wrong)) == (422, True)
    browser.post(place, {"_seat": cast[SECRETARIAT].seat_id, "end": row.pk, "until": "1 Jan 2010"})
    assert fresh(row).valid_to == datetime.date(2010, 1, 1)
    refused = client_for(OFFICER).post(place, {**body, "_seat": cast[OFFICER].seat_id})
    assert refused.status_code == 403


def test_proofs_requests_and_help_have_pages_with_their_acts(cast, client_for):
    row = an_action(due=10)
    actions.request_extension(cast[BARBADOS], row, until=in_days(40), reason="Parliament is dissolved.")
    actions.ask_assistance(cast[BARBADOS], fresh(row), kind="OTHER", text="A lawyer.")
    with_a_proof(cast, fresh(row))
    places = {
        "evidence": (Evidence, BARBADOS, "Correct"),
        "extensions": (ExtensionRequest, SECRETARIAT, "Grant"),
        "assistance": (AssistanceRequest, SECRETARIAT, "Take up the request"),
    }
    for place, (model, who, act) in places.items():
        address = f"/impacs/{place}/{model.objects.get().pk}/"
        assert act in text_of(client_for(who).get(address))
    grant = f"/impacs/extensions/{ExtensionRequest.objects.get().pk}/grant/"
    assert client_for(SECRETARIAT).get(grant).status_code == 200
    done = client_for(SECRETARIAT).post(grant, {"_seat": cast[SECRETARIAT].seat_id}, follow=True)
    assert "Granted" in text_of(done)
    assert "originally" in text_of(client_for(BARBADOS).get(f"/impacs/actions/{row.pk}/"))


def test_the_history_tells_on_which_days_the_colour_changed(cast, client_for):
    row = action_of(a_decision(("Act.", ["BRB"], BEGIN + datetime.timedelta(days=100)), day=BEGIN), "BRB")
    reported(row, BEGIN + datetime.timedelta(days=10), 10)
    reported(row, BEGIN + datetime.timedelta(days=60), 95)
    told = read_action_history(fresh_with(row), BEGIN + datetime.timedelta(days=120))
    assert [(one.look.code, (one.first - BEGIN).days) for one in told.stretches] == [
        ("GREEN", 0),
        ("AMBER", 30),
        ("RED", 50),
        ("GREEN", 60),
        ("RED", 101),
    ]
    assert told.stretches[-1].last == BEGIN + datetime.timedelta(days=120)
    page = client_for(BARBADOS).get(f"/impacs/actions/{row.pk}/")
    assert "<svg" in page.content.decode()
    assert "Calculated from dated records each time it is shown" in text_of(page)


def fresh_with(row):
    return type(row).objects.select_related("decision", "clause", "desk", "focal_seat__user").get(pk=row.pk)


def test_the_history_is_what_the_status_was_on_each_of_its_days(cast):
    from apps.impacs.obligations.queries import status

    row = verified(cast, an_action("letter", begun=-90, due=-20), requirement="letter")
    for one in read_action_history(fresh_with(row), in_days(0)).stretches:
        for day in (one.first, one.last):
            at = status.of_rows(cast[BARBADOS], [row], day)[row.pk][1]
            assert at.status == one.at.status if day == one.first else at.status.colour == one.at.status.colour


def everything(cast, row) -> None:
    """One of each on an action."""
    ministry = cast[BARBADOS]
    with_a_proof(cast, fresh(row))
    actions.add_action_step(ministry, fresh(row), title="Bill")
    actions.report_on_state_action(ministry, fresh(row), text="Tabled.")
    actions.declare_difficulty(ministry, fresh(row), severity="MINOR", kind="LEGAL", text="Slow.")
    actions.ask_assistance(ministry, fresh(row), kind="OTHER", text="A lawyer.")
    actions.note_state_action(ministry, fresh(row), text="Between us.")


def test_pages_ask_as_often_for_many_things_as_for_one_and_never_more_than_twelve_times(cast, client_for):
    row = an_action(due=10)
    actions.request_extension(cast[BARBADOS], row, until=in_days(40), reason="More time.")
    everything(cast, row)
    places = {
        "action": (BARBADOS, f"/impacs/actions/{row.pk}/"),
        "seen by the agency": (SECRETARIAT, f"/impacs/actions/{row.pk}/"),
        "evidence": (BARBADOS, f"/impacs/evidence/{Evidence.objects.get().pk}/"),
        "extension": (SECRETARIAT, f"/impacs/extensions/{ExtensionRequest.objects.get().pk}/"),
        "worklist": (SECRETARIAT, WORKLIST),
        "obligations": (BARBADOS, "/impacs/obligations/"),
    }
    submitted(cast, an_action())
    few = {name: len(asked(client_for(who), place)) for name, (who, place) in places.items()}
    for _ in range(5):
        everything(cast, row)
        submitted(cast, an_action())
    many = {name: len(asked(client_for(who), place)) for name, (who, place) in places.items()}
    assert many == few
    assert {name: count for name, count in many.items() if count > 12} == {}
