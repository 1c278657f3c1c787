"""The sentences of the page."""

from typing import Final

HEAD: Final = """# Benchmarks

The same agents, with five testers each, are deployed to the simulator with this package and with what one would pick
instead. `make bench` measures and makes this page.

- **bare provider**: dynamic providers as a tutorial writes them, which make the calls and nothing else.
- **empty provider**: dynamic providers that make no call and answer at once what Kaleyra would have answered: what
  Pulumi itself costs.
- **OpenTofu, restapi**: OpenTofu 1.12.6 with Mastercard/restapi 1.20.0, the newest of its releases that builds from Go
  modules.

Measured on {machine}. `preview` is one without changes; `update` changes every agent. Only
`refresh` reads: previews before `up`, `refresh` and `destroy` are left out, as are OpenTofu's refreshes before plan,
apply and destroy. The state is a local file. The rate limit is out of the way (`rcs:requestsPerSecond` at 10000).
Beyond 100 agents the engine stores the state only at the end (see below).

So that the peers can run at all, the simulator answers a create with the new agent's number. The vendor's page shows no
number in that answer; then only this package finds it, by a list that all creates of the moment share.
"""

BUSY: Final = """**The machine was busy: times and their ratios are a trial of the benchmark, not a result.**
"""

PARTS: Final = """## Where the time goes

Seconds of CPU at the largest size. *Engine* is Pulumi's engine and language host with an empty provider; *SDK* is what
program and provider process take then. A bare provider adds the calls; this package adds, beyond the bare one, its
checks, look-ups, comparisons and more outputs, and the engine carries those.
"""

SLOW: Final = """## With 100 ms for each call

Agents without testers, 32 at once (`--parallel 32`, `rcs:workers` at 32; `-parallelism=32`). A bare provider has the
four workers that the SDK gives it.
"""

CHECKPOINTS: Final = """## Large stacks

Pulumi's engine writes the whole state after each step, so time grows with the square of the number of resources. What
helps, in this order:

- Several stacks, one per pod and brand: half the resources take a quarter of the time.
- `pulumi up --target` for a single agent.
- Nothing to do for Python's garbage collector: it would go through the program's thousands of objects again and again
  in vain, a third of a preview's time at 400 agents. The first resource that a program declares makes it look seldom,
  unless the program has set a threshold of its own (`gc.set_threshold`), or is one of the Automation API.
- `PULUMI_EXPERIMENTAL=1 PULUMI_SKIP_CHECKPOINTS=1` stores the state only at the end. **Not for creating**: a run that
  is killed loses what it made. Agents are found again by their service code, and testers by the list, so nothing is
  doubled, but everything that the run did must be done again, and what it deleted is still in the state.
"""

OWN: Final = """## This package alone

Microseconds of CPU per object and operation, without an engine: the provider is called as the SDK calls it, over an API
in memory; medians of five runs. Then bytes per object: as declared, as stored inputs, as stored outputs but for what
Kaleyra answered, that answer (numbers, identifiers, statuses), and the pickled provider. A tester is so small that the
account it belongs to, which is stored with every object, shows.
"""

TABLE: Final = """## Everything

Medians, with the least and the most of several runs. Memory is the largest sum over all processes; shared pages count
more than once. The last column was tried, not assumed: what a tool could not do in that phase.
"""
