"""The settings, each declared once as a field of `Settings`, and how configuration and environment give them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, get_args

from . import parse
from .errors import ConfigError, Problem
from .names import camel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

HOSTS: Final[Mapping[str, str]] = {
    "in": "https://rcs-api.in.kaleyra.io",
    "na": "https://rcs-api.na.kaleyra.io",
}
"""Origin of each pod. An older page gives the na pod a host under .ai; the key is never sent there unasked."""

DeletionPolicy = Literal["prevent", "retain", "delete"]
OnExisting = Literal["adopt_identical", "adopt", "error"]
DELETION_POLICIES: Final[tuple[str, ...]] = get_args(DeletionPolicy)
ON_EXISTING: Final[tuple[str, ...]] = get_args(OnExisting)

NAMESPACE: Final = "kaleyra"
"""The namespace of the settings in a stack's configuration: a plugin reads that of its package only."""
EXPLICIT: Final = "explicit"
"""The key by which a provider that a program made itself tells that the environment is not for it."""


def config_key(key: str) -> str:
    """The key of a setting with its namespace, as a stack's configuration has it: `kaleyra:pod`."""
    return f"{NAMESPACE}:{key}"


@dataclass(frozen=True)
class Setting:
    """Everything that is known of one setting.

    Attributes:
        doc: one sentence.
        parse: gives the value of a text, or raises ValueError saying what the text must be.
        name: of the attribute of `Settings`, and of the argument of `Provider`; set by `SETTINGS`.
        default: the value if neither configuration nor environment gives one; set by `SETTINGS`.
        env: name of the environment variable that may give it, or nothing.
        unit: of the value.
        secret: it is never shown.
        account: it tells one account from another, so it must be set, and is stored with each agent and tester.
        example: of an account's setting: a value for the command that sets it.
    """

    doc: str
    parse: Callable[[str], Any]
    name: str = ""
    default: Any = None
    env: str = ""
    unit: str = ""
    secret: bool = False
    account: bool = False
    example: str = ""

    @property
    def key(self) -> str:
        """Its key in a stack's configuration, without the namespace: `apiKey`."""
        return camel(self.name)

    @property
    def config_key(self) -> str:
        """Its key with the namespace: `kaleyra:apiKey`."""
        return config_key(self.key)

    @property
    def choices(self) -> tuple[str, ...]:
        """The only values that it may have; none where it is not chosen from a list."""
        return self.parse.values if isinstance(self.parse, parse.OneOf) else ()

    @property
    def command(self) -> str:
        """The command that sets it."""
        return f"pulumi config set {'--secret ' if self.secret else ''}{self.config_key}"


def setting(doc: str, parse: Callable[[str], T], *, default: T, secret: bool = False, **more: Any) -> T:
    """Declares a field of `Settings` that is a setting; `more` are attributes of `Setting`.

    A secret one is kept out of `repr` and equality.
    """
    record = Setting(doc, parse, secret=secret, **more)
    return field(default=default, repr=not secret, compare=not secret, metadata={"setting": record})


@dataclass(frozen=True)
class Settings:
    """The settings of one account, and what is wrong with them.

    Attributes:
        explicit: they are those of a provider which the program made.
        problems: all that is wrong with them.
        key_origin: where the api-key came from.
    """

    pod: str | None = setting(
        "The pod that the account lives in.",
        parse.one_of(*HOSTS),
        default=None,
        env="KALEYRA_POD",
        account=True,
        example="in (or na)",
    )
    sid: str | None = setting(
        "The account's SID.", parse.sid, default=None, env="KALEYRA_SID", account=True, example="YOUR_SID"
    )
    api_key: str | None = setting(
        "An api-key of the account.", parse.word, default=None, env="KALEYRA_API_KEY", secret=True
    )
    endpoint: str | None = setting(
        "Origin to use instead of the pod's own.", parse.origin, default=None, env="KALEYRA_ENDPOINT"
    )
    deletion_policy: str = setting(
        "What deleting an agent means where the agent does not say.",
        parse.one_of(*DELETION_POLICIES),
        default="prevent",
    )
    on_existing: str = setting(
        "What creating means where the agent or the tester exists already.",
        parse.one_of(*ON_EXISTING),
        default="adopt_identical",
    )
    connect_timeout: float = setting(
        "How long to wait for a connection.", parse.number(0.1), default=10.0, unit="seconds"
    )
    read_timeout: float = setting(
        "How long to wait for the next part of an answer.", parse.number(0.1), default=60.0, unit="seconds"
    )
    operation_timeout: float = setting(
        "How long one operation on one resource may take, repeats included.",
        parse.number(1),
        default=300.0,
        unit="seconds",
    )
    max_retries: int = setting("How often a call that changes nothing is repeated.", parse.whole, default=5)
    requests_per_second: float = setting(
        "Calls per second at the most, of one provider process.", parse.number(0.1), default=20.0
    )
    workers: int = setting(
        "How many resources one provider process works on at once, as far as `--parallel` lets it.",
        parse.between(4, 64),
        default=16,
    )
    probe: bool = setting(
        "Whether one call asks first whether key, SID and pod fit; a preview then needs the key.",
        parse.truth,
        default=False,
    )
    debug: bool = setting(
        "Whether each call is written to the diagnostics, with key, SID and phone numbers masked.",
        parse.truth,
        default=False,
    )
    explicit: bool = False
    problems: tuple[Problem, ...] = ()
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
            raise ConfigError(f"{API_KEY.config_key} is not set", f"Run `{API_KEY.command}`, or set {API_KEY.env}.")
        return self.api_key

    def require_sound(self) -> None:
        """Raises ConfigError, with all problems on one line, where there are any."""
        if self.problems:
            raise ConfigError("; ".join(each.reason for each in self.problems))


SETTINGS: Final[tuple[Setting, ...]] = tuple(
    replace(each.metadata["setting"], name=each.name, default=each.default)
    for each in fields(Settings)
    if each.metadata
)
"""All settings, in the order in which they are declared and the documentation lists them."""
ACCOUNT: Final = tuple(each.name for each in SETTINGS if each.account)
"""The settings that are stored with each agent and tester; `check` writes them, never a user."""
API_KEY: Final = next(each for each in SETTINGS if each.secret)
"""The one secret."""
FACES: Final = ("dynamic", "plugin")
"""What can serve the resources of a Python program: Python's dynamic providers, or the provider plugin."""
FACE: Final = Setting(
    "What serves the agents and testers of a Python program.", parse.one_of(*FACES), name="face", default=FACES[0]
)
"""A setting of a stack, which its program reads. It belongs to no account, so it is none of `SETTINGS`."""
PLUGIN: Final = FACES[1]


def spelt(value: Any) -> str:
    """A value that a program gives a setting, as the text that a stack's configuration would have."""
    if isinstance(value, float) and value.is_integer():  # a number from another resource is a float
        return str(int(value))
    return str(value).lower() if isinstance(value, bool) else str(value)


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
    for each in SETTINGS:
        try:
            values[each.name] = _value(each, get(each.key), environ.get(each.env) or None)
        except ValueError as error:
            problems.append(Problem("", str(error), setting=each.key))
    problems += [
        _missing(each, explicit=explicit) for each in SETTINGS if each.account and values.get(each.name, "") is None
    ]
    key_origin = _key_origin(get, environ, explicit=explicit)
    return Settings(**values, explicit=explicit, problems=tuple(problems), key_origin=key_origin)


def _key_origin(get: Callable[[str], str | None], environ: Mapping[str, str], *, explicit: bool) -> str:
    if explicit:
        return "the explicit provider"
    if environ.get(API_KEY.env):
        return API_KEY.env + (f", which wins over {API_KEY.config_key}" if get(API_KEY.key) else "")
    return API_KEY.config_key


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


def _missing(setting: Setting, *, explicit: bool) -> Problem:
    if explicit:
        return Problem("", f"the explicit provider has no {setting.name}: give it one", setting=setting.key)
    todo = f"run `{setting.command} {setting.example}`, or set {setting.env}"
    return Problem("", f"{setting.config_key} is not set: {todo}", setting=setting.key)
