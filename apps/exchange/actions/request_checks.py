"""What has to hold of a request before it may go: texts, markings, who gets which of them."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.access.violations import BrokenRules
from apps.exchange.actions.fields import LONGEST_TEXT, Plain, level_from, short_texts, text_part
from apps.exchange.models import Request, Subject, Variant
from apps.exchange.queries import orcon_answers, vocabulary
from apps.exchange.queries.subject_keys import key_of
from apps.exchange.rules.lines import Line
from apps.exchange.rules.subjects import NotASubject

MOST_TARGETS, LONGEST_TARGET, LONGEST_SUBJECT = 120, 40, 200
NOBODY, TWICE, PURPOSE, BASIS = "R1", "R2", "R3", "R4"
"""Rules of sending: somebody is asked; one text for each State; a purpose; a legal basis."""
ORCON = "ORCON"
"""The rule that what was answered with ORCON goes no further without its originator (contract-rifc.md, O07)."""


def marked(actor: Actor, line: Line, level: int, tlp: str, orcon: bool, at: str) -> None:
    """ValidationError at a field for a marking above the writer's clearance, BrokenRules for one that does not fit."""
    if level > actor.clearance:
        raise ValidationError({at: _("This is marked above your clearance.")})
    faults = line.marking_faults(level, tlp, orcon, actor.party_code)
    if faults:
        raise BrokenRules(at, [(one.rule, one.text) for one in faults])


def not_passed_on(actor: Actor, at: str, texts: Iterable[str], parties: Iterable[str]) -> None:
    """BrokenRules at a field for texts that quote an answer given with ORCON, unless they go to its own party alone."""
    found = orcon_answers.originators(actor, texts)
    others = sorted(party for party in found if set(parties) - {party})
    if others:
        said = _(
            "This quotes what %(party)s answered to %(number)s under ORCON. Quote it in a report "
            "instead, and request its release."
        )
        raise BrokenRules(at, [(ORCON, said % {"party": party, "number": found[party]}) for party in others])


def soon_enough(due: datetime.datetime | None, at: str = "due") -> None:
    """ValidationError for a moment that is over."""
    if due is not None and due <= timezone.now():
        raise ValidationError({at: _("This time is past. Enter a later one, or leave it empty.")})


def variants_of(actor: Actor, line: Line, row: Request, given: Sequence[Plain]) -> list[Variant]:
    """Unsaved variants of a request, each with its own targets; errors at `variants`."""
    made = []
    for order, plain in enumerate(given, start=1):
        try:
            made.append(_variant(actor, line, row, plain, order))
        except BrokenRules:
            raise
        except ValidationError as wrong:
            raise ValidationError(
                {
                    "variants": [
                        pgettext("message, exchange", "Text %(n)s: %(fault)s") % {"n": order, "fault": each}
                        for each in wrong.messages
                    ]
                }
            ) from wrong
    resolved(line, row, made)
    return made


def _variant(actor: Actor, line: Line, row: Request, plain: Plain, order: int) -> Variant:
    level = level_from(line, plain["classification"], actor.party_code) if plain.get("classification") else row.level
    tlp = text_part(plain, "tlp", 12) or row.tlp
    if tlp not in dict(line.labels()):
        raise ValidationError(_("The TLP of a request is CLEAR, GREEN, AMBER or AMBER+STRICT."))
    if level > row.level:
        raise ValidationError(
            _("This text is marked above the request. Raise the request's marking, or lower this one.")
        )
    marked(actor, line, level, tlp, False, "variants")
    questions = plain.get("questions") or []
    if not isinstance(questions, list):
        raise ValidationError(_("Send the questions as a list of texts."))
    short_texts(questions)
    if questions and len(questions) != len(row.questions):
        raise ValidationError(
            _("Write as many questions as the request has, in the same order, or none to ask the same.")
        )
    return Variant(
        request=row,
        order=order,
        targets=_words(plain.get("to")),
        text=text_part(plain, "text", LONGEST_TEXT),
        subject=text_part(plain, "subject", LONGEST_SUBJECT),
        questions=[one.strip() for one in questions],
        level=level,
        tlp=tlp,
    )


def _words(value: Any) -> list[str]:
    words = value or []
    fits = isinstance(words, list) and len(words) <= MOST_TARGETS
    if not fits or not all(isinstance(word, str) and 0 < len(word) <= LONGEST_TARGET for word in words):
        raise ValidationError(_("Name desks, parties or groups by their codes, for example JAM or TTO.customs."))
    if any("\x00" in word for word in words):
        raise ValidationError(_("This is not a desk code."))
    return list(dict.fromkeys(words))


def resolved(line: Line, row: Request, variants: Iterable[Variant]) -> dict[int, tuple[Variant, Any]]:
    """{desk id: (its text, the desk)}; BrokenRules (R2) where a State, or a desk, would get two texts."""
    found: dict[int, tuple[Variant, Any]] = {}
    of_party: dict[str, int] = {}
    twice = set()
    for variant in variants:
        meant = line.meant(variant.targets, row.owner_id)
        if meant.unknown:
            codes = ", ".join(meant.unknown)[:200]
            raise ValidationError({"variants": _("No desk has this code: %(codes)s.") % {"codes": codes}})
        for desk in meant.desks:
            if of_party.setdefault(desk.party_id, variant.order) != variant.order:
                twice.add(desk.party_id)
            found[desk.pk] = variant, desk
    if twice:
        raise BrokenRules(
            "variants",
            [
                (TWICE, _("%(party)s would get two texts. Name it in only one.") % {"party": each})
                for each in sorted(twice)
            ],
        )
    return found


def refuse_incomplete(row: Request, found: dict[int, tuple[Variant, Any]]) -> None:
    """BrokenRules for what is missing of a request that is to be sent."""
    wrong = {
        NOBODY: (not found, _("No desk is asked. Name at least one desk.")),
        PURPOSE: (not row.purpose.strip(), _("Enter what the answers are for.")),
        BASIS: (not row.legal_basis.strip(), _("Enter the legal basis.")),
    }
    missing = [(rule, text) for rule, (broken, text) in wrong.items() if broken]
    if missing:
        raise BrokenRules("variants" if missing[0][0] == NOBODY else "__all__", missing)


def refuse_unfit(actor: Actor, line: Line, found: dict[int, tuple[Variant, Any]]) -> None:
    """BrokenRules (V02, V04) for desks that cannot be sent their text."""
    faults = []
    for level in sorted({variant.level for variant, _desk in found.values()}):
        desks = [desk for variant, desk in found.values() if variant.level == level]
        faults += [(one.rule, one.text) for one in line.unfit(desks, level, actor.party_code)]
    if faults:
        raise BrokenRules("variants", faults)


def subjects_of(row: Request, given: Sequence[Plain]) -> list[Subject]:
    """Unsaved subjects, each once; ValidationError at `subjects` for what cannot be read."""
    kinds = dict(vocabulary.choices("subject"))
    made: dict[str, Subject] = {}
    for plain in given:
        kind, value = plain.get("kind"), text_part(plain, "value", LONGEST_SUBJECT)
        if not isinstance(kind, str) or kind not in kinds:
            raise ValidationError({"subjects": _("No kind of subject has this name.")})
        try:
            key = key_of(kind, value)
        except NotASubject:
            example = vocabulary.detail("subject", kind)["example"]
            said = _("“%(value)s” cannot be read as: %(kind)s. Write it like %(example)s.")
            raise ValidationError(
                {"subjects": said % {"value": value[:60], "kind": kinds[kind], "example": example}}
            ) from None
        made[key] = Subject(request=row, kind=kind, value=value, key=key)
    return list(made.values())
