"""Acts that bind a State or cannot be taken back: what follows from them is said before, and a receipt stands after.

@action("decision.cast_vote", …, binding=Binding(consequences.of_vote, in_person=True))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apps.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows: one sentence, what else has to be known, until when it can be changed, and the button's words.

    Of a record that others change at the same time it says what holds now.
    """

    says: Any
    more: Any = ""
    until: Any = ""
    button: Any = ""


@dataclass(frozen=True, slots=True)
class Binding:
    """`follows` gives the consequence for (actor, record); None where the act has none yet.

    `in_person`: people give their second factor anew when it is older than 15 minutes. Programs act by their key.
    """

    follows: Callable[[Actor, Any], Consequence | None]
    in_person: bool = False
