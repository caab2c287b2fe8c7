"""How much of an operation is found, over what it can do to hide: jitter, cover traffic, rotation, size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

from inconcert.evaluate.finding import examine
from inconcert.evaluate.kept import Row
from inconcert.evaluate.sample import read_world, sample
from inconcert.evaluate.truth import against_truth
from inconcert.synthetic.operations import Operation
from inconcert.synthetic.scenarios import SCENARIOS, Scenario
from inconcert.synthetic.world import build

ACCOUNTS, POSTS = 3_000, 20_000
"""The crowd that the operation hides in."""
POSTS_EACH = 30
"""Posts of each operation account for the operation, over the month: rotation spreads them over more objects."""

JITTER_S = (5.0, 60.0, 600.0, 3_600.0, 10_800.0, 21_600.0)
COVER = (0.0, 1.0, 5.0, 10.0)
ROTATION = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02)
SIZES = (10, 48, 200)


@dataclass(frozen=True)
class Cell:
    """One operation: accounts, standard deviation of its delay, ordinary posts per post, share of accounts per object, share of the
    words that each post replaces, and what it pushes."""

    n_accounts: int = 48
    jitter_s: float = 30.0
    cover: float = 2.0
    rotation: float = 0.5
    rewording: float = 0.0
    kinds: tuple[str, ...] = Operation.kinds

    @property
    def key(self) -> str:
        """Its name among the kept rows."""
        name = f"{self.n_accounts} accounts, jitter {self.jitter_s:g}, cover {self.cover:g}, rotation {self.rotation:g}"
        return name if self.kinds == Operation.kinds else f"{name}, {'+'.join(self.kinds)} reworded {self.rewording:g}"

    @property
    def n_objects(self) -> int:
        """Objects it pushes; at least two accounts push each, so a small operation cannot rotate as far as asked."""
        return round(POSTS_EACH / max(self.rotation, 2 / self.n_accounts))

    def scenario(self) -> Scenario:
        """An ordinary crowd with this operation in it and nothing else."""
        return Scenario(
            name=self.key,
            about="an ordinary crowd and one operation",
            crowd=replace(SCENARIOS["quiet"].crowd, n_accounts=ACCOUNTS, n_posts=POSTS),
            groups=(
                Operation(
                    n_accounts=self.n_accounts, n_objects=self.n_objects, jitter_s=self.jitter_s, cover=self.cover,
                    rotation=self.rotation, rewording=self.rewording, kinds=self.kinds,
                ),
            ),
        )  # fmt: skip


def cells() -> dict[str, tuple[Cell, ...]]:
    """Table -> its cells: jitter by cover, rotation by jitter, size by rotation."""
    return {
        "cover": tuple(Cell(jitter_s=j, cover=c) for j, c in product(JITTER_S, COVER)),
        "rotation": tuple(Cell(jitter_s=j, rotation=r) for r, j in product(ROTATION, (30.0, 600.0, 3_600.0))),
        "size": tuple(Cell(n_accounts=n, rotation=r) for n, r in product(SIZES, (1.0, 0.5, 0.2))),
    }


def found(cell: Cell, seed: int) -> Row:
    """What is found of one operation in one world (`truth.against_truth`)."""
    world = build(cell.scenario(), seed)
    return against_truth(examine(sample(read_world(world, cell.key)), seed), world)
