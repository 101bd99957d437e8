# Two commands do all: `make chart` and `make test`. They need Python 3.11 or later and nothing else.

PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
OUT := out
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: chart test apps diagrams benchmark clean
.DEFAULT_GOAL := chart

chart: $(VENV)/installed
	@mkdir -p $(OUT)
	@$(BIN)/orgmodel chart governance -g data/dudley --as-of arrangements-2019 \
	  -o $(OUT)/dudley-governance.svg -o $(OUT)/dudley-governance.png \
	  -o $(OUT)/dudley-governance.pdf -o $(OUT)/dudley-governance.txt

# Everything that CI runs. Each check runs, so that all findings show at once.
test: $(VENV)/installed-dev
	@failed=; \
	run() { echo "== $$*"; "$$@" || failed="$$failed$${failed:+, }$$*"; }; \
	run $(BIN)/ruff check . ; \
	run $(BIN)/ruff format --check . ; \
	run $(BIN)/mypy ; \
	run $(BIN)/lint-imports --no-logo ; \
	run $(BIN)/python -m pytest -q -n auto --dist loadgroup --no-loadscope-reorder ; \
	if [ "$$failed" ]; then echo "Failed: $$failed"; fi; \
	if ! command -v chromium >/dev/null; then \
	  echo "Not run, for want of the browser chromium: the tests of charts as pages (make apps installs it)"; fi; \
	test -z "$$failed"

# The browser that the tests of pages run in; on Debian and Ubuntu. Without it `make test` says what was not run.
apps:
	@command -v chromium >/dev/null || { \
	  if [ "$$(id -u)" = 0 ]; then as=; else as=sudo; fi; \
	  $$as apt-get update -qq && $$as apt-get install -y -qq --no-install-recommends chromium; }

# Draws anew what stands in diagrams/.
diagrams: $(VENV)/installed-dev
	@$(BIN)/orgmodel chart --all --anew -g data/dudley
	@$(BIN)/orgmodel chart --all --anew -g data/shropshire

benchmark: $(VENV)/installed-dev
	@$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) $(OUT) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "orgmodel needs Python 3.11 or later: name one with make PYTHON=python3.12"; exit 1; }
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -m venv --clear $(VENV) || \
	  { echo "Python cannot make a virtual environment: on Debian and Ubuntu install python3-venv"; exit 1; }
	@$(PIP) install -c constraints.txt pip
	@touch $@

$(VENV)/installed: $(VENV)/created pyproject.toml constraints.txt
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@$(PIP) install -c constraints.txt --group dev
	@touch $@
