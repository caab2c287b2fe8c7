"""A case whose group G1 stands at L3 and shows where it is: five of its accounts Jiangsu, two Hong Kong, one nothing that names a region."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image
from tests.browse.conftest import RING

from inconcert.case import Case
from inconcert.verbs.locate import locate
from inconcert.verbs.place_entries import Clue, Photo, Review, enter_place

HOSTILE = '\u202e<script>alert(1)</script>\x07"&=1+1 https://evil.example'
LABELS = ["江苏", "IP属地:江苏", "江苏", "江苏", "江苏", "中国香港", "中国香港", HOSTILE]
PANEL = Clue(
    text="Trends for Hong Kong beside the picture <b>", region="HK", kind="screen", source="screenshot in post 17", grade="B2",
    otherwise="an exit of a VPN in Hong Kong shows the same panel",
)  # fmt: skip


def labelled(case: Case, accounts: Sequence[str] = RING) -> Case:
    """The case, with a region label on every post of the first eight of these accounts; before it is prepared for its pages."""
    label = dict(zip(sorted(accounts), LABELS, strict=False))
    for part in case.parts("posts"):
        table = pq.read_table(part)
        column = [label.get(account) for account in table.column("account_id").to_pylist()]
        place = table.schema.get_field_index("ip_region")
        pq.write_table(table.set_column(place, table.schema.field(place), pa.array(column, pa.string())), part)
    return case


def picture(file: Path, grey: int) -> Path:
    """A small picture."""
    Image.new("RGB", (60, 40), (grey, grey, grey)).save(file)
    return file


def entered(case: Case, scratch: Path) -> Case:
    """The case with a clue (P1) and a sheet of pictures (P2) by Ann Lee, to which Bo Chen agrees (P3), and located."""
    sheet = Photo(
        text="A police station", region="Yancheng", picture=picture(scratch / "a.png", 120), view=picture(scratch / "b.png", 160),
        features=("gable with three windows", "lamp left of the gate"), source="map service", grade="B2", otherwise="a borrowed picture",
    )  # fmt: skip
    enter_place(case, "G1", PANEL, by="Ann Lee")
    enter_place(case, "G1", sheet, by="Ann Lee")
    enter_place(case, "G1", Review("P2", True, "the lamp has the same dent"), by="Bo Chen")
    locate(case, "G1")
    return case
