# Two commands: `make run` and `make test`. For GNU make 3.81 (macOS) and newer, and a POSIX shell.

VENV := .venv
PYTHON_IN := $(VENV)/bin/python
PIP := $(PYTHON_IN) -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --constraint constraints.txt --build-constraint constraints.txt --editable .

# An empty file for each step that is done, touched last. A step that was cut off leaves UNFINISHED
# behind, and then the environment is made anew, for nobody knows what state it is in.
MADE := $(VENV)/.made
UNFINISHED := $(VENV)/.unfinished
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
INSTALLED_BENCH := $(VENV)/.installed-bench

# Likewise one whose Python is gone (it was upgraded, or the folder was moved).
$(shell { test ! -e $(UNFINISHED) && $(PYTHON_IN) -c ''; } 2>/dev/null || rm -f $(MADE) $(INSTALLED) $(INSTALLED_DEV) $(INSTALLED_BENCH))

.DEFAULT_GOAL := help
.PHONY: help run install test check-lint check-format check-types check-layers check-tests check-soak bench format clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(INSTALLED) ## Run the bot, or a chat in the terminal if there is no Telegram token
	@$(PYTHON_IN) -m bot

install: $(INSTALLED_DEV) ## Install the project and the tools for its tests into .venv

test: check-lint check-format check-types check-layers check-tests check-soak ## Run every check below

check-lint: $(INSTALLED_DEV) ## ruff: mistakes, names, imports, size of functions
	@echo "== ruff check"
	@$(VENV)/bin/ruff check .

check-format: $(INSTALLED_DEV) ## ruff: is everything formatted? (mend with: make format)
	@echo "== ruff format --check"
	@$(VENV)/bin/ruff format --check .

check-types: $(INSTALLED_DEV) ## mypy, strict
	@echo "== mypy"
	@$(VENV)/bin/mypy

check-layers: $(INSTALLED_DEV) ## import-linter: which package may import which
	@echo "== lint-imports"
	@$(VENV)/bin/lint-imports

check-tests: $(INSTALLED_DEV) ## pytest, then its branch coverage
	@echo "== pytest"
	@rm -f .coverage .coverage.*
	@$(VENV)/bin/coverage run -m pytest
	@echo "== coverage"
	@$(VENV)/bin/coverage combine --quiet
	@$(VENV)/bin/coverage report

check-soak: $(INSTALLED_DEV) ## Use the bot in every way, with faults, for 2 minutes (SOAK=30: for 30)
	@echo "== soak"
	@$(PYTHON_IN) -m tests.benchmarks.soak --minutes $(or $(SOAK),2)

bench: $(INSTALLED_BENCH) ## Measure search engines side by side into docs/ (an hour; BENCH=--quick: 2 minutes)
	@$(PYTHON_IN) -m tests.benchmarks.engines --write docs $(BENCH)

format: $(INSTALLED_DEV) ## Format the code and mend what ruff can mend by itself
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

clean: ## Remove .venv and everything that the tools leave behind
	rm -rf $(VENV) .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

$(MADE): scripts/make-venv
	@scripts/make-venv $(VENV) </dev/null
	@touch $@

# Standard input belongs to the chat: nothing that runs before it may read it.
$(INSTALLED): $(MADE) pyproject.toml constraints.txt
	@echo "Installing On the Record into $(VENV) (once; this takes a minute)" >&2
	@touch $(UNFINISHED)
	@$(INSTALL) </dev/null
	@rm $(UNFINISHED)
	@touch $@

$(INSTALLED_DEV): $(MADE) pyproject.toml constraints.txt
	@echo "Installing On the Record and the tools for its tests into $(VENV) (once)" >&2
	@touch $(UNFINISHED)
	@$(INSTALL) --group dev </dev/null
	@rm $(UNFINISHED)
	@touch $@ $(INSTALLED)

$(INSTALLED_BENCH): $(INSTALLED_DEV)
	@echo "Installing the engines that ours are compared with into $(VENV) (once)" >&2
	@touch $(UNFINISHED)
	@$(INSTALL) --group dev --group bench </dev/null
	@rm $(UNFINISHED)
	@touch $@
