"""What a rule that is not kept means, and why a check of the text says so, in a sentence."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.access.violations import BrokenRules

RULES: dict[str, Any] = {
    "J-sponsor": _("No point of contact has accepted yet. At least one State must agree the terms."),
    "J-accepted": _("A joint assessment needs at least two parties. Wait for another acceptance."),
    "J-contributions": _("%(at)s has not contributed, and the deadline has not passed. A nil return counts."),
    "J-empty-section": _("%(at)s has no text yet. Write it, or remove the section."),
    "J-judgement": _("%(at)s: enter likelihood, confidence and the basis of the confidence."),
    "J-band": _("The wording and the chosen likelihood differ. Make them agree."),
    "J-citation": _("%(at)s. Share the report, request its release, cite a sanitised variant, or remove the citation."),
    "J-withdrawn": _(
        "%(at)s is based on a report that its State has withdrawn from this assessment. Remove the citation."
    ),
    "J-recalled": _("%(at)s is based on a recalled report. Revise it without the citation."),
    "J-marking": _("%(at)s is marked lower than its sources. Raise its marking, or cite a sanitised variant."),
    "J-blocking": _("%(at)s: a blocking comment is open. Answer it; its party closes it, or the director decides."),
    "J-positions": _("%(at)s has not recorded a position on every judgement, and the deadline has not passed."),
    "J-signatures": _("%(at)s has neither signed nor refused to sign this text."),
    "J-audience": _("No party can receive the report: none has all its sources."),
}

CHECKS: dict[str, Any] = {
    "L01": _("Likelihood and confidence in one sentence. Use two sentences."),
    "L02": _("Vague likelihood. Use a term from the likelihood scale."),
    "L03": _("Term from the other likelihood scale. Use one scale throughout."),
    "L04": _("The number does not match the likelihood term, or has no term."),
    "L05": _("Confidence without its basis. Give the reason: because, based on, given …"),
    "L06": _("This claims certainty. Use a term from the likelihood scale, or give the fact."),
    "L07": _("Policy advice. An assessment says what is happening and what is likely, not what to do."),
    "L08": _("No source is named. Cite the report."),
    "L09": _("Vague time. Give a date."),
    "L10": _("Double hedging. Use one term."),
    "L11": _("These words may reveal a source. Write what is known, not who reported it."),
    "L12": _("Loaded word. Remove it."),
    "L13": _("Negated likelihood. Use the term you mean."),
    "L14": _("No likelihood, and not a statement about the present. Add a likelihood term or an “as of” date."),
    "L16": _("The paragraph has no marking, or is marked higher than the document."),
    "L17": _("Personal data. Remove it, or handle the product as PII."),
    "L18": _("Two likelihoods in one judgement. Split it into two."),
    "L19": _("A judgement cannot be a question. Write what you judge."),
    "L20": _("More or less than what? Give the base: since, compared with, from … to."),
    "L21": _("More than 40 words. Split the sentence."),
    "L22": _("A nationality is used for a group of offenders. Name the group."),
    "A1": _("%(at)s is never spelled out. Spell it out at first use."),
}


def describe_finding(rule: str, at: str = "") -> str:
    """The finding in words."""
    said = str(RULES.get(rule) or CHECKS[rule])
    return said % {"at": at} if "%(at)s" in said else f"{at}: {said}" if at else said


def broken(findings: Iterable[tuple[str, str]], field: str = "to") -> BrokenRules:
    """The error of a step for (rule, place) that are not kept."""
    return BrokenRules(field, [(rule, describe_finding(rule, at)) for rule, at in findings])
