"""Texts as the room above uses them: writing without an editor, fixing, history, new beginnings."""

import datetime
import uuid

import pytest
from django.utils import timezone

from apps.coedit.actions import epochs, section_texts
from apps.coedit.models import Document, Update
from apps.coedit.queries import compactions_due
from apps.coedit.tasks import run_coedit_clock

pytestmark = pytest.mark.django_db

ANNA, BRIAN = (11, 1), (22, 2)


@pytest.fixture
def section() -> uuid.UUID:
    key = uuid.uuid4()
    section_texts.create(key, uuid.uuid4(), "Cocaine moves north.\n\nFirearms move south.", *ANNA)
    return key


def write(section: uuid.UUID, plain: str, author: tuple[int, int] = BRIAN) -> int:
    return section_texts.replace_text(section, plain, section_texts.rendered(section).seq, *author)


def ids_of(text: section_texts.Rendered) -> list[str]:
    return [block["attrs"]["pid"] for block in text.json["content"]]


def test_a_text_is_written_without_an_editor(section: uuid.UUID, django_assert_max_num_queries) -> None:
    first = section_texts.rendered(section)
    assert (first.seq, first.epoch, first.plain) == (1, 1, "Cocaine moves north.\n\nFirearms move south.")
    section_texts.create(section, uuid.uuid4(), "Somebody else's")
    assert write(section, "Cocaine moves north by go-fast.\n\nFirearms move south.\n\nBoth are rising.") == 2
    second = section_texts.rendered(section)
    assert ids_of(second)[:2] == ids_of(first)
    assert second.plain.endswith("Both are rising.")
    assert second.sha256 != first.sha256
    assert write(section, second.plain) == 2, "nothing changed, no row"
    with pytest.raises(section_texts.Stale) as stale:
        section_texts.replace_text(section, "x", 1, *ANNA)
    assert stale.value.seq == 2
    with pytest.raises(section_texts.TooLong):
        write(section, "x" * 200_001)
    others = [uuid.uuid4() for _ in range(30)]
    for key in others:
        section_texts.create(key, key, "Other", *ANNA)
    with django_assert_max_num_queries(2):
        texts = section_texts.rendered_many([section, *others, uuid.uuid4()])
    assert len(texts) == 32
    assert {text.plain for text in texts.values()} == {second.plain, "Other", ""}


def test_a_fixed_text_stays_as_it_is(section: uuid.UUID) -> None:
    final = section_texts.freeze(section)
    assert final.frozen
    assert section_texts.rendered(section) == final
    with pytest.raises(section_texts.Frozen):
        write(section, "Later")
    with pytest.raises(section_texts.Frozen):
        section_texts.restore(section, 1, *ANNA)
    section_texts.thaw(section)
    assert write(section, "Later") == 2


def test_who_wrote_what_and_when(section: uuid.UUID) -> None:
    write(section, "Cocaine moves north by go-fast.\n\nFirearms move south.\n\nBoth are rising.")
    pids = ids_of(section_texts.rendered(section))
    shares = {(one.pid, one.user_id): one.letters for one in section_texts.shares(section)}
    assert shares == {(pids[0], 11): 20, (pids[0], 22): 11, (pids[1], 11): 20, (pids[2], 22): 16}
    assert [(one.seq, one.user_id) for one in section_texts.moments(section)] == [(2, 22), (1, 11)]
    changes = section_texts.compare_moments(section, 1, 2)
    assert [one.kind for one in changes] == ["changed", "same", "added"]
    assert changes[0].before == "Cocaine moves north."
    assert [one.kind for one in section_texts.compare_moments(section, 0, 1)] == ["added", "added"]


def test_an_earlier_moment_comes_back_as_a_new_beginning(section: uuid.UUID) -> None:
    first = section_texts.rendered(section)
    write(section, "All else.")
    assert section_texts.restore(section, 1, *ANNA) == 3
    again = section_texts.rendered(section)
    assert (again.epoch, again.plain, ids_of(again)) == (2, first.plain, ids_of(first))
    assert section_texts.compare_moments(section, 2, 3)[0].before == "All else.", "the log still knows what was between"
    assert write(section, "On from here.") == 4
    assert section_texts.rendered(section).plain == "On from here."
    assert section_texts.at_moment(section, 2)["content"][0]["content"][0]["text"] == "All else."


def test_purged_words_are_in_no_table(section: uuid.UUID) -> None:
    write(section, "Our source is SWIZZLESTICK.\n\nFirearms move south.")
    write(section, "Our source is reliable.\n\nFirearms move south.")
    epochs.compact(section)
    section_texts.purge_epochs(section, *ANNA)
    row = Document.objects.get(pk=section)
    kept = [bytes(row.snapshot), row.plain.encode(), str(row.text).encode()]
    kept += [bytes(data) for data in Update.objects.values_list("data", flat=True)]
    assert not any(b"SWIZZLE" in data for data in kept)
    assert section_texts.rendered(section).plain == "Our source is reliable.\n\nFirearms move south."
    assert section_texts.rendered(section).epoch == 2


def test_snapshots_shorten_the_reading_and_the_log_is_forgotten_later(
    section: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(epochs, "AT_ONCE", 90)
    for n in range(200):
        section_texts.replace_text(section, f"Line {n}", n + 1, *BRIAN)
    assert compactions_due.lagging(timezone.now() - datetime.timedelta(minutes=10)) == [section]
    before = section_texts.rendered(section)
    run_coedit_clock()
    row = Document.objects.get(pk=section)
    assert row.snapshot_seq == row.text_seq == row.seq == 201
    assert section_texts.rendered(section) == before
    write(section, "Line 200 and more")
    assert section_texts.rendered(section).plain == "Line 200 and more"
    assert section_texts.forget([section], timezone.now()) == 0, "rows behind the snapshot are never dropped"
    epochs.compact(section)
    assert section_texts.forget([section], timezone.now()) == 202
    assert section_texts.rendered(section).plain == "Line 200 and more"
    assert section_texts.compare_moments(section, 5, 7) is None
    write(section, "Line 201 and more")
    assert [one.user_id for one in section_texts.shares(section)] == [0, 22]
