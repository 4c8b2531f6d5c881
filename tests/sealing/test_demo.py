"""The demonstration's State with keys: its files open the text of its draft, two of them, and no one alone."""

import json
from typing import Any

import pytest

import demo.sealing as demo
from apps.rifc.models import Report, SealedShare, SealedText
from apps.sealing.holder import caricom_holder as program
from apps.sealing.queries import sealing_parties
from demo.rifc.sealed import PLAN, load_sealed
from tests.sealing.holders import as_sent


@pytest.mark.django_db
def test_it_is_played_once_and_its_key_files_open_its_text(cast: Any) -> None:
    assert demo.load() == demo.load() == 3
    assert sealing_parties() == ["TTO"]
    assert load_sealed() == load_sealed() == 1
    row = Report.objects.get(sealed=True)
    text = SealedText.objects.get(report=row)
    reader, found = program.FileKey(), []
    for name in demo.HOLDERS[1:]:
        key = program.read_key_file((demo.FOLDER / f"{name}.json").read_text(), demo.PASSPHRASE)
        share = as_sent(SealedShare.objects.get(text=text, holder__username=name))
        public = program.said(reader.public)
        made = program.release_share(key, str(text.text_id), "TTO", share, "opening", public)
        found.append(made | {"x": share["x"], "check": share["check"]})
    whole = program.combine(reader, str(text.text_id), "TTO", "opening", found)
    opened = program.open_text({"id": str(text.text_id), "body": text.body}, whole)
    assert len(opened["paragraphs"]) == PLAN["sealed"]["count"]
    assert not any(one["text"] in json.dumps(PLAN) for one in opened["paragraphs"])
