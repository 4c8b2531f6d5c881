"""The benchmark of screening: all figures of the contract, from a small list, and nothing left behind."""

import os

import psycopg
import pytest

from apps.jrcc.models import Hit, Traveller
from apps.screening.matching import MATCHER_VERSION
from caricom_portal.bench import scratch, screening


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


def test_a_benchmark_that_fails_leaves_no_database(monkeypatch):
    def fails(*_args, **_options):
        raise RuntimeError("half-way")

    monkeypatch.setattr(scratch, "call_command", fails)
    with pytest.raises(RuntimeError, match="half-way"):
        screening.run(entries=1, travellers=1, seed=1, workers=1, hit_rate=0.5, say=print)
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        left = owner.execute("SELECT datname FROM pg_database WHERE datname LIKE 'bench%'").fetchall()
    assert f"bench_{os.getpid()}" not in {name for (name,) in left}
