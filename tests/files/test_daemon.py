"""The malware check over the socket of ClamAV's daemon: what is not plainly clean stays closed."""

import time

import pytest
from django.utils import timezone

from apps.files import checks, tasks
from apps.files.models import StoredBlob
from apps.files.rules import scanner
from tests.files.daemon import listening
from tests.files.room import attached

OWNER, HEAD = "jam.intelligence.officer", "jam.intelligence.head"
MALWARE = b"MALWARE-FOR-TESTS\n"


@pytest.fixture
def file(tmp_path):
    def write(data):
        place = tmp_path / "bytes"
        place.write_bytes(data)
        return place

    return write


@pytest.mark.parametrize("by_path", [True, False])
def test_the_daemon_gets_every_byte_and_its_word_counts(settings, tmp_path, file, by_path):
    got = []

    def keep(data):
        got.append(data)
        return b"stream: OK\0"

    large = bytes(range(256)) * 1000
    with listening(tmp_path / "ctl" if by_path else None, keep) as settings.FILE_SCANNER:
        assert scanner.verdict(file(large)) == "clean"
    assert got == [large]
    with listening(tmp_path / "ctl2" if by_path else None) as settings.FILE_SCANNER:
        assert scanner.verdict(file(MALWARE)) == "refused"
        assert scanner.verdict(file(b"plain")) == "clean"
    assert scanner.name() == "clamd"
    assert scanner.verdict(file(b"plain")) == "unavailable"  # it has gone home


@pytest.mark.parametrize(
    "said",
    [b"", b"stream: OK", b"stream: OK and more\0", b"ERROR\0", b"stream: Can't allocate memory ERROR\0", b"OK\0",
     b"x" * 10_000, b"other FOUND\0"],
)  # fmt: skip
def test_any_other_word_is_not_clean(settings, file, said):
    with listening(None, lambda data: said) as settings.FILE_SCANNER:
        assert scanner.verdict(file(b"plain")) == "unavailable"


def test_more_than_the_daemon_takes_is_not_clean(settings, file):
    with listening(None, most=100_000) as settings.FILE_SCANNER:
        assert scanner.verdict(file(bytes(20_000_000))) == "unavailable"


def test_a_daemon_that_takes_too_long_is_not_clean(settings, file, monkeypatch):
    monkeypatch.setattr(scanner, "LONGEST_S", 0.2)
    with listening(None, lambda data: time.sleep(0.5) or b"stream: OK\0") as settings.FILE_SCANNER:
        assert scanner.verdict(file(b"plain")) == "unavailable"


@pytest.mark.parametrize(
    "address", ["clamd:", "clamd://", "clamd://host", "clamd:ctl", "clamd://host:x", "clamd:///a?b"]
)
def test_an_address_with_a_slip_of_the_pen_is_an_error_at_the_start_and_never_clean(settings, file, address):
    settings.FILE_SCANNER = address
    assert [one.id for one in checks.the_scanner_has_an_address()] == ["files.E002"]
    assert scanner.verdict(file(b"plain")) == "unavailable"


@pytest.mark.parametrize("value", ["", "clamdscan --fdpass", "clamd:///run/clamav/clamd.ctl", "clamd://clamav:3310"])
def test_a_command_or_a_whole_address_is_none(settings, value):
    settings.FILE_SCANNER = value
    assert checks.the_scanner_has_an_address() == []


@pytest.mark.django_db
def test_while_the_daemon_is_away_a_file_stays_in_quarantine_until_it_has_answered(
    cast, client_for, watchlist, drain, settings, tmp_path, monkeypatch
):
    monkeypatch.setattr("apps.files.queries.attachments.SCAN_AGAIN_AFTER", timezone.timedelta(0))
    settings.FILE_SCANNER = f"clamd://{tmp_path}/ctl"
    clean, bad = attached(cast[OWNER], watchlist), attached(cast[OWNER], watchlist, "Notes.txt", MALWARE)
    drain()
    state = lambda row: StoredBlob.objects.get(pk=row.blob_id).state  # noqa: E731
    get = lambda row: client_for(HEAD).get(f"/files/{row.pk}/").status_code  # noqa: E731
    assert (state(clean), state(bad), get(clean), get(bad)) == ("unavailable", "unavailable", 403, 403)
    assert tasks.rescan() == 2
    assert (state(clean), get(clean)) == ("unavailable", 403)
    with listening(tmp_path / "ctl"):
        assert tasks.rescan() == 2
    assert (state(clean), state(bad), get(clean), get(bad)) == ("clean", "refused", 200, 403)
