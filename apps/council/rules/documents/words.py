"""Codes, days, money and arithmetic as a reader of the record finds them, in the authentic English."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from apps.council.rules.result_words import REJECTED_BALLOTS
from apps.documents.rendering import words

LEVELS = ("PUBLIC", "OFFICIAL", "CONFIDENTIAL", "SECRET")
MEMBERS_ONLY = "Member States and Secretariats only"
LANGUAGES = {"fr": "French", "nl": "Dutch", "es": "Spanish"}
LINES = {
    "members": "Member States on the day",
    "without_vote": "Without a vote",
    "entitled": "Entitled to vote",
    "present": "Present with credentials",
    "quorum_required": "Quorum: Member States needed",
    "quorum": "The quorum is",
    "gate": "Not put to the majority",
    "rule": "Votes needed",
    "for": "For",
    "against": "Against",
    "abstain": "Abstained",
    "ad_referendum": "For, subject to confirmation",
    "not_voting": "Did not vote",
    "rejected": "Ballot not counted",
    "support": "Supported in so many words",
    "silent": "Silent",
    "objections": "Objections",
    "veto": "Against, where one is enough to defeat it",
    "comparison": "Votes for, and votes needed",
}
"""Labels of the lines of apps.council.rules.result_words.explain."""
QUORUM = {"met": "met", "not_met": "not met", "not_applied": "not asked for in writing"}
VOTES = {
    "for": "For",
    "against": "Against",
    "abstain": "Abstained",
    "for_ad_referendum": "For, subject to confirmation",
    "object": "Objected",
    "support": "Supported",
    "silent": "Silent",
}
RULES = {
    "ALL_MEMBER_STATES": "every Member State",
    "ASSOCIATES": "every Associate Member",
    "CONFERENCE": "the Conference of Heads of Government",
    "SECRETARIAT": "the CARICOM Secretariat",
}
SOURCES = {
    "assessed": "assessed contributions",
    "grant": "grant of a partner",
    "reserve": "reserve",
    "tbd": "still to be found",
}


def level(number: int) -> str:
    """The marking of a level: "CONFIDENTIAL"."""
    return LEVELS[number]


def day(on: datetime.date | None) -> str:
    """ "12 Feb 2008", a dash for none."""
    return f"{on.day} {words.MONTHS[on.month - 1]} {on.year}" if on else "–"


def local(at: datetime.datetime | None, zone: str) -> str:
    """ "12 Feb 2008, 14:02" where the meeting is held, a dash for none."""
    if at is None:
        return "–"
    there = at.astimezone(ZoneInfo(zone))
    return f"{day(there.date())}, {there:%H:%M}"


def arithmetic(lines: Iterable[tuple[str, str]], names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """(label, figure or words) of each line of a result's arithmetic; a remark on the rules is no line of it."""
    return tuple((LINES[code], _figure(code, value, names)) for code, value in lines if code in LINES)


def _figure(code: str, value: str, names: Mapping[str, str]) -> str:
    if code == "quorum":
        return QUORUM[value]
    if code in {"without_vote", "rejected"}:
        party, _, why = value.partition(" ")
        return f"{names.get(party, party)}: {REJECTED_BALLOTS[why]}"
    return value.replace("_", " ").lower() if code == "gate" else value


def addressees(rule: str, codes: Sequence[str], names: Mapping[str, str]) -> str:
    """Whom a clause binds: the rule in words, and the parties that it gives."""
    named = ", ".join(names.get(code, code) for code in codes)
    form, _, after = rule.partition(":")
    if form in {"STATES", "ORGAN"}:
        return named or ", ".join(names.get(code, code) for code in after.split(","))
    said = RULES.get(form, rule)
    return f"{said} ({named})" if named and form in {"ALL_MEMBER_STATES", "ASSOCIATES"} else said


def money(financial: Mapping[str, Any] | None) -> str:
    """The statement of financial implications in a sentence (Revised Treaty, Article 27(5))."""
    if financial is None:
        return "No statement of financial implications was attached."
    if financial.get("nil"):
        return "None (nil statement)."
    whole, cents = divmod(int(financial["amount_minor"]), 100)
    parts = [f"{whole:,}.{cents:02} {financial['currency']}"]
    parts += [str(financial["years"])] if financial.get("years") else []
    parts += ["every year"] if financial.get("recurring") else []
    source = SOURCES.get(financial.get("source", ""))
    parts += [f"source: {source}"] if source else []
    parts += [f"budget line {financial['line']}"] if financial.get("line") else []
    return f"{', '.join(parts)}."
