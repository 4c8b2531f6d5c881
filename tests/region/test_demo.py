"""The demonstration of the register: played once, marked as what it is, and in no report."""

import datetime
from typing import Any

import pytest

from apps.region.models import StagePeriod
from apps.region.queries import book, counts, instruments
from demo import region as demo
from tests.demonstrations import play_region

from . import people

pytestmark = pytest.mark.django_db


def test_the_demonstration_is_played_once_and_stays_out_of_reports(cast: Any):
    day = datetime.date(2008, 1, 21)
    actor = cast[people.JAMAICA]
    before = counts.counts(actor, ["APIS", "E_MANIFEST", "TRAVEL_CARD"], day)
    assert demo.load() == 39
    rows = StagePeriod.objects.count()
    assert demo.load() == 0
    assert StagePeriod.objects.count() == rows
    assert counts.counts(actor, ["APIS", "E_MANIFEST", "TRAVEL_CARD"], day) == before
    assert set(StagePeriod.objects.filter(participation__system="APIS").values_list("provenance", flat=True)) == {
        "inferred",
        "demo",
    }


def test_pages_show_the_ten_and_those_who_have_asked(cast: Any):
    play_region()
    read = book.read_rule_book(cast[people.JAMAICA], systems=["APIS"])
    stages = {code: fact.stage for code, fact in read.on("APIS", datetime.date(2008, 1, 21)).items()}
    assert sorted(code for code, stage in stages.items() if stage == "live") == [
        *("ATG", "BRB", "DMA", "GRD", "GUY", "JAM", "KNA", "LCA", "TTO", "VCT"),
    ]
    assert {code for code, stage in stages.items() if stage == "interested"} == {"BHS", "BMU", "CYM"}


def test_the_fictional_agreement_enters_into_force_by_its_own_rule(cast: Any):
    play_region()
    standing = instruments.read_instrument_standings(
        cast[people.JAMAICA], datetime.date(2024, 5, 1), codes=["DEMO-PATROLS"], provenances=counts.EVERY
    )["DEMO-PATROLS"]
    assert (standing.status, standing.in_force_on) == ("in_force", datetime.date(2024, 4, 30))
    assert standing.contracting_parties == ("BRB", "GUY", "JAM")
    assert standing.signatories == ("BRB", "GUY", "JAM", "TTO")
