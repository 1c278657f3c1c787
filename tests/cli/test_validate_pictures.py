"""`kaleyra-rcs validate --pictures`: what is fetched, what is found, and that it ends."""

from __future__ import annotations

import ipaddress
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest
import yaml
from picture_host import PictureHost
from proves import proves
from rcs_program import PROGRAM, ROOT, environment, run
from servers import RawServer, answering
from stack_files import AGENT, GOOD

from rcs_provider.pictures.fetch import Fetcher
from rcs_simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from rcs_program import Done


@pytest.fixture
def host() -> Iterator[PictureHost]:
    with PictureHost() as running:
        yield running


def agents(logos: Mapping[str, str], base: str) -> str:
    """A stack file with an agent for each logo; all else of them is in order, and answered by the host."""
    text = "config:\n  rcs:agents:\n"
    for name, logo in logos.items():
        own = AGENT.replace("https://www.example.com/logo.png", logo).replace("SUPPORT", name.upper())
        text += f"    {name}:\n{own.replace('https://www.example.com/privacy', base + '/page')}"
    return text.replace("https://www.example.com/hero.png", f"{base}/hero.png").replace(
        "https://www.example.com/terms", f"{base}/page"
    )


def of_logos(done: Done) -> dict[str, list[str]]:
    """What is said of each agent's logo."""
    found: dict[str, list[str]] = {}
    for name, reason in re.findall(r"(?m)^\S+: warning: agents\.(\w+)\.logo_url: (.*)$", done.out):
        found.setdefault(name, []).append(reason)
    return found


AT_ONCE = {
    "html": "is an HTML page and not a picture",
    "bomb": "has more pixels than can be unpacked safely: a decompression bomb",
    "svg": "is in the format SVG, and not a PNG or JPEG",
    "animated": "is animated: only a picture that stands still is known to be shown",
    "gif": "is in the format GIF, and not a PNG or JPEG",
    "webp": "is in the format WebP, and not a PNG or JPEG",
    "truncated": "is a PNG that breaks off or is damaged",
    "short": "the answer of {host} breaks off",
    "empty": "is empty",
    "missing": "answers HTTP 404",
    "broken": "answers HTTP 500",
    "circle": "redirects to http://{host}/round.png: redirects in a circle",
    "file": "redirects to file: only http:// and https:// are fetched",
    "moved": "redirects to http://{host}/logo.png",
    "large": "is larger than the 2 MB that are read",
    "packed": "is larger than the 2 MB that are read",
    "foreign": "the answer of {host} is not HTTP",
}
"""What is found at a path of the host."""
LATE = ("stalls", "stalls-in-the-head", "drips-a-head", "drips-a-body")
"""Paths of the host that take their time."""


@proves("B21", "B22")
def test_everything_bad_in_one_run_is_one_line_each_and_nothing_hangs_or_is_fetched_twice(
    host: PictureHost, tmp_path: Path
) -> None:
    at = host.url.removeprefix("http://")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        elsewhere = {
            "closed": f"http://127.0.0.1:{port}/logo.png",
            "unknown": "https://nowhere.invalid/logo.png",
            "plain": f"https://{at}/logo.png",
        }
        bad = {name.replace("-", "_"): host.at(f"/{name}.png") for name in (*AT_ONCE, *LATE)}
        (tmp_path / "Pulumi.a.yaml").write_text(agents({**bad, **elsewhere}, host.url))
        began = time.monotonic()
        done = run("validate", "--pictures", "--allow-private", "Pulumi.a.yaml", env={}, folder=tmp_path)
    assert time.monotonic() - began < 40
    found = of_logos(done)
    assert re.fullmatch(
        r"there is no host nowhere\.invalid|nowhere\.invalid cannot be looked up", found.pop("unknown")[0]
    )
    late = {each.replace("-", "_"): ["does not answer in full within 10 seconds"] for each in LATE}
    others = {"closed": [f"127.0.0.1:{port} refuses connections"], "plain": [f"TLS with {at} fails"]}
    assert found == {**{name: [reason.format(host=at)] for name, reason in AT_ONCE.items()}, **late, **others}
    # Where redirects lead is asked for as well, and the page and the banner of all agents once.
    assert [each for each in set(host.asked) if host.asked.count(each) > 1] == []
    assert {"/hero.png", "/page", "/round.png"} <= set(host.asked)
    assert done.code == 0
    count = len(AT_ONCE) + len(LATE) + 3 + 2
    assert f"fetching {count} addresses of pictures and pages" in done.err.splitlines()
    assert done.err.splitlines()[-2] == f"11 answered, {count - 11} did not"


def test_findings_are_at_the_place_of_the_address_and_in_the_order_of_the_file(
    host: PictureHost, tmp_path: Path, rcs: Callable[..., Done]
) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text(
        agents({"one": host.at("/wide.png"), "two": host.at("/wide.png")}, host.url)
    )
    done = rcs("validate", "--pictures", "--allow-private", "Pulumi.a.yaml")
    size = (
        "has 448 x 224 pixels, another aspect: it has to be 224 x 224 pixels (Google, 8x8, AWS, Bandwidth; they agree)"
    )
    page = "is not answered under https://, as it has to be (Google, 8x8, AWS, Bandwidth; they agree)"
    assert done.lines == [
        f"Pulumi.a.yaml:6:7: warning: agents.one.logo_url: {size}",
        f"Pulumi.a.yaml:12:38: warning: agents.one.privacy.website: {page}",
        f"Pulumi.a.yaml:13:45: warning: agents.one.terms_conditions.website: {page}",
        f"Pulumi.a.yaml:23:7: warning: agents.two.logo_url: {size}",
        f"Pulumi.a.yaml:29:38: warning: agents.two.privacy.website: {page}",
        f"Pulumi.a.yaml:30:45: warning: agents.two.terms_conditions.website: {page}",
    ]
    assert done.err.splitlines() == [
        "fetching 3 addresses of pictures and pages",
        "3 answered, 0 did not",
        "1 file checked: 0 errors, 6 warnings",
    ]
    assert host.asked.count("/wide.png") == 1


def test_one_address_of_two_files_is_fetched_once_and_told_in_both(
    host: PictureHost, tmp_path: Path, rcs: Callable[..., Done]
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"Pulumi.{name}.yaml").write_text(agents({"one": host.at("/missing.png")}, host.url))
    done = rcs("validate", "--pictures", "--allow-private", "Pulumi.a.yaml", "Pulumi.b.yaml", "--json")
    found = [each for each in json.loads(done.out) if each["path"] == "agents.one.logo_url"]
    place = {"line": 6, "column": 7, "severity": "warning", "path": "agents.one.logo_url"}
    assert found == [{"file": f"Pulumi.{name}.yaml", **place, "reason": "answers HTTP 404"} for name in ("a", "b")]
    assert host.asked.count("/missing.png") == 1


@proves("B22")
def test_without_pictures_nothing_is_fetched(host: PictureHost, tmp_path: Path) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text(agents({"one": host.at("/missing.png")}, host.url))
    done = run("validate", "Pulumi.a.yaml", env={}, folder=tmp_path)
    assert (done.code, done.out, host.asked) == (0, "", [])


def test_without_pictures_the_libraries_for_them_are_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text(GOOD)
    program = (
        "import sys; from rcs_provider.cli.main import main; main(['validate', 'Pulumi.a.yaml']); "
        "print(sorted({'PIL', 'requests', 'urllib3'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment({}), capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@proves("B22")
def test_no_private_host_is_asked_unless_that_is_allowed(host: PictureHost, tmp_path: Path) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text(agents({"one": host.at("/logo.png")}, host.url))
    done = run("validate", "--pictures", "Pulumi.a.yaml", env={}, folder=tmp_path)
    reason = "127.0.0.1 is not a public address: only --allow-private fetches from it"
    assert of_logos(done) == {"one": [reason]}
    assert (done.code, host.asked) == (0, [])


@proves("B22")
def test_a_redirect_into_the_own_network_is_one_line_and_not_followed(
    host: PictureHost, tmp_path: Path, rcs: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = host.at("/logo.png").replace("127.0.0.1", "127.0.0.2")
    away = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + inside.encode() + b"\r\n\r\n"
    outside = ipaddress.ip_address("127.0.0.1")
    # On one machine no address is public, so one of them is taken for it.
    half = partial(Fetcher, is_public=lambda each: each == outside)
    monkeypatch.setattr("rcs_provider.cli.fetching.Fetcher", half)
    with RawServer(answering(away)) as public:
        (tmp_path / "Pulumi.a.yaml").write_text(agents({"one": f"{public.url}/logo.png"}, host.url))
        done = rcs("validate", "--pictures", "Pulumi.a.yaml")
    reason = f"redirects to {inside}: 127.0.0.2 is not a public address: only --allow-private fetches from it"
    assert of_logos(done) == {"one": [reason]}
    assert "/logo.png" not in host.asked


@proves("B22")
def test_no_host_learns_the_key(host: PictureHost, tmp_path: Path) -> None:
    text = agents({"one": host.at("/logo.png")}, host.url) + "  kaleyra:apiKey: canary7\n  kaleyra:sid: canary7\n"
    (tmp_path / "Pulumi.a.yaml").write_text(text)
    env = {"KALEYRA_API_KEY": "canary7", "KALEYRA_SID": "canary7"}
    run("validate", "--pictures", "--allow-private", "Pulumi.a.yaml", env=env, folder=tmp_path)
    assert len(host.received) == 3
    assert b"canary7" not in b"".join(host.received)


def test_proxies_of_the_environment_are_told_to_be_left_out(
    tmp_path: Path, rcs: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text("config: {rcs:agents: {}}")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    said = "warning: --pictures connects directly: proxies of the environment are not used"
    assert said in rcs("validate", "--pictures", "Pulumi.a.yaml").err.splitlines()
    assert said not in rcs("validate", "Pulumi.a.yaml").err


def test_allowing_private_hosts_without_fetching_is_wrong_use(rcs: Callable[..., Done]) -> None:
    done = rcs("validate", "--allow-private", "Pulumi.a.yaml")
    assert done.code == 2
    assert "--allow-private goes with --pictures" in done.err


def test_encrypted_agents_and_files_with_mistakes_are_passed_over(tmp_path: Path, rcs: Callable[..., Done]) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text("config: {rcs:agents: {secure: v1:abc}}")
    (tmp_path / "Pulumi.b.yaml").write_text("config: [")
    (tmp_path / "Pulumi.c.yaml").write_text("config: {rcs:agents: {one: 7, two: {logo_url: {secure: v1:abc}}}}")
    done = rcs("validate", "--pictures", "Pulumi.a.yaml", "Pulumi.b.yaml", "Pulumi.c.yaml")
    assert done.code == 3
    assert "fetching 0 addresses of pictures and pages" in done.err.splitlines()


@proves("B22")
def test_hundreds_of_addresses_are_done_soon_and_a_shared_one_is_fetched_once(
    host: PictureHost, tmp_path: Path
) -> None:
    logos = {f"a{each}": host.at(f"/logo.png?{each}" if each % 2 else "/double.png") for each in range(400)}
    (tmp_path / "Pulumi.a.yaml").write_text(agents(logos, host.url))
    began = time.monotonic()
    done = run("validate", "--pictures", "--allow-private", "Pulumi.a.yaml", env={}, folder=tmp_path)
    assert time.monotonic() - began < 45
    assert len(of_logos(done)) == 200
    assert len(host.asked) == len(set(host.asked)) == 200 + 1 + 2


def test_ctrl_c_ends_it_at_once(host: PictureHost, tmp_path: Path) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text(agents({"one": host.at("/stalls.png")}, host.url))
    command = [*PROGRAM, "validate", "--pictures", "--allow-private", "Pulumi.a.yaml"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment({}), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        until = time.monotonic() + 30
        while "/stalls.png" not in host.asked and time.monotonic() < until:
            host.stopped.wait(0.05)
        began = time.monotonic()
        os.kill(process.pid, signal.SIGINT)
        out, _ = process.communicate(timeout=30)
    assert time.monotonic() - began < 5
    assert (process.returncode, out) == (130, "")


@proves("C1")
def test_the_samples_of_the_simulator_have_no_findings(tmp_path: Path, rcs: Callable[..., Done]) -> None:
    config = yaml.safe_load((ROOT / "stacks" / "Pulumi.local.yaml").read_text())["config"]["rcs:agents"]
    with Simulator() as simulator:
        base = f"{simulator.url('in')}/samples"
        logos = {name: f"{base}/{each['logo_url'].rpartition('/')[2]}" for name, each in config.items()}
        heroes = [each["hero_url"].rpartition("/")[2] for each in config.values()]
        text = agents(logos, base)
        for name in heroes:
            text = text.replace(f"{base}/hero.png", f"{base}/{name}", 1)
        (tmp_path / "Pulumi.a.yaml").write_text(text.replace(f"{base}/page", f"{base}/page.html"))
        done = rcs("validate", "--pictures", "--allow-private", "Pulumi.a.yaml")
        assert simulator.world("in").journal() == []
    assert len(logos) == 2
    assert [each for each in done.lines if "https://" not in each] == []


def test_a_good_file_stays_good_where_no_address_answers(tmp_path: Path) -> None:
    """The exit code is that of the other checks: what is found with --pictures is a warning."""
    (tmp_path / "Pulumi.a.yaml").write_text(GOOD.replace("www.example.com", "nowhere.invalid"))
    done = run("validate", "--pictures", "Pulumi.a.yaml", env={}, folder=tmp_path)
    assert done.code == 0
    assert all(": warning: " in each for each in done.lines)
