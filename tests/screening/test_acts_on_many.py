"""Acts on ticked entries: each row's own action, its policy asked for each, and what was left out said."""

import re
from typing import Any

import pytest
from django.urls import reverse

from apps.audit.models import AuditRecord
from apps.screening import actions
from apps.screening.models import Entry
from tests.screening.people import KEEPER, MUHAMMAD, PERSAUD, an_entry

pytestmark = pytest.mark.django_db
WORDS = {"reason": "The warrant was withdrawn by the court", "why": "The warrant was withdrawn by the court"}


@pytest.fixture
def entries(cast: Any) -> list[Entry]:
    """Three entries of Jamaica's; the last is withdrawn already."""
    keeper = cast[KEEPER]
    found = [an_entry(keeper, {**PERSAUD, "given_names": f"D{n}"}, reference=f"R-{n}") for n in range(2)]
    gone = an_entry(keeper, MUHAMMAD, reference="R-9")
    actions.withdraw_watchlist_entry(keeper, gone, reason=WORDS["reason"])
    return [*found, gone]


def sent(browser: Any, *rows: Entry, act: str = "entry.withdraw", place: str = "", **more: Any) -> Any:
    data = {"act": act, "id": [str(row.pk) for row in rows], **more}
    return browser.post(place or reverse("screening:entries") + "?state=any", data)


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def states(*rows: Entry) -> list[str]:
    return [Entry.objects.get(pk=row.pk).state for row in rows]


def test_the_sheet_says_what_it_will_be_done_to_and_what_not_and_why(client_for: Any, entries: list[Entry]) -> None:
    page = sent(client_for(KEEPER), *entries)
    assert page.status_code == 200
    assert "2 entries" in text_of(page)
    assert "Not done to these" in text_of(page)
    assert "MOHAMMED, YUSUF" in text_of(page)
    assert states(*entries) == ["active", "active", "withdrawn"]


def test_each_row_is_an_act_of_its_own_and_what_changed_meanwhile_is_left(
    client_for: Any, entries: list[Entry]
) -> None:
    browser = client_for(KEEPER)
    shown = {f"version_{row.pk}": row.version for row in entries}
    shown[f"version_{entries[1].pk}"] += 7
    answer = sent(browser, *entries[:2], step="do", **WORDS, **shown)
    assert answer.status_code == 302
    assert states(*entries) == ["withdrawn", "active", "withdrawn"]
    assert AuditRecord.objects.filter(verb="entry.withdraw", outcome="done", object_id=str(entries[0].pk)).count() == 1
    after = text_of(browser.get(answer["Location"]))
    assert "1 was not done." in after
    assert entries[1].display_name in after


def test_what_is_wrong_is_told_before_anything_is_done(client_for: Any, entries: list[Entry]) -> None:
    answer = sent(client_for(KEEPER), *entries[:2], step="do")
    assert answer.status_code == 422
    assert states(*entries[:2]) == ["active", "active"]


def test_all_is_what_the_filter_finds_and_not_what_was_ticked(client_for: Any, entries: list[Entry]) -> None:
    browser = client_for(KEEPER)
    page = text_of(sent(browser, all="1", place=reverse("screening:entries") + "?q=D1"))
    assert "1 entry" in page
    assert entries[0].display_name not in page


def test_a_seat_acts_on_nothing_of_others_and_not_by_an_act_that_the_list_has_not(
    client_for: Any, entries: list[Entry]
) -> None:
    watch = client_for("jrcc.watch.officer")
    assert sent(watch, *entries[:1], step="do", **WORDS).status_code == 200
    assert sent(client_for("brb.intelligence.officer"), *entries[:1], step="do", **WORDS).status_code == 302
    assert sent(client_for(KEEPER), *entries[:1], act="entry.expire").status_code == 404
    assert sent(client_for(KEEPER), act="").status_code == 302
    assert states(*entries[:1]) == ["active"]


def test_rows_can_be_ticked_by_keyboard_and_said_aloud_without_a_script(client_for: Any, entries: list[Entry]) -> None:
    page = client_for(KEEPER).get(reverse("screening:entries")).content.decode()
    assert f'name="id" value="{entries[0].pk}" aria-label="Select PERSAUD, D0"' in page
    assert 'name="act" value="entry.withdraw"' in page
    everything = client_for(KEEPER).get(reverse("screening:entries") + "?ticked=all").content.decode()
    assert '<input type="hidden" name="all" value="1">' in everything
    assert "All selected: 2 entries" in text_of(client_for(KEEPER).get(reverse("screening:entries") + "?ticked=all"))
