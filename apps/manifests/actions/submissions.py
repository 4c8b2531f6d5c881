"""The life of a message: received with a receipt, corrected, answered."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.grants import share
from apps.access.references import check_character, next_in
from apps.access.refusal import Refused
from apps.manifests import policy
from apps.manifests.models import Submission, SubmissionContent
from apps.manifests.refusals import Refusals
from apps.manifests.rules import urgency
from apps.people.queries import desk_ids

S = Submission.State


@action(
    "submission.receive",
    model=Submission,
    label=_("Send a manifest"),
    done=_("Received a manifest"),
    policy=policy.may_receive,
    ends=S.RECEIVED,
)
def receive_submission(
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

    Call it through apps.manifests.actions.intake.receive, which knows the limits and answers the same bytes with
    the same receipt.
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
    emit("submission.received", submission, urgent_at=urgency.landing_of(raw, timezone.now()))
    return submission


@action(
    "submission.correct",
    model=Submission,
    label=pgettext_lazy("button, jrcc", "Send corrections"),
    done=_("Sent a corrected manifest"),
    policy=policy.may_correct,
    ends=S.RECEIVED,
)
def correct_submission(
    actor: Actor, _row: None, *, before: Any, raw: bytes, sha256: str, channel: str, reason: str = ""
) -> Submission:
    """Take in the next version of a list that was read: its own receipt, the version before is kept and linked.

    `before` is the key of that version. Only the desk that sent it, or the watch on its behalf with a reason. Raises
    Refused("wrong-state", "corrected-already") for a version that has a successor. Call it through
    apps.manifests.actions.intake.correct.
    """
    sent = Submission.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=before).first()
    if sent is None:
        raise Refused("not-visible")
    verdict = policy.may_correct(actor, sent)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    if sent.owner_id != actor.desk_id and not reason.strip():
        raise ValidationError({"reason": _("Enter why the JRCC corrects the manifest instead of the sender.")})
    if Submission.objects.filter(corrects=sent).exists():
        raise Refused("wrong-state", Refusals.CORRECTED_ALREADY, record=sent)
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
    label=pgettext_lazy("button, jrcc", "Answer"),
    done=_("Answered a carrier's manifest"),
    policy=policy.may_process,
    starts={S.SCREENED},
    ends=S.ANSWERED,
    automatic=True,
)
def answer_submission(actor: Actor, submission: Submission) -> Submission:
    """Say that the carrier has its answer: the response was ready when the list was read."""
    return submission
