"""The weights can be made again: the same people give the same weights, whatever the order in which sets come."""

import io
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command

from apps.screening.matching.fitting import AGAINST, EXACTLY_FOR

SMALL = ("--generated", "60", "--entries", "300", "--travellers", "60", "--lists", "1", "--name", "tried")


def fitted(seed: str) -> str:
    out = io.StringIO()
    call_command("fit_matcher", *SMALL, "--seed", seed, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture(scope="module")
def once() -> str:
    return fitted("5")


def test_another_process_with_the_same_seed_gives_equal_weights_and_another_seed_others(once):
    here = [sys.executable, str(settings.BASE_DIR / "manage.py"), "fit_matcher", *SMALL, "--seed", "5"]
    again = subprocess.run(here, env={**os.environ, "PYTHONHASHSEED": "7"}, capture_output=True, text=True, check=True)
    assert again.stdout == once
    assert json.loads(fitted("6"))["weights"] != json.loads(once)["weights"]


def test_a_fit_has_the_form_of_the_weights_in_use_and_no_weight_of_the_wrong_sign(once):
    made = json.loads(once)
    assert list(made) == ["version", "match", "review", "prior", "weights"]
    assert (made["version"], made["match"], made["review"]) == ("tried", 0.95, 0.5)
    assert list(made["weights"]) == sorted(made["weights"])
    assert all(weight <= 0 for name, weight in made["weights"].items() if name.startswith(AGAINST))
    assert all(weight >= 0 for name, weight in made["weights"].items() if name in EXACTLY_FOR)
