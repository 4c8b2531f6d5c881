"""Markdown as blocks: CommonMark with tables, no HTML."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from apps.documents.rendering.blocks import (
    LINKS,
    Block,
    Code,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Run,
    Table,
    Text,
)

LOWEST = 3


@lru_cache
def reader() -> MarkdownIt:
    """CommonMark with tables; HTML and pictures are text, links lead to the web or to a mailbox only."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    markdown.validateLink = _is_link  # type: ignore[method-assign]  # the library's own way to narrow it
    return markdown


def _is_link(url: str) -> bool:
    return url.strip().lower().startswith(LINKS)


def from_markdown(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text. Headings deeper than three are of level three; a rule is left out."""
    return tuple(_blocks(reader().parse(text)))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    at = 0
    while at < len(tokens):
        end = _end(tokens, at)
        block = _block(tokens[at], tokens[at + 1 : end])
        if block is not None:
            yield block
        at = end + 1


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where the token that opens at `at` is closed; `at` itself for a token that stands alone."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += tokens[place].nesting
        if depth == 0:
            return place
    raise ValueError("unbalanced tokens")


def _block(opened: Token, inner: Sequence[Token]) -> Block | None:
    match opened.type:
        case "heading_open":
            words = "".join(run.text for run in _runs(inner))
            return Heading(words, min(int(opened.tag[1]), LOWEST)) if words.strip() else None
        case "paragraph_open":
            return Paragraph(_text(inner))
        case "bullet_list_open" | "ordered_list_open":
            items = tuple(tuple(_blocks(part)) for part in _parts(inner, "list_item_open"))
            return Listing(items, opened.type == "ordered_list_open", int(opened.attrs.get("start", 1)))
        case "blockquote_open":
            return Quote(tuple(_blocks(inner)))
        case "fence" | "code_block":
            return Code(opened.content.rstrip("\n"))
        case "table_open":
            return _table(inner)
    return None


def _parts(tokens: Sequence[Token], kind: str) -> Iterator[Sequence[Token]]:
    """What stands within each token of a kind, outermost ones only."""
    at = 0
    while at < len(tokens):
        if tokens[at].type == kind:
            end = _end(tokens, at)
            yield tokens[at + 1 : end]
            at = end
        at += 1


def _table(tokens: Sequence[Token]) -> Table:
    head, *rows = _parts(tokens, "tr_open")
    alignment = [str(token.attrs.get("style", "")) for token in head if token.type == "th_open"]
    return Table(
        tuple("".join(run.text for run in _runs(cell)) for cell in _parts(head, "th_open")),
        tuple(tuple(_text(cell) for cell in _parts(row, "td_open")) for row in rows),
        kinds=tuple("number" if "right" in style else "text" for style in alignment),
    )


def _text(tokens: Sequence[Token]) -> Text:
    """Runs, or a plain text where nothing is set off."""
    runs = tuple(_runs(tokens))
    if any(run.bold or run.italic or run.code or run.link for run in runs):
        return runs
    return "".join(run.text for run in runs)


def _runs(tokens: Sequence[Token]) -> Iterator[Run]:
    bold = italic = 0
    link = ""
    for token in (child for outer in tokens for child in outer.children or ()):
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                link = str(token.attrs.get("href", ""))
            case "link_close":
                link = ""
            case _:
                text = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
                if not text:
                    continue
                yield Run(text, bool(bold), bool(italic), token.type == "code_inline", link)
