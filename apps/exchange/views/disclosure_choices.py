"""The page on which a party chooses what may be said where it and another one ask about the same."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.exchange.forms import answer_choice
from apps.exchange.models import MatchPolicy


@require_http_methods(["GET", "POST"])
def requests(request: Any) -> HttpResponse:
    """Of what the party asks."""
    about = _(
        "The portal compares the subjects of requests in coded form. Choose who is notified "
        "when two parties ask about the same subject."
    )
    back = reverse("exchange:overview")
    return answer_choice(request, "match_policy.choose", MatchPolicy, about, back, _("Requests between desks"))
