"""What comes in: each object checked by itself, kept as it was written, and laid before the desk that sent it."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.grants import share
from apps.access.models import Level
from apps.people.models import Desk
from apps.rifc.queries import vocabulary
from apps.rifc.rules.facts import SECRET
from apps.taxii import policy
from apps.taxii.actions import collection_entries
from apps.taxii.models import Collection, Intake, ObjectVersion
from apps.taxii.queries import intake as queries
from apps.taxii.stix import markings, parser, validation
from apps.taxii.stix.parser import DIRECT, Item
from apps.taxii.stix.times import text

I = Intake.State  # noqa: E741
MOST_TOLD = 1000
"""How many objects a status names; the counts are of all."""

LONGEST_ID = 120


def begin_intake(actor: Actor) -> None:
    """Make the collections of a desk whose programs ask for the first time; no act of anybody, so not an action."""
    for kind in Collection.Kind:
        collection_entries.collection_of(kind, None if kind == Collection.Kind.REGIONAL else actor.desk_id)


@action(
    "intake.receive",
    model=Intake,
    label=pgettext_lazy("button, taxii", "Send objects"),
    done=_("Received STIX objects"),
    policy=policy.may_send,
    ends={I.WAITING, I.OPEN, I.DISCARDED},
    automatic=True,
)
def receive_taxii_object(actor: Actor, _row: None, *, items: Sequence[Item], channel: str, name: str = "") -> Intake:
    """Take objects in for one's own desk: at once up to 500, more within half a minute."""
    row = Intake(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        channel=channel,
        name=name[:200],
        total=len(items),
        level=min(Level.OFFICIAL, actor.clearance),
    )
    if len(items) > DIRECT:
        row.state = I.WAITING
        row.body = f"[{','.join(written for _value, written in items)}]"
        row.results = {"pendings": [_said(value, _("waiting to be read")) for value, _written in items[:MOST_TOLD]]}
        row.save(force_insert=True)
        emit("taxii.received", row)
    else:
        row.save(force_insert=True)
        _take_in(row, items)
        row.save()
    share(actor, row, [actor.desk_id])
    return row


@action(
    "intake.take_in",
    model=Intake,
    label=_("Process what is queued"),
    done=_("Read queued STIX objects"),
    policy=policy.is_clock,
    starts={I.WAITING},
    ends={I.OPEN, I.DISCARDED},
    automatic=True,
)
def process_taxii_object(actor: Actor, row: Intake) -> Intake:
    """Read a long request."""
    items, row.body = parser.elements(row.body), ""
    _take_in(row, items)
    return row


def _take_in(row: Intake, items: Sequence[Item]) -> None:
    """Keep what is good and new; count what is not, with what is wrong."""
    desk = Desk.objects.select_related("function").get(pk=row.owner_id)
    collection = collection_entries.collection_of(Collection.Kind.SUBMIT, desk.pk)
    collection_entries.lock([collection])
    judge = _Judge(row, desk, [value for value, _written in items])
    for value, written in items:
        judge.look_at(value, written)
    ObjectVersion.objects.bulk_create(judge.new, 1000)
    collection_entries.add_to_collection(collection, judge.new)
    row.succeeded, row.failed = judge.succeeded, judge.failed
    row.results = {"successes": judge.successes, "failures": judge.failures}
    row.level = max(row.level, *judge.levels) if judge.levels else row.level
    # a request that only repeats what is there asks nothing of a person
    row.state = I.OPEN if judge.new else I.DISCARDED


class _Judge:
    """Looks at one object after another, against what the desk sent before and what stood further up."""

    def __init__(self, row: Intake, desk: Any, values: Sequence[Any]) -> None:
        self.row, self.ceiling = row, desk.function.max_level
        good = [value for value in values if isinstance(value, dict)]
        ids = {value["id"] for value in good if isinstance(value.get("id"), str) and len(value["id"]) <= LONGEST_ID}
        self.kept = queries.read_kept_fingerprints(desk.pk, sorted(ids))
        self.definitions = queries.definitions(desk.pk, good)
        own = [value for value in good if value.get("type") == "marking-definition"]
        self.definitions |= {value["id"]: value for value in own if not validation.fault(value)}
        self.new: list[ObjectVersion] = []
        self.levels: set[int] = set()
        self.succeeded = self.failed = 0
        self.successes: list[dict[str, str]] = []
        self.failures: list[dict[str, str]] = []

    def look_at(self, value: Any, written: str) -> None:
        """Count the object as taken or not."""
        wrong = validation.fault(value)
        if not wrong and len(value["id"]) > LONGEST_ID:
            wrong = "type is longer than 80 characters."
        wrong = wrong or self._too_high(value)
        if wrong:
            self._failed(value, wrong)
            return
        version, print_ = validation.version_of(value), collection_entries.fingerprint(value)
        known = self.kept.setdefault(value["id"], {})
        if print_ in known.values() and (not version or known.get(version) == print_):
            self._succeeded(value, "is here already")
        elif version and version in known:
            self._failed(value, "Another object with this id and version is here; the first one stays.")
        else:
            known[version or f"+{len(self.new)}"] = print_
            self.new.append(collection_entries.made(value, intake=self.row, payload=written))
            self._succeeded(value, "")

    def _too_high(self, value: dict[str, Any]) -> str:
        word = markings.decide(value, self.definitions).classification
        level = vocabulary.level_of(word, self.row.originator_id) if word else None
        if level is None:
            return ""
        if level >= SECRET and self.row.channel == "taxii":
            return "SECRET is not sent by program."
        if level > self.ceiling:
            return "This is marked above what your desk may hold."
        self.levels.add(level)
        return ""

    def _succeeded(self, value: Any, message: str) -> None:
        self.succeeded += 1
        if len(self.successes) < MOST_TOLD:
            self.successes.append(_said(value, message))

    def _failed(self, value: Any, message: str) -> None:
        self.failed += 1
        if len(self.failures) < MOST_TOLD:
            self.failures.append(_said(value, message))


def _said(value: Any, message: Any) -> dict[str, str]:
    """A status detail (TAXII 2.1, section 4.3.1)."""
    plain = value if isinstance(value, dict) else {}
    version = validation.version_of(plain) or text(timezone.now())
    return {"id": str(plain.get("id", ""))[:200], "version": version[:100], "message": str(message)}
