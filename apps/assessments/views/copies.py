"""An assessment as a file."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from apps.access.queries import visible_or_404
from apps.assessments.models import Assessment
from apps.assessments.queries import copies


@require_GET
def copy(request: Any, pk: Any, fmt: str) -> HttpResponse:
    """The assessment as the reader has it, as a file."""
    return copies.file_of(request, request.actor, visible_or_404(Assessment, request.actor, pk), fmt)
