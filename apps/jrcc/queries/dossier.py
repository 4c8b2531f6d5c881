"""Everything about one hit on one page: who may be whom, why, by when, and what has happened."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from typing import Any

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from apps.access import declared_actions
from apps.access.actor import Actor
from apps.access.forms import ActorForm, form_for
from apps.access.marking import Banner
from apps.access.queries import visible_or_404
from apps.journeys.queries.identities import as_record
from apps.jrcc import policy
from apps.jrcc.models import Hit, HitQuestion
from apps.jrcc.queries import clocks as clocks_queries
from apps.jrcc.queries import reasons, service_levels
from apps.jrcc.queries.floor import HitLine, hit_line
from apps.jrcc.queries.hit_history import AUTOMATIC, DONE, history_of
from apps.jrcc.queries.hits import hit_rows
from apps.screening.matching import compare_fields, is_by_document
from apps.screening.models import EntryVersion, Instruction
from apps.screening.policy import may_read_reason
from apps.screening.queries import clearances_of, identities
from apps.screening.queries.thresholds import InForce, at_hand, spared
from apps.screening.rules.recognition import keys_of

S = Hit.State
PRIMARY = {
    S.RAISED: "claim",
    S.CLAIMED: "refer",
    S.REFERRED: "acknowledge",
    S.ACKNOWLEDGED: "record_outcome",
    S.DISMISSED: "agree",
}
"""The one filled button: what usually comes next; after a dismissal the second look that is due."""
LETTERS = {
    "claim": "c",
    "release": "u",
    "refer": "r",
    "refer_further": "r",
    "dismiss": "d",
    "agree": "s",
    "acknowledge": "a",
    "acknowledge_too": "a",
    "record_outcome": "o",
    "reopen": "e",
}
"""Keys that lead to an act, beside its number: the same for each state of a hit."""
MISSING = {
    ("dismiss", "reason"): gettext_lazy("Choose why this is not the listed person."),
    ("clear", "reason"): gettext_lazy("Write what showed that this is another person."),
    ("refer_further", "to"): gettext_lazy("Choose the State that must act."),
    ("reopen", "reason"): gettext_lazy("Enter why the hit is reopened."),
    ("record_outcome", "outcome"): gettext_lazy("Choose what happened."),
}
"""What to do about an answer that is missing, by verb and field."""
FIELDS = {
    "surname": pgettext_lazy("words, jrcc", "Surname"),
    "given_names": pgettext_lazy("words, jrcc", "Given names"),
    "full_name": pgettext_lazy("words, jrcc", "Full name"),
    "birth_date": gettext_lazy("Date of birth"),
    "sex": pgettext_lazy("words, jrcc", "Sex"),
    "nationality": pgettext_lazy("words, jrcc", "Nationality"),
    "document": pgettext_lazy("words, jrcc", "Document"),
}


@dataclass(frozen=True, slots=True)
class Dossier:
    """A hit as a page shows it. `version` is the list entry as it was, None where the actor may not see it."""

    actor: Actor
    it: Hit
    line: HitLine
    version: Any
    fields: list[dict[str, Any]]
    evidence: list[dict[str, Any]]
    history: list[dict[str, Any]]
    states: dict[str, str]
    offers: list[dict[str, Any]]
    reason: str
    desks: list[str]
    clearances: list[Any]
    clocks: list[clocks_queries.Clock]
    limits: InForce
    questions: list[dict[str, Any]]

    @property
    def now(self) -> datetime.datetime:
        """The moment at which the page is made."""
        return timezone.now()

    @property
    def asks(self) -> list[str]:
        """Parties whom the seat may ask about the hit."""
        return policy.may_be_asked(self.actor, self.it) if policy.may_ask(self.actor, None) else []

    @property
    def instruction(self) -> str:
        """What the owner asks for, in words."""
        return str(Instruction(self.it.instruction).label)

    @property
    def document(self) -> str:
        """What the evidence says of the document for which alone the hit was raised."""
        return next((str(row["text"]) for row in self.evidence if is_by_document([row])), "")

    @property
    def listed_for(self) -> str:
        """Whom the entry names; a dash where it names a document alone."""
        subject = self.version.subject
        named = any(subject.get(part) for part in ("surname", "given_names", "full_name", "aliases"))
        return identities.title(subject) if named else "–"

    @property
    def log_odds(self) -> float:
        """Sum of prior and evidence."""
        return self.it.prior + sum(row["weight"] for row in self.evidence)

    @property
    def odds_percent(self) -> str:
        """The sum as a probability, with as many figures as it takes to not read 100."""
        probability = 100 / (1 + exp(-self.log_odds))
        return f"{probability:.1f}" if probability < 99.9 else f"{int(probability * 10_000) / 10_000:.4f}"

    @property
    def thresholds(self) -> str:
        """From where a pair is shown, and from where it counts as a match."""
        return _("shown from %(review)s%%, match from %(match)s%%") % {
            "review": f"{self.limits.review * 100:.4g}",
            "match": f"{self.limits.match * 100:.4g}",
        }

    @property
    def below(self) -> bool:
        """Whether somebody still works on it although it lies below the threshold that has come into force since."""
        if self.version is None or self.limits.since is None or self.it.state not in Hit.OPEN:
            return False
        least = self.limits.least(spared=spared(self.version.entry) or bool(self.line.why))
        return bool(self.it.created_at < self.limits.since and self.it.score < least)

    @property
    def referred(self) -> list[tuple[str, bool]]:
        """(name, whether it has acknowledged) of the States that it was referred to."""
        taken = self.it.acknowledged_by
        return [(self.states.get(code, code), code in taken) for code in self.it.referred_to]

    @property
    def left_behind(self) -> list[str]:
        """Names of States that work on it although the journey no longer touches them: another one has to be asked."""
        it = self.it
        if it.state not in Hit.OPEN or set(it.referred_to) & {*it.parties, it.list_party_id}:
            return []
        return [self.states.get(code, code) for code in it.referred_to]

    @property
    def journey_states(self) -> list[str]:
        """Names of the States of the journey that may screen with the entry."""
        return [self.states.get(code, code) for code in self.it.parties]

    @property
    def reason_words(self) -> str:
        """Why it was dismissed, withdrawn or opened again: a code's words, or the words themselves."""
        return reasons.label(self.it.reason)


MARKING: Banner = {"level": 2, "caveat": gettext_lazy("Only JRCC, the owner and the State referred to")}


def dossier(actor: Actor, pk: Any, bound: Mapping[str, ActorForm] | None = None) -> Dossier:
    """The hit with this key, or Refused("not-visible"). `bound`: forms by verb that came back with faults.

    Four queries, and what the forms of the acts ask: the hit with all beside it, the entry version, the history, and
    earlier clearances.
    """
    hit = visible_or_404(_with_questions(actor, service_levels.with_referrals(hit_rows(actor))), actor, pk)
    ours = _record(hit)
    version, states = _version(actor, hit), {one["code"]: one["name"] for one in hit.states}
    return Dossier(
        actor=actor,
        it=hit,
        line=hit_line(actor, hit),
        version=version,
        fields=_fields(ours, version),
        evidence=sorted(hit.evidence, key=lambda row: -abs(row["weight"])),
        history=history_of(actor, hit),
        states=states,
        offers=_offers(actor, hit, bound or {}, states),
        reason=version.entry.reason if version and may_read_reason(actor, version.entry) else "",
        desks=[code for code in hit.desks if not code.endswith(AUTOMATIC)],
        clearances=clearances_of(actor, hit.entry_id, keys_of(ours)),
        clocks=clocks_queries.clocks(hit),
        limits=at_hand(),
        questions=_questions(actor, hit),
    )


MOST_QUESTIONS = 40
ASKED_CHIPS = {
    HitQuestion.State.ASKED: ("warn", "clock"),
    HitQuestion.State.ANSWERED: ("ok", "check"),
    HitQuestion.State.WITHDRAWN: ("mute", "undo"),
}


ASKED = ("id", "of_id", "originator_id", "owner_id", "text", "asked_by", "answer", "answered_by", "state")


def _with_questions(actor: Actor, rows: Any) -> Any:
    """Hits, each with what owner and acting States asked each other (`asked`), as far as the actor's side is one."""
    mine = HitQuestion.objects.visible_to(actor).filter(hit=OuterRef("pk")).order_by("pk")
    facts = JSONObject(**{name: name for name in (*ASKED, "created_at", "answered_at")})
    return rows.annotate(asked=ArraySubquery(mine.values(facts=facts)[:MOST_QUESTIONS]))


def _questions(actor: Actor, hit: Any) -> list[dict[str, Any]]:
    """The questions of a hit read with them. No query."""
    rows = []
    for facts in hit.asked:
        row = HitQuestion(hit_id=hit.pk, **{name: facts[name] for name in ASKED})
        row.created_at, row.answered_at = _moment(facts["created_at"]), _moment(facts["answered_at"])
        rows.append(asked_line(actor, row))
    return rows


def _moment(text: str | None) -> Any:
    return datetime.datetime.fromisoformat(text) if text else None


def asked_line(actor: Actor, row: HitQuestion) -> dict[str, Any]:
    """A question as pages show it: each party reads the names of its own people alone."""
    return {
        "it": row,
        "chip": (*ASKED_CHIPS[HitQuestion.State(row.state)], str(HitQuestion.State(row.state).label)),
        "who": row.asked_by if actor.party_code == row.originator_id else "",
        "answered_by": row.answered_by if actor.party_code == row.of_id else "",
        "waits": row.state == HitQuestion.State.ASKED and bool(policy.may_answer_question(actor, row)),
        "own": row.owner_id == actor.desk_id,
    }


def _version(actor: Actor, hit: Hit) -> Any:
    """The entry as it was when the score was found, if the actor may see the entry."""
    rows = EntryVersion.objects.visible_to(actor).filter(entry_id=hit.entry_id, number=hit.entry_version)
    return rows.select_related("entry__list").first()


def _record(hit: Any) -> dict[str, Any]:
    """The traveller with their documents in the matching contract's form."""
    traveller = hit.traveller
    return as_record(
        {
            "surname": traveller.surname,
            "given_names": traveller.given_names,
            "sex": traveller.sex,
            "birth_date": traveller.birth_date,
            "birth_date_other": traveller.birth_date_other,
            "nationality": traveller.nationality,
            "documents": hit.papers,
        }
    )


def _fields(ours: dict[str, Any], version: Any) -> list[dict[str, Any]]:
    """Field by field, differing letters marked; without an entry the traveller's side alone."""
    return [
        {
            "field": FIELDS.get(row.field, row.field),
            "ours": row.ours,
            "ours_parts": [{"text": text, "differs": differs} for text, differs in row.ours_parts],
            "theirs_parts": [{"text": text, "differs": differs} for text, differs in row.theirs_parts],
            "result": _result(row.result),
        }
        for row in compare_fields(ours, version.subject if version else {})
    ]


def _result(words: str) -> dict[str, str]:
    """Chip of a comparison's result. What is not stated is never a difference."""
    first = words.partition(" (")[0]
    kind, picture = {
        "Same": ("ok", "check"),
        "Near": ("warn", "minus"),
        "Digits swapped": ("warn", "minus"),
        "Different": ("bad", "x"),
    }.get(first, ("mute", "circle"))
    text = pgettext("words, jrcc", "No evidence") if kind == "mute" else words.replace(" (", ", ").replace(")", "")
    return {"kind": kind, "picture": picture, "text": text}


def _offers(actor: Actor, hit: Hit, bound: Mapping[str, ActorForm], states: Mapping[str, str]) -> list[dict[str, Any]]:
    """Acts as buttons: those that ask for input come with their form; those not for this function are left out."""
    found: list[dict[str, Any]] = []
    for offer in declared_actions.offers(actor, hit):
        if not offer.allowed and not _worth_saying(actor, hit, offer):
            continue
        form = bound.get(offer.verb)
        if form is None and offer.allowed and offer.spec.takes:
            form = form_of(offer.spec, actor, hit)
        if form is not None:
            _in_words(form, offer.verb, states)
        found.append(
            {
                "verb": offer.verb,
                "label": offer.label,
                "allowed": offer.allowed,
                "why_not": offer.why_not,
                "form": form,
                "primary": offer.verb == PRIMARY.get(S(hit.state)),
                "open": offer.verb in bound,
                "key": len(found) + 1,
                "letter": LETTERS.get(offer.verb, ""),
            }
        )
    return found


def form_of(spec: declared_actions.Spec, actor: Actor, hit: Hit, data: Any = None) -> ActorForm:
    """The form of an act, with what to do said where an answer is missing."""
    form = form_for(spec)(data, actor=actor, row=hit, auto_id=f"{spec.name}_%s")
    for name, field in form.fields.items():
        field.error_messages["required"] = MISSING.get((spec.name, name), _("Fill this in."))
    return form


def done_words(spec: declared_actions.Spec) -> str:
    """What is said after an act: "Claimed"."""
    return str(DONE[spec.verb][1] if spec.verb in DONE else spec.label)


def _in_words(form: ActorForm, verb: str, states: Mapping[str, str]) -> None:
    """Choices by their names: the picker of States in place of codes, the usual reasons in place of free words."""
    for bound in form:
        if isinstance(bound.field, forms.MultipleChoiceField):
            choices: Any = bound.field.choices
            named = [(code, states.get(str(code), words)) for code, words in choices]
            bound.field.widget = forms.CheckboxSelectMultiple(choices=named)
    if verb == "clear":
        party: Any = form.fields["party"]
        party.widget = forms.Select(choices=[(code, states.get(str(code), code)) for code, _words in party.choices])
    if verb == "dismiss" and "reason" in form.fields:
        form.fields["reason"].widget = forms.Select(choices=[("", _("Choose a reason")), *reasons.DISMISSALS.items()])


def _worth_saying(actor: Actor, hit: Hit, offer: declared_actions.Offer) -> bool:
    """Whether a refusal is news to this desk: the watch learns who has claimed; nobody reads of others' tasks."""
    if offer.verb in {"clear", "acknowledge_too"} or (offer.verb == "agree" and hit.second_look != "due"):
        return False
    return actor.function == ("border" if offer.verb in {"acknowledge", "record_outcome"} else "watch")
