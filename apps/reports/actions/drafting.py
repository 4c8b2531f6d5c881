"""A report begins, is compiled from the record, and is compiled again when the record knows more."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.access.queries import visible_or_404
from apps.access.references import next_in
from apps.access.sharing import share
from apps.council.actions.drafting import DayField
from apps.council.choices import MeetingChoice, StateChoice
from apps.council.models import Meeting
from apps.people.queries import desk_ids
from apps.reports import policy
from apps.reports.actions.writing import write_draft
from apps.reports.models import Fact, Report
from apps.reports.queries import compiling, moments
from apps.reports.queries.moments import FIRST_DAY, end_of

S = Report.State
CLOCK = "IMPACS.automation"
ANY_MEETING = tuple(state for state in Meeting.State.values if state != Meeting.State.CANCELLED)


def _days(*, required: bool) -> dict[str, forms.Field]:
    known = _("What was recorded later is left out. That day itself, unless you say otherwise.")
    return {
        "as_of": DayField(label=_("As of"), required=required, help_text=_("the day that the report describes")),
        "known_at": DayField(label=_("As known on"), required=False, help_text=known),
    }


@action(
    "report.create",
    model=Report,
    label=_("Begin a report"),
    policy=policy.may_write,
    ends=S.DRAFT,
    takes={
        "kind": forms.ChoiceField(label=_("Kind"), choices=Report.Kind.choices),
        **_days(required=True),
        "party": StateChoice(label=_("State"), required=False, help_text=_("whose scorecard it is")),
        "meeting": MeetingChoice(
            label=_("Meeting"), required=False, states=ANY_MEETING, help_text=_("that the brief is for")
        ),
        "title": forms.CharField(
            label=_("Title"), required=False, max_length=200, help_text=_("the usual one if empty")
        ),
        "addressee": forms.CharField(label=_("Addressee"), required=False, max_length=200),
        "covers": forms.CharField(label=_("Covers"), required=False, max_length=60, help_text=_("2006 and 2007")),
    },
)
def create(
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
    template = compiling.template_on(kind, timezone.now().date())
    if template is None:
        raise ValidationError({"kind": _now("There is no template for this kind of report.")})
    content = compiling.read(template)
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
        raise ValidationError({"as_of": _now("This day is still to come. Write today or an earlier day.")})
    if as_of < FIRST_DAY:
        raise ValidationError({"as_of": _now("The Community began on 1 August 1973. Write a later day.")})
    if known_at is not None and known_at > now.date():
        raise ValidationError({"known_at": _now("Nobody knows yet what will be known then. Write today or earlier.")})
    return end_of(known_at or as_of, now)


def _subject(actor: Actor, kind: str, party: str, meeting: str) -> dict[str, Any]:
    if kind == Report.Kind.SCORECARD:
        if not party:
            raise ValidationError({"party": _now("Choose the State whose scorecard it is.")})
        return {"party_id": party}
    if kind == Report.Kind.BRIEF:
        if not meeting:
            raise ValidationError({"meeting": _now("Choose the meeting that the brief is for.")})
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
    label=_("Compile"),
    policy=policy.may_write,
    starts={S.DRAFT, S.RETURNED},
    ends=S.COMPILED,
)
def compile_draft(actor: Actor, report: Report) -> Report:
    """Resolve every sentence from the record; what cannot be resolved is a visible gap."""
    write_draft(actor, report)
    return report


@action(
    "report.refresh",
    model=Report,
    label=_("Look for moved figures"),
    policy=policy.may_write,
    starts={S.COMPILED},
    ends=S.COMPILED,
    takes=_days(required=False),
)
def refresh(
    actor: Actor, report: Report, *, as_of: datetime.date | None = None, known_at: datetime.date | None = None
) -> Report:
    """Compile the next draft from what is known now, or by a later day; figures that moved wait to be accepted."""
    report.as_of = as_of or report.as_of
    report.known_at = known_moment(report.as_of, known_at or timezone.now().date())
    write_draft(actor, report)
    return report
