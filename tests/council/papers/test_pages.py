"""The pages of papers: what they show, to whom, and how often they ask the database."""

import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document as WordFile

from apps.audit.models import AuditRecord
from apps.council.models import Paper, PaperComment, PaperVersion
from apps.council.papers.actions import texts
from apps.council.papers.queries import papers as queries
from apps.people.queries.work import waiting_for
from tests.council.papers.world import (
    BARBADOS,
    CAYMAN,
    JAMAICA,
    MANAGER,
    OFFICER,
    a_draft,
    a_meeting,
    an_item,
    corrected,
    in_clearance,
    issued,
    translated,
)

pytestmark = pytest.mark.django_db
LIST = reverse("council:papers")
CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


def place(paper, name="paper"):
    return reverse(f"council:{name}", args=[paper.pk])


def text(answer):
    return " ".join(answer.content.decode().split())


def test_a_ministry_writes_a_paper_and_the_secretariat_brings_it_to_the_states(cast, client_for):
    meeting = a_meeting(cast)
    jamaica, secretariat = client_for(JAMAICA), client_for(OFFICER)
    form = {"title": "Ports", "meeting": str(meeting.pk), "language": "en", "body": "1. Note it.", "level": "1"}
    made = jamaica.post(reverse("council:paper_new"), form)
    paper = Paper.objects.get(title="Ports")
    assert made.headers["Location"] == place(paper)
    revised = jamaica.post(place(paper, "paper_revise"), {"title": "Ports", "body": "1. Note it well.", "version": "1"})
    assert revised.status_code == 302
    for browser, verb, more in (
        (jamaica, "submit", {}),
        (secretariat, "start_clearance", {"finance": "IMPACS.secretariat"}),
        (client_for(MANAGER), "clear", {}),
        (secretariat, "issue", {}),
    ):
        assert browser.post(reverse("council:act", args=["papers", paper.pk, verb]), more).status_code == 302, verb
    shown = text(client_for(BARBADOS).get(place(paper)))
    assert f"CONSLE/{meeting.starts_at.year}/5/01" in shown
    assert "Note it well." in shown
    assert "issued to the Member States" in shown


def test_a_wrong_form_comes_back_with_what_was_typed(cast, client_for):
    answer = client_for(JAMAICA).post(
        reverse("council:paper_new"), {"title": "Ports", "language": "en", "body": "Kept"}
    )
    assert answer.status_code == 422
    assert "Choose the organ that the paper is for" in text(answer)
    assert "Kept" in text(answer)


def test_a_version_typed_while_the_paper_was_issued_is_kept_on_the_page(cast, client_for):
    answer = client_for(JAMAICA).post(
        place(issued(cast), "paper_revise"), {"title": "Ports", "body": "Typed for long.", "version": "1"}
    )
    assert answer.status_code == 409
    assert "Typed for long." in text(answer)


def test_the_page_of_a_verb_leads_to_the_papers_and_to_the_paper(cast, client_for):
    paper = a_draft(cast)
    page = text(client_for(JAMAICA).get(place(paper, "paper_revise")))
    crumbs = page.partition('class="crumbs"')[2].partition("</ol>")[0]
    assert f'href="{LIST}"' in crumbs
    assert f'href="{place(paper)}"' in crumbs
    assert 'enctype="multipart/form-data"' in page, "a file can go with it"
    assert 'name="version" value="1"' in page


def test_drafts_embargoes_and_restricted_papers_are_not_there_for_others(cast, client_for):
    later = timezone.now() + datetime.timedelta(hours=1)
    restricted = an_item(cast, a_meeting(cast), restricted=True, kind="for_information")
    hidden = {
        BARBADOS: [a_draft(cast), issued(cast, embargo_until=later)],
        CAYMAN: [issued(cast, item=str(restricted.pk))],
    }
    for who, papers in hidden.items():
        browser = client_for(who)
        for paper in papers:
            for name in ("paper", "paper_print", "paper_pdf", "paper_compare", "paper_revise"):
                assert browser.get(place(paper, name)).status_code == 404, (who, name)
            assert str(paper.pk) not in text(browser.get(LIST))
    assert "Until then only its author, the clearing desks and the Secretariat" in text(
        client_for(JAMAICA).get(place(hidden[BARBADOS][1]))
    )
    assert client_for("jam.border.head").get(LIST).status_code == 404


def test_search_finds_words_and_numbers_of_visible_papers_alone(cast, client_for):
    shown = issued(cast, title="Harbour watch", body="Patrols at night.")
    hidden = a_draft(cast, title="Harbour secrets", body="Patrols by day.")
    browser = client_for(BARBADOS)
    for query in ("?q=patrol", "?q=harbour", f"?q={shown.number}", "?unread=1", "?state=issued", "?language=en"):
        page = text(browser.get(LIST + query))
        assert "Harbour watch" in page, query
        assert "Harbour secrets" not in page, query
    assert "No match" in text(browser.get(LIST + "?q=secrets"))
    assert "Harbour secrets" in text(client_for(JAMAICA).get(LIST + "?q=secrets"))
    assert hidden.number is None


def test_a_paper_that_was_opened_is_no_longer_unread(cast, client_for):
    paper = issued(cast)
    browser = client_for(BARBADOS)
    assert "not opened yet" in text(browser.get(LIST))
    browser.get(place(paper))
    assert "not opened yet" not in text(browser.get(LIST))
    assert "No match" in text(browser.get(LIST + "?unread=1"))
    assert "not opened yet" in text(client_for(CAYMAN).get(LIST))


def test_a_state_comments_under_its_name_while_others_do_the_same(cast, client_for):
    paper = issued(cast)
    barbados, cayman = client_for(BARBADOS), client_for(CAYMAN)
    barbados.get(place(paper))
    cayman.post(place(paper, "paper_comment"), {"text": "We agree.", "paragraph": "1"})
    assert barbados.post(place(paper, "paper_comment"), {"text": "Too soon.", "paragraph": "2"}).status_code == 302
    shown = text(client_for(JAMAICA).get(place(paper)))
    assert "<b>Barbados</b> on paragraph 2<" in shown
    assert "Too soon." in shown
    assert barbados.post(place(paper, "paper_comment"), {"text": " ", "paragraph": "7"}).status_code == 422
    texts.correct_paper(cast[OFFICER], paper, kind="Rev", body="Other.", note="Anew")
    late = barbados.post(place(paper, "paper_comment"), {"text": "Typed for long."})
    assert late.status_code == 409
    assert "Typed for long." in text(late)
    assert PaperComment.objects.count() == 2


def test_html_in_a_paper_or_comment_is_shown_as_it_was_typed(cast, client_for):
    paper = issued(cast, body="Before <script>alert(1)</script> [x](javascript:alert(1)) **after", title="<b>Ports</b>")
    client_for(BARBADOS).post(place(paper, "paper_comment"), {"text": "<img src=x>"})
    for name in ("paper", "paper_print"):
        shown = text(client_for(JAMAICA).get(place(paper, name)))
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
        assert "<script>alert" not in shown
        assert 'href="javascript' not in shown
        assert "&lt;b&gt;Ports&lt;/b&gt;" in shown
    assert "&lt;img src=x&gt;" in text(client_for(JAMAICA).get(place(paper)))


def test_each_copy_says_on_every_page_whose_it_is_and_is_recorded(cast, client_for):
    paper = issued(cast, caveat="Delegations only")
    answer = client_for(BARBADOS).get(place(paper, "paper_docx"))
    file = WordFile(BytesIO(answer.content))
    xml = "".join(part.blob.decode("utf-8", "ignore") for part in file.part.package.parts if "xml" in part.content_type)
    read = AuditRecord.objects.get(verb="paper.download")
    assert (read.object_id, read.party, read.outcome) == (str(paper.pk), "BRB", "read")
    assert f"Copy {read.detail['copy']}, for Ministry, Barbados, " in xml
    assert "Delegations only" in xml
    drawn = client_for(BARBADOS).get(place(paper, "paper_pdf"))
    assert drawn.content.startswith(b"%PDF")
    assert drawn.headers["Content-Disposition"].startswith("attachment; filename=")


def test_a_file_goes_with_the_paper_and_counts_for_the_hash_of_its_version(cast, client_for):
    browser = client_for(JAMAICA)
    form = {"title": "Ports", "organ": "CONSLE", "language": "en", "body": "1. Note it."}
    a_meeting(cast)
    browser.post(reverse("council:paper_new"), form)
    bare = PaperVersion.objects.get(number=1)
    paper = bare.paper
    file = SimpleUploadedFile("ports.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    browser.post(place(paper, "paper_revise"), {"title": "Ports", "body": "1. Note it.", "file": file})
    second = PaperVersion.objects.get(paper=paper, number=2)
    assert second.body == bare.body
    assert second.sha256 != bare.sha256
    assert "ports.pdf" in text(browser.get(place(paper)))


def test_what_waits_is_on_the_desk_of_whoever_has_to_do_it(cast, drain):
    meeting = a_meeting(cast)
    waiting = in_clearance(cast)
    old = issued(cast, meeting=str(meeting.pk))
    translated(cast, old)
    new = corrected(cast, old)
    rows = {who: [(row.title, row.code) for row in waiting_for(cast[who])] for who in (OFFICER, BARBADOS, JAMAICA)}
    assert (f"Clear the paper: {waiting.title}", waiting.number) in rows[OFFICER]
    assert (f"Update the translation (French): {new.title}", new.number) in rows[OFFICER]
    assert (f"Read the paper: {new.title}", new.number) in rows[BARBADOS]
    assert not [title for title, _code in rows[BARBADOS] if "Clear" in title or "Update" in title]


def test_the_pages_ask_the_database_twelve_times_at_most_however_much_there_is(cast, client_for):
    meeting = a_meeting(cast)
    item = an_item(cast, meeting)
    old = issued(cast, item=str(item.pk))
    translated(cast, old)
    paper = corrected(cast, old)
    pages = {
        "list": LIST,
        "paper": place(paper),
        "translation": place(paper) + "?language=fr",
        "superseded": place(old),
        "print": place(paper, "paper_print"),
        "compare": place(paper, "paper_compare"),
    }

    def asked():
        counts = {}
        for who in (BARBADOS, OFFICER):
            browser = client_for(who)
            for name, address in pages.items():
                browser.get(address)
                with CaptureQueriesContext(connection) as caught:
                    assert browser.get(address).status_code == 200
                counts[who, name] = [q["sql"] for q in caught.captured_queries if not q["sql"].startswith(CONTROL)]
        return counts

    few = asked()
    for who in (BARBADOS, CAYMAN, JAMAICA):
        client_for(who).post(place(paper, "paper_comment"), {"text": "Noted."})
        issued(cast, who, meeting=str(meeting.pk))
    translated(cast, paper, "es", "courtesy")
    many = asked()
    too_many = {key: "\n  ".join(sql[:140] for sql in found) for key, found in many.items() if len(found) > 12}
    assert not too_many, "\n".join(f"{key}\n  {found}" for key, found in too_many.items())
    assert {key: len(found) for key, found in many.items()} == {key: len(found) for key, found in few.items()}


def test_a_search_by_words_is_answered_from_the_index(cast):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = queries.found(Paper.objects.all(), "harbour").explain()
    assert "papers_by_words" in plan
