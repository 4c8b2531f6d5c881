"""What a seat should have heard on its stream, by what it may see: the yardstick of `bench streams` and of a test.

The hub goes by the groups that stand in each event. This goes the other way, from `visible_to`: each record that
the seat sees, from the moment at which one of its groups got its grant.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.apps import apps
from guardian.utils import get_group_obj_perms_model

from apps.access.actor import Actor
from apps.access.managers import permission_id
from apps.access.models import StreamEvent


class Heard(NamedTuple):
    """One event as a stream tells it."""

    event: str
    type: str
    id: str
    version: int


class Verdict(NamedTuple):
    """What a stream told beyond what its seat may see, and what it did not tell."""

    too_many: list[Heard]
    missing: list[Heard]


def last_event() -> int:
    """The newest event so far: what is heard from now on comes after it."""
    return StreamEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def told_since(event_id: int) -> list[StreamEvent]:
    """All events after that one."""
    return list(StreamEvent.objects.filter(pk__gt=event_id).order_by("pk"))


def judged(actor: Actor, heard: Iterable[Heard], events: Collection[StreamEvent]) -> Verdict:
    """Compare what the stream of a seat told with what it should have told; each event once and no other."""
    got, wanted = Counter(heard), Counter(should_hear(actor, events))
    return Verdict(sorted((got - wanted).elements()), sorted((wanted - got).elements()))


def should_hear(actor: Actor, events: Collection[StreamEvent]) -> Iterator[Heard]:
    """Events of the records that the seat sees, since it does; three queries for each type of record."""
    by_type: dict[str, list[StreamEvent]] = defaultdict(list)
    for event in events:
        by_type[event.object_type].append(event)
    for kind, some in by_type.items():
        model: Any = apps.get_model(kind)
        since, owners = _seen_since(model, actor, {event.object_id for event in some})
        silent = {f"{model._meta.app_label}.{verb}" for verb in getattr(model, "not_for_owner", ())}
        for event in some:
            start = since.get(event.object_id)
            if start is None or event.at < start:
                continue
            # its own desk is not told of some acts: a carrier never learns that anybody is compared
            if event.verb in silent and owners[event.object_id] == actor.desk_id:
                continue
            yield Heard(event.verb, kind, event.object_id, event.version)


def _seen_since(model: Any, actor: Actor, ids: set[str]) -> tuple[Mapping[str, Any], Mapping[str, int]]:
    """(since when, owner) of those of the records that the seat sees now, by id."""
    seen = model.objects.visible_to(actor).filter(pk__in=ids)
    owners = {str(pk): owner for pk, owner in seen.values_list("pk", "owner_id")}
    grants: Any = get_group_obj_perms_model(model)
    held = grants.objects.filter(
        content_object__in=ids, group_id__in=actor.groups, permission_id=permission_id(model, "view")
    )
    since: dict[str, Any] = {}
    for pk, at in held.values_list("content_object_id", "at"):
        key = str(pk)
        if key in owners:
            since[key] = min(at, since.get(key, at))
    return since, owners
