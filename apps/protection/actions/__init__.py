"""Everything that data protection writes."""

from apps.protection.actions.purposes import confirm, propose, withdraw
from apps.protection.actions.requests import forget, gather, give_back, prepare, record, release
from apps.protection.actions.requests import withdraw as withdraw_request

__all__ = [
    "confirm",
    "forget",
    "gather",
    "give_back",
    "prepare",
    "propose",
    "record",
    "release",
    "withdraw",
    "withdraw_request",
]
