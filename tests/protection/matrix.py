"""What data protection keeps, for tests/matrix.py."""

from typing import Any

from tests.protection.world import some_protection

RECORDS = {
    "api:protection-classification": "class_level", "api:protection-keeping-rules": "keeping_rule",
    "api:protection-purpose-changes": "purpose_change", "api:protection-purposes": "purpose",
    "api:protection-requests": "subject_request", "protection:purpose": "purpose_change",
    "protection:request": "subject_request", "protection:subjectrequest": "subject_request",
}  # fmt: skip
VERBS = {"protection:purpose_do": "confirm", "protection:request_do": "gather"}


def records(cast: Any, world: dict[str, Any]) -> dict[str, Any]:
    """Jamaica's request and purpose, and the acting State's correction of the traveller whom the hit is about."""
    return some_protection(cast, world["traveller"])
