"""A case on disk: where files lie, which imports and runs exist, and the only ways to add to it.

case.toml                         title, created, format
raw/sha256/ab/ab12...             originals, never changed
data/<import-id>/<table>.parquet  what was read from one original
runs/<run-id>/run.json, <table>.parquet
report/                           the newest report
ledger.jsonl                      every original, part and run with the hashes of its files, chained
.lock, .scratch/                  who writes, and what is not finished yet
.view/                            what pages read, derived from the rest; may be deleted
"""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from inconcert import ledger
from inconcert.case import custody, lock, runs, scratch, torn
from inconcert.case.runs import Run
from inconcert.case.withdrawals import Withdrawals, withdrawals
from inconcert.errors import CaseError, InputError
from inconcert.ledger import Statement
from inconcert.progress import Progress, silent
from inconcert.version import VERSION

CREATED = "created"
STORED = "stored"
PROGRAM = f"inconcert {VERSION}"


def utc_now() -> datetime:
    """The clock of this machine."""
    return datetime.now(UTC)


def typed(path: Path) -> str:
    """A path as it is typed in a command line: quoted where a shell would take it apart."""
    return shlex.quote(str(path))


@dataclass(frozen=True)
class Case:
    """One case folder; holds nothing in memory but its path, and the clock that dates its statements."""

    path: Path
    clock: Callable[[], datetime] = field(default=utc_now, compare=False, repr=False)

    @property
    def typed(self) -> str:
        """Its folder as it is typed in a command line."""
        return typed(self.path)

    @property
    def ledger(self) -> Path:
        """The file of statements."""
        return self.path / "ledger.jsonl"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only process that writes; may be nested. CaseError names the process that has the lock.

        The first thing done under it is to recover from processes that were killed: a torn ledger line is set aside,
        announced parts are put in place, unfinished ones removed.
        """
        with lock.hold(self.path) as outermost:
            if outermost:
                (self.path / scratch.NAME).mkdir(exist_ok=True)
                torn.set_aside(self.path, self.ledger)
                for name in torn.untold(self.path, self.statements()):
                    self.say(name, torn.SET_ASIDE, custody.fingerprint(self.path / name))
                scratch.recover(self.path, self.statements())
            yield

    def statements(self) -> list[Statement]:
        """Everything said so far, oldest first; CustodyError when the chain is broken."""
        return ledger.read(self.ledger)

    def say(
        self, about: str, says: str, value: object = None, *, by: str = PROGRAM, because: Sequence[str] = ()
    ) -> None:
        """Append a statement to the ledger."""
        with self.lock():
            prev = ledger.last_id(self.ledger)
            ledger.append(
                self.ledger,
                ledger.statement(prev, at=self.clock(), by=by, about=about, says=says, value=value, because=because),
            )

    def store_original(self, file: Path, progress: Progress = silent) -> str:
        """Copy a file into the case unless its bytes are there, and enter it in the ledger; its SHA-256.

        InputError when it is not a readable ordinary file; CustodyError when the stored copy was damaged since.
        """
        with self.lock():
            sha256 = custody.copy_original(self.path, file, self.path / scratch.NAME, progress)
            about = custody.original_path(self.path, sha256).relative_to(self.path).as_posix()
            if not any(s.about == about and s.says == STORED for s in self.statements()):
                size = self.original(sha256).stat().st_size
                self.say(about, STORED, {"sha256": sha256, "bytes": size, "file": file.name})
            return sha256

    def store_originals(self, files: Mapping[Path, str]) -> dict[Path, str]:
        """Copy many files into the case as `store_original` does, in a time that grows with their number and not its
        square. files: {file: its SHA-256, as read before}. {file: SHA-256 of what was stored}, another one when it changed.
        """
        with self.lock():
            statements = self.statements()
            known = {s.about for s in statements if s.says == STORED}
            last = statements[-1].id if statements else ledger.BEGINNING
            stored = {}
            for file, expected in files.items():
                path = custody.original_path(self.path, expected)
                sha256 = expected if path.exists() else custody.copy_new(self.path, file, self.path / scratch.NAME)
                stored[file] = sha256
                path = custody.original_path(self.path, sha256)
                about = path.relative_to(self.path).as_posix()
                if about not in known:
                    value = {"sha256": sha256, "bytes": path.stat().st_size, "file": file.name}
                    said = ledger.statement(last, at=self.clock(), by=PROGRAM, about=about, says=STORED, value=value)
                    ledger.append(self.ledger, said)
                    last = said.id
                    known.add(about)
            return stored

    def original(self, sha256: str) -> Path:
        """The stored file with that hash; CaseError when there is none."""
        path = custody.original_path(self.path, sha256)
        if not path.is_file():
            raise CaseError(f"The case {self.path} holds no original {sha256}. Ingest the file again.")
        return path

    @contextmanager
    def writing(self, kind: str, id: str, facts: Mapping[str, object] | None = None) -> Iterator[Path]:
        """An empty folder that becomes `data/<id>` or `runs/<id>` (kinds "data", "runs"), or replaces `report` (kind
        "report", id ""), when the block ends well, and that is removed when it raises or the process dies.

        facts: what the ledger should say beside the hashes of the files. CaseError when an import or run is there already.
        """
        about = f"{kind}/{id}" if id else kind
        with self.lock():
            if about != scratch.REPLACED and (self.path / about).exists():
                state = self.withdrawals()
                if kind == "data" and id in state.absent:
                    reason = state.withdrawn.get(id, "with another import")
                    raise InputError(
                        f"{(facts or {}).get('file', 'This')} was withdrawn from the case as import {id} ({reason}). To count it again: "
                        f"inconcert withdraw {self.typed} {id} --undo"
                    )
                raise CaseError(f"{self.path / about} exists already. Delete that folder first to make it again.")
            draft = scratch.begin(self.path, about)
            try:
                yield draft
                files = custody.seal(draft)
                self.say(about, scratch.WROTE, {**(facts or {}), "files": files})
                scratch.put_in_place(self.path, about)
            finally:
                shutil.rmtree(draft, ignore_errors=True)

    def withdrawals(self) -> Withdrawals:
        """Which imports do not count, and which stand in for others."""
        return withdrawals(self.statements())

    def imports(self, role: str | None = None) -> dict[str, str]:
        """{import id: role} of the imports of the case, sorted by id; role "case", "control" or "given" (what the investigator
        brought beside the posts); None for case and control, the imports of posts. Those withdrawn are left out.

        CaseError names an import whose folder is damaged.
        """
        found = {}
        folders = sorted(path for path in (self.path / "data").glob("*") if path.is_dir())
        absent = self.withdrawals().absent if folders else frozenset()
        for folder in (path for path in folders if path.name not in absent):
            try:
                found[folder.name] = pq.read_table(folder / "imports.parquet", columns=["role"])["role"][0].as_py()
            except (OSError, pa.ArrowException, IndexError) as error:
                raise CaseError(
                    f"The import {folder} is damaged ({error}). Delete that folder and ingest its file again."
                ) from error
        return {id: its for id, its in found.items() if its == role or (role is None and its != "given")}

    def parts(self, table: str, role: str = "case") -> list[Path]:
        """Parquet files of a data table over the imports of that role, sorted by import id.

        CaseError when one is missing that the ledger says was written: on half of the data nothing may be claimed.
        """
        files = [self.path / "data" / id / f"{table}.parquet" for id in self.imports(role)]
        written = {s.about: s.value["files"] for s in self.statements() if s.says == scratch.WROTE}
        for file in files:
            if file.name in written.get(f"data/{file.parent.name}", {}) and not file.is_file():
                raise CaseError(
                    f"{file} is missing, though the ledger says it was written. Restore it from a copy of the case, or delete "
                    f"{file.parent} and ingest its file again; inconcert verify {self.typed} says what else is wrong."
                )
        return [file for file in files if file.is_file()]

    def runs(self) -> list[Run]:
        """Complete runs, the one last made or last chosen at the end."""
        return runs.read_runs(self.path, self.statements())

    def run(self, verb: str) -> Run | None:
        """The run of that verb last made or last chosen, of those that rest on no withdrawn import; None when there is none."""
        runs = self.runs()
        outdated = self.outdated_runs(runs)
        return next((run for run in reversed(runs) if run.verb == verb and run.id not in outdated), None)

    def outdated_runs(self, runs: Sequence[Run]) -> dict[str, str]:
        """{run id: import id} of those of these runs, as `runs` orders them, that were made with an import that no longer
        counts, or with such a run; an import each."""
        absent = self.withdrawals().absent
        outdated: dict[str, str] = {}
        for _ in runs if absent else ():  # a run may rest on one that was chosen again after it
            before = len(outdated)
            for run in runs:
                for read in run.info["inputs"] if run.id not in outdated else ():
                    if read in absent or read in outdated:
                        outdated[run.id] = outdated.get(read, read)
                        break
            if len(outdated) == before:
                break
        return outdated

    def known_run(self, id: str) -> Run | None:
        """The run of that id, if it was made before; it becomes the newest of its verb and comes marked `already`."""
        run = next((run for run in self.runs() if run.id == id), None)
        if run is None:
            return None
        newest = self.run(run.verb)
        if newest is None or newest.id != id:
            self.say(f"runs/{id}", runs.CHOSE)
        return replace(run, already=True)

    def record_run(
        self,
        verb: str,
        *,
        parameters: Mapping[str, object],
        inputs: Sequence[str],
        versions: Mapping[str, str],
        seed: int,
        engine: str,
        tables: Mapping[str, pa.Table],
        counts: Mapping[str, int],
        duration_s: float,
        notes: Sequence[str] = (),
    ) -> Run:
        """Write a run and enter it in the ledger; the run. One of that id that is there already is left and returned.

        parameters: every keyword the verb was called with, defaults included; the seed among them, since the id must
            change with it. JSON values only.
        inputs: ids of all imports and runs that were read.   engine: which one counted; results must not depend on it.
        tables: by the names of `schema.TABLES`.   counts: what the summary prints.
        notes: what a reader of the results must know, in sentences.
        """
        info = runs.facts(verb, parameters, inputs, versions, seed, engine, counts, notes)
        with self.lock():
            if known := self.known_run(info["id"]):
                return known
            with self.writing("runs", info["id"], {"duration_s": duration_s}) as draft:
                runs.write_run(draft, info, tables)
            return replace(self.runs()[-1], already=False)
