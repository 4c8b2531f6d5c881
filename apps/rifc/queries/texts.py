"""What a version says: its paragraphs, files and fingerprint."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from apps.access.actor import Actor
from apps.access.database_context import seat_context
from apps.files.models import Attachment
from apps.rifc import policy
from apps.rifc.models import NamedPerson, Paragraph, Report, SealedText, SourceReference
from apps.rifc.queries import source_references as source_references_queries
from apps.rifc.rules import content
from apps.rifc.rules.facts import SOURCES

UNSETTLED = ("waiting", "unavailable", "refused")
"""What the malware check says of files with which a report is not handed in."""


def paragraphs(actor: Actor, reports: Sequence[Report]) -> dict[Any, list[Paragraph]]:
    """Paragraphs of versions by key, in order. One query."""
    found: dict[Any, list[Paragraph]] = defaultdict(list)
    for row in Paragraph.objects.visible_to(actor).filter(report__in=[one.pk for one in reports]).order_by("order"):
        found[row.report_id].append(row)
    return found


def files(report: Report) -> list[Attachment]:
    """Files of a version that count now, with their bytes' facts, by name."""
    rows = Attachment.objects.filter(object_type=report._meta.label_lower, object_id=report.pk, state="current")
    return list(rows.select_related("blob").order_by("name", "pk"))


def digest(report: Report) -> str:
    """The fingerprint of a version: title, paragraphs with gradings, markings, quotations, names, files.

    Of a sealed text that of what the portal keeps of it.
    """
    rows = Paragraph.objects.filter(report=report).order_by("order")
    named = NamedPerson.objects.filter(report=report).order_by("user_id").values_list("user_id", flat=True)
    return content.digest(
        {
            "kind": report.kind,
            "title": report.title,
            "title_level": report.title_level,
            "summary": report.summary,
            "level": report.level,
            "tlp": report.tlp,
            "orcon": report.orcon,
            "handling": sorted(report.handling),
            "eyes": sorted(report.eyes),
            "named": list(named),
            "categories": sorted(report.threat_categories),
            "paragraphs": [
                {
                    "pid": str(row.pid),
                    "text": row.text,
                    "portion": row.portion,
                    "scheme": row.scheme,
                    "grade": row.grade,
                    "source_type": row.source_type,
                    "cites": sorted(map(str, row.cites)),
                }
                for row in rows
            ],
            "files": [row.blob.sha256 for row in files(report)],
            **_sealed(report),
        }
    )


def _sealed(report: Report) -> dict[str, str]:
    body = SealedText.objects.filter(report=report).values_list("body", flat=True).first() if report.sealed else None
    return {} if body is None else {"sealed": hashlib.sha256(body.encode()).hexdigest()}


def source_references(actor: Actor, report: Report) -> dict[Any, tuple[str, str]]:
    """{paragraph: (pseudonym, reference)} for the handler of the desk's own sources, else nothing (C06).

    PostgreSQL gives the rows to the desk's own transactions only.
    """
    if report.owner_id != actor.desk_id or SOURCES not in policy.roles_of(actor):
        return {}
    with seat_context(actor):
        rows = list(SourceReference.objects.visible_to(actor).filter(paragraph__report=report))
    return {
        row.paragraph_id: (row.pseudonym, source_references_queries.opened(row.party_id, row.sealed)) for row in rows
    }


def named_usernames(report: Report) -> list[str]:
    """User names of the persons that a RED report names."""
    rows = NamedPerson.objects.filter(report=report, withdrawn_at=None).order_by("user__username")
    return list(rows.values_list("user__username", flat=True))
