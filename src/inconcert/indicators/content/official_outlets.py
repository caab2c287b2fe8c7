"""State media, foreign ministries and international media whose accounts everybody can look up; bundled, and never
complete."""

from __future__ import annotations

import csv
from importlib import resources

import pyarrow as pa

from inconcert import schema

IMPORT = "bundled"
"""In the place of an import: the list comes with Inconcert."""


def official_outlets() -> pa.Table:
    """The bundled list, columns of schema.LISTS: institutions only, role overt or independent, none with a native id.

    Handles can be given up and taken by others; `source` says where each was seen and in which month it held.
    """
    text = resources.files("inconcert.indicators.content").joinpath("official_outlets.csv").read_text(encoding="utf-8")
    rows = [
        {
            "list": f"{row['list']}, {row['country']}",
            "role": row["role"],
            "account_id": None,
            "handle": row["handle"],
            "platform": row["platform"],
            "display_name": row["display_name"],
            "bio": None,
            "source": f"{row['source']}; as of {row['as_of']}",
            "import_id": IMPORT,
            "row_ref": number,
        }
        for number, row in enumerate(csv.DictReader(text.splitlines()), 1)
    ]
    return pa.Table.from_pylist(rows, schema.LISTS.arrow)
