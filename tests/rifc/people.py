"""Reports for tests, written and shared by the people of the cast."""

from typing import Any

from apps.rifc.actions import approvals, drafts, shares
from apps.rifc.models import Receipt, Report
from tests.worlds import world

AUTHOR, HEAD = "brb.intelligence.officer", "brb.intelligence.head"
POINT, JAMAICA, TRINIDAD, GUYANA, CAYMAN = (
    "brb.contact.officer",
    "jam.contact.officer",
    "tto.contact.officer",
    "guy.contact.officer",
    "cym.contact.officer",
)
SECRET_NAME = "Informant Marlin of Bay Street"
A_PARAGRAPH = {
    "text": "A fishing vessel painted blue and white lay at Demo Bay from 22:00 to 23:30.",
    "portion": "R",
    "grading": {"scheme": "nato6x6", "value": "C3"},
    "source_type": "human",
}
GIVEN: dict[str, Any] = {
    "kind": "information_report",
    "title": "Vessel movements, Demo Bay",
    "title_portion": 0,
    "classification": 1,
    "tlp": "AMBER",
}


def paragraph(text: str = A_PARAGRAPH["text"], **more: Any) -> dict[str, Any]:  # type: ignore[assignment]
    """A paragraph as the cleaned input has it."""
    plain = {
        "text": text,
        "portion": 1,
        "scheme": "nato6x6",
        "grade": "C3",
        "source_type": "human",
        "source_ref": "",
        "releasable": False,
        "cites": [],
        "corroborated_by": [],
        "pid": None,
    }
    return plain | more


def a_draft(cast: Any, author: str = AUTHOR, **more: Any) -> Report:
    given = {**GIVEN, "paragraphs": [paragraph()]} | more
    return drafts.draft_rifc_report(cast[author], None, **given)


@world
def approved(cast: Any, author: str = AUTHOR, head: str = HEAD, **more: Any) -> Report:
    return approvals.approve_rifc_report(
        cast[head], approvals.submit_rifc_report(cast[author], a_draft(cast, author, **more))
    )


@world
def shared(cast: Any, *to: str, author: str = AUTHOR, head: str = HEAD, ack: bool = True, **more: Any) -> Report:
    """A report that was shared with these desks, with a receipt asked for."""
    row = approved(cast, author, head, **more)
    return shares.share_rifc_report(cast[author], row, to=list(to), ack_required=ack)


def fresh(row: Any) -> Any:
    return type(row)._default_manager.get(pk=row.pk)


def receipt(row: Report, desk: str) -> Receipt:
    found: Receipt = Receipt.objects.get(report=row, desk__code=desk)
    return found


BODY: dict[str, Any] = {
    "kind": "information_report",
    "title": "Vessel movements, Demo Bay",
    "title_portion": "U",
    "classification": "RESTRICTED",
    "tlp": "AMBER",
    "orcon": False,
    "handling": [],
    "eyes": [],
    "named_persons": [],
    "threat_categories": ["drugs"],
    "paragraphs": [A_PARAGRAPH | {"source_ref": SECRET_NAME}, A_PARAGRAPH | {"text": "Two open boats met it."}],
}
"""What the API takes (contract-rifc.md, section 4)."""

REPORTS, REQUESTS = "/api/v1/rifc/reports/", "/api/v1/rifc/release-requests/"


class Person:
    """Somebody who is signed in and calls the API as the contract says."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def get(self, where: str, **params: Any) -> Any:
        return self.client.get(where, params)

    def post(self, where: str, body: Any = None) -> Any:
        return self.client.post(where, body or {}, content_type="application/json")

    def create(self, **more: Any) -> Any:
        return self.post(REPORTS, BODY | more)

    def do(self, report: str, verb: str, body: Any = None) -> Any:
        return self.post(f"{REPORTS}{report}/actions/{verb}/", body)

    def report(self, report: str, part: str = "") -> Any:
        return self.get(f"{REPORTS}{report}/{part}")


def by_api(client_for: Any, *to: str, **more: Any) -> str:
    """The id of a report that was written, approved and shared over the API."""
    author, head = Person(client_for(AUTHOR)), Person(client_for(HEAD))
    made = author.create(**more)
    assert made.status_code == 201, made.json()
    key: str = made.json()["id"]
    for who, verb, body in (
        (author, "submit", {}),
        (head, "approve", {}),
        (author, "share", {"to": list(to), "ack_required": True}),
    ):
        answer = who.do(key, verb, body)
        assert answer.status_code == 200, (verb, answer.json())
    return key


def sees(cast: Any, who: str, row: Report) -> bool:
    """Whether the seat sees the version in full."""
    return bool(Report.objects.visible_to(cast[who]).filter(pk=row.pk).exists())
