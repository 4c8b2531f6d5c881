"""How far an import is: on its page, for programs, for whoever runs the command; and one at a time for each list."""

import pytest
from django.urls import reverse

from apps.access.refusal import Refused
from apps.people.queries import service_actor
from apps.screening import actions
from apps.screening.actions import import_preview
from apps.screening.management.commands import import_watchlist
from apps.screening.models import Entry, ListImport
from apps.screening.queries import import_progress
from tests.screening.people import KEEPER, PERSAUD, a_file_for, a_list

LINES = [{**PERSAUD, "ref": f"F-{number}"} for number in range(10)]
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def home(cast):
    return a_list(cast[KEEPER])


@pytest.fixture
def noted(monkeypatch):
    """What is said about progress, as (state of the file, lines)."""
    said = []
    monkeypatch.setattr(import_preview, "BATCH", 3)
    monkeypatch.setattr(import_progress, "of", lambda source: lambda done: said.append((str(source.state), done)))
    return said


def test_reading_and_applying_a_file_say_how_many_lines_are_done(cast, home, drain, noted):
    source = a_file_for(cast[KEEPER], home, LINES)
    assert noted == [("received", 3), ("received", 6), ("received", 9), ("received", 10)]
    noted.clear()
    actions.apply_list_import(cast[KEEPER], source)
    drain()
    assert noted == [("applying", 3), ("applying", 6), ("applying", 9), ("applying", 10)]


def test_progress_is_that_of_one_file_in_one_state(cast, home):
    one, other = (a_file_for(cast[KEEPER], home, LINES) for _ in range(2))
    import_progress.of(one)(7)
    assert (import_progress.lines_done(one), import_progress.lines_done(other)) == (7, 0)
    one.state = ListImport.State.APPLYING
    assert import_progress.lines_done(one) == 0


def test_the_page_shows_how_far_a_file_is_until_it_is_done(cast, client_for, api, home, drain):
    browser = client_for(KEEPER)
    source = a_file_for(cast[KEEPER], home, LINES)
    place = reverse("screening:import", args=[source.pk])
    actions.apply_list_import(cast[KEEPER], source)
    source.refresh_from_db()
    import_progress.of(source)(4)
    part = browser.get(place, headers=PARTIAL)
    assert part.templates[0].name == "screening/_import_progress.html"
    assert "The file is being applied: 4 lines so far." in part.text
    assert 'max="10" value="4"' in part.text
    assert part.text.strip() in browser.get(place).text
    assert api("JAM.border").get(f"/api/v1/screening/imports/{source.pk}/").json()["lines_done"] == 4
    drain()
    done = browser.get(place, headers=PARTIAL)
    assert (done.content, done.headers["HX-Refresh"]) == (b"", "true")


def test_the_page_of_a_file_that_is_read_knows_no_end_yet(cast, client_for, home):
    source = actions.send_list_file(cast[KEEPER], None, list=home.code, data=b'{"ref": "F-1"}\n')
    import_progress.of(source)(40)
    part = client_for(KEEPER).get(reverse("screening:import", args=[source.pk]), headers=PARTIAL).text
    assert "The file is being read: 40 lines so far." in part
    assert "max=" not in part


def test_of_two_files_for_one_list_the_second_waits_and_is_then_compared_again(cast, client_for, home, drain):
    first, second = (a_file_for(cast[KEEPER], home, lines) for lines in (LINES, [{**LINES[0], "surname": "RAMDIN"}]))
    actions.apply_list_import(cast[KEEPER], first)
    with pytest.raises(Refused, match="import-running"):
        actions.apply_list_import(cast[KEEPER], second)
    place = reverse("screening:import_do", args=[second.pk, "bring_in"])
    refused = client_for(KEEPER).post(place, {"version": second.version})
    assert (refused.status_code, "Another import into this watchlist is running" in refused.text) == (409, True)
    drain()
    assert ListImport.objects.get(pk=second.pk).state == "previewed"
    second = actions.apply_list_import(cast[KEEPER], ListImport.objects.get(pk=second.pk))
    drain()
    second.refresh_from_db()
    assert (second.state, second.created, second.updated) == ("previewed", 0, 1)
    assert Entry.objects.get(reference="F-0").display_name.startswith("PERSAUD")


def test_files_for_two_lists_are_applied_at_once(cast, home, drain):
    other = a_list(cast[KEEPER], "JAM-OTHER")
    sources = [a_file_for(cast[KEEPER], one, LINES) for one in (home, other)]
    for source in sources:
        actions.apply_list_import(cast[KEEPER], source)
    drain()
    assert set(ListImport.objects.values_list("state", flat=True)) == {"applied"}
    assert Entry.objects.count() == 20


def test_the_command_says_every_so_many_lines_how_far_it_is(command, monkeypatch):
    monkeypatch.setattr(import_watchlist, "PROGRESS", 4)
    ran = command("import_watchlist", [*LINES, "no JSON"])
    assert ran.errors == ["4 lines", "8 lines"]
    assert ran.answers[0]["read"] == 11


def test_an_import_that_is_carried_out_twice_is_refused_the_second_time(cast, home, drain):
    source = actions.apply_list_import(cast[KEEPER], a_file_for(cast[KEEPER], home, LINES))
    drain()
    with pytest.raises(Refused, match="wrong-state"):
        actions.carry_out_list_import(service_actor("JRCC.automation", request_id="test"), source)
    assert Entry.objects.count() == 10
