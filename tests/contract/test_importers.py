"""Every importer: its excerpt gives the golden records, ids stay exact, and no damage to the bytes makes it crash.

An excerpt is `importers/<importer>.<anything>`, made up in the tool's own shape; its golden records are
`importers/golden/<importer>.json`.
"""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inconcert.errors import InputError
from inconcert.fields import fields_of
from inconcert.ingest.importers import IMPORTERS
from inconcert.ingest.reading import open_reading
from inconcert.ingest.values import ID_FIELDS

FOLDER = Path(__file__).parent / "importers"
JOINED = re.compile(r"[/_]|^(?:user|chat|channel)(?=\d)")
"""Between the parts of ids that say the chat, wall or account too: 1500000001/2, -1001_45, user123."""
ON_DISK = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)


def excerpt(importer: str) -> tuple[str, bytes]:
    """File name and bytes; the name matters where it says who posted."""
    (file,) = FOLDER.glob(f"{importer}.*")
    return file.name.removeprefix(f"{importer}.") if importer == "weibo_crawler" else file.name, file.read_bytes()


def read(path: Path) -> dict[str, Any]:
    """Everything that can be told of a file, as JSON values."""
    reading = open_reading(path)
    batches = list(reading.batches())
    rows = [row for batch in batches for row in batch.fields.to_pylist()]
    rejects = [reject for batch in batches for reject in batch.rejects]
    assert sum(batch.rows_read for batch in batches) - len(rows) <= sum(reject.fatal for reject in rejects)
    return {
        "importer": reading.importer.name,
        "platform": reading.platform,
        "mapping": reading.mapping,
        "unknown_columns": list(reading.unknown_columns),
        "rows": [{name: value for name, value in row.items() if value is not None} for row in rows],
        "rejects": [[reject.row_ref, reject.column, reject.value, reject.fatal] for reject in rejects],
    }


def read_or_message(path: Path) -> dict[str, Any] | str:
    try:
        return read(path)
    except InputError as error:
        return str(error)


@pytest.mark.parametrize("importer", IMPORTERS)
def test_an_excerpt_gives_its_golden_records(importer: str, tmp_path: Path) -> None:
    name, content = excerpt(importer)
    (tmp_path / name).write_bytes(content)
    found = read(tmp_path / name)
    assert found == json.loads((FOLDER / "golden" / f"{importer}.json").read_text(encoding="utf-8"))
    assert found["importer"] == importer


@pytest.mark.parametrize("importer", IMPORTERS)
def test_packed_it_gives_the_same(importer: str, tmp_path: Path) -> None:
    name, content = excerpt(importer)
    (tmp_path / name).write_bytes(content)
    (tmp_path / f"{name}.gz").write_bytes(gzip.compress(content))
    (tmp_path / f"{name}.zst").write_bytes(zstandard.compress(content))
    assert read(tmp_path / f"{name}.gz") == read(tmp_path / f"{name}.zst") == read(tmp_path / name)


@pytest.mark.parametrize("importer", [name for name, one in IMPORTERS.items() if one.table == "posts"])
def test_ids_are_found_in_the_file_as_they_are(importer: str, tmp_path: Path) -> None:
    name, content = excerpt(importer)
    (tmp_path / name).write_bytes(content)
    natives = (native.decode("utf-8", "replace") for _, native in open_reading(tmp_path / name).sheet.texts())
    text = content.decode("utf-16" if content.startswith(b"\xff\xfe") else "utf-8", "replace") + name + "".join(natives)
    ids = [row[field] for row in read(tmp_path / name)["rows"] for field in ID_FIELDS if field in row]
    assert ids
    assert all(part in text for id in ids for part in JOINED.split(id))


@pytest.mark.parametrize("importer", IMPORTERS)
@ON_DISK
@given(data=st.data())
def test_damaged_bytes_are_rejects_or_an_error_that_says_so(importer: str, tmp_path: Path, data: st.DataObject) -> None:
    name, content = excerpt(importer)
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(damaged)))
        length = data.draw(st.integers(0, 200))
        damaged[place : place + length] = data.draw(
            st.binary(max_size=20) | st.sampled_from([b'"', b"\0", b"\n", b"{", b"\xff"])
        )
    (tmp_path / name).write_bytes(damaged)
    found = read_or_message(tmp_path / name)
    if isinstance(found, str):
        assert name in found or "columns" in found
    else:
        known = fields_of(IMPORTERS[found["importer"]].table).keys() | {"row_ref"}
        assert all(row.keys() <= known for row in found["rows"])
