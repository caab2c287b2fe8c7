"""Every verb has help with an example, and every end of a command is one line and the right exit code."""

from __future__ import annotations

import importlib
import inspect
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from inconcert.cli.command import VERBS, inconcert
from inconcert.judgement.kinds import KINDS

from .conftest import CALL, Run, started


def patched(body: str) -> str:
    """A program in which the verb `schema` does something else."""
    return (
        f"import time\nimport inconcert.verbs.schema as verb\ndef fake(name):\n    {body}\nverb.schema = fake\n{CALL}"
    )


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_has_help_with_an_example_that_names_it(run: Run, name: str) -> None:
    done = run(name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(rf"Example:\n +inconcert {name}\b", done.stdout)
    for option in ("--json", "--debug"):
        assert option in done.stdout


@pytest.mark.parametrize("name", VERBS)
def test_an_unknown_option_is_one_line_and_exit_code_2(run: Run, name: str) -> None:
    done = run(name, "--nonsense")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("inconcert: No such option '--nonsense'.")
    assert done.stderr.endswith(f" Try: inconcert {name} --help\n")


CALLED = {
    "serve": ("web.serve.serve",),
    "attribute": (
        "verbs.attribute.assessment",
        "verbs.attribute.attribute",
        "verbs.judgements.retract",
        "verbs.draw_attribution.draw_attribution",
    ),
    "catalogue": ("verbs.catalogue.catalogue", "verbs.catalogue.add_indicators"),
    "entities": (
        "verbs.entities.entities",
        "verbs.entities.search_entities",
        "verbs.entities.around",
        "verbs.entity_owners.owners",
        "verbs.entities.posts",
        "verbs.entities.export_entities",
        "verbs.add_entities.add_entities",
        "verbs.entity_paths.entity_paths",
        "verbs.name_person.ask_to_name",
        "verbs.judgements.retract",
    ),
    "judgements": ("verbs.judgements.judgements", "verbs.judgements.retract"),
    "link": ("verbs.link.link", "verbs.link_lookups.addresses_known", "verbs.link_lookups.report_recycled"),
    "locate": (
        "verbs.locate.locate",
        "verbs.locate.located",
        "verbs.locate.place_kinds",
        "verbs.place_entries.enter_place",
        "verbs.judgements.retract",
        "verbs.draw_place.draw_place",
    ),
    "notes": ("verbs.notes.notes", "verbs.notes.add_note", "verbs.judgements.retract"),
    "sets": ("verbs.sets.sets", "verbs.sets.set_named", "verbs.sets.keep_set", "verbs.judgements.retract"),
}
"""What a command calls, where that is not the one function of its name."""
FROM_PROGRAMS = {"now", "progress", "patience_s", "started"}
"""Parameters that only a program gives."""
SPELT: dict[str, dict[str, set[str]]] = {
    "attribute": {
        "entry": {
            "evidence",
            "kind",
            "source",
            "grade",
            "weights",
            "family",
            "category",
            "access",
            "found_by",
            "hypothesis",
            "like",
            "split",
            "rename",
            "set_aside",
            "prior",
            "yardstick",
            "dissent",
            "on",
            "sign_off",
            "seen",
            "kinds",
        },
        "assessed": set(),
        "folder": {"draw"},
        "label": {"retract"},
        "kind": set(),
    },
    "catalogue": {"files": {"words"}},
    "entities": {
        "words": {"search"},
        "asked": {"schema", "strength", "since", "until"},
        "name": {"around", "owners", "posts"},
        "start": {"paths"},
        "goal": {"paths"},
        "file": {"export"},
        "person": {"ask", "approve"},
        "label": {"retract"},
        "kind": set(),
    },
    "export": {"target": {"files"}},
    "judge": {"kind": {f"said_{kind.replace('-', '_')}" for kind in KINDS}, "text": set()},
    "judgements": {"kind": set()},
    "link": {"file": {"addresses", "report"}},
    "locate": {
        "entry": {
            "clue",
            "photo",
            "view",
            "features",
            "text",
            "region",
            "kind",
            "source",
            "grade",
            "otherwise",
            "review",
            "agrees",
            "kinds",
        },
        "entered": set(),
        "left_out": set(),
        "found": set(),
        "folder": {"draw"},
        "label": {"retract"},
        "kind": set(),
    },
    "notes": {"kind": set()},
    "sets": {
        "narrowed": {"from_account", "from_group", "hashtag", "domain", "platform", "since", "until"},
        "posts": set(),
        "kind": set(),
        "label": {"retract"},
    },
}
"""Parameters that have another name as an option, or several options; none, where the others say it."""


def parameters(name: str) -> dict[str, inspect.Parameter]:
    """Those of everything that the command calls."""
    found: dict[str, inspect.Parameter] = {}
    for called in CALLED.get(name, (f"verbs.{name}.{name}",)):
        module, _, function = called.rpartition(".")
        found = {
            **inspect.signature(getattr(importlib.import_module(f"inconcert.{module}"), function)).parameters
        } | found
    return found


@pytest.mark.parametrize("name", VERBS)
def test_every_parameter_of_a_verb_is_an_option_of_its_command(name: str) -> None:
    spelt = SPELT.get(name, {})
    expected = {option for one in parameters(name) if one not in FROM_PROGRAMS for option in spelt.get(one, {one})}
    command = inconcert.get_command(None, name)  # type: ignore[attr-defined,arg-type]
    assert {parameter.name for parameter in command.params} - {"as_json", "debug"} == expected


@pytest.mark.parametrize("name", VERBS)
def test_defaults_that_help_states_are_those_of_the_verb(name: str) -> None:
    """CooRnet's help swaps two of its defaults."""
    command = inconcert.get_command(None, name)  # type: ignore[attr-defined,arg-type]
    stated = {
        parameter.name: match[1]
        for parameter in command.params
        if (match := re.search(r"\[default: ([\w.]+)\]", getattr(parameter, "help", None) or ""))
    }
    defaults = {parameter.name: str(parameter.default) for parameter in parameters(name).values()}
    assert stated == {parameter: defaults[parameter] for parameter in stated}
    assert name != "cluster" or len(stated) == 5


def test_help_comes_without_loading_anything_heavy(run: Run) -> None:
    heavy = "pyarrow numpy duckdb scipy numba rich networkit altair"
    program = (
        "import sys\ntry:\n    from inconcert.cli import main; main()\n"
        f"finally:\n    print([m for m in '{heavy}'.split() if m in sys.modules], file=sys.stderr)"
    )
    for arguments in ([], ["--help"], ["detect", "--help"], ["--version"]):
        assert run(*arguments, program=program).stderr == "[]\n"


def test_without_a_verb_the_help_lists_every_verb_in_a_whole_sentence(run: Run) -> None:
    done = run()
    assert done.returncode == 0
    for name in VERBS:
        assert re.search(rf"^  {name} +[A-Z][^.]*[^.]\.$", done.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["nonsense"], "No such command 'nonsense'. Try: inconcert --help"),
        (["init"], "Missing argument 'CASE'. Try: inconcert init --help"),
        (["verify", "absent"], "absent is not a case: it has no case.toml. Make one with: inconcert init absent"),
        (["schema", "edgs"], "No table is called 'edgs'. Did you mean 'edges'?"),
        (["schema", "a\nb\u202e"], None),
    ],
)
def test_errors_of_input_are_one_line_and_exit_code_2(run: Run, arguments: list[str], line: str | None) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "\u202e" not in done.stderr
    if line is not None:
        assert done.stderr == f"inconcert: {line}\n"


def test_mappings_and_lengths_must_have_their_form(run: Run) -> None:
    for arguments in (["ingest", "c", "f", "--map", "x"], ["ingest", "c", "f", "--map", "x=a", "--map", "x=b"],
                      ["detect", "c", "--window", "soon"], ["detect", "c", "--window", "0s"],
                      ["detect", "c", "--alpha", "1"]):  # fmt: skip
        done = run(*arguments)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "Invalid value for" in done.stderr


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        ("raise ValueError('x')", 1, "fault of its own: ValueError: x"),
        ("raise OSError(28, 'No space left on device')", 1, "No space left on device"),
        ("raise MemoryError", 1, "not enough memory"),
        ("from inconcert.errors import CaseError; raise CaseError('locked')", 1, "inconcert: locked"),
    ],
)
def test_other_failures_are_one_line_and_exit_code_1_and_debug_shows_where(
    run: Run, body: str, code: int, words: str
) -> None:
    done = run("schema", program=patched(body))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)
    assert words in done.stderr
    for arguments in (["schema", "--debug"], ["--debug", "schema"]):
        told = run(*arguments, program=patched(body))
        assert told.returncode == code
        assert "Traceback" in told.stderr
        assert told.stderr.endswith(done.stderr)


@pytest.mark.parametrize(
    "body",
    [
        "print('ready', flush=True); time.sleep(60)",
        "try:\n        print('ready', flush=True); time.sleep(60)\n"
        "    except KeyboardInterrupt:\n        raise RuntimeError('query was interrupted')",
    ],
)
def test_ctrl_c_is_a_clean_message_and_exit_code_130(tmp_path: Path, body: str) -> None:
    process = started(
        "schema", program=patched(body), cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 130
    assert err.strip() == "inconcert: Interrupted. Nothing is damaged: the same command goes on from what was finished."


@pytest.mark.parametrize("arguments", [["schema"], ["schema", "--json"], ["--help"]])
def test_a_reader_that_leaves_early_is_no_error_to_talk_about(tmp_path: Path, arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = started(*arguments, cwd=tmp_path, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    _, err = process.communicate()
    assert err == ""
    assert process.returncode == 1


def test_output_survives_a_terminal_that_knows_latin_1_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    process = started("schema", "日", cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    _, err = process.communicate()
    assert process.returncode == 2
    assert r"called '\u65e5'" in err


def test_init_begins_a_case_once(run: Run, tmp_path: Path) -> None:
    assert run("init", "c", "--title", "Ö").stdout == "made the case c\n"
    assert run("init", "c").stdout == "c is a case already: nothing was changed\n"
    assert json.loads(run("init", "c", "--json").stdout) == {"case": "c", "already": True}
    done = run("verify", "c")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "intact")
    (tmp_path / "c" / "raw").mkdir()
    (tmp_path / "c" / "raw" / "x\u202e").write_text("")
    done = run("verify", "c")
    assert done.returncode == 1
    assert "FAULT raw/x⟨U+202E⟩: was added: the ledger does not know it" in done.stdout
    told = run("verify", "c", "--json")
    assert told.returncode == 1
    assert told.stdout.isascii()
    assert json.loads(told.stdout)["intact"] is False


def test_the_entry_point_is_main() -> None:
    assert sys.modules["inconcert.cli"].main.__module__ == "inconcert.cli.command"
