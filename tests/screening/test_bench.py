"""The benchmark of screening: all figures of the contract, from a small list, and nothing left behind."""

import io
import json
import os

import psycopg
import pytest
from django.core.management import call_command

from apps.journeys.models import Traveller
from apps.jrcc.models import Hit
from apps.screening.matching import MATCHER_VERSION
from bench import scratch, screening


def test_the_benchmark_gives_the_figures_of_the_contract(db, monkeypatch):
    monkeypatch.setattr(screening, "MANIFEST", 20)
    monkeypatch.setattr(screening, "ROUNDS", 1)
    monkeypatch.setattr(screening, "REVERSE", 3)
    monkeypatch.setattr(screening, "analyse", lambda: None)
    said = []
    found = screening.measured(200, 50, seed=3, workers=1, hit_rate=0.3, say=said.append)
    assert tuple(found)[: len(screening.ORDER)] == screening.ORDER
    assert (found["entries"], found["travellers"], found["true_hits"]) == (200, 50, 15)
    assert found["matcher"] == MATCHER_VERSION
    shares = ("candidate_recall", "recall_at_review", "recall_at_10_false_per_1000", "precision_at_review")
    assert all(0.5 < found[name] <= 1 for name in shares)
    assert found["recall_at_1_false_per_1000"] <= found["recall_at_10_false_per_1000"]
    assert all(found[name] > 0 for name in screening.ORDER if "seconds" in name or "_ms_" in name or "_s_" in name)
    # 50 compared, and five manifests of 20 of which hits were stored
    assert Traveller.objects.count() == 50 + 20 * 5
    assert Traveller.objects.filter(screened_at=None).count() == 50
    assert Hit.objects.count() > 10
    assert said


def databases_left():
    """Databases of benchmarks of this process."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        found = owner.execute("SELECT datname FROM pg_database WHERE datname = %s", [f"bench_{os.getpid()}"])
        return found.fetchall()


@pytest.mark.django_db(transaction=True)
def test_the_command_prints_one_object_in_the_order_of_the_contract_and_leaves_no_database(monkeypatch):
    monkeypatch.setattr(screening, "MANIFEST", 5)
    monkeypatch.setattr(screening, "ROUNDS", 1)
    monkeypatch.setattr(screening, "REVERSE", 2)
    out, err = io.StringIO(), io.StringIO()
    sizes = ("--entries", "40", "--travellers", "10", "--hit-rate", "0.4", "--seed", "5", "--workers", "2")
    call_command("bench", "screening", "--json", *sizes, stdout=out, stderr=err)
    [line] = out.getvalue().splitlines()
    found = json.loads(line)
    assert tuple(found)[: len(screening.ORDER)] == screening.ORDER
    assert [found[name] for name in ("entries", "travellers", "seed", "workers", "true_hits")] == [40, 10, 5, 2, 4]
    assert err.getvalue().splitlines()[-1] == "manifests screened"
    assert databases_left() == []
    assert not Traveller.objects.exists()


def test_a_benchmark_whose_measuring_fails_leaves_no_database(monkeypatch):
    """Making the database is left out: it takes half a minute."""

    def fails(*_args, **_options):
        assert len(databases_left()) == 1
        raise RuntimeError("while measuring")

    monkeypatch.setattr(scratch, "call_command", lambda *_args, **_options: None)
    monkeypatch.setattr(scratch.people, "load_cast", lambda: None)
    monkeypatch.setattr(screening, "measured", fails)
    with pytest.raises(RuntimeError, match="while measuring"):
        call_command("bench", "screening", "--json", stderr=io.StringIO())
    assert databases_left() == []


def test_a_benchmark_whose_database_cannot_be_made_leaves_none(monkeypatch):
    def fails(*_args, **_options):
        raise RuntimeError("half-way")

    monkeypatch.setattr(scratch, "call_command", fails)
    with pytest.raises(RuntimeError, match="half-way"):
        screening.run(entries=1, travellers=1, seed=1, workers=1, hit_rate=0.5, say=print)
    assert databases_left() == []
