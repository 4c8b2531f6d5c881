"""Whom a source is asked about: an identity with attributes, never a traveller of ours.

The app that knows the person provides them when they are asked about (`provide`), so that the gateway keeps no name and
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

from apps.access.encryption import marking_key
from apps.access.manifest import registry


@dataclass(frozen=True, slots=True)
class Subject:
    """A person to ask about; `record` is the IDENTITY of the matching contract, `group` their journey."""

    id: UUID
    group: UUID
    arrives_at: datetime.datetime | None
    record: Mapping[str, Any]


Load = Callable[[Collection[UUID]], dict[UUID, Subject]]
InUse = Callable[[Collection[UUID]], set[UUID]]


@dataclass(frozen=True, slots=True)
class Provider:
    """How subjects of a kind are loaded by id (those of no interest left out), and which entries are worked on.

    `page` is the name of the address at which one of them is shown. Offered to `gateway.subjects` by kind.
    """

    load: Load
    in_use: InUse
    page: str


def _provider(kind: str) -> Provider | None:
    return registry.offered("gateway.subjects").get(kind)


def find_subject_page(kind: str) -> str:
    """Name of the address of a subject's page; "" where nobody provides the kind."""
    provider = _provider(kind)
    return provider.page if provider else ""


def load_subjects(kind: str, ids: Collection[UUID]) -> dict[UUID, Subject]:
    """The subjects that are still of interest. None where nobody provides the kind."""
    provider = _provider(kind)
    return provider.load(ids) if provider else {}


def in_use(entries: Collection[UUID]) -> set[UUID]:
    """Which of these entries somebody still works with."""
    return set().union(*(one.in_use(entries) for one in registry.offered("gateway.subjects").values()))


def questions(kind: str, record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a source of this kind is asked about a person, and no more than that. Empty: it cannot be asked."""
    if kind == "documents":
        papers = [_filled(one, "type", "number", "issuer") for one in record.get("documents") or []]
        return [one for one in papers if one.get("number")]
    person = _filled(record, "surname", "given_names", "sex", "birth_date", "nationality")
    return [person] if person.get("surname") or person.get("given_names") else []


def _filled(record: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: record[name] for name in names if record.get(name)}


def digest_question(source: str, question: Mapping[str, Any]) -> str:
    """By which a question is known again: keyed, so that nobody can try names against it."""
    text = json.dumps([source, question], sort_keys=True, ensure_ascii=False)
    return hmac.new(marking_key(), text.encode(), hashlib.sha256).hexdigest()


def digest_questions(source: str, kind: str, record: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """{digest: question} of everything that a source is asked about a person."""
    return {digest_question(source, one): one for one in questions(kind, record)}
