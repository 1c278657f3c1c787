"""Single checks of the doctor, for versions and proxies that no test machine has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from proves import proves
from rcs_program import fake_pulumi

from rcs_provider.api.transport import proxy_for
from rcs_provider.cli import doctor_checks as checks
from rcs_provider.cli import pulumi_cli
from rcs_provider.cli.doctor_checks import Verdict

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("version", "verdict"), [((3, 9, 18), Verdict.PROBLEM), ((3, 10, 0), Verdict.OK), ((3, 14, 0), Verdict.OK)]
)
def test_python_3_10_is_the_oldest(version: tuple[int, ...], verdict: Verdict) -> None:
    assert checks.python(version).verdict is verdict


@pytest.mark.parametrize(
    ("cli_version", "verdict"),
    [((99, 0, 0), Verdict.PROBLEM), ((3, 1, 0), Verdict.WARNING), ((3, 9999, 0), Verdict.OK)],
    ids=["other-major", "older", "newer"],
)
def test_the_sdk_may_be_older_than_the_cli_and_not_newer(cli_version: tuple[int, ...], verdict: Verdict) -> None:
    assert checks.sdk(cli_version).verdict is verdict


@pytest.mark.parametrize(
    ("built", "told"),
    [
        (b"\x00mod\tgithub.com/pulumi/pulumi/sdk/v3\tv3.76.0\th1:x\n", ["of 3.76.0, older than the CLI"]),
        (b"\x00dep\tgithub.com/pulumi/pulumi/sdk/v3\tv3.258.0\n=>\t../../../\t(devel)\n", []),
        (b"a script", []),
        (None, []),
    ],
    ids=["old", "release", "unknown", "missing"],
)
def test_a_language_host_that_is_older_than_the_cli_is_a_warning(
    built: bytes | None, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", fake_pulumi(tmp_path / "bin"))
    if built is not None:
        (tmp_path / "bin" / "pulumi-language-python").write_bytes(built)
    found = list(checks.host((3, 259, 0), pulumi_cli.language_host()))
    assert [each.text.partition(":")[0] for each in found] == told
    assert all(each.verdict is Verdict.WARNING and "install a release" in each.todo for each in found)


@pytest.mark.parametrize(
    ("variables", "origin", "proxy"),
    [
        ({}, "https://rcs-api.in.kaleyra.io", None),
        (
            {"HTTPS_PROXY": "http://user:secret@proxy.example:3128"},
            "https://rcs-api.in.kaleyra.io",
            "proxy.example:3128",
        ),
        ({"https_proxy": "proxy.example:3128"}, "https://rcs-api.in.kaleyra.io", "proxy.example:3128"),
        ({"HTTPS_PROXY": "http://p.example", "NO_PROXY": ".kaleyra.io"}, "https://rcs-api.in.kaleyra.io", None),
        ({"HTTPS_PROXY": "http://p.example"}, "http://127.0.0.1:9", None),
        ({"ALL_PROXY": "http://p.example"}, "http://127.0.0.1:9", "p.example"),
    ],
    ids=["none", "password", "bare", "no-proxy", "other-scheme", "all"],
)
def test_the_proxy_is_the_one_that_calls_take_without_its_password(
    variables: dict[str, str], origin: str, proxy: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(origin) == proxy
    assert "secret" not in checks.way(origin).text


@proves("E24")
@pytest.mark.parametrize(
    ("variables", "verdict"),
    [
        ({}, None),
        ({"no_proxy": "kaleyra.io"}, None),
        ({"https_proxy": "http://p.example"}, Verdict.PROBLEM),
        ({"http_proxy": "http://p.example", "NO_PROXY": "127.0.0.1"}, Verdict.PROBLEM),
        ({"https_proxy": "http://p.example", "no_proxy": "kaleyra.io, 127.0.0.1"}, None),
        ({"https_proxy": "http://p.example", "no_proxy": "127.0.0.0/8"}, None),
        ({"HTTPS_PROXY": "http://p.example"}, Verdict.WARNING),
        ({"ALL_PROXY": "http://p.example", "NO_PROXY": "localhost"}, Verdict.WARNING),
        ({"HTTPS_PROXY": "http://p.example", "NO_PROXY": "localhost,127.0.0.1"}, None),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, dict) else str(given),
)
def test_a_proxy_without_loopback_in_no_proxy_is_told_as_pulumis_own_processes_need_it(
    variables: dict[str, str], verdict: Verdict | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    found = list(checks.loopback())
    assert [each.verdict for each in found] == ([] if verdict is None else [verdict])
    assert all("Pulumi's own processes" in each.text and "127.0.0.1" in each.todo for each in found)
