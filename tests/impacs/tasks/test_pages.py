"""The pages of tasks, mandates, money and templates: what they say to whom, and that they lead on."""

import re
from html import unescape

import pytest

from apps.impacs import actions
from apps.impacs.models import Task
from apps.impacs.plan.actions import links as links_actions
from apps.impacs.plan.actions import parts
from apps.impacs.plan.actions import progress as progress_actions
from apps.impacs.plan.actions import tasks as actions_tasks
from tests.impacs.tasks.people import (
    BARBADOS,
    CAYMAN,
    MANAGER,
    OFFICER,
    WATCH,
    a_mandate,
    a_task,
    clause_of,
    done,
    fresh,
    in_days,
    in_review,
    key_of,
    planned,
    started,
)
from tests.impacs.tasks.world import a_budget, a_plan
from tests.jrcc.test_budgets import asked

pytestmark = pytest.mark.django_db
BOARD = "/impacs/tasks/"


def text_of(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def page(row, *more):
    return f"/impacs/tasks/{row.pk}/" + "".join(f"{each}/" for each in more)


def sent(cast, who, **fields):
    return {"_seat": cast[who].seat_id, **fields}


def test_the_board_shows_each_task_in_its_lane_and_how_many_are_late(cast, client_for):
    mandate = a_mandate()
    planned(cast, mandate=str(mandate.pk), title="Print it", starts_on=in_days(-9), due_on=in_days(-2))
    task = started(cast, mandate=str(mandate.pk), title="Draft it")
    progress_actions.set_task_waiting(cast[MANAGER], task, parties=["BRB"], asked_on=in_days(0))
    done(cast, mandate=str(mandate.pk), title="Count it")
    shown = text_of(client_for(MANAGER).get(BOARD))
    for words in ("Not started 1", "Under way 0", "Waiting for others 1", "Done this year 1", "2 days late"):
        assert words in shown, words
    assert "Move Print it" in client_for(MANAGER).get(BOARD).content.decode()
    assert "Move Print it" not in client_for(BARBADOS).get(BOARD).content.decode()


def test_the_boards_filters_narrow_and_say_when_nothing_fits(cast, client_for):
    mandate, other = a_mandate(), a_mandate()
    a_task(cast, mandate=str(mandate.pk), title="First thing")
    a_task(cast, mandate=str(other.pk), title="Second thing")
    browser = client_for(MANAGER)
    shown = text_of(browser.get(BOARD, {"decision": str(mandate.decision_id)}))
    assert "First thing" in shown
    assert "Second thing" not in shown
    assert "No tasks match these filters" in text_of(browser.get(BOARD, {"party": "JAM"}))
    assert "Second thing" in text_of(browser.get(BOARD, {"owner": "mine"}))


def test_an_empty_board_says_why(client_for):
    assert "No tasks yet" in text_of(client_for(MANAGER).get(BOARD))


def test_a_card_moves_by_its_buttons_without_any_script(cast, client_for):
    task = planned(cast, reviewer=key_of(cast, OFFICER))
    browser = client_for(MANAGER)
    answer = browser.post(f"{page(task, 'start')}?from=board", sent(cast, MANAGER, version=task.version), follow=True)
    assert answer.redirect_chain[-1][0] == BOARD
    assert fresh(task).state == "in_progress"


def test_a_ministry_reads_the_outside_of_a_task_and_never_its_inside(cast, client_for):
    costs = {"cost": 100, "currency": "USD", "budget_line": str(a_budget(cast)["line"].pk)}
    task = started(cast, mandate=str(a_mandate().pk), description="Secret plan.", **costs)
    task = parts.comment_on_task(cast[MANAGER], task, text="Between us.")
    task = parts.add_task_item(cast[MANAGER], task, text="Call the printers")
    progress_actions.block_task(
        cast[MANAGER], task, severity="major", kind="staff", since=in_days(-1), text="Two people are ill."
    )
    hidden = ("Secret plan.", "Between us.", "Call the printers", "Two people are ill.", "100.00 USD", "Submit")
    inside, outside = (text_of(client_for(who).get(page(task))) for who in (MANAGER, BARBADOS))
    for words in hidden[:5]:
        assert words in inside, words
    for words in hidden:
        assert words not in outside, words
    assert "Blocked (major, staff)." in outside
    assert "Blocked" in outside
    assert client_for(CAYMAN).get(page(task)).status_code == 404


def test_internal_work_is_not_there_for_ministries_and_other_desks(cast, client_for):
    task = a_task(cast, title="Order paper")
    for who in (BARBADOS, WATCH):
        assert client_for(who).get(page(task)).status_code == 404
        assert "Order paper" not in text_of(client_for(who).get(BOARD))


def test_the_task_page_leads_both_ways(cast, client_for):
    mandate = a_mandate()
    clause = clause_of(mandate)
    head = a_task(cast, mandate=str(mandate.pk), title="Whole work")
    part = a_task(cast, mandate=str(mandate.pk), title="One part", parent=str(head.pk))
    before = a_task(cast, mandate=str(mandate.pk), title="First of all")
    part = links_actions.add_task_dependency(cast[MANAGER], part, before=str(before.pk))
    part = links_actions.add_task_dependency(cast[MANAGER], part, clause=str(clause.pk), missing_allowed=5)
    links_actions.add_task_successor(cast[MANAGER], part, clause=str(clause_of(mandate, "1").pk))
    browser = client_for(BARBADOS)
    shown = browser.get(page(part)).content.decode()
    for url in (page(head), page(before), f"/impacs/mandates/{mandate.pk}/", f"/impacs/thread/{clause.pk}/"):
        assert url in shown, url
    assert "0 of 15 States have submitted; 10 are needed" in text_of(browser.get(page(part)))
    assert page(part) in browser.get(page(head)).content.decode()
    assert page(part) in browser.get(page(before)).content.decode()
    thread = browser.get(f"/impacs/thread/{clause.pk}/").content.decode()
    assert page(part) in thread
    assert "5 may be missing" in thread
    assert thread.count("/impacs/actions/") == 15
    assert page(head) in browser.get(f"/impacs/mandates/{mandate.pk}/").content.decode()
    progress = browser.get(f"/impacs/decisions/{mandate.decision_id}/progress/")
    assert f"/impacs/mandates/{mandate.pk}/" in progress.content.decode()
    assert "0 of 3 tasks done" in text_of(progress)


def test_a_desk_outside_the_council_is_never_led_to_a_page_that_it_cannot_open(cast, client_for):
    mandate = a_mandate()
    task = a_task(cast, mandate=str(mandate.pk))
    task = links_actions.add_task_dependency(cast[MANAGER], task, clause=str(clause_of(mandate).pk))
    actions_tasks.assign_task(cast[MANAGER], task, person=key_of(cast, WATCH))
    browser = client_for(WATCH)
    for place in (BOARD, page(task), f"/impacs/mandates/{mandate.pk}/", "/impacs/mandates/", "/impacs/templates/"):
        answer = browser.get(place)
        assert answer.status_code == 200, place
        main = answer.content.decode().split("<main", 1)[1]
        links = {url.split("#")[0] for url in re.findall(r'href="(/[^"]*)"', main) if "/static/" not in url}
        for url in links:
            assert browser.get(unescape(url)).status_code == 200, (place, url)


def test_two_editors_see_both_versions_and_nothing_typed_is_lost(cast, client_for):
    task = planned(cast, title="Draft the model")
    actions_tasks.change_task(cast[OFFICER], task, title="Draft the model law", estimate_days=5)
    old = sent(cast, MANAGER, version=task.version, title="Draft a model", estimate_days="3", due_on=str(in_days(20)))
    old |= {"starts_on": str(in_days(1)), "kind": "task", "priority": "2", "repeats": "never", "year": str(task.year)}
    browser = client_for(MANAGER)
    answer = browser.post(page(task, "edit"), old)
    assert answer.status_code == 409
    shown = text_of(answer)
    for words in (
        "Two versions",
        "Draft a model",
        "Draft the model law",
        "Someone changed this record while you were reading it",
    ):
        assert words in shown, words
    assert fresh(task).title == "Draft the model law"
    version = re.search(r'name="version" value="(\d+)"', answer.content.decode()).group(1)
    assert browser.post(page(task, "edit"), old | {"version": version}).status_code == 302
    assert fresh(task).title == "Draft a model"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"title": ""}, "Enter a title"),
        ({"title": "X", "due_on": "soon"}, "Enter the day as 2026-12-31"),
        ({"title": "X", "starts_on": "2010-02-01", "due_on": "2010-01-01"}, "before the start"),
        ({"title": "X", "estimate_days": "many"}, "Enter days of one person's work"),
        ({"title": "X", "cost": "100"}, "Enter the currency of the cost, for example USD"),
        ({"title": "X", "currency": "dollars"}, "three capital letters"),
        (
            {"title": "X", "mandate": "00000000-0000-0000-0000-000000000000"},
            "There is no mandate with this ID that you can see",
        ),
        ({"title": "X", "owner": "BRB.border"}, "Your desk cannot assign tasks to"),
        ({"title": "X", "repeats": "weekly"}, "A repeating task needs a first due date"),
    ],
)
def test_a_wrong_new_task_is_told_at_its_field_and_keeps_what_was_typed(cast, client_for, given, sentence):
    answer = client_for(MANAGER).post("/impacs/tasks/new/", sent(cast, MANAGER, description="Typed with care", **given))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "Typed with care" in answer.content.decode()
    assert not Task.objects.exists()


def test_a_task_is_made_and_commented_by_page(cast, client_for):
    mandate = a_mandate()
    browser = client_for(OFFICER)
    form = browser.get(f"/impacs/tasks/new/?mandate={mandate.pk}").content.decode()
    assert f'value="{mandate.pk}" selected' in form
    answer = browser.post(
        "/impacs/tasks/new/", sent(cast, OFFICER, title="Draft it", mandate=str(mandate.pk)), follow=True
    )
    task = Task.objects.get()
    assert answer.redirect_chain[-1][0] == page(task)
    browser.post(page(task, "comment"), sent(cast, OFFICER, text="**Well** begun."))
    assert "<strong>Well</strong> begun." in browser.get(page(task)).content.decode()


def test_a_ministry_sees_no_door_to_make_or_move_tasks(cast, client_for):
    task = started(cast, mandate=str(a_mandate().pk))
    browser = client_for(BARBADOS)
    assert browser.get("/impacs/tasks/new/").status_code == 404
    assert browser.post(page(task, "submit"), sent(cast, BARBADOS)).status_code == 403
    assert browser.get("/impacs/budget/").status_code == 404


def test_the_budget_shows_what_is_free_per_donor_and_per_clause(cast, client_for):
    made = a_budget(cast)
    task = a_task(cast, mandate=str(a_mandate().pk), programme="BORDERS")
    given = {"category": "travel", "text": "PO 7", "on": in_days(0)}
    line = actions.money.commit_budget(
        cast[OFFICER], made["line"], amount=1000, currency="XCD", task=str(task.pk), **given
    )
    actions.money.spend_budget(cast[OFFICER], line, amount=100, **given)
    browser = client_for(OFFICER)
    shown = text_of(browser.get("/impacs/budget/"))
    for words in ("50 000.00 USD", "370.37 USD", "49 529.63 USD", "Border grant (A donor)"):
        assert words.replace(" ", "\xa0", words.count(" ") - 1) in shown or words in shown.replace("\xa0", " "), words
    inside = text_of(browser.get(f"/impacs/budget/{line.pk}/")).replace("\xa0", " ")
    assert "1 000.00 XCD" in inside
    assert "0.37037037 since" in inside


def test_a_template_shows_what_it_would_make_and_makes_it(cast, client_for):
    mandate = a_mandate()
    world = a_plan(cast, mandate)
    other = a_mandate()
    browser, place = client_for(MANAGER), f"/impacs/templates/{world['template'].pk}/"
    first = in_days(2)
    data = sent(cast, MANAGER, first_day=first.isoformat(), mandate=str(other.pk))
    seen = text_of(browser.post(place, data | {"preview": "1"}))
    assert f"from {first.day} {first:%b %Y}" in seen
    assert not Task.objects.filter(mandate=other).exists()
    assert browser.post(place, data).status_code == 302
    (task,) = Task.objects.filter(mandate=other)
    assert (task.starts_on, task.due_on, task.made_from_id) == (first, in_days(11), world["template"].pk)
    wrong = browser.post(place, data | {"first_day": in_days(85).isoformat()})
    assert wrong.status_code == 422
    assert "Enter that day or an earlier one" in text_of(wrong)
    assert Task.objects.filter(mandate=other).count() == 1


def test_pages_ask_as_often_for_many_rows_as_for_one_and_never_more_than_twelve_times(cast, client_for):
    mandate = a_mandate()
    world = a_plan(cast, mandate)
    clause = clause_of(mandate)

    def more(head):
        part = a_task(cast, mandate=str(mandate.pk), parent=str(head.pk), title="A part")
        links_actions.add_task_dependency(cast[MANAGER], part, before=str(world["task"].pk))
        part = links_actions.add_task_dependency(cast[MANAGER], fresh(part), clause=str(clause.pk))
        task = parts.comment_on_task(cast[MANAGER], fresh(head), text="More to say.")
        task = parts.add_task_item(cast[MANAGER], task, text="Step")
        given = {"category": "travel", "text": "PO", "on": in_days(0), "task": str(task.pk)}
        actions.money.commit_budget(cast[OFFICER], fresh(world["line"]), amount=10, **given)
        actions.money.spend_budget(cast[OFFICER], fresh(world["line"]), amount=1, **given)

    head = started(cast, mandate=str(mandate.pk), title="Head")
    more(head)
    places = {
        "board": BOARD,
        "task": page(head),
        "mandates": "/impacs/mandates/",
        "mandate": f"/impacs/mandates/{mandate.pk}/",
        "thread": f"/impacs/thread/{clause.pk}/",
        "progress": f"/impacs/decisions/{mandate.decision_id}/progress/",
        "budget": "/impacs/budget/",
        "line": f"/impacs/budget/{world['line'].pk}/",
        "templates": "/impacs/templates/",
        "template": f"/impacs/templates/{world['template'].pk}/",
        "new": "/impacs/tasks/new/",
        "edit": page(head, "edit"),
    }
    browser = client_for(MANAGER)
    few = {name: asked(browser, place) for name, place in places.items()}
    for _ in range(11):
        more(head)
    many = {name: asked(browser, place) for name, place in places.items()}
    assert {name: len(found) for name, found in many.items()} == {name: len(found) for name, found in few.items()}
    wide = {name: found for name, found in many.items() if len(found) > 12}
    assert {name: len(found) for name, found in wide.items()} == {}, "\n\n".join(
        name + "\n  " + "\n  ".join(each[:150] for each in found) for name, found in wide.items()
    )


def test_a_task_in_review_is_accepted_by_its_reviewer_on_the_page(cast, client_for):
    task = in_review(cast, mandate=str(a_mandate().pk))
    browser = client_for(OFFICER)
    assert "Accept" in text_of(browser.get(page(task)))
    assert browser.post(page(task, "close"), sent(cast, OFFICER, version=task.version)).status_code == 302
    assert fresh(task).state == "done"
