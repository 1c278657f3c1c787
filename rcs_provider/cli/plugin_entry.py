"""The entry for the provider plugin in the text of a project's file, Pulumi.yaml.

It is written into the text as it stands, so that comments, order and quotes of everything else stay.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml

from rcs_provider.core.errors import Refusal
from rcs_provider.core.fields import is_block, is_list
from rcs_provider.core.kind import PACKAGE

if TYPE_CHECKING:
    from yaml.nodes import Node


def plugin_path(text: str) -> str | None:
    """The path that the file has for the plugin, as it is written there; None where it has none.

    Raises:
        Refusal: it is not valid YAML.
    """
    entry = _entry(_read(text))
    return None if entry is None else entry.get("path")


def with_plugin(text: str, path: str) -> str:
    """The file's text with that path for the plugin, under `plugins.providers`, and everything else as it was.

    Raises:
        Refusal: it is not valid YAML, or its form is one that this does not change; the message has the entry.
    """
    before = _read(text)
    wanted = _with_entry(before, path)
    if wanted == before:
        return text
    made = _edited(text, path)
    if _read_or_none(made) != wanted:
        shown = json.dumps({"providers": [_new(path)]})
        raise Refusal(f"the project's file has a form that is not changed here: write `plugins: {shown}` into it")
    return made


def _read(text: str) -> dict[str, Any]:
    found = _read_or_none(text)
    if not is_block(found):
        raise Refusal("the project's file is not valid YAML")
    return found


def _read_or_none(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError):  # a date that does not exist is a ValueError
        return None


def _entry(document: dict[str, Any]) -> dict[str, Any] | None:
    """The entry of the plugin."""
    blocks = [each for each in _providers(_plugins(document)) if is_block(each)]
    return next((each for each in blocks if each.get("name") == PACKAGE), None)


def _plugins(document: dict[str, Any]) -> dict[str, Any]:
    found = document.get("plugins")
    return found if is_block(found) else {}


def _providers(plugins: dict[str, Any]) -> list[Any]:
    found = plugins.get("providers")
    return found if is_list(found) else []


def _new(path: str) -> dict[str, str]:
    return {"name": PACKAGE, "path": path}


def _with_entry(document: dict[str, Any], path: str) -> dict[str, Any]:
    """What the file has to say in the end."""
    old, plugins = _entry(document), _plugins(document)
    others = [{**old, "path": path} if old and each is old else each for each in _providers(plugins)]
    return {**document, "plugins": {**plugins, "providers": others if old else [_new(path), *others]}}


def _edited(text: str, path: str) -> str:
    """The text with the entry put at the innermost place that is there already."""
    root = _any(yaml).compose(text, Loader=yaml.SafeLoader)
    plugins = _under(root, "plugins")
    providers = _under(plugins, "providers")
    entry = next((each for each in _items(providers) if _text(_under(each, "name")) == PACKAGE), None)
    old = _under(entry, "path")
    if old is not None:
        return text[: old.start_mark.index] + _scalar(path, old) + text[old.end_mark.index :]
    for place, value in ((entry, {"path": path}), (providers, [_new(path)]), (plugins, {"providers": [_new(path)]})):
        if isinstance(place, yaml.CollectionNode):
            return _put(text, place, value)
        if place is not None:  # a key without a value
            return f"{text[: place.start_mark.index]} {json.dumps(value)}{text[place.end_mark.index :]}"
    whole = {"plugins": {"providers": [_new(path)]}}
    return _put(text, root, whole) if root.flow_style else _appended(text, whole)


def _under(node: Node | None, key: str) -> Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if _text(name) == key), None)


def _items(node: Node | None) -> list[Node]:
    return node.value if isinstance(node, yaml.SequenceNode) else []


def _text(node: Node | None) -> str | None:
    return node.value if isinstance(node, yaml.ScalarNode) else None


def _put(text: str, place: Any, value: Any) -> str:
    """Puts the parts of a value first into a mapping or a list of the text."""
    start = place.start_mark.index
    if place.flow_style:
        more = ", " if place.value else ""
        return f"{text[: start + 1]}{json.dumps(value)[1:-1]}{more}{text[start + 1 :]}"
    between = _line_end(text) + " " * place.start_mark.column
    return text[:start] + "".join(line + between for line in _dumped(value)) + text[start:]


def _appended(text: str, value: Any) -> str:
    end = _line_end(text)
    gap = "" if not text or text.endswith("\n") else end
    return text + gap + "".join(line + end for line in _dumped(value))


def _scalar(path: str, old: Node) -> str:
    """The path as a text of YAML, in double quotes where there were some, as JSON has it."""
    return json.dumps(path) if getattr(old, "style", None) == '"' else _dumped({"path": path})[0].partition(" ")[2]


def _dumped(value: Any) -> list[str]:
    text: str = _any(yaml).safe_dump(value, sort_keys=False, width=10_000, allow_unicode=True)
    return text.splitlines()


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _any(value: Any) -> Any:
    """What the stubs leave half without types."""
    return value
