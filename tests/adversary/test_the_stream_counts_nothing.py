"""Places in the stream are sealed: their numbers count the changes of all States."""

from apps.access import stream_log


def test_a_place_reads_back_and_shows_none_of_its_numbers():
    place = stream_log.Position(18_830_561)
    assert "18830561" not in str(place)
    assert str(place) != str(place)


def test_a_place_that_somebody_made_up_is_not_known(db):
    assert stream_log.resume_from(str(stream_log.here())) == stream_log.here()
    for made_up in ("1.1", "9999999999.1", str(stream_log.here())[:-4], "\x00", "é", ""):
        assert stream_log.resume_from(made_up) is None
