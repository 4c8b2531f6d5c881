"""How the text of a section came about: moments, two of them compared, who wrote what stands; and going back to one."""

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.assessments.lists.comparisons import moment_rows
from apps.assessments.models import Assessment
from apps.assessments.queries import comparisons, pages, parts
from apps.assessments.views.verbs import answer_with
from apps.coedit.actions import section_texts
from apps.pages.verb_pages import refuse_early


@require_http_methods(["GET", "POST"])
def history(request: Any, pk: Any, section: Any) -> HttpResponse:
    """For the lead alone: the history also holds what was deleted."""
    row = visible_or_404(Assessment.objects.visible_to(request.actor).select_related("lead"), request.actor, pk)
    found = parts.section_of(row, section)
    if found is None or row.lead_id != request.actor.user_id:
        raise Refused("not-visible")
    spec = REGISTRY["jta_section.restore"]
    if request.method == "POST":
        refuse_early(request.actor, row, spec)
    moments, names = section_texts.moments(found.pk), pages.writers(row)
    newest = moments[0].seq if moments else 0
    after = _chosen(request, "after", newest)
    before = _chosen(request, "before", next((one.seq for one in moments if one.seq < after), 0))
    return answer_with(
        request, spec, row, {"section": found.pk, "seq": after},
        template="assessments/history.html",
        back=reverse("assessments:section", args=[row.pk, found.pk]),
        section=found,
        moments=moment_rows(((one, names.get(one.user_id, "")) for one in moments), before, after) if moments else [],
        after=after,
        changes=comparisons.moments(found, before, after, names),
        wrote=sorted({names.get(one.user_id, "") for one in moments if before < one.seq <= after}),
        shares=_shares(section_texts.shares(found.pk), names),
        goes_back=after != newest and spec.policy(request.actor, row) and row.state in spec.starts,
        marking=pages.marking(row),
    )  # fmt: skip


def _chosen(request: Any, name: str, otherwise: int) -> int:
    wanted = request.GET.get(name, "")
    return int(wanted) if wanted.isdecimal() and len(wanted) < 19 else otherwise


def _shares(shares: Any, names: dict[int, str]) -> list[tuple[str, int, int]]:
    """[(who, letters, per cent)] of the text as it stands, the largest first."""
    letters: Counter[str] = Counter()
    for one in shares:
        letters[names.get(one.user_id, "")] += one.letters
    total = letters.total()
    return [(who, count, round(100 * count / total)) for who, count in letters.most_common()]
