"""Every declared verb, sent by a program that is broken or hostile: a located problem, and nothing has changed."""

import functools
import json

import pytest
from django.urls import reverse

from apps.access import declared_actions
from apps.access.api import ScopedViewSet
from apps.access.forms import form_for
from apps.audit.models import AuditRecord
from apps.council.actions import votes
from apps.council.models import Decision
from caricom_portal.api import router
from tests import matrix
from tests.council import people
from tests.council.papers import world as writing
from tests.council.procedures.people import a_draft, ministers
from tests.council.room import people as room
from tests.days import NEXT

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"
JSON = "application/json"
HUGE = "x" * 500_001
SEATS = ("IMPACS.secretariat", "BRB.ministry", "JRCC.watch", "JAM.intelligence", "7T.carrier")


def whole(fields, turn):
    """(what is wrong, content type, body) of requests to a verb with these fields.

    They go to the verbs in turn: two of what is wrong whatever the verb, and two of what is wrong in its fields.
    """
    named = dict.fromkeys(fields, "x")
    deep = "[" * 60 + "]" * 60
    anywhere = [
        ("no JSON", JSON, "{"),
        ("JSON without end", JSON, "[" * 100_000),
        ("a list", JSON, "[1, 2]"),
        ("a text", JSON, '"text"'),
        ("a number", JSON, "7"),
        ("no UTF-8", JSON, b'{"x": "\xff\xfe"}'),
        ("nested", JSON, json.dumps({**named}).replace("}", "") + (", " if named else "") + f'"x": {deep}}}'),
        ("an unknown field", JSON, json.dumps({**named, "no_such_field": 1})),
        ("a field named like nothing", JSON, json.dumps({**named, "__class__": "x", "": "", "\U0001f600": None})),
        ("as text", "text/plain", "x=1"),
        ("as XML", "application/xml", "<x/>"),
    ]
    inside = []
    if fields:
        inside = [
            ("NUL", JSON, json.dumps(dict.fromkeys(fields, "a\x00b"))),
            ("half a pair", JSON, json.dumps(dict.fromkeys(fields, "a\ud800b"))),
            ("objects", JSON, json.dumps({name: {"a": [{}]} for name in fields} | {"no_such_field": None})),
            ("huge", JSON, json.dumps({name: HUGE for name in list(fields)[:1]} | {"no_such_field": HUGE})),
            ("twice", JSON, "{" + ", ".join(f'"{name}": 1, "{name}": [[]]' for name in fields) + ', "zz": 1}'),
        ]
    return [each[(turn * 2 + step) % len(each)] for each in (anywhere, inside) if each for step in range(2)]


def a_row(model, starts):
    """A record to act on, in a state from which the verb starts if there is one."""
    rows = model._default_manager.order_by("pk")
    return rows.filter(state__in=starts).first() or rows.first()


@pytest.fixture
def council_world(cast):
    """Records of every collection of the API."""
    world = matrix.a_world(cast)
    item = room.an_item(cast, world["meeting"], kind="for_decision")
    room.a_decision(cast, item)
    writing.a_draft(cast)
    ministers()
    a_draft(cast, people.a_proposal(cast))


@pytest.fixture
def programs(api):
    """A key of each kind of desk, by desk."""
    return {desk: api(desk) for desk in SEATS}


def routes():
    """(verb, address of its POST) of every declared verb that the API has."""
    # of two collections of one table the first has the verbs; the other shows a part of it
    views = {getattr(view, "noun", ""): (base, view) for _prefix, view, base in reversed(router.registry)}
    for spec in declared_actions.REGISTRY.values():
        base, view = views.get(spec.verb.partition(".")[0], ("", None))
        if view is None or spec.automatic or not issubclass(view, ScopedViewSet) or view.model is not spec.model:
            continue
        if spec.creates:
            if view.creates == spec.name:
                yield spec, lambda _row, base=base: reverse(f"api:{base}-list")
        else:
            yield spec, lambda row, base=base, spec=spec: reverse(f"api:{base}-do-{spec.name}", args=[row.pk])


def told(answer):
    """The problem of an answer; fails where there is none, or where it says nothing."""
    assert 400 <= answer.status_code < 500, answer.content[:300]
    assert answer["Content-Type"] == PROBLEM
    body = answer.json()
    assert body["detail"]
    assert all(set(error) == {"pointer", "message"} and error["message"] for error in body["errors"])
    return body


def changes():
    """Everything done, but that what was looked at is noted."""
    looking = [spec.verb for spec in declared_actions.REGISTRY.values() if spec.by_readers]
    return AuditRecord.objects.filter(outcome="done").exclude(verb__in=looking)


def test_every_verb_answers_every_wrong_body_with_a_problem_and_changes_nothing(council_world, programs):
    done = changes().count()
    walked, wrong, located, sees = set(), {}, 0, functools.cache(_sees)
    for spec, address in routes():
        row = None if spec.creates else a_row(spec.model, spec.starts)
        if row is None and not spec.creates:
            continue
        url = address(row)
        record = url.rpartition("actions/")[0]
        seen = [desk for desk, program in programs.items() if spec.creates or sees(program, record)]
        for desk in seen[:1]:
            walked.add(spec.verb)
            for name, kind, body in whole(form_for(spec).base_fields, len(walked)):
                answer = programs[desk].post(url, body, content_type=kind)
                try:
                    located += bool(told(answer)["errors"])
                except AssertionError as failed:
                    wrong[spec.verb, name] = (answer.status_code, str(failed)[:200])
    assert wrong == {}
    assert changes().count() == done
    assert located > len(walked)
    assert {verb.partition(".")[0] for verb in walked} >= {
        *("meeting", "item", "position", "paper", "decision", "procedure", "hit", "entry"),
    }
    assert len(walked) > 90


def _sees(program, url):
    return program.get(url).status_code == 200


CLAUSE = {"text": "Do it.", "addressees": "ALL_MEMBER_STATES"}


@pytest.mark.parametrize(
    ("clauses", "says"),
    [
        ([CLAUSE | {"evidence": 5}], "evidence"),
        ([CLAUSE | {"evidence": [{"a": 1}]}], "evidence"),
        ([CLAUSE | {"text": {"a": 1}}], "text"),
        ([CLAUSE | {"text": 7}], "text"),
        ([CLAUSE | {"number": {"a": 1}}], "number"),
        ([CLAUSE | {"due": "9999-12-31"}], "due"),
        ([CLAUSE | {"due": ["2010-01-01"]}], "due"),
        ([CLAUSE | {"addressees": "STATES:" + "BRB," * 3000 + "BRB"}], "addressees"),
        ([CLAUSE | {"addressees": {"a": 1}}], "addressees"),
        ([CLAUSE] * 61, "60"),
        ([[CLAUSE]], "object"),
        ([None], "object"),
    ],
)
def test_a_clause_of_another_shape_is_named_and_nothing_is_drafted(api, clauses, says):
    body = {"title": "T", "kind": "decision", "clauses": clauses}
    answer = api("IMPACS.secretariat").post("/api/v1/council/decisions/", body, format="json")
    [error] = told(answer)["errors"]
    assert error["pointer"] == "/clauses"
    assert says in error["message"]
    assert not Decision.objects.exists()


def test_a_state_named_a_thousand_times_is_addressed_once(api):
    body = {"title": "T", "kind": "decision", "clauses": [CLAUSE | {"addressees": ["BRB"] * 1000}]}
    made = api("IMPACS.secretariat").post("/api/v1/council/decisions/", body, format="json")
    assert made.json()["clauses"][0]["addressees"] == ["BRB"]


@pytest.mark.parametrize("clauses", [{"1": {"a": 1}, "2": "b"}, {"1": None, "2": "b"}, {"1": " ", "2": "b"}, [], "x"])
def test_a_translation_of_another_shape_is_refused_at_its_clauses(cast, api, clauses):
    decision = people.a_proposal(cast)
    url = f"/api/v1/council/decisions/{decision.pk}/actions/translate/"
    body = {"language": "fr", "title": "T", "clauses": clauses}
    answer = api("SUR.ministry").post(url, body, format="json")
    assert [error["pointer"] for error in told(answer)["errors"]] == ["/clauses"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("starts_at", "0001-01-01 00:00"),
        ("ends_at", "9999-12-31 23:59"),
        ("starts_at", f"{NEXT}-02-30 09:00"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", "America"),
        ("number", 10**30),
        ("number", -1),
        ("notice_days", 10**9),
        ("languages", "\U0001f600" * 8),
        ("chair", "ZZZ"),
    ],
)
def test_a_meeting_at_the_end_of_time_or_nowhere_is_refused_at_its_field(api, field, value):
    body = {"organ": "CONSLE", "starts_at": f"{NEXT}-01-10 09:00", "ends_at": f"{NEXT}-01-11 17:00"} | {field: value}
    answer = api("IMPACS.secretariat").post("/api/v1/council/meetings/", body, format="json")
    assert [error["pointer"] for error in told(answer)["errors"]] == [f"/{field}"]


@pytest.mark.parametrize("until", ["9999-12-31", "0001-01-01", "soon", "\U0001f600"])
def test_a_day_from_which_nothing_can_be_reckoned_is_refused_at_its_field(cast, api, until):
    decision = votes.adopt_decision_by_consensus(
        cast[people.SECRETARIAT], people.a_proposal(cast, meeting=people.a_session().pk)
    )
    url = f"/api/v1/council/decisions/{decision.pk}/actions/enter_reservation/"
    answer = api("BRB.ministry").post(url, {"text": "Only by day.", "until": until}, format="json")
    assert [error["pointer"] for error in told(answer)["errors"]] == ["/until"]
