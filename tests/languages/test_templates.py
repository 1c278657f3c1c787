"""The templates of `pulumi new`: made into projects without a network, they create nothing until somebody says so."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from offline import OFFLINE, told
from program import KEPT
from project import ROOT, Run
from reference import agent, languages
from test_lives import JAVA, MISSING

from rcs_provider.plugin.schema import package_schema

if TYPE_CHECKING:
    from workshop import Workshop

    from rcs_simulator import Simulator

TEMPLATES: Final = sorted(each.name.removeprefix("rcs-") for each in (ROOT / "templates").iterdir())
EXAMPLE: Final = languages.declared(agent.WORDS.example)
PROGRAMS: Final = {
    "python": ("__main__.py", "#", agent.WORDS.example),
    "typescript": ("index.ts", "//", languages.typescript(EXAMPLE)),
    "go": ("main.go", "//", languages.go(EXAMPLE)),
    "java": ("src/main/java/com/example/App.java", "//", languages.java(EXAMPLE)),
    "yaml": ("Pulumi.yaml", "#", languages.in_yaml(EXAMPLE).partition("runtime: yaml\n")[2]),
}
"""The file of each template's program, what begins a comment in it, and the example that it brings."""
NOWHERE: Final = "http://127.0.0.1:9"


class New:
    """A project that `pulumi new` makes of a template, in a folder of its own.

    Attributes:
        folder: of the project.
        made: the run of `pulumi new`.
    """

    def __init__(self, root: Path, language: str, workshop: Workshop, simulator: Simulator) -> None:
        self.language, self.folder = language, root / "demo"
        self.folder.mkdir()
        (root / "state").mkdir()
        world = simulator.world("in")
        # The host for Python is that of the tests' own `pulumi`.
        hosts = [] if language == "python" else [str(workshop.hosts)]
        self._environment = {
            **{name: value for name, value in os.environ.items() if name in (*KEPT, "TMPDIR")},
            "MAVEN_OPTS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
            "PATH": os.pathsep.join([*hosts, str(Path(sys.prefix, "bin")), os.environ["PATH"]]),
            "PULUMI_HOME": str(root / "home"),
            "PULUMI_BACKEND_URL": f"file://{root}/state",
            "PULUMI_CONFIG_PASSPHRASE": "local",
            **OFFLINE,
            **dict.fromkeys(("http_proxy", "https_proxy"), NOWHERE),
            **dict.fromkeys(("no_proxy", "NO_PROXY"), "127.0.0.1,localhost"),
            "KALEYRA_ENDPOINT": world.url,
            "KALEYRA_API_KEY": "not-asked",
            "KALEYRA_POD": "in",
            "KALEYRA_SID": world.sid,
        }
        template = ROOT / "templates" / f"rcs-{language}"
        self.made = self.pulumi(
            "new", str(template), "--generate-only", "--yes", "--name", "demo", "--description", "d"
        )

    def pulumi(self, *arguments: str) -> Run:
        """Runs a command of the CLI in the project's folder."""
        done = told(["pulumi", *arguments, "--non-interactive"], self.folder, self._environment, 240)
        return Run(done.returncode, done.stdout)

    def texts(self) -> dict[str, str]:
        """The files of the project, by their paths."""
        files = (each for each in self.folder.rglob("*") if each.is_file())
        return {each.relative_to(self.folder).as_posix(): each.read_text() for each in files}

    def remove_comment_signs(self) -> None:
        """Does what the template says, to its example."""
        file, sign, _ = PROGRAMS[self.language]
        text = (self.folder / file).read_text()
        begins = re.search(rf"^{sign} (from|resources)", text, re.MULTILINE)
        kept = text[: begins.start()] if begins else ""  # else the example takes the program's place
        (self.folder / file).write_text(kept + uncommented(text, sign))


def uncommented(text: str, sign: str) -> str:
    """The example in a program: what stands behind comment signs from its first line of code on."""
    lines = re.findall(rf"^{sign} ?(.*)$", text, re.MULTILINE)
    first = next(at for at, line in enumerate(lines) if re.match(r"(from|import|package|resources)\b", line))
    return "\n".join(lines[first:]) + "\n"


def test_each_language_of_an_example_that_is_tested_to_the_end_has_a_template() -> None:
    assert set(TEMPLATES) == set(PROGRAMS)
    examples = {each.parent.name for each in (ROOT / "examples").glob("*/Pulumi.yaml")}
    assert {"typescript", "go", "yaml", "java"} <= examples & set(TEMPLATES)


@pytest.mark.parametrize("language", TEMPLATES)
def test_a_template_brings_the_example_of_the_reference(language: str) -> None:
    file, sign, example = PROGRAMS[language]
    text = (ROOT / "templates" / f"rcs-{language}" / file).read_text()
    assert uncommented(text, sign).strip() == example.strip()


@pytest.mark.parametrize("language", TEMPLATES)
def test_pulumi_new_makes_a_project_without_a_network(
    language: str, tmp_path: Path, workshop: Workshop, simulator: Simulator
) -> None:
    new = New(tmp_path, language, workshop, simulator)
    assert new.made.code == 0, new.made.out
    assert ".venv/bin/pip install SOURCE" in new.made.out
    texts = new.texts()
    assert "name: demo\n" in texts["Pulumi.yaml"]
    assert "\ntemplate:" not in texts["Pulumi.yaml"]
    assert [name for name, text in texts.items() if "${" in text] == []
    assert PROGRAMS[language][0] in texts
    assert "Nothing is declared yet" in texts[PROGRAMS[language][0]]


@pytest.mark.parametrize("kind", ["Agent", "Tester"])
def test_the_classes_of_the_template_in_java_have_all_inputs_of_the_schema(kind: str) -> None:
    file = ROOT / "templates" / "rcs-java" / "src" / "main" / "java" / "com" / "example" / f"{kind}.java"
    found = re.findall(r'@Import\(name = "(\w+)"(, required = true)?\) \S.* (\w+);$', file.read_text(), re.MULTILINE)
    spec = package_schema()["resources"][f"kaleyra:rcs:{kind}"]
    assert [name for name, _, field in found if name != field] == []
    assert {name for name, _, _ in found} == set(spec["inputProperties"])
    assert {name for name, required, _ in found if required} == set(spec["requiredInputs"])


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["python", "yaml", JAVA])
def test_a_new_project_creates_nothing_until_its_example_is_filled_in(
    language: str, tmp_path: Path, workshop: Workshop, simulator: Simulator
) -> None:
    if language == "java" and MISSING:
        return  # as in test_lives.py
    new = New(tmp_path, language, workshop, simulator)
    (new.folder / ".venv").symlink_to(sys.prefix)
    assert new.pulumi("stack", "init", "dev").code == 0
    empty = new.pulumi("preview")
    assert empty.code == 0, empty.out
    assert "Agent" not in empty.out
    new.remove_comment_signs()
    filled = new.pulumi("preview")
    assert filled.code == 0, filled.out
    assert "+ 2 to create" in filled.out
