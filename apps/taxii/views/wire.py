"""Discovery, API root, collections, objects, manifest, versions and status (TAXII 2.1, sections 4 and 5)."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse

from apps.rifc.policy import CISNET
from apps.taxii import policy
from apps.taxii.actions import readings, received_objects
from apps.taxii.models import Collection, Intake
from apps.taxii.protocol import media
from apps.taxii.protocol.requests import Asked, asked, following, place
from apps.taxii.queries import collections as queries
from apps.taxii.queries.namespace import page_key
from apps.taxii.queries.pages import Line, Page, exists, read_collection_page
from apps.taxii.stix import parser, times
from apps.taxii.stix.ids import type_of
from apps.taxii.views.gateway import Call, Plain, Wrong, by_method, said, served

ROOT = "/taxii2/cisnet/"
FILTERS = ("id", "type", "version", "spec_version")


def _nothing(_call: Call) -> None:
    """What has no name to be found by."""


@served("GET", _nothing)
def discovery(call: Call, _target: None) -> HttpResponse:
    """Where the API root is."""
    root = call.request.build_absolute_uri(ROOT)
    body = {
        "title": "CISNET",
        "description": "Reports that States share, for the programs of their desks.",
        "default": root,
        "api_roots": [root],
    }
    return said(body)


@served("GET", _nothing)
def root(call: Call, _target: None) -> HttpResponse:
    """What the API root can do."""
    body = {"title": "CISNET", "versions": [media.TAXII], "max_content_length": parser.MOST_BYTES}
    return said(body)


@served("GET", _nothing)
def collections(call: Call, _target: None) -> HttpResponse:
    """Those of the desk, and no other."""
    _begin(call)
    found = [_described(call, row) for row in queries.collections(call.actor)]
    return said({"collections": found} if found else {})


def _begin(call: Call) -> None:
    """A desk that asks for the first time has its collections from then on."""
    if call.actor.function in policy.FETCHES:
        received_objects.begin_intake(call.actor)


def _described(call: Call, row: Collection) -> Plain:
    shut = queries.suspended(call.actor)
    return {
        "id": str(row.pk),
        "title": {"submit": "Sent by your desk", "regional": "For the whole community", "out": "For your desk"}[
            row.kind
        ],
        "alias": queries.alias(call.actor, row),
        "can_read": not shut,
        "can_write": not shut and _takes(call, row),
        "media_types": [media.STIX],
    }


def _takes(call: Call, row: Collection) -> bool:
    return row.kind == Collection.Kind.SUBMIT and call.actor.function in CISNET and call.actor.may_write


def _known(call: Call, name: str) -> Collection:
    found = queries.find_collection(call.actor, name)
    if found is None:
        _begin(call)
        found = queries.find_collection(call.actor, name)
    if found is None:
        raise Wrong(404)
    return found


def _readable(call: Call, name: str, stix_id: str = "") -> tuple[Collection, str]:
    found = _known(call, name)
    if queries.suspended(call.actor):
        raise Wrong(403, "The MoU is not in force for your party.")
    if stix_id and not (type_of(stix_id) and exists(call.actor, found, stix_id)):
        raise Wrong(404)
    return found, stix_id


def _writable(call: Call, name: str) -> tuple[Collection, str]:
    found, _id = _readable(call, name)
    if not _takes(call, found):
        raise Wrong(403, "Nothing is sent to this collection.")
    return found, ""


@served("GET", _known)
def collection(call: Call, target: Collection) -> HttpResponse:
    """One collection."""
    return said(_described(call, target))


@by_method(GET=_readable, POST=_writable)
def objects(call: Call, target: tuple[Collection, str]) -> HttpResponse:
    """A page of objects, or objects that the desk sends."""
    if call.request.method == "POST":
        return _received(call)
    return _objects(call, target[0], asked(call.params, *FILTERS))


@served("GET", _readable)
def one_object(call: Call, target: tuple[Collection, str]) -> HttpResponse:
    """The versions of one object, the last if no other is asked for."""
    found = asked(call.params, "version", "spec_version")
    return _objects(call, target[0], _of(found, target[1]))


def _of(found: Asked, stix_id: str) -> Asked:
    return Asked(found.limit, found.after, (stix_id,), (), found.versions, found.specs)


def _objects(call: Call, found: Collection, wanted: Asked) -> HttpResponse:
    shown = read_collection_page(
        call.actor, found, wanted, place(call.params, page_key(), found.pk, wanted), readings.note
    )
    parts = ",".join(line.payload for line in shown.lines)
    more = json.dumps(_more(shown, found, wanted))[1:-1]
    fields = [part for part in (more, f'"objects":[{parts}]' if parts else "") if part]
    return said(f"{{{','.join(fields)}}}".encode(), headers=_dates(shown.lines))


@served("GET", _readable)
def manifest(call: Call, target: tuple[Collection, str]) -> HttpResponse:
    """Which objects there are, without what they say."""
    found, wanted = target[0], asked(call.params, *FILTERS)
    shown = read_collection_page(call.actor, found, wanted, place(call.params, page_key(), found.pk, wanted))
    lines = [
        {"id": line.id, "date_added": times.text(line.added), "version": line.version, "media_type": media.STIX}
        for line in shown.lines
    ]
    body = _more(shown, found, wanted) | ({"objects": lines} if lines else {})
    return said(body, headers=_dates(shown.lines))


@served("GET", _readable)
def versions(call: Call, target: tuple[Collection, str]) -> HttpResponse:
    """Which versions of an object there are, in the order in which they came."""
    found, asks = target[0], asked(call.params, "spec_version")
    wanted = Asked(asks.limit, asks.after, (target[1],), (), ("all",), asks.specs)
    shown = read_collection_page(call.actor, found, wanted, place(call.params, page_key(), found.pk, wanted))
    lines = [line.version for line in shown.lines]
    body = _more(shown, found, wanted) | ({"versions": lines} if lines else {})
    return said(body, headers=_dates(shown.lines))


def _more(shown: Page, found: Collection, wanted: Asked) -> Plain:
    if not shown.lines:
        return {}
    if not shown.more:
        return {"more": False}
    return {"more": True, "next": following(shown.lines[-1].added, page_key(), found.pk, wanted)}


def _dates(lines: list[Line]) -> dict[str, str]:
    if not lines:
        return {}
    first, last = times.text(lines[0].added), times.text(lines[-1].added)
    return {"X-TAXII-Date-Added-First": first, "X-TAXII-Date-Added-Last": last}


def _received(call: Call) -> HttpResponse:
    """202 with what became of each object; a body that is no envelope changes nothing."""
    try:
        items = parser.envelope(_body(call.request))
    except parser.BadJson as wrong:
        raise Wrong(422 if "`objects`" in str(wrong) else 400, str(wrong)) from None
    row = received_objects.receive_taxii_object(call.actor, None, items=items, channel="taxii")
    return said(_status(row), 202)


def _body(request: Any) -> bytes:
    """The body, never more than is allowed: its length is looked at first."""
    if not media.is_taxii(request.headers.get("Content-Type")):
        raise Wrong(415, f"Send {media.TAXII}.")
    if int(request.META.get("CONTENT_LENGTH") or 0) > parser.MOST_BYTES:
        raise RequestDataTooBig
    return bytes(request.body)


def _sent(call: Call, name: str) -> Intake:
    found = queries.status(call.actor, name)
    if found is None:
        raise Wrong(404)
    return found


@served("GET", _sent)
def status(call: Call, row: Intake) -> HttpResponse:
    """What became of objects that the desk sent."""
    return said(_status(row))


def _status(row: Intake) -> Plain:
    """A status resource (TAXII 2.1, section 4.3.1)."""
    return {
        "id": str(row.pk),
        "status": "pending" if row.state == Intake.State.WAITING else "complete",
        "request_timestamp": times.text(row.created_at),
        "total_count": row.total,
        "success_count": row.succeeded,
        "failure_count": row.failed,
        "pending_count": row.pending,
        **{name: found for name, found in row.results.items() if found},
    }
