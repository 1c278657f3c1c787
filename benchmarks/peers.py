"""The peers: how each of them is set up in a folder, and its command for each phase."""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from measure import cost

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rcs_simulator import World

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parent
BUILT: Final = ROOT / "build" / "peers"
"""Where `make bench` builds OpenTofu and its provider."""

PHASES: Final = ("create", "preview", "refresh", "update", "destroy")
"""What is done with each world, in this order; the preview is an empty one."""

CALLING: Final = tuple(each for each in PHASES if each != "preview")
"""The phases in which calls are made."""

PARALLEL: Final = 32
"""What `--parallel` is where each call takes a while."""

_STACK: Final = "bench"


@dataclass(frozen=True)
class Ways:
    """How a tool is run, and in what world.

    Attributes:
        testers: testers of each agent.
        limited: whether this package keeps its limit of calls a second, as it does by itself.
        latency: seconds that each call takes besides its work.
        parallel: resources at once, or nothing for the tool's own number.
        checkpoints: whether Pulumi's engine stores the state after each step, as it does by itself.
        packed: whether it packs what it stores.
        workers: setting `workers` of this package, or nothing for its default.
    """

    testers: int = 1
    limited: bool = False
    latency: float = 0.0
    parallel: int | None = None
    checkpoints: bool = True
    packed: bool = False
    workers: int | None = None


class Peer(Protocol):
    """A tool that deploys the `declared.json` of a folder."""

    @property
    def name(self) -> str:
        """In the tables."""
        ...

    def prepare(self, folder: Path, world: World, ways: Ways) -> Mapping[str, str]:
        """Sets a folder up; gives the environment of its commands."""
        ...

    def command(self, phase: str, ways: Ways) -> Sequence[str]:
        """What a phase runs: nothing but itself, so no preview before it and no refresh before that."""
        ...

    def state(self, folder: Path) -> int:
        """Bytes of the state."""
        ...


@dataclass(frozen=True)
class PulumiPeer:
    """A Pulumi program of `peers/`, on a file backend.

    Attributes:
        program: folder of the program.
        face: which provider of this package serves it.
    """

    name: str
    program: str
    face: str = "dynamic"

    def prepare(self, folder: Path, world: World, ways: Ways) -> Mapping[str, str]:
        """See `Peer`."""
        for file in (HERE / "peers" / self.program).glob("*.py"):
            shutil.copy(file, folder)
        (folder / "state").mkdir()
        (folder / "Pulumi.yaml").write_text(json.dumps(_project(self.face)))
        environment = _environment(folder, world, ways)
        # The stack writes its salt into the same file.
        _must(["pulumi", "stack", "init", _STACK, "--non-interactive"], folder, environment)
        with (folder / f"Pulumi.{_STACK}.yaml").open("a") as file:
            file.write(f"config: {json.dumps(_settings(world, ways, self.face))}\n")
        return environment

    def command(self, phase: str, ways: Ways) -> Sequence[str]:
        """See `Peer`."""
        verb = {"create": "up", "update": "up"}.get(phase, phase)
        rest = ("--expect-no-changes",) if phase == "preview" else ("--yes", "--skip-preview")
        parallel = () if ways.parallel is None else ("--parallel", str(ways.parallel))
        return ("pulumi", verb, *rest, *parallel, "--non-interactive", "--stack", _STACK)

    def state(self, folder: Path) -> int:
        """See `Peer`."""
        plain = folder / "state" / ".pulumi" / "stacks" / "bench" / f"{_STACK}.json"
        packed = plain.with_suffix(".json.zst")
        return (packed if packed.exists() else plain).stat().st_size


@dataclass(frozen=True)
class TofuPeer:
    """OpenTofu with the generic provider for REST APIs."""

    name: str = "OpenTofu, restapi"

    def prepare(self, folder: Path, world: World, ways: Ways) -> Mapping[str, str]:  # noqa: ARG002 - as of `Peer`
        """See `Peer`."""
        files = shutil.ignore_patterns("go.*")
        shutil.copytree(HERE / "peers" / "restapi", folder, ignore=files, dirs_exist_ok=True)
        overrides = f'provider_installation {{ dev_overrides {{ "mastercard/restapi" = "{BUILT}" }} direct {{}} }}'
        (folder / "tofu.rc").write_text(overrides)
        variables = {"endpoint": world.url, "sid": world.sid, "api_key": world.api_key}
        own = {f"TF_VAR_{name}": value for name, value in variables.items()}
        environment = {**os.environ, **own, "TF_CLI_CONFIG_FILE": str(folder / "tofu.rc"), "NO_COLOR": "1"}
        _must([str(BUILT / "tofu"), "get"], folder, environment)
        return environment

    def command(self, phase: str, ways: Ways) -> Sequence[str]:
        """See `Peer`."""
        arguments = {
            "preview": ("plan", "-refresh=false", "-detailed-exitcode"),
            "refresh": ("apply", "-refresh-only", "-auto-approve"),
            "destroy": ("destroy", "-refresh=false", "-auto-approve"),
        }.get(phase, ("apply", "-refresh=false", "-auto-approve"))
        parallel = () if ways.parallel is None else (f"-parallelism={ways.parallel}",)
        return (str(BUILT / "tofu"), *arguments, *parallel, "-input=false")

    def state(self, folder: Path) -> int:
        """See `Peer`."""
        return (folder / "terraform.tfstate").stat().st_size


DYNAMIC: Final[Peer] = PulumiPeer("dynamic provider", "package")
PLUGIN: Final[Peer] = PulumiPeer("provider plugin", "package", "plugin")
BARE: Final[Peer] = PulumiPeer("bare provider", "bare")
TOFU: Final[Peer] = TofuPeer()
FACES: Final[tuple[Peer, ...]] = (DYNAMIC, PLUGIN)
"""The two providers of this package."""
PEERS: Final[tuple[Peer, ...]] = (*FACES, BARE, TOFU)


def available(peers: Sequence[Peer] = PEERS) -> list[Peer]:
    """Those of the peers that can run here."""
    built = (BUILT / "tofu").exists() and (BUILT / "terraform-provider-restapi").exists()
    return [each for each in peers if built or not isinstance(each, TofuPeer)]


def _project(face: str) -> dict[str, Any]:
    folder = str(Path(sys.prefix) / "bin")
    runtime = {"name": "python", "options": {"toolchain": "pip", "virtualenv": sys.prefix}}
    plugins = {"plugins": {"providers": [{"name": "kaleyra", "path": folder}]}} if face == "plugin" else {}
    return {"name": "bench", "runtime": runtime, **plugins}


def _settings(world: World, ways: Ways, face: str) -> dict[str, str]:
    settings = {"pod": "in", "sid": world.sid, "deletionPolicy": "delete", "face": face}
    unlimited = {} if ways.limited else {"requestsPerSecond": "10000"}
    workers = {} if ways.workers is None else {"workers": str(ways.workers)}
    return {f"kaleyra:{name}": value for name, value in {**settings, **unlimited, **workers}.items()}


def _environment(folder: Path, world: World, ways: Ways) -> dict[str, str]:
    ambient = {name: value for name, value in os.environ.items() if not name.startswith(("KALEYRA_", "PULUMI_"))}
    own: dict[str, Any] = {
        "PULUMI_HOME": folder.parent / "pulumi-home",
        "PULUMI_BACKEND_URL": f"file://{folder}/state",
        "PULUMI_CONFIG_PASSPHRASE": "public",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_DISABLE_REGISTRY_RESOLVE": "true",
        # The language host may take the first Python that it finds, whatever the project says.
        "PATH": os.pathsep.join([str(Path(sys.prefix) / "bin"), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(folder)]),
        "KALEYRA_ENDPOINT": world.url,
        "KALEYRA_SID": world.sid,
        "KALEYRA_API_KEY": world.api_key,
        "NO_COLOR": "1",
    }
    packed = {"PULUMI_DIY_BACKEND_ZSTD": "true"} if ways.packed else {}
    skipped = {} if ways.checkpoints else {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}
    return {**ambient, **{name: str(value) for name, value in own.items()}, **packed, **skipped}


def _must(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
    done = cost(command, folder, environment)
    if done.code:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.out}")
