"""The rules by name: under which options they hold, and how strictly where nothing is configured."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.settings import DELETION_POLICIES, config_key

from .declared import AGENT, AGENT_FIELDS, TESTER, Declared
from .rules import (
    addresses_are_https,
    agents_are_kept,
    names_match,
    no_test_numbers,
    policies_are_set,
    testers_are_few,
    values_are_allowed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from .rules import Finding


LEVELS: Final = ("mandatory", "advisory", "disabled")
"""How strict a policy can be: it stops the run, it warns, or it does nothing."""
LEVEL: Final = "enforcementLevel"
"""Where a configuration holds the level, beside the options."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule.

    Attributes:
        name: of the policy, by which a pack's configuration sets its options and its level.
        description: one sentence with a full stop.
        level: one of `LEVELS`, where no configuration says otherwise.
        about: kind of the resources that `check` is given one at a time; None gives it all that the run leaves.
        options: JSON Schema of each option, with its default.
        check: yields what is wrong with the resources under the options, all of which are set.
    """

    name: str
    description: str
    level: str
    about: str | None
    check: Callable[[Sequence[Declared], Mapping[str, Any]], Iterator[Finding]]
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, "Mapping[str, Any]"])

    @property
    def defaults(self) -> dict[str, Any]:
        """The options that hold where nothing is configured."""
        return {name: schema["default"] for name, schema in self.options.items()}

    def require(self, option: str) -> None:
        """Raises ValueError where the rule has no such option, as a misspelt one would quietly do nothing."""
        if option not in self.options:
            raise ValueError(f"{self.name}: there is no option {option}; the options are: {', '.join(self.options)}")


def _texts(doc: str, default: Sequence[str] = (), **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", **more}, "default": list(default), "description": doc}


def _pattern(doc: str) -> dict[str, Any]:
    return {"type": "string", "format": "regex", "default": "", "description": doc}


RULES: Final = (
    Rule(
        name="rcs-agents-are-kept",
        description="An agent cannot be deleted or replaced unless its name is on a list.",
        level="mandatory",
        about=AGENT,
        check=agents_are_kept,
        options={
            "deletable": _texts("Names of agents that any run may delete or replace; * stands for anything."),
            "retainable": _texts("Names of agents that may have the policy retain, which forgets them."),
        },
    ),
    Rule(
        name="rcs-deletion-policy-is-set",
        description="What deleting an agent means is decided, not left to the default.",
        level="advisory",
        about=AGENT,
        check=policies_are_set,
        options={
            "policies": _texts(
                f"What {config_key('deletionPolicy')} may be.", DELETION_POLICIES, enum=list(DELETION_POLICIES)
            )
        },
    ),
    Rule(
        name="rcs-addresses-are-https",
        description="Every address of an agent is https.",
        level="mandatory",
        about=AGENT,
        check=addresses_are_https,
        options={"exceptHosts": _texts("Host names that may be named without https; * stands for anything.")},
    ),
    Rule(
        name="rcs-testers-per-agent",
        description="A stack does not declare more testers for one agent than allowed.",
        level="mandatory",
        about=None,
        check=testers_are_few,
        options={
            "most": {"type": "integer", "minimum": 0, "default": 20, "description": "Testers of one agent in a stack."}
        },
    ),
    Rule(
        name="rcs-names-match",
        description="Names and codes of agents follow the team's patterns.",
        level="mandatory",
        about=AGENT,
        check=names_match,
        options={
            "displayName": _pattern("Regular expression of a whole display_name; empty allows all."),
            "serviceCode": _pattern("Regular expression of a whole service_code; empty allows all."),
        },
    ),
    Rule(
        name="rcs-allowed-values",
        description="Agents are hosted and billed as the team allows.",
        level="mandatory",
        about=AGENT,
        check=values_are_allowed,
        options={
            "hostingRegions": _texts(
                "What hosting_region may be; empty allows all.", enum=list(AGENT_FIELDS["hosting_region"].choices)
            ),
            "billingCategories": _texts("What billing_category may be, in any spelling; empty allows all."),
        },
    ),
    Rule(
        name="rcs-no-test-numbers",
        description="Stacks of production hold no test numbers.",
        level="disabled",
        about=TESTER,
        check=no_test_numbers,
        options={
            "stacks": _texts("Names of the stacks of production; * stands for anything.", ["prod*"]),
            "numbers": _texts("Digits of test numbers with country code; * stands for anything.", ["*"]),
        },
    ),
)
"""Every rule, in the order in which the documentation tells of them."""


def configured(config: Mapping[str, str | Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """A configuration in which each policy that it names has its level, and nothing is misspelt.

    Args:
        config: by the name of a policy its level, or its options with the level as `enforcementLevel`: what a file for
            `--policy-pack-config` holds.

    Returns:
        By the name of each policy that is configured its level, as `enforcementLevel`, beside its options.

    Raises:
        ValueError: naming a policy, a level or an option that does not exist.
    """
    return {name: _configured(name, given) for name, given in config.items()}


def _configured(name: str, given: str | Mapping[str, Any]) -> dict[str, Any]:
    rule = next((each for each in RULES if each.name == name), None)
    if rule is None:
        raise ValueError(f"there is no policy {name}; the policies are: {', '.join(each.name for each in RULES)}")
    options = {LEVEL: given} if isinstance(given, str) else given
    for option in options:
        if option != LEVEL:
            rule.require(option)
    if options.get(LEVEL, rule.level) not in LEVELS:
        raise ValueError(f"{name}: {LEVEL} must be one of {', '.join(LEVELS)}")
    return {LEVEL: rule.level, **options}
