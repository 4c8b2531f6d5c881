"""No word of a sealed text is anywhere that the portal writes: tables, indexes, copies, answers kept, logs."""

import logging
import pickle
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from apps.access import outbox
from apps.rifc.actions import openings
from apps.rifc.models import Report
from apps.sealing.holder import caricom_holder as program
from apps.search.queries.results import find
from apps.search.rules.question import Question
from apps.taxii.queries import publication
from tests.rifc.people import REPORTS, Person, a_draft, paragraph
from tests.rifc.sealed import AUTHOR, HEAD, READER, shared
from tests.sealing.holders import HIDDEN, WORDS, asked, envelope, release

pytestmark = pytest.mark.django_db
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


def where_found(as_owner: Any = None) -> list[str]:
    """Tables with a row in which one of the words stands, as it is or as its stem in an index."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute("SELECT has_table_privilege(current_user, %s, 'SELECT')", [f"public.{table}"])
            if not cursor.fetchone()[0]:
                continue
            patterns = [f"%{part}%" for word in WORDS for part in (word[:8], word.encode().hex())]
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text ILIKE ANY(%s)', [patterns])
            found += [table] if cursor.fetchone()[0] else []
    return found


def in_cache() -> bytes:
    """Everything that the cache holds."""
    client = cache._cache.get_client()
    return b"".join(client.dump(key) or b"" for key in client.scan_iter("*"))


def test_the_search_for_leaks_finds_a_text_that_is_kept_as_before(cast, client_for):
    """So that the next test can fail."""
    a_draft(cast, summary=f"Operation {WORDS[0]}", paragraphs=[paragraph(f"The {WORDS[1]} lies at anchor.")])
    assert {"rifc_report", "rifc_paragraph", "rifc_reporttext"} <= set(where_found())
    cache.set("a-form", pickle.dumps(WORDS[2]))
    assert WORDS[2].encode() in in_cache()


def test_no_table_index_outbox_answer_or_log_has_a_word_of_a_sealed_text(cast, client_for, caplog, ours, theirs):
    caplog.set_level(logging.DEBUG)
    row = shared(cast, ours, "JAM")
    opening, _browser = asked(cast, READER, row)
    for holder in theirs[:2]:
        opening = release(cast, holder, opening)
    openings.read_sealed_text(cast[READER], opening)
    body = {
        "kind": "information_report", "title": "Sealed", "title_portion": "U", "classification": "SECRET",
        "tlp": "AMBER", "orcon": False, "handling": [], "eyes": [], "named_persons": [], "threat_categories": ["drugs"],
        "paragraphs": [{"text": HIDDEN, "portion": "S", "grading": {"scheme": "nato6x6", "value": "C3"}}] * 2,
        "sealed": envelope("BRB", author=program.FileKey()),
    }  # fmt: skip
    browser = client_for(AUTHOR)
    for _again in range(2):
        answer = browser.post(REPORTS, body, content_type="application/json", headers={"Idempotency-Key": "the same"})
        assert answer.status_code == 201
    outbox.drain()
    pages = [reverse("rifc:report", args=[row.thread]), reverse("rifc:reports"), reverse("people:desk")]
    copies = [reverse("rifc:copy", args=[row.thread, fmt]) for fmt in ("pdf", "docx")]
    things = reverse("entities:in_report", args=[row.thread])
    for who in (AUTHOR, READER):
        for place in [*pages, *copies, things, f"{REPORTS}{row.thread}/"]:
            content = client_for(who).get(place).content
            assert not any(word.encode() in content for word in WORDS), place
    assert where_found() == []
    assert not any(word.encode() in in_cache() for word in WORDS)
    assert not any(word in caplog.text for word in WORDS)


def test_search_finds_it_by_title_and_number_and_not_by_its_words(cast, ours, theirs):
    row = shared(cast, ours, "JAM", title="Anchorage at Demo Bay")
    for who in (HEAD, READER):
        for words in ("Anchorage", row.number):
            found = find(cast[who], Question(words))
            assert any(row.title in str(hit) for hit in _titles(found)), (who, words)
        for word in WORDS:
            assert not any(row.title in str(hit) for hit in _titles(find(cast[who], Question(word))))


def _titles(found: Any) -> list[str]:
    return [hit.title for hit in found.hits]


def test_programs_of_recipients_and_taxii_get_nothing_of_the_highest_level(cast, ours, theirs, api):
    row = shared(cast, ours, "JAM")
    assert api("JAM.intelligence", "read").get(f"{REPORTS}{row.thread}/").status_code == 404
    assert publication.wanted(row.thread).by_desk == {}


def test_what_quotes_a_sealed_report_has_its_number_and_none_of_its_words(cast, ours, theirs):
    row = shared(cast, ours, "JAM")
    quoting = a_draft(cast, author=READER, paragraphs=[paragraph("See there.", cites=[row.thread])], classification=2)
    assert quoting.third_parties == ["BRB"]
    assert Report.objects.filter(pk=quoting.pk, words="See there.").exists()
    assert Person is not None
