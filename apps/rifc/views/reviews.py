"""Reports of the desk whose date to be looked at again has come: kept on with a reason, put aside, or taken back."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from apps.rifc.lists import Reviews


@require_GET
def reviews(request: Any) -> HttpResponse:
    """What is due, the oldest first."""
    return Reviews(request).answer()
