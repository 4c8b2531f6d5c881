"""Input of the actions on papers: choices that are narrowed to what the asker can see, and what they stand for."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.choices import some
from apps.access.models import Level
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.council.models import AgendaItem, Meeting, Organ
from apps.council.papers.queries import papers as queries
from apps.files.forms import UploadField

LANGUAGES = [
    ("en", pgettext_lazy("words, council", "English")),
    ("fr", pgettext_lazy("words, council", "French")),
    ("nl", pgettext_lazy("words, council", "Dutch")),
    ("es", pgettext_lazy("words, council", "Spanish")),
]
LEVELS = some(Level.PUBLIC, Level.OFFICIAL, Level.CONFIDENTIAL)
"""No ministry reads what is secret, so that no paper for the ministries can be."""

SUBJECTS = [
    ("legal", pgettext_lazy("words, council", "Legal")),
    ("finance", pgettext_lazy("words, council", "Finance")),
    ("agency", pgettext_lazy("words, council", "Agency")),
]
LONGEST_TEXT = 400_000
DAY_TIME = "%Y-%m-%dT%H:%M"


class Narrowed(forms.ChoiceField):
    """A choice by key. Any text is taken here: the action says what is wrong with it."""

    def valid_value(self, value: Any) -> bool:
        """The action looks it up where the asker can see it; NUL is nowhere."""
        return "\x00" not in str(value)


class Organs(Narrowed):
    """Organs that exist, by code."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer the organs."""
        self.choices = [("", _("The meeting's organ")), *queries.organ_choices(actor)]


class Meetings(Narrowed):
    """Meetings that the asker can see and that still take papers."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer them, the latest first."""
        self.choices = [("", _("None, or the item's meeting")), *queries.meeting_choices(actor)]


class Items(Narrowed):
    """Agenda items that the asker can see and that are still open."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer them, by meeting."""
        self.choices = [("", pgettext_lazy("words, council", "None")), *queries.item_choices(actor)]


class Clearers(Narrowed):
    """Desks that can open papers, by code."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer them."""
        self.choices = [("", pgettext_lazy("words, council", "No desk")), *queries.desk_choices(actor)]


def body_field(required: bool = False) -> forms.CharField:
    """The text of a paper or translation."""
    return forms.CharField(
        label=pgettext_lazy("field, council", "Text"),
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("Formatting: # heading, **bold**, 1. numbered paragraphs. HTML is shown as typed."),
    )


def note_field(label: Any, required: bool = False, **more: Any) -> forms.CharField:
    """A remark of up to 300 characters."""
    return forms.CharField(
        label=label, required=required, max_length=300, widget=forms.Textarea(attrs={"rows": 2}), **more
    )


def one_line(text: str) -> str:
    """Text with line feeds alone, as it is stored and hashed; browsers send carriage returns with them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def digest(body: str, files: Sequence[str] = ()) -> str:
    """SHA-256 in hexadecimal of the text, followed by the hashes of its files, sorted, each on a line of its own."""
    return hashlib.sha256("\n".join([body, *sorted(files)]).encode()).hexdigest()


def file_field() -> UploadField:
    """A file that goes with the paper."""
    return UploadField(label=_("File to attach"), required=False, kinds=("pdf", "docx", "xlsx", "pptx", "odt", "ods"))


def placed(actor: Actor, organ: str, meeting: str, item: str) -> tuple[Any, Any, Any]:
    """(organ, meeting or None, item or None) of the keys given, the wider ones filled in from the narrower.

    ValidationError at the field for what the actor cannot see, and for parts that do not belong together.
    """
    items = AgendaItem.objects.visible_to(actor).filter(state__in=AgendaItem.OPEN)
    found_item = _seen(items, actor, item, "item", _now("There is no open item with this ID that you can see."))
    if found_item and meeting and str(found_item.meeting_id) != meeting.lower():
        raise ValidationError(
            {"item": _now("This item is on the agenda of another meeting. Choose the item or the meeting.")}
        )
    meeting = str(found_item.meeting_id) if found_item else meeting
    meetings = Meeting.objects.visible_to(actor).filter(state__in=queries.TAKES_PAPERS)
    sentence = _now("There is no meeting with this ID that you can see and that still accepts papers.")
    found_meeting = _seen(meetings, actor, meeting, "meeting", sentence)
    if found_meeting and organ and organ != found_meeting.organ_id:
        raise ValidationError({"organ": _now("The meeting belongs to another organ. Leave the organ empty.")})
    code = found_meeting.organ_id if found_meeting else organ
    if not code:
        raise ValidationError({"organ": _now("Choose the organ that the paper is for, or one of its meetings.")})
    found_organ = Organ.objects.visible_to(actor).filter(pk=code).first()
    if found_organ is None:
        raise ValidationError({"organ": _now("There is no organ %(code)s. Choose one from the list.") % {"code": code}})
    return found_organ, found_meeting, found_item


def _seen(rows: Any, actor: Actor, key: str, name: str, sentence: str) -> Any:
    if not key:
        return None
    try:
        return visible_or_404(rows, actor, key)
    except Refused:
        raise ValidationError({name: sentence}) from None
