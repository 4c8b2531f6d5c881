"""Writing the sections: from a template, replaced without a script, removed."""

import contextlib
import uuid
from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.access.refused import Refused
from apps.assessments import policy
from apps.assessments.actions import fields
from apps.assessments.models import Assessment, Section
from apps.coedit import documents, rights

S = Assessment.State
TEMPLATE = (
    _("Threat picture"),
    _("Drivers"),
    _("Outlook with scenarios"),
    _("Intelligence gaps"),
    _("Note on method"),
    _("Summary of sources"),
)
"""Sections of an assessment; key judgements and dissent are drawn from the records. Source: field notes, 7.1."""


@contextlib.contextmanager
def _said() -> Iterator[None]:
    """What keeps a text from being written, in the words of this room."""
    try:
        yield
    except documents.Stale as stale:
        raise Refused("wrong-state", "jta-stale-text") from stale
    except documents.Frozen as frozen:
        raise Refused("wrong-state", "jta-frozen") from frozen
    except documents.TooLong as long:
        raise ValidationError({"plain": _now("The section is longer than a section can be. Split it.")}) from long
    except documents.NotKept as gone:
        raise ValidationError({"seq": _now("The history does not reach back to that moment any more.")}) from gone


@action(
    "jta_section.from_template",
    model=Assessment,
    label=_("Take the usual sections"),
    policy=policy.may_lead,
    starts={S.TERMS_AGREED, S.CALL_OPEN, S.DRAFTING},
    ends={S.TERMS_AGREED, S.CALL_OPEN, S.DRAFTING},
)
def from_template(actor: Actor, row: Assessment) -> Assessment:
    """Add the sections of the usual structure that are not there yet."""
    have = list(Section.objects.filter(assessment=row, removed_at=None).values_list("title", "order"))
    place = max((order for _title, order in have), default=0)
    missing = [str(title) for title in TEMPLATE if str(title) not in {title for title, _order in have}]
    for number, title in enumerate(missing, start=place + 1):
        made = Section.objects.create(assessment=row, title=title, order=number, level=row.level)
        documents.create(made.pk, row.pk)
    return row


@action(
    "jta_section.replace_text",
    model=Assessment,
    label=_("Replace the text"),
    policy=policy.may_write,
    starts={S.DRAFTING, S.COORDINATION},
    ends={S.DRAFTING, S.COORDINATION},
    takes={
        "section": fields.key_field(_("Section")),
        "plain": forms.CharField(
            label=_("Text"),
            required=False,
            max_length=fields.LONGEST_TEXT,
            strip=False,
            widget=forms.Textarea(attrs={"rows": 20}),
            help_text=_("an empty line parts paragraphs"),
        ),
        "if_seq": forms.IntegerField(label=_("Change on which this is based"), min_value=0, widget=forms.HiddenInput),
    },
)
def replace_text(actor: Actor, row: Assessment, *, section: uuid.UUID, plain: str = "", if_seq: int) -> Assessment:
    """Write a section anew without the live editor; refused when somebody changed it since you read it."""
    found = fields.section_of(row, section)
    text = plain.replace("\r\n", "\n").replace("\r", "\n")
    with _said():
        row.seq = documents.replace_text(found.pk, text, if_seq, actor.user_id, actor.desk_id)
    row.made = found
    return row


@action(
    "jta_section.restore",
    model=Assessment,
    label=_("Let the text be again what it was then"),
    policy=policy.may_lead,
    starts={S.DRAFTING, S.COORDINATION},
    ends={S.DRAFTING, S.COORDINATION},
    takes={
        "section": fields.key_field(_("Section")),
        "seq": forms.IntegerField(label=_("Change after which it stood so"), min_value=0, widget=forms.HiddenInput),
    },
)
def restore(actor: Actor, row: Assessment, *, section: uuid.UUID, seq: int) -> Assessment:
    """Bring back the text of an earlier moment; what was written since stays in the history."""
    found = fields.section_of(row, section)
    with _said():
        row.seq = documents.restore(found.pk, seq, actor.user_id, actor.desk_id)
    row.made = found
    return row


@action(
    "jta_section.remove",
    model=Assessment,
    label=_("Remove a section"),
    policy=policy.may_lead,
    starts={S.TERMS_AGREED, S.CALL_OPEN, S.DRAFTING, S.COORDINATION},
    ends={S.TERMS_AGREED, S.CALL_OPEN, S.DRAFTING, S.COORDINATION},
    takes={"section": fields.key_field(_("Section"))},
)
def remove(actor: Actor, row: Assessment, *, section: uuid.UUID) -> Assessment:
    """Take a section out of the assessment; its text is kept."""
    found = fields.section_of(row, section)
    found.removed_at = timezone.now()
    found.save(update_fields=["removed_at"])
    rights.changed(row.pk)
    return row
