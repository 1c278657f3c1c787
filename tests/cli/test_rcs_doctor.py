"""What the doctor finds, against good accounts and each thing that may be wrong."""

from __future__ import annotations

import contextlib
import json
import socket
from typing import TYPE_CHECKING

import pytest
from rcs_program import Done, fake_pulumi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rcs_simulator import World


def told(done: Done) -> dict[str, tuple[str, str]]:
    """Mark and text of each check by its name; of several settings' problems the last."""
    assert done.err == "", done
    return {line[4:].split()[0]: (line[:2].strip(), line[4:].split(None, 1)[1]) for line in done.lines}


def marks(done: Done) -> dict[str, str]:
    """Mark of each check by its name."""
    return {name: mark for name, (mark, _) in told(done).items()}


@pytest.fixture(autouse=True)
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A CLI of the version that the project is made with, in place of whatever the machine has."""
    monkeypatch.setenv("PATH", fake_pulumi(tmp_path / "bin"))
    return tmp_path / "bin"


@pytest.mark.usefixtures("signed_in")
def test_a_good_account_is_ok_throughout(rcs: Callable[..., Done], world: World) -> None:
    world.seed_agent()
    done = rcs("doctor")
    assert done.code == 0
    assert marks(done) == {
        "python": "ok", "pulumi": "ok", "sdk": "ok", "plugin": "--", "stack": "--", "kaleyra:pod": "ok",
        "kaleyra:sid": "ok", "kaleyra:apiKey": "ok", "kaleyra:endpoint": "ok", "proxy": "ok", "reach": "ok",
        "account": "ok", "channel": "ok",
    }  # fmt: skip
    assert told(done)["account"][1].endswith(": 1")


@pytest.mark.usefixtures("signed_in")
def test_the_doctor_makes_one_call(rcs: Callable[..., Done], world: World) -> None:
    rcs("doctor")
    assert [(each.method, each.operation) for each in world.journal()] == [("GET", "list_agents")]


@pytest.mark.usefixtures("signed_in")
def test_as_json_the_checks_are_a_list_of_objects(rcs: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KALEYRA_SID", "WRONG")
    done = rcs("doctor", "--json")
    assert done.code == 3
    found = {each["name"]: each for each in json.loads(done.out)}
    assert found["account"]["verdict"] == "problem"
    assert found["account"]["todo"].startswith(
        "The key came from KALEYRA_API_KEY. Check kaleyra:apiKey, kaleyra:sid and kaleyra:pod"
    )
    assert set(found["reach"]) == {"name", "verdict", "text", "todo"}


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize(("name", "value"), [("KALEYRA_API_KEY", "wrong"), ("KALEYRA_SID", "WRONG")])
def test_a_wrong_key_or_sid_is_told_with_what_to_check(
    name: str, value: str, rcs: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    done = rcs("doctor")
    assert done.code == 3
    assert (marks(done)["reach"], marks(done)["account"], marks(done)["channel"]) == ("ok", "!!", "--")
    assert "Check kaleyra:apiKey, kaleyra:sid and kaleyra:pod" in told(done)["account"][1]


@pytest.mark.usefixtures("signed_in")
def test_a_channel_that_is_off_is_told_apart_from_a_wrong_key(rcs: Callable[..., Done], world: World) -> None:
    world.set(channel_enabled=False)
    done = rcs("doctor")
    assert done.code == 3
    assert (marks(done)["account"], marks(done)["channel"]) == ("ok", "!!")
    assert "Ask your Kaleyra representative" in told(done)["channel"][1]


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("fault", ["RCS500", "html502", "429_retry_after"])
def test_a_service_that_fails_is_told_without_repeats(fault: str, rcs: Callable[..., Done], world: World) -> None:
    world.fault("list_agents", fault)
    done = rcs("doctor")
    assert (done.code, marks(done)["reach"], marks(done)["account"]) == (3, "ok", "!!")
    assert len(world.journal("list_agents")) == 1


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("fault", ["close", "truncated", "empty"])
def test_an_answer_that_is_none_is_a_problem_of_the_way(fault: str, rcs: Callable[..., Done], world: World) -> None:
    world.seed_agent()
    world.fault("list_agents", fault)
    done = rcs("doctor")
    assert (done.code, marks(done)["reach"]) == (3, "!!")
    assert "account" not in marks(done)


@contextlib.contextmanager
def closed_port() -> Iterator[str]:
    """A port that is taken and that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.mark.usefixtures("signed_in")
def test_a_closed_port_is_told_as_that(rcs: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    with closed_port() as origin:
        monkeypatch.setenv("KALEYRA_ENDPOINT", origin)
        done = rcs("doctor")
    assert (done.code, marks(done)["reach"]) == (3, "!!")
    assert "refuses connections. Check the network" in told(done)["reach"][1]


@pytest.mark.usefixtures("signed_in")
def test_an_unknown_host_is_told_as_that(rcs: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KALEYRA_ENDPOINT", "https://rcs.invalid")
    done = rcs("doctor")
    assert done.code == 3
    assert told(done)["reach"][1].startswith("there is no host rcs.invalid. ")


@pytest.mark.usefixtures("signed_in")
def test_a_server_without_tls_is_told_as_that(
    rcs: Callable[..., Done], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KALEYRA_ENDPOINT", world.url.replace("http://", "https://"))
    done = rcs("doctor")
    assert done.code == 3
    assert told(done)["reach"][1].startswith("TLS could not be agreed with 127.0.0.1:")


def test_without_settings_each_that_is_missing_is_told_and_nothing_is_asked(rcs: Callable[..., Done]) -> None:
    done, command = rcs("doctor"), "`pulumi config set --secret kaleyra:apiKey`"
    assert done.code == 3
    assert [" ".join(line.split()) for line in done.lines if line.startswith("!!")] == [
        "!! settings kaleyra:pod is not set: run `pulumi config set kaleyra:pod in (or na)`, or set KALEYRA_POD",
        "!! settings kaleyra:sid is not set: run `pulumi config set kaleyra:sid YOUR_SID`, or set KALEYRA_SID",
        f"!! kaleyra:apiKey kaleyra:apiKey is not set. Run {command}, or set KALEYRA_API_KEY.",
    ]
    assert marks(done)["service"] == "--"


@pytest.mark.usefixtures("signed_in")
def test_all_settings_that_are_wrong_are_told_at_once(
    rcs: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KALEYRA_POD", "eu")
    monkeypatch.setenv("KALEYRA_API_KEY", "two words")
    done = rcs("doctor")
    assert [line for line in done.lines if line.startswith("!!")] == [
        "!!  settings          KALEYRA_POD must be in or na",
        "!!  settings          KALEYRA_API_KEY must be made of letters, digits and . _ ~ + / = - only, without spaces",
    ]
    assert "kaleyra:pod" not in marks(done)
    assert "two words" not in done.out


@pytest.mark.usefixtures("signed_in")
def test_a_missing_key_leaves_the_service_unasked(
    rcs: Callable[..., Done], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KALEYRA_API_KEY")
    done = rcs("doctor")
    assert (done.code, marks(done)["kaleyra:apiKey"], marks(done)["service"]) == (3, "!!", "--")
    assert world.journal() == []


@pytest.mark.usefixtures("signed_in")
def test_a_stack_that_cannot_be_read_is_a_problem_and_the_rest_is_checked(rcs: Callable[..., Done], cli: Path) -> None:
    fake_pulumi(cli, fails="incorrect passphrase")
    done = rcs("doctor", "--stack", "dev")
    assert done.code == 3
    assert marks(done)["stack"] == "!!"
    assert marks(done)["account"] == "ok"


def test_a_stack_that_cannot_be_read_is_the_only_problem_that_is_told(rcs: Callable[..., Done], cli: Path) -> None:
    fake_pulumi(cli, fails="incorrect passphrase")
    done = rcs("doctor", "--stack", "dev")
    assert done.code == 3
    (line,) = [" ".join(line.split()) for line in done.lines if line.startswith("!!")]
    assert line == (
        "!! stack the configuration of stack dev could not be read: incorrect passphrase. "
        "Set PULUMI_CONFIG_PASSPHRASE to the passphrase of that stack."
    )
    assert told(done)["settings"] == (
        "--", "not known before the stack can be read: kaleyra:pod, kaleyra:sid, kaleyra:apiKey"
    )  # fmt: skip


def test_what_the_environment_has_wrong_is_told_beside_a_stack_that_cannot_be_read(
    rcs: Callable[..., Done], cli: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_pulumi(cli, fails="incorrect passphrase")
    monkeypatch.setenv("KALEYRA_POD", "eu")
    lines = [line[4:] for line in rcs("doctor", "--stack", "dev").lines if line.startswith("!!")]
    assert [line.split()[0] for line in lines] == ["stack", "settings"]
    assert lines[1].endswith("KALEYRA_POD must be in or na")


# this machine


@pytest.mark.usefixtures("signed_in")
def test_a_missing_cli_is_a_problem(rcs: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    done = rcs("doctor", "--stack", "dev")
    assert [line.split()[1] for line in done.lines if line.startswith("!!")] == ["pulumi"]
    assert (done.code, told(done)["pulumi"]) == (
        3,
        ("!!", "pulumi is not on PATH. Install the Pulumi CLI, or put its folder on PATH."),
    )
    assert "sdk" not in marks(done)


@pytest.mark.usefixtures("signed_in")
def test_an_old_cli_is_a_warning_that_changes_no_exit_code(rcs: Callable[..., Done], cli: Path) -> None:
    fake_pulumi(cli, version="v3.253.9-alpha.1")
    done = rcs("doctor")
    assert (done.code, marks(done)["pulumi"], marks(done)["sdk"]) == (0, "!", "!")
    assert "need 3.254" in told(done)["pulumi"][1]


@pytest.mark.usefixtures("signed_in")
def test_a_cli_that_tells_no_version_is_a_problem(rcs: Callable[..., Done], cli: Path) -> None:
    fake_pulumi(cli, version="who knows")
    done = rcs("doctor")
    assert (done.code, marks(done)["pulumi"]) == (3, "!!")


# the way


@pytest.mark.usefixtures("signed_in")
def test_a_proxy_before_loopback_is_a_problem_with_the_variable_to_set(
    rcs: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    with closed_port() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy)
        done = rcs("doctor")
    assert (done.code, marks(done)["proxy"], marks(done)["reach"]) == (3, "!!", "!!")
    assert told(done)["proxy"][1].endswith("Add 127.0.0.1 to NO_PROXY.")
    assert told(done)["reach"][1].startswith("the proxy does not lead to")
