"""Two who say the same of two things at the same moment: it stands once, and the other is told so."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from apps.entities.actions import duplicates
from apps.entities.models import Twin
from tests.adversary.test_council_races import together
from tests.entities.people import BRB, a_person, a_report

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_proposals_at_once_are_one(cast: Any) -> None:
    report = a_report(cast, "JAM.contact")
    one, other = a_person(cast, report), a_person(cast, report, "Marlon Testcayse")

    def propose(first: Any, second: Any) -> str:
        try:
            return str(
                duplicates.propose_duplicate(cast[BRB], None, one=first.pk, other=second.pk, reason="Same face.").state
            )
        except ValidationError as wrong:
            return str(wrong.message_dict["other"][0])

    cast[BRB]
    told = together(lambda: propose(one, other), lambda: propose(other, one))
    assert sorted(told) == ["This is already proposed or confirmed.", "confirmed"]
    assert Twin.objects.count() == 1
