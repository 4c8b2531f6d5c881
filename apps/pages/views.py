"""The component page: every part of the page kit in every state, for who runs the portal and who builds its pages."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from apps.access.page_functions import work_of
from apps.pages.specimens import Specimens, parts


def sections() -> list[tuple[str, str]]:
    """(template, what it is called) of the parts, in their order."""
    return [
        ("heads", pgettext("heading, pages", "Heads of a page")),
        ("acts", pgettext("heading, pages", "Actions")),
        ("status", pgettext("heading, pages", "Status and marks")),
        ("need", pgettext("heading, pages", "Need block")),
        ("facts", pgettext("heading, pages", "Facts")),
        ("work", pgettext("heading, pages", "Work items")),
        ("list", pgettext("heading, pages", "Lists and states of a page")),
        ("forms", pgettext("heading, pages", "Forms")),
        ("pickers", pgettext("heading, pages", "Pickers and uploads")),
        ("findings", pgettext("heading, pages", "Findings of a manifest")),
        ("sheet", pgettext("heading, pages", "Act sheet, receipt, toast")),
        ("pictures", pgettext("heading, pages", "Pictures")),
        ("signal", pgettext("heading, pages", "Signal of the counter")),
    ]


@work_of("platform")
@require_safe
def kit(request: Any) -> HttpResponse:
    """Every part in every state; what is not here is on no page. The list in it is a real one."""
    shown = [(f"components/kit/specimens/{name}.html", name, title) for name, title in sections()]
    return Specimens(request).answer(sections=shown, **parts(request))
