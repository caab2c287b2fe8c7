"""Write src/inconcert/catalogue/disarm.json from the STIX bundle of DISARM Red: python docs/make_disarm.py

The bundle lies in the folder that INCONCERT_DATA names (../shared/data of the repository unless it does).
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "src" / "inconcert" / "catalogue" / "disarm.json"
BUNDLE = Path(os.environ.get("INCONCERT_DATA", ROOT.parent / "shared" / "data")) / "disarm" / "DISARM.json"
VERSION = "1.6"
ORDER = (
    "TA01", "TA02", "TA13", "TA14", "TA15", "TA16", "TA05", "TA06", "TA07", "TA08", "TA09", "TA17", "TA18", "TA10", "TA11", "TA12",
)  # fmt: skip
"""Tactics as the framework's matrix has them, from plan to assessment; the bundle lists them by number."""


def made(bundle: dict[str, Any]) -> str:
    """The text of the file: who made the framework and under which licence, its tactics, and its techniques by number."""
    objects = bundle["objects"]
    tactics = {one["x_mitre_shortname"]: (_id(one), one["name"]) for one in objects if one["type"] == "x-mitre-tactic"}
    names = dict(tactics.values())
    marking = next(one["definition"]["statement"] for one in objects if one["type"] == "marking-definition")
    techniques = sorted(
        (_id(one), one["name"], tactics[one["kill_chain_phases"][0]["phase_name"]][0])
        for one in objects
        if one["type"] == "attack-pattern"
    )
    head = {
        "framework": "DISARM Red",
        "version": VERSION,
        "attribution": "DISARM Foundation, https://github.com/DISARMFoundation/DISARMframeworks",
        "licence": "CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/",
        "marking": marking,
        "changes": "Numbers, names and tactics only; descriptions and identifiers of objects are left out.",
    }
    lines = [f"{json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    lines += _listed("tactics", [(id, names[id]) for id in ORDER]) + _listed("techniques", techniques)
    return "{\n" + "\n".join(lines).removesuffix(",") + "\n}\n"


def _id(one: dict[str, Any]) -> str:
    return str(one["external_references"][0]["external_id"])


def _listed(name: str, rows: list[tuple[str, ...]]) -> list[str]:
    return [f"{json.dumps(name)}: [", ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "],"]


if __name__ == "__main__":
    FILE.write_text(made(json.loads(BUNDLE.read_bytes())), encoding="utf-8")
    print(FILE.relative_to(ROOT))
