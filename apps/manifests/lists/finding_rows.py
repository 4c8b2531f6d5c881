"""The people of a kind of finding as a page prints them: where they are written, what was sent, the field beside it.

A list of 300 people has hundreds of them; they are printed by functions as rows of lists are (decision 073).
"""

from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from apps.manifests.queries.finding_groups import Group, Row


def print_group(group: Group) -> SafeString:
    """The rows that a page shows of a kind; of one answer for everybody its one field."""
    if group.one:
        return _one_answer(group)
    # a finding about the list itself that its heading says in full has no row of its own
    rows = [row for row in group.shown if row.fields or row.where or row.gave or row.name != group.title]
    return mark_safe("".join(_print_row(group, row) for row in rows))  # noqa: S308 - printed by format_html


def _one_answer(group: Group) -> SafeString:
    """What a value means that several people have, and where they are written."""
    means = pgettext("words, jrcc", "%(value)s means") % {"value": group.one}
    times = format_html('<span class="where">{} ×</span>', len(group.rows))
    field = _print_field(group, group.answer, means) if group.answer else ""
    return format_html(
        '<div class="fix">{}<b>{}</b><span class="gave">{}</span>{}</div>',
        *(times, means, group.places_words, field and format_html("<div>{}</div>", field)),
    )


def _print_row(group: Group, row: Row) -> SafeString:
    where = format_html('<span class="where">{}</span>', row.where) if row.where else ""
    gave = row.gave or (pgettext("value in a list, jrcc", "empty") if row.mends else "")
    several = len(row.fields) > 1
    fields = mark_safe(  # noqa: S308 - printed by format_html
        "".join(_print_field(group, field, _whose(row, field), several=several) for field in row.fields)
    )
    return format_html(
        '<div class="fix{}">{}<b>{}</b><span class="gave">{}</span>{}</div>',
        *("" if where else " whole", where, row.name, gave),
        format_html('<div class="{}">{}</div>', "half" if several else "", fields) if row.fields else "",
    )


def _whose(row: Row, field: Any) -> str:
    """The name of a field for those who hear it: which value, and of whom."""
    number = row.finding.get("traveller")
    if not number:
        return str(field.label)
    return pgettext("words, components", "%(field)s of traveller %(n)s, %(name)s") % {
        **{"field": field.label, "n": number, "name": row.name},
    }


def _print_field(group: Group, field: Any, label: str, *, several: bool = False) -> SafeString:
    """A field with its fault above; its label is seen where a row has several."""
    told = [f"how-{group.key}"] if group.how else []
    if field.errors:
        told.append(f"{field.auto_id}_error")
    control = field.as_widget(
        attrs={"aria-label": label, "aria-describedby": " ".join(told) or False, "placeholder": False}
    )
    faults = render_to_string("components/field_error.html", {"field": field}) if field.errors else ""
    seen = format_html('<span class="lbl" aria-hidden="true">{}</span>', field.label) if several else ""
    return format_html('<div class="f{}">{}{}{}</div>', " err" if field.errors else "", faults, seen, control)
