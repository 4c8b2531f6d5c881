"""Everything that changes sources, checks and answers."""

from apps.gateway.actions.queueing import ask_again, queue
from apps.gateway.actions.rounds import Outcome, answer, ask, expire
from apps.gateway.actions.sources import forget, rehearse, switch_off, switch_on

__all__ = ["Outcome", "answer", "ask", "ask_again", "expire", "forget", "queue", "rehearse", "switch_off", "switch_on"]
