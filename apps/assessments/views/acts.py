"""One page for every verb: what it does, its fields, its faults; the same input as over the API."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.access import acts as shared
from apps.access.doors import REGISTRY, Spec
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.assessments.models import Assessment
from apps.assessments.queries import parts, remarks

DANGEROUS = frozenset({"cancel", "recall", "remove_member", "reopen_text", "reopen_positions"})
"""Verbs whose button is outlined in red, and which ask before they act."""

PARTS = {
    "withdraw": ("jta_contribution.withdraw", "contribution"),
    "remove": ("jta_section.remove", "section"),
    "drop": ("jta_judgement.drop", "judgement"),
    "resolve": ("jta_comment.resolve", "comment"),
    "confirm": ("jta_comment.close", "comment"),
    "escalate": ("jta_comment.bring_up", "comment"),
    "decide": ("jta_comment.rule_on", "comment"),
    "comment": ("jta_comment.make", "section"),
    "remark": ("jta_comment.make", "judgement"),
    "remark-answer": ("jta_remark.answer", "remark"),
    "remark-resolve": ("jta_remark.settle", "remark"),
    "remark-reopen": ("jta_remark.reopen", "remark"),
    "remark-accept": ("jta_remark.accept", "remark"),
    "outcome": ("jta_outcome.propose", "judgement"),
    "outcome-agree": ("jta_outcome.agree", "outcome"),
    "outcome-disagree": ("jta_outcome.disagree", "outcome"),
    "outcome-reopen": ("jta_outcome.reopen", "outcome"),
}
"""{verb of a part in the address: (the verb, the input that names the part)}."""

WHOLE = {
    "contribute": "jta_contribution.give",
    "add_section": "jta_section.add",
    "from_template": "jta_section.from_template",
}
"""{verb in the address: the verb} of those of other nouns that are done to the assessment as a whole."""


def spec_named(verb: str) -> Spec:
    """The verb of an address; Refused for none."""
    return shared.spec_of("assessment", verb) if verb not in WHOLE else REGISTRY[WHOLE[verb]]


def buttons(actor: Any, row: Assessment) -> list[dict[str, Any]]:
    """What the seat may do with the assessment as a whole, in the order of the work."""
    place = lambda verb: reverse("assessments:do", args=[row.pk, verb])  # noqa: E731
    names = {REGISTRY[verb].verb: short for short, verb in WHOLE.items()}
    found = []
    for offer in shared.offers(actor, row):
        noun = offer.spec.verb.partition(".")[0]
        verb = offer.verb if noun == "assessment" else names.get(offer.spec.verb, "")
        if offer.allowed and verb:
            asks, danger = bool(offer.spec.takes) or verb in DANGEROUS, verb in DANGEROUS
            found.append(
                {
                    "verb": verb,
                    "label": offer.label,
                    "allowed": True,
                    "url": place(verb),
                    "asks": asks,
                    "danger": danger,
                }
            )
    return found


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """A verb that is done to the assessment as a whole."""
    row = visible_or_404(Assessment, request.actor, pk)
    spec = spec_named(verb)
    shared.ask(request.actor, row, spec)
    return act(request, spec, row, _initial(request, spec, row))


def _initial(request: Any, spec: Spec, row: Assessment) -> dict[str, Any]:
    """What stands in the form from the start; the fingerprint is the one that was shown on the page."""
    shown = request.GET.get("content_sha256", "")
    return {"content_sha256": shown or row.content_sha256} if "content_sha256" in spec.takes else {}


def act(request: Any, spec: Spec, row: Assessment, initial: dict[str, Any], **more: Any) -> HttpResponse:
    """The page of a verb; rules that are not kept stand above the form."""
    back = more.pop("back", reverse("assessments:assessment", args=[row.pk]))
    template = more.pop("template", "assessments/act.html")
    fits = {name: value for name, value in initial.items() if name in spec.takes}
    run = more.pop("run", None)
    return shared.carry_out(
        request, spec, row, template, lambda _done: back, run=run or _without_version(request, spec, row),
        initial=fits, back=back, assessment=row, danger=spec.name in DANGEROUS, **more,
    )  # fmt: skip


def _without_version(request: Any, spec: Spec, row: Assessment) -> Any:
    """Run the verb. Others act on the assessment all the time: what binds is locked, or has its own fingerprint."""

    def run(**fields: Any) -> Any:
        try:
            return spec.run(request.actor, row, **fields)
        except Refused as refusal:
            if not spec.takes and refusal.reason != "not-visible":
                raise ValidationError(refusal.message) from refusal
            raise

    return run


@require_http_methods(["GET", "POST"])
def part_do(request: Any, pk: Any, part: Any, verb: str) -> HttpResponse:
    """A verb that is done to a part of the assessment: a comment, a contribution, a section, a judgement."""
    row = visible_or_404(Assessment, request.actor, pk)
    if verb not in PARTS:
        raise Refused("not-visible")
    name, field = PARTS[verb]
    spec = REGISTRY[name]
    shared.ask(request.actor, row, spec)
    return act(request, spec, row, {field: part}, **_shown(row, field, part))


def _shown(row: Assessment, field: str, part: Any) -> dict[str, Any]:
    """What the page shows of the part beside the form."""
    if field == "judgement":
        return {"judged": parts.judgement_of(row, part)}
    if field == "remark":
        remark = remarks.remark_of(row, part)
        where = remark.section_id if remark else None
        back = (
            reverse("assessments:section", args=[row.pk, where])
            if where
            else reverse("assessments:work", args=[row.pk])
        )
        return {"remark": remark, "back": back}
    outcome = parts.outcome_of(row, part) if field == "outcome" else None
    return {"judged": outcome.judgement, "outcome": outcome} if outcome else {}
