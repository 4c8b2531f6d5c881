"""A verb that says in words of its own why a record has moved on says so in each state from which it does not begin."""

from dataclasses import replace
from typing import Any

import pytest

from apps.access import declared_actions
from apps.access.declared_actions import REGISTRY, Spec
from apps.access.refusal import STATUS, Refused
from apps.access.verdict import ALLOW, KNOWN
from tests.seats import seat

SPEAKING = {verb: spec for verb, spec in REGISTRY.items() if spec.otherwise}


def test_many_verbs_have_words_of_their_own() -> None:
    assert len(SPEAKING) > 40
    assert {str(spec.otherwise) for spec in SPEAKING.values()} <= set(KNOWN)


@pytest.mark.parametrize("verb", sorted(SPEAKING))
def test_a_record_in_another_state_is_refused_in_the_verbs_own_words(verb: str) -> None:
    spec: Spec = replace(SPEAKING[verb], policy=lambda _actor, _row: ALLOW)
    row: Any = spec.model()
    with pytest.raises(Refused) as refused:
        declared_actions._ask(spec, seat("JAM.ministry head"), row, "a state of nothing")
    assert (refused.value.reason, refused.value.code) == ("wrong-state", spec.otherwise)
    assert refused.value.status == STATUS["wrong-state"]
    assert refused.value.message == KNOWN[str(spec.otherwise)].sentence
