"""Markdown of users in pages: formatted, and never more than formatted."""

import re

import pytest
from django.template import Context, Template

from apps.documents.rules.markdown import to_html

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](//evil.example/)",
    "[x](/people/accounts/)",
    "<javascript:alert(1)>",
    "![x](https://evil.example/p.png)",
    '![x](x"onerror=alert(1))',
    '[x](https://a.example/ "onmouseover=alert(1) x=")',
    '[x](https://a.example/"onclick="alert(1))',
    "<iframe src=//evil.example></iframe>",
    "<style>*{display:none}</style>",
    '<a href="javascript:alert(1)">x</a>',
    "<form action=//evil.example><input name=p></form>",
    "<!-- x --> <![CDATA[<script>alert(1)</script>]]>",
    "```html onload=alert(1)\n<script>alert(1)</script>\n```",
    "|<script>|\n|:-:|\n|<b onclick=alert(1)>|",
    "[x]: javascript:alert(1)\n\n[x]",
]
TAG = re.compile(r"<[a-z/][^>]*>", re.IGNORECASE)
PLAIN = re.compile(
    r"</?(p|br|hr|strong|em|code|pre|blockquote|ul|ol|li|h[2-6]|table|thead|tbody|tr|th|td|div)( /)?>$|</a>$"
)
KNOWN = (
    re.compile(r'<a href="(https?://|mailto:)[^"<>]*" rel="noopener noreferrer">$'),
    re.compile(r'<t[hd] class="num">$'),
    re.compile(r'<ol start="\d+">$'),
    re.compile(r'<div class="tw" tabindex="0" role="group">$'),
)


def unknown(html: str) -> list[str]:
    """Tags that are not exactly of a form that we write."""
    found = [
        re.sub(r"(<div) (.*)>", lambda m: f"{m[1]} {' '.join(sorted(m[2].split(), key=ORDER))}>", tag)
        for tag in TAG.findall(html)
    ]
    return [tag for tag in found if not PLAIN.match(tag) and not any(form.match(tag) for form in KNOWN)]


def ORDER(attribute: str) -> int:
    return ("class", "tabindex", "role").index(attribute.split("=")[0])


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_but_formatting_comes_out(attack: str):
    html = to_html(attack)
    assert unknown(html) == []
    assert unknown(to_html(f"- > {attack}\n\n**{attack}**")) == []


def test_the_check_itself_sees_what_may_not_be_there():
    for bad in (
        "<script>",
        "<img src=x>",
        '<a href="javascript:x" rel="noopener noreferrer">',
        '<p style="x">',
        "<p onclick=x>",
    ):
        assert unknown(bad), bad


def test_what_was_typed_as_html_is_shown_as_typed():
    assert (
        to_html("<script>alert(1)</script> & <b>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;</p>\n"
    )


def test_formatting_comes_out():
    html = to_html("a *b* **c** `d`\n\n- e\n\n> f\n\n[g](https://x.example/) <mailto:h@x.example>")
    for part in (
        "<em>b</em>",
        "<strong>c</strong>",
        "<code>d</code>",
        "<li>e</li>",
        "<blockquote>",
        'href="https://x.example/"',
    ):
        assert part in html, part
    assert 'rel="noopener noreferrer"' in html


def test_the_alignment_of_a_column_is_a_class_and_never_a_style():
    html = to_html("|a|b|\n|-|-:|\n|1|2|\n")
    assert '<th class="num">b</th>' in html
    assert '<td class="num">2</td>' in html
    assert "style" not in html
    assert 'class="tw"' in html


def test_headings_follow_the_page_and_skip_no_level():
    assert re.findall(r"<h(\d)>", to_html("# a\n\n#### b\n\n## c\n\n# d")) == ["3", "4", "4", "3"]
    assert re.findall(r"<h(\d)>", to_html("### a\n\n# b", 2)) == ["2", "2"]


def test_the_filter_gives_the_same_in_a_template():
    template = Template("{% load documents %}{{ text|markdown }}{{ text|markdown:2 }}{{ nothing|markdown }}")
    assert template.render(Context({"text": "# a", "nothing": None})) == "<h3>a</h3>\n<h2>a</h2>\n"
