"""The sentences of the page."""

from typing import Final

HEAD: Final = """# Benchmarks

The same agents, with one tester each, are deployed to the simulator with both providers of this package and with what
one would pick instead. `make bench` measures, makes this page, and leaves every run in `build/benchmarks.json`.

- **dynamic provider** and **provider plugin**: this package, with `kaleyra:face` at `dynamic` and at `plugin`. The
  program is the same.
- **bare provider**: dynamic providers as a tutorial writes them, which make the calls and nothing else.
- **OpenTofu, restapi**: OpenTofu 1.12.6 with Mastercard/restapi 1.20.0, the newest of its releases that builds from Go
  modules.

Measured on {machine}. `preview` is one without changes; `update` changes every agent. Only
`refresh` reads: previews before `up`, `refresh` and `destroy` are left out, as are OpenTofu's refreshes before plan,
apply and destroy. The state is a local file. The rate limit is out of the way (`kaleyra:requestsPerSecond` at 10000),
unless a section says otherwise. Beyond 100 agents the engine stores the state only at the end, but not in the section
on the shipped settings.

All tools take turns in one run. Compare ratios: the seconds are those of this machine.

So that the other tools can run at all, the simulator answers a create with the new agent's number. The vendor's page
shows no number in that answer; then only this package finds it, by a list that all creates of the moment share.
"""

BUSY: Final = """**The machine was busy: times and their ratios are a trial of the benchmark, not a result.**
"""

FACES_APART: Final = """## Which provider to choose

Both providers make the same calls and keep the same promises. Kaleyra's answers and the rate limit take the same time
with either. They differ in what they cost on your machine, in what they can do, and in what they need:

- **Choose the dynamic provider** for a Python program of one team. `pip install` is all that it needs.
- **Choose the plugin** for every other language, for `pulumi import` by id and the option `import_`, and for
  `custom_timeouts` that do not rest on private parts of the SDK. The engine has to find it: one line in the project.

[The provider plugin](how-to/plugin.md) compares what they can do, and moves a stack from one to the other. The tables
compare what they cost: first what was expected of the plugin, then its time, memory and state as multiples of the
dynamic provider's. A median that is up to 5 % higher counts as the same. Runs of one tool differ by more than that
where a size was measured once or twice: compare the spreads in [Everything](#everything). Memory is that of all
processes of a command.
"""

SIDES: Final = """## Beside other tools

Wall time as a multiple of the dynamic provider's: below 1 is faster than it. OpenTofu with restapi cannot update an
agent, and reads nothing back after a create.
"""

CALLS: Final = """## Calls
"""

CANNOT: Final = """## What a tool could not do

Tried, not assumed.
"""

SHIPPED: Final = """## At the shipped settings

Twenty calls a second (`kaleyra:requestsPerSecond`), the engine's own number of resources at once, and the state stored
before and after each step. Only `deletionPolicy` is changed, so that agents can be deleted. Agents without testers,
measured once: the limit sets the time of many agents. A preview makes no call.
"""

SLOW: Final = """## With 100 ms for each call

Agents without testers, 32 at once (`--parallel 32`, `-parallelism=32`; the dynamic provider also needs
`kaleyra:workers` at 32). Wall time as a multiple of the dynamic provider's. A bare provider has the four workers that
the SDK gives it, whatever `--parallel` says.
"""

PARTS: Final = """## Where the time goes

Seconds of CPU by process. *Engine* is Pulumi's engine with its language host, *program* is the Python program, and
*provider* is the process that serves the resources.
"""

CHECKPOINTS: Final = """## Large stacks

The engine stores the state before and after each step, so that an interrupted run loses little. How much it writes
depends on the backend:

| backend | what is written | so the time grows |
|---|---|---|
| local files, S3, Azure Blob Storage, Google Cloud Storage | the whole state | with the square of the resources |
| PostgreSQL, which the engine treats as a bucket | the whole state | with the square of the resources |
| Pulumi Cloud | a journal: the step alone, in batches | with the resources |

Local files are measured below. The rest is read from the source of the engine, version 3.259.0
(`pkg/backend/diy/state.go`, `pkg/backend/diy/postgres`, `pkg/backend/httpstate/journal`): Pulumi Cloud was not run. It
tells the engine at the start of an update whether it takes a journal. Without one, or with `PULUMI_DISABLE_JOURNALING`,
the engine makes the whole state for each step there, too.

What helps with a backend that gets the whole state, in this order:

- Several stacks, one per pod and brand: half the resources take a quarter of the time.
- `pulumi up --target` for a single agent.
- `PULUMI_DIY_BACKEND_ZSTD=true` packs the state: nothing is lost, and less is written.
- `PULUMI_EXPERIMENTAL=1 PULUMI_SKIP_CHECKPOINTS=1` stores the state only at the end. **Not for creating**: a run that
  is killed loses what it made. Agents are found again by their service code, and testers by the list, so nothing is
  doubled, but everything that the run did must be done again, and what it deleted is still in the state.

Seconds of a create of agents without testers, with the dynamic provider. The state is written by the engine, whichever
provider serves the resources.
"""

OWN: Final = """## This package alone

Microseconds of CPU per agent and per tester, without an engine: what both providers share, over an API in memory; the
least of several runs, which come in turns. A ratio near 1 says that the cost of one does not grow with their number.
"""

TABLE: Final = """## Everything

Medians, with the least and the most of several runs. Memory is the largest sum over all processes; shared pages count
more than once.
"""
