"""Settings: one table, read from the stack's configuration and the environment."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proves import proves
from samples import SID

from rcs_provider.core.errors import ConfigError, RcsError
from rcs_provider.core.settings import EXPLICIT, HOSTS, SETTINGS, Settings, load_settings

BASE = {"pod": "in", "sid": SID}
CANARY = "canary-4d2e-never-shown"


def _loaded(configured: dict[str, str] | None = None, /, **environ: str) -> Settings:
    return load_settings({**BASE, **(configured or {})}.get, environ)


def _reasons(settings: Settings) -> list[str]:
    return [each.reason for each in settings.problems]


GOOD: list[tuple[str, str, Any]] = [
    ("pod", "in", "in"),
    ("sid", "HXIN_00-1", "HXIN_00-1"),
    ("apiKey", "Aa9._~+/=-", "Aa9._~+/=-"),
    ("endpoint", "https://rcs.example", "https://rcs.example"),
    ("endpoint", "https://rcs.example:8443/", "https://rcs.example:8443"),
    ("endpoint", "HTTPS://RCS.example", "https://RCS.example"),
    ("endpoint", "http://127.0.0.1:8080", "http://127.0.0.1:8080"),
    ("endpoint", "http://localhost:8080/", "http://localhost:8080"),
    ("endpoint", "http://LOCALHOST", "http://LOCALHOST"),
    ("endpoint", "http://[::1]:8080", "http://[::1]:8080"),
    ("deletionPolicy", "retain", "retain"),
    ("onExisting", "adopt", "adopt"),
    ("connectTimeout", "0.1", 0.1),
    ("readTimeout", "90", 90.0),
    ("operationTimeout", "1", 1.0),
    ("maxRetries", "0", 0),
    ("maxRetries", "12", 12),
    ("requestsPerSecond", "0.5", 0.5),
    ("workers", "4", 4),
    ("workers", "64", 64),
    ("debug", "true", True),
    ("debug", "False", False),
]

BAD: list[tuple[str, str, str]] = [
    ("pod", "eu", "must be in or na"),
    ("pod", "IN", "must be in or na"),
    ("pod", "іn", "must be in or na"),  # noqa: RUF001 - a Cyrillic letter is the point
    ("sid", "a/b", "must be made of letters"),
    ("sid", "a b", "must be made of letters"),
    ("sid", "../x", "must be made of letters"),
    ("sid", "a\n", "must be made of letters"),
    ("apiKey", "two words", "without spaces"),
    ("apiKey", "line\nbreak", "without spaces"),
    ("apiKey", "kéy", "without spaces"),
    ("apiKey", "key\x00", "without spaces"),
    ("endpoint", "rcs.example", "must be an origin"),
    ("endpoint", "ftp://rcs.example", "must be an origin"),
    ("endpoint", "https://", "must be an origin"),
    ("endpoint", "https://user:secret@rcs.example", "must be an origin"),
    ("endpoint", "https://rcs.example/v1", "without a path"),
    ("endpoint", "https://rcs.example?x=1", "without a path"),
    ("endpoint", "https://rcs.example#x", "without a path"),
    ("endpoint", "http://rcs.example", "must begin with https://"),
    ("endpoint", "http://localhost.example", "must begin with https://"),
    ("endpoint", "http://127.0.0.1.example", "must begin with https://"),
    ("endpoint", "http://10.0.0.1", "must begin with https://"),
    ("endpoint", "http://127.0.0.1@rcs.example", "must be an origin"),
    ("endpoint", "https://rcs.example:port", ""),
    ("endpoint", "https://rcs.example:99999", ""),
    ("endpoint", "https://rcs. example", ""),
    ("endpoint", "https://rcs.example ", ""),
    ("endpoint", "https://[::1", ""),
    ("deletionPolicy", "never", "must be prevent or retain or delete"),
    ("onExisting", "take", "must be adopt_identical or adopt or error"),
    ("connectTimeout", "0", "must be a number from 0.1 to 86400"),
    ("connectTimeout", "-1", "must be a number"),
    ("readTimeout", "nan", "must be a number"),
    ("readTimeout", "inf", "must be a number"),
    ("readTimeout", "soon", "must be a number"),
    ("operationTimeout", "0.5", "must be a number from 1 to 86400"),
    ("operationTimeout", "1e400", "must be a number"),
    ("operationTimeout", "86401", "must be a number from 1 to 86400"),
    ("readTimeout", "1e12", "must be a number"),
    ("maxRetries", "-1", "must be a whole number"),
    ("maxRetries", "1.5", "must be a whole number"),
    ("maxRetries", "٣", "must be a whole number"),
    ("requestsPerSecond", "0", "must be a number"),
    ("workers", "3", "must be a whole number from 4 to 64"),
    ("workers", "65", "must be a whole number from 4 to 64"),
    ("workers", "8.5", "must be a whole number from 4 to 64"),
    ("debug", "yes", "must be true or false"),
    ("debug", "1", "must be true or false"),
]


@pytest.mark.parametrize(("key", "text", "value"), GOOD)
def test_a_setting_takes_this_text(key: str, text: str, value: Any) -> None:
    settings = _loaded({key: text})
    assert _reasons(settings) == []
    attribute = next(each.name for each in SETTINGS if each.key == key)
    assert getattr(settings, attribute) == value


@pytest.mark.parametrize(("key", "text", "why"), BAD)
def test_a_setting_refuses_this_text_and_says_what_it_must_be(key: str, text: str, why: str) -> None:
    settings = _loaded({key: text})
    assert len(settings.problems) == 1, settings
    assert _reasons(settings)[0].startswith(f"kaleyra:{key} ")
    assert why in _reasons(settings)[0]
    with pytest.raises(ConfigError):
        _ = settings.origin


@proves("E8")
@pytest.mark.parametrize("setting", [each for each in SETTINGS if each.env], ids=lambda each: each.key)
def test_the_environment_fills_what_the_configuration_leaves_out(setting: Any) -> None:
    values = {"pod": "na", "sid": "ENVSID", "apiKey": CANARY, "endpoint": "https://rcs.example"}
    configured = {name: value for name, value in BASE.items() if name != setting.key}
    settings = load_settings(configured.get, {setting.env: values[setting.key]})
    assert getattr(settings, setting.name) == values[setting.key]
    assert settings.problems == ()


@proves("E8")
@pytest.mark.parametrize(
    ("key", "env", "configured", "ambient"),
    [
        ("pod", "KALEYRA_POD", "in", "na"),
        ("sid", "KALEYRA_SID", "ONE", "TWO"),
        ("endpoint", "KALEYRA_ENDPOINT", "https://one.example", "https://two.example"),
    ],
)
def test_two_different_values_are_an_error_that_names_both(key: str, env: str, configured: str, ambient: str) -> None:
    settings = _loaded({key: configured}, **{env: ambient})
    assert _reasons(settings) == [
        f"kaleyra:{key} is {configured} and {env} is {ambient}: unset one of them, or make them agree"
    ]


@proves("E8")
def test_the_same_value_twice_is_no_contradiction() -> None:
    settings = _loaded({"endpoint": "https://rcs.example/"}, KALEYRA_ENDPOINT="https://rcs.example", KALEYRA_POD="in")
    assert settings.problems == ()


@proves("E8")
def test_the_environment_wins_for_the_key() -> None:
    assert _loaded({"apiKey": "of-the-stack"}, KALEYRA_API_KEY="of-today").key == "of-today"
    assert _loaded({"apiKey": "of-the-stack"}).key == "of-the-stack"


@pytest.mark.parametrize("empty", [{"apiKey": ""}, {"endpoint": ""}, {"debug": ""}])
def test_an_empty_text_is_as_good_as_none(empty: dict[str, str]) -> None:
    assert _loaded(empty) == _loaded()
    assert load_settings({**BASE}.get, {"KALEYRA_SID": "", "KALEYRA_API_KEY": "", "KALEYRA_POD": ""}) == _loaded()


@proves("A14")
def test_an_explicit_account_takes_nothing_from_the_environment() -> None:
    environ = {
        "KALEYRA_POD": "na",
        "KALEYRA_SID": "OTHER",
        "KALEYRA_API_KEY": CANARY,
        "KALEYRA_ENDPOINT": "https://x.example",
    }
    settings = load_settings({**BASE, EXPLICIT: "true"}.get, environ)
    assert settings == Settings(pod="in", sid=BASE["sid"], explicit=True)
    assert settings.api_key is None
    with pytest.raises(ConfigError, match="the explicit provider has no api_key"):
        _ = settings.key


@proves("E8")
@pytest.mark.parametrize(
    ("configured", "words"),
    [
        ({"sid": "S"}, "kaleyra:pod is not set: run `pulumi config set kaleyra:pod in (or na)`, or set KALEYRA_POD"),
        ({"pod": "in"}, "kaleyra:sid is not set: run `pulumi config set kaleyra:sid YOUR_SID`, or set KALEYRA_SID"),
    ],
)
def test_a_missing_setting_names_the_command_that_sets_it(configured: dict[str, str], words: str) -> None:
    assert _reasons(load_settings(configured.get, {})) == [words]


def test_all_that_is_wrong_with_the_settings_is_told_at_once() -> None:
    settings = load_settings({"pod": "eu", "maxRetries": "many"}.get, {})
    assert len(settings.problems) == 3
    with pytest.raises(
        ConfigError, match=r"kaleyra:pod must be.*; kaleyra:maxRetries must be.*; kaleyra:sid is not set"
    ):
        settings.require_sound()


def test_each_mistake_names_the_setting_that_it_is_in() -> None:
    settings = load_settings({"pod": "in", "maxRetries": "many"}.get, {"KALEYRA_POD": "na", "KALEYRA_API_KEY": "a b"})
    assert [each.setting for each in settings.problems] == ["pod", "apiKey", "maxRetries", "sid"]


def test_a_malformed_pod_is_not_called_missing_as_well() -> None:
    assert _reasons(load_settings({"pod": "eu", "sid": "S"}.get, {})) == ["kaleyra:pod must be in or na"]


def test_a_missing_key_names_the_command_and_matters_only_to_a_call() -> None:
    settings = _loaded()
    assert settings.origin == "https://rcs-api.in.kaleyra.io"
    with pytest.raises(
        ConfigError, match=r"kaleyra:apiKey is not set.*pulumi config set --secret kaleyra:apiKey.*KALEYRA_API_KEY"
    ):
        _ = settings.key


def test_each_pod_has_its_own_host_and_none_is_of_the_older_domain() -> None:
    assert dict(HOSTS) == {"in": "https://rcs-api.in.kaleyra.io", "na": "https://rcs-api.na.kaleyra.io"}
    assert load_settings({**BASE, "pod": "na"}.get, {}).origin == HOSTS["na"]


def test_an_endpoint_takes_the_place_of_the_pods_host() -> None:
    assert _loaded({"endpoint": "http://127.0.0.1:9"}).origin == "http://127.0.0.1:9"


@proves("E9")
def test_the_key_is_in_no_representation_and_in_no_comparison() -> None:
    settings = _loaded({"apiKey": CANARY})
    assert CANARY not in repr(settings)
    assert CANARY not in str(settings)
    assert settings == _loaded()
    assert settings.key == CANARY


@proves("E9")
@pytest.mark.parametrize("wrong", [f"{CANARY} ", f"{CANARY}\n", f"{CANARY}\x00", f"é{CANARY}"])
@pytest.mark.parametrize("place", ["configuration", "environment"])
def test_a_malformed_key_is_not_shown_in_what_is_said_of_it(wrong: str, place: str) -> None:
    settings = _loaded({"apiKey": wrong}) if place == "configuration" else _loaded(KALEYRA_API_KEY=wrong)
    assert _reasons(settings)[0].startswith("kaleyra:apiKey " if place == "configuration" else "KALEYRA_API_KEY ")
    assert CANARY not in repr(settings)


@given(st.dictionaries(st.sampled_from([each.key for each in SETTINGS]), st.text(max_size=20)), st.text(max_size=20))
def test_reading_the_settings_never_raises(configured: dict[str, str], ambient: str) -> None:
    settings = load_settings(configured.get, {each.env: ambient for each in SETTINGS if each.env})
    try:
        settings.require_sound()
    except RcsError:
        return
    assert settings.origin.startswith(("https://", "http://"))


def test_every_setting_is_an_attribute_of_the_settings_with_the_same_default() -> None:
    defaults = Settings()
    assert {each.name: each.default for each in SETTINGS} == {
        each.name: getattr(defaults, each.name) for each in SETTINGS
    }


def test_every_setting_is_described_and_only_the_key_is_secret() -> None:
    assert all(each.doc.endswith(".") for each in SETTINGS)
    assert [each.key for each in SETTINGS if each.secret] == ["apiKey"]
    assert {each.key: each.unit for each in SETTINGS if each.unit} == {
        "connectTimeout": "seconds", "readTimeout": "seconds", "operationTimeout": "seconds",
    }  # fmt: skip
    assert {each.env for each in SETTINGS} == {
        "", "KALEYRA_POD", "KALEYRA_SID", "KALEYRA_API_KEY", "KALEYRA_ENDPOINT",
    }  # fmt: skip


def test_the_command_that_sets_a_secret_says_so() -> None:
    commands = {each.key: each.command for each in SETTINGS}
    assert commands["apiKey"] == "pulumi config set --secret kaleyra:apiKey"
    assert commands["pod"] == "pulumi config set kaleyra:pod"
    assert {each.key: each.name for each in SETTINGS}["requestsPerSecond"] == "requests_per_second"
