"""Input of the actions on reports: lists of the day, several codes in one field, and paragraphs."""

import re
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.rifc.queries import rule, targets, vocabulary
from apps.rifc.rules.gradings import Grade

MOST_PARAGRAPHS, LONGEST_PARAGRAPH, LONGEST_REFERENCE = 200, 20_000, 500
DESTROY = re.compile(r"DEST-[1-9]\d{0,3}D")
SPLIT = re.compile(r"[\s,;]+")
DAY_TIME = "%Y-%m-%dT%H:%M"
Plain = dict[str, Any]


class Terms(forms.ChoiceField):
    """A code of one of today's lists."""

    def __init__(self, vocabulary_name: str, **more: Any) -> None:
        self.vocabulary = vocabulary_name
        super().__init__(**more)

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer the list as it is today."""
        empty = [] if self.required else [("", "–")]
        self.choices = [*empty, *vocabulary.choices(self.vocabulary)]


class Kind(Terms):
    """A kind of report that people draft; others are made by an app of the portal."""

    def __init__(self, **more: Any) -> None:
        super().__init__("kind", **more)

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer the kinds that are drafted."""
        terms = vocabulary.terms("kind", vocabulary.today()).items()
        self.choices = [(code, term.label) for code, term in terms if not term.extra.get("made")]


class Classification(Terms):
    """A classification, also by the party's own word for it; the value is its level."""

    def __init__(self, **more: Any) -> None:
        super().__init__("classification", **more)
        self.party = ""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Whose words are understood."""
        super().scope(actor, row)
        self.party = actor.party_code if actor else ""

    def clean(self, value: Any) -> Any:
        """The level, 0 to 3."""
        text = str(value or "")
        if text in {"0", "1", "2", "3"} or not text:
            text = vocabulary.classification(int(text)).code if text else text
        if not text.strip():
            return super().clean("")
        level = vocabulary.level_of(text, self.party)
        if level is None:
            raise ValidationError(_now("No classification has this name. The portal stores nothing above SECRET."))
        return level


class Portion(forms.CharField):
    """A portion mark (U, R, C, S) or a classification; the value is its level."""

    def clean(self, value: Any) -> Any:
        """The level; 0 where it is left out."""
        text = super().clean(value)
        level = vocabulary.portion_level(text) if text else 0
        if level is None:
            raise ValidationError(_now("Mark it U, R, C or S."))
        return level


class Words(forms.TextInput):
    """Several codes in one line, parted by blanks or commas; programs send a list."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The list."""
        value = data.getlist(name) if hasattr(data, "getlist") else data.get(name)
        if isinstance(value, str):
            value = [value]
        return [
            word for text in value or [] for word in (SPLIT.split(text) if isinstance(text, str) else [text]) if word
        ]

    def format_value(self, value: Any) -> Any:
        """The line."""
        return " ".join(map(str, value)) if isinstance(value, list | tuple | frozenset | set) else value


class Codes(forms.MultipleChoiceField):
    """Codes that the action itself looks up; NUL is in none."""

    widget: Any = Words

    def valid_value(self, value: Any) -> bool:
        """Any short text: what it means is said by the action."""
        return isinstance(value, str) and len(value) <= 200 and "\x00" not in value


class CodeList(forms.MultipleChoiceField):
    """Codes of one of today's lists."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, vocabulary_name: str, **more: Any) -> None:
        self.vocabulary = vocabulary_name
        super().__init__(**more)

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer the list as it is today."""
        self.choices = vocabulary.choices(self.vocabulary)

    def valid_value(self, value: Any) -> bool:
        """Of the list; days to destruction may be any."""
        ours = self.vocabulary == "handling" and bool(DESTROY.fullmatch(str(value)))
        return ours or super().valid_value(value)


class Parties(forms.MultipleChoiceField):
    """Members of the MoU, by code."""

    widget = forms.CheckboxSelectMultiple

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer those for whom it is in force."""
        self.choices = [(code, code) for code in sorted(rule.members())]


class Desks(Codes):
    """Desks, parties (their point of contact) or groups; the page offers boxes, the action says what is wrong."""

    widget = forms.CheckboxSelectMultiple

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer groups and all desks that can be sent this kind, but the asker's own."""
        kind = getattr(row, "kind", "")
        own = actor.desk_code if actor else ""
        found = [(d.code, f"{d.party.short_name}: {d.function.name}") for d in targets.receiving_desks(kind)]
        self.choices = [*vocabulary.choices("group"), *(one for one in found if one[0] != own)]


class Paragraphs(forms.JSONField):
    """Paragraphs as a list of {text, portion, grading, source_type, source_ref, …}, checked one by one."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=ParagraphRows, **more)

    def clean(self, value: Any) -> Any:
        """[{text, portion (level), scheme, grade, source_type, source_ref, releasable, cites, …, pid}]."""
        rows = super().clean(value)
        if rows in (None, ""):
            rows = []
        if not isinstance(rows, list) or len(rows) > MOST_PARAGRAPHS:
            raise ValidationError(_now("Send a list of up to %(most)s paragraphs.") % {"most": MOST_PARAGRAPHS})
        found: list[Plain] = []
        wrong: list[str] = []
        for number, row in enumerate(rows, start=1):
            try:
                found.append(paragraph(row, {one["pid"] for one in found} - {None}))
            except ValidationError as fault:
                wrong += [
                    pgettext("words, rifc", "Paragraph %(n)s: %(text)s") % {"n": number, "text": text}
                    for text in fault.messages
                ]
        if wrong:
            raise ValidationError(wrong)
        return found


class ParagraphRows(forms.Widget):
    """Rows of inputs `paragraphs-N-text`, `-portion`, `-scheme`, `-value`, `-source_type`, `-source_ref`, `-pid`."""

    PARTS = (
        "text",
        "portion",
        "scheme",
        "value",
        "source_type",
        "source_ref",
        "releasable",
        "cites",
        "corroborated_by",
    )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What a program sent as it is, else the rows that have a text, in their order."""
        if name in data:
            return data.get(name)
        numbers = sorted(int(key.split("-")[1]) for key in data if re.fullmatch(rf"{name}-\d{{1,3}}-text", key))
        rows = []
        for number in numbers:
            row = {part: data.get(f"{name}-{number}-{part}", "").strip() for part in (*self.PARTS, "pid")}
            if row["text"]:
                rows.append(_as_sent(row))
        return rows

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Never: no row is a value."""
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        """Drawn by the page itself (rifc/_paragraphs.html)."""
        return ""


def _as_sent(row: Plain) -> Plain:
    """A row of inputs as a program would send it."""
    grading = {"scheme": row["scheme"], "value": row["value"]} if row["value"] else None
    lists = {name: SPLIT.split(row[name]) if row[name] else [] for name in ("cites", "corroborated_by")}
    plain = {"text": row["text"], "portion": row["portion"], "source_type": row["source_type"], "grading": grading}
    plain |= {"releasable": bool(row["releasable"]), **lists}
    return plain | {name: row[name] for name in ("source_ref", "pid") if row[name]}


KNOWN = frozenset(
    {
        "text",
        "portion",
        "grading",
        "source_type",
        "source_ref",
        "releasable",
        "cites",
        "corroborated_by",
        "pid",
        "order",
    }
)


def paragraph(row: Any, taken: set[Any]) -> Plain:
    """One paragraph, cleaned, with a `pid` that none before it has; ValidationError with a sentence for each fault."""
    if not isinstance(row, dict):
        raise ValidationError(_now("Send a JSON object."))
    unknown = sorted(set(row) - KNOWN)
    if unknown:
        raise ValidationError(
            pgettext("words, rifc", "Unknown field: %(names)s.") % {"names": ", ".join(map(str, unknown))[:80]}
        )
    grade = _grade(row.get("grading"))
    source_type = _text(row, "source_type", 12)
    if source_type and source_type not in dict(vocabulary.choices("source_type")):
        raise ValidationError(_now("No source type has this name. Check the name."))
    return {
        "text": _text(row, "text", LONGEST_PARAGRAPH, required=True),
        "portion": _portion(row.get("portion")),
        "scheme": grade.scheme.code if grade else "",
        "grade": grade.value if grade else "",
        "source_type": source_type,
        "source_ref": _text(row, "source_ref", LONGEST_REFERENCE),
        "releasable": row.get("releasable") is True,
        "cites": _ids(row, "cites"),
        "corroborated_by": _ids(row, "corroborated_by"),
        "pid": next(
            (pid for pid in _ids({"pid": [row["pid"]] if row.get("pid") else []}, "pid") if pid not in taken), None
        ),
    }


def _text(row: Plain, name: str, most: int, *, required: bool = False) -> str:
    value = row.get(name) or ""
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        raise ValidationError(
            _now("%(name)s must be text of up to %(most)s characters.") % {"name": name, "most": most}
        )
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if required and not text:
        raise ValidationError(_now("Enter the text."))
    return text


def _portion(value: Any) -> int:
    level = vocabulary.portion_level(value) if isinstance(value, str) else None
    if level is None:
        raise ValidationError(_now("Mark it U, R, C or S."))
    return level


def _grade(value: Any) -> Grade | None:
    if value in (None, {}):
        return None
    scheme, text = (value.get("scheme"), value.get("value")) if isinstance(value, dict) else (None, None)
    grade = vocabulary.grade(scheme, text) if isinstance(scheme, str) and isinstance(text, str) else None
    if grade is None:
        raise ValidationError(_now("This grade is not in its scheme. Enter, for example, B2 in 6×6 or 1AP in 3×5×2."))
    return grade


def _ids(row: Plain, name: str) -> list[uuid.UUID]:
    values = row.get(name) or []
    try:
        if not isinstance(values, list) or len(values) > 50:
            raise ValueError(name)
        return [uuid.UUID(str(value)) for value in values]
    except ValueError:
        raise ValidationError(_now("Send %(name)s as a list of report ids.") % {"name": name}) from None


def reason_field(label: Any, most: int = 1000, required: bool = True, **more: Any) -> forms.CharField:
    """A reason or remark in words."""
    return forms.CharField(
        label=label, required=required, max_length=most, widget=forms.Textarea(attrs={"rows": 3}), **more
    )


def moment_field(label: Any, **more: Any) -> forms.DateTimeField:
    """A day and time in UTC."""
    return forms.DateTimeField(
        label=label,
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=DAY_TIME),
        error_messages={"invalid": _("Enter date and time in UTC, for example 2026-11-12T18:00.")},
        **more,
    )
