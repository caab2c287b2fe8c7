"""Libraries: re-imports update, nothing is lost, sources and licences stay, and no hostile file gets anywhere."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inconcert.case import lock
from inconcert.catalogue.add import Added, add
from inconcert.catalogue.library import BYTES_AT_MOST, LEDGER, ORIGINALS, editions
from inconcert.catalogue.observables import observables
from inconcert.catalogue.published_file import records
from inconcert.catalogue.read import bundled, read
from inconcert.catalogue.reports import SOURCE, reports
from inconcert.errors import CaseError, CaseInUse, CustodyError, InputError
from inconcert.ledger import canonical

from .published import META_TYPED, misp, stix, written

MAY, JUNE, JULY = (datetime(2026, month, 3, 9, tzinfo=UTC) for month in (5, 6, 7))


def added(library: Path, *files: Path, now: datetime = MAY, **options: str) -> Added:
    (one,) = add(library, files, now=now, **options)  # type: ignore[arg-type]
    return one


def own(library: Path):
    """Indicators of the library alone, as (value, listed, unlisted)."""
    return [(one.value, one.listed, one.unlisted) for one in read(library) if one.source != SOURCE]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "known"


def test_what_was_added_can_be_read_with_where_it_is_from(library: Path, tmp_path: Path):
    file = written(tmp_path, "meta.csv", META_TYPED)
    done = added(library, file, operation="Harbour", licence="MIT", source="Meta, 2022")
    assert (done.kinds, done.new, done.again, done.unlisted, done.already) == (
        {"domain": 1, "url": 1, "handle": 1},
        3,
        0,
        0,
        False,
    )
    found = [one for one in read(library) if one.source == "Meta, 2022"]
    assert {one.operation for one in found} == {"Harbour"}
    telegram = next(one for one in found if one.kind == "handle")
    assert (telegram.value, telegram.platform, telegram.written) == (
        "harbour_post",
        "telegram",
        "https://t.me/harbour_post",
    )
    assert (telegram.row, telegram.comment, telegram.listed, telegram.unlisted) == (3, "a channel", "2026-05-03", None)
    assert (library / ORIGINALS / telegram.sha256).read_bytes() == file.read_bytes()
    (edition,) = editions(library)
    assert (edition.licence, edition.source, dict(edition.files)) == (
        "MIT",
        "Meta, 2022",
        {telegram.sha256: "meta.csv"},
    )


def test_adding_the_same_again_changes_nothing(library: Path, tmp_path: Path):
    file = written(tmp_path, "meta.csv", META_TYPED)
    added(library, file, source="Meta")
    before = {path: path.read_bytes() for path in library.rglob("*") if path.is_file() and path.name != lock.NAME}
    done = added(library, file, source="Meta", now=JUNE)
    assert (done.already, done.new, done.again, done.unlisted) == (True, 0, 3, 0)
    assert {
        path: path.read_bytes() for path in library.rglob("*") if path.is_file() and path.name != lock.NAME
    } == before


def test_a_newer_edition_updates_and_loses_nothing(library: Path, tmp_path: Path):
    added(library, written(tmp_path, "a.csv", "domain\none.com\ntwo.com\n"), source="S", now=MAY)
    done = added(library, written(tmp_path, "b.csv", "domain\ntwo.com\nthree.com\n"), source="S", now=JUNE)
    assert (done.new, done.again, done.unlisted) == (1, 1, 1)
    assert "kept as unlisted" in " ".join(done.notes)
    assert own(library) == [
        ("one.com", "2026-05-03", "2026-06-03"), ("three.com", "2026-06-03", None), ("two.com", "2026-05-03", None),
    ]  # fmt: skip
    two = next(one for one in read(library) if one.value == "two.com")
    assert (two.row, len(list((library / ORIGINALS).iterdir()))) == (1, 2)
    added(library, written(tmp_path, "a.csv", "domain\none.com\ntwo.com\n"), source="S", now=JULY)
    assert own(library) == [
        ("one.com", "2026-05-03", None),
        ("three.com", "2026-06-03", "2026-07-03"),
        ("two.com", "2026-05-03", None),
    ]


def test_sources_and_operations_do_not_unlist_each_other(library: Path, tmp_path: Path):
    one, two = written(tmp_path, "a.csv", "domain\none.com\n"), written(tmp_path, "b.csv", "domain\none.com\n#\n")
    added(library, one, source="S", operation="A", licence="MIT")
    added(library, two, source="S", operation="B", licence="CC BY 4.0", now=JUNE)
    added(library, two, source="T", operation="A", licence="CC0", now=JULY)
    found = [(its.operation, its.source, its.unlisted) for its in read(library) if its.source != SOURCE]
    assert found == [("A", "S", None), ("A", "T", None), ("B", "S", None)]
    assert [its.licence for its in editions(library)] == ["MIT", "CC BY 4.0", "CC0"]


def test_files_of_one_call_are_one_edition_under_a_source_and_each_its_own_without(library: Path, tmp_path: Path):
    files = [written(tmp_path, "a.csv", "domain\none.com\n"), written(tmp_path, "b.csv", "domain\none.com\ntwo.com\n")]
    assert [one.source for one in add(library, files, now=MAY)] == ["a.csv", "b.csv"]
    (together,) = add(library, files, source="both", now=MAY)
    assert (together.files, together.new, together.repeats) == (("a.csv", "b.csv"), 2, 1)


def test_operations_that_files_name_stand_unless_one_is_stated(library: Path, tmp_path: Path):
    file = written(tmp_path, "b.json", stix())
    added(library, file, source="S")
    assert {one.operation for one in read(library) if one.source == "S"} == {"Harbour campaign", "Long network", "S"}
    added(library, file, source="T", operation="Mine")
    assert {one.operation for one in read(library) if one.source == "T"} == {"Mine"}


def test_rows_that_are_no_indicator_are_counted_by_reason_and_listed(library: Path, tmp_path: Path):
    done = added(library, written(tmp_path, "m.json", misp()))
    assert sum(done.reasons.values()) == len(done.set_aside) == 3
    assert done.reasons["deleted by its publisher"] == 1
    assert {one.value for one in done.set_aside if one.reason.startswith("MISP attribute")} == {"free words", "1"}
    assert "licence" in " ".join(done.notes)


def test_a_file_that_cannot_be_read_leaves_nothing_entered(library: Path, tmp_path: Path):
    good, bad = written(tmp_path, "a.csv", "domain\none.com\n"), written(tmp_path, "b.csv", "a,b\n1,2\n")
    with pytest.raises(InputError, match=r"b\.csv has no column of indicators"):
        add(library, [good, bad], now=MAY)
    assert editions(library) == []
    for absent in (tmp_path / "absent", tmp_path):
        with pytest.raises(InputError, match="is not a file"):
            add(library, [absent], now=MAY)
    with pytest.raises(InputError, match="No file was given"):
        add(library, [], now=MAY)
    with pytest.raises(InputError, match="The source"):
        add(library, [good], source=" ", now=MAY)


def test_a_library_is_made_only_where_nothing_else_is(tmp_path: Path):
    file = written(tmp_path, "a.csv", "domain\none.com\n")
    with pytest.raises(InputError, match="no library and not empty"):
        add(tmp_path, [file], now=MAY)
    with pytest.raises(InputError, match=r"is no library: it has no library\.jsonl"):
        read(tmp_path)


def test_one_writer_at_a_time(library: Path, tmp_path: Path):
    file = written(tmp_path, "a.csv", "domain\none.com\n")
    added(library, file)
    if (pid := os.fork()) == 0:
        with lock.hold(library):
            os.write(int(os.environ["READY"]), b"x") if "READY" in os.environ else (tmp_path / "held").touch()
            while not (tmp_path / "done").exists():
                pass
        os._exit(0)
    try:
        while not (tmp_path / "held").exists():
            pass
        with pytest.raises(CaseInUse):
            added(library, file, now=JUNE)
    finally:
        (tmp_path / "done").touch()
        os.waitpid(pid, 0)


def test_a_torn_line_of_a_killed_process_is_set_aside(library: Path, tmp_path: Path):
    added(library, written(tmp_path, "a.csv", "domain\none.com\n"), source="S")
    with (library / LEDGER).open("ab") as ledger:
        ledger.write(b'{"about":"source:S","half')
    assert [value for value, *_ in own(library)] == ["one.com"]
    added(library, written(tmp_path, "b.csv", "domain\ntwo.com\n"), source="S", now=JUNE)
    assert [value for value, *_ in own(library)] == ["one.com", "two.com"]
    assert len(list(library.glob("ledger.torn-*"))) == 1


def test_a_changed_original_and_a_changed_ledger_are_refused(library: Path, tmp_path: Path):
    added(library, written(tmp_path, "a.csv", "domain\none.com\n"))
    (file,) = (library / ORIGINALS).iterdir()
    file.chmod(0o644)
    file.write_bytes(b"domain\nevil.com\n")
    with pytest.raises(CustodyError, match="was changed"):
        read(library)
    file.unlink()
    file.symlink_to("/dev/zero")
    with pytest.raises(CustodyError, match="no ordinary file"):
        read(library)
    ledger = library / LEDGER
    ledger.write_bytes(ledger.read_bytes().replace(b"a.csv", b"b.csv"))
    with pytest.raises(CustodyError, match=LEDGER):
        read(library)


@pytest.mark.parametrize("sha256", ["../../../etc/passwd", "f" * 63, 7, None, ["f" * 64]])
def test_a_ledger_that_names_no_hash_opens_no_file(library: Path, tmp_path: Path, sha256: object):
    from inconcert import ledger

    added(library, written(tmp_path, "a.csv", "domain\none.com\n"))
    value = {"source": "S", "operation": None, "licence": None, "files": [{"sha256": sha256, "name": "x"}]}
    prev = ledger.last_id(library / LEDGER)
    ledger.append(
        library / LEDGER, ledger.statement(prev, at=MAY, by="x", about="source:S", says="listed", value=value)
    )
    with pytest.raises(CaseError, match="cannot be read"):
        read(library)


def test_nothing_is_written_through_a_link(library: Path, tmp_path: Path):
    outside = tmp_path / "outside"
    outside.mkdir()
    library.mkdir()
    (library / ORIGINALS).symlink_to(outside)
    with pytest.raises(InputError, match="is a link to another place"):
        added(library, written(tmp_path, "a.csv", "domain\none.com\n"))
    assert list(outside.iterdir()) == []


HOSTILE = [
    "../../../../tmp/evil", "/etc/passwd", "C:\\Windows\\x", "..\\..\\x", "a" * 1_000_000, "<img src=x onerror=alert(1)>", "=cmd|' /C calc'!A0",
    "+1+cmd|x", "@SUM(1)", "\x1b[2J\x1b]0;x\x07", "\u202egpj.exe", "\0\0\0", "http://" + "a." * 3000 + "com", "[" * 3000 + "." + "]" * 3000, "data:text/html,x",
    "javascript:alert(1)", "file:///etc/passwd", "http://[::1]/x", "%00", "{{7*7}}", "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "T0049.002\n",
]  # fmt: skip


def hostile_files(folder: Path) -> list[Path]:
    """Files that try to get out, to fill the memory, or to be taken for something else."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../../evil.csv", "domain\none.com\n")
    rows = "value,note\n" + "".join(f'"{value.replace(chr(34), chr(34) * 2)}","../../x"\n' for value in HOSTILE)
    bundle = stix()
    bundle["objects"] += [{"type": "campaign", "id": "campaign--x", "name": value} for value in HOSTILE]
    bundle["objects"] += [
        {"type": "indicator", "id": "indicator--x", "pattern": f"[url:value = '{value}']"} for value in HOSTILE
    ]
    bundle["objects"] += [
        {"type": ["x"], "id": {"a": 1}, "pattern": 7},
        {"type": "indicator", "id": 7, "pattern": None},
        7,
        None,
        [],
        "x",
    ]
    event = misp(comment={"a": [1]})
    event["Event"]["Attribute"] += [{"type": value, "value": value, "comment": value} for value in HOSTILE]
    event["Event"]["Attribute"] += [{"type": 7, "value": None}, {"value": ["x"]}, 7, None]
    event["Event"]["Object"] += [
        7,
        {"name": 7, "Attribute": 7},
        {"name": "x-account", "Attribute": [{"object_relation": 7}]},
    ]
    return [
        written(folder, "rows.csv", rows), written(folder, "bundle.json", bundle), written(folder, "event.json", event),
        written(folder, "..%2f..%2fevil.zip", packed.getvalue()), written(folder, "list.txt", "harbour.com\n" + "\n".join(HOSTILE)),
        written(folder, "bomb.json", '{"type":"bundle","id":"bundle--1","objects":' + "[" * 100_000 + "]" * 100_000 + "}"),
        written(folder, "deep.json", json.dumps({"type": "bundle", "id": "bundle--1", "objects": [{"id": "a--1", "type": "indicator"}]})[:-1] + ',"x":' + '{"a":' * 50_000),
        written(folder, "cell.csv", "domain,note\n" + "a" * 3_000_000 + ",x\none.com,y\n"),
        written(folder, "same.csv", "domain\n" + "one.com\n" * 20_000),
    ]  # fmt: skip


def test_a_hostile_file_writes_nothing_outside_and_says_no_more_than_is_sound(tmp_path: Path):
    given = tmp_path / "given"
    given.mkdir()
    files = hostile_files(given)
    around = tmp_path / "around"
    around.mkdir()
    refused = []
    for file in files:
        try:
            add(around / "known", [file], now=MAY)
        except InputError as error:
            refused.append((file.name, str(error)))
    assert {name for name, _ in refused} <= {"bomb.json", "deep.json"}
    assert {path.name for path in around.iterdir()} == {"known"}
    assert {path.name for path in (around / "known").iterdir()} <= {".lock", ".scratch", LEDGER, ORIGINALS}
    assert all(len(path.name) == 64 for path in (around / "known" / ORIGINALS).iterdir())
    assert {path.name for path in tmp_path.iterdir()} == {"given", "around"}
    found = [one for one in read(around / "known") if one.source != SOURCE]
    assert "one.com" in {one.value for one in found}
    for one in found:
        assert 0 < len(one.value) <= 20_000
        assert len(one.operation) <= 200
        for text in (one.value, one.written, one.operation, one.comment or ""):
            text.encode("utf-8")  # no half of a surrogate pair


def test_a_file_larger_than_anything_published_is_refused_before_it_is_copied(library: Path, tmp_path: Path):
    file = tmp_path / "large.csv"
    with file.open("wb") as out:
        out.truncate(BYTES_AT_MOST + 1)
    with pytest.raises(InputError, match="more than 256 MiB"):
        added(library, file)
    assert list((library / ORIGINALS).iterdir()) == []


def test_bundled_reports_give_their_techniques():
    found = bundled()
    assert {one.kind for one in found} == {"technique"}
    assert {one.operation for one in found} <= {report.id for report in reports()}
    assert len({(one.operation, one.value) for one in found}) == len(found)
    expected = {
        (report.id, number) for report in reports() for id in report.techniques for number in observables()[id].disarm
    }
    assert {(one.operation, one.value) for one in found} == expected
    assert read() == tuple(sorted(found, key=lambda one: (one.operation, one.kind, one.value, "", one.source)))


def made_by_hand(library: Path, value: dict[str, object], at: object = "2026-05-03T09:00:00Z") -> Path:
    """A library whose ledger a stranger wrote, with every hash right."""
    said = {"prev": "0" * 64, "at": at, "by": "x", "about": "y", "says": "listed", "value": value, "because": []}
    said["id"] = hashlib.sha256(canonical(said)).hexdigest()
    library.mkdir()
    (library / LEDGER).write_bytes(canonical(said) + b"\n")
    return library


OF_A_STRANGER = {"source": "s", "operation": None, "licence": None, "files": [{"sha256": "ab" * 32, "name": "a.csv"}]}


@pytest.mark.parametrize("at", ["", "not a date at all", "2026-13-01", ["2026-05-03"], 5, None])
def test_a_time_that_is_none_is_told(library: Path, at: object):
    with pytest.raises(CaseError, match="cannot be read"):
        editions(made_by_hand(library, OF_A_STRANGER, at))


@pytest.mark.parametrize(
    "changed",
    [{"source": "x" * 1_000}, {"operation": "\ud800"}, {"licence": "MIT\nand more"}, {"files": [{"sha256": "ab" * 32, "name": "a\n" * 9}]},
     {"source": SOURCE}],
)  # fmt: skip
def test_names_that_add_would_not_write_are_told(library: Path, changed: dict[str, object]):
    with pytest.raises(CaseError, match=r"not on one line|claims to be the register"):
        editions(made_by_hand(library, {**OF_A_STRANGER, **changed}))


def test_nobody_adds_to_the_bundled_register(library: Path, tmp_path: Path):
    with pytest.raises(InputError, match="source of their own"):
        added(library, written(tmp_path, "a.csv", "domain\na.com\n"), source=SOURCE)


def test_a_file_that_a_thousand_editions_list_is_read_once(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    read_files = []
    monkeypatch.setattr(
        sys.modules["inconcert.catalogue.read"],
        "records",
        lambda file, name: read_files.append(name) or records(file, name),
    )
    for source in ("one", "two", "one", "three"):
        added(library, written(tmp_path, "a.csv", "domain\na.com\n"), source=source)
    read_files.clear()
    assert len(own(library)) == 3
    assert read_files == ["a.csv"]
