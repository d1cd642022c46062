PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= 2
# Which tests run on SQLite in `make test`: all, unless said otherwise.
ON_SQLITE ?=

.PHONY: help demo test check bench format messages screenshots clean

help:
	@echo "make demo         try it: http://127.0.0.1:$(PORT)  (PORT=9000 make demo for another port)"
	@echo "make test         everything the tests need, then all tests"
	@echo "make check        format, lint, types, import contracts, translations, quick tests"
	@echo "make bench        benchmarks, as ratios"
	@echo "make messages     bring the Indonesian catalogue up to date with the source"
	@echo "make screenshots  every page, both languages and themes, into screenshots/"

# The stamps hold what was installed: a change of pyproject.toml or constraints.txt installs again.
$(VENV)/run.stamp: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check "pip>=25.1"
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --group dev
	@touch $@

demo: $(VENV)/run.stamp
	$(BIN)/matchmaker demo --port $(PORT)

format: $(VENV)/dev.stamp
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.catalogue
	$(BIN)/python -m tests.drawing
	$(BIN)/pytest -q -n $(JOBS) -m "not slow"

test: $(VENV)/dev.stamp
	$(BIN)/pytest -q -n $(JOBS) -m "not slow" --database postgresql
	$(BIN)/pytest -q -n $(JOBS) $(ON_SQLITE)

bench: $(VENV)/dev.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --group bench
	$(BIN)/python -m benchmarks.web
	$(BIN)/python -m benchmarks.engine

messages: $(VENV)/dev.stamp
	$(BIN)/python -m tests.catalogue --update

screenshots: $(VENV)/dev.stamp
	$(BIN)/pytest -q tests/browser/test_screenshots.py --screenshots screenshots

clean:
	rm -rf $(VENV) var build dist screenshots
