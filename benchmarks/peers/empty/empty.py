"""A dynamic provider that makes no call: it answers at once what Kaleyra would have answered."""

from typing import Any, Final

from pulumi import Input
from pulumi.dynamic import CreateResult, Resource, ResourceProvider

ANSWERED: Final[dict[str, dict[str, Any]]] = {
    "agent": {
        "agent_number": "50237",
        "provider_agent_id": "brands/1b5d7d9c-7319-48b9-bb45-f62188273363/agents/simulated_50237_bb1c03f2_agent",
        "uuid": "bb1c03f2-ede5-40dd-8a36-238722e79f8c",
        "status": "ACTIVE",
        "integration_name": "",
        "integration_status": False,
        "verification_name": "",
        "verification_state": "",
    },
    "tester": {
        "uuid": "47cc161f-1ad7-4ddb-8ca0-6c36babb25f9",
        "override_dcs_check": False,
        "status": "",
        "test_status": "",
    },
}


class EmptyProvider(ResourceProvider):
    """Stores what is declared, and what Kaleyra would add."""

    serialize_as_secret_always = False

    def __reduce__(self) -> tuple[Any, tuple[()]]:
        return EmptyProvider, ()

    def create(self, props: dict[str, Any]) -> CreateResult:
        if "service_code" in props:
            return CreateResult(props["service_code"], {**props, **ANSWERED["agent"]})
        return CreateResult(props["phoneno"], {**props, **ANSWERED["tester"]})


class Agent(Resource):
    """An agent that exists nowhere."""

    def __init__(self, name: str, props: dict[str, Any]) -> None:
        super().__init__(EmptyProvider(), name, props)


class Tester(Resource):
    """A tester who is nowhere invited."""

    def __init__(self, name: str, props: dict[str, Input[str]]) -> None:
        super().__init__(EmptyProvider(), name, props)
