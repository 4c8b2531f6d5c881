"""Pictures keep every point and lose what they tell of place, camera and people; the uploader is told."""

import hashlib
import random
import struct

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.test import RequestFactory

from apps.audit.models import AuditRecord
from apps.files import storage
from apps.files.forms import UploadField
from apps.files.queries import attachments
from apps.files.rules import pictures
from apps.files.rules.intake import Stored, store_upload
from tests.files.room import JPG, PNG, PNG_HEAD, PNG_POINT, attached, chunk, sent

OWNER = "jam.intelligence.officer"
TURNED = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, 6, 0, 0)
SPOKEN = (
    chunk(b"tEXt", b"Author\0Ann Agent")
    + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x/>")
    + chunk(b"eXIf", b"II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0")
    + chunk(b"tIME", b"\x07\xea\x0b\x1a\x03\x15\x08")
    + chunk(b"gAMA", struct.pack(">I", 45455))
)


def scan_of(data):
    """The coded points of a JPEG: from its last start of scan to the end of the picture."""
    return data[data.rindex(b"\xff\xda") : data.rindex(b"\xff\xd9")]


def test_a_photo_loses_place_camera_and_remarks_and_keeps_its_points_and_its_turn():
    bare = pictures.bare(JPG, "jpg")
    assert bare.removed == ("exif", "place", "text")
    assert not any(word in bare.data for word in (b"Canon", b"by me"))
    assert scan_of(bare.data) == scan_of(JPG)
    assert b"Exif\0\0" + TURNED in bare.data
    assert bare.data.count(b"Exif") == 1


@pytest.mark.parametrize(
    ("segment", "word"),
    [
        (b"\xff\xe1\x00\x23http://ns.adobe.com/xap/1.0/\0<x/>", "xmp"),
        (b"\xff\xed\x00\x14Photoshop 3.0\0Name", "iptc"),
        (b"\xff\xe2\x00\x06MPF\0", "other"),
        (b"\xff\xe0\x00\x08JFXX\0\x10", "preview"),
        (b"\xff\xff\xef\x00\x07maker", "other"),
    ],
)
def test_what_programs_add_to_a_photo_goes_and_what_is_to_be_shown_stays(segment, word):
    plain = pictures.bare(JPG, "jpg").data
    profile = b"\xff\xe2\x00\x12ICC_PROFILE\0\x01\x01xy"
    bare = pictures.bare(plain[:20] + profile + segment + plain[20:], "jpg")
    assert bare.removed == (word,)
    assert bare.data == pictures.bare(plain[:20] + profile + plain[20:], "jpg").data
    assert profile in bare.data


def test_a_png_keeps_what_it_shows_alone():
    bare = pictures.bare(PNG_HEAD + SPOKEN + PNG_POINT + b"PK\x03\x04more", "png")
    assert bare.removed == ("after", "exif", "other", "place", "text", "xmp")
    assert bare.data == PNG_HEAD + chunk(b"gAMA", struct.pack(">I", 45455)) + PNG_POINT
    turned = pictures.bare(PNG_HEAD + chunk(b"eXIf", TURNED) + PNG_POINT, "png")
    assert (turned.removed, turned.data) == ((), PNG_HEAD + chunk(b"eXIf", TURNED) + PNG_POINT)


@pytest.mark.parametrize("kind", ["jpg", "png"])
def test_bytes_broken_anywhere_are_refused_or_come_out_bare_and_never_otherwise(kind):
    whole, chance = (JPG if kind == "jpg" else PNG_HEAD + SPOKEN + PNG_POINT), random.Random(7)
    for _round in range(2000):
        data = bytearray(whole)
        for _byte in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        cut = bytes(data[: chance.choice([len(data), chance.randrange(len(data))])])
        try:
            bare = pictures.bare(cut, kind)
        except pictures.Damaged:
            continue
        assert pictures.bare(bare.data, kind) == pictures.Bare(bare.data, ())


@pytest.mark.django_db
def test_the_bare_picture_is_stored_and_the_hash_of_what_was_sent_is_kept(stored_files):
    stored = store_upload(sent("Quay.jpg", JPG))
    assert stored.original_sha256 == hashlib.sha256(JPG).hexdigest()
    assert storage.path_of(stored.sha256).read_bytes() == pictures.bare(JPG, "jpg").data
    assert stored_files() == [stored.sha256]
    again = store_upload(sent("Quay.jpg", pictures.bare(JPG, "jpg").data))
    assert (again.sha256, again.original_sha256, again.removed) == (stored.sha256, "", ())
    assert store_upload(sent("a.png", PNG)).original_sha256 == ""


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "data"), [("a.jpg", JPG[:300]), ("a.png", PNG[:-6]), ("a.png", PNG[:40] + PNG[41:])])
def test_a_picture_that_is_cut_off_is_refused_with_the_way_on(name, data, stored_files):
    with pytest.raises(ValidationError, match="damaged or cut off"):
        store_upload(sent(name, data))
    assert stored_files() == []


@pytest.mark.django_db
def test_the_uploader_reads_what_was_taken_out_and_what_it_was_before(cast, watchlist):
    row = attached(cast[OWNER], watchlist, "Quay.jpg", JPG)
    assert row.removed == ["exif", "place", "text"]
    request = RequestFactory().get("/")
    request.actor = cast[OWNER]
    lines = attachments.files_of(cast[OWNER], watchlist)
    page = render_to_string("components/files.html", {"files": lines, "request": request})
    assert "Removed from the image: camera and time, location, comments." in page
    assert row.original_sha256 in page
    told = AuditRecord.objects.get(verb="attachment.add", object_id=str(row.pk))
    assert told.detail["as_sent"] == row.original_sha256
    copied = Stored.again(row)
    assert (copied.original_sha256, copied.removed) == (row.original_sha256, ("exif", "place", "text"))


@pytest.mark.django_db
def test_a_program_reads_it_too_and_what_it_names_later_keeps_it(api, cast, watchlist):
    program = api("JAM.intelligence")
    told = program.post("/api/v1/files/uploads/", {"file": sent("Quay.jpg", JPG)}, format="multipart").json()
    assert told["original_sha256"] == hashlib.sha256(JPG).hexdigest()
    assert told["removed"] == ["exif", "place", "text"]
    field = UploadField()
    field.scope(cast[OWNER], None)
    assert field.clean(told["id"]).removed == ("exif", "place", "text")


def test_the_form_says_so_before_where_pictures_are_taken():
    assert "Location, camera" in UploadField(kinds=("pdf", "jpg")).help_text
    assert "Location, camera" not in UploadField(kinds=("pdf",)).help_text
