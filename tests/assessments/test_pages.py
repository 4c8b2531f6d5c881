"""The pages without a script: the list, one assessment, its work, judgements, positions, sign-off; and their budget."""

import re

import pytest
from django.urls import reverse

from apps.assessments.models import Assessment, Judgement, Position
from demo import assessments as demo
from tests.assessments.people import (
    DRAFTER,
    JUDGEMENT,
    LEAD,
    POINTS,
    SIGNERS,
    STRANGER,
    YEAR,
    a_report_of_barbados,
    asked_for_positions,
    to_be_signed,
    written,
)
from tests.jrcc.test_budgets import MOST, asked
from tests.markings import BANNER

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"assessments:{name}", args=args)


def test_the_list_and_the_assessment_show_bands_positions_and_what_may_be_done(client_for, cast):
    demo.in_drafting()
    lead, reader = client_for(LEAD), client_for("tto.contact.reader")
    assert "Firearms moved by small craft" in lead.get(page("assessments")).content.decode()
    assert "Propose an assessment" not in reader.get(page("assessments")).content.decode()
    shown = lead.get(page("assessment", demo.ASSESSMENT)).content.decode()
    assert "Likelihood: Highly likely, 80 to 90%" in shown
    assert "Circulate the draft" in shown
    assert "Add a judgement" in shown
    seen = reader.get(page("assessment", demo.ASSESSMENT)).content.decode()
    assert "Highly likely, 80 to 90%" in seen
    assert "Circulate the draft" not in seen
    work = client_for(POINTS["JAM"]).get(page("work", demo.ASSESSMENT)).content.decode()
    assert "Serial numbers point to one supplier" in work
    for name in ("assessment", "work"):
        assert client_for(STRANGER).get(page(name, demo.ASSESSMENT)).status_code == 404


def test_an_assessment_is_proposed_and_a_judgement_written_by_form(client_for, cast):
    lead = client_for(LEAD)
    seat = {"_seat": cast[LEAD].seat_id}
    assert lead.post(page("new"), seat).status_code == 422
    terms = {
        "title": "Guns", "question": "Whence?", "scope": "Boats", "out_of_scope": "Planes",
        "period_from": f"{YEAR}-01-01",
        "period_to": f"{YEAR}-12-31", "audience": "Police", "classification": "RESTRICTED", "tlp": "AMBER",
        "yardstick": "icd203", "parties": ["BRB", "JAM"], "review_months": "6", **seat,
    }  # fmt: skip
    answer = lead.post(page("new"), terms)
    assert answer.status_code == 302
    row = Assessment.objects.get()
    assert lead.get(answer["Location"]).status_code == 200
    refused = lead.post(page("do", row.pk, "hand_over"), seat)
    assert refused.status_code == 422
    assert client_for(DRAFTER).get(page("assessment", row.pk)).status_code == 404
    room = written(client_for)
    drafter = client_for(DRAFTER)
    key = Judgement.objects.get(pk=room.judgement)
    form = drafter.get(page("judgement", room.key, key.pk)).content.decode()
    assert "no reporting" in form
    said = JUDGEMENT | {
        "text": f"It is likely that guns come by 1 May {YEAR + 1}.",
        "likelihood": "likely",
        "citations": "",
    }
    changed = drafter.post(
        page("judgement", room.key, key.pk), {**said, "_seat": cast[DRAFTER].seat_id, "judgement": key.pk}
    )
    assert changed.status_code == 302
    key.refresh_from_db()
    assert (key.likelihood, key.confidence) == ("likely", "moderate")


def test_a_section_is_written_by_form_and_who_was_overtaken_keeps_his_words(client_for, cast):
    room = written(client_for)
    drafter, where = client_for(DRAFTER), page("section", room.key, room.section)
    assert "The route was used in 2026." in drafter.get(where).content.decode()
    body = {"_seat": cast[DRAFTER].seat_id, "section": room.section, "plain": "My words.", "if_seq": "0"}
    late = drafter.post(where, body)
    assert (late.status_code, "My words." in late.content.decode()) == (409, True)
    seq = room.get(DRAFTER, f"sections/{room.section}/").json()["seq"]
    assert drafter.post(where, body | {"if_seq": str(seq)}).status_code == 302
    assert 'name="plain"' not in client_for(POINTS["BRB"]).get(where).content.decode()


def test_what_is_missing_stands_above_the_button(client_for, cast):
    room = written(client_for, judgement=JUDGEMENT | {"confidence_basis": "two States say so"})
    lead = client_for(LEAD)
    shown = lead.post(page("do", room.key, "circulate"), {"_seat": cast[LEAD].seat_id})
    assert shown.status_code == 422
    assert "Judgement 1 is not based on any report" in shown.content.decode()


def test_a_state_signs_by_form_what_it_was_shown(client_for, cast):
    room = to_be_signed(client_for)
    head, who = client_for(SIGNERS["JAM"]), SIGNERS["JAM"]
    shown = head.get(page("assessment", room.key)).content.decode()
    assert "The route has moved north." in shown
    sha256 = room.get(who).json()["content_sha256"]
    assert f"content_sha256={sha256}" in shown
    body = {"_seat": cast[who].seat_id, "content_sha256": sha256, "password": "wrong"}
    assert head.post(page("do", room.key, "sign"), body).status_code == 403
    assert head.post(page("do", room.key, "sign"), body | {"password": f"demo {who} 2008"}).status_code == 302
    assert "Signed" in head.get(page("assessment", room.key)).content.decode()
    assert head.get(page("copy", room.key, "pdf"))["Content-Type"] == "application/pdf"


def test_the_pages_ask_as_often_for_many_judgements_as_for_one(client_for, cast):
    demo.in_drafting()
    row = Assessment.objects.get(pk=demo.ASSESSMENT)
    places = [page("assessments"), page("assessment", row.pk), page("work", row.pk)]

    def counts():
        return {place: len(asked(client_for(LEAD), place)) for place in places}

    few = counts()
    first = Judgement.objects.filter(assessment=row).first()
    for order in range(3, 12):
        first.pk, first.order = None, order
        first._state.adding = True
        first.id = None
        Judgement.objects.create(
            assessment=row, order=order, text=first.text, level=1, likelihood="likely", confidence="low",
            confidence_basis="no reporting: none",
        )  # fmt: skip
    for one in Judgement.objects.filter(assessment=row):
        Position.objects.create(
            assessment=row, judgement=one, party_id="JAM", user_id=cast[SIGNERS["JAM"]].user_id, kind="agree",
            judgement_sha256="0" * 64, at=row.created_at,
        )  # fmt: skip
    assert counts() == few
    assert max(few.values()) <= MOST, few


def test_a_writer_of_judgements_that_cite_reports_is_warned_within_the_budget(client_for, cast):
    reports = [a_report_of_barbados(client_for, "RIFC.analysis") for _each in range(2)]
    cited = JUDGEMENT | {"confidence_basis": "one State reports it"}
    room = written(client_for, judgement=cited | {"citations": [{"report": reports[0], "para": 1}]})
    room.made(LEAD, "judgements/", cited | {"citations": [{"report": one} for one in reports]})
    at = page("assessment", room.key)
    lead = client_for(LEAD)
    assert lead.get(at).content.decode().count("a report that JAM cannot see") == 2
    found = asked(lead, at)
    assert len(found) <= MOST, "\n".join(one[:160] for one in found)


def test_the_lead_compares_two_moments_of_a_section_and_goes_back_to_one(client_for, cast):
    room = written(client_for)
    at = page("history", room.key, room.section)
    write = f"sections/{room.section}/actions/replace_text/"
    seq = room.get(LEAD, f"sections/{room.section}/").json()["seq"]
    first = room.get(LEAD, f"sections/{room.section}/text/").json()["plain"]
    assert room.post(LEAD, write, {"plain": f"{first}\n\nAdded by the lead.", "if_seq": seq}).status_code == 200
    lead = client_for(LEAD)
    shown = lead.get(at)
    changes = shown.context["changes"]
    assert [change.side.kind for change in changes] == [*("same" for _kept in first.split("\n\n")), "added"]
    assert [len(change.who) for change in changes] == [1] * len(changes)
    assert changes[0].who != changes[-1].who, "Barbados wrote the first, the lead the last"
    assert changes[-1].who == shown.context["wrote"]
    assert shown.context["moments"][0]["who"].endswith(", RIFC")
    assert sum(percent for _who, _letters, percent in shown.context["shares"]) in range(98, 103)
    assert not shown.context["goes_back"]
    earlier = lead.get(at, {"before": 0, "after": seq})
    assert {change.side.kind for change in earlier.context["changes"]} == {"added"}
    assert "Restore this version of the text" in earlier.content.decode()
    seat = {"_seat": cast[LEAD].seat_id, "section": room.section}
    assert lead.post(at, seat | {"seq": seq}).url == page("section", room.key, room.section)
    assert room.get(LEAD, f"sections/{room.section}/text/").json()["plain"] == first
    assert "Added by the lead." in lead.get(at).content.decode(), "what came between stays in the history"
    for other in (DRAFTER, STRANGER):
        assert client_for(other).get(at).status_code == 404
        assert client_for(other).post(at, {"section": room.section, "seq": seq}).status_code == 404
    assert len(asked(lead, at)) <= MOST


@pytest.mark.usefixtures("cast")
def test_every_form_of_an_assessment_wears_its_marking_also_with_a_fault_in_it(client_for):
    demo.in_drafting()
    key, lead = demo.ASSESSMENT, client_for(LEAD)
    links = "".join(lead.get(page(name, key)).content.decode() for name in ("assessment", "work"))
    places = set(re.findall(rf'href="(/[^"?#]*{key}/[^"?#]+/)"', links))
    judgement = Judgement.objects.filter(assessment=key).first().pk
    typed = {page("judgement_new", key), page("judgement", key, judgement)}
    assert page("judgement_new", key) in places
    for place in sorted(places | typed):
        answers = [lead.get(place), *([lead.post(place, {})] if place in typed else [])]
        for answer in answers:
            if answer.status_code in {200, 422}:
                assert BANNER.findall(answer.content.decode()) == [("r", "RESTRICTED", "TLP:AMBER")] * 2, place
        assert place not in typed or [answer.status_code for answer in answers] == [200, 422]


@pytest.mark.usefixtures("cast")
def test_a_dissent_is_written_under_the_marking_of_the_assessment(client_for):
    room = asked_for_positions(client_for)
    judgement = Judgement.objects.get(assessment=room.key).pk
    place = page("position", room.key, judgement)
    for answer in (client_for(SIGNERS["BRB"]).get(place), client_for(SIGNERS["BRB"]).post(place, {"text": "No."})):
        assert answer.status_code in {200, 422}
        assert BANNER.findall(answer.content.decode()) == [("r", "RESTRICTED", "TLP:AMBER")] * 2
