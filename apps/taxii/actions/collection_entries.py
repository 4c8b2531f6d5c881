"""How versions come into a collection: one after another, under its row lock, first and last kept up to date."""

import datetime
import hashlib
import json
import uuid
from collections.abc import Collection as Many
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from apps.taxii.models import Collection, Entry, ObjectVersion
from apps.taxii.stix.ids import canonical
from apps.taxii.stix.times import moment, text
from apps.taxii.stix.validation import version_of

ALLOCATE = """
    UPDATE taxii_collection
    SET last_added = greatest(clock_timestamp(), last_added + interval '1 microsecond') + %s * interval '1 microsecond'
    WHERE id = %s RETURNING last_added
"""
"""A block of moments that nobody else has. The lock is kept to the commit, so that moments are committed in their
order; numbers given out without it are committed out of order, and who reads along loses objects."""

RANK = """
    UPDATE taxii_entry e SET is_last = (r.n = r.of), is_first = (r.n = 1)
    FROM (SELECT id, row_number() OVER (PARTITION BY stix_id ORDER BY version_at, version) AS n,
                 count(*) OVER (PARTITION BY stix_id) AS of
          FROM taxii_entry WHERE collection_id = %s AND stix_id = ANY(%s)) r
    WHERE e.id = r.id AND (e.is_last <> (r.n = r.of) OR e.is_first <> (r.n = 1))
"""
COMMON = uuid.UUID("b3c4f5d0-52a4-5f0a-9d0e-6b4a8a1a7c11")
"""Namespace of the ids of collections; they are no secret, who may know of one is asked at each request."""


def collection_of(kind: str, desk: int | None) -> Collection:
    """The collection of a kind, made at its first use."""
    key = uuid.uuid5(COMMON, f"{kind}:{desk or ''}")
    return Collection.objects.get_or_create(kind=kind, desk_id=desk, defaults={"id": key})[0]


def lock(collections: Iterable[Collection]) -> None:
    """Hold collections to the end of the transaction, always in one order."""
    keys = sorted({one.pk for one in collections})
    list(Collection.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))


def add_to_collection(
    collection: Collection, versions: Sequence[ObjectVersion], thread: Any = None
) -> datetime.datetime | None:
    """Put versions into a locked collection, in their order; the moment of the first."""
    if not versions:
        return None
    with connection.cursor() as cursor:
        cursor.execute(ALLOCATE, [len(versions) - 1, collection.pk])
        last = cursor.fetchone()[0]
    first: datetime.datetime = last - datetime.timedelta(microseconds=len(versions) - 1)
    rows = [
        _entry(collection, one, first + datetime.timedelta(microseconds=place), thread)
        for place, one in enumerate(versions)
    ]
    Entry.objects.bulk_create(rows, 1000)
    rank(collection, {one.stix_id for one in versions})
    return first


def _entry(collection: Collection, one: ObjectVersion, at: datetime.datetime, thread: Any) -> Entry:
    return Entry(
        collection=collection,
        date_added=at,
        object=one,
        stix_id=one.stix_id,
        stix_type=one.stix_type,
        # what has neither modified nor created is told apart by when it came (TAXII 2.1, section 3.4)
        version=one.version or text(at),
        version_at=one.version_at or at,
        thread=thread,
        report_id=one.report_id,
    )


def rank(collection: Collection, ids: Many[str]) -> None:
    """Say anew which version of these objects is the first and which the last."""
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(RANK, [collection.pk, sorted(ids)])


def made(value: dict[str, Any], **of: Any) -> ObjectVersion:
    """An object as a version to be kept, unsaved; `of`: its report, or with what it came, and its own text."""
    version = version_of(value)
    payload = of.pop("payload", None) or json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return ObjectVersion(
        stix_id=value["id"],
        stix_type=value["type"],
        version=version,
        version_at=moment(version),
        payload=payload,
        sha256=fingerprint(value),
        **of,
    )


def fingerprint(value: dict[str, Any]) -> str:
    """SHA-256 over the canonical text: the same for the same content, however it was written."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()
