"""An example in each language, made of the one that is declared in Python, by the names and types of the schema."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import yaml

from rcs_provider.core.fields import is_block, is_list
from rcs_provider.core.names import camel, renamed
from rcs_provider.objects import OBJECTS
from rcs_provider.plugin.schema import package_schema

from .markdown import block

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKENS: Final = {kind.token.rpartition(":")[2]: kind.package_token for kind in OBJECTS}
"""Types in the package, by the names of Python's classes."""


@dataclass(frozen=True)
class Declared:
    """A resource that an example declares.

    Attributes:
        token: of its type in the package.
        name: in the program.
        properties: by the names of the schema.
    """

    token: str
    name: str
    properties: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """Its class: Agent."""
        return self.token.rpartition(":")[2]


def declared(program: str) -> Declared:
    """The one resource of a program in Python, all of whose arguments are literal."""
    (call,) = (
        node
        for node in ast.walk(ast.parse(program))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _TOKENS
    )
    given = {each.arg: ast.literal_eval(each.value) for each in call.keywords if each.arg}
    assert isinstance(call.func, ast.Name)
    return Declared(_TOKENS[call.func.id], ast.literal_eval(call.args[0]), renamed(given, camel))


def tabs(program: str) -> str:
    """The program in each language, as tabs on the site and one below the other elsewhere."""
    one = declared(program)
    shown = (
        ("Python", block("python", program)),
        ("TypeScript", block("typescript", typescript(one))),
        ("Go", block("go", go(one))),
        ("YAML", block("yaml", in_yaml(one))),
    )
    return "\n\n".join(f"/// tab | {title}\n\n{text}\n\n///" for title, text in shown)


def in_yaml(one: Declared) -> str:
    """A whole program in YAML, whose runtime stands in Pulumi.yaml."""
    resource = {"type": one.token, "properties": dict(one.properties)}
    document = {"name": "example", "runtime": "yaml", "resources": {one.name: resource}}
    text: str = yaml.safe_dump(document, sort_keys=False, width=10_000)
    return text


def typescript(one: Declared) -> str:
    """A whole program in TypeScript."""
    lines = (f"    {name}: {_in_typescript(value)}," for name, value in one.properties.items())
    return "\n".join(
        [
            'import * as kaleyra from "pulumi-kaleyra";',
            "",
            f'const {one.kind.lower()} = new kaleyra.rcs.{one.kind}("{one.name}", {{',
            *lines,
            "});",
        ]
    )


def _in_typescript(value: Any) -> str:
    if is_block(value):
        return f"{{ {', '.join(f'{name}: {_in_typescript(each)}' for name, each in value.items())} }}"
    if is_list(value):
        return f"[{', '.join(map(_in_typescript, value))}]"
    return json.dumps(value)


def go(one: Declared) -> str:
    """A whole program in Go."""
    schema = package_schema()
    specs = schema["resources"][one.token]["inputProperties"]
    place = schema["language"]["go"]["importBasePath"]
    widest = max(map(len, one.properties)) + 1  # as gofmt aligns them
    named = ((f"{_title(name)}:", _in_go(specs[name], each)) for name, each in one.properties.items())
    fields = (f"\t\t\t{name:<{widest}} {value}," for name, value in named)
    return "\n".join(
        [
            "package main\n",
            "import (",
            f'\t"{place}/rcs"',
            '\t"github.com/pulumi/pulumi/sdk/v3/go/pulumi"',
            ")\n",
            "func main() {",
            "\tpulumi.Run(func(ctx *pulumi.Context) error {",
            f'\t\t_, err := rcs.New{one.kind}(ctx, "{one.name}", &rcs.{one.kind}Args{{',
            *fields,
            "\t\t})",
            "\t\treturn err",
            "\t})",
            "}",
        ]
    )


def _in_go(spec: Mapping[str, Any], value: Any) -> str:
    """A value as Go's type for it wants."""
    if is_list(value):
        items = ", ".join(_in_go(spec["items"], each) for each in value)
        return f"{_array(spec['items'])}{{{items}}}"
    if "$ref" not in spec:
        return f"pulumi.{spec['type'].capitalize().replace('Boolean', 'Bool')}({json.dumps(value)})"
    name = spec["$ref"].rpartition(":")[2]
    known = package_schema()["types"][spec["$ref"].removeprefix("#/types/")]
    if "enum" in known:
        return f"rcs.{name}{next(_enum(each) for each in known['enum'] if each['value'] == value)}"
    fields = (f"{_title(key)}: {_in_go(known['properties'][key], each)}" for key, each in value.items())
    return f"&rcs.{name}Args{{{', '.join(fields)}}}"


def _array(spec: Mapping[str, Any]) -> str:
    return f"rcs.{spec['$ref'].rpartition(':')[2]}Array" if "$ref" in spec else "pulumi.StringArray"


def _enum(choice: Mapping[str, Any]) -> str:
    return choice.get("name") or "".join(part.capitalize() for part in str(choice["value"]).split("_"))


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]


def java(one: Declared) -> str:
    """A whole program in Java, over the classes of the template: there are no generated ones."""
    name = one.kind.lower()
    given = (f"        {name}.{key} = {_in_java(value)};" for key, value in one.properties.items())
    return "\n".join(
        [
            "package com.example;\n",
            "import com.pulumi.Context;",
            "import com.pulumi.Pulumi;",
            "import com.pulumi.resources.CustomResourceOptions;",
            "import java.util.List;",
            "import java.util.Map;\n",
            "public class App {",
            "    public static void main(String[] arguments) {",
            "        Pulumi.run(App::declare);",
            "    }\n",
            "    private static void declare(Context context) {",
            f"        var {name} = new {one.kind}.Args();",
            *given,
            f'        new {one.kind}("{one.name}", {name}, CustomResourceOptions.Empty);',
            "    }",
            "}",
        ]
    )


def _in_java(value: Any) -> str:
    if is_block(value):
        pairs = (f"{json.dumps(name)}, {_in_java(each)}" for name, each in value.items())
        return f"Map.of({', '.join(pairs)})"
    if is_list(value):
        return f"List.of({', '.join(map(_in_java, value))})"
    return json.dumps(value)
