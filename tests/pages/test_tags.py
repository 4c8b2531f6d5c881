"""Tags and filters of the frame print what an officer reads."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms

from apps.access import urgency
from apps.access.templatetags import portal

HALF_PAST_SIX = datetime(2008, 2, 12, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("America/Barbados", "12 Feb 2008, 14:30 AST"),
        ("America/Jamaica", "12 Feb 2008, 13:30 EST"),
        ("America/Paramaribo", "12 Feb 2008, 15:30 SRT"),
        ("America/Guyana", "12 Feb 2008, 14:30 GYT"),
        ("America/Belize", "12 Feb 2008, 12:30 CST"),
        ("America/Sao_Paulo", "12 Feb 2008, 16:30 UTC−2"),
        ("", "12 Feb 2008, 18:30 UTC"),
    ],
)
def test_a_time_is_told_in_the_zone_of_the_place_with_letters(zone, words):
    assert portal.in_words(HALF_PAST_SIX, zone) == words


class Marked(forms.Form):
    """Fields that choose a level, and fields of the same name that hold words."""

    classification = forms.CharField()
    level = forms.TypedChoiceField(choices=[("", "Choose"), (0, "Public"), (3, "Secret")])
    depth = forms.ChoiceField(choices=[(0, "Public")])


class Covered(forms.Form):
    """A law covers a subject to some level."""

    level = forms.ChoiceField(choices=[("full", "Wholly"), ("none", "Not at all")])


def test_a_choice_of_a_level_is_told_from_other_fields_of_its_name():
    marked, covered = Marked(), Covered()
    assert [portal.marks_level(marked[name]) for name in marked.fields] == [True, True, False]
    assert not portal.marks_level(covered["level"])


def test_bermuda_changes_its_letters_in_summer():
    assert portal.in_words(datetime(2008, 7, 1, 12, tzinfo=UTC), "Atlantic/Bermuda") == "1 Jul 2008, 09:00 ADT"


def test_a_printed_time_carries_utc_for_machines_and_on_hovering():
    printed = portal.local_time(HALF_PAST_SIX, "America/Barbados")
    assert 'datetime="2008-02-12T18:30:00Z"' in printed
    assert 'title="12 Feb 2008, 18:30 UTC"' in printed


def test_a_day_is_the_day_of_the_place():
    just_after_midnight = datetime(2008, 2, 12, 2, 0, tzinfo=UTC)
    assert "11 Feb 2008" in portal.day(just_after_midnight, "America/Barbados")
    assert "12 Feb 2008" in portal.day(date(2008, 2, 12))


@pytest.mark.parametrize(
    ("distance", "told", "deadline"),
    [
        (timedelta(seconds=20), "just now", "now"),
        (timedelta(minutes=38), "in 38 min", "in 38 min"),
        (timedelta(minutes=-4), "4 min ago", "4 min late"),
        (timedelta(hours=-5), "5 h ago", "5 h late"),
        (timedelta(days=-1), "1 day ago", "24 h late"),
        (timedelta(hours=-1, minutes=-20), "1 h ago", "80 min late"),
        (timedelta(hours=-47), "1 day ago", "47 h late"),
        (timedelta(days=-19, hours=-3), "19 days ago", "20 days late"),
    ],
)
def test_distances_are_words(distance, told, deadline):
    assert portal.ago(HALF_PAST_SIX + distance, HALF_PAST_SIX) == told
    assert urgency.due(HALF_PAST_SIX + distance, HALF_PAST_SIX) == deadline


@pytest.mark.parametrize(
    ("value", "text"), [(34, "+34"), (4.1, "+4.1"), (-13, "−13"), (-3.004, "−3"), (0, "0"), (0.001, "0"), (10, "+10")]
)
def test_points_carry_their_sign(value, text):
    assert portal.signed(value) == text


def test_the_heaviest_evidence_fills_its_side_and_evidence_against_lies_left_of_the_axis():
    most = portal.ledger_scale([{"weight": 4.0}, {"weight": -8.0}])
    assert 'class="neg" x="4.0" y="3" width="66.0"' in portal.ledger_bar(-8.0, most)
    assert 'class="pos" x="70" y="3" width="33.0"' in portal.ledger_bar(4.0, most)
    assert "<rect" not in portal.ledger_bar(0, most)


def test_only_differing_pieces_are_marked_and_text_is_escaped():
    pieces = [{"text": "Lind"}, {"text": "<b>", "differs": True}]
    assert portal.parts(pieces, "ours") == "Lind<del>&lt;b&gt;</del>"
    assert portal.parts(pieces, "theirs") == "Lind<ins>&lt;b&gt;</ins>"


@pytest.mark.parametrize("label", ["AMBER+STRICT", "TLP:AMBER+STRICT", "amber+strict"])
def test_a_tlp_label_is_spelled_as_the_standard_spells_it(label):
    assert portal.tlp(label) == '<span class="tlp tlp-amber">TLP:AMBER+STRICT</span>'


def test_thousands_are_parted_by_a_space_that_does_not_break():
    assert portal.grouped(12500) == "12\N{NO-BREAK SPACE}500"


def test_a_field_in_error_tells_screen_readers_of_hint_and_fault():
    class Weighing(forms.Form):
        mass_g = forms.IntegerField(help_text="In grams", widget=forms.TextInput(attrs={"placeholder": "Mass"}))

    drawn = portal.control(Weighing({"mass_g": "much"})["mass_g"])
    assert 'aria-describedby="id_mass_g_helptext id_mass_g_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert "placeholder" not in drawn
