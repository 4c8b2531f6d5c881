"""The life of a submission: received with a receipt, read, screened (see screening), answered."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, emit
from apps.access.references import check_character, next_in
from apps.access.refused import Refused
from apps.access.sharing import share
from apps.jrcc import paxlst, pnrgov, policy, queries
from apps.jrcc.actions import bookings, filing, manifests
from apps.jrcc.models import Submission, SubmissionContent
from apps.jrcc.paxlst import cusres
from apps.jrcc.routing import CREW
from apps.people.queries import desk_ids

S = Submission.State


@action("submission.receive", model=Submission, label=_("Send a list"), policy=policy.may_receive, ends=S.RECEIVED)
def receive(
    actor: Actor,
    _row: None,
    *,
    raw: bytes,
    sha256: str,
    channel: str,
    content_type: str = "",
    file_name: str = "",
    size: int | None = None,
    reading: list[dict[str, Any]] | None = None,
) -> Submission:
    """Keep a carrier's message as it came and give it a receipt; reading follows by itself.

    Call it through apps.jrcc.intake.receive, which knows the limits and answers the same bytes with the same receipt.
    Of booking data `raw` is what may be kept of it, and `size` and `reading` speak of the message as it came.
    """
    return _kept(
        actor,
        raw,
        reading,
        size=len(raw) if size is None else size,
        owner_id=actor.desk_id,
        channel=channel,
        file_name=cleaned(file_name)[:120],
        content_type=content_type[:100],
        sha256=sha256,
    )


def _kept(actor: Actor, raw: bytes, reading: list[dict[str, Any]] | None, **columns: Any) -> Submission:
    """A message with its receipt, shared with its owner and the JRCC; it is read next."""
    submission = Submission.objects.create(originator_id=actor.party_code, receipt=_receipt(), **columns)
    SubmissionContent.objects.create(submission=submission, raw=raw, reading=reading and storable(reading))
    share(actor, submission, [submission.owner_id, *desk_ids("JRCC.watch", "JRCC.automation")])
    emit("submission.received", submission)
    return submission


@action("submission.correct", model=Submission, label=_("Send corrections"), policy=policy.may_correct, ends=S.RECEIVED)
def correct(
    actor: Actor, _row: None, *, before: Any, raw: bytes, sha256: str, channel: str, reason: str = ""
) -> Submission:
    """Take in the next version of a list that was read: its own receipt, the version before is kept and linked.

    `before` is the key of that version. Only the desk that sent it, or the watch on its behalf with a reason. Raises
    Refused("wrong-state", "corrected-already") for a version that has a successor. Call it through
    apps.jrcc.intake.correct.
    """
    sent = Submission.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=before).first()
    if sent is None:
        raise Refused("not-visible")
    verdict = policy.may_correct(actor, sent)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    if sent.owner_id != actor.desk_id and not reason.strip():
        raise ValidationError({"reason": _("Say why the JRCC corrects the list in place of its sender.")})
    if Submission.objects.filter(corrects=sent).exists():
        raise Refused("wrong-state", "corrected-already", record=sent)
    return _kept(
        actor,
        raw,
        None,
        size=len(raw),
        owner_id=sent.owner_id,
        channel=channel,
        content_type="application/json",
        sha256=sha256,
        corrects=sent,
        series=sent.series or sent.pk,
        edition=sent.edition + 1,
        reason=reason.strip()[:200],
    )


def _receipt() -> str:
    """JRCC-YYMMDD-nnnnnn-c: the UTC day, a number within it, and a check character (ISO 7064, MOD 37,36)."""
    day = f"{timezone.now():%y%m%d}"
    body = f"JRCC-{day}-{next_in(f'JRCC-{day}'):06}"
    return f"{body}-{check_character(body)}"


@action(
    "submission.read",
    model=Submission,
    label=_("Read"),
    policy=policy.may_process,
    starts={S.RECEIVED},
    ends=S.READ,
    automatic=True,
)
def read(actor: Actor, submission: Submission) -> Submission:
    """Read the message, file its lists under their journeys and prepare the answer, before anybody is screened.

    Bookings were read when they came; what they may leave is filed with the States. A file may hold both.
    """
    content = SubmissionContent.objects.get(submission=submission)
    raw, booked = bytes(content.raw), content.reading or []
    objects: list[dict[str, Any]] = []
    answers: list[str] = []
    if not booked or pnrgov.lists_beside(raw):
        objects = storable(paxlst.read(raw, layouts=queries.layouts(submission.owner_id)))
        filed = [filing.file_list(actor, submission, obj) for obj in objects]
        submission.journey = next((journey for journey in filed if journey), None)
        answers.append(cusres.answer_all(objects, raw=raw, **_envelope(submission)))
    if booked:
        bookings.file(actor, submission, raw)
        answers.append(pnrgov.acknowledge(booked, raw=raw, **_envelope(submission)))
        # of the bookings the flight alone stays
        content.raw = pnrgov.kept(raw, (), lawful=False)
    content.reading = [*objects, *booked]
    # NUL may be one of the sender's delimiters
    content.response = cleaned("\n".join(answers))
    content.save(update_fields=["reading", "response", *(["raw"] if booked else [])])
    _describe(submission, content.reading)
    emit("submission.read", submission)
    return submission


def _envelope(submission: Submission) -> dict[str, Any]:
    """What the answers to a message begin with."""
    return {
        "receipt": submission.receipt,
        "reference": "J" + "".join(submission.receipt.split("-")[1:3]),
        "prepared": submission.created_at,
    }


def _describe(submission: Submission, objects: list[dict[str, Any]]) -> None:
    """Columns of the submission that say what was in it."""
    people = [person for obj in objects for person in obj["travellers"]]
    messages = [obj["message"] or {} for obj in objects]
    submission.grade = manifests.worst(obj["grade"] for obj in objects)
    submission.parser_version = paxlst.PARSER_VERSION
    submission.flight = next((text for text in map(_flight, objects) if text), "")
    submission.crew = sum(person["status"] in CREW for person in people)
    submission.passengers = len(people) - submission.crew
    submission.parts_missing = any(
        manifests.is_flawed(obj) or not message.get("parts", {}).get("complete", True)
        for obj, message in zip(objects, messages, strict=True)
    )
    submission.is_test = any(message.get("test") for message in messages)


def _flight(obj: Mapping[str, Any]) -> str:
    """`BW 600 POS–BGI 2026-11-25`, at most 40 characters."""
    flight = obj["flight"] or {}
    legs = flight.get("legs") or []
    ends = [str(legs[0].get("from") or "?"), str(legs[-1].get("to") or "?")] if legs else []
    name = f"{flight.get('carrier') or ''} {flight.get('number') or ''}".strip()
    return " ".join(filter(None, [name, "–".join(ends), flight.get("date") or ""]))[:40]


def storable(objects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The objects without what PostgreSQL cannot store as text: NUL and halves of surrogate pairs."""
    written = json.dumps(objects)
    if "\\u0000" not in written and "\\ud" not in written:
        return objects
    found: list[dict[str, Any]] = cleaned(objects)
    return found


def cleaned(value: Any) -> Any:
    """A text, or every text in lists and dicts, as PostgreSQL can store it."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    if isinstance(value, dict):
        return {cleaned(key): cleaned(item) for key, item in value.items()}
    return value


@action(
    "submission.answer",
    model=Submission,
    label=_("Answer"),
    policy=policy.may_process,
    starts={S.SCREENED},
    ends=S.ANSWERED,
    automatic=True,
)
def answer(actor: Actor, submission: Submission) -> Submission:
    """Say that the carrier has its answer: the response was ready when the list was read."""
    return submission
