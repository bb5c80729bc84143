# harmledger: `make demo` shows what it does, `make test` proves it. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LEDGER ?= demo-ledger

.PHONY: help install demo test check eval bench bench-link bench-bulk bench-site figures locks docs screens assets clean

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

# --- the virtual environment, made once and again only when a lock changes ------------------------------------------

$(BIN)/python:
	"$(PYTHON)" -c 'import sys; sys.exit(f"harmledger needs Python 3.11 or newer, this is {sys.version.split()[0]}; say make PYTHON=...") if sys.version_info < (3, 11) else None'
	"$(PYTHON)" -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.runtime
	$(PIP) install --require-hashes --requirement requirements-bench.lock
	@touch $@

install: $(VENV)/.runtime ## make .venv with the harmledger command in it

# --- what people make ------------------------------------------------------------------------------------------------

demo: $(VENV)/.runtime ## read the bundled reports, show who claims what harm, and the incidents
	$(BIN)/harmledger read examples/reports --ledger $(LEDGER)
	@echo
	$(BIN)/harmledger link --ledger $(LEDGER)
	$(BIN)/harmledger incidents --ledger $(LEDGER)
	@echo
	@echo "These claims are kept in $(LEDGER). See them again, or one of them in its context:"
	@echo "    $(BIN)/harmledger show --ledger $(LEDGER)"
	@echo "    $(BIN)/harmledger show CLAIM --ledger $(LEDGER)"
	@echo "Why two of them are of one incident, and what is to be decided:"
	@echo "    $(BIN)/harmledger why CLAIM CLAIM --ledger $(LEDGER)"
	@echo "    $(BIN)/harmledger review --by YOU --ledger $(LEDGER)"
	@echo "Read reports of your own: $(BIN)/harmledger read FILE..."
	@echo
	@echo "Open all of it as a site on this machine, then look at http://127.0.0.1:8000 in a browser:"
	@echo "    $(BIN)/harmledger serve --ledger $(LEDGER)"

test: $(VENV)/.dev ## run every test
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

check: $(VENV)/.dev ## lint, format, types, layers, dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(BIN)/deptry src

eval: $(VENV)/.runtime ## measure against the marked corpora and hold the floors (needs ../shared), and what people found of checked claims
	$(BIN)/python evals/gate.py
	$(BIN)/python evals/bulk_precision.py

bench: $(VENV)/.bench ## speed and memory beside peers (needs ../shared)
	$(BIN)/python benchmarks/read_speed.py

bench-link: $(VENV)/.bench ## what linking costs up to a million claims, beside a peer: most of an hour (needs ../shared)
	$(BIN)/python benchmarks/linking.py --ledger 100000

bench-bulk: $(VENV)/.bench ## archives in bulk beside peers, up to 50,000 records: some hours (needs ../shared)
	$(BIN)/python benchmarks/bulk_speed.py
	$(BIN)/python benchmarks/bulk_linking.py

WORLD ?= build/world
bench-site: $(VENV)/.bench ## the site under load beside Datasette, on 50,000 incidents (needs ../shared; WORLD= where they are made)
	$(BIN)/python benchmarks/site_world.py --ledger $(WORLD) --no-bytes
	$(BIN)/python benchmarks/site_load.py --ledger $(WORLD)

figures: $(VENV)/.runtime ## measure and keep the figures and misses that the docs show (needs ../shared)
	$(BIN)/python evals/gate.py --write || true
	$(BIN)/python evals/errors.py claims_train --write
	$(BIN)/python evals/errors.py claims_ar_train --write

docs: $(VENV)/.runtime ## write the generated pages of docs/ again
	$(BIN)/python docs/generate.py

# --- for maintainers -------------------------------------------------------------------------------------------------

# Versions and hashes, no addresses: the index is whatever pip is told to use.
COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
	--universal --python-version 3.11 --no-annotate
locks: $(VENV)/.dev ## lock the newest versions that pyproject.toml allows
	$(COMPILE) pyproject.toml --group pyproject.toml:build --output-file requirements.lock
	$(COMPILE) pyproject.toml --group pyproject.toml:build --group pyproject.toml:dev --constraint requirements.lock --output-file requirements-dev.lock
	$(COMPILE) pyproject.toml --group pyproject.toml:bench --constraint requirements.lock --output-file requirements-bench.lock
	! grep -nE 'https?:|file:|--index|--find-links|^torch|nvidia' requirements*.lock

screens: $(VENV)/.dev ## take the pictures of the site in docs/screens anew; asks for Debian's chromium
	$(BIN)/python docs/screens.py

assets: $(VENV)/.dev ## build the site's libraries, basemap and outlines again (needs npm; the results are committed)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --group pyproject.toml:assets
	$(BIN)/python assets/build.py

clean: ## remove .venv and the demo's ledger
	rm -rf $(VENV) $(LEDGER)
