"""The one address from which people get files."""

from typing import Any

from django.http import FileResponse
from django.views.decorators.http import require_safe

from apps.access.queries import visible_or_404
from apps.files.models import Attachment
from apps.files.queries import downloads


@require_safe
def download_file(request: Any, pk: Any) -> FileResponse:
    """A file of a record that the seat may see; 404 otherwise, as if it were not there."""
    rows = Attachment.objects.visible_to(request.actor).select_related("blob")
    return downloads.serve_file(request, request.actor, visible_or_404(rows, request.actor, pk))
