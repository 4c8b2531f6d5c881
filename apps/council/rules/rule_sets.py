"""Dated rule sets: what an organ needs to decide, read from data and never changed afterwards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .seals import fingerprint

ALL_MEMBERS = "ALL_MEMBERS"
ENTITLED = "ENTITLED"

Data = Mapping[str, Any]


class RuleError(ValueError):
    """Rule data that cannot be read, or a question the rules do not answer; the message says which."""


def need(base: int, fraction: tuple[int, int], strictly_more: bool) -> int:
    """How many of `base` are at least, or strictly more than, the fraction; integers only.

    Three quarters of 15 are 12, more than a half of 15 are 8. Revised Treaty Art. 27(1), 27(3), 27(6), 28(2), 29(2).
    """
    numerator, denominator = fraction
    return numerator * base // denominator + 1 if strictly_more else -(-numerator * base // denominator)


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many Member States must be present. Revised Treaty Art. 27(1)."""

    fraction: tuple[int, int]
    strictly_more: bool
    counts_arrears_states: bool
    counts_remote: bool
    legal_basis: str

    def required(self, members: int) -> int:
        """The number of `members` that make the quorum."""
        return need(members, self.fraction, self.strictly_more)


@dataclass(frozen=True, slots=True)
class Arrears:
    """When a State behind with its contributions loses its vote. Revised Treaty Art. 27(2)."""

    threshold_years: int
    strictly_more: bool
    exempt_if_csme_matter: bool
    waiver_by: str
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Associates:
    """What Associate Members may do. Portal rule, to be confirmed by the organ."""

    may_attend: bool
    may_speak: bool


@dataclass(frozen=True, slots=True)
class Consensus:
    """Whether and how the organ decides without a vote. Portal rule, to be confirmed by the organ.

    `floor` says that as many entitled States must be present as a vote would need in favour; `if_short` is the outcome
    when they are not.
    """

    allowed: bool
    objection_requires_vote_right: bool
    floor: bool
    if_short: str


@dataclass(frozen=True, slots=True)
class AdReferendum:
    """Votes subject to the Cabinet at home. Portal rule, to be confirmed by the organ; days are calendar days."""

    allowed: bool
    confirm_within_days: int


@dataclass(frozen=True, slots=True)
class NonImplementation:
    """How long a State has to explain why it does not follow a recommendation. Revised Treaty Art. 27(6)."""

    written_reasons_within_months: int
    addressee: str
    legal_basis: str


@dataclass(frozen=True, slots=True)
class OptOut:
    """Who may release a State from obligations of a decision. Revised Treaty Art. 27(4)."""

    consent_of: str
    condition: str
    legal_basis: str


@dataclass(frozen=True, slots=True)
class BarredParties:
    """Whether parties to a dispute, or facing sanctions, do not vote on that issue. Revised Treaty Art. 28(4)."""

    applies: bool
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Question:
    """One kind of question and what adopts it. Revised Treaty Art. 27(3), 27(6), 28 and 29.

    `base` is ALL_MEMBERS or ENTITLED; `vetoed_by_one` says that a single vote against defeats it.
    """

    question: str
    fraction: tuple[int, int]
    strictly_more: bool
    vetoed_by_one: bool
    base: str
    abstention: str
    binding: bool
    requires_financial_statement: bool
    legal_basis: str
    note: str

    def required(self, base: int) -> int:
        """The votes in favour that adopt it, of `base` States."""
        return need(base, self.fraction, self.strictly_more)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one organ for a period, both days included; None leaves the period open on that side.

    `content_hash` is the SHA-256 of the canonical JSON of the data it was read from. `applied_by_analogy` is printed on
    every record made under it. Revised Treaty Art. 27 to 29.
    """

    id: str
    organ: str
    applies_to: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    active: bool
    applied_by_analogy: bool
    confidence: str
    quorum: Quorum
    arrears: Arrears
    associates: Associates
    consensus: Consensus
    ad_referendum: AdReferendum
    recommendation_nonimplementation: NonImplementation
    opt_out: OptOut
    barred_parties: BarredParties
    questions: tuple[Question, ...]
    content_hash: str = field(repr=False)

    @classmethod
    def from_data(cls, data: Data) -> "RuleSet":
        """Read one rule set from its JSON object; raises RuleError naming the rule set and what is wrong in it."""
        name = data.get("id", "(no id)")
        try:
            return _read(data)
        except KeyError as error:
            raise RuleError(f"Rule set {name}: {error.args[0]} is missing.") from None
        except (TypeError, ValueError) as error:
            raise RuleError(f"Rule set {name}: {error}") from None

    def question(self, name: str) -> Question | None:
        """The question of this name, or None if the organ may not be asked it."""
        return next((question for question in self.questions if question.question == name), None)

    def governs(self, organ: str, day: date) -> bool:
        """Whether these rules are active for the organ on that day."""
        return (
            self.active
            and organ in (self.organ, *self.applies_to)
            and self.valid_from is not None
            and self.valid_from <= day
            and (self.valid_to is None or day <= self.valid_to)
        )


def resolve(rule_sets: Iterable[RuleSet], organ: str, day: date) -> RuleSet:
    """The one rule set in force for an organ on a day; raises RuleError for none or several, never a default.

    Portal rule, to be confirmed by the organ: a vote is counted by the rules of its own day, for ever.
    """
    found = [rules for rules in rule_sets if rules.governs(organ, day)]
    if len(found) == 1:
        return found[0]
    when = f"{organ} on {day.isoformat()}"
    if not found:
        raise RuleError(f"No rule set is in force for {when}. Enter one whose period covers that day.")
    names = " and ".join(rules.id for rules in found)
    raise RuleError(f"{len(found)} rule sets are in force for {when}: {names}. End the period of all but one.")


def _read(data: Data) -> RuleSet:
    if data["casting_vote"] or data["proxy_voting"]:
        raise ValueError("casting votes and proxies are not known to the Revised Treaty.")
    return RuleSet(
        id=data["id"],
        organ=data["organ"],
        applies_to=tuple(data.get("applies_to", ())),
        valid_from=_day(data["valid_from"]),
        valid_to=_day(data["valid_to"]),
        active=not data.get("inactive", False),
        applied_by_analogy=bool(data.get("applied_by_analogy", False)),
        confidence=data.get("confidence", ""),
        quorum=_quorum(data["quorum"]),
        arrears=_arrears(data["arrears"]),
        associates=_associates(data["associates"]),
        consensus=_consensus(data["consensus"]),
        ad_referendum=AdReferendum(data["ad_referendum"]["allowed"], data["ad_referendum"]["confirm_within_days"]),
        recommendation_nonimplementation=NonImplementation(**data["recommendation_nonimplementation"]),
        opt_out=OptOut(**data["opt_out"]),
        barred_parties=BarredParties(data["barred_parties"]["applies"], data["barred_parties"].get("legal_basis", "")),
        questions=tuple(_question(question) for question in data["questions"]),
        content_hash=fingerprint(data),
    )


def _quorum(data: Data) -> Quorum:
    _choice("quorum.base", data["base"], {ALL_MEMBERS})
    return Quorum(
        fraction=_fraction(data["fraction"], data["strictly_more"]),
        strictly_more=data["strictly_more"],
        counts_arrears_states=data["counts_arrears_states"],
        counts_remote=data["counts_remote"],
        legal_basis=data["legal_basis"],
    )


def _arrears(data: Data) -> Arrears:
    comparison = _choice("arrears.comparison", data["comparison"], {"STRICTLY_MORE_THAN", "AT_LEAST"})
    return Arrears(
        threshold_years=data["threshold_years"],
        strictly_more=comparison == "STRICTLY_MORE_THAN",
        exempt_if_csme_matter=data["exempt_if_csme_matter"],
        waiver_by=data["waiver_by"],
        legal_basis=data["legal_basis"],
    )


def _associates(data: Data) -> Associates:
    if data["may_vote"] or data["in_base"] or data["in_quorum"]:
        raise ValueError("Associate Members cannot vote or be counted.")
    return Associates(data["may_attend"], data["may_speak"])


def _consensus(data: Data) -> Consensus:
    floor = _choice("consensus.min_present", data["min_present"], {"REQUIRED_AFFIRMATIVE", None})
    return Consensus(
        allowed=data["allowed"],
        objection_requires_vote_right=data["objection_requires_vote_right"],
        floor=floor is not None,
        if_short=_choice("consensus.if_short", data["if_short"], {"PENDING_AD_REFERENDUM", "REJECTED"}),
    )


def _question(data: Data) -> Question:
    abstentions = {"NEUTRAL_BUT_IN_BASE", "ALLOWED_IF_FLOOR_MET"}
    return Question(
        question=data["question"],
        fraction=_fraction(data["affirmative_fraction"], data["strictly_more"]),
        strictly_more=data["strictly_more"],
        vetoed_by_one=data["single_against_defeats"],
        base=_choice("base", data["base"], {ALL_MEMBERS, ENTITLED}),
        abstention=_choice("abstention", data["abstention"], abstentions),
        binding=data["binding"],
        requires_financial_statement=data["requires_financial_statement"],
        legal_basis=data["legal_basis"],
        note=data["note"],
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _fraction(pair: Iterable[int], strictly_more: bool) -> tuple[int, int]:
    numerator, denominator = pair
    if not 0 < numerator <= denominator or (strictly_more and numerator == denominator):
        raise ValueError(
            f"no number of States can be {'more than' if strictly_more else ''} {numerator}/{denominator}."
        )
    return numerator, denominator


def _choice(name: str, value: Any, choices: set[Any]) -> Any:
    if value not in choices:
        raise ValueError(f"{name} cannot be {value!r}.")
    return value
