"""Requests for tests, written and sent by the people of the cast."""

from typing import Any

from apps.exchange.actions import answers, drafts, requests
from apps.exchange.models import Addressee, Request

OFFICER, HEAD = "brb.intelligence.officer", "brb.intelligence.head"
JAMAICA, TRINIDAD, GUYANA, CAYMAN = (
    "jam.contact.officer",
    "tto.contact.officer",
    "guy.contact.officer",
    "cym.contact.officer",
)
WATCH = "rifc.watch.officer"
REQUESTS = "/api/v1/rifc/requests/"
GIVEN: dict[str, Any] = {
    "subject": "Open boats with three engines",
    "purpose": "To find where the boats are kept.",
    "legal_basis": "MoU of July 2006",
    "questions": ["Which boats left Demo Harbour?", "Were any sold?"],
}
TO_JAMAICA = {"to": ["JAM.contact"], "text": "Blue over white, number DB-4417."}
TO_TRINIDAD = {"to": ["TTO.contact"], "text": "Boats with three engines."}
BODY: dict[str, Any] = {
    **GIVEN,
    "priority": "routine",
    "due": None,
    "variants": [TO_JAMAICA, TO_TRINIDAD],
    "open_addressees": False,
}


def a_draft(cast: Any, author: str = OFFICER, **more: Any) -> Request:
    return drafts.draft_rfi(cast[author], None, **({**GIVEN, "variants": [TO_JAMAICA, TO_TRINIDAD]} | more))


def sent(cast: Any, author: str = OFFICER, head: str = HEAD, **more: Any) -> Request:
    return requests.send_rfi(cast[head], a_draft(cast, author, **more))


def fresh(row: Any) -> Any:
    return type(row)._default_manager.get(pk=row.pk)


def part(row: Request, desk: str) -> Addressee:
    """The newest part of a desk."""
    found: Addressee = Addressee.objects.filter(request=row, owner__code=desk).order_by("pk").last()
    return found


def answered(cast: Any, row: Request, username: str, kind: str = "full", text: str = "Two boats.") -> Addressee:
    """Every question answered alike."""
    mine = part(row, username.rpartition(".")[0].upper().replace("CONTACT", "contact"))
    given = [{"n": n, "kind": kind, "text": text} for n, _question in enumerate(row.questions, start=1)]
    return answers.answer_rfi(cast[username], mine, answers=given)


class Person:
    """Somebody who is signed in and calls the API as the contract says."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def get(self, where: str = REQUESTS, **params: Any) -> Any:
        return self.client.get(where, params)

    def post(self, where: str, body: Any = None) -> Any:
        return self.client.post(where, {} if body is None else body, content_type="application/json")

    def create(self, **more: Any) -> Any:
        return self.post(REQUESTS, BODY | more)

    def do(self, key: Any, verb: str, body: Any = None) -> Any:
        return self.post(f"{REQUESTS}{key}/actions/{verb}/", body)

    def read(self, key: Any) -> Any:
        return self.get(f"{REQUESTS}{key}/")
