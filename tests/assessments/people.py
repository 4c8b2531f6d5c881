"""Assessments for tests, brought forward by the people of the cast over the API as the contract says."""

from typing import Any

from apps.assessments.models import Assessment
from tests.days import today
from tests.rifc.people import Person, by_api

LEAD, DIRECTOR = "rifc.analysis.officer", "rifc.analysis.head"
DRAFTER, OTHER_DRAFTER = "brb.intelligence.officer", "jam.intelligence.officer"
YEAR = today().year
SIGNERS = {"BRB": "brb.intelligence.head", "JAM": "jam.intelligence.head"}
POINTS = {"BRB": "brb.contact.officer", "JAM": "jam.contact.officer", "TTO": "tto.contact.officer"}
STRANGER = "grd.intelligence.officer"
ALL = "/api/v1/rifc/assessments/"
TERMS: dict[str, Any] = {
    "title": "Firearms by small craft",
    "question": "By which routes will handguns reach the islands?",
    "scope": "Small open craft.",
    "out_of_scope": "Containers.",
    "period_from": f"{YEAR}-01-01",
    "period_to": f"{YEAR}-12-31",
    "area": ["BRB", "JAM"],
    "audience": "Heads of police",
    "classification": "RESTRICTED",
    "tlp": "AMBER",
    "yardstick": "phia",
    "parties": ["BRB", "JAM"],
    "review_months": 6,
}
JUDGEMENT: dict[str, Any] = {
    "text": f"It is highly likely that small craft carry handguns until 31 December {YEAR + 1}.",
    "likelihood": "highly likely",
    "confidence": "moderate",
    "confidence_basis": "no reporting: two States describe it; seizure data are incomplete",
    "timeframe_from": f"{YEAR}-12-01",
    "timeframe_to": f"{YEAR + 1}-12-31",
    "threat_category": "firearms",
    "citations": [],
}


class Room:
    """One assessment with everybody who works on it, each signed in."""

    def __init__(self, client_for: Any) -> None:
        self.client_for = client_for
        self.people: dict[str, Person] = {}
        self.key = ""

    def __getitem__(self, username: str) -> Person:
        if username not in self.people:
            self.people[username] = Person(self.client_for(username))
        return self.people[username]

    def at(self, part: str = "") -> str:
        return f"{ALL}{self.key}/{part}"

    def get(self, username: str, part: str = "") -> Any:
        return self[username].get(self.at(part))

    def post(self, username: str, part: str, body: Any = None) -> Any:
        return self[username].post(self.at(part), body)

    def made(self, username: str, part: str, body: Any = None) -> str:
        answer = self.post(username, part, body)
        assert answer.status_code == 201, answer.json()
        key: str = answer.json()["id"]
        return key

    def act(self, username: str, verb: str, body: Any = None) -> Any:
        return self.post(username, f"actions/{verb}/", body)

    def to(self, state: str, username: str = LEAD, **more: Any) -> Any:
        return self.act(username, "transition", {"to": state, **more})

    def went(self, state: str, username: str = LEAD, **more: Any) -> None:
        answer = self.to(state, username, **more)
        assert (answer.status_code, answer.json().get("state")) == (200, state), answer.json()

    @property
    def row(self) -> Assessment:
        found: Assessment = Assessment.objects.get(pk=self.key)
        return found


def proposed(client_for: Any, **more: Any) -> Room:
    """An assessment of which parties have still to answer."""
    room = Room(client_for)
    answer = room[LEAD].post(ALL, TERMS | more)
    assert answer.status_code == 201, answer.json()
    room.key = answer.json()["id"]
    return room


def called(client_for: Any, **more: Any) -> Room:
    """One whose call is open; every party asked takes part."""
    room = proposed(client_for, **more)
    for party in (TERMS | more)["parties"]:
        assert room.act(POINTS[party], "respond", {"answer": "accept"}).status_code == 200
    room.went("terms_agreed", DIRECTOR)
    room.went("call_open")
    return room


def drafted(client_for: Any, **more: Any) -> Room:
    """One in drafting, with nil returns of all parties and two drafters."""
    room = called(client_for, **more)
    for party in (TERMS | more)["parties"]:
        room.made(POINTS[party], "contributions/", {"nil": True, "text": "Nothing"})
    room.went("drafting")
    for username in (DRAFTER, OTHER_DRAFTER):
        assert room.act(LEAD, "add_member", {"user": username, "role": "drafter"}).status_code == 200
    return room


def written(client_for: Any, judgement: dict[str, Any] | None = None, **more: Any) -> Room:
    """One in drafting with a section and a judgement."""
    room = drafted(client_for, **more)
    room.section = room.made(LEAD, "sections/", {"title": "Threat picture", "order": 1})  # type: ignore[attr-defined]
    said = {"plain": "The route was used in 2026.\n\nIt was not used in 2025.", "if_seq": 0}
    answer = room.post(DRAFTER, f"sections/{room.section}/actions/replace_text/", said)  # type: ignore[attr-defined]
    assert answer.status_code == 200, answer.json()
    room.judgement = room.made(LEAD, "judgements/", judgement or JUDGEMENT)  # type: ignore[attr-defined]
    return room


def asked_for_positions(client_for: Any, **more: Any) -> Room:
    """One whose text is frozen."""
    room = written(client_for, **more)
    room.went("coordination")
    room.went("positions")
    return room


def sha_of(room: Room, username: str) -> str:
    found: str = room.get(username, "judgements/").json()["results"][0]["judgement_sha256"]
    return found


def position(room: Room, username: str, kind: str = "agree", text: str = "", sha256: str = "") -> Any:
    body = {"position": kind, "text": text, "judgement_sha256": sha256 or sha_of(room, username)}
    return room.post(username, f"judgements/{room.judgement}/actions/take_position/", body)  # type: ignore[attr-defined]


def to_be_signed(client_for: Any, **more: Any) -> Room:
    """One in sign-off: Barbados agrees, Jamaica dissents."""
    room = asked_for_positions(client_for, **more)
    assert position(room, SIGNERS["BRB"]).status_code == 200
    assert position(room, SIGNERS["JAM"], "dissent", "The route has moved north.").status_code == 200
    room.went("sign_off")
    return room


def released(client_for: Any, *to: str, **more: Any) -> Room:
    """One that both parties have signed and that was released, to further desks as well."""
    room = to_be_signed(client_for, **more)
    assert [sign(room, who).status_code for who in SIGNERS.values()] == [200, 200]
    answer = room.act(DIRECTOR, "release", {"to": list(to)})
    assert answer.status_code == 200, answer.json()
    return room


def sign(room: Room, username: str, sha256: str = "", password: str = "") -> Any:
    known = sha256 or room.get(username).json()["content_sha256"]
    return room.act(username, "sign", {"content_sha256": known, "password": password or f"demo {username} 2008"})


def a_report_of_barbados(client_for: Any, *to: str, **more: Any) -> str:
    return by_api(client_for, *to, **more)
