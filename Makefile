# One command for each thing that a developer does. The environment lives in .venv.
PYTHON ?= python3
BIN := .venv/bin
SOURCES := language compiler runtime farm cli
PY = $(shell git ls-files $(addsuffix /*.py,$(SOURCES)))

.PHONY: setup check check-all check-models few-models format lint types imports test reference bench clean

setup: .venv/ready ## make .venv and install duocast with its development tools

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --editable '.[dev]'
	touch $@

check: setup lint types imports few-models test ## everything that must be green before a commit

check-all: check ## also the slow tests (they render, transcribe and pull weights), and those with torch
	$(BIN)/pytest -m 'slow and not models'
	$(MAKE) check-models

MODELS := .venv-models

$(MODELS)/ready: pyproject.toml
	$(PYTHON) -m venv $(MODELS)
	$(MODELS)/bin/python -m pip install --quiet --disable-pip-version-check uv 'torch>=2.13,<2.14'
	$(MODELS)/bin/uv pip install --quiet --python $(MODELS)/bin/python --editable '.[dev,models]'
	touch $@

check-models: $(MODELS)/ready ## the tests that run tiny models with torch; they have an environment of their own
	OMP_NUM_THREADS=1 $(MODELS)/bin/pytest -m models

few-models: ## the quick ones of them: a clip, a still, a voice and a cue by each library; left out where torch can't be had
	@if $(MAKE) --no-print-directory $(MODELS)/ready; then $(FEW); else echo "no torch here: its tests are left out"; fi

FEW = OMP_NUM_THREADS=1 $(MODELS)/bin/pytest -m 'models and not slow' $(addprefix tests/,diffusion scoring voices)

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup
	@$(BIN)/mypy $(PY)

imports: setup
	$(BIN)/lint-imports

test: setup
	$(BIN)/pytest -m 'not slow and not network'

reference: setup ## write the generated tables of docs/language.md and the goldens of the findings
	DUOCAST_WRITE_GOLDENS=1 $(BIN)/pytest tests/language/test_reference.py tests/language/test_explain.py

bench: setup
	for file in benchmarks/*.py; do $(BIN)/python $$file; done

clean:
	rm -rf .venv .venv-models .mypy_cache .ruff_cache .pytest_cache .hypothesis
