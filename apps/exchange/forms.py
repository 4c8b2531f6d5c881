"""The page on which a party chooses what may be said where it and another one ask about, or hold, the same."""

from typing import Any

from django.http import HttpResponse

from apps.access.declared_actions import REGISTRY
from apps.access.marking import OFFICIAL
from apps.exchange.queries import vocabulary
from apps.pages.verb_pages import answer_form, refuse_early


def answer_choice(request: Any, verb: str, model: Any, about: str, back: str, place: str) -> HttpResponse:
    """The form with what holds today and what held before; after a choice the page again.

    `verb` is "noun.verb" of the choice, `model` its record with days of validity; `place` names what `back` leads to.
    """
    actor, spec = request.actor, REGISTRY[verb]
    refuse_early(actor, None, spec)
    rows = list(model.objects.visible_to(actor).filter(party=actor.party_code).order_by("-valid_from")[:20])
    today = vocabulary.today()
    now = next((row for row in rows if row.valid_from <= today and (not row.valid_to or row.valid_to > today)), None)
    return answer_form(
        request, spec, None, "exchange/choice.html", lambda _done: request.path,
        initial={"policy": now.policy if now else vocabulary.USUAL},
        rows=rows, now=now, about=about, up=back, place=place, marking=OFFICIAL,
    )  # fmt: skip
