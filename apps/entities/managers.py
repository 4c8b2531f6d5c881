"""Who sees which facts: those whose paragraph stands, in these words, in a version of its report that they see."""

import dataclasses
from functools import lru_cache
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.expressions import RawSQL

from apps.access.actor import Actor
from apps.access.managers import ScopedQuerySet, permission_id, seen_keys
from apps.entities import policy

SPEAKING = ("shared", "superseded", "archived")
"""States of a version that takes the place of those before it."""


class WordsHash(Func):
    """SHA-256 of a text in hexadecimal, as `hash_of` gives it."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = models.CharField()


def speaking(actor: Actor) -> Any:
    """Paragraphs that speak to the actor: of the newest version of each report that they see, and of their own
    drafts."""
    rows = apps.get_model("rifc", "Paragraph")._default_manager.annotate(hashed=WordsHash(F("text")))
    sql, params = _seen_versions(_as_seat(actor), permission_id(apps.get_model("rifc", "Report"), "view"))
    return rows.filter(report__in=RawSQL(sql, params))  # noqa: S611 - compiled from the reading door itself


def versions(actor: Actor) -> Any:
    """Paragraphs of every version that the actor sees, earlier ones as well."""
    rows = apps.get_model("rifc", "Paragraph")._default_manager.annotate(hashed=WordsHash(F("text")))
    return rows.filter(report__in=seen_keys(apps.get_model("rifc", "Report"), actor))


def _as_seat(actor: Actor) -> Actor:
    """The actor without what changes with each request."""
    return dataclasses.replace(actor, request_id="", address=None)


@lru_cache(maxsize=500)
def _seen_versions(actor: Actor, _permission: int) -> tuple[str, tuple[Any, ...]]:
    """The statement that names the versions; made once for each seat, since making it takes longer than running it.

    It holds no rows and no time: PostgreSQL asks the rule anew whenever it runs. `_permission` is part of it.
    """
    reports = apps.get_model("rifc", "Report")._default_manager.visible_to(actor)
    newer = reports.filter(thread=OuterRef("thread"), edition__gt=OuterRef("edition"), state__in=SPEAKING)
    seen = reports.filter(~Q(state="withdrawn"), ~Exists(newer)).values("pk")
    sql, params = seen.query.sql_with_params()
    return sql, tuple(params)


def _standing(actor: Actor) -> Q:
    words = speaking(actor).filter(report__thread=OuterRef("thread"), pid=OuterRef("pid"), hashed=OuterRef("words"))
    return Q(Exists(words)) & (Q(kept_by=None) | Q(kept_by=actor.desk_id))


class EvidenceQuerySet(models.QuerySet[Any]):
    """Statements of paragraphs."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Those whose paragraph speaks to the actor; a desk's own ones to that desk. Withdrawn ones as well."""
        if actor is None or not policy.may_see_any(actor):
            return self.none()
        rows = self if before is None else self.filter(pk__lt=before)
        return rows.filter(_standing(actor))

    def current(self) -> Self:
        """Those that nobody has withdrawn."""
        return self.filter(state="current")


class AssertionQuerySet(EvidenceQuerySet):
    """Facts."""


class EntityQuerySet(models.QuerySet[Any]):
    """Persons and things."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Those of which the actor sees a fact: the others do not exist for them."""
        if actor is None or not policy.may_see_any(actor):
            return self.none()
        rows = self if before is None else self.filter(pk__lt=before)
        facts = apps.get_model("entities", "Assertion")._default_manager.visible_to(actor).current()
        return rows.filter(Exists(facts.filter(entity=OuterRef("pk"))))


def _seen(actor: Actor, column: str) -> Q:
    """Whether the entity of a column is there for the actor."""
    sql, params = _seen_entities(_as_seat(actor), permission_id(apps.get_model("rifc", "Report"), "view"))
    return Q((f"{column}__in", RawSQL(sql, params)))  # noqa: S611 - compiled from the reading door itself


@lru_cache(maxsize=500)
def _seen_entities(actor: Actor, _permission: int) -> tuple[str, tuple[Any, ...]]:
    """The statement that names the entities of which a seat sees a fact, made once as `_seen_versions` is."""
    facts = apps.get_model("entities", "Assertion")._default_manager.visible_to(actor).current()
    sql, params = facts.values("entity").query.sql_with_params()
    return sql, tuple(params)


class LinkEvidenceQuerySet(EvidenceQuerySet):
    """What links rest on."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Where the actor sees both ends as well."""
        rows = super().visible_to(actor, before)
        if actor is None or not policy.may_see_any(actor):
            return rows
        return rows.filter(_seen(actor, "link__from_entity"), _seen(actor, "link__to_entity"))


class SightingQuerySet(EvidenceQuerySet):
    """Sightings."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Where the actor sees a fact of what was sighted as well."""
        rows = super().visible_to(actor, before)
        if actor is None or not policy.may_see_any(actor):
            return rows
        return rows.filter(_seen(actor, "entity"))


class LinkQuerySet(models.QuerySet[Any]):
    """Links."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Those of which the actor sees evidence and both ends."""
        if actor is None or not policy.may_see_any(actor):
            return self.none()
        rows = self if before is None else self.filter(pk__lt=before)
        said = apps.get_model("entities", "LinkEvidence")._default_manager.visible_to(actor).current()
        return rows.filter(Exists(said.filter(link=OuterRef("pk"))))


class TwinQuerySet(models.QuerySet[Any]):
    """What is held to be one."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Who sees both: what is confirmed; what is only proposed, those who have a word in it."""
        if actor is None or not policy.may_see_any(actor):
            return self.none()
        rows = self if before is None else self.filter(pk__lt=before)
        involved = Q(proposer=actor.party_code) | Q(parties__contains=[actor.party_code])
        return rows.filter(Q(state="confirmed") | involved, _seen(actor, "one"), _seen(actor, "other"))


class ListedQuerySet(models.QuerySet[Any]):
    """What is on watchlists."""

    def visible_to(self, actor: Actor | None, before: Any = None) -> Self:
        """Who sees both the entity and the entry."""
        if actor is None or not policy.may_see_any(actor):
            return self.none()
        rows = self if before is None else self.filter(pk__lt=before)
        entries = apps.get_model("screening", "Entry")._default_manager.visible_to(actor)
        return rows.filter(Exists(entries.filter(pk=OuterRef("entry_id"))), _seen(actor, "entity"))


class PolicyQuerySet(models.QuerySet[Any]):
    """What parties let be said."""

    def visible_to(self, actor: Actor | None) -> Self:
        """One's own party's; all for RIFC."""
        if actor is None:
            return self.none()
        return self if actor.party_code == "RIFC" else self.filter(party=actor.party_code)


class SilentHitQuerySet(ScopedQuerySet):
    """That two parties hold the same: by its grants."""

    narrows: ClassVar[bool] = True

    def visible_to(self, actor: Actor | None, perm: str = "view", before: Any = None) -> Self:
        """Those told to the actor's desk; all for the portal's clock, which raises and ends them."""
        if actor is not None and policy.is_clock(actor, None):
            return self if before is None else self.filter(pk__lt=before)
        return super().visible_to(actor, perm, before)
