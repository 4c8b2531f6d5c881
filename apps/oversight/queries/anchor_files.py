"""An anchor of the audit as the file that a desk takes along."""

from typing import Any

from django.http import HttpResponse

from apps.access.actor import Actor
from apps.access.downloads import state_marking
from apps.access.marking import OFFICIAL
from apps.oversight.queries.anchors import file_for


def taken_along(anchor: Any, actor: Actor) -> HttpResponse:
    """The signed file for `verify_audit --anchor`, as far as the desk may hold it."""
    headers = {"Content-Disposition": f'attachment; filename="anchor-{_name(anchor)}.txt"'}
    text = file_for(anchor, actor).text()
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)
    state_marking(answer, OFFICIAL)
    return answer


def _name(anchor: Any) -> str:
    day: str = anchor.day.isoformat()
    return f"{day}-{anchor.hour:%H}h" if anchor.hour else day
