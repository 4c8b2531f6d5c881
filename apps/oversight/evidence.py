"""An anchor of the audit as the file that a desk takes along."""

from typing import Any

from django.http import HttpResponse

from apps.access.actor import Actor
from apps.oversight.queries.anchors import file_for


def taken_along(anchor: Any, actor: Actor) -> HttpResponse:
    """The signed file for `verify_audit --anchor`, as far as the desk may hold it."""
    headers = {"Content-Disposition": f'attachment; filename="anchor-{anchor.day.isoformat()}.txt"'}
    return HttpResponse(file_for(anchor, actor).text(), content_type="text/plain; charset=utf-8", headers=headers)
