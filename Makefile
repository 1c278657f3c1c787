# `make` alone prints this menu.
.PHONY: menu up down preview look shell test lint docs sdk bench contract clean release-check ready
.NOTPARALLEL:

menu:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s%s\n", $$1, $$2 }' Makefile

up: ready ## bring the agents and testers of the stack "local" to life, against the simulator
	@tools/local/pulumi up --yes
	@echo "See the two agents as a phone shows them: \`make look\` opens them in the browser."
	@echo "Now change something: \`make shell\` opens a shell that reaches the same simulator."

preview: ready ## show what `make up` would change
	@tools/local/pulumi preview

look: ready ## the agents of the stack "local" as a phone shows them, in the browser
	@mkdir -p .local
	@.venv/bin/kaleyra-rcs look stacks/Pulumi.local.yaml --files rcs_simulator/samples --to .local/agents.html --open

shell: ready ## a shell in which `pulumi` and `kaleyra-rcs` reach the same simulator
	@tools/local/shell

down: ready ## destroy what `make up` made and stop the simulator
	@tools/local/pulumi destroy --yes
	@.venv/bin/python tools/local/simulator.py stop

test: lint ## everything CI checks: lint, then all tests
	@tools/test

lint: ## style, types and layers
	@tools/venv requirements-dev.txt
	@tools/lint

docs: ## the documentation as a site in build/site; its reference pages are made from the code
	@tools/venv requirements-docs.txt
	@.venv/bin/python tools/docs
	@NO_MKDOCS_2_WARNING=1 .venv/bin/python -m mkdocs build --strict

sdk: ## the SDK of another language in build/sdk: LANGUAGE=nodejs, go or python
	@tools/languages/sdk $(LANGUAGE)

bench: ready ## figures beside other tools, into docs/benchmarks.md: ARGS="--sizes 1,20 --repeats 1" for a quick look
	@tools/venv requirements-dev.txt
	@benchmarks/peers/build
	@PATH="$$(tools/pulumi-cli/install):$$PATH" PYTHONPATH=. .venv/bin/python benchmarks $(ARGS)

contract: ## hold the live API to the contract by calls that only read: docs/maintaining.md says what to set
	@tools/venv requirements-dev.txt
	@RCS_CONTRACT_LIVE=1 .venv/bin/python -m pytest -v tests/contract/test_contract_anywhere.py

clean: ## stop the simulator; remove the environment, the local state and what tools left behind
	@[ ! -x .venv/bin/python ] || .venv/bin/python tools/local/simulator.py stop
	rm -rf .venv .local build *.egg-info .hypothesis .*_cache

release-check: ## what a release would publish, installed and tried with each Python, and with the lowest and newest it allows
	@tools/release/check

# What is missing on this machine is said before anything slow begins.
ready:
	@tools/pulumi-cli/install --check
	@tools/venv requirements.txt
