"""Everything that data protection writes."""

from apps.protection.actions import audit_verbs
from apps.protection.actions.purposes import confirm_purpose_change, propose_purpose_change, withdraw_purpose_change
from apps.protection.actions.requests import (
    delete_subject_request,
    gather_subject_data,
    give_back_subject_request,
    prepare_subject_answer,
    record_subject_request,
    release_subject_answer,
)
from apps.protection.actions.requests import withdraw_subject_request as withdraw_request

__all__ = [
    "audit_verbs",
    "confirm_purpose_change",
    "delete_subject_request",
    "gather_subject_data",
    "give_back_subject_request",
    "prepare_subject_answer",
    "propose_purpose_change",
    "record_subject_request",
    "release_subject_answer",
    "withdraw_purpose_change",
    "withdraw_request",
]
