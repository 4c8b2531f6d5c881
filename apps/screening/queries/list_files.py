"""Lines of a list file (contract-matching.md, section 3), read and checked one by one."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.access.parsers import faults
from apps.screening.matching import BadIdentity, Identity, entry_keys, prepare
from apps.screening.models import Entry, Instruction
from apps.screening.queries import identities, visibility

HANDLING = frozenset(
    {
        *("ref", "kind", "list", "owner", "visibility", "instruction", "valid_from", "valid_until", "review_on"),
        *("reason", "quality"),
    }
)
"""Keys of a line that say what to do with the subject; the others are the subject."""

COMPARED = (
    "subject",
    "kind",
    "instruction",
    "reason",
    *visibility.COLUMNS,
    "valid_from",
    "valid_until",
    "quality",
)
"""Columns in which a line and its entry are compared: equal means that nothing has changed."""
INSTRUCTIONS = tuple(Instruction.values)


@dataclass(frozen=True)
class Line:
    """One line as columns of an entry, and its subject as the matcher sees it."""

    reference: str
    subject: dict[str, Any]
    display_name: str
    kind: str
    instruction: str
    reason: str
    screen_for: list[str] | None
    functions: list[str] | None
    hit_visible_to: str
    reason_visible_to: str
    valid_from: datetime.date | None
    valid_until: datetime.date | None
    review_on: datetime.date | None
    quality: str
    identity: Identity

    def columns(self) -> dict[str, Any]:
        """The columns of the entry but its reference; a day of review only where the line states one."""
        days = {"begins_on": visibility.ahead(self.valid_from)}
        review = {} if self.review_on is None else {"review_on": self.review_on}
        return {name: getattr(self, name) for name in (*COMPARED, "display_name")} | days | review

    @cached_property
    def keys(self) -> set[str]:
        """The keys by which the entry is found."""
        return entry_keys(self.identity)

    @property
    def state(self) -> str:
        """Active, or expired where the last day is over."""
        over = self.valid_until is not None and self.valid_until < visibility.region_today()
        return Entry.State.EXPIRED if over else Entry.State.ACTIVE


def state_after(entry: Entry, line: Line) -> str:
    """The state in which a line leaves its entry: a suspended one is back only where the line says a day of review."""
    looked_at = line.review_on is not None and line.review_on >= visibility.region_today()
    if entry.state == Entry.State.SUSPENDED and line.state == Entry.State.ACTIVE and not looked_at:
        return Entry.State.SUSPENDED
    return line.state


def differs(entry: Entry, line: Line) -> bool:
    """Whether the file says something else than the entry; a withdrawn entry that is listed again differs."""
    review = line.review_on not in (None, entry.review_on)
    return (
        review
        or entry.state != state_after(entry, line)
        or any(getattr(entry, n) != getattr(line, n) for n in COMPARED)
    )


def read_line(record: Any, known: visibility.Known) -> Line:
    """One parsed line; ValidationError with a sentence if it cannot be an entry.

    Dates of birth that no calendar has are kept by their digits: others' records must still be screened.
    """
    if not isinstance(record, dict):
        raise ValidationError(_("The line is not a JSON object."))
    for place, fault in faults(record):
        raise ValidationError(f"{fault} ({place})")
    reference = _text(record, "ref", 60)
    if not reference:
        raise ValidationError(_("The line has no ref."))
    subject = {key: value for key, value in record.items() if key not in HANDLING}
    try:
        kind = identities.kind_of(record)
    except ValidationError as wrong:
        raise ValidationError(f"{' '.join(wrong.messages)} (/kind)") from wrong
    try:
        identity = prepare(subject, strict=False)
    except BadIdentity as wrong:
        raise ValidationError(f"{wrong.message} ({wrong.pointer or '/'})") from wrong
    if not (identity.names or identity.documents):
        raise ValidationError(_("The line has neither a name nor a document number."))
    if fault := identities.unfindable(identity):
        raise ValidationError(fault)
    seen = visibility.read_visibility(record.get("visibility"), known)
    return Line(
        reference=reference,
        subject=subject,
        display_name=identities.title(subject),
        kind=kind,
        instruction=_choice(record, "instruction", INSTRUCTIONS, Instruction.INFORM),
        reason=_text(record, "reason", 2000),
        **seen.columns(),
        valid_from=_day(record, "valid_from"),
        valid_until=_day(record, "valid_until"),
        review_on=_day(record, "review_on"),
        quality=_choice(record, "quality", "ABCD", ""),
        identity=identity,
    )


def _text(record: dict[str, Any], key: str, longest: int) -> str:
    value = record.get(key)
    text = "" if value is None else str(value).strip()
    if len(text) > longest or isinstance(value, dict | list):
        raise ValidationError(
            _("Enter %(key)s as text of at most %(longest)d characters.") % {"key": key, "longest": longest}
        )
    return text


def _choice(record: dict[str, Any], key: str, choices: Any, default: str) -> str:
    value = record.get(key)
    if value in (None, ""):
        return default
    if not isinstance(value, str) or value not in choices:
        wanted = ", ".join(choices)
        raise ValidationError(_("%(key)s is one of %(wanted)s.") % {"key": key, "wanted": wanted})
    return value


def _day(record: dict[str, Any], key: str) -> datetime.date | None:
    value = record.get(key)
    if value in (None, ""):
        return None
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError) as wrong:
        raise ValidationError(_("Enter %(key)s as YYYY-MM-DD.") % {"key": key}) from wrong
