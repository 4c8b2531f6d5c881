"""Written procedures by program (CONTRACT.md, Council)."""

import pytest

from apps.council.procedures import actions
from tests.council.procedures.people import Clock, a_decision, a_minister, ministers, running

pytestmark = pytest.mark.django_db
PLACE = "/api/v1/council/procedures/"


def verb(row_id, name):
    return f"{PLACE}{row_id}/actions/{name}/"


def test_a_procedure_from_preparation_to_the_first_reply(cast, api):
    decision = a_decision(cast)
    ministers()
    secretariat, haiti, barbados = api("IMPACS.secretariat"), api("HTI.ministry"), api("BRB.ministry")
    made = secretariat.post(PLACE, {"decision": str(decision.pk), "period_hours": 96}, format="json")
    assert made.status_code == 201, made.content
    row = made.json()
    assert (row["state"], row["organ"], row["period_hours"], row["members"]) == ("draft", "CONSLE", 96, [])
    assert row["decision"].endswith(f"/api/v1/council/decisions/{decision.pk}/")
    assert haiti.get(row["url"]).status_code == 404
    row = secretariat.post(verb(row["id"], "dispatch"), {}, format="json").json()
    assert (row["state"], len(row["members"]), row["entitled"], row["required"]) == ("dispatched", 15, 15, 12)
    assert {"party": "HTI", "receipt_at": None, "kind": "", "bounced": False}.items() <= receipt(row, "HTI").items()
    row = haiti.post(verb(row["id"], "acknowledge_receipt"), {}, format="json").json()
    assert receipt(row, "HTI")["kind"] == "portal"
    missing = barbados.post(verb(row["id"], "support"), {}, format="json")
    assert (missing.status_code, missing.json()["errors"][0]["pointer"]) == (400, "/text_hash")
    said = barbados.post(verb(row["id"], "support"), {"text_hash": row["text_hash"]}, format="json").json()
    assert [(r["party"], r["kind"], r["code"]) for r in said["replies"]] == [("BRB", "support", "")]
    assert len(said["replies"][0]["receipt"]) == 64
    assert haiti.get(row["url"]).json()["replies"] == []


def receipt(row, party):
    return next(way for way in row["receipts"] if way["party"] == party)


def test_a_reply_without_effect_succeeds_and_says_why(cast, api, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    caymans = api("CYM.ministry")
    done = caymans.post(verb(row.pk, "object"), {"text_hash": row.text_hash, "reason": "We differ"}, format="json")
    assert done.status_code == 200
    (told,) = done.json()["replies"]
    assert (told["code"], done.json()["state"]) == ("NOT_A_MEMBER_STATE", "running")
    assert told["note"] == (
        "Recorded without effect: Only Member States reply with effect (Revised Treaty Art. 27(1))."
    )


def test_other_states_see_an_objection_at_once_and_support_only_at_the_end(cast, api, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    actions.support_procedure(a_minister("JAM"), row, text_hash=row.text_hash)
    actions.object_to_procedure(a_minister("GRD"), row, text_hash=row.text_hash)
    seen = api("BRB.ministry").get(f"{PLACE}{row.pk}/").json()
    assert [(r["party"], r["kind"], r["receipt"]) for r in seen["replies"]] == [("GRD", "object", None)]
    assert seen["result"] is None
    listed = api("BRB.ministry").get(f"{PLACE}?state=objected").json()["results"]
    assert [len(one["replies"]) for one in listed] == [1]


def test_a_program_of_another_desk_sees_nothing_and_one_of_another_state_withdraws_nothing(cast, api, monkeypatch):
    row = running(cast, Clock(monkeypatch))
    assert api("JRCC.watch").get(f"{PLACE}{row.pk}/").status_code == 404
    assert api("BRB.ministry").post(verb(row.pk, "withdraw"), {"reason": "no"}, format="json").status_code == 403
