# Two commands: `make brief` runs the main job on the sample issue, `make test` runs the tests.
# Both set up a virtual environment in .venv first; they need Python 3.11 or later and a package index.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp
TEST := $(VENV)/.stamp-test
DEV := $(VENV)/.stamp-dev
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable
SAMPLE := $(firstword $(wildcard examples/*.txt))

.PHONY: brief test check eval lint types docs wheel clean help

help: ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

# The environment is moved into place by the stamp: a set-up that breaks off is done again.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'briefing needs Python 3.11 or later: make PYTHON=python3.11 …' >&2; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(INSTALL) '.[pdf]'
	@touch $@

$(TEST): $(STAMP)
	$(INSTALL) '.[test]'
	@touch $@

$(DEV): $(TEST)
	$(INSTALL) '.[test,dev]'
	@touch $@

brief: $(STAMP) ## Make the brief of the sample issue, offline, into outputs/
	$(BIN)/briefing run $(SAMPLE) --out outputs

test: $(TEST) ## Run the tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

check: lint types test docs ## Everything: lint, types, tests, doctests, the CLI reference

lint: $(DEV)
	$(BIN)/ruff check briefing tests training benchmarks

types: $(DEV)
	$(BIN)/mypy

docs: $(TEST) ## Write docs/cli.md anew from --help
	$(BIN)/python -m tests.cli_reference docs/cli.md

eval: $(DEV) ## Print the scores that tests/eval pins
	$(BIN)/python -m pytest tests/eval -rA

wheel: $(DEV) ## Build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean: ## Remove the environment and what was built
	rm -rf $(VENV) dist build *.egg-info
