"""The minutes: made from the records, corrected by the States, agreed and sealed by the chair."""

import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.refusal import Refused
from apps.council import policy
from apps.council.models import Delegation, Meeting, MinutesCorrection
from apps.council.queries import membership, minutes
from apps.council.refusals import Refusals
from apps.council.rules import schedule, seals

M = Meeting.State
D = MinutesCorrection.Disposition


@action(
    "meeting.draft_minutes",
    model=Meeting,
    label=_("Draft the minutes"),
    done=_("Drafted the minutes"),
    policy=policy.may_keep,
    starts={M.CLOSED},
    ends=M.MINUTES_DRAFT,
    takes={
        "days": forms.IntegerField(
            label=_("Days for corrections"),
            required=False,
            min_value=0,
            max_value=180,
            initial=14,
            help_text=_(
                "Calendar days from today; States can correct until the end of the last day at the meeting place"
            ),
        )
    },
)
def draft_minutes(actor: Actor, meeting: Meeting, *, days: int | None = None) -> Meeting:
    """Write the minutes from sittings, attendance, items and decisions, and let the States correct them."""
    today = membership.day_of(timezone.now(), meeting.time_zone)
    last = today + datetime.timedelta(days=14 if days is None else days)
    meeting.minutes = minutes.drafted(meeting)
    meeting.minutes_hash = _hash(meeting)
    meeting.corrections_until = schedule.end_of_day(last, meeting.time_zone)
    emit("meeting.minutes_drafted", meeting)
    return meeting


def _hash(meeting: Meeting) -> str:
    """SHA-256 of what the minutes say and of which meeting they are."""
    return seals.fingerprint(
        {"organ": meeting.organ_id, "kind": meeting.kind, "number": meeting.number, "minutes": meeting.minutes}
    )


def _place(meeting: Meeting, paragraph: str) -> re.Match[str] | None:
    return re.search(rf"^{int(paragraph)}\. (.*)$", meeting.minutes, re.MULTILINE)


@action(
    "meeting.correct_minutes",
    model=Meeting,
    label=_("Correct the minutes"),
    done=_("Asked for a correction of the minutes"),
    policy=policy.may_speak_for_state,
    starts={M.MINUTES_DRAFT},
    ends=M.MINUTES_DRAFT,
    takes={
        "paragraph": forms.RegexField(
            r"^[1-9][0-9]{0,3}$",
            label=pgettext_lazy("field, council", "Paragraph"),
            help_text=_("Number of the second document"),
        ),
        "text": forms.CharField(
            label=_("What it should say"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
        ),
    },
)
def correct_minutes(actor: Actor, meeting: Meeting, *, paragraph: str, text: str) -> Meeting:
    """Ask for other words in a paragraph; they are taken over, or annexed to the minutes."""
    if not Delegation.objects.filter(meeting=meeting, party_id=actor.party_code).exists():
        raise Refused(Refusals.NOT_INVITED)
    if meeting.corrections_until is None or timezone.now() >= meeting.corrections_until:
        raise Refused(Refusals.CORRECTIONS_OVER)
    if _place(meeting, paragraph) is None:
        raise ValidationError({"paragraph": _now("The minutes have no paragraph with this number.")})
    MinutesCorrection.objects.create(meeting=meeting, party_id=actor.party_code, paragraph=paragraph, text=text)
    emit("meeting.minutes_corrected", meeting, {"party": actor.party_code})
    return meeting


class CorrectionChoice(forms.ChoiceField):
    """A correction of the minutes that waits, by its id."""

    def scope(self, actor: Actor | None, row: Meeting | None) -> None:
        """The open corrections of the meeting in the order of their arrival."""
        rows = MinutesCorrection.objects.visible_to(actor).filter(meeting=row, disposition=D.OPEN).order_by("at")
        self.choices = [(str(one.pk), f"{one.party_id}, {one.paragraph}: {one.text[:80]}") for one in rows]


@action(
    "meeting.settle_correction",
    model=Meeting,
    label=_("Decide on a correction"),
    done=_("Settled a correction of the minutes"),
    policy=policy.may_keep,
    starts={M.MINUTES_DRAFT},
    ends=M.MINUTES_DRAFT,
    takes={
        "correction": CorrectionChoice(label=pgettext_lazy("field, council", "Correction")),
        "disposition": forms.ChoiceField(
            label=pgettext_lazy("field, council", "Result"),
            widget=forms.RadioSelect,
            choices=[(D.ACCEPTED, _("Correct the paragraph")), (D.ANNEXED, _("Annex the correction"))],
        ),
    },
)
def settle_correction(actor: Actor, meeting: Meeting, *, correction: str, disposition: str) -> Meeting:
    """Take a correction over into its paragraph, or annex it under the State's name."""
    row = MinutesCorrection.objects.get(pk=correction, meeting=meeting)
    place = _place(meeting, row.paragraph)
    if disposition == D.ACCEPTED and place is not None:
        text = " ".join(row.text.split())
        meeting.minutes = meeting.minutes[: place.start(1)] + text + meeting.minutes[place.end(1) :]
        meeting.minutes_hash = _hash(meeting)
    row.disposition = disposition
    row.save(update_fields=["disposition"])
    return meeting


@action(
    "meeting.agree_minutes",
    model=Meeting,
    label=_("Agree the minutes"),
    done=_("Agreed and sealed the minutes"),
    policy=policy.may_preside,
    starts={M.MINUTES_DRAFT},
    ends=M.MINUTES_AGREED,
)
def agree_minutes(actor: Actor, meeting: Meeting) -> Meeting:
    """Seal the minutes once the time for corrections is over and none waits; annexed ones stand at their end."""
    if meeting.corrections_until is not None and timezone.now() < meeting.corrections_until:
        raise Refused(Refusals.CORRECTIONS_RUNNING)
    if MinutesCorrection.objects.filter(meeting=meeting, disposition=D.OPEN).exists():
        raise Refused(Refusals.CORRECTIONS_OPEN)
    meeting.minutes += minutes.annexed(meeting)
    meeting.minutes_hash = _hash(meeting)
    emit("meeting.minutes_agreed", meeting)
    return meeting
