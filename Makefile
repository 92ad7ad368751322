# Everything a fresh machine needs: Python 3.11 or newer, and make.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

# Tests share the cores by module, in the order of their folders: the longest come first.
PARALLEL := -n logical --dist loadscope --no-loadscope-reorder

.PHONY: install demo test check coverage lint lock wheel clean

install: $(VENV)/.installed

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Huixiang needs Python 3.11 or newer; say which with: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m pip check
	@touch $@

demo: install
	$(BIN)/huixiang demo

test: install
	$(BIN)/python -m pytest $(PARALLEL) --require-postgresql

# The fast lane: what can be said without a database or a server.
check: lint
	$(BIN)/python -m pytest $(PARALLEL) -q tests/unit

# Measured, not a gate.
coverage: install
	$(BIN)/python -m pytest $(PARALLEL) -q --cov --cov-report=term

lint: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Resolves anew for every Python we support; the lock names no host.
lock:
	$(PYTHON) -m pip install --quiet uv
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-emit-find-links --group dev --extra postgresql --extra fast \
	  pyproject.toml --output-file requirements.lock

wheel: install
	$(BIN)/python -m build --wheel --no-isolation

clean:
	rm -rf $(VENV) build dist demo
