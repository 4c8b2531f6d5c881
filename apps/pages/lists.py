"""A list is declared, never written: columns, filters and order once; page, telephone, file and acts follow.

    class Entries(List):                                   # apps/X/lists.py
        of, address, opens = "screening.entry", "screening:entries", "screening:entry"
        title = pgettext_lazy("heading, screening", "Entries")
        noun = ngettext_lazy("%(n)d entry", "%(n)d entries", "n")
        columns = [Title("display_name", _("Person or document"), code="reference"), When("valid_until", _("Ends"))]
        filters = [Choice("state", _("Status"), choices=Entry.State.choices, default="active", every="any")]
        bulk = [Bulk("entry.review")]

    def entries(request): return Entries(request).answer()   # apps/X/views

How it is asked for is apps.pages.addresses', its pages are keyset's, its cells columns'. See docs/how-to/a-list.md.
"""

from collections.abc import Sequence
from functools import partial
from inspect import signature
from itertools import batched
from typing import Any, ClassVar

from django.apps import apps as installed
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy, pgettext, pgettext_lazy

from apps.access import stream_log
from apps.access.declared_actions import REGISTRY, may_begin
from apps.access.downloads import download, download_csv, line_of
from apps.access.marking import Banner, of_list
from apps.access.middleware import note_read
from apps.access.refusal import Refused
from apps.audit.spreadsheets import Sheet, workbook, xlsx_bytes
from apps.pages import arrivals, bulk, keyset
from apps.pages.addresses import Asking
from apps.pages.bulk import Bulk
from apps.pages.cells import hidden_fields, print_tick
from apps.pages.columns import Act, Around, Col, value_at
from apps.pages.filters import Filter, Words
from apps.pages.shown import Blank, Button, Export, Head, Shown, Turn
from apps.pages.tables import print_lines

COUNTED = 1000
"""Up to here the rows of a list are counted; beyond, "more than"."""
CHUNK = 1000
"""Rows of a file that `lines` is asked for at a time."""
TRIED = 4
"""Filters of which an empty list is asked how much each leaves out."""


LISTS: dict[str, type["List"]] = {}
"""Every declared list, "screening.Entries"."""


class List:
    """A declared list, and one reading of it. What is declared stands in the class; a subclass overrides what it must.

    `read` gives the rows, through the reading door; without it they are all of `of` that the actor sees. Keywords
    given to the reading (`Entries(request, home=row)`) are given to `read`, and are attributes of the list.
    """

    of: ClassVar[str] = ""
    """The kind of record, "screening.entry": the default of `read`, and what the stream tells changes of."""
    address: ClassVar[str] = ""
    """Name of the address of its page."""
    opens: ClassVar[str] = ""
    """Name of the address of a row's page, which takes the row's key."""
    key: ClassVar[str] = "pk"
    title: Any = ""
    sub: Any = ""
    name: Any = ""
    """What the table is called for those who do not see it; its title without one."""
    noun: Any = ngettext_lazy("%(n)d entry", "%(n)d entries", "n")
    read: ClassVar[Any] = None
    related: Sequence[str] = ()
    columns: Sequence[Col] = ()
    search: Sequence[str] | Words = ()
    """Columns in which the words of the field `q` are looked for, or that field."""
    search_label: Any = pgettext_lazy("field, pages", "Search")
    filters: Sequence[Filter] = ()
    order: str = "-pk"
    """The column of the database, "-" before it for the greatest first; "pk" is the order of writing."""
    ordered: Any = ""
    """Its usual order in words; "newest first" and the like come by themselves."""
    page: int = 25
    group: ClassVar[Any] = None
    """What stands above rows of the same kind: words, or (anchor in the page, words)."""
    bulk: Sequence[Bulk] = ()
    tick: str = "id"
    """The parameter that ticked rows are sent as."""
    live: bool = True
    banner: ClassVar[Banner | None] = None
    """How the page is marked, whatever is on it; None: as its rows are."""
    export: Export | None = Export()
    empty: Blank = Blank(pgettext_lazy("heading, pages", "Nothing here yet"))
    reads: str = ""
    """The audited verb of reading the list; "" for what is not sensitive."""
    creates: tuple[str, str] | None = None
    """(verb that makes a record, name of the address of its form): the button above the list, for who may."""
    note: Any = ""
    """What one has to know of the list, below it."""
    prefix: ClassVar[str] = ""
    """Before the parameters of the second list of a page."""
    template: ClassVar[str] = "pages/list.html"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.of and cls.__module__.startswith("apps."):
            LISTS[f"{cls.__module__.split('.')[1]}.{cls.__name__}"] = cls

    def __init__(self, request: Any, **scope: Any) -> None:
        self.request, self.actor, self.scope = request, request.actor, scope
        self.__dict__.update(scope)
        self.columns = [one for one in type(self).columns if one.may is None or one.may(self.actor)]
        self.asking = Asking(request.GET, self.actor, [*self.searched(), *self.filters], self.prefix)
        zone = getattr(self.actor, "time_zone", "") or "UTC"
        self.around = Around(timezone.now(), zone, self.place, self.actor)

    # -- what a subclass may say otherwise ------------------------------------------------------------------------

    def rows(self, before: Any = None) -> Any:
        """All rows that the reader may see: a query, or a list of what was worked out. `before` bounds it by key."""
        read = type(self).read
        if read is None:
            found = self.model.objects.visible_to(self.actor, before=before)
        elif before is not None and "before" in signature(read).parameters:
            found = read(self.actor, before=before, **self.scope)
        else:
            found = read(self.actor, **self.scope)
        return found.select_related(*self.related) if self.related else found

    def heading(self) -> Any:
        """What the page is called."""
        return self.title

    def subtitle(self) -> Any:
        """One sentence below that."""
        return self.sub

    def footnote(self) -> Any:
        """What stands below the list."""
        return self.note

    def lines(self, rows: list[Any]) -> list[Any]:
        """What the columns read, for the rows of a page or a file, in their order: asked for once for all of them."""
        return rows

    def place(self, line: Any) -> str:
        """The address of a row's page; "" for none."""
        return reverse(self.opens, args=[value_at(line, self.key)]) if self.opens else ""

    def marking(self, rows: list[Any]) -> Banner:
        """How the page is marked."""
        return of_list(rows) if self.banner is None else self.banner

    def noted(self, rows: list[Any]) -> None:
        """Say that the list was read."""
        if self.reads:
            note_read(self.request, self.reads, self.model, rows=len(rows))

    def primary(self) -> Button | None:
        """The one filled button above the list."""
        if self.creates is None:
            return None
        verb, place = self.creates
        spec = REGISTRY[verb]
        return Button(spec.label, reverse(place), "plus") if may_begin(self.actor, spec) else None

    def more(self) -> list[Button]:
        """What else can be done from here."""
        return []

    def searched(self) -> list[Words]:
        """The field for words, if the list has one."""
        if isinstance(self.search, Words):
            return [self.search]
        return [Words("q", self.search_label, columns=tuple(self.search))] if self.search else []

    # -- reading it ------------------------------------------------------------------------------------------------

    @property
    def model(self) -> Any:
        """The model of the records."""
        return installed.get_model(self.of)

    def answer(self, **context: Any) -> HttpResponse:
        """The page, a part of it for a page that is open, all of it as a file, or, of what is posted, the acts on the
        rows that were ticked. A List among what the template gets is a second one of the page, asked for apart."""
        if self.request.method == "POST" and self.bulk:
            return bulk.answer(self)
        if self.request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD", *(["POST"] if self.bulk else [])])
        if self.asking.get("export"):
            return self.file(self.asking.get("export"))
        since = stream_log.here()
        beside = {name: one for name, one in context.items() if isinstance(one, List)}
        if self.request.headers.get("HX-Request-Type") == "partial":
            asked = next((one for one in beside.values() if one.asking.get("seen")), self)
            return asked.part(since)
        shown, others = self.shown(), {name: one.shown() for name, one in beside.items()}
        self.noted(shown.records)
        every = [*shown.records, *(row for one in others.values() for row in one.records)]
        context = {"since": since, "list": shown, "marking": self.marking(every), **context, **others}
        return render(self.request, self.template, context, status=422 if shown.wrong else 200)

    def part(self, since: stream_log.Position) -> HttpResponse:
        """The list alone, for a page that is open; 304 where nothing of it has changed."""
        shown = self.shown()
        self.noted(shown.records)
        if shown.arrived.seen == self.asking.get("seen"):
            return HttpResponse(status=304)
        context = {"since": since, "list": shown, "marking": self.marking(shown.records)}
        return render(self.request, "components/list.html", context)

    def shown(self) -> Shown:
        """The page of the list that the address asks for; ValidationError for a place that is no place of it."""
        asking, columns = self.asking, self.asking.shown(self.columns)
        rows = asking.narrowed(self.rows())
        order = asking.order(self.columns, self.order)
        bound = keyset.bound_of(rows, order, asking.get("after"))
        # the grants are bounded with the rows: twenty times less on a page far down a long list (managers.visible_to)
        near = asking.narrowed(self.rows(bound)) if bound is not None else rows
        fixed = arrivals.up_to(near, asking.get("upto")) if self.live else near
        page = keyset.cut(fixed, order, self.page, after=asking.get("after"), before=asking.get("before"))
        whole = not (page.before or page.after or asking.get("upto"))
        n, ticked = len(page.rows) if whole else self.count(rows), asking.get("ticked") == "all"
        acts = bulk.offered(self, page.rows)
        body = self.printed(page.rows, columns, ticked=ticked if acts else None)
        fields = list(asking.form)
        return Shown(
            list=self,
            id=f"list-{self.prefix}" if self.prefix else "list",
            name=self.name or self.title,
            records=page.rows,
            body=body,
            heads=[self.head(column, order) for column in columns],
            search=fields.pop(0) if self.search else None,
            fields=fields,
            kept=asking.kept_fields(),
            wrong=bool(asking.form.errors),
            tokens=asking.tokens(),
            clear=asking.cleared(),
            said=self.counted(n),
            ordered=self.order_said(order),
            blank=self.empty if page.rows or not asking.on() else self.no_match(),
            newer=asking.url(before=page.before) if page.before else "",
            older=asking.url(after=page.after) if page.after else "",
            turns=self.turns(),
            bulk=acts,
            ticked=ticked,
            tick_all=asking.url(stays=True, ticked=None if ticked else "all"),
            exports=self.exports(n),
            arrived=arrivals.of(self, rows, page.rows, body),
        )

    def printed(self, rows: list[Any], columns: Sequence[Col], *, ticked: bool | None) -> SafeString:
        """The rows as HTML, with the lines above groups. `ticked` is None where nothing can be done to ticked ones."""
        presses = ticked is None and any(isinstance(column, Act) for column in columns)
        hidden = hidden_fields(self.request) if presses else None
        keys = [keyset.pk_of(row) for row in rows]
        keyed = zip([f"r-{key}" for key in keys], self.lines(rows), strict=True)
        tick = partial(print_tick, self.tick, ticked=bool(ticked), fixed=bool(ticked))
        ticks = None if ticked is None else [partial(tick, key) for key in keys]
        return print_lines(keyed, columns, self.around, hidden, type(self).group, ticks)

    # -- in words --------------------------------------------------------------------------------------------------

    def count(self, rows: Any) -> int:
        """How many there are, COUNTED + 1 for more."""
        return len(rows) if isinstance(rows, list) else rows.order_by()[: COUNTED + 1].count()

    def counted(self, n: int) -> str:
        """How many there are, in words."""
        if n > COUNTED:
            return pgettext("words, pages", "more than %(said)s") % {"said": self.noun % {"n": COUNTED}}
        return str(self.noun % {"n": n})

    def order_said(self, order: str) -> str:
        """The order in words; "" where rows come as they were worked out."""
        down, column = order.startswith("-"), order.removeprefix("-")
        if order == self.order and (self.ordered or not column):
            return str(self.ordered)
        if column == "pk":
            return pgettext("order, pages", "newest first") if down else pgettext("order, pages", "oldest first")
        label = next((one.label for one in self.columns if one.sort == column), "")
        words = (
            pgettext("order, pages", "by %(column)s, last first") if down else pgettext("order, pages", "by %(column)s")
        )
        return words % {"column": label} if label else ""

    def head(self, column: Col, order: str) -> Head:
        """The head of a column: pressed again, it turns the order about."""
        if not column.sort:
            return Head(column.label, column.css, "", "")
        state = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(order, "")
        turned = f"-{column.sort}" if state == "ascending" else column.sort
        return Head(column.label, column.css, self.asking.url(sort=turned), state)

    def turns(self) -> list[Turn]:
        """What stands under Columns: all but the first, where one of them is hidden or there are more than five."""
        if len(self.columns) < 6 and not any(column.hidden for column in self.columns):
            return []
        shown = self.asking.shown(self.columns)
        return [Turn(one.label, self.asking.turn(one.key), one in shown) for one in self.columns[1:]]

    def no_match(self) -> Blank:
        """In place of rows where filters leave none: which leaves out most, and the way back."""
        title, on = pgettext("heading, pages", "No match"), self.asking.tokens()
        if len(on) > TRIED:
            return Blank(title, _("Nothing fits these filters."), "filter", self.asking.cleared(), self.clear_words())
        left = [(self.count(self.asking.narrowed(self.rows(), but=one.name)), one) for one in on]
        most, token = max(left, key=lambda pair: pair[0])
        if not most:
            return Blank(title, _("Nothing fits these filters."), "filter", self.asking.cleared(), self.clear_words())
        said = {"filter": token.words, "count": self.counted(most)}
        text = _("Without “%(filter)s” there are %(count)s.") % said
        return Blank(title, text, "filter", token.url, pgettext("button, pages", "Remove this filter"))

    def clear_words(self) -> str:
        """What the way back from all filters is called."""
        return pgettext("button, pages", "Clear filters")

    # -- as a file -------------------------------------------------------------------------------------------------

    def exports(self, n: int) -> list[Button]:
        """The files that it can be taken away as."""
        if self.export is None or not n or (self.export.may and not self.export.may(self.actor)):
            return []
        note = pgettext("words, pages", "%(count)s, recorded in the audit trail") % {"count": self.counted(n)}
        note = note if self.reads else self.counted(n)
        label = pgettext("button, pages", "Export as %(format)s")
        return [
            Button(label % {"format": kind.upper()}, self.asking.url(export=kind), "download", note)
            for kind in self.export.formats
        ]

    def file_rows(self) -> list[Any]:
        """The rows of a file, in the order asked for; one more than `limit` where there are more."""
        limit = self.export.limit if self.export else COUNTED
        order = self.asking.order(self.columns, self.order)
        return list(keyset.in_order(self.asking.narrowed(self.rows()), order)[: limit + 1])

    def table(self, rows: list[Any]) -> list[list[Any]]:
        """Rows as a file has them, with a line of heads; hidden columns are in it, too."""
        limit = self.export.limit if self.export else COUNTED
        cut = [[_("There is more: filter the list for the rest.")]] if len(rows) > limit else []
        return [
            [head for column in self.columns for head in column.heads()],
            *(
                [cell for column in self.columns for cell in column.columns(line, self.around)]
                for chunk in batched(rows[:limit], CHUNK)
                for line in self.lines(list(chunk))
            ),
            *cut,
        ]

    def file(self, kind: str) -> HttpResponse:
        """The whole list as a file, which is noted as a reading of it."""
        export = self.export
        if export is None or kind not in export.formats or (export.may and not export.may(self.actor)):
            raise Refused("not-visible")
        rows = self.file_rows()
        table, banner = self.table(rows), self.marking(rows[: export.limit])
        self.noted(rows[: export.limit])
        name = f"{self.address.rpartition(':')[2] or 'list'}-{timezone.now():%Y-%m-%d}"
        if kind == "csv":
            return download_csv(table, name, banner)
        book = workbook(Sheet(str(self.title), table, freeze="A2"))
        return download(xlsx_bytes(book, line_of(banner)), f"{name}.xlsx", banner)


def declared_lists() -> dict[str, type[List]]:
    """Every declared list of every app."""
    autodiscover_modules("lists")
    return LISTS
