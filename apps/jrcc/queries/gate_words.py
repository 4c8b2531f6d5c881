"""The gate in words: chips, and the sentence that an officer reads."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from apps.jrcc.queries.clocks import WATCH, Clock
from apps.jrcc.rules import gate as gate_rules

CHIPS = {
    gate_rules.OFF: ("mute", "x", pgettext_lazy("words, jrcc", "Cancelled")),
    gate_rules.HOLD: ("warn", "clock", gettext_lazy("Hold: no answer yet")),
    gate_rules.DECIDING: ("warn", "clock", gettext_lazy("The JRCC is deciding")),
    gate_rules.CORRECT: ("warn", "alert", pgettext_lazy("words, jrcc", "Needs correction")),
    gate_rules.PARTIAL: ("warn", "minus", pgettext_lazy("words, jrcc", "Part missing")),
    gate_rules.SCREENING: ("info", "half", pgettext_lazy("words, jrcc", "Screening")),
    gate_rules.UNAVAILABLE: ("warn", "alert", pgettext_lazy("words, jrcc", "INTERPOL unavailable")),
    gate_rules.WAITING: ("info", "half", gettext_lazy("Waiting for INTERPOL")),
    gate_rules.LISTS_ONLY: ("info", "half", pgettext_lazy("words, jrcc", "Watchlists only")),
}
SENTENCES = {
    gate_rules.HOLD: gettext_lazy(
        "No answer yet from the JRCC on this traveller. Hold the traveller until it has answered; do not say why."
    ),
    gate_rules.DECIDING: gettext_lazy("The JRCC is still deciding on a person on this flight or voyage."),
    gate_rules.CORRECT: gettext_lazy("The carrier must correct the manifest: no check of the people on it is certain."),
    gate_rules.PARTIAL: gettext_lazy("A part of the list is missing: who is in it is not checked."),
    gate_rules.SCREENING: gettext_lazy("Not compared with the watchlists yet."),
    gate_rules.UNAVAILABLE: gettext_lazy("INTERPOL gives no answer at present."),
    gate_rules.WAITING: gettext_lazy("INTERPOL has not answered yet."),
    gate_rules.LISTS_ONLY: gettext_lazy("INTERPOL was not queried: screened against the watchlists only."),
}


def calm(chip: tuple[str, str, str], gate: "Gate") -> tuple[str, str, str]:
    """A chip about something else on a page of somebody who is not settled: its words stay, its green does not."""
    kind, _picture, words = chip
    return ("mute", "circle", words) if kind == "ok" and not gate.may_be_green else chip


@dataclass(frozen=True, slots=True)
class Gate:
    """How a flight or a person stands for one reader.

    `of_all`: whether the reader sees every hit, so that settled means clear. `answer_by`: by when the JRCC answers
    (thirty minutes before the landing), where it is deciding. `deciding`: whether it is, beside hits that are seen.
    """

    code: str
    hits: int = 0
    of_all: bool = False
    person: bool = False
    deciding: bool = False
    answer_by: datetime.datetime | None = None

    @property
    def settled(self) -> bool:
        """Whether it may be shown as good."""
        return self.code == gate_rules.SETTLED

    @property
    def may_be_green(self) -> bool:
        """Whether a page about it may show anything as good: always to who sees every hit, else once it is settled."""
        return self.settled or self.of_all

    @property
    def chip(self) -> tuple[str, str, str]:
        """(kind, picture, words). "Clear" is said to the JRCC alone, which sees every hit, and of whole lists only.

        A State sees the hits that were referred to it: of the rest it reads what was done, not how it ended.
        """
        if self.code == gate_rules.HITS:
            return "bad", "alert", ngettext("%(n)d hit", "%(n)d hits", self.hits) % {"n": self.hits}
        if self.settled and self.person:
            return "ok", "check", _("Screened against watchlists")
        if self.settled:
            return (
                ("ok", "check", pgettext("status, jrcc", "Clear"))
                if self.of_all
                else ("ok", "check", pgettext("words, jrcc", "Screened"))
            )
        if self.code == gate_rules.OFF and self.person:
            return "mute", "x", _("No longer on the manifest")
        kind, picture, words = CHIPS[self.code]
        return kind, picture, str(words)

    @property
    def sentence(self) -> str:
        """What an officer has to know where it is not settled; "" where the chip says all."""
        code = gate_rules.DECIDING if self.code == gate_rules.HITS and self.deciding else self.code
        return str(SENTENCES.get(code, ""))

    @property
    def answer_clock(self) -> Clock | None:
        """The JRCC's answer as a deadline, where it is waited for."""
        if self.of_all or not self.deciding or self.answer_by is None:
            return None
        return Clock("answer", WATCH, self.answer_by, self.answer_by)
