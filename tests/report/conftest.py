"""Reports on made-up cases, written once for all tests that only read them."""

from __future__ import annotations

from pathlib import Path

import made_up_case
import made_up_copies
import made_up_indicators
import pytest

from inconcert.case import Case
from inconcert.report import indicator_cards
from inconcert.verbs.report import report


@pytest.fixture(scope="session")
def groups_case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A case with groups at L2, L1 and L0, and its report."""
    case = made_up_case.write(tmp_path_factory.mktemp("groups") / "case", made_up_case.with_groups())
    report(case)
    return case


@pytest.fixture(scope="session")
def nothing_case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A case in which nothing was found, and its report."""
    case = made_up_case.write(tmp_path_factory.mktemp("nothing") / "case", made_up_case.with_nothing())
    report(case)
    return case


@pytest.fixture(scope="session")
def copies_case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A case with groups, copies, rewritten copies, pictures, clues, languages and profile pictures, and its report."""
    case = made_up_case.write(tmp_path_factory.mktemp("copies") / "case", made_up_copies.with_copies())
    report(case)
    return case


@pytest.fixture(scope="session")
def copies_page(copies_case: Case) -> str:
    return (copies_case.path / "report" / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def groups_page(groups_case: Case) -> str:
    return (groups_case.path / "report" / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def nothing_page(nothing_case: Case) -> str:
    return (nothing_case.path / "report" / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def working_page(groups_case: Case) -> str:
    return (groups_case.path / "report" / "accounts.html").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def indicators_case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A case with groups, dated events and readings of made-up indicators in every state, and its report."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indicator_cards, "INDICATORS", made_up_indicators.KNOWN)
        tables = made_up_indicators.with_indicators()
        case = made_up_case.write(tmp_path_factory.mktemp("indicators") / "case", tables)
        report(case)
    return case


@pytest.fixture(scope="session")
def indicators_page(indicators_case: Case) -> str:
    return (indicators_case.path / "report" / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def known_indicators(monkeypatch: pytest.MonkeyPatch) -> None:
    """The made-up indicators are those of the catalogue."""
    monkeypatch.setattr(indicator_cards, "INDICATORS", made_up_indicators.KNOWN)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a test writes a case of its own."""
    return tmp_path / "case"
