"""The malware check: a real program is asked, and until it has answered only the sender opens the file."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.files import tasks
from apps.files.models import StoredBlob
from apps.files.rules import scanner
from apps.files.rules.intake import store_upload
from tests.files.room import attached, sent

pytestmark = pytest.mark.django_db
OWNER, HEAD = "jam.intelligence.officer", "jam.intelligence.head"
EICAR_LIKE = b"MALWARE-FOR-TESTS\n"


@pytest.fixture
def scanned(tmp_path, settings):
    """A scanner that finds one word; answers 2 while the file `away` is there."""
    program = tmp_path / "find-malware"
    program.write_text(
        f'#!/bin/sh\n[ -e "{tmp_path}/away" ] && exit 2\ngrep -q MALWARE-FOR-TESTS "$2" && exit 1\nexit 0\n'
    )
    program.chmod(0o700)
    settings.FILE_SCANNER = f"{program} --quiet"
    return tmp_path / "away"


def status(client_for, who, row):
    return client_for(who).get(f"/files/{row.pk}/").status_code


def blob(row):
    return StoredBlob.objects.get(pk=row.blob_id)


def test_without_a_scanner_a_file_is_open_and_never_called_clean(cast, client_for, watchlist, drain):
    row = attached(cast[OWNER], watchlist)
    drain()
    assert blob(row).state == "unscanned"
    assert status(client_for, HEAD, row) == 200


def test_until_the_check_only_the_sender_opens_it_afterwards_everybody(cast, client_for, watchlist, drain, scanned):
    row = attached(cast[OWNER], watchlist)
    assert blob(row).state == "waiting"
    assert (status(client_for, OWNER, row), status(client_for, HEAD, row)) == (200, 403)
    drain()
    assert (blob(row).state, blob(row).scanner) == ("clean", "find-malware")
    assert blob(row).scanned_at <= timezone.now()
    assert (status(client_for, OWNER, row), status(client_for, HEAD, row)) == (200, 200)


def test_an_infected_file_is_opened_by_nobody_and_not_taken_again(cast, client_for, watchlist, drain, scanned):
    row = attached(cast[OWNER], watchlist, "Notes.txt", EICAR_LIKE)
    drain()
    assert blob(row).state == "refused"
    assert (status(client_for, OWNER, row), status(client_for, HEAD, row)) == (403, 403)
    assert b"MALWARE" not in client_for(OWNER).get(f"/files/{row.pk}/").content
    with pytest.raises(ValidationError, match="malware check has refused"):
        store_upload(sent("Other.txt", EICAR_LIKE))


def test_a_scanner_that_is_away_is_asked_again_later(cast, client_for, watchlist, drain, scanned, monkeypatch):
    scanned.touch()
    row = attached(cast[OWNER], watchlist)
    drain()
    assert blob(row).state == "unavailable"
    assert status(client_for, HEAD, row) == 403
    assert tasks.rescan() == 0  # not at once
    monkeypatch.setattr("apps.files.queries.attachments.SCAN_AGAIN_AFTER", timezone.timedelta(0))
    scanned.unlink()
    assert tasks.rescan() == 1
    assert blob(row).state == "clean"
    assert tasks.rescan() == 0


def test_a_scanner_that_comes_later_looks_at_what_was_never_checked(
    cast, watchlist, drain, settings, request, monkeypatch
):
    row = attached(cast[OWNER], watchlist, "Notes.txt", EICAR_LIKE)
    drain()
    request.getfixturevalue("scanned")
    monkeypatch.setattr("apps.files.queries.attachments.SCAN_AGAIN_AFTER", timezone.timedelta(0))
    tasks.rescan()
    assert blob(row).state == "refused"


def test_bytes_that_were_judged_are_not_checked_a_second_time(cast, watchlist, drain, scanned, monkeypatch):
    attached(cast[OWNER], watchlist)
    drain()
    monkeypatch.setattr(scanner, "verdict", lambda path: pytest.fail("asked again"))
    row = attached(cast[OWNER], watchlist, "Again.pdf")
    drain()
    assert blob(row).state == "clean"


@pytest.mark.parametrize("command", ["/no/such/program", "sh -c 'exit 40'"])
def test_a_scanner_that_cannot_be_asked_has_not_said_clean(settings, tmp_path, command):
    settings.FILE_SCANNER = command
    assert scanner.verdict(tmp_path / "file") == "unavailable"


def test_a_scanner_that_takes_too_long_has_not_said_clean(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(scanner, "LONGEST_S", 0.2)
    settings.FILE_SCANNER = "sh -c 'sleep 5'"
    assert scanner.verdict(tmp_path / "file") == "unavailable"


def test_only_the_portals_own_service_says_what_the_check_found(cast, watchlist):
    from apps.access.refusal import Refused
    from apps.files import actions

    row = attached(cast[OWNER], watchlist)
    with pytest.raises(Refused) as refused:
        actions.record_file_scan(cast[OWNER], row.blob, verdict="clean", program="me")
    assert refused.value.reason == "not-visible"
    assert blob(row).state == "unscanned"
