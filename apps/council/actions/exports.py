"""Records of decisions and reports of meetings, issued: rendered once, kept under their hash, verified by anybody."""

import dataclasses
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.grants import groups_that_see
from apps.access.refusal import Refused
from apps.council.models import Decision, Meeting
from apps.council.policy import exports as policy
from apps.council.queries import exports as queries
from apps.council.queries import seals
from apps.council.refusals import Refusals
from apps.council.rules.documents import describe_decision, record_data, report
from apps.council.rules.documents.decision import as_json
from apps.documents.actions import issue
from apps.documents.rendering import Document, content_hash, to_data, to_docx, to_pdf
from apps.documents.rules import codes
from apps.people.queries import desk_ids

KEEPER = "IMPACS.secretariat"
"""Desk that issues, also where the portal's clock acts for it: whoever decides there may revoke."""


@action(
    "decision.issue_record",
    model=Decision,
    label=_("Issue the record"),
    done=_("Issued the record of a decision"),
    policy=policy.may_issue,
    starts=Decision.STANDING,
    ends=Decision.STANDING,
    otherwise=Refusals.ONLY_SEALED,
)
def issue_decision_record(actor: Actor, decision: Decision) -> Decision:
    """Issue the record of a sealed decision as PDF, DOCX and JSON, and with each translation, to all who see it.

    What has been issued stays as it is: an unchanged record gives the same documents, a correction new ones beside
    them. Refused when the stored text is not the one that was sealed.
    """
    if not seals.holds(decision):
        raise Refused("wrong-state", Refusals.SEAL_BROKEN)
    facts = queries.facts_of(actor, queries.decisions(actor).get(pk=decision.pk))
    groups = groups_that_see(decision)
    for language in ("", *facts.translations):
        kind = f"{queries.DECISION}.{language}" if language else queries.DECISION
        document = _versioned(decision, kind, partial(describe_decision, facts, language=language))
        files = [("pdf", to_pdf(document)), ("docx", to_docx(document))]
        if not language:
            files.append(("json", record_data(facts, document)))
        for fmt, data in files:
            # the seal is what the JSON says: whoever types it is told which decision it belongs to
            said = decision.seal if fmt == "json" else content_hash(document)
            _issue(actor, decision, kind, document, fmt, data, said, public=decision.public, groups=groups)
    return decision


@action(
    "meeting.issue_report",
    model=Meeting,
    label=_("Issue the report"),
    done=_("Issued the report of a meeting"),
    policy=policy.may_issue,
    starts={Meeting.State.MINUTES_AGREED},
    ends=Meeting.State.MINUTES_AGREED,
    otherwise=Refusals.MINUTES_NOT_AGREED,
)
def issue_meeting_report(actor: Actor, meeting: Meeting) -> Meeting:
    """Issue the report of a meeting with its agreed minutes as PDF, DOCX and JSON, to all who see the meeting.

    Restricted matters stand only in a second version, for those who see every one of them.
    """
    row = queries.meetings(actor).get(pk=meeting.pk)
    for kind, caveat, groups in queries.audiences(actor, row):
        facts = queries.report_of(actor, row, groups=groups, caveat=caveat)
        document = _versioned(meeting, kind, partial(report, facts))
        said = content_hash(document)
        data = {"format": "caricom-meeting-report/1", "record": to_data(document)}
        for fmt, file in (("pdf", to_pdf(document)), ("docx", to_docx(document)), ("json", as_json(data))):
            _issue(actor, meeting, kind, document, fmt, file, said, public=False, groups=groups)
    return meeting


def verify_at() -> str:
    """Address of the verification page, as printed."""
    return f"{settings.PORTAL_URL}{reverse('verify')}"


def _versioned(row: Any, kind: str, build: Callable[..., Document]) -> Document:
    """The document as the version that was issued last if it says the same, else as the next one; closed."""
    earlier = queries.versions(row, kind)
    document = build(version=str(len(earlier) or 1))
    if earlier and content_hash(document) != earlier[-1]:
        document = build(version=str(len(earlier) + 1))
    seal = row.seal if isinstance(row, Decision) else ""
    return dataclasses.replace(document, closing=codes.closing(content_hash(document), verify_at(), seal=seal))


def _issue(
    actor: Actor,
    row: Any,
    kind: str,
    document: Document,
    fmt: str,
    data: bytes,
    said: str,
    *,
    public: bool,
    groups: Iterable[int],
) -> None:
    issue(
        actor,
        kind=kind,
        record=row,
        number=document.reference,
        title=document.title,
        fmt=fmt,
        data=data,
        content_hash=said,
        public=public,
        groups=groups,
        desk_id=desk_ids(KEEPER)[0],
    )
