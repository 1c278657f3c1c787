"""A dynamic provider that makes no call."""

from typing import Any

from pulumi import Input
from pulumi.dynamic import CreateResult, Resource, ResourceProvider


class EmptyProvider(ResourceProvider):
    """Stores what is declared."""

    serialize_as_secret_always = False

    def __reduce__(self) -> tuple[Any, tuple[()]]:
        return EmptyProvider, ()

    def create(self, props: dict[str, Any]) -> CreateResult:
        return CreateResult(props.get("service_code") or props["phoneno"], props)


class Agent(Resource):
    """An agent that exists nowhere."""

    def __init__(self, name: str, props: dict[str, Any]) -> None:
        super().__init__(EmptyProvider(), name, props)


class Tester(Resource):
    """A tester who is nowhere invited."""

    def __init__(self, name: str, props: dict[str, Input[str]]) -> None:
        super().__init__(EmptyProvider(), name, props)
