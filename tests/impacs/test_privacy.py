"""Three States see three truths of one action: pages, API, files, counts, notices and files for a spreadsheet."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.files.models import Attachment
from apps.impacs import actions
from apps.impacs.models import AssistanceRequest, Evidence, ExtensionRequest
from apps.notices.models import Notice
from tests.files.room import PDF
from tests.impacs.people import BARBADOS, CAYMAN, JAMAICA, SECRETARIAT
from tests.impacs.working import a_proof, an_action, fresh, in_days

pytestmark = pytest.mark.django_db
API = "/api/v1/impacs/"
SECRETS = {
    "report": "The bill waits in Cabinet",
    "step": "Second reading on the quiet",
    "difficulty": "The treasury is empty",
    "help": "A drafter for two days",
    "cause": "The minister is abroad",
    "proof": "Letter of the Minister",
    "note": "Do not tell anybody",
}
OWN, AGENCY, OTHERS = set(SECRETS), set(SECRETS) - {"note"}, set()
TRINIDAD = "tto.ministry.decider"


@pytest.fixture
def row(cast, client_for, drain):
    """An action of Barbados in which everything was said once, with a file to its proof, submitted."""
    row = an_action(due=10, others=("JAM", "TTO"))
    ministry, page = cast[BARBADOS], f"/impacs/actions/{row.pk}/"
    actions.add_action_step(ministry, row, title=SECRETS["step"])
    actions.report_on_state_action(ministry, fresh(row), text=SECRETS["report"])
    actions.declare_difficulty(ministry, fresh(row), severity="MAJOR", kind="FUNDING", text=SECRETS["difficulty"])
    actions.ask_assistance(ministry, fresh(row), kind="DRAFTING", text=SECRETS["help"])
    actions.request_extension(ministry, fresh(row), until=in_days(40), reason=SECRETS["cause"])
    actions.note_state_action(ministry, fresh(row), text=SECRETS["note"])
    told = {name: value for name, value in a_proof(citation="").items() if name != "issued_on"}
    sent = {**told, "issued_on": "1 Jan 2024", "audience": "NAMED", "named": ["TTO"], "_seat": ministry.seat_id}
    file = SimpleUploadedFile("Letter.pdf", PDF)
    answer = client_for(BARBADOS).post(f"{page}add_evidence/", {**sent, "file": file})
    assert answer.status_code == 302
    actions.submit_evidence(ministry, fresh(row))
    drain()
    return fresh(row)


def told_in(text: str) -> set[str]:
    return {name for name, words in SECRETS.items() if words in text}


@pytest.mark.parametrize(
    ("who", "sees"),
    [(BARBADOS, OWN), (SECRETARIAT, AGENCY), (JAMAICA, OTHERS), (TRINIDAD, {"proof"})],
)
def test_each_seat_reads_on_the_page_what_is_its_own(row, client_for, who, sees):
    answer = client_for(who).get(f"/impacs/actions/{row.pk}/")
    assert answer.status_code == 200
    # the cause of a request stands on the request's own page
    assert told_in(answer.content.decode()) == sees - {"cause"}
    assert "Major" in answer.content.decode()


def test_an_associate_member_does_not_find_the_action(row, client_for):
    assert client_for(CAYMAN).get(f"/impacs/actions/{row.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("desk", "sees"),
    [
        ("BRB.ministry", OWN - {"note", "help", "cause"}),
        ("IMPACS.secretariat", AGENCY - {"help", "cause"}),
        ("JAM.ministry", OTHERS),
        ("TTO.ministry", {"proof"}),
        ("CYM.ministry", OTHERS),
    ],
)
def test_each_program_reads_over_the_api_what_is_its_own(row, api, desk, sees):
    program = api(desk)
    for place in (f"{API}state-actions/", f"{API}state-actions/{row.pk}/"):
        answer = program.get(place)
        assert answer.status_code == (404 if desk == "CYM.ministry" and str(row.pk) in place else 200)
        assert told_in(answer.content.decode()) == sees


@pytest.mark.parametrize(
    ("desk", "counts"),
    [
        ("BRB.ministry", [1, 1, 1]),
        ("IMPACS.secretariat", [1, 1, 1]),
        ("JAM.ministry", [0, 0, 0]),
        ("TTO.ministry", [1, 0, 0]),
        ("BRB.border", [0, 0, 0]),
    ],
)
def test_lists_and_counts_hold_what_may_be_opened(row, api, desk, counts):
    program = api(desk)
    places = ["evidence", "extensions", "assistance"]
    found = [program.get(f"{API}{place}/").json()["results"] for place in places]
    assert [len(rows) for rows in found] == counts
    assert len(program.get(f"{API}evidence/", {"party": "BRB"}).json()["results"]) == counts[0]
    records = zip(places, (Evidence, ExtensionRequest, AssistanceRequest), counts, strict=True)
    for place, model, count in records:
        assert program.get(f"{API}{place}/{model.objects.get().pk}/").status_code == (200 if count else 404)


@pytest.mark.parametrize(
    ("who", "status"), [(BARBADOS, 200), (SECRETARIAT, 200), (TRINIDAD, 200), (JAMAICA, 404), (CAYMAN, 404)]
)
def test_the_file_opens_for_those_who_read_the_proof(row, client_for, who, status):
    file = Attachment.objects.get(object_type="impacs.evidence")
    # until the malware check has answered, its sender alone gets the bytes; the others learn that it is there
    got = client_for(who).get(reverse("files:attachment", args=[file.pk])).status_code
    assert (got == 404) == (status == 404)


@pytest.mark.parametrize("who", [JAMAICA, CAYMAN, "brb.border.officer"])
def test_pages_of_proofs_and_requests_are_not_there_for_others(row, client_for, who):
    browser = client_for(who)
    for place, model in (("evidence", Evidence), ("extensions", ExtensionRequest), ("assistance", AssistanceRequest)):
        assert browser.get(f"/impacs/{place}/{model.objects.get().pk}/").status_code == 404


def test_notices_go_to_those_concerned_and_say_nothing_in_mails(row):
    told = set(Notice.objects.exclude(code__startswith="decision").values_list("code", "owner__code"))
    assert told == {
        ("evidence.submitted", "IMPACS.secretariat"),
        ("extension.requested", "IMPACS.secretariat"),
        ("assistance.asked", "IMPACS.secretariat"),
    }
    assert not told_in(" ".join(Notice.objects.values_list("number", flat=True)))


def test_the_matrix_and_its_files_carry_no_words(row, client_for):
    for who in (JAMAICA, SECRETARIAT):
        for place in ("/impacs/matrix/", "/impacs/matrix.csv"):
            assert told_in(client_for(who).get(place).content.decode()) == set()


def test_nobody_else_reads_the_notes_of_a_state_in_the_audit(row, client_for):
    for who in (BARBADOS, SECRETARIAT, JAMAICA):
        assert SECRETS["note"] not in client_for(who).get("/audit/").content.decode()
