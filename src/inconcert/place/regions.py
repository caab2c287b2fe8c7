"""Countries, and the provinces of China, which platforms there name: their people, clocks and languages.

The packaged table regions.csv is written by docs/make_places.py, from GeoNames (CC BY 4.0), CLDR (Unicode licence) and the time zone database. That a region has a row says that people write its name, and settles nothing
about whose it is.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Region:
    """code: ISO 3166, as HK or CN-JS.   parent: country of a province, "" for a country.   population: people.   standard: offset of its most
    populous zone from UTC, without summer time, quarter hours.   offsets: offset -> share of its people and time.   clock_change: whose dates
    of summer time it keeps: eu, us, au, other or "" for none.   languages: code -> share of its people who use it.   names: case-folded,
    in many languages.
    """

    code: str
    name: str
    parent: str
    population: int
    standard: int
    offsets: Mapping[int, float]
    clock_change: str
    languages: Mapping[str, float]
    names: tuple[str, ...]

    @property
    def country(self) -> str:
        """Its own code, or that of the country it is a province of."""
        return self.parent or self.code


@cache
def regions() -> Mapping[str, Region]:
    """Every region, by code."""
    text = files("inconcert.place").joinpath("regions.csv").read_text("utf-8")
    return {row["code"]: _region(row) for row in csv.DictReader(text.splitlines())}


def within(code: str, of: str) -> bool:
    """Whether a region is, or lies in, another."""
    return code == of or code.partition("-")[0] == of


def apart(one: str, other: str) -> bool:
    """Whether nobody can be in both."""
    return not within(one, other) and not within(other, one)


def full_name(code: str) -> str:
    """Jiangsu (China), or Hong Kong."""
    its = regions()[code]
    return f"{its.name} ({regions()[its.parent].name})" if its.parent else its.name


def _region(row: Mapping[str, str]) -> Region:
    return Region(
        row["code"], row["name"], row["parent"], int(row["population"]), int(row["standard"]),
        {int(offset): share for offset, share in _shares(row["offsets"]).items()}, row["clock_change"], _shares(row["languages"]),
        tuple(row["names"].split("|")),
    )  # fmt: skip


def _shares(cell: str) -> dict[str, float]:
    return {name: float(share) for name, _, share in (one.partition(":") for one in cell.split())}
