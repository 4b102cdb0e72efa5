# Assay: `make` lists what there is. Needs Python 3.11 and pip, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help
.PHONY: help demo run test quick fuzz clocks lint check fix bench image lock manifest clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "%-10s %s\n", $$1, $$2}'

$(VENV)/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { $(PYTHON) -m pip install -q --target .tools virtualenv && PYTHONPATH=.tools $(PYTHON) -m virtualenv -q $(VENV); }
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(VENV)/.ready ## a local Slack workspace in the browser, with Assay in it
	@$(BIN)/assay demo

run: $(VENV)/.ready ## the bot, with the tokens in the environment
	@$(BIN)/assay run

test: $(VENV)/.ready ## all tests
	@$(BIN)/python -m pytest -n 2

quick: $(VENV)/.ready ## rules and dialogs of what differs from main
	@$(BIN)/python -m tests.quick

EXAMPLES ?= 500
fuzz: $(VENV)/.ready ## the HTTP door against its own description, EXAMPLES=500 a route
	@EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest -n 0 tests/flows/test_read_fuzz.py

CLOCKS ?= now year leap midnight change
# What starts processes or a browser, and so can see the machine's clock; ONLY=tests is everything.
ONLY ?= tests/flows tests/unit/bot tests/unit/sandbox
clocks: $(VENV)/.ready ## those tests with the machine's clock shifted, five ways
	@for name in $(CLOCKS); do $(BIN)/python -m tests.clocks $$name -n 2 $(ONLY) || exit 1; done

lint: $(VENV)/.ready ## ruff, format, types, layers
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

check: lint test ## everything CI looks at

fix: $(VENV)/.ready ## format, and mend what ruff can
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .

bench: $(VENV)/.ready ## measure beside a peer or a limit, in the same run
	@$(BIN)/python -m tests.bench

image: ## the container image
	docker build -t assay .

lock: $(VENV)/.ready ## renew constraints.txt
	@$(BIN)/python -m pip install -q uv && $(BIN)/uv pip compile -q --universal --no-header --no-annotate --python-version 3.11 --extra dev pyproject.toml -o constraints.txt

manifest: $(VENV)/.ready ## renew manifest.json from the command table
	@$(BIN)/assay manifest > manifest.json

clean: ## remove everything that was made
	rm -rf $(VENV) .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis artifacts dist build *.egg-info .demo
