"""`manage.py report oas`: identical bytes for the same days, and a sentence for everything that cannot be done."""

import datetime
import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.access.actor import Actor
from apps.reports import actions
from apps.reports.models import Fact
from tests.reports.compiled import every_state_known

pytestmark = pytest.mark.django_db
SECRETARIAT = "impacs.secretariat.officer"


def written(out: Path, **options: str) -> bytes:
    call_command("report", "oas", out=out, stdout=io.StringIO(), **({"as_of": "2008-01-21"} | options))
    return out.read_bytes()


@pytest.mark.parametrize("fmt", ["md", "docx", "pdf"])
def test_the_same_days_give_the_same_bytes_also_after_a_year_of_changes(tmp_path, cast, fmt):
    first = written(tmp_path / "a", format=fmt)
    assert written(tmp_path / "b", format=fmt) == first
    a_year_of_changes(cast[SECRETARIAT])
    assert written(tmp_path / "c", format=fmt) == first
    later = written(
        tmp_path / "d", format=fmt, as_of="2008-01-21", known_at=str(datetime.datetime.now(datetime.UTC).date())
    )
    assert later != first


def a_year_of_changes(secretariat: Actor) -> None:
    """Facts are corrected, others recorded, every State's stage becomes known."""
    fact = Fact.objects.get(code="study.DEPORTEES")
    actions.correct_fact(
        secretariat, fact, content={**fact.content, "status": "under review"}, valid_from=fact.valid_from,
        source="a later letter", reason="The consultant reports again.",
    )  # fmt: skip
    actions.record_fact(
        secretariat, None, code="request.OAS.2026", title="A new letter", valid_from=datetime.date(2009, 1, 5),
        content={"date": {"day": "2009-01-05"}, "from": "the Chair", "to": "the Secretary-General"}, source="letter",
    )  # fmt: skip
    every_state_known(without="GUY", recorded=datetime.date(2009, 1, 1))


def test_the_files_are_what_their_names_say_and_hold_the_facts(tmp_path):
    text = written(tmp_path / "r.md", format="md").decode()
    for fact in ("Ten of the fifteen", "Barbados, Jamaica, Saint Lucia and Trinidad and Tobago", "21 January 2008"):
        assert fact in text
    assert text.startswith("# CARICOM security initiatives")
    assert "| Electronic cargo manifest" in text or "| Electronic" in text
    assert "Not known" not in text
    assert written(tmp_path / "r.pdf", format="pdf").startswith(b"%PDF-")
    with zipfile.ZipFile(io.BytesIO(written(tmp_path / "r.docx", format="docx"))) as packed:
        assert b"Ten of the fifteen" in packed.read("word/document.xml")


def test_what_is_not_known_is_said_in_the_file(tmp_path):
    text = written(tmp_path / "r.md", as_of="2007-03-15").decode()
    assert "**Not known:** L1: No outside request had arrived by this day." in text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"format": "odt"}, "no format “odt”. Choose one of md, docx, pdf"),
        ({"as_of": "21.1.2008"}, "is not a day. Write it as 2008-01-21"),
        ({"as_of": "2008-02-30"}, "is not a day"),
        ({"as_of": ""}, "is not a day"),
        ({"as_of": "2999-01-01"}, "in the future"),
        ({"as_of": "1973-07-31"}, "began on 1 August 1973"),
        ({"known_at": "yesterday"}, "--known-at: “yesterday” is not a day"),
        ({"known_at": "2999-01-01"}, "This date is in the future"),
    ],
)
def test_nonsense_is_refused_with_a_sentence_and_nothing_is_written(tmp_path, options, said):
    with pytest.raises(CommandError, match=said):
        written(tmp_path / "r.md", **options)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_report_and_a_place_that_cannot_be_written_are_refused(tmp_path):
    with pytest.raises(CommandError, match=r"There is no report “un”\. There is: oas"):
        call_command("report", "un", as_of="2008-01-21", out=tmp_path / "r")
    with pytest.raises(CommandError, match=r"Cannot write .*No such file or directory"):
        written(tmp_path / "absent" / "r.md")
    (tmp_path / "folder").mkdir()
    with pytest.raises(CommandError, match="Cannot write"):
        written(tmp_path / "folder")
    assert [each.name for each in tmp_path.iterdir()] == ["folder"]


def test_words_of_the_command_line_are_checked_before_anything_else():
    with pytest.raises(CommandError, match="required"):
        call_command("report", "oas")
