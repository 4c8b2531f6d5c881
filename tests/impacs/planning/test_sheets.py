"""The plan goes out as a workbook and comes back: a verdict for each row, all of it or nothing."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from apps.audit.models import AuditRecord
from apps.impacs.models import Dependency, Task, TaskBatch, TaskRules
from apps.impacs.plan.queries.words import mandate_code
from apps.impacs.plan.rules.workbook import HEADS
from tests.impacs.planning.people import JAMAICA, KEEPER, WATCH, a_mandate, a_programme, a_task, after, day, many

pytestmark = pytest.mark.django_db
COLUMNS = {name: place for place, name in enumerate(HEADS, start=1)}


def exported(client: Any, **params: str) -> Any:
    """The workbook of a selection, opened."""
    return load_workbook(io.BytesIO(client.get(reverse("impacs:task_sheet"), params).content))


def saved(book: Any) -> bytes:
    """The workbook as a program saves it."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def put(book: Any, row: int, **cells: Any) -> None:
    """Write into cells of the first sheet."""
    for name, value in cells.items():
        book["Tasks"].cell(row, COLUMNS[name]).value = value


def edited(client: Any, edit: Callable[[Any], None]) -> bytes:
    """An exported workbook with changes."""
    book = exported(client)
    edit(book)
    return saved(book)


def sent(client: Any, data: bytes, name: str = "plan.xlsx") -> Any:
    """The preview of a workbook; the page with the form if it was not taken."""
    return client.post(reverse("impacs:sheet"), {"file": SimpleUploadedFile(name, data)}, follow=True)


def taken_over(client: Any, page: Any, **more: str) -> Any:
    """Apply what the preview showed."""
    place = page.redirect_chain[-1][0] if getattr(page, "redirect_chain", None) else page.wsgi_request.path
    return client.post(place, {"step": "apply", "seen": page.context["seen"], **more})


def kinds(page: Any) -> dict[str, int]:
    """How many rows have which verdict."""
    return {kind: n for kind, n in page.context["counts"].items() if n}


def faults(page: Any) -> dict[str, str]:
    """What is wrong, by cell."""
    return {place: sentence for one in page.context["lines"] for place, sentence in one.faults}


def test_the_workbook_holds_what_the_list_shows_and_the_download_is_recorded(cast: Any, client_for: Any):
    first = a_task(title="=HYPERLINK(1)", priority=4)
    after(a_task(title="before", priority=1), first)
    book = exported(client_for(KEEPER), priority="4")
    rows = list(book["Tasks"].values)
    assert [row[COLUMNS["title"] - 1] for row in rows[1:]] == ["=HYPERLINK(1)"]
    assert book["Tasks"].cell(2, COLUMNS["title"]).data_type == "s"
    assert rows[1][COLUMNS["key"] - 1] == str(first.pk)
    assert rows[1][COLUMNS["after"] - 1] == Dependency.objects.get().predecessor_task.reference
    assert book["Exported"].sheet_state == "hidden"
    assert AuditRecord.objects.filter(verb="task.export").count() == 1


def test_what_goes_round_unchanged_changes_nothing(cast: Any, client_for: Any):
    many(5, mandate=a_mandate(), programme=a_programme())
    client = client_for(KEEPER)
    page = sent(client, edited(client, lambda book: None))
    assert kinds(page) == {"same": 5}
    assert not page.context["can_apply"]


def test_changed_rows_and_new_rows_are_previewed_and_then_taken_over(cast: Any, client_for: Any):
    mandate, programme = a_mandate(), a_programme()
    first, second = many(2)
    client = client_for(KEEPER)

    def edit(book: Any) -> None:
        rows = {book["Tasks"].cell(row, 1).value: row for row in (2, 3)}
        put(book, rows[str(first.pk)], title="Better", due_on=f"{day(40):%d %b %Y}", priority="High", estimate_days=2.5)
        put(book, rows[str(second.pk)], after=first.reference, owner="JRCC.watch")
        put(book, 4, title="New one", mandate=mandate_code(mandate), programme=programme.code, due_on=day(50))

    page = sent(client, edited(client, edit))
    assert kinds(page) == {"changed": 2, "new": 1}
    assert Task.objects.count() == 2
    done = taken_over(client, page)
    batch = TaskBatch.objects.get()
    assert done.url == reverse("impacs:batch", args=[batch.pk])
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.title, first.due_on, first.priority, float(first.estimate_days)) == ("Better", day(40), 3, 2.5)
    assert second.owner.code == "JRCC.watch"
    assert Dependency.objects.get().predecessor_task == first
    new = Task.objects.get(title="New one")
    assert (new.mandate, new.programme, new.due_on, new.state) == (mandate, programme, day(50), "backlog")
    assert AuditRecord.objects.filter(verb="task.create", object_id=str(new.pk)).count() == 1
    again = sent(client, edited(client, lambda book: None))
    assert kinds(again) == {"same": 3}


def test_every_wrong_cell_is_told_at_its_place_and_nothing_is_taken_over(cast: Any, client_for: Any):
    many(1)
    client = client_for(KEEPER)

    def edit(book: Any) -> None:
        put(book, 2, title="Better")
        put(book, 3, title="a", owner="XXX.ministry", mandate="CONSLE/1, 1, IMPACS", programme="NOPE", kind="idea")
        put(book, 4, title="b", owner="JAM.kitchen", year="26", starts_on="31 Feb 2016", estimate_days="-1", priority=9)
        put(book, 5, title="=1+1")
        put(book, 6, due_on="soon", after="TSK-1998-00001")
        put(book, 7, key="nonsense", title="c")
        put(book, 8, key="00000000-0000-0000-0000-000000000000", title="d")
        put(book, 9, title="e", state="done")

    page = sent(client, edited(client, edit))
    told = faults(page)
    letters = {name: chr(64 + place) for name, place in COLUMNS.items()}
    wanted = {
        *(f"{letters[name]}3" for name in ("owner", "mandate", "programme", "kind")),
        *(f"{letters[name]}4" for name in ("owner", "year", "starts_on", "estimate_days", "priority")),
        f"{letters['title']}5",
        *(f"{letters[name]}6" for name in ("title", "due_on", "after")),
        f"{letters['key']}7",
        f"{letters['key']}8",
        f"{letters['state']}9",
    }
    assert set(told) == wanted
    assert "There is no State or body XXX" in told[f"{letters['owner']}3"]
    assert "formula" in told[f"{letters['title']}5"]
    assert kinds(page) == {"changed": 1, "fault": 7}
    assert taken_over(client, page).status_code == 422
    assert not Task.objects.filter(title="Better").exists()


def test_a_rule_that_only_the_action_knows_stops_the_whole_sheet_at_its_cell(cast: Any, client_for: Any):
    first, second = many(2, mandate=a_mandate())
    client = client_for(KEEPER)

    def edit(book: Any) -> None:
        rows = {book["Tasks"].cell(row, 1).value: row for row in (2, 3)}
        put(book, rows[str(first.pk)], title="Better")
        put(book, rows[str(second.pk)], starts_on="2025-01-01")  # before the decision is in force

    page = sent(client, edited(client, edit))
    refused = taken_over(client, page)
    assert refused.status_code == 422
    assert [sentence for sentence in faults(refused).values() if "in force" in sentence]
    assert not Task.objects.filter(title="Better").exists()


def test_the_same_key_twice_is_refused_with_the_other_row(cast: Any, client_for: Any):
    (row,) = many(1)
    client = client_for(KEEPER)
    page = sent(client, edited(client, lambda book: put(book, 3, key=str(row.pk), title="twice")))
    assert faults(page) == {"A3": "Row 2 has the same key. Keep one of the two."}


def test_a_circle_closed_by_a_sheet_is_named(cast: Any, client_for: Any):
    first, second, third = many(3)
    after(first, second)
    after(second, third)
    client = client_for(KEEPER)

    def edit(book: Any) -> None:
        rows = {book["Tasks"].cell(row, 1).value: row for row in (2, 3, 4)}
        put(book, rows[str(first.pk)], after=third.reference)

    page = sent(client, edited(client, edit))
    (sentence,) = faults(page).values()
    assert all(row.reference in sentence for row in (first, second, third))


def test_two_people_at_once_the_second_sees_cell_by_cell_what_changed_and_decides(cast: Any, client_for: Any):
    (row,) = many(1, title=lambda n: "As it was", priority=2)
    one, two = client_for(KEEPER), client_for("impacs.secretariat.officer")
    mine = edited(one, lambda book: put(book, 2, title="Mine", priority=3))
    theirs = edited(two, lambda book: put(book, 2, title="Theirs", estimate_days=9))
    assert taken_over(two, sent(two, theirs)).status_code == 302
    page = sent(one, mine)
    assert kinds(page) == {"conflict": 1}
    (line,) = page.context["lines"]
    assert [(str(name), stands, says) for name, stands, says in line.conflicts] == [("Title", "Theirs", "Mine")]
    assert ("Estimate", "3", "9") in [(str(name), was, stands) for name, was, stands in line.meanwhile]
    assert taken_over(one, page).status_code == 422
    assert taken_over(one, page, **{f"take_{row.pk}": "portal"}).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.priority, float(row.estimate_days)) == ("Theirs", 3, 9)
    page = sent(one, mine)
    assert taken_over(one, page, **{f"take_{row.pk}": "file"}).status_code == 302
    row.refresh_from_db()
    assert (row.title, float(row.estimate_days)) == ("Mine", 9)


def test_a_change_between_preview_and_taking_over_is_shown_first(cast: Any, client_for: Any):
    (row,) = many(1)
    client = client_for(KEEPER)
    page = sent(client, edited(client, lambda book: put(book, 2, title="Mine")))
    Task.objects.filter(pk=row.pk).update(version=2, priority=4)
    again = taken_over(client, page)
    assert again.status_code == 409
    assert b"since you looked" in again.content
    assert taken_over(client, again).status_code == 302


def test_rows_of_other_desks_are_refused_and_unseen_ones_are_like_unknown_ones(cast: Any, client_for: Any):
    theirs = a_task(also=("JRCC.watch",))
    hidden = a_task(owner="RIFC.analysis", also=())
    client = client_for(WATCH)

    def edit(book: Any) -> None:
        put(book, 2, title="Taken")
        put(book, 3, key=str(hidden.pk), title="x")
        put(book, 4, title="y", reference=hidden.reference)
        put(book, 5, title="z", after=hidden.reference)

    page = sent(client, edited(client, edit))
    told = faults(page)
    assert set(told) == {"D2", "A3", "C4", "O5"}
    assert "Another desk" in told["D2"]
    assert told["A3"] == told["C4"]
    assert Task.objects.get(pk=theirs.pk).version == 1


def test_a_ministry_takes_the_plan_away_but_brings_none(cast: Any, client_for: Any):
    a_task(title="Seen")
    a_task(title="Unseen", also=())
    client = client_for(JAMAICA)
    assert [row[COLUMNS["title"] - 1] for row in list(exported(client)["Tasks"].values)[1:]] == ["Seen"]
    assert client.get(reverse("impacs:sheet")).status_code == 404


def test_more_rows_than_the_limit_are_refused_with_the_limit(cast: Any, client_for: Any):
    rules = TaskRules.objects.get()
    rules.content["sheet_rows"] = 3
    rules.save()
    client = client_for(KEEPER)

    def edit(book: Any) -> None:
        for n in range(2, 7):
            put(book, n, title=f"Task {n}")

    page = sent(client, edited(client, edit))
    assert page.status_code == 422
    assert b"more than 3 rows" in page.content


def test_five_thousand_rows_are_read_and_compared(cast: Any, client_for: Any):
    many(5000)
    client = client_for(KEEPER)

    def edit(book: Any) -> None:
        put(book, 2, title="Only this one")

    page = sent(client, edited(client, edit))
    assert kinds(page) == {"changed": 1, "same": 4999}
    assert len(page.content) < 400_000
    assert taken_over(client, page).status_code == 302
    assert Task.objects.filter(title="Only this one").count() == 1


def _bare(*heads: str) -> bytes:
    book = Workbook()
    for place, head in enumerate(heads, start=1):
        book.active.cell(1, place).value = head
    return saved(book)


def _with_macro() -> bytes:
    file = io.BytesIO(_bare("Title"))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (_bare("Colour", "Title"), "plan.xlsx", b"A1: Colour"),
        (_bare("Title", "Title"), "plan.xlsx", b"B1: Title"),
        (_bare("Key", "Start"), "plan.xlsx", b"no column"),
        (_with_macro(), "plan.xlsx", b"macros"),
        (_bare("Title")[:400], "plan.xlsx", b"plan"),
        (b"Title;Start", "plan.csv", b"xlsx"),
        (b"", "plan.xlsx", b"empty"),
    ],
)
def test_a_file_that_is_no_sheet_of_the_plan_is_refused_with_a_sentence(
    cast: Any, client_for: Any, data: bytes, name: str, said: bytes
):
    page = sent(client_for(KEEPER), data, name)
    assert page.status_code == 422
    assert said in page.content


def test_an_empty_sheet_has_nothing_to_take_over(cast: Any, client_for: Any):
    page = sent(client_for(KEEPER), _bare("Title"))
    assert page.status_code == 200
    assert b"no rows" in page.content


def test_a_preview_of_another_desks_file_is_not_there(cast: Any, client_for: Any):
    many(1)
    client = client_for(KEEPER)
    page = sent(client, edited(client, lambda book: None))
    place = page.redirect_chain[-1][0]
    assert client_for(WATCH).get(place).status_code == 404
