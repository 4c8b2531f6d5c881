"""The text of a decision: read from what a person or a program sends, hashed, compared, addressed."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.council.models import Clause, Decision, Organ
from apps.council.queries import registers
from apps.council.queries.membership import associates, roll
from apps.council.rules import addressees, schedule, seals
from apps.people.models import Party

LONGEST_CLAUSE, MOST_CLAUSES, LONGEST_RULE = 4000, 60, 200
BODY_DESKS = {"SECRETARIAT": "CCS"}


@dataclass(frozen=True, slots=True)
class ClauseText:
    """One clause as it was read: number, text, addressee rule, its parties today, due date, kind, evidence."""

    number: str
    text: str
    rule: str
    parties: tuple[str, ...]
    due_on: datetime.date | None
    kind: str
    evidence: tuple[str, ...]


def read_clauses(sent: Any, day: datetime.date) -> list[ClauseText]:
    """Clauses from `[{"text", "addressees", "due", "number"?, "kind"?, "evidence"?}]`.

    `addressees` is a list of party codes or one rule ("ALL_MEMBER_STATES", "ORGAN:IMPACS"). ValidationError at
    `clauses` names the clause and what to write.
    """
    if not isinstance(sent, list) or not sent:
        raise _fault(_("Write at least one clause: who must do what, by when."))
    if len(sent) > MOST_CLAUSES:
        raise _fault(
            _("A decision has at most %(most)s clauses. Split it into two decisions.") % {"most": MOST_CLAUSES}
        )
    read = [_clause(place, one, day) for place, one in enumerate(sent, 1)]
    numbers = [clause.number for clause in read]
    doubled = next((number for number in numbers if numbers.count(number) > 1), "")
    if doubled:
        raise _fault(_("Clause %(number)s appears twice. Number each clause once.") % {"number": doubled})
    return read


def _clause(place: int, sent: Any, day: datetime.date) -> ClauseText:
    if not isinstance(sent, dict):
        raise _fault(_("Clause %(place)s: send an object with text, addressees and due.") % {"place": place})
    unknown = set(sent) - {"text", "addressees", "due", "number", "kind", "evidence", "id"}
    if unknown:
        raise _fault(_("Clause %(place)s: there is no field %(name)s.") % {"place": place, "name": sorted(unknown)[0]})
    _plain(place, sent)
    text = (sent.get("text") or "").strip()
    if not text or len(text) > LONGEST_CLAUSE:
        raise _fault(
            _("Clause %(place)s: write its text, at most %(most)s characters.")
            % {"place": place, "most": LONGEST_CLAUSE}
        )
    kind = str(sent.get("kind") or Clause.Kind.ACTION)
    if kind not in Clause.Kind.values:
        raise _fault(
            _("Clause %(place)s: its kind is one of %(kinds)s.")
            % {"place": place, "kinds": ", ".join(Clause.Kind.values)}
        )
    rule, parties = _addressees(place, sent.get("addressees"), day)
    return ClauseText(
        number=str(sent.get("number") or place)[:10],
        text=text,
        rule=rule,
        parties=tuple(parties),
        due_on=_due(place, sent.get("due")),
        kind=kind,
        evidence=tuple(str(each)[:120] for each in sent.get("evidence") or []),
    )


def _plain(place: int, sent: dict[str, Any]) -> None:
    """Refuse values of another type than a clause has: an object in place of its text, a text in place of a list."""
    for name in ("text", "number", "kind", "due"):
        value = sent.get(name)
        if isinstance(value, dict | list | bool) or (name == "text" and not isinstance(value, str | None)):
            raise _fault(_("Clause %(place)s, %(name)s: send a text.") % {"place": place, "name": name})
    evidence = sent.get("evidence")
    if not isinstance(evidence, list | None) or not all(isinstance(each, str) for each in evidence or ()):
        raise _fault(_("Clause %(place)s, evidence: send a list of texts.") % {"place": place})


def _addressees(place: int, sent: Any, day: datetime.date) -> tuple[str, list[str]]:
    named = [str(code).strip().upper() for code in sent] if isinstance(sent, list) else []
    rule = _rule_of(list(dict.fromkeys(named)), day) if named else str(sent or "").strip()
    if len(rule) > LONGEST_RULE:
        raise _fault(_("Clause %(place)s, addressees: name each State once.") % {"place": place})
    try:
        return rule, resolve(rule, day)
    except addressees.AddresseeError as wrong:
        raise _fault(
            pgettext("words, council", "Clause %(place)s, addressees: %(what)s") % {"place": place, "what": wrong}
        ) from wrong


def _rule_of(codes: Sequence[str], day: datetime.date) -> str:
    """The rule behind a list of codes: one rule written alone, one body, or named States."""
    if len(codes) == 1 and codes[0].partition(":")[0] in addressees.FORMS:
        return codes[0]
    dated: Any = Party.objects.as_of(day)
    bodies = set(dated.filter(code__in=codes, kind=Party.Kind.BODY).values_list("code", flat=True))
    if bodies and len(codes) == 1:
        return "SECRETARIAT" if codes[0] == "CCS" else f"ORGAN:{codes[0]}"
    return f"STATES:{','.join(codes)}"


def resolve(rule: str, day: datetime.date) -> list[str]:
    """Parties (and bodies by their code) that a rule addresses on a day; AddresseeError where it cannot be read."""
    parsed = addressees.parse(rule)
    if parsed.form == "ORGAN" and not Organ.objects.filter(code=parsed.codes[0]).exists():
        raise addressees.AddresseeError(
            addressees.UNKNOWN_RULE, _("There is no body %(code)s.") % {"code": parsed.codes[0]}
        )
    today = addressees.Roll(
        day=day,
        members=tuple(party.code for party in roll(day)),
        associates=tuple(party.code for party in associates(day)),
        **registers.rows_for(parsed, day),
    )
    found = [code.removeprefix("ORG:") for code in addressees.resolve(parsed, today)]
    return [BODY_DESKS.get(code, code) for code in found]


def _due(place: int, sent: Any) -> datetime.date | None:
    if sent in (None, ""):
        return None
    try:
        day = datetime.date.fromisoformat(str(sent))
        if not schedule.FIRST_DAY <= day <= schedule.LAST_DAY:
            raise ValueError(sent)
        return day
    except ValueError as wrong:
        raise _fault(_("Clause %(place)s, due: write the day as 2026-12-31.") % {"place": place}) from wrong


def _fault(sentence: str) -> ValidationError:
    return ValidationError({"clauses": sentence})


def hash_of(preamble: str, clauses: Iterable[Any]) -> str:
    """The text's hash, as it is voted on and sealed: preamble, and number and text of each clause in order."""
    return seals.text_hash(preamble, [(clause.number, clause.text) for clause in clauses])


def words_of(preamble: str, clauses: Iterable[Any]) -> str:
    """Everything that search should find."""
    return "\n".join([preamble, *(clause.text for clause in clauses)])


def clauses_of(decision: Decision) -> list[Clause]:
    """The clauses of the current text in order, for actions; pages read through visible_to."""
    return list(Clause.objects.filter(decision=decision).order_by("position"))
