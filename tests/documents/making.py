"""A document for tests, and an act that issues it as the apps above do: within an action of their own."""

import dataclasses
import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from apps.access import declared_actions
from apps.access.actor import Actor
from apps.documents import actions
from apps.documents.models import IssuedDocument
from apps.documents.rendering import Clause, Document, Heading, Marking, Paragraph, Table, content_hash, to_pdf
from apps.documents.rules import codes

WHEN = datetime.datetime(2008, 2, 12, 18, 2, tzinfo=datetime.UTC)
NUMBER = "CONSLE/2008/5/DEC/02"
TITLE = "Joint screening of arrivals"


def a_document(*blocks: Any, **more: Any) -> Document:
    """A decision of two clauses, or one of these blocks."""
    fields: dict[str, Any] = {
        "title": TITLE,
        "reference": NUMBER,
        "marking": Marking("CONFIDENTIAL", "Members of CONSLE only"),
        "version": "3",
        "date": WHEN,
        "blocks": blocks or (Heading("Decides"), Clause("1", "that passenger lists are screened together;")),
    }
    return Document(**(fields | more))


def long_document(**more: Any) -> Document:
    """One with a table over several pages."""
    rows = tuple((f"State {number}", str(number), "BRB") for number in range(120))
    table = Table(("Member State", "Votes", "Code"), rows, caption="Votes cast", kinds=("text", "number", "code"))
    return a_document(Heading("Record"), Paragraph("As cast."), table, **more)


def closed(document: Document) -> Document:
    """The document with its closing block."""
    return dataclasses.replace(document, closing=codes.closing(content_hash(document), "https://portal.test/verify/"))


def _issue(actor: Actor, _row: None, *, record: Any, groups: Any = (), **more: Any) -> IssuedDocument:
    document = closed(more.pop("document", None) or a_document())
    fields = {
        "kind": "council.decision",
        "number": document.reference,
        "title": document.title,
        "fmt": "pdf",
        "data": to_pdf(document),
        "content_hash": content_hash(document),
        "public": True,
        "at": WHEN,
    }
    return actions.issue(actor, record=record, groups=groups, **(fields | more))


issue = declared_actions.action(
    "document.issue_for_test",
    model=IssuedDocument,
    label=gettext_lazy("Issue"),
    done=gettext_lazy("Issued for a test"),
    policy=lambda actor, row: True,
    ends={IssuedDocument.State.ISSUED, IssuedDocument.State.REVOKED},
)(_issue)
# known here alone: tables of states and routes of the API are read from the registry
del declared_actions.REGISTRY["document.issue_for_test"]
"""`issue(actor, None, record=…, groups=[…], document=…, public=…)` → the row."""
