"""Pages of people: the desk, the seat one acts in, the register, keys."""

import re
import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.audit.models import AuditRecord
from apps.people import actions
from apps.people.models import DeskToken, Party, Seat, User
from apps.people.queries import work
from apps.people.queries.work import Registered, WorkRow
from tests.keys import ASKED, a_key

ADMIN = "jam.administration.administrator"
OTHERS_ADMIN = "brb.administration.administrator"
BUDGET = 12
pytestmark = pytest.mark.django_db


@pytest.fixture
def no_providers(monkeypatch):
    monkeypatch.setattr(work, "_providers", list)


def account(username):
    return User.objects.get(username=username)


def queries_of(client, url):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


# --- my work ---


def test_the_desk_shows_what_waits_first_due_on_top(client_for, monkeypatch):
    late = WorkRow("Answer the hit", "/late/", datetime(2009, 1, 1, tzinfo=UTC), "H-1", "radar")
    later = WorkRow("Review the list", "/later/", None, "JAM.1", "list")
    of_jamaica = Registered(lambda actor: [later, late] if actor.desk_code == "JAM.border" else [], "waiting", "people")
    monkeypatch.setattr(work, "_providers", lambda: [of_jamaica])
    page = client_for("jam.border.officer").get(reverse("people:desk")).content.decode()
    assert page.index("Answer the hit") < page.index("Review the list")
    assert "Nothing needs action now" in client_for("brb.border.officer").get(reverse("people:desk")).content.decode()


def test_a_title_is_cut_between_words():
    assert work.cut("Each Member State opens an advance-notice channel.", 40) == "Each Member State opens an…"
    assert work.cut("Each Member State\nnames a contact.", 40) == "Each Member State names a contact."


def test_the_desk_shows_ones_own_last_acts_and_nobody_elses(client_for, cast, no_providers):
    actions.propose_api_key(cast[ADMIN], None, **ASKED)
    done = f"{reverse('people:desk')}?show=done"
    assert "Asked for a key" in client_for(ADMIN).get(done).content.decode()
    assert "Asked for a key" not in client_for(OTHERS_ADMIN).get(done).content.decode()


def test_a_person_without_a_seat_is_told_so(client_for, cast):
    browser = client_for("jam.border.officer")
    actions.end_appointment(cast[ADMIN], Seat.objects.get(user__username="jam.border.officer"), reason="left")
    answer = browser.get(reverse("people:desk"))
    assert answer.status_code == 200
    assert "Your account administrator can give you one; if you have just opened" in answer.content.decode()


# --- the seat one acts in ---


def test_changing_the_seat_renews_the_session_and_is_recorded(client_for):
    browser = client_for("kna.border.officer")
    other = Seat.objects.get(user__username="kna.border.officer", desk__code="KNA.intelligence")
    before = browser.session.session_key
    answer = browser.post(reverse("people:switch_seat"), {"seat": other.pk})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("home")
    assert browser.session["seat"] == other.pk
    assert browser.session.session_key != before
    assert AuditRecord.objects.filter(verb="seat.switch", desk="KNA.intelligence", outcome="done").count() == 1


def test_nobody_takes_a_seat_of_somebody_else(client_for, cast):
    browser = client_for("jam.border.officer")
    for seat in (cast["jam.border.head"].seat_id, cast["brb.border.officer"].seat_id, 10**9, "x", ""):
        answer = browser.post(reverse("people:switch_seat"), {"seat": seat})
        assert answer.status_code == 404
    assert browser.session["seat"] == cast["jam.border.officer"].seat_id


def test_nobody_goes_back_to_a_seat_that_has_ended(client_for, cast):
    browser = client_for("kna.border.officer")
    seat = Seat.objects.get(user__username="kna.border.officer", desk__code="KNA.intelligence")
    actions.end_appointment(cast["kna.administration.administrator"], seat, reason="over")
    assert browser.post(reverse("people:switch_seat"), {"seat": seat.pk}).status_code == 404


@pytest.mark.parametrize("name", ["switch_seat", "preferences", "tokens"])
def test_a_form_made_for_another_seat_is_refused(name, client_for, cast):
    browser = client_for(ADMIN)
    answer = browser.post(reverse(f"people:{name}"), {"_seat": cast[OTHERS_ADMIN].seat_id, "theme": "dark"})
    assert answer.status_code == 409
    assert browser.post(reverse(f"people:{name}"), headers={"X-Seat": "0"}).status_code == 409
    assert account(ADMIN).theme == "auto"


# --- preferences ---


def test_theme_and_density_are_kept_one_without_the_other(client_for):
    browser = client_for("jam.border.officer")
    browser.post(reverse("people:preferences"), {"theme": "dark"})
    browser.post(reverse("people:preferences"), {"density": "compact"})
    browser.post(reverse("people:preferences"), {"theme": "purple"})
    person = account("jam.border.officer")
    assert (person.theme, person.compact) == ("dark", True)


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org", ""]
)
def test_preferences_lead_back_to_the_portal_only(elsewhere, client_for):
    browser = client_for("jam.border.officer")
    answer = browser.post(reverse("people:preferences"), {"theme": "dark", "next": elsewhere})
    assert answer["Location"] == reverse("home")
    answer = browser.post(reverse("people:preferences"), {"theme": "dark", "next": "/audit/?outcome=read"})
    assert answer["Location"] == "/audit/?outcome=read"


def test_changers_answer_to_posts_only(client_for):
    browser = client_for(ADMIN)
    assert browser.get(reverse("people:switch_seat")).status_code == 405
    assert browser.get(reverse("people:preferences")).status_code == 405


# --- the register ---


def test_the_register_holds_the_people_of_ones_own_party_without_programs(client_for, cast):
    a_key("JAM.border", "read")
    page = client_for(ADMIN).get(reverse("people:register")).content.decode()
    assert set(re.findall(r"<small class=\"ref\">(\w+\.\w+\.\w+)</small>", page)) == {
        name for name in User.objects.values_list("username", flat=True) if name.startswith("jam.")
    }
    assert "svc.jam.border" not in page


@pytest.mark.parametrize(
    ("filters", "present", "absent"),
    [
        ("q=BORDER.HEAD", "jam.border.head", "jam.border.officer"),
        ("desk=JAM.border", "jam.border.officer", "jam.ministry.reader"),
        ("factor=yes", "jam.border.head", "jam.border.officer"),
        ("factor=no", "jam.border.officer", "jam.border.head"),
        ("state=active", "jam.border.head", "nobody"),
    ],
)
def test_the_register_is_filtered_by_its_address(filters, present, absent, client_for):
    page = client_for(ADMIN).get(f"{reverse('people:register')}?{filters}").content.decode()
    assert present in page
    assert absent not in page


def test_a_person_is_found_by_words_of_their_name_in_any_order(client_for):
    person = account("jam.border.officer")
    words = " ".join(reversed(person.get_full_name().split()))
    assert " " in words
    page = client_for(ADMIN).get(reverse("people:register"), {"q": words}).content.decode()
    assert "jam.border.officer" in page


def test_the_pages_of_the_register_show_everybody_once(client_for, monkeypatch):
    monkeypatch.setattr("apps.people.lists.People.page", 3)
    browser, url, seen = client_for(ADMIN), reverse("people:register"), []
    while url:
        page = browser.get(url).content.decode()
        seen += re.findall(r"<small class=\"ref\">(jam\.\w+\.\w+)</small>", page)
        found = re.search(r'href="([^"]+)" rel="next"', page)
        url = reverse("people:register") + found[1] if found else ""
    assert seen == sorted(name for name in User.objects.values_list("username", flat=True) if name[:4] == "jam.")
    last = re.search(r'href="([^"]+)" rel="prev"', page)
    assert last is not None
    back = browser.get(reverse("people:register") + last[1]).content.decode()
    assert re.findall(r"<small class=\"ref\">(jam\.\w+\.\w+)</small>", back) == seen[: -(len(seen) % 3 or 3)][-3:]


@pytest.mark.parametrize("who", ["jam.border.head", "jrcc.watch.officer", "7t.carrier.agent", "jam.ministry.decider"])
def test_other_desks_have_no_register(who, client_for):
    assert client_for(who).get(reverse("people:register")).status_code == 404


@pytest.mark.parametrize("who", ["jam.border.officer", "jrcc.watch.officer", "jam.ministry.reader"])
def test_who_does_not_decide_at_a_desk_sees_no_keys_of_it(who, client_for):
    assert client_for(who).get(reverse("people:tokens")).status_code == 404


def test_another_state_sees_nothing_of_a_person_seat_or_key(client_for, cast):
    key = a_key("JAM.border", "read")
    officer = account("jam.border.officer")
    seat = Seat.objects.get(user=officer)
    barbados = client_for(OTHERS_ADMIN)
    absent = barbados.get(reverse("people:person", args=[uuid.uuid4()]))
    pages = [
        barbados.get(reverse("people:person", args=[officer.uid])),
        barbados.post(reverse("people:appoint", args=[officer.uid]), {"place": "BRB.border:officer"}),
        barbados.get(reverse("people:seat_end", args=[seat.uid])),
        barbados.post(reverse("people:seat_end", args=[seat.uid]), {"reason": "x"}),
        barbados.post(reverse("people:token_revoke", args=[key.uid])),
    ]
    assert [page.status_code for page in pages] == [404] * 5
    mask = re.compile(
        rb"<code>[0-9a-f]{16}</code>|csrf\w+\W+value=\W\w+|X-CSRFToken\W+\w+|next\W+value=\W[^\"]+|\d\d:\d\d"
    )
    assert mask.sub(b"", pages[0].content) == mask.sub(b"", absent.content)
    lists = barbados.get(reverse("people:register")).content + barbados.get(reverse("people:tokens")).content
    assert b"jam." not in lists
    assert key.prefix.encode() not in lists
    assert Seat.objects.get(pk=seat.pk).state == "current"


def test_an_administrator_appoints_and_ends_on_the_persons_page(client_for, cast):
    browser, officer = client_for(ADMIN), account("jam.border.officer")
    page = reverse("people:person", args=[officer.uid])
    assert (
        browser.post(reverse("people:appoint", args=[officer.uid]), {"place": "JAM.customs:officer"}).status_code == 302
    )
    seat = Seat.objects.get(user=officer, desk__code="JAM.customs")
    assert "JAM.customs" in browser.get(page).content.decode()
    end = reverse("people:seat_end", args=[seat.uid])
    assert browser.post(end, {"reason": ""}).status_code == 422
    assert browser.post(end, {"reason": "moved to Kingston port"}).status_code == 302
    seat.refresh_from_db()
    assert (seat.state, seat.reason) == ("ended", "moved to Kingston port")


@pytest.mark.parametrize("place", ["BRB.border:officer", "JAM.border:king", "JAM.border", "", ":"])
def test_only_desks_and_roles_of_ones_own_party_can_be_given(place, client_for):
    officer = account("jam.ministry.reader")
    before = Seat.objects.count()
    answer = client_for(ADMIN).post(reverse("people:appoint", args=[officer.uid]), {"place": place})
    assert answer.status_code == 422
    assert Seat.objects.count() == before


def test_nobody_appoints_himself_or_ends_his_own_seat(client_for, cast):
    browser, me = client_for(ADMIN), account(ADMIN)
    assert (
        "You cannot change your own appointment"
        in browser.get(reverse("people:person", args=[me.uid])).content.decode()
    )
    answer = browser.post(reverse("people:appoint", args=[me.uid]), {"place": "JAM.border:head"})
    assert answer.status_code == 403
    seat = Seat.objects.get(pk=cast[ADMIN].seat_id)
    assert browser.post(reverse("people:seat_end", args=[seat.uid]), {"reason": "x"}).status_code == 403


def test_oversight_reads_the_register_and_changes_nothing(client_for):
    browser, officer = client_for("jrcc.oversight.officer"), account("jrcc.watch.officer")
    page = browser.get(reverse("people:person", args=[officer.uid])).content.decode()
    assert 'name="place"' not in page
    assert (
        browser.post(reverse("people:appoint", args=[officer.uid]), {"place": "JRCC.watch:officer"}).status_code == 403
    )


# --- keys ---


def test_the_fields_of_a_new_key_have_their_own_names(client_for):
    page = client_for(ADMIN).get(reverse("people:tokens")).content.decode()
    assert re.findall(r'<label for="id_\w+">([A-Z]\w+)', page) == [
        *("Desk", "Scope", "Days", "Label", "Networks", "Actions", "Collections", "Thumbprint"),
    ]


def test_a_key_is_shown_once_and_works(client_for):
    browser, head = client_for(ADMIN), client_for("jam.border.head")
    wanted = {"desk": "JAM.border", "scope": "read", "days": "30", "label": "Piarco"}
    assert browser.post(reverse("people:tokens"), wanted).url == reverse("people:tokens")
    place = {verb: reverse("people:token_do", args=[DeskToken.objects.get().uid, verb]) for verb in ("approve", "show")}
    assert browser.get(place["approve"]).status_code == 403
    assert place["approve"] in head.get(reverse("people:tokens")).content.decode()
    assert ADMIN in head.get(place["approve"]).content.decode()
    assert head.post(place["approve"], {"clearance": "1"}).status_code == 302
    assert "ccp_" not in browser.get(place["show"]).content.decode()
    page = browser.post(place["show"]).content.decode()
    secret = re.search(r'value="(ccp_[\w-]+)"', page)[1]
    assert actions.digest(secret) == DeskToken.objects.get(label="Piarco").sha256
    assert {who.post(place["show"]).status_code for who in (browser, head)} == {409}
    again = browser.get(reverse("people:tokens")).content.decode()
    assert secret not in again
    assert secret[:12] in again


@pytest.mark.parametrize("wrong", [{"desk": "BRB.border"}, {"days": "0"}, {"days": "367"}, {"scope": "all"}])
def test_a_key_that_cannot_be_is_refused_with_words(wrong, client_for):
    wanted = {"desk": "JAM.border", "scope": "read", "days": "30", "label": "", **wrong}
    answer = client_for(ADMIN).post(reverse("people:tokens"), wanted)
    assert answer.status_code == 422
    assert b'role="alert"' in answer.content
    assert not DeskToken.objects.exists()


def test_a_revoked_key_is_dead(client_for, cast):
    key = a_key("JAM.border", "read")
    assert client_for(ADMIN).post(reverse("people:token_revoke", args=[key.uid])).status_code == 302
    key.refresh_from_db()
    assert key.state == "revoked"


# --- budgets ---


def test_pages_ask_the_database_as_often_for_twenty_rows_as_for_one(client_for, cast, no_providers):
    browser = client_for(ADMIN)
    officer = account("jam.border.officer")
    urls = [reverse(f"people:{name}") for name in ("desk", "register", "tokens")]
    urls.append(reverse("people:person", args=[officer.uid]))
    a_key("JAM.border", "read")
    browser.get(urls[0])  # the first page of a session writes when it was opened
    few = [queries_of(browser, url) for url in urls]
    home = Party.objects.get(code="JAM")
    for number in range(20):
        User.objects.create(username=f"jam.border.extra{number}", full_name=f"Extra {number}", home_party=home)
        actions.appoint_person(cast[ADMIN], None, user=f"jam.border.extra{number}", desk="JAM.border", role="officer")
        a_key("JAM.border", "read")
    assert [queries_of(browser, url) for url in urls] == few
    assert max(few) <= BUDGET
