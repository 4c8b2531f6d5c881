"""What programs may fetch follows from what was shared, passed on, replaced, taken from somebody or recalled."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.taxii import policy
from apps.taxii.actions import entering
from apps.taxii.models import Collection, Entry, ObjectVersion, Publication
from apps.taxii.namespace import namespace
from apps.taxii.queries import publishing as queries
from apps.taxii.queries.publishing import REGIONAL
from apps.taxii.stix import exporting

Plain = dict[str, Any]
Texts = dict[Any, tuple[list[Plain], list[Plain]]]


@dataclass
class Step:
    """What has to change in one collection: entries to remove, versions of the report to add."""

    collection: Collection
    remove: list[Entry] = field(default_factory=list)
    missing: list[Any] = field(default_factory=list)
    newest: set[str] = field(default_factory=set)
    had: dict[str, Plain] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)

    @property
    def withdrawn(self) -> list[Plain]:
        """Objects that the collection held and that are to be taken back."""
        gone = [one for key, one in self.had.items() if key not in self.newest and key not in self.said]
        return [one for one in gone if one]

    def __bool__(self) -> bool:
        return bool(self.remove or self.missing or self.withdrawn)


@action(
    "taxii.offer",
    model=Publication,
    label=_("Offer to programs"),
    policy=policy.is_clock,
    ends="published",
    automatic=True,
)
def publish(actor: Actor, _row: None, *, thread: Any) -> Publication:
    """Let each collection hold of a report what the rule of release says now; again it changes nothing."""
    Publication.objects.get_or_create(thread=thread)
    row: Publication = Publication.objects.select_for_update().get(pk=thread)
    wanted = queries.wanted(thread)
    texts = texts_of(wanted.versions)
    collections = [_collection(desk) for desk in wanted.by_desk]
    entering.lock([*collections, *Collection.objects.filter(pk__in=list(queries.held(thread)))])
    now = timezone.now()
    for step in steps(thread, wanted, texts, make=True):
        _carry_out(step, thread, texts, now)
    return row


def _collection(desk: int) -> Collection:
    return entering.collection_of("regional" if desk == REGIONAL else "out", desk or None)


def texts_of(versions: Sequence[Any]) -> Texts:
    """{version: (what its objects need, the objects)}."""
    return {key: exporting.objects(one, namespace()) for key, one in queries.editions(versions).items()}


def steps(thread: Any, wanted: queries.Wanted, texts: Texts, *, make: bool = False) -> list[Step]:
    """What has to change about a report, by collection; nothing where all is as it should be."""
    held = queries.held(thread)
    by_key: dict[Any, list[Any]] = {}
    of: dict[Any, Collection] = {key: rows[0].collection for key, rows in held.items()}
    for desk, rows in wanted.by_desk.items():
        found = _collection(desk) if make else _known(desk)
        by_key[found.pk], of[found.pk] = rows, found
    plans = [_step(of[key], held.get(key, []), by_key.get(key, []), texts) for key in sorted(of)]
    return [one for one in plans if one]


def _known(desk: int) -> Collection:
    """A collection for looking only: one that is not there yet holds nothing."""
    kind = "regional" if desk == REGIONAL else "out"
    return Collection.objects.filter(kind=kind, desk=desk or None).first() or Collection(
        kind=kind, desk_id=desk or None
    )


def _step(collection: Collection, held: list[Entry], rows: list[Any], texts: Texts) -> Step:
    keys = {row.pk for row in rows}
    step = Step(collection)
    live = [one for one in held if one.report_id is not None]
    step.remove = [one for one in live if one.report_id not in keys]
    present = {one.report_id for one in live}
    step.missing = [row.pk for row in rows if row.pk not in present]
    if rows:
        step.newest = {one["id"] for one in texts[rows[-1].pk][1]}
    step.said = {one.stix_id for one in held if one.report_id is None}
    # what is published again after it was taken back is no longer said to be gone
    back = step.said & step.newest
    step.remove += [one for one in held if one.report_id is None and one.stix_id in back]
    for one in sorted(live, key=lambda entry: entry.version_at):
        step.had[one.stix_id] = _plain(one, texts)
    for key in step.missing:
        step.had |= {one["id"]: one for one in texts[key][1]}
    return step


def _plain(one: Entry, texts: Texts) -> Plain:
    known = texts.get(one.report_id, ([], []))[1]
    return next((each for each in known if each["id"] == one.stix_id), {})


def _carry_out(step: Step, thread: Any, texts: Texts, now: datetime.datetime) -> None:
    Entry.objects.filter(pk__in=[one.pk for one in step.remove]).delete()
    _add_needed(step, texts)
    entering.add(step.collection, [_notice(one, now) for one in step.withdrawn], thread)
    for key in step.missing:
        entering.add(step.collection, _kept(key, texts[key][1]), thread)
    entering.rank(step.collection, {one.stix_id for one in step.remove})


def _add_needed(step: Step, texts: Texts) -> None:
    """Markings, extensions and identities before their first users."""
    wanted = {one["id"]: one for key in step.missing for one in texts[key][0]}
    if step.withdrawn:
        wanted |= {one["id"]: one for one in exporting.needed([], namespace(), graded=False, also="AMBER")}
    have = Entry.objects.filter(collection=step.collection, stix_id__in=list(wanted), thread=None)
    missing = wanted.keys() - set(have.values_list("stix_id", flat=True))
    entering.add(step.collection, [_shared(one) for key, one in wanted.items() if key in missing])


def _shared(value: Plain) -> ObjectVersion:
    """An object that is the same in all collections, kept once."""
    made = entering.made(value)
    found: ObjectVersion | None = ObjectVersion.objects.filter(
        stix_id=made.stix_id, sha256=made.sha256, report=None, intake=None
    ).first()
    if found is None:
        made.save(force_insert=True)
    return found or made


def _kept(report: Any, values: Sequence[Plain]) -> list[ObjectVersion]:
    """The objects of a version, kept once for all collections."""
    found = {one.stix_id: one for one in ObjectVersion.objects.filter(report=report)}
    new = [entering.made(one, report_id=report) for one in values if one["id"] not in found]
    ObjectVersion.objects.bulk_create(new)
    found |= {one.stix_id: one for one in new}
    return [found[one["id"]] for one in values]


def _notice(value: Plain, now: datetime.datetime) -> ObjectVersion:
    """That an object was taken back, in place of it."""
    return _shared(exporting.revoked(value, now))
