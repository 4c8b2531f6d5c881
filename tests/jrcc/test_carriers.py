"""Carriers: how they keep to the rules, who may read it, and how they are reached."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.access.refusal import Refused
from apps.carriers.actions import carriers, expected_rounds, schedules
from apps.carriers.models import CarrierContact, ExpectedJourney
from apps.carriers.queries import scores
from apps.jrcc.models import Hit
from tests import world
from tests.jrcc.pages_world import message, raised, sent

pytestmark = pytest.mark.django_db


def span(day: datetime.date, **more) -> scores.Wanted:
    return scores.Wanted(day - datetime.timedelta(days=40), day + datetime.timedelta(days=40), **more)


def of_7t(cast, who="jrcc.watch.officer", by="carrier", **more):
    return {score.key: score for score in scores.scores(cast[who], span(timezone.now().date(), **more), by)}


def a_month(cast, drain) -> None:
    """Kingston to Bridgetown in time; Port of Spain to Kingston late, one of three incomplete; a third list missing."""
    world.a_submission(cast, world.a_message(wanted=False))
    sent(cast, drain, message(3, hours=-1, flaw=True))
    day = timezone.now().date() + datetime.timedelta(days=1)
    schedules.add_schedule(
        cast["7t.carrier.agent"], None, mode="air", number="77", days=list("1234567"), origin="KIN", destination="BGI",
        departs=datetime.time(14), arrives=datetime.time(17, 30), valid_from=day, valid_until=day,
    )  # fmt: skip
    drain()
    expected_rounds.check_expected_journeys(ExpectedJourney.objects.get().deadline_at)


def test_timeliness_completeness_and_accuracy_are_counted_with_the_missing(cast, drain):
    a_month(cast, drain)
    score = of_7t(cast)["7T"]
    # two lists for two States each, and one missing for two
    assert (score.lists, score.in_time, score.late, score.missing) == (4, 2, 2, 2)
    assert round(score.in_time_share, 1) == 33.3
    assert (score.people, score.complete) == (6, 4)
    assert (score.journeys, score.accepted, score.grade) == (2, 1, "E")
    jamaica = of_7t(cast, by="party")["JAM"]
    assert (jamaica.lists, jamaica.in_time, jamaica.late, jamaica.missing) == (2, 1, 1, 1)


def test_findings_that_repeat_are_counted_for_who_may_read_the_lists(cast, drain, client_for):
    a_month(cast, drain)
    sent(cast, drain, message(3, hours=-2, number=179, flaw=True))
    today = timezone.now().date()
    days = (today - datetime.timedelta(days=2), today + datetime.timedelta(days=2))
    found = {one["code"]: one for one in scores.repeated(cast["7t.carrier.agent"], "7T", *days)}
    assert (found["LATE"]["lists"], found["DOC_MISSING"]["lists"], found["DOC_MISSING"]["times"]) == (2, 2, 4)
    assert scores.repeated(cast["jam.ministry.decider"], "7T", *days) == []
    assert "Repeated findings" in client_for("7t.carrier.agent").get("/jrcc/carriers/7T/").content.decode()


def test_each_figure_leads_to_as_many_lines(cast, drain):
    a_month(cast, drain)
    score, wanted = of_7t(cast)["7T"], span(timezone.now().date(), carrier="7T")
    for what, n in (("", score.lists), ("late", score.late), ("missing", score.missing), ("in_time", score.in_time)):
        assert len(scores.list_scored_journeys(cast["jrcc.watch.officer"], wanted, what)) == n, what


def test_a_state_reads_its_own_figures_a_carrier_its_own_and_others_none(cast, drain, client_for):
    a_month(cast, drain)
    assert of_7t(cast, "jam.ministry.decider")["7T"].lists == 2
    assert of_7t(cast, "tto.border.officer")["7T"].lists == 1
    assert of_7t(cast, "7t.carrier.agent")["7T"].lists == 4
    assert of_7t(cast, "8z.carrier.agent") == {}
    assert of_7t(cast, "jam.ministry.decider", party="TTO") == {}
    assert client_for("8z.carrier.agent").get("/jrcc/carriers/7T/").status_code == 404
    assert client_for("7t.carrier.agent").get("/jrcc/carriers/7T/").status_code == 200


def test_what_a_carrier_sees_of_itself_does_not_tell_of_a_hit(cast, drain, client_for, stop_clock):
    stop_clock()
    client = client_for("7t.carrier.agent")
    sent(cast, drain)
    places = ("/jrcc/carriers/", "/jrcc/carriers/7T/", "/jrcc/carriers/7T/lists/", "/jrcc/carriers/export/")

    def seen() -> list[str]:
        texts = [client.get(place).content.decode() for place in places]
        return [text[text.find("<main") : text.find("</main>")] if "<main" in text else text for text in texts]

    before = seen()
    raised(cast, drain)
    assert Hit.objects.exists()
    assert seen() == before


def test_the_scores_as_csv_and_the_map_as_words(cast, drain, client_for):
    a_month(cast, drain)
    client = client_for("jrcc.watch.officer")
    lines = client.get("/jrcc/carriers/export/").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("month,state,carrier,grade,lists")
    assert ",7T," in lines[1]
    page = client.get("/jrcc/carriers/").content.decode()
    assert "Days with a manifest missing" in page or timezone.now().day == 1


def test_contacts_are_kept_by_the_watch_and_the_carrier_itself(cast, client_for):
    watch, agent = cast["jrcc.watch.officer"], cast["7t.carrier.agent"]
    row = carriers.add_carrier_contact(watch, None, carrier="7T", kind="typeb", role="Operations", value="pososbw")
    assert row.value == "POSOSBW"
    assert "POSOSBW" in client_for("7t.carrier.agent").get("/jrcc/carriers/7T/").content.decode()
    assert "POSOSBW" not in client_for("jam.border.head").get("/jrcc/carriers/7T/").content.decode()
    with pytest.raises(ValidationError):
        carriers.add_carrier_contact(
            cast["8z.carrier.agent"], None, carrier="7T", kind="mail", role="x", value="a@b.example"
        )
    for kind, value in (("phone", "5550100"), ("typeb", "POS"), ("mail", "nobody")):
        with pytest.raises(ValidationError):
            carriers.add_carrier_contact(agent, None, carrier="7T", kind=kind, role="x", value=value)
    carriers.end_carrier_contact(agent, row)
    assert not CarrierContact.objects.filter(state="current").exists()
    with pytest.raises(Refused):
        carriers.add_carrier_contact(
            cast["jam.border.head"], None, carrier="7T", kind="mail", role="x", value="a@b.example"
        )
