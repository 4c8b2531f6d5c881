"""Forms in steps, and the picker of States and desks: what goes along, where a fault leads, what is ticked."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string

from apps.pages.form_steps import FormSteps, Step
from apps.pages.pickers import desk_picker
from apps.pages.templatetags import kit

STEPS = FormSteps(
    Step("who", "Who", ("name", "born")), Step("marks", "Marks", ("marks", "level")), Step("check", "Check")
)
SENT = "name=Ann&born=1981-03-14&marks=a&marks=b&level=on"


class Asked(forms.Form):
    """What the steps ask."""

    name = forms.CharField()
    born = forms.DateField(required=False)
    marks = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B"), ("c", "C")], widget=forms.CheckboxSelectMultiple)
    level = forms.BooleanField(required=False)


def request(post: str = "", get: str = "") -> Any:
    return SimpleNamespace(method="POST" if post else "GET", POST=QueryDict(post), GET=QueryDict(get))


def hidden(stepped: Any) -> list[tuple[str, str]]:
    found = [
        re.search(r'name="(\w+)" value="([^"]*)"', one) for text in stepped.carried for one in text.split("<input")
    ]
    return [(one[1], one[2]) for one in found if one]


def test_what_the_other_steps_ask_goes_along_as_it_was_sent():
    sent = request(f"{SENT}&_step=who")
    stepped = STEPS.shown(sent, Asked(sent.POST))
    assert hidden(stepped) == [("marks", "a"), ("marks", "b"), ("level", "True")]
    again = QueryDict("&".join(f"{name}={value}" for name, value in [*hidden(stepped), ("name", "Ann")]))
    form = Asked(again)
    assert form.is_valid()
    assert (form.cleaned_data["marks"], form.cleaned_data["level"]) == (["a", "b"], True)


def test_an_unticked_box_is_still_unticked_after_all_steps():
    sent = request("name=Ann&marks=a&_step=who")
    [*_marks, level] = hidden(STEPS.shown(sent, Asked(sent.POST)))
    form = Asked(QueryDict(f"name=Ann&marks=a&{level[0]}={level[1]}"))
    assert (level[0], form.is_valid(), form.cleaned_data["level"]) == ("level", True, False)


@pytest.mark.parametrize(
    ("post", "now"),
    [
        ("name=&marks=a&_step=who&_to=next", "who"),
        ("name=Ann&marks=z&_step=who&_to=next", "marks"),
        ("name=&marks=z&_step=who&_to=next", "who"),
        ("name=&marks=z&_step=marks&_to=next", "marks"),
        ("name=&marks=z&_step=marks&_to=back", "who"),
        ("name=Ann&marks=z", "marks"),
    ],
)
def test_a_refused_form_is_shown_where_something_is_wrong(post: str, now: str) -> None:
    sent = request(post)
    form = Asked(sent.POST)
    form.is_valid()
    stepped = STEPS.shown(sent, form)
    assert stepped.now.code == now
    here = [fault for fault in stepped.faults if fault.at]
    assert {fault.at.removeprefix("id_") for fault in here} == set(stepped.now.fields) & set(form.errors)
    assert {fault.step.code for fault in stepped.faults if fault.step} == {
        step.code for step in STEPS.steps if step is not stepped.now and set(step.fields) & set(form.errors)
    }


@pytest.mark.parametrize(
    ("post", "way"),
    [
        ("_step=who", "marks"),
        ("_step=who&_to=next", "marks"),
        ("_step=marks&_to=back", "who"),
        ("_step=who&_to=check", "check"),
        ("_step=check&_to=next", None),
        ("_step=who&_to=back", None),
        ("_step=who&_to=close", None),
        ("name=Ann", None),
    ],
)
def test_a_press_says_where_it_leads(post: str, way: str | None) -> None:
    found = STEPS.way(request(post))
    assert (found and found.code) == way


def test_a_step_sent_for_an_older_record_is_known_as_such():
    row = SimpleNamespace(version=4)
    assert STEPS.is_stale(request("_step=who&version=3"), row)
    assert not STEPS.is_stale(request("_step=who&version=4"), row)
    assert not STEPS.is_stale(request("version=3"), row), "a form that is sent whole is refused by the action"


def test_the_list_of_steps_says_where_one_is_and_the_first_button_goes_on():
    sent = request(f"{SENT}&_step=marks")
    text = render_to_string("components/kit/steps.html", kit.steps(STEPS.shown(sent, Asked(sent.POST), saved=True)))
    assert re.search(r"<button[^>]*>", text)[0].count('value="next"') == 1
    assert re.search(r'aria-current="step"\s*>\s*Marks', text)
    assert re.search(r'class="done"[^>]*>\s*<span class="vh">Done: </span>\s*<button[^>]*value="who"', text)
    assert 'value="check"' in text
    links = render_to_string(
        "components/kit/steps.html", kit.steps(STEPS.shown(sent, Asked(sent.POST), saved=True), "/x/")
    )
    assert 'href="/x/?step=who"' in links
    assert "<button" not in links


DESKS = [
    ("all", "All Member States"),
    ("JAM.border", "Jamaica: Border"),
    ("JAM.contact", "Jamaica: Point of contact"),
    ("BRB.contact", "Barbados: Point of contact"),
    ("RIFC.watch", "RIFC: Watch"),
    ("RIFC.analysis", "RIFC: Analysis"),
]


def boxes(picker: Any) -> dict[str, list[tuple[str, bool]]]:
    return {str(one.title): [(box.value, box.checked) for box in one.picks] for one in picker.sets}


def test_a_party_is_its_point_of_contact_and_ones_own_comes_first():
    picker = desk_picker("to", DESKS, ["BRB", "JAM.border"], own="RIFC")
    assert boxes(picker) == {
        "Groups": [("all", False)],
        "States and regional bodies": [
            ("RIFC.watch", False),
            ("RIFC.analysis", False),
            ("JAM.contact", False),
            ("BRB.contact", True),
            ("JAM.border", True),
        ],
    }
    assert [one.folded for one in desk_picker("to", DESKS).sets] == [False, False, True]
    assert "your own" in picker.sets[1].picks[0].small


def test_a_code_that_is_none_of_the_boxes_keeps_one():
    picker = desk_picker("to", DESKS, ["ZZZ.contact", "JAM", "ZZZ.contact"])
    assert boxes(picker)["Typed by code"] == [("ZZZ.contact", True)]
    text = render_to_string("components/kit/party_pick.html", {"picker": picker})
    assert re.findall(r'name="to"\s+value="([^"]+)"\s+checked', text) == ["JAM.contact", "ZZZ.contact"]
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids)) == len(DESKS) + 2
    assert text.count("<legend") == len(picker.sets)
