"""What happens to an issued paper: corrections, translations, receipts, and how two texts compare."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.access.models import Dispatch
from apps.access.refusal import Refused
from apps.council.models import Translation
from apps.council.papers.actions import texts
from apps.council.papers.queries import receipts
from apps.council.papers.queries.papers import out_of_date
from apps.council.papers.views.comparisons import stretches
from apps.council.rules.text_differences import compare_texts
from apps.notices.models import Notice
from tests.council.papers.world import (
    BARBADOS,
    CAYMAN,
    JAMAICA,
    OFFICER,
    a_draft,
    corrected,
    fresh,
    issued,
    translated,
)

pytestmark = pytest.mark.django_db


def lines(cast, who, paper):
    found = receipts.receipts(cast[who], [paper]).get(paper.pk)
    return None if found is None else {line.party: (bool(line.opened_at), bool(line.downloaded_at)) for line in found}


def test_a_revision_takes_the_place_of_the_paper_and_counts_on(cast):
    paper = issued(cast)
    first = corrected(cast, paper)
    second = corrected(cast, first, body="Third text.\n")
    slip = corrected(cast, second, body="Third text!\n", kind="Corr")
    assert [first.number, second.number, slip.number] == [
        f"{paper.number}/Rev.1",
        f"{paper.number}/Rev.2",
        f"{paper.number}/Corr.1",
    ]
    assert [fresh(each).state for each in (paper, first, second, slip)] == ["superseded"] * 3 + ["issued"]
    assert fresh(paper).words != slip.words


def test_a_correction_that_changes_nothing_is_refused(cast):
    paper = issued(cast)
    with pytest.raises(ValidationError, match="This is the current text"):
        texts.correct_paper(cast[OFFICER], paper, kind="Rev", body=paper.words, note="None")
    with pytest.raises(Refused, match="not-secretariat"):
        texts.correct_paper(cast[JAMAICA], paper, kind="Rev", body="Other", note="Mine")


def test_a_translation_is_out_of_date_after_a_correction_and_says_what_changed(cast, client_for):
    paper = issued(cast)
    translated(cast, paper)
    texts.review_translation(cast[OFFICER], paper, language="fr")
    page = client_for(BARBADOS).get(reverse("council:paper", args=[paper.pk]) + "?language=fr").content.decode()
    assert 'lang="fr">Sécurité des ports' in page
    assert "Out of date" not in page

    new = corrected(cast, paper)
    page = client_for(BARBADOS).get(reverse("council:paper", args=[new.pk]) + "?language=fr").content.decode()
    assert "Out of date." in page
    assert "3 words added, 3 removed" in " ".join(page.split())
    assert [row.language for row in out_of_date(cast[OFFICER])] == ["fr"]
    with pytest.raises(ValidationError, match="earlier text"):
        texts.review_translation(cast[OFFICER], new, language="fr")
    translated(cast, new)
    assert list(out_of_date(cast[OFFICER])) == []


def test_the_secretariat_alone_makes_a_translation_official(cast):
    paper = issued(cast)
    given = {"language": "es", "title": "Puertos", "body": "Texto"}
    with pytest.raises(ValidationError, match="Only the Secretariat can make a translation official"):
        texts.translate_paper(cast[JAMAICA], paper, kind="official", **given)
    texts.translate_paper(cast[JAMAICA], paper, kind="courtesy", **given)
    assert Translation.objects.get(paper=paper).reviewed is False
    with pytest.raises(Refused, match="not-translator"):
        texts.translate_paper(cast[BARBADOS], paper, kind="courtesy", **given)
    with pytest.raises(ValidationError, match="original is in this language"):
        texts.translate_paper(cast[OFFICER], paper, kind="courtesy", **{**given, "language": "en"})


def test_the_sender_sees_that_barbados_opened_the_paper_and_cayman_did_not(cast, client_for):
    paper = issued(cast)
    assert not any(opened for opened, _ in lines(cast, JAMAICA, paper).values())
    client_for("brb.ministry.reader").get(reverse("council:paper", args=[paper.pk]))
    shown = lines(cast, JAMAICA, paper)
    assert (shown["BRB"], shown["CYM"], "JAM" in shown) == ((True, False), (False, False), False)
    assert lines(cast, OFFICER, paper) == shown
    client_for(BARBADOS).get(reverse("council:paper_docx", args=[paper.pk]))
    assert lines(cast, JAMAICA, paper)["BRB"] == (True, True)


def test_a_state_sees_its_own_line_alone_and_the_page_names_no_person(cast, client_for):
    paper = issued(cast)
    browser = client_for(BARBADOS)
    browser.get(reverse("council:paper", args=[paper.pk]))
    assert lines(cast, BARBADOS, paper) == {"BRB": (True, False)}
    assert lines(cast, CAYMAN, paper) == {"CYM": (False, False)}
    page = client_for(JAMAICA).get(reverse("council:paper", args=[paper.pk])).content.decode()
    assert "Opened by 1 of" in page
    assert BARBADOS not in page


def test_a_paper_without_receipts_tells_nobody(cast, client_for):
    paper = issued(cast, wants_receipt=False)
    client_for(BARBADOS).get(reverse("council:paper", args=[paper.pk]))
    assert lines(cast, JAMAICA, paper) is None
    assert (
        "Who has opened it" not in client_for(JAMAICA).get(reverse("council:paper", args=[paper.pk])).content.decode()
    )


def test_those_who_opened_the_earlier_paper_are_known_for_the_notice_of_its_correction(cast, client_for):
    paper = issued(cast)
    client_for(BARBADOS).get(reverse("council:paper", args=[paper.pk]))
    assert receipts.openers(paper) == ["BRB"]


def test_a_correction_says_what_it_stands_for_to_whoever_listens(cast, monkeypatch):
    from apps.access import outbox

    heard = []
    monkeypatch.setattr(
        outbox, "write_all", lambda facts, **_more: heard.extend((topic, row.pk, said) for topic, row, said, _ in facts)
    )
    paper = issued(cast)
    translated(cast, paper)
    new = corrected(cast, paper)
    assert heard == [
        ("paper.issued", paper.pk, {}),
        ("translation.stale", new.pk, {"languages": ["fr"]}),
        ("paper.corrected", new.pk, {"supersedes": str(paper.pk)}),
    ]
    assert not Dispatch.objects.exists()


def test_a_correction_is_told_to_those_who_opened_the_earlier_text(cast, client_for, drain):
    paper = issued(cast)
    client_for(BARBADOS).get(reverse("council:paper", args=[paper.pk]))
    translated(cast, paper)
    corrected(cast, paper)
    drain()
    told = Notice.objects.values_list("code", "owner__code")
    assert {desk for code, desk in told if code == "paper.corrected"} == {"BRB.ministry", "IMPACS.secretariat"}
    assert {desk for code, desk in told if code == "translation.stale"} == {"IMPACS.secretariat"}
    assert {"HTI.ministry", "CYM.ministry"} <= {desk for code, desk in told if code == "paper.issued"}


def test_a_change_is_what_was_removed_with_what_stands_in_its_place():
    found = stretches(compare_texts("States name a focal point.", "States shall name one focal point today."))
    assert [(each.number, each.same, each.removed, each.added) for each in found] == [
        (0, "States ", "", ""),
        (1, "", "", "shall "),
        (0, "name ", "", ""),
        (2, "", "a ", "one "),
        (0, "focal ", "", ""),
        (3, "", "point", "point today"),
        (0, ".", "", ""),
    ]


def test_a_revision_is_compared_with_the_paper_it_stands_for(cast, client_for):
    paper = issued(cast)
    new = corrected(cast, paper)
    page = client_for(BARBADOS).get(reverse("council:paper_compare", args=[new.pk])).content.decode()
    assert "<del>a </del><ins>one </ins>" in page
    assert "<del>30 June</del><ins>31 July</ins>" in page
    assert "3 words added, 3 removed" in " ".join(page.split())
    assert 'id="c2"' in page
    assert 'href="#c2"' in page


def test_what_a_paper_said_while_it_was_drafted_stays_with_its_author(cast, client_for):
    from apps.council.papers.actions import papers as actions

    paper = a_draft(cast, body="First, secret thoughts.")
    actions.revise_paper(cast[JAMAICA], paper, title="Ports", body="Second thoughts.")
    actions.submit_paper(cast[JAMAICA], fresh(paper))
    actions.start_paper_clearance(cast[OFFICER], fresh(paper), legal="IMPACS.secretariat")
    actions.clear_paper(cast[OFFICER], fresh(paper))
    actions.issue_paper(cast[OFFICER], fresh(paper))
    place = reverse("council:paper_compare", args=[paper.pk]) + "?from=1&to=2"
    assert (
        "<del>First, secret </del><ins>Second </ins></span>thoughts." in client_for(JAMAICA).get(place).content.decode()
    )
    assert client_for(BARBADOS).get(place).status_code == 404
