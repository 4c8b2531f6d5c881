"""Witnesses of the trail: who has one, asking for one, approving and ending it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.oversight.lists import CONTACT, KEY, PARTY, STATUS, Witnesses
from apps.oversight.models import Witness
from apps.oversight.policy import ANCHOR_READERS
from apps.pages.columns import Col, Moment
from apps.pages.records import Names, RecordPage, RecordPages

pages = RecordPages(
    model=Witness,
    noun="witness",
    space="oversight",
    prefix="witnesses/",
    names=Names("witnesses", "witness", "witness_new", "witness_do"),
    functions=tuple(sorted(ANCHOR_READERS)),
    creates="propose",
    listed=Witnesses,
    shown=RecordPage(
        title=lambda row: row.code,
        status=STATUS,
        facts=[PARTY, CONTACT, KEY],
        history=[
            Col("proposer", pgettext_lazy("field, oversight", "Asked for by")),
            Moment("proposed_at", pgettext_lazy("field, oversight", "Asked for")),
            Col("approver", pgettext_lazy("field, oversight", "Second approval")),
            Moment("decided_at", pgettext_lazy("field, oversight", "Decided")),
            Moment("ended_at", pgettext_lazy("field, oversight", "Ended")),
            Col("answer", pgettext_lazy("field, oversight", "Reason")),
        ],
        note=_("Compare the key with the one that the witness's own machine prints before you approve it."),
        primary={Witness.State.PROPOSED: "approve"},
    ),
)
