"""Every refusal that the code can give has a sentence for the user."""

import re
from pathlib import Path

from apps.access.reasons import REASONS
from apps.access.refused import STATUS

APPS = Path(__file__).resolve().parents[2] / "apps"
CODES = (r'Deny\("([a-z-]+)"\)', r'Refused\("[a-z-]+",\s*"([a-z-]+)"', r'otherwise="([a-z-]+)"')


def codes_in_the_code() -> set[str]:
    source = "\n".join(path.read_text() for path in APPS.rglob("*.py"))
    return {code for pattern in CODES for code in re.findall(pattern, source)}


def test_every_code_of_a_policy_or_refusal_has_a_sentence():
    codes = codes_in_the_code() | set(STATUS)
    assert len(codes) > 10
    assert codes - set(REASONS) == set()


def test_no_sentence_stands_there_for_a_code_that_nobody_gives():
    assert set(REASONS) - codes_in_the_code() - set(STATUS) == set()
