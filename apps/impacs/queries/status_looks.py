"""How a status is shown, everywhere: one drawing, one colour, one word for each code. No letter is printed.

A letter would be the initial of a colour's name, and readers take it for the colour that they know. Codes (RED … GREY)
are the API's; colours as in the engine: BLUE is verified, GREEN is on track.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.impacs.obligations.rules.rag import AMBER, BLUE, GREEN, GREY, RED

RESERVED = "RESERVED"


@dataclass(frozen=True, slots=True)
class Look:
    """`picture` of the icons, told apart without its colour; `kind` names the colour in style sheets; the `word`."""

    code: str
    picture: str
    kind: str
    word: Any

    @property
    def fill(self) -> str:
        """Class of a bar of this status in a drawing."""
        return f"f-{self.kind}"


LOOKS = {
    look.code: look
    for look in (
        Look(BLUE, "dot", "blue", pgettext_lazy("status, impacs", "done")),
        Look(GREEN, "half", "green", pgettext_lazy("words, impacs", "on track")),
        Look(AMBER, "dia", "amber", pgettext_lazy("words, impacs", "needs attention")),
        Look(RED, "tri", "red", gettext_lazy("overdue or far behind")),
        Look(RESERVED, "sq", "held", pgettext_lazy("status of an obligation", "reservation")),
        Look(GREY, "minus", "grey", gettext_lazy("no obligation now")),
    )
}
"""By code, in the order of a legend. RESERVED is no colour of the engine: it is drawn in place of GREEN and AMBER."""

WORST_FIRST = (RED, AMBER, GREEN, BLUE, GREY)
