"""Pages of requests ask the database as often for a dozen rows as for one, and at most twelve times."""

from typing import Any

import pytest
from django.urls import reverse

from apps.exchange.actions import answers
from tests.exchange.people import JAMAICA, OFFICER, REQUESTS, WATCH, a_draft, answered, part, sent
from tests.jrcc.test_budgets import MOST, asked

pytestmark = pytest.mark.django_db


def pages(one: Any, many: Any, draft: Any) -> dict[str, tuple[str, str]]:
    return {
        "received": (JAMAICA, reverse("exchange:requests")),
        "asked": (OFFICER, f"{reverse('exchange:requests')}?box=asked"),
        "overview": (WATCH, reverse("exchange:overview")),
        "part": (JAMAICA, reverse("exchange:request", args=[one.pk])),
        "whole": (OFFICER, reverse("exchange:request", args=[many.pk])),
        "answer": (JAMAICA, reverse("exchange:answer", args=[many.pk])),
        "new": (OFFICER, reverse("exchange:new")),
        "change": (OFFICER, reverse("exchange:change", args=[draft.pk])),
        "texts": (OFFICER, reverse("exchange:texts", args=[many.pk])),
        "desk": (JAMAICA, reverse("people:desk")),
        "list of the API": (JAMAICA, REQUESTS),
        "list of the API, asked": (OFFICER, REQUESTS),
    }


def test_pages_keep_to_twelve_questions_whatever_the_number_of_rows(cast: Any, client_for: Any) -> None:
    draft, one = a_draft(cast), sent(cast)
    answers.ask_rfi_question(cast[JAMAICA], part(one, "JAM.contact"), text="Which?", n=1)
    few = {name: len(asked(client_for(who), place)) for name, (who, place) in pages(one, one, draft).items()}
    many = sent(cast, questions=[f"Question {n}?" for n in range(12)], variants=[{"to": ["community"], "text": "x"}])
    for _round in range(6):
        other = sent(cast)
        answers.ask_rfi_question(cast[JAMAICA], part(other, "JAM.contact"), text="Which?")
        answered(cast, other, JAMAICA)
        sent(cast, variants=[{"to": ["JAM.contact"], "text": "x"}])
    found = {name: asked(client_for(who), place) for name, (who, place) in pages(one, many, draft).items()}
    assert {name: len(queries) for name, queries in found.items()} == few
    wide = {name: queries for name, queries in found.items() if len(queries) > MOST}
    assert {name: len(queries) for name, queries in wide.items()} == {}, "\n".join(
        f"{name}\n  " + "\n  ".join(q[:150] for q in queries) for name, queries in wide.items()
    )
