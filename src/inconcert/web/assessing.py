"""Forms of an assessment: what each holds, what is wrong with its fields, the entry it asks for, and the command line that says the same."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData

from inconcert.errors import InputError
from inconcert.judgement.weighed import MOST_PRIOR, MOST_WEIGHT
from inconcert.judgement.wording import NAME_AT_MOST, REASON_AT_MOST, SOURCE_AT_MOST, author, one_line, prose
from inconcert.verbs import attribution_entries as entries
from inconcert.web.jobs import step

FORMS = ("evidence", "aside", "prior", "hypothesis", "yardstick", "dissent", "sign-off")
"""What can be entered on the page, in its order."""
FIELD_AT_MOST = 20_000
"""Characters that are kept of one field."""
_WEIGHT = re.compile(r"(?:low|high)-(H[0-9.]{1,12})")
Entry = entries.Entry | entries.SignOff


@dataclass(frozen=True)
class Asked:
    """A form as it came.   what: of FORMS, "" for none of them.   values: field -> what was typed.   faults: field -> what is wrong with it, "" -> with the whole.
    entry: None where anything is wrong."""

    what: str = ""
    values: Mapping[str, str] | None = None
    faults: Mapping[str, str] | None = None
    entry: Entry | None = None


def read(form: FormData) -> Asked:
    """The form, each of its fields looked at; all that is wrong is told at once."""
    values = {name: value[:FIELD_AT_MOST] for name, value in form.items() if isinstance(value, str)}
    what = values.get("what", "")
    faults: dict[str, str] = {}
    if what not in FORMS:
        return Asked("", values, {"": "Nothing was chosen to be entered."})
    said = _Fields(values, faults)
    if values.get("by", "").strip():
        said.of("by", author)
    else:
        faults["by"] = "Write your name: the ledger keeps who said it."
    entry = _ENTRIES[what](said)
    return Asked(what, values, faults, None if faults else entry)


def command(case: str, group: str, what: str, values: Mapping[str, str]) -> str:
    """The command line; words in capitals stand for what is not said yet, and what cannot be read is left out."""
    said = _Fields(values, {})
    given = {name: " ".join(value.split()) for name, value in values.items()}
    options = [*_OPTIONS[what](said, given), "--by", given.get("by") or "NAME"]
    return str(step("attribute", case, group, *options))


def retract_command(case: str, group: str, label: str, because: str, by: str) -> str:
    """The command line that takes an entry back."""
    return str(
        step("attribute", case, group, "--retract", label, "--because", because or "REASON", "--by", by or "NAME")
    )


@dataclass(frozen=True)
class _Fields:
    values: Mapping[str, str]
    faults: dict[str, str]

    def of(self, name: str, check: Callable[[str], str]) -> str:
        """The field as it is kept; its fault is noted."""
        try:
            return check(self.values.get(name, ""))
        except InputError as error:
            self.faults[name] = str(error)
            return ""

    def chosen(self, name: str, what: str) -> str:
        value = self.values.get(name, "").strip()
        if not value:
            self.faults[name] = f"Choose {what}."
        return value

    def range(self, low: str, high: str, most: float, at: str) -> tuple[float, float] | None:
        """Two numbers above 0, the smaller first; None, with a fault at `at`, for anything else."""
        try:
            ends = float(self.values.get(low, "")), float(self.values.get(high, ""))
        except ValueError:
            ends = (0.0, 0.0)
        if not 1 / most <= ends[0] <= ends[1] <= most:  # NaN included
            self.faults[at] = f"Write two numbers above 0 and up to {most:,.0f}, the smaller first, such as 3 and 20."
            return None
        return ends

    def weights(self) -> dict[str, tuple[float, float]]:
        """Hypothesis -> powers of ten, of the ratios that were typed; a hypothesis with both fields empty is left out."""
        ids = {
            match[1]: None
            for name, value in self.values.items()
            if (match := _WEIGHT.fullmatch(name)) and value.strip()
        }
        found = {}
        for id in ids:
            ends = self.range(f"low-{id}", f"high-{id}", 10**MOST_WEIGHT, f"low-{id}")
            if ends is not None:
                found[id] = (round(math.log10(ends[0]), 4), round(math.log10(ends[1]), 4))
        return found


def _reason(text: str) -> str:
    return prose("The reason", text, REASON_AT_MOST)


def _evidence(said: _Fields) -> Entry:
    weights = said.weights()
    kind = said.values.get("kind", "").strip()
    if not kind:
        if not weights and not any(_WEIGHT.fullmatch(name) for name in said.faults):
            said.faults.setdefault("kind", "Choose a kind of evidence, or give ratios of your own below.")
        said.chosen("family", "the family it counts in, since no kind is chosen")
        said.chosen("category", "its category, since no kind is chosen")
    reliability, credibility = (
        said.chosen("reliability", "how reliable the source is"),
        said.chosen("credibility", "how credible this is"),
    )
    found_by = said.of(
        "found_by", lambda text: one_line("The finder’s name", text, NAME_AT_MOST) if text.strip() else ""
    )
    return entries.Evidence(
        text=said.of("text", lambda text: prose("What was seen", text, REASON_AT_MOST)),
        source=said.of("source", lambda text: one_line("The source", text, SOURCE_AT_MOST)),
        grade=f"{reliability}{credibility}", kind=kind, weights=weights, found_by=found_by,
        **{name: said.values.get(name, "").strip() for name in ("family", "category", "access")},
    )  # fmt: skip


def _prior(said: _Fields) -> Entry:
    ends = said.range("low", "high", MOST_PRIOR, "low") or (1.0, 1.0)
    return entries.Prior(said.chosen("about", "the hypothesis"), *ends, said.of("because", _reason))


_ENTRIES: Mapping[str, Callable[[_Fields], Entry]] = {
    "evidence": _evidence,
    "aside": lambda said: entries.SetAside(said.chosen("about", "what is left out"), said.of("because", _reason)),
    "prior": _prior,
    "hypothesis": lambda said: entries.NewHypothesis(
        said.of("title", lambda text: one_line("Its name", text, NAME_AT_MOST)), said.chosen("like", "the one it is weighed like")
    ),
    "yardstick": lambda said: entries.ChosenYardstick(said.chosen("name", "the words of the case")),
    "dissent": lambda said: entries.Dissent(
        said.chosen("about", "the hypothesis"), said.chosen("word", "a word of the yardstick"), said.of("because", _reason)
    ),
    "sign-off": lambda said: entries.SignOff(
        said.of("text", lambda text: prose("What you sign", text, REASON_AT_MOST)), said.values.get("seen", "").strip()
    ),
}  # fmt: skip


def _of_evidence(said: _Fields, given: Mapping[str, str]) -> list[str]:
    grade = f"{given.get('reliability', '')}{given.get('credibility', '')}"
    found = [
        "--evidence",
        given.get("text") or "TEXT",
        "--source",
        given.get("source") or "SOURCE",
        "--grade",
        grade or "GRADE",
    ]
    for name in ("kind", "family", "category", "access", "found_by"):
        if given.get(name):
            found += [f"--{name.replace('_', '-')}", given[name]]
    for id, (low, high) in said.weights().items():
        found += ["--weight", f"{id}={low:g}..{high:g}"]
    return found


def _of_prior(said: _Fields, given: Mapping[str, str]) -> list[str]:
    ends = said.range("low", "high", MOST_PRIOR, "low")
    written = f"{ends[0]:g}..{ends[1]:g}" if ends else "LOW..HIGH"
    return ["--prior", f"{given.get('about') or 'ID'}={written}", "--because", given.get("because") or "REASON"]


_OPTIONS: Mapping[str, Callable[[_Fields, Mapping[str, str]], list[str]]] = {
    "evidence": _of_evidence,
    "aside": lambda said, given: ["--set-aside", given.get("about") or "ID", "--because", given.get("because") or "REASON"],
    "prior": _of_prior,
    "hypothesis": lambda said, given: ["--hypothesis", given.get("title") or "TITLE", "--like", given.get("like") or "H1"],
    "yardstick": lambda said, given: ["--yardstick", given.get("name") or "NAME"],
    "dissent": lambda said, given: [
        "--dissent", given.get("word") or "WORD", "--on", given.get("about") or "ID", "--because", given.get("because") or "REASON"
    ],
    "sign-off": lambda said, given: ["--sign-off", given.get("text") or "TEXT", "--seen", given.get("seen", "")[:12] or "HASH"],
}  # fmt: skip
