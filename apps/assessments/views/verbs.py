"""The pages of verbs: those of the assessment, and those of its parts, which say which part they are done to."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from apps.access.actor import Actor
from apps.access.declared_actions import REGISTRY, Spec
from apps.access.refusal import Refused
from apps.assessments.models import Assessment
from apps.assessments.queries import pages, parts, remarks
from apps.pages.verb_pages import VerbPages, answer_form, find_verb, refuse_early

TEMPLATE = "assessments/verb.html"
"""The page of a verb, with the judgement or remark that it is about."""

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

NAMES = {verb: name for name, verb in WHOLE.items()}


class AssessmentPages(VerbPages):
    """Pages of the verbs of an assessment, and of those of other nouns that are done to it as a whole (WHOLE)."""

    def asked(self, actor: Actor, key: Any, verb: str) -> tuple[Assessment, Spec]:
        """The assessment, and the verb."""
        return self.find(actor, key), REGISTRY[WHOLE[verb]] if verb in WHOLE else find_verb(self.noun, verb)

    def word(self, spec: Spec) -> str:
        """How addresses call a verb; "" for one of a part."""
        return spec.name if spec.verb.startswith(f"{self.noun}.") else NAMES.get(spec.verb, "")


def _prepare(request: Any, row: Assessment, spec: Spec) -> dict[str, Any]:
    """The fingerprint is the one that was shown on the page."""
    shown = request.GET.get("content_sha256", "") or row.content_sha256
    initial = {"content_sha256": shown} if "content_sha256" in spec.takes else {}
    return {"initial": initial, "run": _without_version(request, spec, row), "version": None}


verbs = AssessmentPages(
    noun="assessment",
    address="assessments:do",
    rows=lambda actor: Assessment.objects.visible_to(actor),
    page=lambda row: reverse("assessments:assessment", args=[row.pk]),
    whence=(pgettext_lazy("link, assessments", "Threat assessments"), "assessments:assessments"),
    template=TEMPLATE,
    prepare=_prepare,
)


def answer_with(
    request: Any, spec: Spec, row: Assessment, initial: dict[str, Any], template: str = TEMPLATE, **more: Any
) -> HttpResponse:
    """The page of a verb with an address of its own; `back`, if not to the assessment."""
    back = more.pop("back", verbs.page(row))
    fits = {name: value for name, value in initial.items() if name in spec.takes}
    return answer_form(
        request, spec, row, template, lambda _done: back, run=_without_version(request, spec, row), initial=fits,
        back=back, version=None, **{"title": row, "whence": verbs.crumb(), "marking": pages.marking(row), **more},
    )  # fmt: skip


def _without_version(request: Any, spec: Spec, row: Assessment) -> Callable[..., Any]:
    """Run the verb. Others act on the assessment all the time: what binds is locked, or has its own fingerprint.

    Rules that are not kept stand above the form, also where it has no fields.
    """

    def run(**fields: Any) -> Any:
        try:
            return spec.run(request.actor, row, **fields)
        except Refused as refusal:
            if not spec.takes and refusal.reason != "not-visible":
                raise ValidationError(refusal.message) from refusal
            raise

    return run


@require_http_methods(["GET", "POST"])
def answer_part(request: Any, pk: Any, part: Any, verb: str) -> HttpResponse:
    """A verb that is done to a part of the assessment: a comment, a contribution, a section, a judgement."""
    row = verbs.find(request.actor, pk)
    if verb not in PARTS:
        raise Refused("not-visible")
    name, field = PARTS[verb]
    spec = REGISTRY[name]
    refuse_early(request.actor, row, spec)
    return answer_with(request, spec, row, {field: part}, **_shown(row, field, part))


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
