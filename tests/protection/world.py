"""What data protection keeps, made as the portal makes it."""

import datetime
from typing import Any

from django.utils import timezone

from apps.protection import actions
from apps.protection.models import ClassLevel, KeepingRule, Purpose
from apps.travellers.actions import amendments

OVERSIGHT = "jam.oversight.officer"


def some_protection(cast: Any, traveller: Any) -> dict[str, Any]:
    """One of each, by the words used in the addresses: Jamaica's request and purpose, the acting State's correction."""
    return {
        "subject_request": actions.record_subject_request(
            cast[OVERSIGHT], None, right="access", surname="Outis", given_names="Nemo",
            birth_date=datetime.date(1980, 1, 1), document="", asked_by="By letter", identity="seen", ground="Act 1",
            received_on=timezone.now().date(),
        ),
        "purpose_change": actions.propose_purpose_change(
            cast[OVERSIGHT], None, code="visas", name="Visas", legal_basis="Act 1", categories="Visitors",
            recipients="Border desk", retention="90 days", source="Note",
            valid_from=timezone.now().date() + datetime.timedelta(days=30),
        ),
        "amendment": amendments.make_amendment(
            cast["brb.border.officer"], None, traveller=traveller.pk, proof="document", nationality="BRB"
        ),
        "class_level": ClassLevel.objects.get(level=1),
        "keeping_rule": KeepingRule.objects.get(code="audit"),
        "purpose": Purpose.objects.get(code="accounts"),
    }  # fmt: skip
