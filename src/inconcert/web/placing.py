"""Forms of the page of a place: what each holds, what is wrong with its fields, the entry it asks for, and the command line that says the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from inconcert.errors import InputError
from inconcert.judgement.wording import REASON_AT_MOST, SOURCE_AT_MOST, author, one_line, prose
from inconcert.verbs.place_entries import FEATURE_AT_MOST, FEATURES_AT_MOST, Clue, Photo, Review
from inconcert.verbs.place_said import known_region
from inconcert.web.jobs import step

FORMS = ("clue", "photo", "review")
"""What can be entered on the page, in its order."""
FIELD_AT_MOST = 20_000
"""Characters that are kept of one field."""
PICTURES = ("picture", "view")
AGREES = {"agree": True, "disagree": False}


@dataclass(frozen=True)
class Asked:
    """A form as it came.   what: of FORMS, "retract P2", or "" for none.   values: field -> what was typed.   faults: field -> what is wrong with it,
    "" -> with the whole."""

    what: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


def read(values: Mapping[str, str], files: Mapping[str, Path]) -> tuple[Asked, Clue | Photo | Review | None]:
    """The form, each of its fields looked at; the entry is None where anything is wrong.   files: of PICTURES, those that came."""
    what = values.get("what", "")
    if what not in FORMS:
        return Asked("", values, {"": "Nothing was chosen to be entered."}), None
    said = _Fields(values, {})
    if values.get("by", "").strip():
        said.of("by", author)
    else:
        said.faults["by"] = "Write your name: the ledger keeps who said it."
    entry = _review(said) if what == "review" else _clue(said) if what == "clue" else _photo(said, files)
    return Asked(what, values, said.faults), None if said.faults else entry


def command(case: str, group: str, what: str, values: Mapping[str, str]) -> str:
    """The command line; words in capitals stand for what is not said yet, and for files."""
    given = {name: " ".join(value.split()) for name, value in values.items()}
    if what == "review":
        options = ["--review", given.get("label") or "NUMBER", f"--{given.get('agrees') or 'agree'}"]
        options += ["--because", given.get("because") or "REASON"]
    else:
        seen = given.get("text") or "TEXT"
        options = ["--clue", seen] if what == "clue" else ["--photo", "PICTURE", "--view", "VIEW", "--text", seen]
        if what == "photo":
            options += [
                part for one in _features(values.get("features", "")) or ["TEXT"] for part in ("--feature", one)
            ]
        options += ["--region", given.get("region") or "REGION"]
        if what == "clue" and given.get("kind"):
            options += ["--kind", given["kind"]]
        grade = f"{given.get('reliability', '')}{given.get('credibility', '')}"
        options += [
            "--source",
            given.get("source") or "SOURCE",
            "--grade",
            grade or "GRADE",
            "--or",
            given.get("otherwise") or "TEXT",
        ]
    return str(step("locate", case, group, *options, "--by", given.get("by") or "NAME"))  # fmt: skip


def retract_command(case: str, group: str, label: str, because: str, by: str) -> str:
    """The command line that takes an entry back."""
    return str(step("locate", case, group, "--retract", label, "--because", because or "REASON", "--by", by or "NAME"))


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

    def shared(self) -> dict[str, str]:
        """Of a clue and of a picture."""
        reliability = self.chosen("reliability", "how reliable the source is")
        return {
            "text": self.of("text", lambda text: prose("What was seen", text, REASON_AT_MOST)),
            "region": self.of("region", known_region),
            "source": self.of("source", lambda text: one_line("The source", text, SOURCE_AT_MOST)),
            "grade": f"{reliability}{self.chosen('credibility', 'how credible this is')}",
            "otherwise": self.of("otherwise", lambda text: prose("The other reading", text, REASON_AT_MOST)),
        }


def _clue(said: _Fields) -> Clue:
    return Clue(**said.shared(), kind=said.chosen("kind", "what kind of clue it is"))


def _photo(said: _Fields, files: Mapping[str, Path]) -> Photo:
    features = tuple(_features(said.values.get("features", "")))
    if not 1 <= len(features) <= FEATURES_AT_MOST:
        said.faults["features"] = f"Write 1 to {FEATURES_AT_MOST} features that are seen in both pictures, one a line."
    elif any(len(one) > FEATURE_AT_MOST for one in features):
        said.faults["features"] = f"A feature takes {FEATURE_AT_MOST} characters at most."
    for name in PICTURES:
        if name not in files:
            said.faults[name] = "Choose a picture: PNG, JPEG, GIF or WebP."
    picture, view = (files.get(name, Path()) for name in PICTURES)
    return Photo(**said.shared(), picture=picture, view=view, features=features)


def _review(said: _Fields) -> Review:
    label = said.chosen("label", "the entry you looked at")
    agrees = said.chosen("agrees", "whether you agree")
    if agrees and agrees not in AGREES:
        said.faults["agrees"] = "Choose whether you agree."
    because = said.of("because", lambda text: prose("The reason", text, REASON_AT_MOST))
    return Review(label, AGREES.get(agrees, False), because)


def _features(text: str) -> list[str]:
    """One a line."""
    return [line for one in text.splitlines() if (line := " ".join(one.split()))]
