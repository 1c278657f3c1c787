"""The pages of docs/reference are what the code says today, and leave nothing out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from proves import proves
from reference import errors as errors_page
from reference.pages import FOLDER, PAGES, write
from reference.promises import TESTS, collected
from reference.sentences import NOT_PROMISED, SENTENCES

from rcs_provider.api import operations
from rcs_provider.api.envelope import RULES
from rcs_provider.core import errors
from rcs_provider.core.settings import SETTINGS
from rcs_provider.objects import OBJECTS
from rcs_provider.objects.agent import operations as of_agents
from rcs_provider.objects.tester import operations as of_testers
from rcs_simulator.api import coverage, switches
from rcs_simulator.faults import kinds

if TYPE_CHECKING:
    from pathlib import Path

DOCS = FOLDER.parent

MARKED = """
'All of these (A1).'
@proves("B9", "C10")
@other("D9")
def test_a_tester_stays(): ...
def test_error200_is_an_error(): ...
def helper(): ...
@proves("D1")
class TestAll:
    def test_a_class_marks_all(self):
        'As it marks the class (D2).'
"""

_MODULES = (operations, of_agents, of_testers)
CALLS = [each for module in _MODULES for each in vars(module).values() if isinstance(each, operations.Operation)]
"""Every operation that the package knows."""


def shown(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@proves("D26", "E15")
def test_each_page_is_what_the_code_says(tmp_path: Path, subtests: pytest.Subtests) -> None:
    write(tmp_path)
    for name in PAGES:
        with subtests.test(name):
            assert shown(name) == (tmp_path / name).read_text(encoding="utf-8"), "run: make docs"


def test_the_folder_holds_what_is_made_and_nothing_else() -> None:
    assert {each.name for each in FOLDER.iterdir()} == set(PAGES)


@proves("E15", "D17")
@pytest.mark.parametrize("kind", OBJECTS, ids=lambda kind: kind.name)
def test_every_field_has_its_place_on_the_page_of_its_resource(kind: Any) -> None:
    text = shown(f"{kind.name}.md")
    for each in kind.table.inputs:
        assert f"\n### {each.name}\n" in text or f"| `{each.name}` |" in text, each.name
        for part in (each.item or each).fields or ():
            assert f"| `{part.name}` |" in text, part.name
        section = text.partition(f"\n### {each.name}\n")[2].partition("\n### ")[0]
        if section and not each.returned:
            assert "no read returns it" in section, each.name
    for each in kind.table.outputs:
        assert f"| `{each.name}` |" in text, each.name


@proves("E15")
def test_every_setting_is_on_its_page() -> None:
    text = shown("configuration.md")
    for each in SETTINGS:
        assert re.search(rf"^\| `{each.key}` \|.*{re.escape(each.doc)}", text, re.MULTILINE), each.key
        assert each.env in text


@proves("B16")
def test_every_kind_of_error_is_explained() -> None:
    kinds = {
        name for name, each in vars(errors).items() if isinstance(each, type) and issubclass(each, errors.RcsError)
    }
    told = set(re.findall(r"^\| `(\w+)` \|", shown("errors.md").partition("## Kinds of errors")[2], re.MULTILINE))
    assert kinds - {"RcsError", "TransportError"} <= told
    assert {rule.error for rule in RULES if not rule.meaning} <= set(errors_page.SILENT)


@proves("B16", "C13")
def test_every_known_failure_is_on_both_pages() -> None:
    for row in coverage.ERRORS:
        assert f"| `{row.subject}` |" in shown("coverage.md")
    assert shown("errors.md").count("| `R") >= len(coverage.ERRORS)


@proves("C13")
def test_every_call_that_the_package_makes_is_in_the_coverage() -> None:
    rows = {row.subject for row in coverage.ENDPOINTS}
    for each in CALLS:
        assert f"{each.method} /v1/{{sid}}/rcs{each.path.partition('?')[0]}" in rows


@proves("C13")
def test_the_page_of_the_coverage_marks_every_call_that_the_package_makes_as_used() -> None:
    used = re.findall(r"^\| `(.*?)` \| \w+ \| \w+ \| yes \|", shown("coverage.md"), re.MULTILINE)
    assert {f"{each.method} {each.path.partition('?')[0]}" for each in CALLS} == set(used)


@proves("C13")
def test_nothing_is_called_confirmed_that_has_no_date() -> None:
    confirmed = [row.subject for row in coverage.ROWS if row.confirmed]
    assert ("Nothing has been confirmed" in shown("coverage.md")) == (not confirmed)


def test_every_switch_and_fault_is_on_the_simulators_page() -> None:
    text = shown("simulator.md")
    assert [name for name in switches.describe() if f"| `{name}` |" not in text] == []
    assert [name for name in (*kinds.DEFAULTS, *kinds.SHORTHANDS) if f"`{name}`" not in text] == []


@proves("D26")
def test_every_sentence_has_its_tests_and_what_has_none_says_why_it_is_not_promised() -> None:
    proofs = list(collected(TESTS))
    proved = {id_ for proof in proofs for id_ in proof.ids}
    named = [each.sentence for each in proofs if set(each.sentence.upper().split()) & set(SENTENCES)]
    assert named == [], "ids go into @proves"
    assert proved == set(SENTENCES)
    assert proved & set(NOT_PROMISED) == set()
    page = shown("promises.md")
    assert set(re.findall(r"^<summary><b>(\w+)</b> ", page, re.MULTILINE)) == proved
    folded = re.findall(r"<details .*?</details>", page, re.DOTALL)
    assert len(folded) == len(proved)
    assert "`tests/" not in re.sub(r"<details .*?</details>", "", page.partition("\n## ")[2], flags=re.DOTALL)
    assert [id_ for id_ in NOT_PROMISED if f"**{id_}.**" not in page] == []


def test_the_ids_of_a_test_are_read_off_its_marker(tmp_path: Path) -> None:
    (tmp_path / "test_all.py").write_text(MARKED, encoding="utf-8")
    assert {each.sentence: each.ids for each in collected(tmp_path)} == {
        "a tester stays": {"B9", "C10"},
        "error200 is an error": {"A1"},
        "a class marks all": {"D1", "D2"},
    }


@proves("B18")
def test_verification_and_launch_are_out_of_scope_and_only_their_status_is_read() -> None:
    text = (DOCS / "out-of-scope.md").read_text(encoding="utf-8")
    assert "## Verification and launch" in text
    theirs = {each.method: each.path for each in CALLS if re.search("verif|launch|status", each.path)}
    assert theirs == {"GET": of_agents.GET_VERIFICATION.path}


@proves("E20")
def test_the_documentation_says_when_to_choose_which_provider() -> None:
    text = (DOCS / "how-to" / "plugin.md").read_text(encoding="utf-8")
    assert "**Choose the dynamic provider** for" in text
    assert "**Choose the plugin** for" in text
    assert [each for kind in OBJECTS for each in (kind.token, kind.package_token) if f"`{each}`" not in text] == []
