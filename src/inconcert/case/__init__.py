"""A case on disk: one folder of plain files that no kill can damage (layout: `folder`)."""

from inconcert.case.create import FORMAT, case_facts, create_case, is_case, open_case
from inconcert.case.folder import Case
from inconcert.case.import_order import import_order
from inconcert.case.parquet import write_parquet
from inconcert.case.runs import Run, run_id

__all__ = [
    "FORMAT",
    "Case",
    "Run",
    "case_facts",
    "create_case",
    "import_order",
    "is_case",
    "open_case",
    "run_id",
    "write_parquet",
]
