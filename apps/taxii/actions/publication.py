"""What programs may fetch follows from what was shared, passed on, replaced, taken from somebody or recalled."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.taxii import policy
from apps.taxii.actions import collection_entries
from apps.taxii.models import Collection, Entry, ObjectVersion, Publication
from apps.taxii.queries import publication as queries
from apps.taxii.queries.namespace import namespace
from apps.taxii.queries.publication import REGIONAL
from apps.taxii.queries.texts import Item, Text, Texts, texts_of
from apps.taxii.stix import exports

Plain = dict[str, Any]


@dataclass
class Step:
    """What has to change in one collection: entries to remove, objects of the report to add."""

    collection: Collection
    remove: list[Entry] = field(default_factory=list)
    needs: list[Plain] = field(default_factory=list)
    missing: list[Item] = field(default_factory=list)
    withdrawn: list[Plain] = field(default_factory=list)
    """Objects that the collection held and that are to be taken back."""

    def __bool__(self) -> bool:
        return bool(self.remove or self.missing or self.withdrawn)


@action(
    "taxii.offer",
    model=Publication,
    label=_("Publish to programs"),
    done=_("Offered a report to programs"),
    policy=policy.is_clock,
    ends="published",
    automatic=True,
)
def offer_to_taxii(actor: Actor, _row: None, *, thread: Any) -> Publication:
    """Let each collection hold of a report what the rule of release says now; again it changes nothing."""
    Publication.objects.get_or_create(thread=thread)
    row: Publication = Publication.objects.select_for_update().get(pk=thread)
    wanted = queries.wanted(thread)
    now = timezone.now()
    texts = texts_of(wanted.versions, now)
    collections = [_collection(desk) for desk in wanted.by_desk]
    collection_entries.lock(
        [*collections, *Collection.objects.filter(pk__in=list(queries.find_report_entries(thread)))]
    )
    for step in steps(thread, wanted, texts, make=True):
        _carry_out(step, thread, now)
    return row


def _collection(desk: int) -> Collection:
    return collection_entries.collection_of("regional" if desk == REGIONAL else "out", desk or None)


def steps(thread: Any, wanted: queries.Wanted, texts: Texts, *, make: bool = False) -> list[Step]:
    """What has to change about a report, by collection; nothing where all is as it should be."""
    held = queries.find_report_entries(thread)
    by_key: dict[Any, list[Any]] = {}
    of: dict[Any, Collection] = {key: rows[0].collection for key, rows in held.items()}
    for desk, rows in wanted.by_desk.items():
        found = _collection(desk) if make else _known(desk)
        by_key[found.pk], of[found.pk] = _texts_for(rows, texts, with_things=desk in wanted.members), found
    plans = [_step(of[key], held.get(key, []), by_key.get(key, [])) for key in sorted(of)]
    return [one for one in plans if one]


def _texts_for(rows: Sequence[Any], texts: Texts, *, with_things: bool) -> list[Text]:
    """Texts of the versions for one desk, newest last: only the newest that it has speaks of persons and things."""
    return [texts[row.pk, not (with_things and row is rows[-1])] for row in rows]


def _known(desk: int) -> Collection:
    """A collection for looking only: one that is not there yet holds nothing."""
    kind = "regional" if desk == REGIONAL else "out"
    return Collection.objects.filter(kind=kind, desk=desk or None).first() or Collection(
        kind=kind, desk_id=desk or None
    )


def _step(collection: Collection, held: list[Entry], wanted: list[Text]) -> Step:
    step = Step(collection)
    items = [item for text in wanted for item in text.items]
    keep = {item.row.pk for item in items if item.row}
    live = [one for one in held if one.report_id is not None]
    step.remove = [one for one in live if one.object_id not in keep]
    present = {one.object_id for one in live}
    step.missing = [item for item in items if item.row is None or item.row.pk not in present]
    step.needs = [one for text in wanted for one in text.needs if step.missing]
    newest = {item.value["id"] for item in wanted[-1].items} if wanted else set()
    said = {one.stix_id for one in held if one.report_id is None}
    # what is published again after it was taken back is no longer said to be gone
    step.remove += [one for one in held if one.report_id is None and one.stix_id in newest]
    had = {one.stix_id: json.loads(one.object.payload) for one in sorted(live, key=lambda entry: entry.version_at)}
    had |= {item.value["id"]: item.value for item in step.missing}
    step.withdrawn = [one for key, one in had.items() if key not in newest | said and exports.is_revocable(one)]
    return step


def _carry_out(step: Step, thread: Any, now: datetime.datetime) -> None:
    Entry.objects.filter(pk__in=[one.pk for one in step.remove]).delete()
    _add_needed(step)
    collection_entries.add_to_collection(
        step.collection, [_shared(exports.revoked(one, now)) for one in step.withdrawn], thread
    )
    collection_entries.add_to_collection(step.collection, _kept(step.missing), thread)
    collection_entries.rank(step.collection, {one.stix_id for one in step.remove})


def _add_needed(step: Step) -> None:
    """Markings, extensions and identities before their first users."""
    wanted = {one["id"]: one for one in step.needs}
    if step.withdrawn:
        used = exports.extensions([exports.revoked(one, timezone.now()) for one in step.withdrawn])
        wanted |= {one["id"]: one for one in exports.needed([], namespace(), extensions=used, also="AMBER")}
    have = Entry.objects.filter(collection=step.collection, stix_id__in=list(wanted), thread=None)
    missing = wanted.keys() - set(have.values_list("stix_id", flat=True))
    collection_entries.add_to_collection(
        step.collection, [_shared(one) for key, one in wanted.items() if key in missing]
    )


def _shared(value: Plain) -> ObjectVersion:
    """An object that is the same in all collections, kept once."""
    made = collection_entries.made(value)
    found: ObjectVersion | None = ObjectVersion.objects.filter(
        stix_id=made.stix_id, sha256=made.sha256, report=None, intake=None
    ).first()
    if found is None:
        made.save(force_insert=True)
    return found or made


def _kept(items: Sequence[Item]) -> list[ObjectVersion]:
    """The objects of versions, kept once for all collections."""
    new = [item for item in items if item.row is None]
    for item in new:
        of = {"report_id": item.report, "plain": item.plain, "rests_on": list(item.rests)}
        item.row = collection_entries.made(item.value, **of)
    ObjectVersion.objects.bulk_create([item.row for item in new if item.row])
    return [item.row for item in items if item.row]
