"""Settings: one table, read from the stack's configuration and the environment."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, get_args
from urllib.parse import urlsplit

from .errors import ConfigError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HOSTS: Final[Mapping[str, str]] = {
    "in": "https://rcs-api.in.kaleyra.io",
    "na": "https://rcs-api.na.kaleyra.io",
}
"""Origin of each pod. An older page gives the na pod a host under .ai; the key is never sent there unasked."""

DeletionPolicy = Literal["prevent", "retain", "delete"]
OnExisting = Literal["adopt_identical", "adopt", "error"]
DELETION_POLICIES: Final[tuple[str, ...]] = get_args(DeletionPolicy)
ON_EXISTING: Final[tuple[str, ...]] = get_args(OnExisting)
NAMESPACE: Final = "rcs"
"""The namespace of the keys in a stack's configuration."""
_HOST_AND_PORT: Final = r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(:(?P<port>[0-9]{1,5}))?"
_LAST_PORT: Final = 65535
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


def config_key(key: str) -> str:
    """A key with its namespace, as a stack's configuration has it: `rcs:pod`."""
    return f"{NAMESPACE}:{key}"


@dataclass(frozen=True)
class Setting:
    """One setting.

    Attributes:
        key: in the namespace `rcs`, as `pulumi config set rcs:KEY` takes it.
        doc: one sentence.
        parse: gives the value of a text, or raises ValueError saying what the text must be.
        default: where neither configuration nor environment has it.
        env: name of the environment variable that may give it, or nothing.
        unit: of the value.
        secret: it is never shown.
    """

    key: str
    doc: str
    parse: Callable[[str], Any]
    default: Any = None
    env: str = ""
    unit: str = ""
    secret: bool = False

    @property
    def attribute(self) -> str:
        """Name of the attribute of `Settings`, and of the argument of `Provider`."""
        return re.sub(r"([A-Z])", r"_\1", self.key).lower()

    @property
    def config_key(self) -> str:
        """Its key with the namespace: `rcs:apiKey`."""
        return config_key(self.key)

    @property
    def command(self) -> str:
        """The command that sets it."""
        return f"pulumi config set {'--secret ' if self.secret else ''}{self.config_key}"


def _one_of(*values: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in values:
            raise ValueError("must be " + " or ".join(values))
        return value

    return parse


_DAY: Final = 86400


def _number(least: float) -> Callable[[str], float]:
    def parse(value: str) -> float:
        try:
            found = float(value)
        except ValueError:
            found = float("nan")
        if not least <= found <= _DAY:
            raise ValueError(f"must be a number from {least:g} to {_DAY}")
        return found

    return parse


def _whole(value: str) -> int:
    if not value.isascii() or not value.isdigit():
        raise ValueError("must be a whole number, 0 or more")
    return int(value)


def _between(least: int, most: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(value)

    return parse


def _truth(value: str) -> bool:
    if value.lower() not in ("true", "false"):
        raise ValueError("must be true or false")
    return value.lower() == "true"


def _word(value: str) -> str:
    # It becomes a path segment or a header: nothing that could end either.
    if not re.fullmatch(r"[A-Za-z0-9._~+/=-]+", value):
        raise ValueError("must be made of letters, digits and . _ ~ + / = - only, without spaces")
    return value


def _sid(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]+", value):
        raise ValueError("must be made of letters, digits, - and _ only")
    return value


def _origin(value: str) -> str:
    parts = urlsplit(value)
    host = re.fullmatch(_HOST_AND_PORT, parts.netloc)
    if parts.scheme not in ("http", "https") or host is None or int(host["port"] or 0) > _LAST_PORT:
        raise ValueError("must be an origin such as https://host:port")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("must be an origin without a path")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError("must begin with https:// (plain http is for loopback addresses only)")
    return f"{parts.scheme}://{parts.netloc}"


SETTINGS: Final = (
    Setting("pod", "The pod that the account lives in.", _one_of(*HOSTS), env="KALEYRA_POD"),
    Setting("sid", "The account's SID.", _sid, env="KALEYRA_SID"),
    Setting("apiKey", "An api-key of the account.", _word, env="KALEYRA_API_KEY", secret=True),
    Setting("endpoint", "Origin to use instead of the pod's own.", _origin, env="KALEYRA_ENDPOINT"),
    Setting("deletionPolicy", "What deleting an agent means where the agent does not say.",
            _one_of(*DELETION_POLICIES), "prevent"),
    Setting("onExisting", "What creating means where the agent or the tester exists already.",
            _one_of(*ON_EXISTING), "adopt_identical"),
    Setting("connectTimeout", "How long to wait for a connection.", _number(0.1), 10.0, unit="seconds"),
    Setting("readTimeout", "How long to wait for the next part of an answer.", _number(0.1), 60.0, unit="seconds"),
    Setting("operationTimeout", "How long one operation on one resource may take, repeats included.",
            _number(1), 300.0, unit="seconds"),
    Setting("maxRetries", "How often a call that changes nothing is repeated.", _whole, 5),
    Setting("requestsPerSecond", "Calls per second at the most, of one provider process.", _number(0.1), 20.0),
    Setting("workers", "How many resources one provider process works on at once, as far as `--parallel` lets it.",
            _between(4, 64), 16),
    Setting("probe", "Whether one call asks first whether key, SID and pod fit; a preview then needs the key.",
            _truth, False),
    Setting("debug", "Whether each call is written to the diagnostics, with key, SID and phone numbers masked.",
            _truth, False),
)  # fmt: skip
"""All settings, in the order in which the documentation lists them."""

ACCOUNT: Final = ("pod", "sid")
"""The settings that are stored with each agent and tester; `check` writes them, never a user."""


@dataclass(frozen=True)
class Settings:
    """The settings of one account, and what is wrong with them.

    Attributes are named as in `SETTINGS`, in snake_case; those without a value are None. `explicit` tells that they are
    those of a provider which the program made.
    The api-key is kept out of `repr` and equality, and is handed out by `key` alone; `key_origin` says where it came
    from.
    """

    pod: str | None = None
    sid: str | None = None
    endpoint: str | None = None
    deletion_policy: str = "prevent"
    on_existing: str = "adopt_identical"
    connect_timeout: float = 10.0
    read_timeout: float = 60.0
    operation_timeout: float = 300.0
    max_retries: int = 5
    requests_per_second: float = 20.0
    workers: int = 16
    probe: bool = False
    debug: bool = False
    explicit: bool = False
    problems: tuple[Problem, ...] = ()
    api_key: str | None = field(default=None, repr=False, compare=False)
    key_origin: str = field(default="the program", compare=False)

    @property
    def origin(self) -> str:
        """Scheme, host and port that calls go to.

        Raises:
            ConfigError: the settings have problems.
        """
        self.require_sound()
        return self.endpoint or HOSTS[self.pod or ""]

    @property
    def account(self) -> str:
        """What tells one account from another."""
        return f"{self.pod}/{self.sid}"

    @property
    def key(self) -> str:
        """The api-key, which only a call needs.

        Raises:
            ConfigError: there is none.
        """
        if self.api_key is None and self.explicit:
            raise ConfigError("the explicit provider has no api_key", "Give it one: a call needs it.")
        if self.api_key is None:
            raise ConfigError(
                "rcs:apiKey is not set", "Run `pulumi config set --secret rcs:apiKey`, or set KALEYRA_API_KEY."
            )
        return self.api_key

    def require_sound(self) -> None:
        """Raises ConfigError, with all problems on one line, where there are any."""
        if self.problems:
            raise ConfigError("; ".join(each.reason for each in self.problems))


EXPLICIT: Final = "explicit"
"""The key by which a provider that a program made itself tells that the environment is not for it."""


def load_settings(get: Callable[[str], str | None], environ: Mapping[str, str]) -> Settings:
    """Reads the settings; never raises, as a missing one matters only to whoever needs it.

    Args:
        get: gives the configured text of a key of the namespace, or None.
        environ: the environment; ignored where the configuration says that it belongs to an explicit provider.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    explicit = bool(get(EXPLICIT))
    environ = {} if explicit else environ
    for setting in SETTINGS:
        try:
            values[setting.attribute] = _value(setting, get(setting.key), environ.get(setting.env) or None)
        except ValueError as error:
            problems.append(Problem("", str(error), setting=setting.key))
    problems += [_missing(each) for each in SETTINGS[:2] if each.attribute in values and not values[each.attribute]]
    origin = _key_origin(get, environ, explicit=explicit)
    return Settings(**values, explicit=explicit, problems=tuple(problems), key_origin=origin)


def _key_origin(get: Callable[[str], str | None], environ: Mapping[str, str], *, explicit: bool) -> str:
    if explicit:
        return "the explicit provider"
    if environ.get("KALEYRA_API_KEY"):
        return "KALEYRA_API_KEY" + (", which wins over rcs:apiKey" if get("apiKey") else "")
    return "rcs:apiKey"


def _value(setting: Setting, configured: str | None, environment: str | None) -> Any:
    if setting.secret:
        # A refresh or destroy without the program sees the key of the last `up`; the environment is always of today.
        return _parsed(setting, environment, setting.env) or _parsed(setting, configured, setting.config_key)
    given = _parsed(setting, configured, setting.config_key)
    ambient = _parsed(setting, environment, setting.env)
    if given is not None and ambient is not None and given != ambient:
        raise ValueError(
            f"{setting.config_key} is {given} and {setting.env} is {ambient}: unset one of them, or make them agree"
        )
    found = given if given is not None else ambient
    return setting.default if found is None else found


def _parsed(setting: Setting, value: str | None, origin: str) -> Any:
    if value is None or value == "":
        return None
    try:
        return setting.parse(value)
    except ValueError as error:
        raise ValueError(f"{origin} {error}") from None


def _missing(setting: Setting) -> Problem:
    example = {"pod": "in (or na)", "sid": "YOUR_SID"}[setting.key]
    todo = f"run `{setting.command} {example}`, or set {setting.env}"
    return Problem("", f"{setting.config_key} is not set: {todo}", setting=setting.key)
