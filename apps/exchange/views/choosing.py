"""The page on which a party chooses what may be said where it and another one ask about, or hold, the same."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.access.doors import REGISTRY
from apps.access.refused import Refused
from apps.exchange.models import MatchPolicy
from apps.exchange.queries import vocabulary
from apps.exchange.views import acts


@require_http_methods(["GET", "POST"])
def requests(request: Any) -> HttpResponse:
    """Of what the party asks."""
    about = _("Requests of two parties are compared by keyed hashes of their subjects. This is who learns of a pair.")
    back = reverse("exchange:overview")
    return page(request, "match_policy.choose", MatchPolicy, about, back, _("Who asks whom"))


def page(request: Any, verb: str, model: Any, about: str, back: str, place: str) -> HttpResponse:
    """The form with what holds today and what held before; after a choice the page again."""
    actor, spec = request.actor, REGISTRY[verb]
    verdict = spec.policy(actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    rows = list(model.objects.visible_to(actor).filter(party=actor.party_code).order_by("-valid_from")[:20])
    today = vocabulary.today()
    now = next((row for row in rows if row.valid_from <= today and (not row.valid_to or row.valid_to > today)), None)
    return acts.carry_out(
        request, spec, None, request.path, template="exchange/choice.html",
        initial={"policy": now.policy if now else vocabulary.USUAL},
        rows=rows, now=now, about=about, up=back, place=place,
    )  # fmt: skip
