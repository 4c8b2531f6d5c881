"""The page kit's tags: heads, the need block, status, facts, empty places, menus. They print; they never query.

Every part in every state is on the component page (apps/pages/views.py, /kit/); what is not there is on no page.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext

from apps.access.declared_actions import REGISTRY
from apps.access.templatetags import portal
from apps.pages import glossary
from apps.pages.cells import hidden_fields
from apps.pages.form_steps import Stepped
from apps.pages.grids import Grid, print_grid
from apps.pages.pickers import Picker
from apps.pages.receipts import JUST_NOW, last_receipt, what_follows
from apps.pages.strips import Strip, print_strips
from apps.pages.tables import table_named

register = template.Library()

TONES = {"bad": "alert", "warn": "clock", "mute": "half", "ok": "circle-check", "info": "info"}
"""Of a need block, and the picture of each."""


@register.simple_tag(takes_context=True)
def seat(context: Context) -> SafeString:
    """What every form posts along: the token, and the appointment that it was shown to."""
    return hidden_fields(context["request"])


@register.simple_tag
def term(name: str, words: object) -> SafeString | str:
    """A hard word, as the page says it, that leads to its line of the glossary; its meaning is said with it.

    Meanings are English: on a page in another language they are left to the glossary. The words alone, where it lacks
    the term; a test finds such a word.
    """
    try:
        found = glossary.find_term(name)
    except LookupError:
        return conditional_escape(str(words))
    meaning = format_html(' title="{}"', found.meaning) if get_language() == "en-gb" else ""
    address = f"{reverse('docs_page', args=[glossary.PAGE])}#{found.anchor}"
    return format_html('<a class="gl" href="{}" hreflang="en"{}>{}</a>', address, meaning, words)


@register.inclusion_tag("components/kit/place_head.html")
def place_head(
    title: Any, sub: Any = "", primary: Any = None, more: Sequence[Any] = (), level: int = 1
) -> dict[str, Any]:
    """Head of a list or dashboard: one h1, a sentence, one filled button (lists.Button), and a menu of the rest."""
    return {"title": title, "sub": sub, "primary": primary, "more": more, "level": level}


@register.inclusion_tag("components/kit/record_head.html")
def record_head(
    title: Any,
    crumbs: Iterable[tuple[Any, str]] = (),
    status: tuple[str, str, Any] | None = None,
    facts: Iterable[Any] = (),
    code: Any = "",
    more: Sequence[Any] = (),
    level: int = 1,
) -> dict[str, Any]:
    """Head of a record. `crumbs`: (words, address) of place and tab, never of the record; the code is not in the h1.

    `status`: (kind, picture, words).
    """
    chip = portal.chip(*status) if status else ""
    words = {"title": title, "status": chip, "facts": facts, "code": code}
    return {**words, "crumbs": crumbs, "more": more, "level": level}


@register.inclusion_tag("components/kit/need.html")
def need(
    tone: str,
    sentence: Any,
    why: Any = "",
    acts: Sequence[Any] = (),
    clock: Any = None,
    clock_label: Any = "",
    zone: str = "",
) -> dict[str, Any]:
    """What the reader must do. `clock`: a moment, which counts to it, or words; `zone`: of the reader's place."""
    known = tone if tone in TONES else "mute"
    counts = hasattr(clock, "astimezone")
    return {
        **{"tone": known, "picture": TONES[known], "sentence": sentence, "why": why, "acts": acts},
        **{
            "due": clock if counts else None,
            "clock": "" if counts else clock,
            "clock_label": clock_label,
            "zone": zone,
        },
    }


@register.inclusion_tag("components/kit/more_menu.html")
def more_menu(offers: Sequence[Any], start: bool = False) -> dict[str, Any]:
    """Further acts, rare and dangerous ones last (lists.Button); refused ones with the reason (`why_not`)."""
    known = [one for one in offers if not getattr(one, "danger", False)]
    return {"offers": known, "dangers": [one for one in offers if one not in known], "start": start}


@register.simple_tag
def status(chip: tuple[str, str, Any] | None) -> SafeString:
    """Where something is in its life: (kind, picture, words) as words, shape and colour."""
    return portal.chip(*chip) if chip else SafeString("")


@register.inclusion_tag("components/kit/facts.html")
def facts(pairs: Iterable[Any]) -> dict[str, Any]:
    """At most six facts in a strip: records.Fact, or (label, words, second line)."""
    known = [pair if hasattr(pair, "html") else _fact(*pair) for pair in pairs]
    return {"facts": known[:6]}


def _fact(label: Any, words: Any, small: Any = "", tone: str = "") -> dict[str, Any]:
    return {"label": label, "html": words, "small": small, "tone": tone}


@register.inclusion_tag("components/kit/blank.html")
def blank(title: Any, text: Any = "", picture: str = "inbox", url: str = "", action: Any = "", level: int = 2) -> Any:
    """In place of what is not there: what will appear, and the one act to begin."""
    return {"title": title, "text": text, "picture": picture, "url": url, "action": action, "level": level}


@register.inclusion_tag("components/kit/follows.html", takes_context=True)
def follows(context: Context, verb: str, row: Any) -> dict[str, Any]:
    """What follows from a binding act, above its form, and whether the second factor will be asked for."""
    return what_follows(context["request"].actor, row, REGISTRY[verb])


@register.inclusion_tag("components/kit/receipt.html", takes_context=True)
def receipt(context: Context, row: Any, *, just_now: bool = False) -> dict[str, Any]:
    """The receipt of one's own last binding act on a record; nothing where there is none. One query.

    `just_now`: only of the last minutes, on pages where it would be in the way later.
    """
    actor = context["request"].actor
    return {
        "receipt": last_receipt(actor, row, JUST_NOW if just_now else None),
        "zone": actor.time_zone if actor else "UTC",
    }


@register.filter
def is_rare(offer: dict[str, Any], primary: str) -> bool:
    """Whether an act that a seat may do with a record belongs into the menu: a dangerous one with a page of its own."""
    return bool(offer.get("danger") and offer.get("asks") and offer["allowed"] and offer["verb"] != primary)


@register.simple_tag
def rare_ones(offers: Iterable[dict[str, Any]], primary: str = "") -> list[dict[str, Any]]:
    """The acts of the menu, with a picture each."""
    return [{"picture": "alert", **one} for one in offers if is_rare(one, primary)]


@register.inclusion_tag("components/kit/table_of.html", takes_context=True)
def table_of(
    context: Context, code: str, rows: Iterable[Any], foot: Any = None, more: Sequence[Any] = (), **said: Any
) -> dict[str, Any]:
    """A small table of a record's page as an app has declared it (apps.pages.tables), of these rows.

    `foot`: the row of sums; `more`: columns that only this page has; `name` and `turned`: what it is called here, and
    how its heads order it (Table.of).
    """
    return {"list": table_named(code).of(context["request"], rows, foot, more, **said)}


@register.simple_tag
def grid_of(grid: Grid) -> SafeString:
    """A matrix (apps.pages.grids): it scrolls within the page, and is reached with Tab."""
    return print_grid(grid)


@register.simple_tag
def strips(lines: Iterable[Strip]) -> SafeString:
    """Bars with their words (apps.pages.strips), to stand within {% chart %}."""
    return print_strips(lines)


@register.simple_block_tag(takes_context=True)
def chart(context: Context, content: str, code: str, rows: Iterable[Any]) -> SafeString:
    """A picture with its numbers behind it: {% chart "app.table" rows %}<svg …>{% endchart %}.

    The finding is in the label of the drawing; the declared table is what the picture was drawn from.
    """
    table = render_to_string("components/kit/table_of.html", {"list": table_named(code).of(context["request"], rows)})
    return format_html(
        '<figure class="figure">{}</figure><details class="more"><summary>{}</summary>{}</details>',
        content,
        pgettext("button, pages", "As a table"),
        SafeString(table),
    )


@register.inclusion_tag("components/kit/pager.html")
def pager(said: Any, newer: str, older: str, name: Any) -> dict[str, Any]:
    """The pages before and after, by key; nothing where there is one page. `name`: of what, for a page of two lists."""
    return {"said": said, "newer": newer, "older": older, "name": name}


@register.inclusion_tag("components/kit/party_pick.html")
def party_pick(picker: Picker) -> dict[str, Any]:
    """Check boxes of groups, States and desks (apps.pages.pickers), within a form; typing filters them."""
    return {"picker": picker}


@register.inclusion_tag("components/kit/steps.html")
def steps(stepped: Stepped, address: str = "") -> dict[str, Any]:
    """First in a form of several steps (apps.pages.form_steps): what needs attention, and where one is.

    `address`: links to its steps, where there is nothing to save.
    """
    return {"stepped": stepped, "address": address}


@register.inclusion_tag("components/kit/step_foot.html")
def step_foot(stepped: Stepped, saved: Any = "") -> dict[str, Any]:
    """Last in a form of several steps: back, save and close, continue. `saved`: what is said of the draft."""
    return {"stepped": stepped, "saved": saved}


@register.inclusion_tag("components/kit/effect.html")
def effect(number: int, words: Any, small: Any = "", rows: Iterable[Any] = ()) -> dict[str, Any]:
    """What will follow, counted by the server: the number, its words, and who (party, name, people, desks)."""
    return {"number": number, "words": words, "small": small, "rows": rows}
