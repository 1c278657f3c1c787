"""tools/venv: the virtual environment, and the pins that it is made from."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from machine import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from machine import Machine

INPUTS = ["requirements.txt", "requirements-dev.txt", "requirements-policy.txt", "constraints.txt", "pyproject.toml"]
# Makes an "environment" out of itself and writes down what pip is asked for.
PYTHON = """
case "$*" in
-c*) exit 0 ;;
"-m venv"*) mkdir -p "$4/bin" && cat "$0" >"$4/bin/python" && chmod 755 "$4/bin/python" ;;
*) echo "$*" >>"$HOME/asked" ;;
esac
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "a project"
    (folder / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tools" / "venv", folder / "tools" / "venv")
    for name in INPUTS:
        shutil.copy(ROOT / name, folder / name)
    return folder


def asked(machine: Machine) -> list[str]:
    """Return what pip was asked for since the last look, by its last words."""
    path = machine.home / "asked"
    lines = path.read_text().splitlines() if path.exists() else []
    path.unlink(missing_ok=True)
    return [line.split("--")[-1] for line in lines]


def test_without_python_one_line_says_what_to_install(machine: Machine, project: Path) -> None:
    machine.stub("python3", "exit 1")  # too old, or without its venv module
    ran = machine.run(project / "tools" / "venv")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.count("\n") == 1
    assert "No Python 3.10 or newer" in ran.stderr
    assert not (project / ".venv").exists()


def test_an_old_python3_does_not_hide_a_newer_one(machine: Machine, project: Path) -> None:
    machine.stub("python3", "exit 1")
    machine.stub("python3.11", PYTHON)
    ran = machine.run(project / "tools" / "venv")
    assert ran.returncode == 0, ran.stderr
    assert asked(machine) == ["requirement requirements.txt", "editable ."]


def test_it_installs_only_when_an_input_changed(machine: Machine, project: Path) -> None:
    machine.stub("python3", PYTHON)
    script = project / "tools" / "venv"
    machine.run(script)
    assert asked(machine) == ["requirement requirements.txt", "editable ."]
    assert machine.run(script).stderr == ""
    assert asked(machine) == []
    for name in INPUTS:
        with (project / name).open("a") as file:
            file.write("# changed\n")
        machine.run(script)
        assert asked(machine) == ["requirement requirements.txt", "editable ."], name


def test_the_test_tools_bring_the_rest_with_them(machine: Machine, project: Path) -> None:
    machine.stub("python3", PYTHON)
    script = project / "tools" / "venv"
    machine.run(script, "requirements.txt")
    asked(machine)
    machine.run(script, "requirements-dev.txt")
    assert asked(machine) == ["requirement requirements-dev.txt", "editable ."]
    machine.run(script, "requirements.txt")
    machine.run(script, "requirements-dev.txt")
    assert asked(machine) == []


def test_an_environment_whose_python_is_gone_is_made_anew(machine: Machine, project: Path) -> None:
    machine.stub("python3", PYTHON)
    script = project / "tools" / "venv"
    machine.run(script)
    (project / ".venv" / "bin" / "python").write_text("#!/nowhere/python\n")
    assert machine.run(script).returncode == 0
    assert (project / ".venv" / "bin" / "python").read_text() != "#!/nowhere/python\n"


def test_pip_of_a_failed_install_is_asked_again(machine: Machine, project: Path) -> None:
    machine.stub("python3", PYTHON.replace("*) echo", "*requirements*) exit 3 ;;\n*) echo"))
    script = project / "tools" / "venv"
    assert machine.run(script).returncode == 3
    assert machine.run(script).returncode == 3


def pins(name: str) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9_-]+)(?:\[\w+\])?==(\S+)", (ROOT / name).read_text(), re.MULTILINE)
    return dict(found)


def test_the_sdk_is_the_release_of_the_cli() -> None:
    version = pins("requirements.txt")["pulumi"]
    assert f"github.com/pulumi/pulumi/pkg/v3 v{version} " in (ROOT / "tools" / "pulumi-cli" / "go.mod").read_text()


def test_each_direct_pin_says_why() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-policy.txt"):
        for line in (ROOT / name).read_text().splitlines():
            assert "==" not in line or "#" in line or line.startswith(("types-", "grpc-stubs")), line
