"""A report begins, is compiled from the record, and is compiled again when the record knows more."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.grants import share
from apps.access.queries import visible_or_404
from apps.access.references import next_in
from apps.council.actions.decision_fields import DayField
from apps.council.models import Meeting
from apps.council.queries.choices import MeetingChoice, StateChoice
from apps.people.queries import desk_ids
from apps.reports import policy
from apps.reports.actions.computed_sentences import write_draft
from apps.reports.models import Fact, Report
from apps.reports.queries import compilation, moments
from apps.reports.queries.moments import FIRST_DAY, end_of

S = Report.State
CLOCK = "IMPACS.automation"
ANY_MEETING = tuple(state for state in Meeting.State.values if state != Meeting.State.CANCELLED)


def _days(*, required: bool) -> dict[str, forms.Field]:
    known = _("What was recorded later is left out. Leave empty for the day itself.")
    return {
        "as_of": DayField(
            label=pgettext_lazy("field, reports", "As of"),
            required=required,
            help_text=_("the day that the report describes"),
        ),
        "known_at": DayField(label=_("As known on"), required=False, help_text=known),
    }


@action(
    "report.create",
    model=Report,
    label=_("Start a report"),
    done=_("Began a report to the OAS"),
    policy=policy.may_write,
    ends=S.DRAFT,
    takes={
        "kind": forms.ChoiceField(label=pgettext_lazy("field, reports", "Kind"), choices=Report.Kind.choices),
        **_days(required=True),
        "party": StateChoice(
            label=pgettext_lazy("field, reports", "State"), required=False, help_text=_("the State of the scorecard")
        ),
        "meeting": MeetingChoice(
            label=pgettext_lazy("field, reports", "Meeting"),
            required=False,
            states=ANY_MEETING,
            help_text=_("the meeting the brief is for"),
        ),
        "title": forms.CharField(
            label=pgettext_lazy("field, reports", "Title"),
            required=False,
            max_length=200,
            help_text=_("leave empty for the usual title"),
        ),
        "addressee": forms.CharField(
            label=pgettext_lazy("field, reports", "Addressee"), required=False, max_length=200
        ),
        "covers": forms.CharField(
            label=pgettext_lazy("field, reports", "Period covered"),
            required=False,
            max_length=60,
            help_text=pgettext_lazy("field, reports", "for example 2006 and 2007"),
        ),
    },
)
def create_report(
    actor: Actor,
    _row: None,
    *,
    kind: str,
    as_of: datetime.date,
    known_at: datetime.date | None = None,
    party: str = "",
    meeting: str = "",
    title: str = "",
    addressee: str = "",
    covers: str = "",
) -> Report:
    """Begin a report as of a day; its sentences come with compiling."""
    subject = _subject(actor, kind, party, meeting)
    known = known_moment(as_of, known_at)
    template = compilation.template_on(kind, timezone.now().date())
    if template is None:
        raise ValidationError({"kind": _now("There is no template for this kind of report.")})
    content = compilation.read_record(template)
    report = Report.objects.create(
        kind=kind,
        template=template,
        reference=new_reference(content.prefix, as_of.year),
        title=title or _titled(content.title, subject),
        addressee=addressee or content.addressee,
        covers=covers,
        request=_request(actor, content.request, as_of, known),
        as_of=as_of,
        known_at=known,
        level=content.max_level,
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        changed_by_seat_id=actor.seat_id,
        **subject,
    )
    share(actor, report, [actor.desk_id, *desk_ids(CLOCK)], basis=report.reference)
    return report


def known_moment(as_of: datetime.date, known_at: datetime.date | None) -> datetime.datetime:
    """The moment of knowledge for the days given; ValidationError for days that nobody can report on."""
    now = timezone.now()
    if as_of > now.date():
        raise ValidationError({"as_of": _now("This date is in the future. Enter today or earlier.")})
    if as_of < FIRST_DAY:
        raise ValidationError({"as_of": _now("The Community began on 1 August 1973. Enter a later date.")})
    if known_at is not None and known_at > now.date():
        raise ValidationError({"known_at": _now("This date is in the future. Enter today or earlier.")})
    return end_of(known_at or as_of, now)


def _subject(actor: Actor, kind: str, party: str, meeting: str) -> dict[str, Any]:
    if kind == Report.Kind.SCORECARD:
        if not party:
            raise ValidationError({"party": _now("Choose the State of the scorecard.")})
        return {"party_id": party}
    if kind == Report.Kind.BRIEF:
        if not meeting:
            raise ValidationError({"meeting": _now("Choose the meeting of the brief.")})
        return {"meeting": visible_or_404(Meeting, actor, meeting)}
    if party or meeting:
        wrong = _now("Leave this empty: this kind of report is about neither a State nor a meeting.")
        raise ValidationError({"party" if party else "meeting": wrong})
    return {}


def _titled(title: str, subject: dict[str, Any]) -> str:
    if "meeting" in subject:
        return f"{title}: {subject['meeting']}"[:200]
    return f"{title}: {subject['party_id']}" if subject else title


def new_reference(prefix: str, year: int) -> str:
    series = f"{prefix}/{year}"
    return f"{series}/{next_in(series):02}"


def _request(actor: Actor, of: str, as_of: datetime.date, known: datetime.datetime) -> Fact | None:
    """The request that the report answers: the latest of its addressee that had come in."""
    if not of:
        return None
    rows = moments.known(Fact.objects.visible_to(actor), known).filter(code=f"request.{of}", valid_from__lte=as_of)
    return rows.order_by("-valid_from").first()


@action(
    "report.compile",
    model=Report,
    label=pgettext_lazy("button, reports", "Compile"),
    done=_("Compiled a report to the OAS"),
    policy=policy.may_write,
    starts={S.DRAFT, S.RETURNED},
    ends=S.COMPILED,
)
def compile_report(actor: Actor, report: Report) -> Report:
    """Resolve every sentence from the record; what cannot be resolved is a visible gap."""
    write_draft(actor, report)
    return report


@action(
    "report.refresh",
    model=Report,
    label=_("Check for changed figures"),
    done=_("Compiled a report to the OAS again"),
    policy=policy.may_write,
    starts={S.COMPILED},
    ends=S.COMPILED,
    takes=_days(required=False),
)
def refresh_report(
    actor: Actor, report: Report, *, as_of: datetime.date | None = None, known_at: datetime.date | None = None
) -> Report:
    """Compile the next draft from what is known now, or by a later day; figures that moved wait to be accepted."""
    report.as_of = as_of or report.as_of
    report.known_at = known_moment(report.as_of, known_at or timezone.now().date())
    write_draft(actor, report)
    return report
