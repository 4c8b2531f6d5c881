"""Cells of tables: values that say what is shown, and how they are printed. Templates never format.

A list of 25 rows has some 200 cells; they are printed by functions, since a template for each costs more than the rest
of the page (decision 073).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.middleware.csrf import get_token
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags import portal

NOTHING = pgettext_lazy("words, pages", "none")


@dataclass(frozen=True, slots=True)
class Small:
    """A second line of a cell. `tone`: "ref" for a code, "bad", "warn" or "ok" for a colour; `picture`: an icon."""

    words: Any
    tone: str = ""
    picture: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A button in a row. `url` is a form to fill in or, with `posts`, the act itself; `about` is read aloud after the
    label, since beside other buttons of the same words it is not seen which row it belongs to.

    `fields`: what it posts besides, (name, value); `why_not`: why it cannot be pressed, said below it.
    """

    label: Any
    url: str
    about: Any = ""
    posts: bool = False
    primary: bool = False
    danger: bool = False
    fields: tuple[tuple[str, Any], ...] = ()
    why_not: Any = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says: words with what stands around them. An empty one prints a dash, and "none" aloud."""

    words: Any = ""
    small: tuple[Small, ...] = ()
    tone: str = ""
    """"bad", "warn" or "ok" for a colour; "q" for words in place of something, "none" for a figure that is nothing."""
    url: str = ""
    chip: tuple[str, str] | None = None
    """(kind, picture) of a status."""
    stamp: str = ""
    """The moment or day as machines read it."""
    hover: Any = ""
    code: bool = False
    """The words are a code, `hover` what it stands for."""
    mono: bool = False
    lang: str = ""
    marks: tuple[Any, ...] = ()
    """Beside the words: "New"."""
    press: Press | None = None
    more: tuple["Cell", ...] = ()
    """Further lines of the same kind: the seats of a person."""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not (self.words or self.press or self.more)

    def text(self) -> str:
        """Its words alone, as a file has them."""
        said = [str(self.words)] if self.words not in ("", None) else []
        return "; ".join([*said, *(one.text() for one in self.more)])


def stack(cells: Sequence[Cell]) -> Cell:
    """Several lines as one cell; an empty one of none."""
    first, *rest = cells or [Cell()]
    return replace(first, more=tuple(rest))


def print_cell(cell: Cell, hidden: SafeString | None = None) -> SafeString:
    """A cell's HTML without its tag. `hidden`: the fields that a form of its button posts; None within a form."""
    if cell.more:
        lines = [print_cell(one, hidden) for one in (replace(cell, more=()), *cell.more) if not one.is_empty]
        return SafeString("".join(f'<div class="ln">{one}</div>' for one in lines))
    if cell.is_empty and not cell.small:
        return SafeString(f'<span class="none" aria-hidden="true">–</span><span class="vh">{NOTHING}</span>')
    said = [_words(cell)] if cell.words not in ("", None) else []
    said += [f' <span class="new">{conditional_escape(mark)}</span>' for mark in cell.marks]
    said += [print_small(one) for one in cell.small]
    said += [print_press(cell.press, hidden)] if cell.press else []
    return SafeString("".join(said))


def _words(cell: Cell) -> str:
    words: str = conditional_escape(cell.words)
    if cell.chip:
        return portal.chip(*cell.chip, cell.words)
    if cell.code:
        words = portal.code(cell.words, cell.hover)
    elif cell.stamp:
        title = f' title="{conditional_escape(cell.hover)}"' if cell.hover else ""
        words = f'<time datetime="{conditional_escape(cell.stamp)}"{title}>{words}</time>'
    if cell.lang:
        words = f'<span lang="{conditional_escape(cell.lang)}">{words}</span>'
    if cell.url:
        words = f'<a href="{conditional_escape(cell.url)}">{words}</a>'
    if cell.tone or cell.mono:
        words = f'<span class="{_class_of(cell.tone)}{" mono" if cell.mono else ""}">{words}</span>'
    return words


def _class_of(tone: str) -> str:
    return f"t-{tone}" if tone in {"bad", "warn", "ok"} else tone


def print_small(line: Small) -> str:
    """A second line."""
    words: str = conditional_escape(line.words)
    if line.url:
        words = f'<a href="{conditional_escape(line.url)}">{words}</a>'
    picture = f"{portal.icon(line.picture, 'i-s')} " if line.picture else ""
    return f'<small class="{_class_of(line.tone)}">{picture}{words}</small>' if line.tone else f"<small>{words}</small>"


def hidden_fields(request: Any) -> SafeString:
    """What every form posts along: the token against forgery, and the appointment it was shown to."""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="_seat" value="{}">',
        get_token(request),
        request.actor.seat_id if request.actor else "",
    )


def print_press(press: Press, hidden: SafeString | None) -> SafeString:
    """A button: a link to a form, a form of its own, or within the form of a list a button that posts elsewhere."""
    about = format_html('<span class="vh">: {}</span>', press.about) if press.about else ""
    css = "btn btn-s btn-p" if press.primary else "btn btn-s btn-d" if press.danger else "btn btn-s"
    if press.why_not:
        return format_html(
            '<span class="offer"><a class="{}" role="link" aria-disabled="true">{}{}</a><small>{}</small></span>',
            "btn btn-s",
            press.label,
            about,
            press.why_not,
        )
    if not press.posts:
        return format_html('<a class="{}" href="{}">{}{}</a>', css, press.url, press.label, about)
    if hidden is None:
        return format_html('<button class="{}" formaction="{}">{}{}</button>', css, press.url, press.label, about)
    button = format_html('<button class="{}">{}{}</button>', css, press.label, about)
    fields = format_html_join("", '<input type="hidden" name="{}" value="{}">', press.fields)
    return format_html('<form method="post" action="{}">{}{}{}</form>', press.url, hidden, fields, button)


def print_tick(name: str, value: Any, about: str, *, ticked: bool, fixed: bool) -> str:
    """The box that ticks a row; `fixed`: every row of the filter is ticked, and none by itself."""
    label = conditional_escape(pgettext("label, pages", "Select %(row)s") % {"row": about})
    state = (" checked" if ticked else "") + (" disabled" if fixed else "")
    value = conditional_escape(value)
    return (
        f'<td role="cell" class="chk"><input type="checkbox" name="{name}" value="{value}" aria-label="{label}"{state}>'
        "</td>"
    )


def print_row(
    cells: Iterable[tuple[Cell, Any, str, bool]], key: str, tick: str, hidden: SafeString | None, css: str = ""
) -> str:
    """A row of (cell, label on a telephone, classes, is its head); `css`: classes of the row."""
    anchor = f' id="{conditional_escape(key)}"' if key else ""
    classes = f' class="{conditional_escape(css)}"' if css else ""
    parts = [f'<tr role="row"{anchor}{classes}>', tick]
    for cell, label, css, is_head in cells:
        inner = print_cell(cell, hidden).strip()
        if is_head:
            parts.append(f'<th role="rowheader" scope="row" class="{css}">{inner}</th>')
            continue
        gone = " c-none" if cell.is_empty and not cell.small else ""
        said = f' data-l="{conditional_escape(label)}"' if label else ""
        parts.append(f'<td role="cell" class="{css}{gone}"{said}>{inner}</td>')
    parts.append("</tr>")
    return "".join(parts)


def print_group(group: Any, columns: int) -> str:
    """The line above rows of the same kind: its words, or (anchor in the page, words)."""
    key, words = group if isinstance(group, tuple) else ("", group)
    anchor = f' id="g-{conditional_escape(key)}"' if key else ""
    return (
        f'<tr role="row" class="grp-r"{anchor}><th role="rowheader" scope="rowgroup" colspan="{columns}">'
        f"{conditional_escape(words)}</th></tr>"
    )
