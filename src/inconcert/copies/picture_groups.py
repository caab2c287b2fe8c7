"""Which files show the same picture or film: one of each group represents it, and every other was compared with that one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.copies.picture_kernel import by_details, by_hash, same

REPRESENTATIVE, NEAR_IDENTICAL, PART = 0, 1, 2


@dataclass(frozen=True)
class Described:
    """Files by their frames and the details of these.

    first: (files + 1,) where the frames of each begin.   needed: (files,) frames that must be met again in a longer copy of
    it.   pdq: (frames, 4) uint64.   point_first: (frames + 1,) where the
    details of each frame begin.   x, y, size, hash: of each detail, places in longest sides.   words: (details, 2), the 20
    lowest bits of its hash and those 12 further.   extent: (frames, 2) width and height, longest side 1.
    """

    first: NDArray[np.int64]
    needed: NDArray[np.int64]
    pdq: NDArray[np.uint64]
    point_first: NDArray[np.int64]
    x: NDArray[np.float32]
    y: NDArray[np.float32]
    size: NDArray[np.int8]
    hash: NDArray[np.uint64]
    words: NDArray[np.int64]
    extent: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.first) - 1

    def take(self, files: NDArray[np.int64]) -> Described:
        """These files, in this order."""
        frames, first = _pieces(self.first, files)
        points, point_first = _pieces(self.point_first, frames)
        return Described(
            first, self.needed[files], self.pdq[frames], point_first, self.x[points], self.y[points], self.size[points],
            self.hash[points], self.words[points], self.extent[frames],
        )  # fmt: skip

    def _compared(self) -> tuple[NDArray[np.generic], ...]:
        return (
            self.first, self.needed, self.pdq, self.point_first, self.x, self.y, self.size, self.hash, self.extent
        )  # fmt: skip

    def distance(self, file: int, other: int, *, details: bool) -> int:
        """Bits by which the hashes of their frames differ in the mean; -1 when they do not show the same."""
        return int(same(*self._compared(), file, other, details))

    def by_hash(self) -> NDArray[np.int64]:
        """(files,) the representative of each by PDQ alone."""
        return np.asarray(by_hash(*self._compared()))

    def by_details(self) -> NDArray[np.int64]:
        """(files,) the representative of each by PDQ and details."""
        return np.asarray(by_details(*self._compared(), self.words))


def groups(files: Described) -> tuple[NDArray[np.int64], NDArray[np.int8], NDArray[np.int64]]:
    """(representative, how, bits): for each file the number of the one that represents it, whether it is that one
    (REPRESENTATIVE), NEAR_IDENTICAL by its hash or a PART by details, and by how many bits their hashes differ.

    Files come in the order in which they are preferred. First each joins, by hash, the nearest of those before it; then the
    forms found so, those with most files first, join one another by details. No chain forms: whatever joins a group was
    compared with its representative, not with another member.
    """
    representative = files.by_hash()
    forms, count = np.unique(representative, return_counts=True)
    forms = forms[np.argsort(-count, kind="stable")]
    joined = dict(zip(forms.tolist(), forms[files.take(forms).by_details()].tolist(), strict=True))
    left = []
    for file, form in enumerate(representative.tolist()):
        if joined[form] == form or file == form or files.distance(file, joined[form], details=True) >= 0:
            representative[file] = joined[form]
        else:
            left.append(file)
    alone = np.array(left, dtype=np.int64)
    if left:
        representative[alone] = alone[files.take(alone).by_hash()]
    return representative, *_how(files, representative)


def _how(files: Described, representative: NDArray[np.int64]) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
    how, bits = np.zeros(len(files), np.int8), np.zeros(len(files), np.int64)
    for file in np.flatnonzero(representative != np.arange(len(files))).tolist():
        apart, kind = files.distance(file, int(representative[file]), details=False), NEAR_IDENTICAL
        if apart < 0:
            apart, kind = files.distance(file, int(representative[file]), details=True), PART
        how[file], bits[file] = kind, apart
    return how, bits


def _pieces(first: NDArray[np.int64], chosen: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The members of the chosen stretches of a list, and where each begins among them."""
    length = first[chosen + 1] - first[chosen]
    begin = np.concatenate([[0], np.cumsum(length)]).astype(np.int64)
    return np.repeat(first[chosen] - begin[:-1], length) + np.arange(begin[-1]), begin
