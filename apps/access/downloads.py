"""Files that a browser keeps: tables as answers, and the marking that each file states.

A file is read where no banner of a page stands above it. So its answer says how it is marked (`Portal-Marking`), and
what has no page of its own to say it on (tables, calendars, archives) says it in its name; a workbook also in its
properties and on each printed page. Columns of tables stay as they are: programs read them. A file without a statement
is a fault, as a page is (apps.access.marking).
"""

import logging
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import override

from apps.access.marking import Banner, Unmarked, in_one_line
from apps.audit.spreadsheets import Row, csv_bytes

log = logging.getLogger(__name__)
HEADER = "Portal-Marking"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TLP = re.compile(r"TLP:[A-Z+]+")
NAME = re.compile(r'(filename="[^"]*?)(\.\w+")')


def line_of(banner: Banner) -> str:
    """ "RESTRICTED TLP:AMBER ORCON": a banner in one line, its level's word in English."""
    with override("en"):
        return in_one_line(banner)


def state_marking(answer: Any, banner: Banner, *, in_name: bool = True) -> Any:
    """State in an answer that is a file how all that it holds is marked; gives the answer.

    `in_name`: the level's word and the TLP also end its name, before the dot: "tasks-2026-11-30-OFFICIAL.xlsx". Not of
    what bears its marking on its own pages, and of what somebody else has named. Letters that a header cannot hold lose
    their accents.
    """
    line = unicodedata.normalize("NFKD", line_of(banner)).encode("ascii", "ignore").decode().strip()
    answer[HEADER] = line
    if in_name:
        level, _space, caveat = line.partition(" ")
        said = "-".join([level, *TLP.findall(caveat)]).replace(":", "-")
        answer["Content-Disposition"] = NAME.sub(rf"\1-{said}\2", answer["Content-Disposition"])
    return answer


def require_marking(request: Any, answer: Any) -> None:
    """State of a file what its view states of all its answers; Unmarked where nothing is stated.

    At work it states the highest that its reader may read instead, and the log says so.
    """
    if answer.status_code != 200 or "filename" not in answer.get("Content-Disposition", "") or HEADER in answer:
        return
    banner: Banner | None = getattr(request, "marking", None)
    if banner is None:
        if settings.UNMARKED_PAGES_FAIL:
            raise Unmarked(f"{request.path}: this file states no marking; see apps/access/downloads.py")
        log.error("file without a marking", extra={"view": getattr(request.resolver_match, "view_name", "")})
        banner = {"level": getattr(getattr(request, "actor", None), "clearance", 0)}
    state_marking(answer, banner)


def download(content: bytes, name: str, banner: Banner, headers: dict[str, Any] | None = None) -> HttpResponse:
    """A table with this name, whose ending says what it is (one of TYPES), and the marking of all that it holds."""
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    kind = TYPES[name.rpartition(".")[2]]
    answer = HttpResponse(content, content_type=kind, headers=disposition | (headers or {}))
    state_marking(answer, banner)
    return answer


def download_csv(rows: Iterable[Row], name: str, banner: Banner) -> HttpResponse:
    """Rows as CSV; the name without its ending."""
    return download(csv_bytes(rows), f"{name}.csv", banner)
