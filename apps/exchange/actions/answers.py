"""What a desk does that is asked: accept, refuse, ask back, ask for time, pass on inside its State, answer."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, change_also, emit
from apps.access.refusal import Refused
from apps.access.violations import BrokenRules
from apps.exchange import policy
from apps.exchange.actions import fields, request_checks
from apps.exchange.actions.event_facts import of_request
from apps.exchange.actions.fields import LONGEST_TEXT, Plain, text_part
from apps.exchange.actions.requests import ask, settled
from apps.exchange.models import Addressee, Answer, AnswerDraft, Message, Question, Request
from apps.exchange.queries import vocabulary
from apps.exchange.refusals import Refusals
from apps.exchange.rules.lines import Line, line_of
from apps.files.actions import attach
from apps.files.forms import UploadField
from apps.files.rules.intake import Stored
from apps.people.models import Desk

R, A = Request.State, Addressee.State


def heard(part: Addressee, verb: str) -> Request:
    """Let the request know of what became of a part: it begins, it is answered when no part is open any more."""
    request: Request = part.request
    before = request.state
    if request.state == R.SENT and part.state in {A.ACCEPTED, A.PARTIAL, A.ANSWERED}:
        request.state = R.IN_PROGRESS
    if part.state not in Addressee.LIVE:
        # the part itself is saved after this
        Addressee.objects.filter(pk=part.pk).update(state=part.state)
        settled(request)
    change_also(f"rfi.{verb}", request, "state", "answered_at", before=before)
    return request


@action(
    "rfi_addressee.accept",
    model=Addressee,
    label=pgettext_lazy("button, exchange", "Accept"),
    done=_("Accepted to answer a request"),
    policy=policy.may_answer,
    starts={A.RECEIVED},
    ends=A.ACCEPTED,
)
def accept_rfi(actor: Actor, part: Addressee) -> Addressee:
    """Say that your desk will answer by the moment asked for."""
    part.state, part.accepted_at = A.ACCEPTED, timezone.now()
    request = heard(part, "hear_accept")
    emit("exchange.accepted", request, of_request(request, [part.asker_id], step=str(part.pk)))
    return part


@action(
    "rfi_addressee.refuse",
    model=Addressee,
    label=pgettext_lazy("button, exchange", "Refuse"),
    done=_("Refused to answer a request"),
    policy=policy.may_refuse,
    starts=Addressee.LIVE,
    ends=A.REFUSED,
    takes={
        "reason": fields.Terms(
            "refusal",
            label=pgettext_lazy("field, exchange", "Reason"),
            help_text=_("the requesting desk sees only this; no reason shows whether anything is held"),
        )
    },
    danger=True,
)
def refuse_rfi(actor: Actor, part: Addressee, *, reason: str) -> Addressee:
    """Say that your desk does not answer, with a reason of the list."""
    part.state, part.reason, part.done_at, part.remind_at = A.REFUSED, reason, timezone.now(), None
    request = heard(part, "hear_refuse")
    emit("exchange.refused", request, of_request(request, [part.asker_id], step=str(part.pk)))
    return part


class OwnDesk(forms.ChoiceField):
    """A desk of the actor's own party that works on the line."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Offer the other desks of the State that may hold it."""
        functions = fields.line_for(row).functions
        rows = Desk.objects.filter(party_id=actor.party_code if actor else "", active=True, function_id__in=functions)
        rows = rows.filter(function__max_level__gte=getattr(row, "level", 0)).exclude(pk=actor.desk_id if actor else 0)
        self.choices = [(d.code, f"{d.code}: {d.function.name}") for d in rows.select_related("function")]


@action(
    "rfi_addressee.transfer",
    model=Addressee,
    label=_("Transfer to another desk"),
    done=_("Passed a request to another desk"),
    policy=policy.may_transfer,
    starts={A.RECEIVED},
    ends=A.TRANSFERRED,
    takes={"to": OwnDesk(label=_("Desk of your State"))},
)
def transfer_rfi(actor: Actor, part: Addressee, *, to: str) -> Addressee:
    """Let another desk of your State answer, by the same moment."""
    desk = Desk.objects.get(code=to)
    part.state, part.done_at, part.remind_at = A.TRANSFERRED, timezone.now(), None
    # a desk that was asked itself has it already; that is not told
    there = Addressee.objects.filter(request=part.request_id, owner=desk, state__in=sorted(Addressee.LIVE))
    if not there.exists():
        asked = list(Question.objects.filter(addressee=part).order_by("n").values_list("text", flat=True))
        ask(actor, part.request, part.variant, desk.pk, asked, due=part.due_at, others=part.others)
    heard(part, "hear_transfer")
    return part


@action(
    "rfi_addressee.ask_back",
    model=Addressee,
    label=pgettext_lazy("button, exchange", "Ask for clarification"),
    done=_("Asked the asking desk a question"),
    policy=policy.may_answer,
    starts=Addressee.LIVE,
    ends=Addressee.LIVE,
    takes={
        "text": fields.words_field(_("Question to the requesting desk"), 2000),
        "n": forms.IntegerField(label=_("About question number"), required=False, min_value=1),
    },
)
def ask_rfi_question(actor: Actor, part: Addressee, *, text: str, n: int | None = None) -> Addressee:
    """Ask the asking desk something; nobody else who is asked reads it."""
    question = None
    if n is not None:
        question = Question.objects.filter(addressee=part, n=n).first()
        if question is None:
            raise ValidationError({"n": _now("No question has this number.")})
    said = Message.objects.create(
        addressee=part, question=question, from_asker=False, text=text, at=timezone.now(), by_seat_id=actor.seat_id
    )
    request = heard(part, "hear_question")
    emit("exchange.asked_back", request, of_request(request, [part.asker_id], step=str(said.pk)))
    return part


@action(
    "rfi_addressee.ask_extension",
    model=Addressee,
    label=_("Ask for more time"),
    done=_("Asked for more time to answer"),
    policy=policy.may_answer,
    starts={A.ACCEPTED, A.PARTIAL, A.OVERDUE},
    ends={A.ACCEPTED, A.PARTIAL, A.OVERDUE},
    takes={
        "due": fields.moment_field(_("New deadline (UTC)"), required=True),
        "reason": fields.words_field(pgettext_lazy("field, exchange", "Reason"), required=False),
    },
)
def ask_rfi_extension(actor: Actor, part: Addressee, *, due: datetime.datetime, reason: str = "") -> Addressee:
    """Ask the asking desk for a later moment; the present one holds until it agrees."""
    if due <= part.due_at or due <= timezone.now():
        raise ValidationError({"due": _now("Enter a time later than the current deadline.")})
    part.extension_due, part.extension_reason = due, reason
    request = heard(part, "hear_extension")
    emit("exchange.extension_asked", request, of_request(request, [part.asker_id], step=f"{part.pk}:{due.isoformat()}"))
    return part


ANSWER_PARTS = ("n", "kind", "text", "report", "scheme", "grade")


def answer_fields() -> dict[str, forms.Field]:
    """What an answer consists of."""
    return {
        "answers": fields.Rows(
            ANSWER_PARTS, bare=("n", "scheme"), label=pgettext_lazy("field, exchange", "Answers"), required=False
        ),
        "classification": fields.Classification(label=_("Classification of the answer"), required=False),
        "tlp": fields.Label(label=_("TLP of the answer"), required=False),
        "orcon": forms.BooleanField(label=_("ORCON: forwarded only with our consent"), required=False),
    }


@action(
    "rfi_addressee.answer",
    model=Addressee,
    label=pgettext_lazy("button, exchange", "Answer"),
    done=_("Answered a request for information"),
    policy=policy.may_answer,
    starts=Addressee.LIVE,
    ends={A.PARTIAL, A.ANSWERED},
    takes={
        **answer_fields(),
        "file": UploadField(
            label=pgettext_lazy("field, exchange", "File"),
            required=False,
            help_text=_("goes with the first written answer and takes its marking"),
        ),
    },
    otherwise=Refusals.NOT_ASKED_ANY_MORE,
)
def answer_rfi(
    actor: Actor,
    part: Addressee,
    *,
    answers: Sequence[Plain] = (),
    classification: int | None = None,
    tlp: str = "",
    orcon: bool = False,
    file: Stored | None = None,
) -> Addressee:
    """Answer one question or several; the part is answered when every question has a final answer."""
    line, level, label = line_of(part.line), part.level if classification is None else classification, tlp or part.tlp
    request_checks.marked(actor, line, level, label, orcon, "classification")
    if not answers:
        raise ValidationError({"answers": _now("Answer at least one question.")})
    open_ones = _open_questions(part)
    now, made = timezone.now(), []
    for plain in answers:
        kind, text, named = _read(actor, line, part, plain, open_ones)
        scheme, grade = _graded(line, plain, kind)
        question = open_ones.pop(plain["n"])
        made.append(
            Answer(
                addressee=part,
                question=question,
                kind=kind,
                text=text,
                report=named.key if named else None,
                scheme=scheme,
                grade=grade,
                level=max(level, named.level) if named else level,
                tlp=label,
                orcon=orcon or bool(named and named.orcon),
                at=now,
                by_seat_id=actor.seat_id,
            )
        )
        if not vocabulary.detail("kind", kind)["final"]:
            open_ones[question.n] = question
    _receivable(line, part, max(one.level for one in made), actor.party_code)
    request_checks.not_passed_on(actor, "answers", [one.text for one in made], [part.asker.party_id])
    Answer.objects.bulk_create(made)
    if file is not None:
        _attach(actor, made, file)
    AnswerDraft.objects.filter(addressee=part).delete()
    part.accepted_at = part.accepted_at or now
    part.state = A.PARTIAL if open_ones else A.ANSWERED
    if part.state == A.ANSWERED:
        part.done_at, part.remind_at, part.extension_due = now, None, None
    request = heard(part, "hear_answer")
    emit("exchange.answered", request, of_request(request, [part.asker_id], step=str(made[0].pk)))
    return part


def _open_questions(part: Addressee) -> dict[Any, Question]:
    """Questions by number that have no final answer."""
    final = [code for code, term in vocabulary.terms("kind", vocabulary.today()).items() if term.extra["final"]]
    closed = Answer.objects.filter(addressee=part, kind__in=final).values("question")
    return {row.n: row for row in Question.objects.filter(addressee=part).exclude(pk__in=closed).order_by("n")}


def _read(actor: Actor, line: Line, part: Addressee, plain: Plain, open_ones: dict[Any, Question]) -> Any:
    """(kind, text, the report named or None) of a row of the input; errors at `answers`. It makes `n` a number."""
    n = plain.get("n")
    plain["n"] = int(n) if isinstance(n, str) and n.isdecimal() and len(n) < 5 else n
    if isinstance(plain["n"], bool) or not isinstance(plain["n"], int) or plain["n"] not in open_ones:
        raise ValidationError({"answers": _now("Question %(n)s is not open at this desk.") % {"n": str(n)[:20]}})
    kinds = vocabulary.terms("kind", vocabulary.today())
    kind = plain.get("kind")
    if not isinstance(kind, str) or kind not in kinds:
        raise ValidationError({"answers": _now("No kind of answer has this name.")})
    try:
        text, key = text_part(plain, "text", LONGEST_TEXT), text_part(plain, "report", 40)
    except ValidationError as wrong:
        raise ValidationError({"answers": wrong.messages}) from wrong
    if (text or key) and not kinds[kind].extra["text"]:
        raise ValidationError(
            {"answers": _now("This kind of answer has no text, so that it does not show whether anything is held.")}
        )
    named = line.named(actor, key, part.asker_id) if key else None
    if key and named is None:
        raise ValidationError(
            {
                "answers": _now(
                    "Name a report of your own State that the requesting desk has. Share the report with it first."
                )
            }
        )
    if kind in {"full", "partial"} and not (text or named):
        raise ValidationError({"answers": _now("Question %(n)s: write the answer, or name a report.") % {"n": n}})
    return kind, text, named


def _graded(line: Line, plain: Plain, kind: str) -> tuple[str, str]:
    """(scheme, grade) of a row of the input, empty without one; errors at `answers`."""
    try:
        grade, scheme = text_part(plain, "grade", 20), text_part(plain, "scheme", 20) or line.schemes()[0][0]
    except ValidationError as wrong:
        raise ValidationError({"answers": wrong.messages}) from wrong
    if not grade:
        return "", ""
    found = line.grade(scheme, grade)
    if found is None or not _worded(kind):
        said = _now("“%(grade)s” is not a grade of this scheme, or the answer has nothing to grade.")
        raise ValidationError({"answers": said % {"grade": grade}})
    return scheme, found


def _worded(kind: str) -> bool:
    return bool(vocabulary.detail("kind", kind)["text"])


def _attach(actor: Actor, made: Sequence[Answer], file: Stored) -> None:
    """Let the first answer in words have the file: who reads the answer gets it."""
    first = next((one for one in made if _worded(one.kind)), None)
    if first is None:
        raise ValidationError({"file": _now("A file must go with a written answer. Write at least one.")})
    attach(actor, first, file)


def _receivable(line: Line, part: Addressee, level: int, party: str) -> None:
    asker = Desk.objects.select_related("function", "party").get(pk=part.asker_id)
    faults = line.unfit([asker], level, party)
    if faults:
        raise BrokenRules("classification", [(one.rule, one.text) for one in faults])


@action(
    "rfi_draft.keep",
    model=AnswerDraft,
    label=pgettext_lazy("button, exchange", "Save draft"),
    done=_("Kept a draft of an answer"),
    policy=policy.may_draft,
    ends="kept",
    takes={
        **answer_fields(),
        "internal": forms.CharField(
            label=_("What you hold"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 8})
        ),
    },
)
def save_rfi_answer_draft(
    actor: Actor,
    _row: None,
    *,
    of: Addressee,
    answers: Sequence[Plain] = (),
    internal: str = "",
    classification: int | None = None,
    tlp: str = "",
    orcon: bool = False,
) -> AnswerDraft:
    """Keep an answer as far as it is typed, for your desk alone; also when nobody asks any more."""
    part = Addressee.objects.visible_to(actor).filter(pk=of.pk, owner_id=actor.desk_id).first()
    if part is None:
        raise Refused("not-visible")
    level = part.level if classification is None else classification
    if level > actor.clearance:
        raise ValidationError({"classification": _now("This is marked above your clearance.")})
    kept = [{name: str(value)[:LONGEST_TEXT] for name, value in row.items()} for row in answers]
    row, _new = AnswerDraft.objects.update_or_create(
        addressee=part,
        defaults={
            "answers": kept,
            "internal": internal,
            "level": level,
            "tlp": tlp,
            "orcon": orcon,
            "saved_at": timezone.now(),
        },
    )
    draft: AnswerDraft = row
    return draft
