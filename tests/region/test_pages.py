"""Pages of the register: what they say, to whom, and in how many questions to the database."""

import datetime
import re
from typing import Any

import pytest
from django.urls import reverse

from apps.region.models import Participation, Track
from tests.demonstrations import play_region
from tests.jrcc.test_budgets import asked

from . import people

pytestmark = pytest.mark.django_db
MOST = 12


def pages() -> dict[str, str]:
    """Every page of the register with something on it."""
    head = people.participation("BRB")
    track = Track.objects.get(topic="CYBER_CRIME", party="JAM")
    return {
        "map": reverse("region:map"),
        "map of 2008": f"{reverse('region:map')}?system=E_MANIFEST&as_of=2008-01-21&known_at=2008-01-21",
        "system": reverse("region:system", args=["APIS"]),
        "centre": reverse("region:system", args=["JRCC"]),
        "number": f"{reverse('region:number', args=['E_MANIFEST'])}?as_of=2008-01-21",
        "stated number": f"{reverse('region:number', args=['APIS'])}?as_of=2008-01-21",
        "participation": reverse("region:participation", args=[head.pk]),
        "state": reverse("region:state", args=["JAM"]),
        "instruments": reverse("region:instruments"),
        "instrument": reverse("region:instrument", args=["TSA-2006"]),
        "protocol": reverse("region:instrument", args=["CONSLE-PROTOCOL-2016"]),
        "laws": reverse("region:laws"),
        "topic": reverse("region:topic", args=["CYBER_CRIME"]),
        "track": reverse("region:track", args=[track.pk]),
        "indicators": reverse("region:indicators"),
        "indicator": reverse("region:indicator", args=["APIS_STATES"]),
        "indicator of States": f"{reverse('region:indicator', args=['LAWS_IN_FORCE'])}?party=JAM",
        "initiatives": reverse("region:initiatives"),
    }


def text(browser: Any, place: str) -> str:
    """The page as it was sent, and its words after it."""
    answer = browser.get(place)
    assert answer.status_code == 200, place
    raw = " ".join(answer.content.decode().split())
    return f"{raw} {' '.join(re.sub('<[^>]+>', ' ', raw).split()).replace(' ,', ',')}"


def test_pages_keep_to_twelve_questions_with_and_without_the_demonstration(cast: Any, client_for: Any):
    browsers = {name: client_for(name) for name in (people.JAMAICA, people.KEEPER, people.WATCH)}
    few = {(who, name): len(asked(one, place)) for who, one in browsers.items() for name, place in pages().items()}
    play_region()
    many = {(who, name): asked(one, place) for who, one in browsers.items() for name, place in pages().items()}
    wide = {name: len(found) for name, found in many.items() if len(found) > MOST}
    assert wide == {}, "\n".join(q[:150] for q in many[max(wide, key=wide.get)])
    assert {name: len(found) - few[name] for name, found in many.items() if len(found) > few[name] + 2} == {}


def test_the_map_gives_the_number_with_its_basis_and_a_link_to_its_rows(cast: Any, client_for: Any):
    page = text(client_for(people.JAMAICA), f"{reverse('region:map')}?system=APIS&as_of=2008-01-21")
    assert "10 of 15" in page
    assert "as stated for 21 Jan 2008, States not named" in page
    assert f"{reverse('region:number', args=['APIS'])}?as_of=2008-01-21" in page
    assert "Barbados: not known" in page
    assert 'aria-valuetext="21 Jan 2008"' in page
    page = text(client_for(people.JAMAICA), f"{reverse('region:map')}?system=E_MANIFEST&as_of=2008-01-21")
    assert "4 of 15" in page
    assert "Barbados: in use" in page
    assert "Guyana: offered, has not asked to join" in page


def test_the_slider_steps_through_the_days_on_which_something_changed(cast: Any, client_for: Any):
    browser = client_for(people.JAMAICA)
    answer = browser.get(reverse("region:map"), {"system": "COMMON_VISA", "step": "1"})
    assert answer.status_code == 302
    assert "as_of=2007-02-01" in answer["Location"]
    assert "10 of 15" in text(browser, answer["Location"])
    last = browser.get(reverse("region:map"), {"system": "COMMON_VISA", "step": "99"})
    assert "as_of=2007-05-16" in last["Location"]
    before = browser.get(reverse("region:map"), {"system": "COMMON_VISA", "step": "0"})
    assert "as_of=2007-01-31" in before["Location"]


def test_where_a_number_comes_from_names_rows_and_sources(cast: Any, client_for: Any):
    browser = client_for(people.JAMAICA)
    page = text(browser, f"{reverse('region:number', args=['E_MANIFEST'])}?as_of=2008-01-21")
    assert "Counted from records: every Member State has one for this date." in page
    assert page.count('id="row-') == 15
    assert "report of the CARICOM Secretariat to the OAS" in page
    page = text(browser, f"{reverse('region:number', args=['APIS'])}?as_of=2008-01-20")
    assert "No number: some Member States have no record" in page


def test_the_number_page_says_what_a_report_would_say_instead(cast: Any, client_for: Any):
    play_region()
    page = text(client_for(people.JAMAICA), f"{reverse('region:number', args=['APIS'])}?as_of=2009-01-01")
    assert "In reports:" in page
    assert "as stated for 21 Jan 2008" in page


def test_the_file_is_the_table_of_the_day_and_its_download_is_recorded(cast: Any, client_for: Any):
    from apps.audit.models import AuditRecord

    answer = client_for(people.JAMAICA).get(reverse("region:participations_csv"), {"as_of": "2008-01-21"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    wanted = "E_MANIFEST,BRB,Barbados,in use,2008-01-21,,stated,"
    assert any(line.startswith(wanted) for line in lines)
    assert AuditRecord.objects.filter(verb="participation.export", party="JAM").count() == 1


@pytest.mark.parametrize("wrong", ["2008-02-31", "yesterday", "1900-01-01", "99999-01-01"])
@pytest.mark.parametrize("page", ["map", "laws", "instruments", "initiatives", "indicators", "state", "number"])
def test_what_is_no_day_is_told_at_its_place(client_for: Any, page: str, wrong: str):
    place = pages()[page].split("?")[0]
    answer = client_for(people.JAMAICA).get(place, {"as_of": wrong})
    assert answer.status_code == 422
    assert wrong in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("region:system", "NOTHING"),
        ("region:number", "NOTHING"),
        ("region:state", "XYZ"),
        ("region:state", "JRCC"),
        ("region:instrument", "NO-SUCH"),
        ("region:topic", "NOTHING"),
        ("region:indicator", "NOTHING"),
        ("region:track", "01990000-0000-7000-8000-000000000000"),
        ("region:participation", "01990000-0000-7000-8000-000000000000"),
        ("region:instrument_of", "01990000-0000-7000-8000-000000000000"),
    ],
)
def test_what_is_not_there_is_not_found(client_for: Any, name: str, key: str):
    assert client_for(people.JAMAICA).get(reverse(name, args=[key])).status_code == 404


def test_an_instrument_says_how_it_entered_into_force(cast: Any, client_for: Any):
    play_region()
    page = text(client_for(people.JAMAICA), f"{reverse('region:instrument', args=['DEMO-PATROLS'])}?as_of=2024-06-01")
    assert "ratification deposited by 3: Member States, plus 60 days" in page
    assert "30 Apr 2024" in page
    page = text(client_for(people.JAMAICA), reverse("region:instrument", args=["TSA-2006"]))
    assert "The depositary&#x27;s date counts" in page or "The depositary's date counts" in page
    page = text(client_for(people.JAMAICA), reverse("region:instrument", args=["CONSLE-PROTOCOL-2016"]))
    assert "ratified before signature, as published" in page


def test_all_forty_eight_initiatives_of_the_report_have_a_status_and_a_page(cast: Any, client_for: Any):
    browser = client_for(people.JAMAICA)
    page = text(browser, f"{reverse('region:initiatives')}?as_of=2008-01-21")
    assert page.count('<tr role="row" id="item-') == 48
    assert "4 of 15: Barbados, Jamaica, Saint Lucia, Trinidad and Tobago" in page
    from apps.region.queries import initiatives

    found = initiatives.on(cast[people.JAMAICA], datetime.date(2008, 1, 21))
    assert [item.row.code for item in found if not item.url] == []
    places = {item.url for item in found}
    assert {browser.get(place).status_code for place in places} <= {200, 302, 404}
    assert [place for place in places if place.startswith("/region/") and browser.get(place).status_code != 200] == []
    assert "not known yet" in text(browser, f"{reverse('region:initiatives')}?as_of=2007-01-01")


def test_a_wrong_form_is_answered_with_the_same_page_and_what_was_typed(cast: Any, client_for: Any):
    head = Participation.objects.get(system="APIS", party="JAM")
    place = reverse("region:act", args=["participations", head.pk, "express_interest"])
    browser = client_for(people.JAMAICA)
    assert browser.get(place).status_code == 200
    answer = browser.post(place, {"on": "2008-02-31", "letter": ""})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Enter a date" in page
    assert "Enter the reference of your letter." in page
    assert "2008-02-31" in page
    answer = browser.post(place, {"on": "12 Feb 2008", "letter": "MNS/7"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("region:participation", args=[head.pk]))
    assert "has asked to join" in text(browser, answer["Location"]).lower()


def test_a_button_is_absent_where_it_is_not_the_seats_work(cast: Any, client_for: Any):
    head = Participation.objects.get(system="APIS", party="BRB")
    place = reverse("region:act", args=["participations", head.pk, "express_interest"])
    assert place in text(client_for("brb.ministry.decider"), reverse("region:participation", args=[head.pk]))
    assert place not in text(client_for(people.JAMAICA), reverse("region:participation", args=[head.pk]))
    assert client_for(people.JAMAICA).get(place).status_code == 403
    assert client_for("jam.border.officer").get(place).status_code == 404


def test_what_a_seat_sends_that_may_not_is_refused_after_its_faults_and_recorded(cast: Any, client_for: Any):
    from apps.audit.models import AuditRecord

    head = Participation.objects.get(system="APIS", party="BRB")
    place = reverse("region:act", args=["participations", head.pk, "express_interest"])
    browser, kept = client_for(people.JAMAICA), AuditRecord.objects.filter(verb="participation.express_interest")
    assert browser.post(place, {"on": "", "letter": ""}).status_code == 422
    assert not kept.exists()
    refused = browser.post(place, {"on": "12 Feb 2008", "letter": "MNS/7"})
    assert refused.status_code == 403
    assert "MNS/7" in refused.content.decode()
    assert [row.outcome for row in kept] == ["refused"]


def test_the_page_of_a_verb_leads_to_its_place_and_its_record(cast: Any, client_for: Any):
    head = Participation.objects.get(system="APIS", party="BRB")
    place = reverse("region:act", args=["participations", head.pk, "express_interest"])
    page = text(client_for("brb.ministry.decider"), place)
    crumbs = page.partition('class="crumbs"')[2].partition("</ol>")[0]
    for url in (reverse("region:map"), reverse("region:participation", args=[head.pk])):
        assert f'href="{url}"' in crumbs
    assert "data-guard" in page
    assert 'name="version"' in page


def strips(page: str) -> dict[str, tuple[int, str]]:
    """{line: (how wide its parts are together, its words)} of the bars of a page."""
    raw = page.partition('<ul class="strips">')[2].partition("</ul>")[0]
    found = {}
    for line in raw.split("</li>")[:-1]:
        head, said = (" ".join(re.sub("<[^>]+>", " ", part).split()) for part in line.split("</b>", 1))
        found[head] = (sum(map(int, re.findall(r'x="\d+" width="(\d+)"', line))), said)
    return found


def test_the_board_of_laws_draws_what_is_known_and_leaves_out_what_is_not(cast: Any, client_for: Any):
    answer = client_for(people.JAMAICA).get(reverse("region:laws"), {"as_of": "2008-01-21"})
    bars, tallies = strips(" ".join(answer.content.decode().split())), answer.context["tallies"]
    assert {one.topic.name: one.known for one in tallies} == {head: wide for head, (wide, _said) in bars.items()}
    assert all(0 < one.known < one.members for one in tallies if one.topic.code == "SECURITY_ASSISTANCE")
    for one in tallies:
        assert f"{one.unknown} not recorded" in bars[one.topic.name][1]
        assert not re.search(r"\b0 ", bars[one.topic.name][1])
    grid = answer.context["grid"]
    heads = [str(line.head.words) for line in grid.lines]
    assert "Jamaica" in heads  # one's own, known or not
    assert not {name for name, _url in answer.context["without"]} & set(heads)
    assert len(heads) + len(answer.context["without"]) > 15
    for line in grid.lines:
        if "me" not in line.head.css and line.css != "me":
            assert sum("<svg" in str(cell.html) for cell in line.cells) > 0
    number = str(grid.lines[heads.index("Guyana")].cells[-1].html)
    assert re.fullmatch(r"[1-9]\d* of [1-9]\d*", number)


def test_participation_is_drawn_by_system_and_its_matrix_holds_only_what_is_known(cast: Any, client_for: Any):
    answer = client_for(people.JAMAICA).get(reverse("region:map"), {"as_of": "2008-01-21"})
    page = " ".join(answer.content.decode().split())
    bars = strips(page)
    for one in answer.context["tallies"]:
        wide, said = bars[one.system.short_name]
        assert wide == one.members - one.unknown
        assert (f"{one.unknown} not known" in said) == bool(one.unknown)
    assert bars["APIS"] == (10, "10 in use 5 not known")  # stated, States not named
    matrix = page.partition('id="tb-h"')[2].partition("</section>")[0]
    assert matrix.count("g-na") <= len(answer.context["lines"])  # one's own State alone may be drawn as not known


def test_an_instrument_of_which_no_step_is_recorded_has_no_number_of_signatories(cast: Any, client_for: Any):
    answer = client_for(people.JAMAICA).get(reverse("region:instruments"))
    rows = {row["standing"].instrument.code: row["standing"] for row in answer.context["rows"]}
    assert (rows["RTC-2001"].known_signatories, rows["RTC-2001"].known_parties) == (None, None)
    assert {code for code, one in rows.items() if one.status == "in_force" and one.known_parties == 0} == set()
    page = " ".join(answer.content.decode().split())
    line = page.partition("Revised Treaty of Chaguaramas")[2].partition("</tr>")[0]
    assert line.count("not recorded") == 2
    assert not re.search(r">0<", line)
    bars = strips(page)
    assert not [head for head in bars if head.startswith("Revised Treaty of Chaguaramas")]
    for row in answer.context["recorded"]:
        standing = row["standing"]
        wide = len(standing.contracting_parties) + standing.only_signed
        assert bars[standing.instrument.title][0] == wide


def test_indicators_have_a_value_its_day_and_a_line_of_as_many_points(cast: Any, client_for: Any):
    play_region()
    answer = client_for(people.JAMAICA).get(reverse("region:indicators"))
    page = " ".join(answer.content.decode().split())
    for row in answer.context["rows"]:
        cells = page.partition(f'href="{row["url"]}"')[2].partition("</tr>")[0]
        if not row["shown"]:
            assert "polyline" not in cells
            assert not re.search(r">0<", cells)
        elif len(row["shown"]) > 1:
            [places] = re.findall(r'points="([^"]+)"', cells)
            assert len(places.split()) == len(row["shown"])
    [laws] = [row for row in answer.context["rows"] if row["it"].code == "LAWS_IN_FORCE"]
    assert laws["own"]
    assert {each.party for each in laws["shown"]} == {"JAM"}
