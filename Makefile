# Each target installs what it needs. As root on Debian it may use apt; elsewhere it says what to install.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup test check
setup: .venv/.ready

.venv/.ready: pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "Install the venv module of your Python (Debian: python3-venv)."; exit 1; }
	$(BIN)/python -m pip install --quiet "uv>=0.5"
	$(BIN)/uv sync --frozen --inexact --quiet
	@touch $@

check: setup
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy

test: setup
	$(BIN)/python -m pytest
