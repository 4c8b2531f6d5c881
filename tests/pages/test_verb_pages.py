"""What a verb's button and page are is said in its declaration."""

import dataclasses
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import get_resolver

from apps.access.declared_actions import REGISTRY, Offer
from apps.access.refusal import Refused
from apps.pages import verb_pages
from apps.people.models import User


def offered(**declared: Any) -> Offer:
    return Offer(dataclasses.replace(REGISTRY["hit.claim"], takes={}, **declared), True, "")


@pytest.mark.parametrize("danger", [True, False])
def test_a_verb_declared_as_a_danger_is_outlined_in_red_and_asks_first(
    monkeypatch: pytest.MonkeyPatch, danger: bool
) -> None:
    actor: Any = None
    monkeypatch.setattr(verb_pages, "offers", lambda _actor, _row: [offered(danger=danger)])
    (button,) = verb_pages.offer_buttons(actor, object(), lambda verb: f"/do/{verb}/")
    assert (button["danger"], button["asks"], button["url"]) == (danger, danger, "/do/claim/")


def test_only_what_people_press_is_declared_as_a_danger_or_as_done_in_parallel() -> None:
    assert get_resolver().url_patterns
    shown = [spec for spec in REGISTRY.values() if spec.danger or spec.parallel]
    assert {"task.cancel", "rifc_report.recall", "task.comment"} <= {spec.verb for spec in shown}
    assert [spec.verb for spec in shown if spec.automatic or spec.creates] == []


def pages_of_people(kind: type[verb_pages.VerbPages] = verb_pages.VerbPages) -> verb_pages.VerbPages:
    return kind(noun="hit", address="do", rows=lambda _actor: User.objects.all(), page=str, key="uid")


@pytest.mark.parametrize("named", [{"pk": "one"}, {"uid": "one"}])
def test_an_address_calls_the_key_by_its_column_or_pk(rf: RequestFactory, named: dict[str, str]) -> None:
    keys = []

    class Noting(verb_pages.VerbPages):
        def asked(self, actor: Any, key: Any, verb: str) -> Any:
            keys.append((key, verb))
            raise Refused("not-visible")

    request = rf.get("/")
    request.actor = None  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="not-visible"):
        pages_of_people(Noting).answer(request, verb="claim", **named)
    assert keys == [("one", "claim")]


@pytest.mark.usefixtures("cast")
def test_a_record_is_found_by_the_column_that_addresses_name() -> None:
    nobody: Any = None
    one = User.objects.earliest("pk")
    assert pages_of_people().find(nobody, one.uid) == one
    for key in ("01990000-0000-7000-8000-000000000000", "no key"):
        with pytest.raises(Refused, match="not-visible"):
            pages_of_people().find(nobody, key)


def test_a_verb_without_a_word_in_addresses_has_no_button(monkeypatch: pytest.MonkeyPatch) -> None:
    actor: Any = None
    monkeypatch.setattr(verb_pages, "offers", lambda _actor, _row: [offered()])
    give = lambda word: verb_pages.offer_buttons(actor, object(), "/do/{}/".format, word=lambda _spec: word)  # noqa: E731
    assert give("") == []
    assert [(one["verb"], one["url"]) for one in give("take")] == [("take", "/do/take/")]


def test_an_address_by_collection_has_no_page_for_a_collection_that_is_none() -> None:
    answer = verb_pages.answer_by_collection({})
    with pytest.raises(Refused) as refused:
        answer(None, "nothing", "1", "do")
    assert refused.value.reason == "not-visible"
