"""The entry for the plugin in a project's file, in every form that such a file has; all else stays as it was."""

from __future__ import annotations

import pytest
import yaml

from rcs_provider.cli.plugin_entry import plugin_path, with_plugin
from rcs_provider.core.errors import Refusal

ENTRY = {"name": "kaleyra", "path": ".venv/bin"}

PLAIN = """\
# Ours.
name: proof   # called so
runtime:
  name: python
  options: {virtualenv: .venv}
"""

FORMS = {
    "no plugins": PLAIN,
    "no line end": PLAIN.rstrip("\n"),
    "other line ends": PLAIN.replace("\n", "\r\n"),
    "another provider": PLAIN + "plugins:\n  providers:\n    # theirs\n    - name: other\n      path: x\n",
    "another provider, not indented": PLAIN + "plugins:\n  providers:\n  - name: other\n    path: x\n# end\n",
    "plugins of another sort": PLAIN + "plugins:\n  analyzers:\n    - name: a\n      path: b\n",
    "another path": PLAIN + "plugins:\n  providers:\n    - name: kaleyra  # ours\n      path: elsewhere  # old\n",
    "a path in quotes": PLAIN + 'plugins: {"providers": [{"name": "kaleyra", "path": "elsewhere"}]}\n',
    "no path": PLAIN + "plugins:\n  providers:\n    - name: kaleyra\n      version: 0.1.0\n",
    "an empty list": PLAIN + "plugins:\n  providers: []\n",
    "a key without a value": PLAIN + "plugins:\n",
    "a key of null": PLAIN + "plugins:\n  providers: null  # none\n",
    "JSON": '{"name": "proof", "runtime": "python"}',
    "JSON with others": '{\n  "plugins": {"providers": [{"name": "other", "path": "x"}]},\n  "name": "proof"\n}\n',
}


@pytest.mark.parametrize("form", FORMS)
def test_the_entry_is_added_and_all_else_stays(form: str) -> None:
    text = FORMS[form]
    made = with_plugin(text, ".venv/bin")
    found, before = yaml.safe_load(made), yaml.safe_load(text)
    ours = [each for each in found["plugins"]["providers"] if each["name"] == "kaleyra"]
    assert [{**each, **ENTRY} for each in ours] == ours
    assert len(ours) == 1
    assert {**found, "plugins": None} == {**before, "plugins": None}
    lost = [line for line in text.split("\n") if line not in made.split("\n")]
    touched = ("elsewhere", "[]", "{", "- name: ", "plugins:", "null")
    assert all(any(each in line for each in touched) for line in lost), lost
    assert made.count("\n") == made.count("\r\n") or "\r" not in made
    assert made.count("#") == text.count("#")
    assert with_plugin(made, ".venv/bin") == made
    assert plugin_path(made) == ".venv/bin"


@pytest.mark.parametrize("path", [".venv/bin", "/opt/an env/bin", "it's: # odd/bin", "/ümlaut/bin", "x" * 300])
@pytest.mark.parametrize("form", ["no plugins", "another path", "a path in quotes", "JSON"])
def test_any_path_arrives_as_it_is(form: str, path: str) -> None:
    assert plugin_path(with_plugin(FORMS[form], path)) == path


def test_only_a_path_that_differs_is_changed() -> None:
    text = FORMS["another path"]
    assert with_plugin(text, "bin") == text.replace("elsewhere", "bin")


@pytest.mark.parametrize("text", [
    PLAIN + "...\n",
    PLAIN + "plugins: [a]\n",
    PLAIN + "a: &a {name: kaleyra, path: x}\nplugins: {providers: [*a]}\n",
])  # fmt: skip
def test_a_form_that_is_not_changed_is_refused_with_the_entry_to_write(text: str) -> None:
    with pytest.raises(Refusal, match=r'write `plugins: \{"providers": \[\{"name": "kaleyra", "path": "bin"\}\]\}`'):
        with_plugin(text, "bin")


@pytest.mark.parametrize("text", ["", "name: [", "- a\n"])
def test_what_is_not_a_project_file_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="not valid YAML"):
        with_plugin(text, "bin")
    with pytest.raises(Refusal, match="not valid YAML"):
        plugin_path(text)
