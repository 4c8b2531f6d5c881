"""Pages and API of targeting rules: the builder without a script, the trial, the second person."""

import pytest
from django.urls import reverse

from apps.access.outbox import drain as work_off
from apps.screening.models import Rule, RuleTrial
from apps.screening.views import rule_builder
from tests.days import in_days
from tests.jrcc.people import the_registers
from tests.jrcc.test_budgets import asked
from tests.jrcc.test_targeting import DECIDER, HAITIAN_BOOK, WRITER, a_rule

pytestmark = pytest.mark.django_db
RULES, NEW = reverse("screening:rules"), reverse("screening:rule_new")


def sent() -> dict[str, str]:
    """A rule as its form sends it."""
    return {
        "c0-0-fact": "route.to", "c0-0-how": "is", "c0-0-value": "bgi",
        "c1-0-fact": "document.issuer", "c1-0-how": "is_one_of", "c1-0-value": "hti, dom",
        "c1-1-fact": "booking.size", "c1-1-how": "at_least", "c1-1-value": "5", "c1-1-not": "on",
        "name": "Two books", "why": "Lost blanks", "legal_basis": "Immigration Act s. 13", "instruction": "question",
        "valid_until": in_days(30).isoformat(),
    }  # fmt: skip


@pytest.fixture(autouse=True)
def _registers(db):
    the_registers()


def text(answer):
    return answer.content.decode()


def test_a_rule_is_built_from_rows_tried_proposed_and_put_into_force(cast, client_for):
    writer, decider = client_for(WRITER), client_for(DECIDER)
    made = writer.post(NEW, sent())
    row = Rule.objects.get()
    assert made["Location"] == reverse("screening:rule", args=[row.pk])
    assert row.condition == {
        "all": [
            {"fact": "route.to", "is": "BGI"},
            {
                "any": [
                    {"fact": "document.issuer", "is_one_of": ["HTI", "DOM"]},
                    {"not": {"fact": "booking.size", "at_least": 5}},
                ]
            },
        ]
    }
    page = text(writer.get(made["Location"]))
    assert "Place of leaving is BGI and (document issuer is one of DOM, HTI or not (people in the booking" in page
    do = lambda browser, verb, **more: browser.post(reverse("screening:rule_do", args=[row.pk, verb]), more)  # noqa: E731
    assert do(writer, "propose").status_code in {403, 409, 422}
    assert do(writer, "try").status_code == 302
    work_off()
    RuleTrial.objects.update(travellers=1000, matched=4)
    assert "4.0" in text(writer.get(made["Location"]))
    assert do(writer, "propose").status_code == 302
    assert "Put into force" not in text(writer.get(made["Location"]))
    assert "Put into force" in text(decider.get(made["Location"]))
    assert do(decider, "activate").status_code == 302
    assert Rule.objects.get().state == "active"
    assert row.reference in text(decider.get(RULES))


def test_a_faulty_row_is_named_and_nothing_is_lost(cast, client_for):
    answer = client_for(WRITER).post(NEW, sent() | {"c1-0-value": "Haiti", "why": ""})
    page = text(answer)
    assert answer.status_code == 422
    assert "Write a code in capitals, for example BRB." in page
    assert 'value="Haiti"' in page
    assert 'aria-describedby="c1-0-error"' in page
    assert not Rule.objects.exists()


def test_rows_are_added_and_the_rule_is_told_without_being_saved(cast, client_for):
    writer = client_for(WRITER)
    page = text(writer.post(NEW, sent() | {"add": "1"}))
    assert "c1-2-fact" in page
    assert "c2-0-fact" in text(writer.post(NEW, sent() | {"add": "group"}))
    assert "Place of leaving is BGI" in text(writer.post(NEW, sent() | {"look": "1"}))
    assert "Place of leaving is BGI" in text(writer.post(reverse("screening:rule_look"), sent()))
    assert not Rule.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"c0-0-fact": "x" * 9999},
        {"c0-0-fact": "route.to", "c0-0-how": "no"},
        {"add": "99"},
        {"raw": "["},
        {"raw": "[" * 99999},
    ],
)
def test_whatever_is_sent_is_answered(cast, client_for, fields):
    writer = client_for(WRITER)
    assert writer.post(NEW, fields).status_code in {200, 422}
    assert writer.post(reverse("screening:rule_look"), fields).status_code == 200


def test_a_condition_that_rows_cannot_say_is_changed_as_json(cast, client_for):
    deep = {"all": [{"any": [HAITIAN_BOOK]}]}
    row = a_rule(cast, deep)
    place = reverse("screening:rule_revise", args=[row.pk])
    assert 'name="raw"' in text(client_for(WRITER).get(place))
    body = {key: value for key, value in sent().items() if not key.startswith("c")} | {
        "raw": '{"fact": "route.to", "is": "POS"}'
    }
    assert client_for(WRITER).post(place, body).status_code == 302
    assert Rule.objects.get().condition == {"fact": "route.to", "is": "POS"}


@pytest.mark.parametrize(
    "condition",
    [
        HAITIAN_BOOK,
        {"fact": "route.to", "is": "BGI"},
        {"any": [{"fact": "booking.seat", "is": False}, {"not": {"fact": "route.to", "known": True}}]},
    ],
)
def test_the_builder_shows_what_it_wrote(condition):
    assert rule_builder.shown(condition).condition() == condition


def test_others_see_no_rule(cast, client_for):
    row = a_rule(cast)
    for who in ("jam.intelligence.officer", "tto.border.officer", "brb.ministry.decider", "7t.carrier.agent"):
        assert client_for(who).get(reverse("screening:rule", args=[row.pk])).status_code == 404
        assert row.reference not in text(client_for(who).get(RULES))


def test_programs_write_read_and_are_told_where_a_rule_is_wrong(cast, api):
    program = api("BRB.intelligence")
    body = {name: sent()[name] for name in ("name", "why", "legal_basis", "instruction", "valid_until")}
    made = program.post("/api/v1/screening/rules/", body | {"condition": HAITIAN_BOOK}, format="json")
    assert (made.status_code, made.json()["state"], made.json()["trial"]) == (201, "draft", None)
    assert made.json()["sentence"] == "Place of leaving is BGI and document issuer is HTI."
    wrong = program.post("/api/v1/screening/rules/", body | {"condition": {"all": [{"fact": "x"}]}}, format="json")
    assert wrong.status_code == 400
    [error] = wrong.json()["errors"]
    assert error["pointer"] == "/condition"
    assert "/condition/all/0/fact" in error["message"]


def test_pages_ask_as_often_for_many_rules_as_for_one(cast, client_for):
    writer = client_for(WRITER)
    row = a_rule(cast)
    places = (RULES, reverse("screening:rule", args=[row.pk]), NEW)
    few = [len(asked(writer, place)) for place in places]
    for _ in range(5):
        a_rule(cast)
    assert [len(asked(writer, place)) for place in places] == few
    assert max(few) <= 12
