"""Papers from the draft to the text in the delegations' hands: writing, clearing, issuing."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.grants import groups_that_see, share, unshare
from apps.access.models import Level
from apps.access.references import next_in
from apps.council.models import AgendaItem, Clearance, Meeting, Paper, PaperVersion
from apps.council.papers import policy
from apps.council.papers.actions import fields
from apps.council.papers.queries import papers as queries
from apps.council.policy import is_clock, may_change_own, may_keep, may_propose
from apps.council.queries import audience
from apps.council.queries.membership import day_of
from apps.files.actions import attach
from apps.files.rules.intake import Stored
from apps.people.queries import desk_ids

P, C = Paper.State, Clearance.Answer
SERIES = {Meeting.Kind.SPECIAL: "S", Meeting.Kind.INTER_SESSIONAL: "I", Meeting.Kind.JOINT: "J"}
"""Letters of the kinds of meeting that are numbered on their own, as in decisions (rules.numbers)."""
NO_MEETING = "GEN"


@action(
    "paper.draft",
    model=Paper,
    label=_("Write a paper"),
    done=_("Began a paper"),
    policy=may_propose,
    ends=P.DRAFT,
    takes={
        "title": forms.CharField(label=pgettext_lazy("field, council", "Title"), max_length=200),
        "organ": fields.Organs(label=pgettext_lazy("field, council", "Organ"), required=False),
        "meeting": fields.Meetings(label=pgettext_lazy("field, council", "Meeting"), required=False),
        "item": fields.Items(label=pgettext_lazy("field, council", "Agenda item"), required=False),
        "language": forms.ChoiceField(label=_("Language of the original"), choices=fields.LANGUAGES, initial="en"),
        "body": fields.body_field(),
        "level": forms.TypedChoiceField(
            label=pgettext_lazy("field, council", "Classification"),
            choices=fields.LEVELS,
            coerce=int,
            empty_value=None,
            required=False,
            initial=1,
        ),
        "caveat": forms.CharField(
            label=pgettext_lazy("field, council", "Handling caveat"),
            max_length=80,
            required=False,
            help_text=_("In addition to the classification, for example: not for citation"),
        ),
        "embargo_until": forms.DateTimeField(
            label=_("Embargo until (UTC)"),
            required=False,
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=fields.DAY_TIME),
            help_text=_("Until then only your desk, the clearing desks and the Secretariat see the paper"),
            error_messages={"invalid": _("Enter day and time in UTC, for example 2008-02-12T18:00.")},
        ),
        "wants_receipt": forms.BooleanField(
            label=_("Show me which States have opened it"), required=False, initial=True
        ),
        "file": fields.file_field(),
    },
)
def draft_paper(
    actor: Actor,
    _row: None,
    *,
    title: str,
    language: str,
    organ: str = "",
    meeting: str = "",
    item: str = "",
    body: str = "",
    level: int | None = None,
    caveat: str = "",
    embargo_until: datetime.datetime | None = None,
    wants_receipt: bool = True,
    file: Stored | None = None,
) -> Paper:
    """Begin a paper. Your desk alone sees it until it is handed in."""
    where = fields.placed(actor, organ, meeting, item)
    level = Level.OFFICIAL if level is None else level
    if level > actor.clearance:
        raise ValidationError({"level": _now("You could not read this paper yourself. Choose a lower classification.")})
    if embargo_until is not None and embargo_until <= timezone.now():
        raise ValidationError({"embargo_until": _now("This time is past. Enter a later one, or leave it empty.")})
    paper = Paper.objects.create(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        level=level,
        organ=where[0],
        meeting=where[1],
        item=where[2],
        title=title,
        language=language,
        words=fields.one_line(body),
        caveat=caveat,
        embargo_until=embargo_until,
        wants_receipt=wants_receipt,
    )
    share(actor, paper, [actor.desk_id])
    if file is not None:
        attach(actor, paper, file)
    keep_text(actor, paper)
    return paper


def keep_text(actor: Actor, paper: Paper, note: str = "") -> None:
    """Keep the paper's text, and which files belong to it, as the version that it is at."""
    PaperVersion.objects.create(
        paper=paper,
        number=paper.current,
        body=paper.words,
        sha256=fields.digest(paper.words, [row.blob.sha256 for row in queries.files(paper)]),
        note=note,
        seat_id=actor.seat_id,
    )


@action(
    "paper.revise",
    model=Paper,
    label=pgettext_lazy("button, council", "Revise"),
    done=_("Wrote a new version of a paper"),
    policy=policy.may_write,
    starts={P.DRAFT, P.RETURNED},
    ends=P.DRAFT,
    takes={
        "title": forms.CharField(label=pgettext_lazy("field, council", "Title"), max_length=200),
        "body": fields.body_field(required=True),
        "note": fields.note_field(pgettext_lazy("field, council", "What changed")),
        "file": fields.file_field(),
    },
)
def revise_paper(
    actor: Actor, paper: Paper, *, title: str, body: str, note: str = "", file: Stored | None = None
) -> Paper:
    """Write a new version; the earlier ones are kept for comparison, and a file of the same name is replaced."""
    paper.title = title
    if file is not None:
        same = next((row for row in queries.files(paper) if row.name == file.name), None)
        attach(actor, paper, file, supersedes=same)
    if file is not None or fields.one_line(body) != paper.words:
        paper.words, paper.current = fields.one_line(body), paper.current + 1
        keep_text(actor, paper, note)
    return paper


@action(
    "paper.submit",
    model=Paper,
    label=pgettext_lazy("button, council", "Submit"),
    done=_("Handed a paper in"),
    policy=policy.may_write,
    starts={P.DRAFT, P.RETURNED},
    ends=P.SUBMITTED,
)
def submit_paper(actor: Actor, paper: Paper) -> Paper:
    """Give the paper to the Secretariat. It gets its number, and this text stays as it is."""
    if not paper.words.strip():
        raise ValidationError({"body": _now("The paper has no text yet. Revise it first, then submit it.")})
    paper.number = paper.number or _number(paper)
    paper.reason = ""
    share(actor, paper, audience.keepers(), basis="submission")
    return paper


def _number(paper: Paper) -> str:
    """ORGAN/YEAR/MEETING/NN; GEN where there is no meeting. Portal rule, to be confirmed by the organ."""
    meeting = paper.meeting
    day = timezone.now().date() if meeting is None else day_of(meeting.starts_at, meeting.time_zone)
    called = NO_MEETING if meeting is None else f"{SERIES.get(Meeting.Kind(meeting.kind), '')}{meeting.number}"
    series = f"{paper.organ_id}/{day.year}/{called}"
    return f"{series}/{next_in(f'paper:{series}'):02d}"


@action(
    "paper.start_clearance",
    model=Paper,
    label=pgettext_lazy("button, council", "Request clearance"),
    done=_("Asked desks to clear a paper"),
    policy=may_keep,
    starts={P.SUBMITTED},
    ends=P.IN_CLEARANCE,
    takes={
        subject: fields.Clearers(label=label, required=False, help_text=_("Desk that clears this aspect"))
        for subject, label in fields.SUBJECTS
    },
)
def start_paper_clearance(actor: Actor, paper: Paper, **asked: str) -> Paper:
    """Ask desks to clear the paper; it is issued when all of them have."""
    wanted = {subject: code for subject, code in asked.items() if code}
    if not wanted:
        raise ValidationError({"legal": _now("Choose at least one desk to clear the paper.")})
    can_open = dict(queries.desk_choices(actor))
    ids = {}
    for subject, code in wanted.items():
        found = desk_ids(code) if code in can_open else []
        if not found:
            raise ValidationError({subject: _now("The desk %(code)s cannot open papers.") % {"code": code}})
        ids[subject] = found[0]
    # answers of an earlier round were about another text
    Clearance.objects.filter(paper=paper).delete()
    Clearance.objects.bulk_create(Clearance(paper=paper, desk_id=desk, subject=name) for name, desk in ids.items())
    share(actor, paper, ids.values(), basis="clearance")
    paper.asked = sorted(set(ids.values()))
    return paper


@action(
    "paper.clear",
    model=Paper,
    label=pgettext_lazy("button, council", "Clear"),
    done=_("Cleared a paper for issue"),
    policy=policy.may_clear,
    starts={P.IN_CLEARANCE},
    ends=P.IN_CLEARANCE,
    takes={
        "subject": forms.ChoiceField(
            label=pgettext_lazy("field, council", "For"),
            required=False,
            choices=[("", _("Everything you were asked to clear")), *fields.SUBJECTS],
        ),
        "note": fields.note_field(pgettext_lazy("field, council", "Remark")),
    },
)
def clear_paper(actor: Actor, paper: Paper, *, subject: str = "", note: str = "") -> Paper:
    """Say that nothing stands against issuing this text."""
    waiting = Clearance.objects.filter(paper=paper, desk=actor.desk_id, answer=C.WAITING)
    mine = waiting.filter(subject=subject) if subject else waiting
    if not mine.update(answer=C.GIVEN, note=note, at=timezone.now()):
        names = ", ".join(waiting.values_list("subject", flat=True))
        raise ValidationError({"subject": _now("Your desk was asked to clear: %(subjects)s.") % {"subjects": names}})
    paper.asked = sorted(set(Clearance.objects.filter(paper=paper, answer=C.WAITING).values_list("desk_id", flat=True)))
    return paper


@action(
    "paper.return",
    model=Paper,
    label=pgettext_lazy("button, council", "Return"),
    done=_("Returned a paper to its author"),
    policy=policy.may_clear,
    starts={P.IN_CLEARANCE},
    ends=P.RETURNED,
    takes={"reason": fields.note_field(_("What must change"), required=True)},
)
def return_paper(actor: Actor, paper: Paper, *, reason: str) -> Paper:
    """Send the paper back to its author, who writes a new version and hands it in again."""
    waiting = Clearance.objects.filter(paper=paper, desk=actor.desk_id, answer=C.WAITING)
    waiting.update(answer=C.REFUSED, note=reason, at=timezone.now())
    paper.reason, paper.asked = reason, []
    return paper


@action(
    "paper.issue",
    model=Paper,
    label=pgettext_lazy("button, council", "Issue"),
    done=_("Issued a paper"),
    policy=may_keep,
    starts={P.IN_CLEARANCE},
    ends=P.ISSUED,
    takes={
        "financial_missing": forms.BooleanField(
            label=_("Issue without the financial statement"),
            required=False,
            help_text=_("The paper will say so: Revised Treaty, Article 27(5)"),
        )
    },
)
def issue_paper(actor: Actor, paper: Paper, *, financial_missing: bool = False) -> Paper:
    """Give the cleared text to the delegations: at once, or when its embargo ends."""
    _ask_for_clearances(paper)
    silent = queries.without_financial(actor, paper.item_id) if _to_decide(paper.item) else []
    if silent and not financial_missing:
        raise ValidationError(
            {
                "financial_missing": _now(
                    "%(decisions)s has no financial statement (Article 27(5)). Add it, or tick the box to go on."
                )
                % {"decisions": ", ".join(silent)}
            }
        )
    paper.issued_at = timezone.now()
    paper.late = _is_late(paper.meeting, paper.issued_at)
    if paper.embargo_until is None or paper.embargo_until <= paper.issued_at:
        hand_out(actor, paper)
    return paper


def _ask_for_clearances(paper: Paper) -> None:
    open_rows = Clearance.objects.filter(paper=paper).exclude(answer=C.GIVEN).select_related("desk")
    names = ", ".join(f"{row.subject} ({row.desk.code})" for row in open_rows.order_by("subject"))
    if names:
        raise ValidationError(
            _now("Not cleared yet: %(names)s. A paper can be issued once every desk asked has cleared it.")
            % {"names": names}
        )


def _to_decide(item: AgendaItem | None) -> bool:
    return item is not None and item.kind == AgendaItem.Kind.DECISION


def _is_late(meeting: Meeting | None, at: datetime.datetime) -> bool:
    """Whether the meeting's deadline for papers was over, by the calendar of its place."""
    if meeting is None or meeting.papers_deadline is None:
        return False
    return day_of(at, meeting.time_zone) > meeting.papers_deadline


def hand_out(actor: Actor, paper: Paper) -> None:
    """Let the delegations see the paper from now on: those of Member States alone for a restricted item."""
    share(actor, paper, queries.delegations(paper, timezone.now().date()), basis="issue")
    paper.shared_at = timezone.now()
    emit("paper.issued", paper)


@action(
    "paper.lift_embargo",
    model=Paper,
    label=_("End the embargo"),
    done=_("Issued a paper at the end of its embargo"),
    policy=is_clock,
    starts={P.ISSUED},
    ends=P.ISSUED,
    automatic=True,
)
def lift_paper_embargo(actor: Actor, paper: Paper) -> Paper:
    """Give the paper to the delegations at the end of its embargo."""
    if paper.shared_at is None and paper.embargo_until is not None and paper.embargo_until <= timezone.now():
        hand_out(actor, paper)
    return paper


@action(
    "paper.share_anew",
    model=Paper,
    label=_("Update sharing after membership changes"),
    done=_("Changed who may read a paper"),
    policy=is_clock,
    starts={P.ISSUED},
    ends=P.ISSUED,
    automatic=True,
)
def renew_paper_shares(actor: Actor, paper: Paper) -> Paper:
    """Give a paper to States that have joined since its issue, and close it to those whom its item now leaves out."""
    missing, left_out = queries.steps(
        paper, set(groups_that_see(paper)), set(queries.delegations(paper, timezone.now().date()))
    )
    if missing:
        share(actor, paper, missing, basis="membership")
    if left_out:
        unshare(paper, left_out)
    return paper


@action(
    "paper.withdraw",
    model=Paper,
    label=pgettext_lazy("button, council", "Withdraw"),
    done=_("Withdrew a paper"),
    policy=may_change_own,
    starts={P.DRAFT, P.SUBMITTED, P.IN_CLEARANCE, P.ISSUED},
    ends=P.WITHDRAWN,
    takes={"reason": fields.note_field(pgettext_lazy("field, council", "Reason"), required=True)},
    danger=True,
)
def withdraw_paper(actor: Actor, paper: Paper, *, reason: str) -> Paper:
    """Take the paper back; those who had it still see it, with the reason."""
    paper.reason, paper.asked = reason, []
    return paper


@action(
    "paper.miss",
    model=AgendaItem,
    label=_("Request the paper"),
    done=_("Reminded of a paper that is due"),
    policy=is_clock,
    starts=AgendaItem.OPEN,
    ends=AgendaItem.OPEN,
    automatic=True,
)
def mark_paper_missing(actor: Actor, item: AgendaItem) -> AgendaItem:
    """Remind of an item to decide whose paper is due and not there."""
    emit("paper.missing", item)
    return item
