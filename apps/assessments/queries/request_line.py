"""The line over which a call for contributions is asked and answered: the one mechanism of requests."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.verdict import Verdict
from apps.assessments import policy
from apps.rifc.queries.request_line import CisnetLine


class CallLine(CisnetLine):
    """As among members of the MoU; only who leads assessments asks, and their own name is enough to send."""

    code: ClassVar[str] = "jta"
    label: ClassVar[Any] = _("Joint assessment calls")
    number: ClassVar[str] = "CALL"
    officers_send: ClassVar[bool] = True

    def may_ask(self, actor: Actor) -> Verdict:
        """Analysts of the desk that leads."""
        return policy.may_propose(actor, None)
