"""Files and folders that are read into a case together: what cannot be read does not keep the rest from being read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from inconcert.case import Case
from inconcert.errors import InputError, MissingExtra
from inconcert.ingest.stream.members import UNREADABLE, Unread, none_readable
from inconcert.progress import Progress
from inconcert.verbs.file_labels import FileLabels, shown_name
from inconcert.verbs.folder_files import folder_files
from inconcert.verbs.import_members import Understand, import_members, refuse_unreadable
from inconcert.verbs.import_reading import import_reading
from inconcert.verbs.import_result import ImportResult
from inconcert.verbs.ingest_media import MediaWanted, beside_files, in_folders, read_folder
from inconcert.verbs.read_so_far import ReadSoFar
from inconcert.verbs.sensitive_members import refuse_sensitive_members
from inconcert.verbs.standing import roots
from inconcert.verbs.unread_notes import unread_notes


class Batch:
    """Files are taken one after the other; `finish` gives what became of them.

    failures: {file or folder as given: why it was not read, and what to do}.
    """

    def __init__(
        self,
        case: Case,
        given: Sequence[Path],
        understand: Understand,
        role: str,
        wanted: MediaWanted,
        so_far: ReadSoFar,
        *,
        insist_private: bool,
        progress: Progress,
    ) -> None:
        self._case, self._understand, self._role, self._wanted = case, understand, role, wanted
        self._so_far = so_far
        self._insist_private, self._progress = insist_private, progress
        self._folders = {folder: folder_files(folder) for folder in given if folder.is_dir()}
        files = [file for folder in self._folders.values() for file in folder.files]
        known = [root.row for root in roots(case, case.statements())]
        self._labels = FileLabels(known, [*files, *(file for file in given if file not in self._folders)])
        self._results: list[ImportResult] = []
        self.failures: dict[str, str] = {}
        self._refused: list[InputError | MissingExtra] = []

    def take(self, given: Path) -> None:
        """Read a file or a folder."""
        try:
            self._results += self._folder(given) if given in self._folders else self._file(given)
        except (InputError, MissingExtra) as refusal:
            self._refused.append(refusal)
            self.failures[str(given)] = str(refusal)

    def finish(self) -> list[ImportResult]:
        """What became of everything that was read; InputError when nothing was."""
        if not self._results:
            if len(self._refused) == 1:
                raise self._refused[0]
            told = " ".join(f"{file}: {why}" for file, why in self.failures.items())
            raise InputError(f"None of the {len(self.failures):,} files given can be read. {told}")
        if self._wanted.folder is not None:
            its = [result.import_id for result in self._results]
            read = read_folder(self._case, self._wanted.folder, self._wanted, None, self._progress, its)
            self._results[-1] = replace(self._results[-1], media=read)
        return self._results

    def _file(self, file: Path) -> list[ImportResult]:
        results = self._posts(file, shown_name(file))
        if self._wanted.folder is not None:
            return results
        return beside_files(self._case, [file] * len(results), results, self._wanted, self._progress)

    def _posts(self, file: Path, name: str) -> list[ImportResult]:
        """Its imports.   name: what messages call it before the case does."""
        case = self._case
        seen = refuse_sensitive_members(case, file, name, insist_private=self._insist_private)
        refuse_unreadable(case, file, name, self._understand)
        sha256 = case.store_original(file, self._progress)
        take = partial(
            import_reading,
            case,
            sha256,
            role=self._role,
            so_far=self._so_far,
            insisted=seen,
            progress=self._progress,
        )
        return import_members(case, case.original(sha256), self._labels.of(file, sha256), self._understand, take)

    def _folder(self, folder: Path) -> list[ImportResult]:
        found = self._folders[folder]
        results: list[ImportResult] = []
        origins: list[Path] = []
        unread = list(found.left)
        name = folder.resolve().name
        for file in found.files:
            inside = file.relative_to(folder).as_posix()
            try:
                results += self._posts(file, f"{name}/{inside}")
                origins += [file] * (len(results) - len(origins))
            except (InputError, MissingExtra) as refusal:
                unread.append(Unread(inside, UNREADABLE, str(refusal)))
        if not results:
            raise InputError(none_readable(name, unread))
        if found.pictures and self._wanted.folder is None:
            results = in_folders(self._case, folder, origins, results, found.pictures, self._wanted, self._progress)
        notes = unread_notes(name, unread)
        return [*results[:-1], replace(results[-1], notes=(*results[-1].notes, *notes))]
