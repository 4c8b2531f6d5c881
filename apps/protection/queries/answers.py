"""The words of an answer to a person's request."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.files.rules import content
from apps.protection.queries.free_texts import NOT_SEARCHED
from apps.protection.queries.held_data import TOLD


def write_answer(row: Any, sections: Iterable[Any], asked: Collection[str], note: str) -> str:
    """The answer as it goes out: each book with what was noted and who asked it, what was not asked, the neutral one.

    `asked` are the codes of all desks that were asked; `note` is said beside the data.
    """
    kinds: dict[str, set[str]] = {}
    desks: dict[str, list[str]] = {}
    for section in sections:
        kinds.setdefault(section.kind, set()).update(section.lines)
        desks.setdefault(section.kind, []).append(section.desk)
    parts = [
        _("Answer to request %(number)s of %(day)s: %(right)s")
        % {"number": row.number, "day": row.received_on.isoformat(), "right": row.get_right_display()},
        row.get_outcome_display(),
    ]
    if row.outcome != row.Outcome.REFUSED:
        for kind, label in TOLD.items():
            parts.append(_book(str(label), sorted(kinds.get(kind, ())), desks.get(kind, [])))
        parts.append(_not_asked(asked, {desk for some in desks.values() for desk in some}))
    parts += [note] if note else []
    parts.append(neutral())
    return "\n\n".join(part.strip() for part in parts)


def _book(label: str, lines: list[str], desks: list[str]) -> str:
    if not desks:
        return _("%(book)s: searched by no desk") % {"book": label}
    found = pgettext("words, protection", "%(book)s: %(count)s (searched by %(desks)s)")
    head = found % {"book": label, "count": len(lines), "desks": ", ".join(sorted(desks))}
    return "\n".join([head, *(f"- {line}" for line in lines)])


def _not_asked(asked: Collection[str], looked: Collection[str]) -> str:
    """What was not searched, the same for everybody, but for desks that have not looked."""
    silent = sorted(set(asked) - set(looked))
    lines = [str(one.why) for one in NOT_SEARCHED if one.told]
    kinds = ", ".join(str(kind.label) for kind in content.KINDS.values())
    lines.append(_("Content of files (%(kinds)s): only their names were searched") % {"kinds": kinds})
    lines.append(_("Recovery copies, which are not searched; deleted data leaves them when their period ends"))
    lines += [_("Records of desks that have not searched: %(desks)s") % {"desks": ", ".join(silent)}] if silent else []
    return "\n".join([pgettext("words, protection", "Not searched:"), *(f"- {line}" for line in lines)])


def neutral() -> str:
    """The same in every answer, whether anything is held or not: so it tells nothing."""
    return _(
        "For data processed for the security of the State, crime prevention or border "
        "control, the law allows neither confirmation nor denial. This sentence is the same "
        "whether such data are held on you or not. You may ask the supervisory authority of "
        "your State to look on your behalf, and you may go to court."
    )
