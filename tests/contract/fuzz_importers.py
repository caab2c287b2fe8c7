"""Damage the samples of all importers, at random, for as long as asked, and see whether reading them ever goes wrong.

    python -m tests.contract.fuzz_importers --minutes 10 --seed 1

Wrong is: an exception other than the library's own errors, more than 10 s of CPU for a file of some kilobytes, more memory than the limit, a
record number out of place, or counts that do not add up. What goes wrong is kept in tests/contract/fuzzed/, is tried by
test_fuzzed.py ever after; the exit code is then 1.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import random
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from tests.contract.test_importers import excerpt

from inconcert.errors import InconcertError
from inconcert.ingest.importers import IMPORTERS
from inconcert.ingest.reading import open_reading
from inconcert.normalise.given import SHEETS
from inconcert.normalise.records import normalise

KEPT = Path(__file__).parent / "fuzzed"
KEPT_BYTES_MAX = 256 << 10
LENGTH_MAX = 4 << 20
"""Of a damaged file, bytes: longer ones take long to read because they are long."""
SECONDS_MAX = 10
"""Of CPU: on a busy machine reading takes long because others do."""
MEMORY_MAX = 4 << 30
"""Of address space, which a process takes more of than of memory."""
_BITS = (
    b'"', b"'", b"\0", b"\n", b"\r", b"{", b"}", b"[", b"]", b",", b":", b"\\", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\t", b";",
    b"null", b"true", b"{}", b"[]", b'""', b"-1", b"1e999", b"9" * 400, b"NaN", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&amp;", b"=1+1",
    b"\\ud83d", "\u202e".encode(), b"[" * 3000, b'{"a":' * 3000, b"x" * 70_000,
)  # fmt: skip


class TooSlow(Exception):
    """Reading took longer than SECONDS_MAX."""


def damaged(content: bytes, rng: random.Random) -> bytes:
    """The sample with a few of its bytes, lines or JSON values changed, cut, repeated or exchanged; perhaps packed."""
    ways: tuple[Callable[[bytes, random.Random], bytes], ...] = (
        _bytes, _lines, _values, _values, _spliced,
        _names_repeated, _encoding_changed, _nested, _ids_repeated, _numbers, _surrogates,
    )  # fmt: skip
    for _ in range(rng.choice((1, 1, 2, 4, 12))):
        content = rng.choice(ways)(content, rng)[:LENGTH_MAX]
    if rng.random() < 0.1:
        return _packed(content, rng)
    return content


def _bytes(content: bytes, rng: random.Random) -> bytes:
    place = rng.randint(0, len(content))
    length = rng.choice((0, 0, 1, 3, 20, 300))
    return content[:place] + rng.choice((*_BITS, rng.randbytes(3), b"")) + content[place + length :]


def _lines(content: bytes, rng: random.Random) -> bytes:
    lines = content.splitlines(keepends=True) or [b""]
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    if rng.random() < 0.5:
        lines.insert(one, lines[other] * rng.choice((1, 2, 50)))
    if rng.random() < 0.3:
        del lines[rng.randrange(len(lines))]
    return b"".join(lines)


def _spliced(content: bytes, rng: random.Random) -> bytes:
    """Part of another tool's sample within this one."""
    other = excerpt(rng.choice(list(IMPORTERS)))[1]
    start = rng.randint(0, len(other))
    place = rng.randint(0, len(content))
    return content[:place] + other[start : start + rng.choice((5, 80, 4000))] + content[place:]


_ODD = (
    None,
    True,
    0,
    -1,
    1.5,
    "",
    " ",
    "x",
    [],
    {},
    [None],
    [[]],
    {"a": None},
    "9" * 30,
    10**40,
    "\ud83d",
    ["a", 1, None],
    {"id": {}},
)


def _values(content: bytes, rng: random.Random) -> bytes:
    """A JSON value somewhere within the sample exchanged for one of another kind."""
    try:
        lines = content.decode().splitlines()
        whole = len(lines) > 1 and not lines[0].strip().endswith("}")
        texts = ["\n".join(lines)] if whole else lines
        place = rng.randrange(len(texts))
        value = json.loads(texts[place])
    except (ValueError, IndexError, RecursionError):
        return _bytes(content, rng)
    texts[place] = json.dumps(_changed(value, rng))
    return "\n".join(texts).encode()


def _changed(value: object, rng: random.Random) -> object:
    if isinstance(value, dict) and value and rng.random() < 0.9:
        key = rng.choice(list(value))
        if rng.random() < 0.1:
            return {name: inner for name, inner in value.items() if name != key}
        return {**value, key: _changed(value[key], rng)}
    if isinstance(value, list) and value and rng.random() < 0.85:
        place = rng.randrange(len(value))
        return [*value[:place], _changed(value[place], rng), *value[place + 1 :]]
    return rng.choice(_ODD)


_NAME = re.compile(rb'"[^"\\\n]{1,40}"\s*:')
_NUMBER = re.compile(rb"\d{3,}")
_LETTERS = re.compile(rb"[A-Za-z]{4,}")
_OTHER_ENCODINGS = ("utf-16-le", "utf-16-be", "utf-16", "utf-32-le", "gb18030", "cp1252", "utf-8-sig")
_NUMBERS = (
    b"9" * 5000, b"1e999999", b"-1e-999999", b"9223372036854775808", b"-9223372036854775809", b"18446744073709551616",
    b"1.23E+18", b"253402300800", b"-62135596801", b"1e400", b"0" * 300, b"0.1e1", b"NaN", b"Infinity", b"-0",
)  # fmt: skip
_HALVES = (
    b"\\ud83d",
    b"\\udc00\\ud83d",
    b"\\uD83D\\uDE00",
    b"\xed\xa0\xbd",
    b"\xed\xb8\x80",
    b"\\u0000",
    b"\xc0\xaf",
    b"\xf8\x88",
)


def _names_repeated(content: bytes, rng: random.Random) -> bytes:
    """A key of an object, or a column of the header, there twice."""
    if keys := list(_NAME.finditer(content)):
        one, other = rng.choice(keys), rng.choice(keys)
        value = json.dumps(rng.choice(_ODD)).encode()
        return content[: one.start()] + rng.choice((one[0], other[0])) + value + b"," + content[one.start() :]
    header, end, rest = content.partition(b"\n")
    separator = rng.choice((b",", b";", b"\t"))
    names = header.split(separator)
    names[rng.randrange(len(names))] = rng.choice(names)
    return separator.join(names) + end + rest


def _encoding_changed(content: bytes, rng: random.Random) -> bytes:
    """From some place on in another encoding, as files put one after the other are."""
    place = rng.randint(0, len(content))
    text = content[place:].decode("utf-8", "replace")
    return content[:place] + text.encode(rng.choice(_OTHER_ENCODINGS), "replace")


def _nested(content: bytes, rng: random.Random) -> bytes:
    """A number or word within objects or lists that close again."""
    depth = rng.choice((20, 200, 990, 1010, 20_000))
    opening, closing = rng.choice(((b"[", b"]"), (b'{"a":', b"}"), (b'[{"data":', b"}]")))
    return _exchanged(content, _NUMBER, opening * depth + b"1" + closing * depth, rng)


def _ids_repeated(content: bytes, rng: random.Random) -> bytes:
    """One number of the file in the place of some others."""
    numbers = _NUMBER.findall(content)
    if not numbers:
        return content
    one, share = rng.choice(numbers), rng.choice((0.1, 0.5, 1.0))
    return _NUMBER.sub(lambda found: one if rng.random() < share else found[0], content)


def _numbers(content: bytes, rng: random.Random) -> bytes:
    return _exchanged(content, _NUMBER, rng.choice(_NUMBERS), rng)


def _surrogates(content: bytes, rng: random.Random) -> bytes:
    return _exchanged(content, _LETTERS, b"ab" + rng.choice(_HALVES) + b"cd", rng)


def _exchanged(content: bytes, what: re.Pattern[bytes], by: bytes, rng: random.Random) -> bytes:
    found = list(what.finditer(content))
    if not found:
        return _bytes(content, rng)
    one = rng.choice(found)
    return content[: one.start()] + by + content[one.end() :]


def _packed(content: bytes, rng: random.Random) -> bytes:
    packed = gzip.compress(content)
    if rng.random() < 0.5:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("inner", content)
        packed = target.getvalue()
    return _bytes(packed, rng) if rng.random() < 0.5 else packed


def try_out(path: Path, source: str | None) -> None:
    """Read a file as `ingest` does; an exception of ours is an answer, any other goes through, and so does a wrong count."""
    try:
        reading = open_reading(path, source=source)
        number = 0
        for batch in reading.batches():
            rows = batch.fields["row_ref"].to_pylist()
            if rows != sorted(set(rows)) or (rows and rows[0] <= number):
                raise AssertionError(f"record numbers out of place: {rows[:5]} after {number}")
            number = max([number, *rows])
            set_aside = {reject.row_ref for reject in batch.rejects if reject.fatal}
            if batch.rows_read != len(rows) + len(set_aside - set(rows)):
                raise AssertionError(f"{batch.rows_read} records read, {len(rows)} kept, {len(set_aside)} set aside")
            if reading.importer.table == "posts":
                normalise(batch.fields, import_id="0" * 16, file="f", platform=reading.platform)
            else:
                SHEETS[reading.importer.table].read(batch.fields, {})
        for _ in reading.sheet.texts():
            pass
    except InconcertError:
        return


def _late(number: int, frame: FrameType | None) -> None:
    raise TooSlow


def run(minutes: float, seed: int) -> tuple[int, int]:
    """Number of files tried, and of different faults; the first file of each fault is kept."""
    rng = random.Random(seed)
    until, tried = time.monotonic() + 60 * minutes, 0
    signal.signal(signal.SIGPROF, _late)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
    wrong: set[str] = set()
    samples = {name: excerpt(name) for name in IMPORTERS}
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < until:
            name = rng.choice(list(IMPORTERS))
            file, content = samples[name]
            path = Path(folder) / file
            path.write_bytes(damaged(content, rng))
            forced = name if rng.random() < 0.3 else None
            signal.setitimer(signal.ITIMER_PROF, SECONDS_MAX)
            try:
                try_out(path, forced)
            except (Exception, MemoryError) as error:  # noqa: BLE001 - whatever it is, it is looked for
                signal.setitimer(signal.ITIMER_PROF, 0)
                where = f"{type(error).__name__} {traceback.extract_tb(error.__traceback__)[-1]}"
                if where not in wrong:
                    wrong.add(where)
                    _keep(path, name, forced, error)
            signal.setitimer(signal.ITIMER_PROF, 0)
            tried += 1
    return tried, len(wrong)


def _keep(path: Path, name: str, forced: str | None, error: BaseException) -> None:
    content = path.read_bytes()
    told = "".join(traceback.format_exception(error)[-5:])
    if len(content) > KEPT_BYTES_MAX:
        sys.stderr.write(f"{told}{name}, {len(content):,} bytes: too long to keep; the same seed makes it again\n\n")
        return
    KEPT.mkdir(exist_ok=True)
    digest = hashlib.sha256(content).hexdigest()[:12]
    kept = KEPT / f"{digest}.{name}{'.forced' if forced else ''}"
    kept.write_bytes(content)
    sys.stderr.write(f"{told}kept as {kept.name}\n\n")


def main() -> None:
    """The command line of the module's head."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    tried, wrong = run(args.minutes, args.seed)
    sys.stdout.write(f"{tried:,} damaged files of {len(IMPORTERS)} importers, seed {args.seed}: {wrong} faults\n")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
