"""What a rule that is not kept means, and why a check of the text says so, in a sentence."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.access.broken import BrokenRules

RULES: dict[str, Any] = {
    "J-sponsor": _("No point of contact has accepted yet. Terms are agreed when at least one State stands by them."),
    "J-accepted": _("An assessment is joint when two parties or more take part. Wait for another acceptance."),
    "J-contributions": _("%(at)s has not contributed, and the last day is not over. A nil return counts."),
    "J-empty-section": _("%(at)s has no text yet. Write it, or remove the section."),
    "J-judgement": _("%(at)s: give likelihood, confidence and the basis of the confidence."),
    "J-band": _("The words say another likelihood than the one chosen. Make them agree."),
    "J-citation": _("%(at)s. Share the report, ask for its release, cite a sanitised variant, or drop the citation."),
    "J-withdrawn": _("%(at)s rests on a report that its State has withdrawn from this assessment. Drop the citation."),
    "J-recalled": _("%(at)s rests on a report that was recalled. Change it without the citation."),
    "J-marking": _("%(at)s is marked below what it rests on. Raise its marking, or cite a variant with less in it."),
    "J-blocking": _("%(at)s: a blocking comment is open. Answer it; its party closes it, or the director decides."),
    "J-positions": _("%(at)s has not taken a position on every judgement, and the last day is not over."),
    "J-signatures": _("%(at)s has neither signed this text nor refused to."),
    "J-audience": _("Nobody can receive the report: no party has all that it rests on."),
}

CHECKS: dict[str, Any] = {
    "L01": _("Likelihood and confidence in one sentence. Say them in two: they are two things."),
    "L02": _("A vague word of chance. Use a term of the yardstick."),
    "L03": _("A term of the other yardstick. One assessment keeps to one."),
    "L04": _("The number does not lie in the band of the term, or stands without one."),
    "L05": _("Confidence without its basis. Say why: because, based on, given …"),
    "L06": _("Certainty is claimed. Use a term of the yardstick, or state the fact."),
    "L07": _("Advice on policy. An assessment says what is so and what is likely, not what to do."),
    "L08": _("Nobody is named as the source. Cite the report."),
    "L09": _("A vague time. Give a date."),
    "L10": _("A hedge on a hedge. One term is enough."),
    "L11": _("Words that give a source away. Write what is known, not from whom."),
    "L12": _("A loaded word. Leave it out."),
    "L13": _("A denied likelihood. Use the term that is meant."),
    "L14": _("No likelihood, and no statement of the present. Add a term, or say as of when it holds."),
    "L16": _("The paragraph is not marked, or marked above the document."),
    "L17": _("Personal data. A product goes without, or is handled as PII."),
    "L18": _("Two likelihoods in one judgement. Make two judgements."),
    "L19": _("A question in a judgement. State what is judged."),
    "L20": _("More or less than what? Give the base: since, compared with, from … to."),
    "L21": _("More than forty words. Split the sentence."),
    "L22": _("A nationality stands for a group of offenders. Name the group."),
    "A1": _("%(at)s is never written out. Write it out at its first use."),
}


def sentence(rule: str, at: str = "") -> str:
    """The finding in words."""
    said = str(RULES.get(rule) or CHECKS[rule])
    return said % {"at": at} if "%(at)s" in said else f"{at}: {said}" if at else said


def broken(findings: Iterable[tuple[str, str]], field: str = "to") -> BrokenRules:
    """The error of a step for (rule, place) that are not kept."""
    return BrokenRules(field, [(rule, sentence(rule, at)) for rule, at in findings])
