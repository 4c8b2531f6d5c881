"""Reading a message and filing its lists under their journeys."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.journeys.actions import filed_lists, travellers
from apps.manifests import paxlst, pnrgov, policy
from apps.manifests.actions import bookings
from apps.manifests.actions.submissions import S, cleaned, storable
from apps.manifests.models import Submission, SubmissionContent
from apps.manifests.paxlst import cusres
from apps.manifests.queries import lists
from apps.manifests.rules import grades
from apps.manifests.rules.routing import CREW


@action(
    "submission.read",
    model=Submission,
    label=pgettext_lazy("button, jrcc", "Read"),
    done=_("Processed a manifest"),
    policy=policy.may_process,
    starts={S.RECEIVED},
    ends=S.READ,
    automatic=True,
)
def read_submission(actor: Actor, submission: Submission) -> Submission:
    """Read the message, file its lists under their journeys and prepare the answer, before anybody is screened.

    Bookings were read when they came; what they may leave is filed with the States. A file may hold both.
    """
    content = SubmissionContent.objects.get(submission=submission)
    raw, booked = bytes(content.raw), content.reading or []
    objects: list[dict[str, Any]] = []
    answers: list[str] = []
    if not booked or pnrgov.lists_beside(raw):
        objects = storable(paxlst.read(raw, layouts=lists.layouts(submission.owner_id)))
        filed = [filed_lists.file_list(actor, submission, obj) for obj in objects]
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
    submission.grade = grades.worst(obj["grade"] for obj in objects)
    submission.parser_version = paxlst.PARSER_VERSION
    submission.flight = next((text for text in map(_flight, objects) if text), "")
    submission.crew = sum(person["status"] in CREW for person in people)
    submission.passengers = len(people) - submission.crew
    submission.parts_missing = any(
        travellers.is_flawed(obj) or not message.get("parts", {}).get("complete", True)
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
