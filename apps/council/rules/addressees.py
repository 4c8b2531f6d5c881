"""Whom a clause binds: a small language of rules, resolved on a day.

A clause keeps the rule and the list it gave on its effective day; no rule is ever replaced by "all". Portal rule, to be
confirmed by the organ; who is a Contracting Party follows from the instrument.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

FORMS = {
    "ALL_MEMBER_STATES": "ALL_MEMBER_STATES",
    "STATES": "STATES:BRB,LCA,TTO",
    "STATES_LIVE": "STATES_LIVE:APIS",
    "STATES_NOT_LIVE": "STATES_NOT_LIVE:APIS",
    "CONTRACTING_PARTIES": "CONTRACTING_PARTIES:TSA-2006",
    "SIGNATORIES": "SIGNATORIES:TSA-2006",
    "CSME_PARTICIPANTS": "CSME_PARTICIPANTS",
    "ASSOCIATES": "ASSOCIATES",
    "ORGAN": "ORGAN:IMPACS",
    "CONFERENCE": "CONFERENCE",
    "SECRETARIAT": "SECRETARIAT",
}
"""Each form of a rule with an example."""

UNKNOWN_RULE, NOT_A_MEMBER_STATE = "UNKNOWN_RULE", "NOT_A_MEMBER_STATE"
LIVE = "live"
_CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]*")


class AddresseeError(ValueError):
    """A rule that cannot be read or resolved: `code`, the party `codes` concerned, and a sentence for the person."""

    def __init__(self, code: str, sentence: str, codes: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.code = code
        self.codes = tuple(codes)

    def as_data(self) -> dict[str, Any]:
        """The error for storing: its code and, if any, the parties."""
        return {"error": self.code, **({"codes": list(self.codes)} if self.codes else {})}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was read: its form and the codes after the colon. `str()` writes it."""

    form: str
    codes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.form}:{','.join(self.codes)}" if self.codes else self.form


@dataclass(frozen=True, slots=True)
class Participation:
    """A stage of a party in a system, both days included; only the stage "live" counts here."""

    system: str
    party: str
    stage: str
    valid_from: date
    valid_to: date | None = None

    def live_on(self, day: date) -> bool:
        """Whether the party is live on that day; the last day of the period counts."""
        return self.stage == LIVE and self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class InstrumentParty:
    """A party's steps to an instrument; the party may be an organisation. A withdrawal counts from its day."""

    instrument: str
    party: str
    signed_on: date | None = None
    bound_from: date | None = None
    withdrawn_on: date | None = None

    def stands(self, since: date | None, day: date) -> bool:
        """Whether a step taken on `since` still stands on that day."""
        gone = self.withdrawn_on is not None and self.withdrawn_on <= day
        return since is not None and since <= day and not gone


@dataclass(frozen=True, slots=True)
class Roll:
    """The parties of a day and their rows: full members and Associates in roll-call order, participants of the CSME.

    Rows may be of any date; `instrument_parties` are in the order of the depositary's register.
    """

    day: date
    members: tuple[str, ...]
    associates: tuple[str, ...] = ()
    csme_participants: frozenset[str] = frozenset()
    participation: tuple[Participation, ...] = ()
    instrument_parties: tuple[InstrumentParty, ...] = ()


def parse(text: str) -> Rule:
    """Read a rule; raises AddresseeError UNKNOWN_RULE that says what was wrong and lists the forms.

    Portal rule, to be confirmed by the organ.
    """
    form, colon, rest = text.strip().partition(":")
    if form not in FORMS:
        raise _unknown(f"{form!r} is not an addressee." if form else "No addressee was written.")
    takes = ":" in FORMS[form]
    if takes and not rest.strip():
        raise _unknown(f"{form} needs a code after the colon, for example {FORMS[form]}.")
    if colon and not takes:
        raise _unknown(f"{form} stands alone; take away {colon + rest!r}.")
    codes = tuple(part.strip() for part in rest.split(",")) if takes else ()
    wrong = [code for code in codes if not _CODE.fullmatch(code)]
    if wrong:
        raise _unknown(f"{wrong[0]!r} is not a code; codes are capital letters and digits.")
    if len(codes) > 1 and form != "STATES":
        raise _unknown(f"{form} takes one code, not {len(codes)}.")
    return Rule(form, codes)


def resolve(rule: Rule | str, roll: Roll) -> list[str]:
    """The parties a rule binds on the day of the roll.

    States come in roll-call order, parties to an instrument in the order of its register, an organ as `ORG:` and its
    code. Raises AddresseeError: UNKNOWN_RULE, or NOT_A_MEMBER_STATE with the codes named that are no full members
    that day. Portal rule, to be confirmed by the organ.
    """
    rule = parse(rule) if isinstance(rule, str) else rule
    if rule.form == "STATES":
        return _named(rule.codes, roll)
    if rule.form in {"STATES_LIVE", "STATES_NOT_LIVE"}:
        live = {row.party for row in roll.participation if row.system == rule.codes[0] and row.live_on(roll.day)}
        return [party for party in roll.members if (party in live) == (rule.form == "STATES_LIVE")]
    if rule.form in {"CONTRACTING_PARTIES", "SIGNATORIES"}:
        return _of_instrument(rule, roll)
    if rule.form == "ORGAN":
        return [f"ORG:{rule.codes[0]}"]
    whole: dict[str, Iterable[str]] = {
        "ALL_MEMBER_STATES": roll.members,
        "ASSOCIATES": roll.associates,
        "CSME_PARTICIPANTS": (party for party in roll.members if party in roll.csme_participants),
    }
    return list(whole.get(rule.form, [f"ORG:{rule.form}"]))


def _unknown(what: str) -> AddresseeError:
    return AddresseeError(UNKNOWN_RULE, f"{what} Write one of: {'; '.join(FORMS.values())}.")


def _named(codes: Sequence[str], roll: Roll) -> list[str]:
    strangers = [code for code in codes if code not in roll.members]
    if strangers:
        names = ", ".join(strangers)
        sentence = f"{names}: not a Member State on {roll.day.isoformat()}."
        if set(strangers) & set(roll.associates):
            sentence += " Associate Members are addressed with ASSOCIATES."
        raise AddresseeError(NOT_A_MEMBER_STATE, sentence, strangers)
    return [party for party in roll.members if party in codes]


def _of_instrument(rule: Rule, roll: Roll) -> list[str]:
    rows = (row for row in roll.instrument_parties if row.instrument == rule.codes[0])
    signed = rule.form == "SIGNATORIES"
    standing = (row.party for row in rows if row.stands(row.signed_on if signed else row.bound_from, roll.day))
    return list(dict.fromkeys(standing))
