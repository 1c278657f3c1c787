"""The sentences of the page."""

from typing import Final

HEAD: Final = """# Benchmarks

The same agents, with five testers each, are deployed to the simulator with this package and with what one would pick
instead. `make bench` measures, makes this page, and leaves every run in `build/benchmarks.json`.

- **bare provider**: dynamic providers as a tutorial writes them, which make the calls and nothing else.
- **empty provider**: dynamic providers that make no call and answer at once what Kaleyra would have answered: what
  Pulumi itself costs.
- **OpenTofu, restapi**: OpenTofu 1.12.6 with Mastercard/restapi 1.20.0, the newest of its releases that builds from Go
  modules.

Measured on {machine}. `preview` is one without changes; `update` changes every agent. Only
`refresh` reads: previews before `up`, `refresh` and `destroy` are left out, as are OpenTofu's refreshes before plan,
apply and destroy. The state is a local file. The rate limit is out of the way (`kaleyra:requestsPerSecond` at 10000).
Beyond 100 agents the engine stores the state only at the end (see below).

So that the peers can run at all, the simulator answers a create with the new agent's number. The vendor's page shows no
number in that answer; then only this package finds it, by a list that all creates of the moment share.
"""

BUSY: Final = """**The machine was busy: times and their ratios are a trial of the benchmark, not a result.**
"""

PARTS: Final = """## Where the time goes

Seconds of CPU at the largest size. *Engine* is Pulumi's engine and language host with an empty provider; *SDK* is what
program and provider process take then. A bare provider adds the calls; this package adds, beyond the bare one, its
checks, look-ups, comparisons and more outputs, and the engine carries those. It can be less than nothing: a call costs
less here than in the bare provider, there are fewer of them in a refresh, and its program set the threshold of Python's
garbage collector (see below), which the others left as it is.

A profiler finds nearly nothing of this package in the program: it is the SDK that sends and awaits registrations,
serialises, and resolves outputs. In the provider's process the SDK takes half a millisecond for each question of the
engine (a message, an event loop, the provider out of its pickle). To that this package adds what the table below shows
for itself alone, and 0.7 ms for each call to Kaleyra, most of which is requests and urllib3. The engine spends more
than a quarter of its time on a log of every property that it hands to a provider or gets from one: a larger state costs
in each of its questions.

A refresh cannot come near the empty provider, which asks nobody. Taken apart by hand at 400 agents, in turns, medians
of four: the state as it is, given back without a call, takes 1.09 times the empty provider's time; with one call for
each agent and one for its testers, and nothing else done, it is 1.29; with everything, 1.31. That was where inputs were
left out of what is read; they cost about as much again as the state. The bare provider takes 1.13 once it makes no more
calls than these, and it neither gives inputs back nor stores what Kaleyra answers about a tester (medians of seven).

More threads than the four of the SDK take Python's lock from each other on a connection this fast: up to a tenth of a
refresh. Calls to Kaleyra take longer, and the threads wait for them instead.
"""

SLOW: Final = """## With 100 ms for each call

Agents without testers, 32 at once (`--parallel 32`, `kaleyra:workers` at 32; `-parallelism=32`). A bare provider has
the four workers that the SDK gives it; this package gets more with its first call. The empty provider
waits for no call: no provider can be faster than it. OpenTofu makes half of the calls of a create, as nothing is read
back.
"""

SKIPPED: Final = """
The same where the state is stored only at the end (see below):
"""

CHECKPOINTS: Final = """## Large stacks

Pulumi's engine writes the whole state after each step, so time grows with the square of the number of resources. What
helps, in this order:

- Several stacks, one per pod and brand: half the resources take a quarter of the time.
- `pulumi up --target` for a single agent.
- `PULUMI_DIY_BACKEND_ZSTD=true` packs the state of a backend of your own (files, buckets): nothing is lost, and less is
  written.
- A program of thousands of resources runs faster with `gc.set_threshold(50_000)` in its first lines; `gc.freeze()` at
  its end helps less. Otherwise Python's garbage collection goes through all objects again and again and finds nothing
  to free: a third of a preview's time at 400 agents with five testers each.
- `PULUMI_EXPERIMENTAL=1 PULUMI_SKIP_CHECKPOINTS=1` stores the state only at the end. **Not for creating**: a run that
  is killed loses what it made. Agents are found again by their service code, and testers by the list, so nothing is
  doubled, but everything that the run did must be done again, and what it deleted is still in the state.
"""

OWN: Final = """## This package alone

Microseconds of CPU per object and operation, without an engine: the provider is called as the SDK calls it, over an API
in memory; the least of nine runs, which come in turns. Then bytes per object: as declared, as stored inputs, as stored
outputs but for what Kaleyra answered, that answer (numbers, identifiers, statuses), and the pickled provider. A tester
is so small that the account it belongs to, which is stored with every object, shows.
"""

TABLE: Final = """## Everything

Medians, with the least and the most of several runs. Memory is the largest sum over all processes; shared pages count
more than once. The last column was tried, not assumed: what a tool could not do in that phase.
"""
