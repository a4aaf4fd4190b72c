# Each target installs what it needs. As root on Debian it may use apt; elsewhere it says what to install.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
SERVE ?= 1
DB ?= sealed
# Many offices see the net through a certificate of their own, which the system knows.
export UV_NATIVE_TLS = 1

.PHONY: setup demo test test-security test-crash test-spark check bench bench-placement bench-site browser
setup: .venv/.ready

.venv/.ready: pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "Install the venv module of your Python (Debian: apt-get install python3-venv)."; exit 1; }
	$(BIN)/python -m pip install --quiet "uv>=0.5"
	$(BIN)/uv sync --frozen --inexact --quiet
	$(BIN)/python -m safeconduct.core.languages.catalogues
	@touch $@

# A demonstration site in ./demo-site, with a plan; SERVE=0 does all but serve.
demo: setup
	$(BIN)/safeconduct demo --site demo-site
	@if [ "$(SERVE)" != "0" ]; then $(BIN)/safeconduct serve --site demo-site --port $(PORT); fi

browser:
	@command -v chromium >/dev/null 2>&1 || test -n "$$SAFECONDUCT_CHROMIUM" || \
	 { if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null; \
	   else echo "The browser tests need chromium (Debian: apt-get install chromium)."; exit 1; fi; }

check: setup
	$(BIN)/ruff check src tests benchmarks cases docs
	$(BIN)/ruff format --check src tests benchmarks cases docs
	$(BIN)/mypy
	$(BIN)/lint-imports

# DB=both runs every test on both databases; else those marked storage run on PostgreSQL too.
test: setup browser check
	$(BIN)/python -m pytest -n 2
ifeq ($(DB),both)
	DB=postgres $(BIN)/python -m pytest -n 2
else
	DB=postgres $(BIN)/python -m pytest -n 2 -m storage
endif

# Who may what, asked of every page as every role; planted names on every page; what leaves, whatever the order of events.
test-security: setup browser
	$(BIN)/python -m pytest -n 2 tests/security tests/register/test_cases.py tests/register/test_consents.py tests/register/test_exports.py tests/docs

# kill -9 at 200 random moments on each database; prints what was left. About twenty minutes.
test-crash: setup
	$(BIN)/python -m pytest -n 2 tests/crash tests/core/storage/test_crash.py tests/core/audit/test_chain.py --kills 200
	DB=postgres $(BIN)/python -m pytest -n 2 tests/crash tests/core/audit/test_chain.py --kills 200

# A served site of 100,000 people, many users at once, on both databases. About twenty minutes.
bench-site: setup
	$(BIN)/python benchmarks/site.py

# The price pass on Spark, on a local cluster of two workers. Some minutes.
test-spark: setup
	@command -v java >/dev/null 2>&1 || \
	 { if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null; \
	   else echo "Spark needs Java 17 or newer (Debian: apt-get install openjdk-17-jre-headless)."; exit 1; fi; }
	$(BIN)/uv sync --frozen --inexact --quiet --group spark
	$(BIN)/python -m pytest tests/spark

# Placement from a camp to a million, beside its peers; repair; months. More than an hour with all; ROWS=camp,thirty takes some.
bench-placement: setup
	$(BIN)/uv sync --frozen --inexact --quiet --group peers
	$(BIN)/python benchmarks/placement_scale.py --rows "$(or $(ROWS),all)"
	@test -n "$(ROWS)" || $(BIN)/python benchmarks/placement_repair.py
	@test -n "$(ROWS)" || $(BIN)/python benchmarks/placement_online.py

# About five minutes; each prints its own heading.
bench: setup
	$(BIN)/python benchmarks/placement.py
	$(BIN)/python benchmarks/names.py
	$(BIN)/python benchmarks/storage.py
	$(BIN)/python benchmarks/imports.py
	$(BIN)/python benchmarks/pages.py
