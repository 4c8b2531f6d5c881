"""By when each State wants a list."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.carriers.lists import Deadlines
from apps.carriers.models import RegimeChange
from apps.carriers.queries import deadlines

CHANGES = 30


@require_GET
def regimes(request: Any) -> HttpResponse:
    """By when each State wants a list, with the source of the rule; for carriers, too."""
    today = timezone.now().date()
    changes = RegimeChange.objects.visible_to(request.actor).select_related("party").order_by("-pk")[:CHANGES]
    return Deadlines(request).answer(changes=[deadlines.regime_line(row, today) for row in changes])
