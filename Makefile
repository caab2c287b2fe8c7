# Two commands do everything: `make demo` and `make test`. Python >= 3.11 and make are all they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# what checks that pages shut nobody out; its tests are skipped where npm is absent
AXE := $(if $(shell command -v npm),node_modules/.package-lock.json)

.PHONY: demo test check benchmarks clean
.DEFAULT_GOAL := demo

demo: $(VENV)/installed ## an investigation of a generated world, with its report
	$(BIN)/inconcert demo inconcert-demo
	@echo "To use inconcert in this terminal: . $(BIN)/activate"

test: $(VENV)/installed-dev $(AXE) ## every test; those whose data, browser or Java is absent are skipped, with the reason
	$(BIN)/python -m pytest -n auto --dist loadfile

check: $(VENV)/installed-dev ## format, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Inconcert needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version). Name another: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml hatch_build.py package-lock.json $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml hatch_build.py package-lock.json $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/installed

node_modules/.package-lock.json: package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

clean: ## remove what the commands made
	rm -rf $(VENV) inconcert-demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis node_modules
