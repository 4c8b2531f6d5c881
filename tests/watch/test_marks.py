"""EYES and handling codes of bulletins: the same pure rule as for reports, for sending and for each reading."""

import random
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.access.grants import share
from apps.access.violations import BrokenRules
from apps.people.models import Desk
from apps.rifc.models import MouMembership
from apps.rifc.queries import rule
from apps.rifc.rules import facts as words
from apps.rifc.rules.release import FULL, invalid, view
from apps.watch.actions import bulletins
from apps.watch.models import Bulletin
from apps.watch.queries import bulletins as queries
from apps.watch.queries import digests as of_digests
from tests.watch.people import GIVEN, JAMAICA, LEAD, OFFICER, TRINIDAD, a_draft, in_days, issued

pytestmark = pytest.mark.django_db
ALL = ["RIFC", "JAM", "TTO", "GUY"]
DESKS = ["JAM.contact", "JAM.customs", "TTO.contact", "GUY.contact", "CYM.contact", "RIFC.watch", "BRB.customs"]
PEOPLE = [
    *("brb.contact.head", "brb.intelligence.head", "jam.contact.officer", "jam.customs.officer", "tto.contact.reader"),
    *("guy.contact.officer", "cym.contact.officer", "rifc.watch.officer", "portal.platform.head", "7t.carrier.agent"),
]


def test_one_desk_that_eyes_or_noassoc_shut_out_and_nobody_gets_it(cast: Any) -> None:
    with pytest.raises(BrokenRules, match="TTO"):
        a_draft(cast, eyes=["RIFC", "JAM", "GUY"])
    with pytest.raises(BrokenRules, match="CYM"):
        a_draft(cast, to=["JAM.contact", "CYM.contact"], handling=["NOASSOC"])
    for marks in ({"eyes": ["JAM", "TTO", "GUY"]}, {"tlp": "CLEAR", "classification": 0, "handling": ["NOFWD"]}):
        with pytest.raises(BrokenRules):  # P5: the originator belongs to its own EYES; P3
            a_draft(cast, **marks)
    with pytest.raises(ValidationError) as caught:
        a_draft(cast, eyes=[*ALL, "XXX"])
    assert "eyes" in caught.value.message_dict
    row = issued(cast, eyes=ALL, handling=["NOFWD", "TIPOFF"])
    assert (row.eyes, row.handling) == (sorted(ALL), ["NOFWD", "TIPOFF"])


def test_what_changes_after_the_issue_counts_at_the_next_reading(cast: Any, client_for: Any) -> None:
    row = issued(cast, eyes=ALL)
    place = reverse("watch:bulletin", args=[row.pk])
    page = client_for(TRINIDAD).get(place)
    assert page.status_code == 200
    assert "EYES GUY/JAM/RIFC/TTO" in page.content.decode()
    Bulletin.objects.filter(pk=row.pk).update(eyes=["RIFC", "JAM"])
    assert client_for(TRINIDAD).get(place).status_code == 404
    assert client_for(JAMAICA).get(place).status_code == 200


def test_noauto_is_for_no_program_of_a_recipient_and_noprint_leaves_no_file(
    cast: Any, client_for: Any, api: Any
) -> None:
    plain, closed = issued(cast), issued(cast, handling=["NOAUTO", "NOPRINT"])
    found = api("JAM.contact").get("/api/v1/rifc/bulletins/").json()["results"]
    assert [one["id"] for one in found] == [str(plain.pk)]
    assert len(api("RIFC.watch").get("/api/v1/rifc/bulletins/").json()["results"]) == 2
    reader = client_for(JAMAICA)
    assert reader.get(reverse("watch:bulletin_file", args=[plain.pk])).status_code == 200
    assert reader.get(reverse("watch:bulletin_file", args=[closed.pk])).status_code == 403
    page = reader.get(reverse("watch:bulletin", args=[closed.pk])).content.decode()
    assert "No print, no file export" in page
    assert reverse("watch:bulletin_file", args=[closed.pk]) not in page
    # and so it is in no digest, which goes out as a document
    able = of_digests.fit([plain, closed], ["JAM.contact"])
    assert able[of_digests.key_of(plain)] == {"JAM.contact"}
    assert able[of_digests.key_of(closed)] == frozenset()


def test_the_form_offers_both_keeps_them_and_shows_who_would_be_shut_out(cast: Any, client_for: Any) -> None:
    officer = client_for(OFFICER)
    given = {**GIVEN, "classification": "RESTRICTED", "valid_to": in_days(5).strftime("%Y-%m-%dT%H:%M")}
    given |= {"eyes": ["RIFC", "JAM", "GUY"], "handling": ["NOASSOC"], "to": ["JAM.contact", "TTO.contact"]}
    look = officer.post(reverse("watch:bulletin_look"), given).content.decode()
    assert "TTO.contact" in look
    wrong = officer.post(reverse("watch:bulletin_new"), given)
    assert wrong.status_code == 422
    assert 'value="NOASSOC"' in wrong.content.decode()
    assert officer.post(reverse("watch:bulletin_new"), {**given, "to": ["JAM.contact"]}).status_code == 302
    row = Bulletin.objects.get()
    assert (row.eyes, row.handling) == (["GUY", "JAM", "RIFC"], ["NOASSOC"])
    again = officer.get(reverse("watch:bulletin_revise", args=[row.pk])).context["form"].initial
    assert (again["eyes"], again["handling"]) == (row.eyes, row.handling)
    assert bulletins.issue_bulletin(cast[LEAD], row).state == "issued"


def test_sql_and_the_pure_rule_agree_on_everybody(cast: Any) -> None:
    chance = random.Random(20080213)
    MouMembership.objects.filter(party="GUY").update(in_force_to="2020-01-01")
    desks = {desk.code: desk for desk in Desk.objects.filter(code__in=DESKS)}
    author = cast["brb.contact.head"]
    sent: dict[Any, set[str]] = {}
    for _number in range(120):
        row = Bulletin.objects.create(
            owner_id=author.desk_id, originator_id="BRB", kind="warning", instruction="inform", title="B", text="B",
            short_text="B", area="B", level=chance.randint(0, 3), tlp=chance.choice(words.TLP[:4]), to=[],
            handling=[code for code in ("NOASSOC", "LEONLY", "NOAUTO") if chance.random() < 0.25],
            eyes=["BRB", *chance.sample(["JAM", "TTO", "GUY", "CYM", "RIFC"], 2)] if chance.random() < 0.4 else [],
            valid_from=in_days(0), valid_to=in_days(3), written_by=[], state="issued",
        )  # fmt: skip
        sent[row.pk] = {author.desk_code, *chance.sample(DESKS, chance.randint(0, 5))}
        share(author, row, [author.desk_id, *(desks[code].pk for code in sent[row.pk] - {author.desk_code})])
    rules = set()
    for name in PEOPLE:
        actor = cast[name]
        viewer = rule.viewer_of(actor)
        seen = set(Bulletin.objects.visible_to(actor).values_list("pk", flat=True))
        for row in Bulletin.objects.filter(pk__in=sent):
            known = queries.facts(row, author.desk_code)
            if invalid(known):
                continue
            found = view(replace(known, recipients=frozenset(sent[row.pk])), viewer)
            rules.add(found.rule)
            expected = actor.desk_code in sent[row.pk] and found.result == FULL
            assert (row.pk in seen) is expected, (name, found, known)
    assert rules >= {"V01", "V02", "V04", "V06", "V08", "V09", "V12"}
