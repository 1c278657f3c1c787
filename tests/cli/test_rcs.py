"""How the command begins and ends: help, exit codes, one line for whatever goes wrong, pipes and signals."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from offline import hear_interrupts
from rcs_program import PROGRAM, ROOT, environment, fake_pulumi, run
from samples import KEY

from rcs_provider import __version__
from rcs_provider.cli import exit_codes
from rcs_provider.cli.main import rcs as group

if TYPE_CHECKING:
    from collections.abc import Callable

    from rcs_program import Done

    from rcs_simulator import World

NO_ACCOUNT: dict[str, str] = {}


def one_line(done: Done, code: int) -> str:
    """The one line on standard error with which a run failed."""
    assert (done.code, done.out) == (code, ""), done
    (line,) = done.err.splitlines()
    assert line.startswith("error: "), line
    return line


def test_without_arguments_the_command_prints_its_help() -> None:
    done = run(env=NO_ACCOUNT)
    assert (done.code, done.err) == (0, "")
    assert done.out == run("--help", env=NO_ACCOUNT).out == run("-h", env=NO_ACCOUNT).out
    assert all(name in done.out for name in group.commands)


def test_the_help_lists_every_exit_code(rcs: Callable[..., Done]) -> None:
    codes = [exit_codes.DONE, exit_codes.REFUSED, exit_codes.WRONG_USE, exit_codes.FOUND, exit_codes.INTERRUPTED]
    listed = [line.split()[0] for line in rcs("--help").lines if line.startswith("    ") and line.split()[0].isdigit()]
    assert listed == [str(each) for each in codes]


@pytest.mark.parametrize("name", sorted(group.commands))
def test_every_command_explains_itself_and_all_its_options(name: str, rcs: Callable[..., Done]) -> None:
    done = rcs(name, "--help")
    assert (done.code, done.err) == (0, "")
    options: list[Any] = [each for each in group.commands[name].params if each.param_type_name == "option"]
    assert all(each.help for each in options)


def test_every_help_ends_its_lines_in_words_and_fits_80_columns(rcs: Callable[..., Done]) -> None:
    helps = [rcs("--help"), *(rcs(name, "--help") for name in group.commands), rcs("plugin", "install", "--help")]
    lines = [line for each in helps for line in each.lines if not line.startswith("Usage: ")]
    assert [line for line in lines if line.endswith("...") or len(line) > 80] == []


def test_the_version_is_the_packages(rcs: Callable[..., Done]) -> None:
    assert rcs("--version").out == f"kaleyra-rcs {__version__}\n"


def test_the_installed_program_is_this_function() -> None:
    assert 'kaleyra-rcs = "rcs_provider.cli.main:main"' in (ROOT / "pyproject.toml").read_text()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["agnts"], "No such command 'agnts'"),
        (["--nonsense"], "No such option"),
        (["agents", "--nonsense"], "No such option"),
        (["agent"], "Missing argument 'NUMBER'"),
        (["agent", "12a"], "made of digits"),
        (["agent", "../agents"], "made of digits"),
        (["agents", "-C", "nowhere"], "does not exist"),
        (["validate"], "Missing argument"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_line_and_code_2(arguments: list[str], says: str, rcs: Callable[..., Done]) -> None:
    line = one_line(rcs(*arguments), 2)
    assert says in line
    assert "--help" in line


def test_no_option_takes_the_key() -> None:
    names = {name for command in group.commands.values() for each in command.params for name in each.opts}
    assert not [name for name in names if "key" in name]


def test_missing_settings_are_all_told_in_one_line(rcs: Callable[..., Done]) -> None:
    line = one_line(rcs("agents"), 2)
    assert "kaleyra:pod is not set" in line
    assert "kaleyra:sid is not set" in line


def test_a_missing_key_is_told_with_what_to_do(
    rcs: Callable[..., Done], signed_in: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    del signed_in
    monkeypatch.delenv("KALEYRA_API_KEY")
    assert "kaleyra:apiKey is not set" in one_line(rcs("agents"), 2)


def test_a_refusal_of_the_api_is_one_line_and_code_1(
    rcs: Callable[..., Done], signed_in: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    del signed_in
    monkeypatch.setenv("KALEYRA_API_KEY", "wrong")
    line = one_line(rcs("agents"), 1)
    assert line.startswith("error: could not list the agents: Incorrect SID or API key")
    assert "Check kaleyra:apiKey" in line


def test_repeats_are_told_on_standard_error(tmp_path: Path, account: dict[str, str], world: World) -> None:
    world.fault("list_agents", "close")
    path = fake_pulumi(tmp_path / "bin", config={"kaleyra:maxRetries": 1})
    done = run("agents", "--stack", "dev", "--json", env={**account, "PATH": path})
    assert (done.code, done.out) == (0, "[]\n")
    assert "trying again in" in done.err


def test_an_unreachable_service_is_code_1_once_the_repeats_are_used_up(tmp_path: Path) -> None:
    path = fake_pulumi(tmp_path / "bin", config={"kaleyra:maxRetries": 1, "kaleyra:pod": "in", "kaleyra:sid": "SID"})
    env = {"PATH": path, "KALEYRA_ENDPOINT": "http://127.0.0.1:1", "KALEYRA_API_KEY": KEY}
    done = run("agents", "--stack", "dev", env=env)
    assert (done.code, done.out) == (1, "")
    warning, error = done.err.splitlines()
    assert warning.startswith("warning: ")
    assert "trying again" in warning
    assert error.startswith("error: could not list the agents: 127.0.0.1:1 refuses connections")


def test_an_unexpected_error_is_called_a_defect_and_holds_no_key(
    rcs: Callable[..., Done], signed_in: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"boom\nwith {signed_in['KALEYRA_API_KEY']}")

    monkeypatch.setattr("rcs_provider.cli.options.client_of", broken)
    line = one_line(rcs("agents"), 1)
    assert line == "error: kaleyra-rcs failed with RuntimeError: boom with ***. This is a defect: please report it."


def test_a_reader_that_goes_away_ends_the_program_quietly(account: dict[str, str], world: World) -> None:
    world.seed_agent()
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen(
        [*PROGRAM, "agents"], env=environment(account), stdout=writing, stderr=subprocess.PIPE
    ) as process:
        os.close(writing)
        _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (141, b"")


def test_a_disk_that_is_full_is_one_line_and_code_1(account: dict[str, str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "agents"], env=environment(account), stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
        )
    assert (done.returncode, done.stderr) == (1, b"error: standard output cannot be written: No space left on device\n")


@pytest.mark.parametrize("form", [[], ["--json"]], ids=["table", "json"])
def test_letters_that_the_output_cannot_have_are_written_as_their_numbers(
    form: list[str], account: dict[str, str], world: World
) -> None:
    world.seed_agent(display_name="\u0915\u00e9")
    done = run("agents", *form, env={**account, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert (done.code, done.err) == (0, "")
    assert ("\\u0915\\u00e9" if form else "\\u0915\\xe9") in done.out


def test_an_interrupt_ends_the_program_with_130_and_no_traceback(account: dict[str, str], world: World) -> None:
    hear_interrupts()
    world.set(latency=50)
    with subprocess.Popen(
        [*PROGRAM, "agents"],
        env=environment(account),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        end = time.monotonic() + 30
        while not world.journal("list_agents"):
            assert time.monotonic() < end, "the call never came"
        process.send_signal(signal.SIGINT)
        out, told = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in told


COMMANDS = [
    ["agents"],
    ["agents", "--deleted"],
    ["agent", "{number}"],
    ["testers", "{number}"],
    ["brands"],
    ["masters"],
]


@pytest.mark.parametrize("form", [[], ["--json"]], ids=["table", "json"])
@pytest.mark.parametrize("command", [*COMMANDS, ["doctor"]], ids=" ".join)
def test_the_key_is_nowhere_even_where_the_api_echoes_it(
    command: list[str], form: list[str], rcs: Callable[..., Done], signed_in: dict[str, str], world: World
) -> None:
    key = signed_in["KALEYRA_API_KEY"]
    number = world.seed_agent(display_name=f"made with {key}", phones=[], emails=[{"label_text": key}])
    world.seed_tester(number, "919000000001", status=key)
    done = rcs(*(each.format(number=number) for each in command), *form)
    assert done.out
    assert key not in done.out + done.err


def test_debug_shows_the_calls_without_key_and_sid(tmp_path: Path, account: dict[str, str]) -> None:
    path = fake_pulumi(tmp_path / "bin", config={"kaleyra:debug": "true"})
    done = run("agents", "--stack", "dev", env={**account, "PATH": path})
    assert done.code == 0
    assert "/v1/***/rcs/agents 400" in done.err
    assert account["KALEYRA_API_KEY"] not in done.err


@pytest.mark.parametrize("command", [*COMMANDS, ["doctor"]], ids=" ".join)
def test_every_command_only_reads(
    command: list[str], rcs: Callable[..., Done], signed_in: dict[str, str], world: World
) -> None:
    del signed_in
    number = world.seed_agent()
    world.clear_journal()
    rcs(*(each.format(number=number) for each in command))
    assert {each.method for each in world.journal()} == {"GET"}


def loaded_by(*calls: list[str]) -> set[str]:
    """The packages that these commands, run in one process, load."""
    code = (
        "import sys\nfrom rcs_provider.cli.main import main\n"
        f"print([main(each) for each in {list(calls)!r}])\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [PROGRAM[0], "-c", code],
        env=environment({}), input="", capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == str([0] * len(calls))
    return set(done.stderr.split())


def test_no_help_loads_pulumi_or_a_library_that_only_work_needs() -> None:
    later = {"grpc", "jinja2", "jsonschema", "phonenumbers", "pulumi", "requests", "rich", "urllib3", "yaml"}
    assert not later & loaded_by(["--help"], *([name, "--help"] for name in group.commands))


def test_validate_loads_no_pulumi_and_no_http_or_table_library() -> None:
    assert not {"grpc", "pulumi", "requests", "rich"} & loaded_by(["validate", "-"])
