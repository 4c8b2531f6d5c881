"""Known weaknesses of locked packages, by made records: which versions a record is about, and what the command says."""

import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from packaging.version import Version

from caricom_portal import weaknesses
from caricom_portal.bill_of_materials import LOCK, locked

DJANGO = next(one.version for one in locked(LOCK.read_text()) if one.name == "django")


def a_record(ident="PYSEC-2026-1", name="Django", events=(), versions=(), **more):
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}] if events else []
    affected = {"package": {"ecosystem": "PyPI", "name": name}, "ranges": ranges, "versions": list(versions)}
    return {"id": ident, "modified": "2009-11-20T08:00:00Z", "affected": [affected], **more}


def a_folder(tmp_path, *found):
    for number, record in enumerate(found):
        (tmp_path / f"{number}.json").write_text(json.dumps(record))
    return tmp_path


def said(source):
    """(what the command prints, how it ends)."""
    out = io.StringIO()
    try:
        call_command("check_weaknesses", source=source, stdout=out)
    except SystemExit as end:
        return out.getvalue(), end.code
    return out.getvalue(), 0


@pytest.mark.parametrize(
    ("events", "affected", "clear"),
    [
        ([{"introduced": "0"}, {"fixed": "2.0"}], ["0.1", "1.9.9", "2.0rc1"], ["2.0", "2.1"]),
        ([{"introduced": "1.2"}, {"fixed": "1.10"}], ["1.2", "1.9"], ["1.1", "1.10", "1.11"]),
        ([{"introduced": "1.0"}], ["1.0", "99"], ["0.9"]),
        ([{"introduced": "0"}, {"last_affected": "2.0"}], ["1.0", "2.0"], ["2.0.1"]),
        ([{"introduced": "2.0"}, {"last_affected": "2.0"}], ["2.0"], ["1.9", "2.1"]),
        ([{"fixed": "4.2.1"}, {"introduced": "5.0"}, {"introduced": "4.0"}, {"fixed": "5.0.3"}],
         ["4.0", "4.2", "5.0", "5.0.2"], ["3.9", "4.2.1", "4.9", "5.0.3"]),
        ([{"introduced": "0"}, {"fixed": "2.0"}, {"introduced": "2.0"}, {"fixed": "2.1"}], ["1.0", "2.0"], ["2.1"]),
        ([{"introduced": "2004d"}, {"fixed": "2.0"}], ["1.0"], ["2.0"]),
        ([{"introduced": "1.0"}, {"fixed": "second edition"}], ["1.0", "9.0"], ["0.9"]),
    ],
)  # fmt: skip
def test_a_range_holds_what_lies_between_its_events(events, affected, clear):
    (row,) = a_record(events=events)["affected"]
    assert [one for one in affected + clear if weaknesses.is_affected(Version(one), row)] == affected


def test_a_listed_version_is_affected_however_it_is_written_and_commits_say_nothing():
    (row,) = a_record(versions=["1.0", "2.0.0", "no version"])["affected"]
    assert weaknesses.is_affected(Version("2.0"), row)
    assert not weaknesses.is_affected(Version("2.1"), row)
    row["ranges"] = [{"type": "GIT", "events": [{"introduced": "0"}]}]
    assert not weaknesses.is_affected(Version("2.1"), row)


def test_the_next_version_without_it_is_named_by_package_name_however_it_is_written():
    events = [{"introduced": "0"}, {"fixed": "4.2.1"}, {"introduced": "5.0"}, {"fixed": "5.0.3"}]
    record = a_record(name="Zope_Interface", events=events, aliases=["GHSA-1", "CVE-2026-1"])
    (found,) = weaknesses.known({"zope.interface": "5.0.1"}, [record])
    assert (found.package, found.version, found.fixed) == ("zope.interface", "5.0.1", "5.0.3")
    assert found.names == ("PYSEC-2026-1", "CVE-2026-1")


def test_withdrawn_records_and_those_of_other_ecosystems_are_left_out():
    withdrawn = a_record(versions=["1.0"], withdrawn="2009-10-01T00:00:00Z")
    other = a_record(versions=["1.0"])
    other["affected"][0]["package"]["ecosystem"] = "npm"
    assert list(weaknesses.known({"django": "1.0"}, [withdrawn, other])) == []
    assert len(list(weaknesses.known({"django": "1.0"}, [a_record(versions=["1.0"])]))) == 1


def test_the_command_names_package_version_record_and_remedy_and_ends_with_one(tmp_path):
    events = [{"introduced": "0"}, {"fixed": "99.1"}]
    text, end = said(a_folder(tmp_path, a_record(events=events, aliases=["CVE-2026-7"])))
    assert f"django {DJANGO}: PYSEC-2026-1, CVE-2026-7, fixed in 99.1\n" in text
    assert end == 1


def test_what_only_the_tests_need_is_said_to_be_so(tmp_path):
    text, end = said(a_folder(tmp_path, a_record(name="pytest", events=[{"introduced": "0"}])))
    assert "no version without it is named (not in the running portal)" in text
    assert end == 1


def test_a_zip_file_without_a_word_on_our_packages_ends_with_nought_and_says_how_old_it_is(tmp_path):
    source = tmp_path / "all.zip"
    with zipfile.ZipFile(source, "w") as packed:
        packed.writestr("PYSEC-2026-1.json", json.dumps(a_record(events=[{"introduced": "0"}, {"fixed": "1.0"}])))
    text, end = said(source)
    assert text.startswith("0 known of ")
    assert "1 records, the newest of 2009-11-20" in text
    assert end == 0


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("missing.zip", None, "cannot be read as a zip file or a folder"),
        ("text.zip", b"not a zip file", "cannot be read as a zip file or a folder"),
        ("folder/1.json", b'{"id": ', "1.json is not JSON"),
        ("folder/1.json", b"[]", "1.json is not a record of a weakness"),
        ("folder/1.txt", b"nothing", "holds no record of the ecosystem PyPI"),
        ("folder/1.json", b'{"id": "GO-1", "affected": [{"package": {"ecosystem": "Go", "name": "x"}}]}',
         "holds no record of the ecosystem PyPI"),
    ],
)  # fmt: skip
def test_a_file_that_tells_nothing_is_an_error_and_never_a_clean_bill(tmp_path, name, data, words):
    path = tmp_path / name
    if data is not None:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    with pytest.raises(CommandError, match=words) as error:
        call_command("check_weaknesses", source=path.parent if path.parent != tmp_path else path)
    assert error.value.returncode == 2
