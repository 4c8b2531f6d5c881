"""Texts as the room above uses them: writing without an editor, fixing, history, new beginnings."""

import datetime
import uuid

import pytest
from django.utils import timezone

from apps.coedit import documents
from apps.coedit.actions import epochs
from apps.coedit.models import Document, Update
from apps.coedit.queries import keeping
from apps.coedit.tasks import tick

pytestmark = pytest.mark.django_db

ANNA, BRIAN = (11, 1), (22, 2)


@pytest.fixture
def section() -> uuid.UUID:
    key = uuid.uuid4()
    documents.create(key, uuid.uuid4(), "Cocaine moves north.\n\nFirearms move south.", *ANNA)
    return key


def write(section: uuid.UUID, plain: str, author: tuple[int, int] = BRIAN) -> int:
    return documents.replace_text(section, plain, documents.rendered(section).seq, *author)


def ids_of(text: documents.Rendered) -> list[str]:
    return [block["attrs"]["pid"] for block in text.json["content"]]


def test_a_text_is_written_without_an_editor(section: uuid.UUID, django_assert_max_num_queries) -> None:
    first = documents.rendered(section)
    assert (first.seq, first.epoch, first.plain) == (1, 1, "Cocaine moves north.\n\nFirearms move south.")
    documents.create(section, uuid.uuid4(), "Somebody else's")
    assert write(section, "Cocaine moves north by go-fast.\n\nFirearms move south.\n\nBoth are rising.") == 2
    second = documents.rendered(section)
    assert ids_of(second)[:2] == ids_of(first)
    assert second.plain.endswith("Both are rising.")
    assert second.sha256 != first.sha256
    assert write(section, second.plain) == 2, "nothing changed, no row"
    with pytest.raises(documents.Stale) as stale:
        documents.replace_text(section, "x", 1, *ANNA)
    assert stale.value.seq == 2
    with pytest.raises(documents.TooLong):
        write(section, "x" * 200_001)
    others = [uuid.uuid4() for _ in range(30)]
    for key in others:
        documents.create(key, key, "Other", *ANNA)
    with django_assert_max_num_queries(2):
        texts = documents.rendered_many([section, *others, uuid.uuid4()])
    assert len(texts) == 32
    assert {text.plain for text in texts.values()} == {second.plain, "Other", ""}


def test_a_fixed_text_stays_as_it_is(section: uuid.UUID) -> None:
    final = documents.freeze(section)
    assert final.frozen
    assert documents.rendered(section) == final
    with pytest.raises(documents.Frozen):
        write(section, "Later")
    with pytest.raises(documents.Frozen):
        documents.restore(section, 1, *ANNA)
    documents.thaw(section)
    assert write(section, "Later") == 2


def test_who_wrote_what_and_when(section: uuid.UUID) -> None:
    write(section, "Cocaine moves north by go-fast.\n\nFirearms move south.\n\nBoth are rising.")
    pids = ids_of(documents.rendered(section))
    shares = {(one.pid, one.user_id): one.letters for one in documents.shares(section)}
    assert shares == {(pids[0], 11): 20, (pids[0], 22): 11, (pids[1], 11): 20, (pids[2], 22): 16}
    assert [(one.seq, one.user_id) for one in documents.moments(section)] == [(2, 22), (1, 11)]
    changes = documents.compare(section, 1, 2)
    assert [one.kind for one in changes] == ["changed", "same", "added"]
    assert changes[0].before == "Cocaine moves north."
    assert [one.kind for one in documents.compare(section, 0, 1)] == ["added", "added"]


def test_an_earlier_moment_comes_back_as_a_new_beginning(section: uuid.UUID) -> None:
    first = documents.rendered(section)
    write(section, "All else.")
    assert documents.restore(section, 1, *ANNA) == 3
    again = documents.rendered(section)
    assert (again.epoch, again.plain, ids_of(again)) == (2, first.plain, ids_of(first))
    assert documents.compare(section, 2, 3)[0].before == "All else.", "the log still knows what was between"
    assert write(section, "On from here.") == 4
    assert documents.rendered(section).plain == "On from here."
    assert documents.at_moment(section, 2)["content"][0]["content"][0]["text"] == "All else."


def test_purged_words_are_in_no_table(section: uuid.UUID) -> None:
    write(section, "Our source is SWIZZLESTICK.\n\nFirearms move south.")
    write(section, "Our source is reliable.\n\nFirearms move south.")
    epochs.compact(section)
    documents.purge(section, *ANNA)
    row = Document.objects.get(pk=section)
    kept = [bytes(row.snapshot), row.plain.encode(), str(row.text).encode()]
    kept += [bytes(data) for data in Update.objects.values_list("data", flat=True)]
    assert not any(b"SWIZZLE" in data for data in kept)
    assert documents.rendered(section).plain == "Our source is reliable.\n\nFirearms move south."
    assert documents.rendered(section).epoch == 2


def test_snapshots_shorten_the_reading_and_the_log_is_forgotten_later(section: uuid.UUID) -> None:
    for n in range(200):
        documents.replace_text(section, f"Line {n}", n + 1, *BRIAN)
    assert keeping.lagging(timezone.now() - datetime.timedelta(minutes=10)) == [section]
    before = documents.rendered(section)
    tick()
    row = Document.objects.get(pk=section)
    assert row.snapshot_seq == row.text_seq == row.seq == 201
    assert documents.rendered(section) == before
    write(section, "Line 200 and more")
    assert documents.rendered(section).plain == "Line 200 and more"
    assert documents.forget([section], timezone.now()) == 0, "rows behind the snapshot are never dropped"
    epochs.compact(section)
    assert documents.forget([section], timezone.now()) == 202
    assert documents.rendered(section).plain == "Line 200 and more"
    assert documents.compare(section, 5, 7) is None
    write(section, "Line 201 and more")
    assert [one.user_id for one in documents.shares(section)] == [0, 22]
