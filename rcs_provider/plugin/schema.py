"""The schema of the package, of which each language's SDK is generated: made of the tables, settings and functions.

`pulumi package get-schema` shows it. Its form is Pulumi's metaschema: pkg/codegen/schema/pulumi.json of pulumi/pulumi.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Final

from rcs_provider._version import PLUGIN_DOWNLOAD_URL, REPOSITORY, __version__, semantic
from rcs_provider.core.fields import Role, Type
from rcs_provider.core.kind import MODULE, PACKAGE
from rcs_provider.core.settings import ACCOUNT, SETTINGS
from rcs_provider.objects import OBJECTS

from . import descriptions, properties
from .functions import FUNCTIONS, identifying
from .listing import query_of
from .properties import shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rcs_provider.api.client import Calls
    from rcs_provider.core.fields import Field
    from rcs_provider.core.kind import Kind

    from .functions import Function
    from .properties import Spec

KEYWORDS: Final = ("pulumi", "kaleyra", "rcs", "category/cloud", "kind/native")
"""The first are those of the Python package, the others words of Pulumi's registry."""
LICENSE: Final = "Apache-2.0"
_PLACE: Final = re.sub(r"^https?://", "", REPOSITORY) or f"example.com/pulumi-{PACKAGE}"
"""Begins the path of the Go module; without a repository it is one that nobody can have."""


def package_schema() -> Spec:
    """The whole schema, as JSON has it."""
    return {
        "name": PACKAGE,
        "displayName": "Kaleyra",
        "version": semantic(__version__),
        "description": "Kaleyra RCS agents and testers as code.",
        "keywords": list(KEYWORDS),
        "license": LICENSE,
        **({"repository": REPOSITORY} if REPOSITORY else {}),
        **({"pluginDownloadURL": PLUGIN_DOWNLOAD_URL} if PLUGIN_DOWNLOAD_URL else {}),
        "publisher": "kaleyra-rcs",
        "meta": {"moduleFormat": "(.*)", "supportPack": True},
        "language": _languages(),
        "config": {"variables": {each.key: properties.variable_of(each) for each in SETTINGS}},
        "provider": _provider(),
        "types": dict(sorted([*properties.blocks(), *_found(), *properties.enums()])),
        "resources": {kind.package_token: _resource(kind) for kind in OBJECTS},
        "functions": {each.token: _function(each) for each in FUNCTIONS},
    }


def digest(schema: Spec) -> str:
    """A digest of a schema without its version, which a test holds to the one that is committed."""
    text = json.dumps({**schema, "version": ""}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _languages() -> Spec:
    title = PACKAGE.capitalize()
    return {
        "nodejs": {"packageName": f"pulumi-{PACKAGE}", "respectSchemaVersion": True},
        "python": {
            "packageName": f"pulumi_{PACKAGE}",
            "pyproject": {"enabled": True},
            "respectSchemaVersion": True,
        },
        "go": {
            "importBasePath": f"{_PLACE}/sdk/go/{PACKAGE}",
            "generateResourceContainerTypes": True,
            "respectSchemaVersion": True,
        },
        "csharp": {"namespaces": {PACKAGE: title, MODULE: MODULE.capitalize()}, "respectSchemaVersion": True},
        "java": {"packages": {MODULE: MODULE}},
    }


def _provider() -> Spec:
    """An account of its own in a program.

    None of its settings is required here: `pulumi do` makes a provider of the environment alone, and what is missing is
    refused by the provider's own check.
    """
    stored = {
        each.key: {**properties.setting_type(each), **({"secret": True} if each.secret else {})} for each in SETTINGS
    }
    return {
        "description": "An account of Kaleyra's. It takes nothing from the environment and nothing from the stack's "
        "configuration.",
        "inputProperties": {each.key: properties.setting_of(each) for each in SETTINGS},
        "properties": stored,
        "aliases": [{"type": "pulumi:providers:pulumi-python"}],
    }


def _resource(kind: Kind[Calls]) -> Spec:
    inputs = shape(
        properties.declared(kind.table), lambda each: properties.input_of(each, kind.name), lambda each: each.required
    )
    outputs = shape(kind.table, properties.output_of, _is_always_stored)
    return {
        "description": descriptions.summary(type(kind)),
        "inputProperties": inputs["properties"],
        "requiredInputs": inputs.get("required", []),
        "properties": outputs["properties"],
        "required": outputs.get("required", []),
        "listInputs": shape(query_of(kind), properties.found_of, lambda _: True),
        "aliases": [{"type": kind.token}],
    }


def _is_always_stored(field: Field) -> bool:
    """Whether every state of a finished object holds the field; see `codec.state_of` and `check.completed`."""
    if field.role is Role.READ_ONLY:
        return field.type is Type.TEXT
    return field.name in ACCOUNT or field.required or field.default is not None or bool(field.setting)


def _function(function: Function) -> Spec:
    inputs = shape(function.args, properties.input_of, lambda each: each.required)
    outputs = shape(function.result, properties.found_of, lambda each: each.name in function.sure)
    given = {"inputs": inputs} if inputs["properties"] else {}
    return {"description": function.doc, **given, "outputs": outputs}


def _found() -> Iterator[tuple[str, Spec]]:
    """The types of objects in lists of look-ups, by token."""
    for kind in OBJECTS:
        spec = _identified(kind)
        name = properties.FOUND + properties.upper(kind.name)
        yield properties.token(name), {**spec, "description": f"{kind.one.capitalize()} as Kaleyra has it."}


def _identified(kind: Kind[Calls]) -> Spec:
    """An object that a look-up gives, of which its id is sure to be there."""
    sure = identifying(kind)
    return shape(kind.table.read, properties.found_of, lambda each: each.name in sure)
