"""The demonstration: a draft of Trinidad and Tobago whose text is sealed; two of its holders' key files open it."""

import json
from pathlib import Path
from typing import Any

from apps.access.forms import form_for_verb
from apps.rifc.actions import drafts
from apps.rifc.models import Report
from apps.sealing.queries import holders_of
from demo.people import seated
from demo.sealing import HOLDERS

PLAN: dict[str, Any] = json.loads((Path(__file__).parent / "sealed.json").read_text(encoding="utf-8"))


def load_sealed() -> int:
    """Write the sealed draft, if it is not there yet; how many sealed reports there are."""
    author = seated(HOLDERS[0])
    if not Report.objects.filter(originator=author.party_code, title=PLAN["title"]).exists():
        ids = {key.user.username: str(key.pk) for key in holders_of(["TTO"])["TTO"]}
        envelope = PLAN["sealed"]
        shares = [one | {"key": ids[name]} for name, one in zip(HOLDERS, envelope["shares"]["TTO"], strict=True)]
        given = PLAN | {"sealed": envelope | {"shares": {"TTO": shares}}}
        form = form_for_verb("rifc_report.draft")(given, actor=author)
        if not form.is_valid():
            raise ValueError(f"{PLAN['title']}: {form.errors.as_text()}")
        drafts.draft_rifc_report(author, None, **form.cleaned_data)
    return Report.objects.filter(sealed=True).count()
