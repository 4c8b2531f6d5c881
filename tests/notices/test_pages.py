"""The inbox by page: unread first, read by POST alone, another State's notice is not there."""

import re
import uuid

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.audit.models import AuditRecord
from apps.notices import actions, queries
from apps.notices.models import Notice, NoticeReading
from apps.screening.models import WatchList
from tests import world
from tests.markings import BANNER
from tests.notices.telling import DECIDER, NUMBER, READER, SECRET_TITLE, notice_at, told
from tests.rifc.people import JAMAICA, shared

INBOX = reverse("notices:inbox")
CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
KEEPER = "jam.intelligence.officer"


def text(answer):
    return answer.content.decode()


def asked(client, place):
    """Statements of one page view, after one that warmed the caches."""
    assert client.get(place).status_code == 200
    with CaptureQueriesContext(connection) as caught:
        client.get(place)
    return [q["sql"] for q in caught.captured_queries if not q["sql"].startswith(CONTROL)]


def bell(page):
    return re.search(r'aria-label="(Notifications, [^"]+)"', page)[1]


def test_a_ministry_reads_its_notice_and_gives_the_receipt(cast, client_for):
    told(needs_receipt=True)
    browser = client_for(DECIDER)
    page = text(browser.get(INBOX))
    for shown in (SECRET_TITLE, NUMBER, "Action needed", "12 Feb 2008, 18:00 AST", "Acknowledge receipt"):
        assert shown in page
    assert bell(page) == "Notifications, 1 unread"

    row = notice_at("BRB.ministry")
    answer = browser.post(reverse("notices:acknowledge", args=[row.pk]), {"next": INBOX}, follow=True)
    page = text(answer)
    assert f"Receipt acknowledged by {DECIDER}" in page
    assert "BRB.ministry has acknowledged receipt" in page
    assert bell(page) == "Notifications, none unread"
    assert bell(text(client_for(READER).get(INBOX))) == "Notifications, 1 unread"


def test_a_reader_sees_why_he_gives_no_receipt(cast, client_for):
    told(needs_receipt=True)
    assert "Ask an officer at your desk" in text(client_for(READER).get(INBOX))
    answer = client_for(READER).post(reverse("notices:acknowledge", args=[notice_at("BRB.ministry").pk]))
    assert answer.status_code == 403


def test_looking_changes_nothing(cast, client_for):
    row = told()
    browser = client_for(DECIDER)
    for place in (INBOX, reverse("notices:notice", args=[row.pk])):
        assert browser.get(place).status_code == 200
    for name in ("open", "read", "acknowledge"):
        assert browser.get(reverse(f"notices:{name}", args=[row.pk])).status_code == 405
    assert browser.get(reverse("notices:read_all")).status_code == 405
    assert Notice.objects.get().state == "unread"
    assert not NoticeReading.objects.exists()


@pytest.mark.parametrize("who", ["jam.ministry.decider", "brb.border.head", "brb.administration.administrator"])
def test_a_notice_of_another_desk_is_not_there(cast, client_for, who):
    row = told()
    browser = client_for(who)
    assert SECRET_TITLE not in text(browser.get(INBOX))
    assert browser.get(reverse("notices:notice", args=[row.pk])).status_code == 404
    for name in ("open", "read", "acknowledge"):
        assert browser.post(reverse(f"notices:{name}", args=[row.pk])).status_code == 404
    assert browser.get(reverse("notices:notice", args=[uuid.uuid4()])).status_code == 404


def test_opening_marks_as_read_and_leads_to_the_record(cast, client_for):
    listed = world.a_watchlist(cast)
    told("JAM.intelligence", object_type=WatchList._meta.label_lower, object_id=listed.pk, url_name="screening:list")
    row = notice_at("JAM.intelligence")
    browser = client_for(KEEPER)
    answer = browser.post(reverse("notices:open", args=[row.pk]))
    assert answer.headers["Location"] == reverse("screening:list", args=[listed.pk])
    assert Notice.objects.get(pk=row.pk).state == "read"
    assert f'href="{reverse("screening:list", args=[listed.pk])}"' in text(browser.get(INBOX))


def test_the_title_is_hidden_when_the_record_cannot_be_opened(cast, client_for):
    listed = world.a_watchlist(cast)
    told(object_type=WatchList._meta.label_lower, object_id=listed.pk)
    page = text(client_for(DECIDER).get(INBOX))
    assert SECRET_TITLE not in page
    assert NUMBER in page
    assert "cannot open its record" in page
    answer = client_for(DECIDER).post(reverse("notices:open", args=[notice_at("BRB.ministry").pk]))
    assert answer.headers["Location"] == INBOX


def test_records_of_any_type_are_looked_up_in_one_question(cast, client_for):
    made = world.a_world(cast)
    for row in (made.watchlist, made.entry, made.submission, made.hit):
        told("JAM.intelligence", object_type=row._meta.label_lower, object_id=row.pk, number=row._meta.model_name)
    told("JAM.intelligence", number="imagined")
    person = cast[KEEPER]
    rows = list(queries.inbox(person))
    with CaptureQueriesContext(connection) as caught:
        seen = {kind for kind, _pk in queries.openable(person, rows)}
    assert seen == {"screening.watchlist", "screening.entry", "jrcc.hit", "council.imagined"}
    assert len([q for q in caught.captured_queries if "permission" not in q["sql"].split("FROM")[0]]) == 1


def test_unread_comes_first_and_pages_go_by_key(cast, client_for, monkeypatch):
    monkeypatch.setattr(queries.inboxes, "ON_A_PAGE", 3)
    for number in range(8):
        told(number=f"N-{number}", event="vote.closed")
    for number in (2, 7):
        actions.read_notice(cast[DECIDER], Notice.objects.get(number=f"N-{number}"))
    browser, place, seen = client_for(DECIDER), "", []
    pages = []
    while True:
        page = text(browser.get(INBOX + place))
        numbers = re.findall(r'<span class="mono">(N-\d)</span>', page)
        pages.append(numbers)
        seen += numbers
        older = re.search(r'href="(\?[^"]+)" rel="next"', page)
        if older is None:
            break
        place = older[1]
    assert seen == ["N-6", "N-5", "N-4", "N-3", "N-1", "N-0", "N-7", "N-2"]
    back = []
    while (newer := re.search(r'href="(\?[^"]+)" rel="prev"', page)) is not None:
        page = text(browser.get(INBOX + newer[1]))
        back.append(re.findall(r'<span class="mono">(N-\d)</span>', page))
    assert back == pages[-2::-1]


def test_a_broken_place_in_the_list_is_refused_in_words(cast, client_for):
    assert client_for(DECIDER).get(f"{INBOX}?before=7.nonsense").status_code == 400


def test_one_kind_is_shown_and_marked_alone(cast, client_for):
    told(number="N-needs")
    told(number="N-news", event="vote.closed")
    browser = client_for(DECIDER)
    page = text(browser.get(f"{INBOX}?kind=needs"))
    assert "N-needs" in page
    assert "N-news" not in page
    browser.post(reverse("notices:read_all"), {"kind": "needs"})
    assert [row.number for row in queries.unread(cast[DECIDER])] == ["N-news"]
    browser.post(reverse("notices:read_all"))
    assert not queries.unread(cast[DECIDER]).exists()
    assert queries.unread(cast[READER]).count() == 2
    assert browser.post(reverse("notices:read_all")).status_code == 302


def test_the_bell_tells_of_each_record_once_and_leads_to_the_newest_notice(cast, client_for):
    same = uuid.uuid4()
    for step in ("1", "2"):
        told(object_id=same, step=step)
    told()
    partial = {"HX-Request": "true", "HX-Request-Type": "partial"}
    browser = client_for(DECIDER)
    page = text(browser.get(reverse("notices:bell"), headers=partial))
    found = re.findall(r'href="(/notices/[^"]+/)"', page)
    assert len(found) == 2
    assert browser.get(found[0]).status_code == 200
    assert "and one more" in page
    assert browser.get(reverse("notices:bell")).url == INBOX
    browser.post(reverse("notices:read_all"))
    assert "You have read everything." in text(browser.get(reverse("notices:bell"), headers=partial))


def test_an_empty_inbox_says_what_will_come(cast, client_for):
    assert "No notifications yet" in text(client_for(DECIDER).get(INBOX))


def test_pages_keep_to_twelve_questions(cast, client_for):
    told()
    row = notice_at("BRB.ministry")
    places = [INBOX, reverse("notices:notice", args=[row.pk]), reverse("notices:settings"), reverse("notices:holidays")]
    few = [len(asked(client_for(DECIDER), place)) for place in places]
    for kind in range(20):
        told(object_type="screening.watchlist" if kind % 2 else "council.imagined")
    many = [len(asked(client_for(DECIDER), place)) for place in places]
    assert many[1:] == few[1:]
    assert many[0] <= few[0] + 1  # one more for records that are read through a door, however many types there are
    assert max(many) <= 12


def test_the_bell_needs_no_cache_and_costs_a_page_one_question_at_most(cast, client_for, monkeypatch):
    told()

    def away(*_args, **_more):
        raise ConnectionError

    monkeypatch.setattr(cache, "get", away)
    monkeypatch.setattr(cache, "set", away)
    monkeypatch.setattr(cache, "delete", away)
    person = cast[DECIDER]
    with CaptureQueriesContext(connection) as caught:
        assert queries.bell(person) == 1
    assert len(caught.captured_queries) == 1


def test_ways_of_being_told_are_chosen_on_the_page(cast, client_for):
    browser = client_for(DECIDER)
    place = reverse("notices:settings")
    page = text(browser.get(place))
    assert f"{DECIDER}@example.invalid" in page
    assert 'name="roles"' not in page, "what needs a desk leaves no choice"
    usual = dict.fromkeys(queries.groups(), "usual")
    browser.post(place, usual | {"decisions": "digest"})
    assert queries.ways_of(cast[DECIDER]) == {"decisions": "digest"}
    assert browser.post(place, usual | {"decisions": "pigeon"}).status_code == 422
    browser.post(place, usual)
    assert queries.ways_of(cast[DECIDER]) == {}
    assert queries.ways_of(cast[READER]) == {}


def test_the_banner_shows_the_level_of_the_titles_on_the_page(cast, client_for):
    told(level=2)
    assert "CONFIDENTIAL" in text(client_for(DECIDER).get(INBOX))
    assert "CONFIDENTIAL" not in text(client_for("jam.ministry.decider").get(INBOX))


def test_a_title_is_marked_as_the_record_that_it_names(cast, client_for):
    """Also where the notice itself is told to people who could not read the record."""
    row = shared(cast, "JAM.contact", title="Firearms by sea", tlp="AMBER", orcon=True)
    told("JAM.contact", object_type="rifc.report", object_id=row.pk, title=row.title, level=1)
    for place in (INBOX, reverse("notices:notice", args=[notice_at("JAM.contact", object_id=str(row.pk)).pk])):
        page = client_for(JAMAICA).get(place).content.decode()
        assert "Firearms by sea" in page
        assert BANNER.findall(page) == [("r", "RESTRICTED", "TLP:AMBER ORCON")] * 2, place


def test_reading_a_notices_page_is_in_the_audit(cast, client_for):
    row = told()
    client_for(DECIDER).get(reverse("notices:notice", args=[row.pk]))
    line = AuditRecord.objects.get(verb="notice.view")
    assert (line.outcome, line.person, line.object_id) == ("read", DECIDER, str(row.pk))
