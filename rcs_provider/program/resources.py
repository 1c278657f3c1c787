"""The base class of all resources."""

from __future__ import annotations

from inspect import get_annotations
from typing import TYPE_CHECKING, Any, ClassVar

import pulumi
from pulumi.dynamic import Resource

from rcs_provider.core.names import snake

from . import face, stack_config
from .values import copied

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pulumi import Input, ResourceOptions
    from typing_extensions import Self

    from rcs_provider.core.kind import Kind


class RcsResource(Resource):
    """Base of the resources: adds to the inputs what makes every output an attribute."""

    object_kind: ClassVar[Kind[Any]]
    _outputs: ClassVar[Mapping[str, None]]
    _face: face.Face = face.DYNAMIC

    def __init_subclass__(cls, *, kind: Kind[Any]) -> None:
        super().__init_subclass__(module="rcs", name=kind.token.rpartition(":")[2])  # pyright: ignore[reportUnknownMemberType]
        cls.object_kind = kind
        declared = get_annotations(cls)
        # A key without a value is how the SDK learns that there is an output of that name.
        cls._outputs = {each.name: None for each in kind.table if each.name in declared}
        missing = {each.name for each in kind.table} - set(cls._outputs) - set(vars(cls))
        if missing:
            raise TypeError(f"{cls.__name__} declares no output for {sorted(missing)}")

    def __init__(self, resource_name: str, inputs: Mapping[str, Any], opts: ResourceOptions | None = None) -> None:
        self._declare(resource_name, inputs, opts)

    def _declare(self, resource_name: str, inputs: Mapping[str, Any], opts: ResourceOptions | None) -> None:
        """Registers the resource.

        The constructor that calls this is the one whose caller the engine takes for the place of the declaration: a
        line of the program.
        """
        stack_config.check()
        self._face = face.in_force()
        self._face.register(self, self.object_kind, resource_name, {**self._outputs, **copied(inputs)}, opts)

    def translate_input_property(self, prop: str) -> str:
        """A property's name as the engine has it."""
        return self._face.translated(prop)

    def translate_output_property(self, prop: str) -> str:
        """A property's name as programs have it."""
        return snake(prop) if self._face is face.PLUGIN else prop

    @classmethod
    def _looked_up(cls, resource_name: str, id_: Input[str], opts: ResourceOptions | None) -> Self:
        found = cls.__new__(cls)
        RcsResource.__init__(
            found, resource_name, {}, pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id_))
        )
        return found


def class_of(kind: Kind[Any]) -> Callable[..., RcsResource]:
    """A resource class of a kind, made from its table: for kinds without a class of their own."""
    outputs = {each.name: pulumi.Output[Any] for each in kind.table}
    return type(kind.token.rpartition(":")[2], (RcsResource,), {"__annotations__": outputs}, kind=kind)
