"""Requests for information, what each desk that is asked has of them, and the lists that rule them."""

from apps.exchange.models.matches import Overlap, OverlapDeskGrant
from apps.exchange.models.received_requests import Addressee, AddresseeDeskGrant, Answer, AnswerDraft, Message, Question
from apps.exchange.models.reference import MatchPolicy, Term
from apps.exchange.models.requests import Request, RequestDeskGrant, Subject, Variant

__all__ = [
    "Addressee",
    "AddresseeDeskGrant",
    "Answer",
    "AnswerDraft",
    "MatchPolicy",
    "Message",
    "Overlap",
    "OverlapDeskGrant",
    "Question",
    "Request",
    "RequestDeskGrant",
    "Subject",
    "Term",
    "Variant",
]
