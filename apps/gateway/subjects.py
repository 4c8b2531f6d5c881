"""Whom a source is asked about: an identity with attributes, never a traveller of ours.

The app that knows the person provides him when he is asked about (`provide`), so that the gateway keeps no name and
no number of anybody: a question is remembered by its digest alone.
"""

import datetime
import hashlib
import hmac
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Subject:
    """A person to ask about; `record` is the IDENTITY of the matching contract, `group` his journey."""

    id: UUID
    group: UUID
    arrives_at: datetime.datetime | None
    record: Mapping[str, Any]


Load = Callable[[Collection[UUID]], dict[UUID, Subject]]
InUse = Callable[[Collection[UUID]], set[UUID]]
_providers: dict[str, tuple[Load, InUse, str]] = {}


def provide(kind: str, load: Load, in_use: InUse, page: str) -> None:
    """Say how subjects of a kind are loaded by id (those of no interest left out), and which entries are worked on.

    `page` is the name of the address at which one of them is shown.
    """
    _providers[kind] = (load, in_use, page)


def page(kind: str) -> str:
    """Name of the address of a subject's page; "" where nobody provides the kind."""
    return _providers[kind][2] if kind in _providers else ""


def load(kind: str, ids: Collection[UUID]) -> dict[UUID, Subject]:
    """The subjects that are still of interest. None where nobody provides the kind."""
    return _providers[kind][0](ids) if kind in _providers else {}


def in_use(entries: Collection[UUID]) -> set[UUID]:
    """Which of these entries somebody still works with."""
    return set().union(*(used(entries) for _load, used, _page in _providers.values()))


def questions(kind: str, record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a source of this kind is asked about a person, and no more than that. Empty: it cannot be asked."""
    if kind == "documents":
        papers = [_filled(one, "type", "number", "issuer") for one in record.get("documents") or []]
        return [one for one in papers if one.get("number")]
    person = _filled(record, "surname", "given_names", "sex", "birth_date", "nationality")
    return [person] if person.get("surname") or person.get("given_names") else []


def _filled(record: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: record[name] for name in names if record.get(name)}


def digest(source: str, question: Mapping[str, Any]) -> str:
    """By which a question is known again: keyed, so that nobody can try names against it."""
    text = json.dumps([source, question], sort_keys=True, ensure_ascii=False)
    key = settings.FIELD_KEY
    return hmac.new(key.encode() if isinstance(key, str) else key, text.encode(), hashlib.sha256).hexdigest()


def digests(source: str, kind: str, record: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """{digest: question} of everything that a source is asked about a person."""
    return {digest(source, one): one for one in questions(kind, record)}
