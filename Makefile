# `make run` shows the demo and `make test` tests everything; both set up what they need on a machine with Python 3.11.

PORT := $(or $(WEFT_PORT),8000)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes
COMPILE := pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	--no-header --no-annotate --no-emit-index-url
PYTEST := $(BIN)/python -m pytest -q
PARALLEL := --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
# Runs every part, whatever becomes of the others, and ends by naming those that failed
EACH = failed=""; for part in $(1); do $(MAKE) --no-print-directory $$part || failed="$$failed $$part"; done; \
	[ -z "$$failed" ] || { echo "Failed:$$failed" >&2; exit 1; }

.PHONY: help install run test test-sqlite test-postgresql test-browser lint format check lock bench mutants pictures browser assets clean
.PHONY: lint-format lint-templates lint-code lint-imports lint-types lint-house

help:
	@echo "make run       show the demo on http://localhost:$(PORT)/"
	@echo "make test      run the tests, on SQLite, on PostgreSQL and in a browser"
	@echo "make lint      check formatting, types, imports, templates, migrations and the rules of the house"
	@echo "make format    format code and templates"
	@echo "make check     what test and lint check"
	@echo "make install   set up the packages and the front-end files, and nothing else"
	@echo "make bench     measure speed and compare it with the budgets; BENCH=\"--peers --large --full\" for all"
	@echo "make mutants   break the rules that protect people and show what no test sees; MODULE=provenance/visibility for one"
	@echo "make pictures  take the screenshots in docs/pictures"
	@echo "make browser   get a Chromium for the tests"
	@echo "make lock      bring the locked packages up to date"
	@echo "make clean     remove everything that was installed or built, and keep var/"

install: .venv/dev.stamp assets

run: .venv/run.stamp assets
	@echo "Starting the demo on port $(PORT)"
	@export WEFT_DEMO=1 && $(BIN)/weft migrate --quiet && $(BIN)/weft demo --if-empty && exec $(BIN)/weft serve

test: install
	@$(call EACH,test-sqlite test-postgresql test-browser)

test-sqlite: install
	@echo "Testing on SQLite"
	@$(PYTEST) $(PARALLEL) -m "not browser and not lint and not postgresql"

test-postgresql: install
	@echo "Testing on PostgreSQL, what touches a database"
	@WEFT_TEST_DATABASE=postgresql $(PYTEST) $(PARALLEL) -m "not browser and not sqlite" --ignore-glob="tests/house/test_*" \
		--ignore=tests/methods --ignore=tests/exchange --ignore=tests/pictures

test-browser: install
	@echo "Testing in a browser"
	@$(PYTEST) $(PARALLEL) --dist worksteal -rs tests/browser

# Types take one core for half of the time, and the rest the other.
lint: install
	@$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync lint-types lint-format lint-templates lint-code lint-imports lint-house

lint-format: install
	@echo "Checking formatting"
	@$(BIN)/ruff format --check .

lint-templates: install
	@echo "Checking templates"
	@$(BIN)/djangofmt --check src

lint-code: install
	@echo "Checking code"
	@$(BIN)/ruff check .

lint-imports: install
	@echo "Checking imports"
	@$(BIN)/lint-imports --no-logo

lint-types: install
	@echo "Checking types"
	@$(BIN)/mypy

lint-house: install
	@echo "Checking routes, templates, migrations, names and documents"
	@$(PYTEST) $(PARALLEL) -m lint tests/house

format: install
	@echo "Formatting code and templates"
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --quiet --fix . && $(BIN)/djangofmt --quiet src

check: install
	@$(call EACH,lint test)

bench: install
	@$(BIN)/python -m bench $(BENCH)

mutants: install
	@$(BIN)/python mutants.py $(MODULE)

pictures: install
	@$(BIN)/python -m tests.browser.pictures

browser: install
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; \
	else \
		$(BIN)/playwright install chromium; \
	fi

lock: install
	@command -v uv >/dev/null || [ -x build/uv/bin/uv ] || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --target build/uv uv
	@PATH="$$PATH:$(CURDIR)/build/uv/bin"; \
		uv $(COMPILE) --upgrade pyproject.toml -o requirements.lock && \
		uv $(COMPILE) --upgrade pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock && \
		uv $(COMPILE) --upgrade --group pyproject.toml:node -o requirements-node.lock

assets: | .venv/bin/weft
	@$(BIN)/python assets.py

clean:
	rm -rf .venv build dist node_modules src/weft/static/vendor .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/run.stamp: requirements.lock | .venv/bin/weft
	@echo "Installing what Weft runs on into .venv"
	@$(PIP) -r requirements.lock
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	@echo "Installing what the tests need into .venv"
	@$(PIP) -r requirements-dev.lock
	@touch $@

# The package is not installed but put on the path, so nothing has to be built and every edit counts at once.
.venv/bin/weft:
	@for python in python3 python3.14 python3.13 python3.12 python3.11 none; do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	done; \
	[ $$python != none ] || { echo "Weft needs Python 3.11 or later." >&2; exit 1; }; \
	$$python -m venv .venv || { echo "Python cannot make a .venv: on Debian, apt-get install python3-venv" >&2; exit 1; }
	@echo ../../../../src > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/weft.pth"
	@printf '#!/bin/sh\nexec "$$(dirname "$$0")/python" -m weft "$$@"\n' > $@
	@chmod +x $@
