"""Writing the sections: from a template, replaced without a script, removed."""

import contextlib
import uuid
from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.refusal import Refused
from apps.assessments import policy
from apps.assessments.actions import fields
from apps.assessments.models import Assessment, Section
from apps.assessments.refusals import Refusals
from apps.coedit.actions import rights, section_texts

S = Assessment.State
TEMPLATE = (
    pgettext_lazy("words, assessments", "Threat picture"),
    pgettext_lazy("words, assessments", "Drivers"),
    _("Outlook with scenarios"),
    pgettext_lazy("words, assessments", "Intelligence gaps"),
    _("Note on method"),
    _("Summary of sources"),
)
"""Sections of an assessment; key judgements and dissent are drawn from the records. Source: field notes, 7.1."""


@contextlib.contextmanager
def _said() -> Iterator[None]:
    """What keeps a text from being written, in the words of this app."""
    try:
        yield
    except section_texts.Stale as stale:
        raise Refused("wrong-state", Refusals.JTA_STALE_TEXT) from stale
    except section_texts.Frozen as frozen:
        raise Refused("wrong-state", Refusals.JTA_FROZEN) from frozen
    except section_texts.TooLong as long:
        raise ValidationError({"plain": _now("The section is too long. Split it.")}) from long
    except section_texts.NotKept as gone:
        raise ValidationError({"seq": _now("The history no longer goes back that far.")}) from gone


@action(
    "jta_section.from_template",
    model=Assessment,
    label=_("Add the standard sections"),
    done=_("Added the usual sections"),
    policy=policy.may_lead,
    starts={S.TERMS_AGREED, S.CALL_OPEN, S.DRAFTING},
    ends={S.TERMS_AGREED, S.CALL_OPEN, S.DRAFTING},
)
def add_sections_from_template(actor: Actor, row: Assessment) -> Assessment:
    """Add the sections of the usual structure that are not there yet."""
    have = list(Section.objects.filter(assessment=row, removed_at=None).values_list("title", "order"))
    place = max((order for _title, order in have), default=0)
    missing = [str(title) for title in TEMPLATE if str(title) not in {title for title, _order in have}]
    for number, title in enumerate(missing, start=place + 1):
        made = Section.objects.create(assessment=row, title=title, order=number, level=row.level)
        section_texts.create(made.pk, row.pk)
    return row


@action(
    "jta_section.replace_text",
    model=Assessment,
    label=_("Replace the text"),
    done=_("Replaced the text of a section"),
    policy=policy.may_write,
    starts={S.DRAFTING, S.COORDINATION},
    ends={S.DRAFTING, S.COORDINATION},
    takes={
        "section": fields.key_field(pgettext_lazy("field, assessments", "Section")),
        "plain": forms.CharField(
            label=pgettext_lazy("field, assessments", "Text"),
            required=False,
            max_length=fields.LONGEST_TEXT,
            strip=False,
            widget=forms.Textarea(attrs={"rows": 20}),
            help_text=_("leave an empty line between paragraphs"),
        ),
        "if_seq": forms.IntegerField(label=_("Based on change"), min_value=0, widget=forms.HiddenInput),
    },
)
def replace_section_text(
    actor: Actor, row: Assessment, *, section: uuid.UUID, plain: str = "", if_seq: int
) -> Assessment:
    """Write a section anew without the live editor; refused when somebody changed it since you read it."""
    found = fields.section_of(row, section)
    text = plain.replace("\r\n", "\n").replace("\r", "\n")
    with _said():
        row.seq = section_texts.replace_text(found.pk, text, if_seq, actor.user_id, actor.desk_id)
    row.made = found
    return row


@action(
    "jta_section.restore",
    model=Assessment,
    label=_("Restore this version of the text"),
    done=_("Restored an earlier text of a section"),
    policy=policy.may_lead,
    starts={S.DRAFTING, S.COORDINATION},
    ends={S.DRAFTING, S.COORDINATION},
    takes={
        "section": fields.key_field(pgettext_lazy("field, assessments", "Section")),
        "seq": forms.IntegerField(label=_("Change to restore"), min_value=0, widget=forms.HiddenInput),
    },
)
def restore_assessment_section(actor: Actor, row: Assessment, *, section: uuid.UUID, seq: int) -> Assessment:
    """Bring back the text of an earlier moment; what was written since stays in the history."""
    found = fields.section_of(row, section)
    with _said():
        row.seq = section_texts.restore(found.pk, seq, actor.user_id, actor.desk_id)
    row.made = found
    return row


@action(
    "jta_section.remove",
    model=Assessment,
    label=_("Remove a section"),
    done=_("Removed a section"),
    policy=policy.may_lead,
    starts={S.TERMS_AGREED, S.CALL_OPEN, S.DRAFTING, S.COORDINATION},
    ends={S.TERMS_AGREED, S.CALL_OPEN, S.DRAFTING, S.COORDINATION},
    takes={"section": fields.key_field(pgettext_lazy("field, assessments", "Section"))},
)
def remove_assessment_section(actor: Actor, row: Assessment, *, section: uuid.UUID) -> Assessment:
    """Take a section out of the assessment; its text is kept."""
    found = fields.section_of(row, section)
    found.removed_at = timezone.now()
    found.save(update_fields=["removed_at"])
    rights.changed(row.pk)
    return row
