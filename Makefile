PYTHON ?= python3
BIN := .venv/bin
export PYTHONDONTWRITEBYTECODE = 1

.PHONY: install demo run test check coverage bench soak docs screenshots requirements audit

install: .venv/.run

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.run: requirements.txt | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/.run

demo: install
	@$(BIN)/python -m bot demo

run: install
	@$(BIN)/python -m bot run

test: .venv/.dev
	$(BIN)/pytest -q -n 2 --dist worksteal

check: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) --no-print-directory test

coverage: .venv/.dev
	$(BIN)/pytest -q --cov --cov-report=term

bench: .venv/.dev
	$(BIN)/python -m bench

# The real bot for minutes on end under people and faults; STORIES=N tells that many new stories of
# tests/property first, each of fifty steps.
MINUTES ?= 5
soak: .venv/.dev
	$(if $(STORIES),DUSTPAN_STORIES=$(STORIES) $(BIN)/pytest -q tests/property)
	@$(BIN)/python -m tests.soak --minutes $(MINUTES)

# Writes the pages that are made from the code and from a run of the bot.
docs: .venv/.dev
	$(BIN)/python -m tests.module_map
	$(BIN)/python -m tests.refusals_page
	$(BIN)/python -m tests.matrix.faults_page

# Takes the README's pictures anew; needs chromium, chromedriver and a font with emoji.
screenshots: .venv/.dev
	$(BIN)/python -m tests.demo.screenshots

# Renews the pinned requirements; needs uv on the PATH.
PIN := uv pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
	--no-emit-find-links --no-header --no-strip-extras --quiet
requirements:
	$(PIN) pyproject.toml -o requirements.txt
	$(PIN) pyproject.toml --group dev -o requirements-dev.txt
	$(PIN) --group audit -o requirements-audit.txt

# Asks the advisory service for known faults of the pinned packages. Needs the network, so it is no part of
# check; what could not be asked about counts as a failure.
audit: .venv-audit/.made
	.venv-audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.txt
	.venv-audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements-dev.txt

.venv-audit/.made: requirements-audit.txt
	$(PYTHON) -m venv .venv-audit
	.venv-audit/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.txt
	@touch $@
