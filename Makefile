# The forum's commands. `make help` lists them; a newcomer needs `make run` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header $(LOCK_FLAGS)
PREPARE := $(BIN)/python -m config.prepare

.DEFAULT_GOAL := help
.PHONY: help run dev owner demo test quick e2e bench stress screenshots lint format lock install install-dev clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
	@echo "  Settings: PORT=8000 HOST=127.0.0.1 FORUM_DATA=data  (make run PORT=9000); README.md has the whole table."

run: install ## set everything up and serve the forum on http://127.0.0.1:8000
	@exec $(BIN)/python -m config.serve

dev: install ## the same with DEBUG: reloads when a file changes
	@DEBUG=1 exec $(BIN)/python -m config.serve

owner: install ## become the owner: a member with a confirmed address who administers the site
	@$(PREPARE)
	@$(BIN)/python manage.py make_owner

demo: install ## load the demo community; SCALE=100000 makes that many questions beside it, and goes on where it stopped
	@$(PREPARE)
	@$(BIN)/python manage.py seed --demo $(if $(SCALE),--scale $(SCALE))

test: lint ## the whole gate: style, types, layers, migrations, then every test on SQLite, and on PostgreSQL what asks it
	@echo "Tests on SQLite:"
	@$(BIN)/pytest -q -n 2
	@echo "Tests on PostgreSQL:"
	@$(BIN)/python -m tests.support.postgres $(if $(POSTGRESQL),--$(POSTGRESQL)) -- $(BIN)/pytest -q -n 2; code=$$?; \
	  if [ $$code -eq 77 ]; then echo "SKIPPED: this machine has no PostgreSQL, so nothing was tested on it (Debian: apt-get install postgresql)."; \
	  else exit $$code; fi

quick: install-dev ## the tests on SQLite alone, without those that try everything everywhere
	@$(BIN)/pytest -q -n 2 -m 'not e2e and not exhaustive'

e2e: install-dev ## the browser tests: a real server and the machine's Chromium
	@$(BIN)/pytest -q -n 2 -m e2e tests/e2e

bench: install-dev ## what each page costs: queries, milliseconds, bytes (DATABASE_URL= on PostgreSQL; SCALE= BENCH_DATA= on a large site)
	@$(BIN)/python -m tests.bench

stress: install-dev ## eight people and a worker write at once on a private PostgreSQL: nobody is shown a failure, each number agrees (SECONDS=150)
	@$(BIN)/python -m tests.support.postgres -- $(BIN)/python -m tests.bench stress

screenshots: install-dev ## take the README's pictures anew, in the machine's Chromium
	@$(BIN)/python -m tests.support.screenshots

# What checks leave behind (a key, nothing else) stays out of the data folder.
test quick lint e2e: export FORUM_DATA := $(VENV)/.checks
lint: install-dev ## style, types, layers, templates, migrations, production settings
	@$(BIN)/ruff format --quiet --check . || { echo "Some files are not laid out: make format"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/djlint --quiet --lint templates
	@$(BIN)/python manage.py makemigrations --check --dry-run --verbosity 1
	@SITE_URL=https://forum.example SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING

format: install-dev ## let ruff lay out the code
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

lock: install ## renew the locked requirements from pyproject.toml (LOCK_FLAGS=--upgrade for newer versions)
	@$(LOCK) pyproject.toml --output-file requirements/runtime.txt
	@$(LOCK) pyproject.toml --group dev --constraints requirements/runtime.txt --output-file requirements/development.txt
	@$(LOCK) --group pyproject.toml:installer --output-file requirements/installer.txt

install: $(VENV)/.runtime ## the virtual environment with what the site needs
install-dev: $(VENV)/.development ## … and what its tests need

$(VENV)/.installer: requirements/installer.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "The forum needs Python 3.11 or newer. Name one with: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python has no venv module here. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/pip || { echo "Making the virtual environment …"; $(PYTHON) -m venv $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# Added to what is there: after `make test`, `make run` must not take the test tools away again.
$(VENV)/.runtime: requirements/runtime.txt $(VENV)/.installer
	@echo "Installing what the forum needs …"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $<
	@touch $@

$(VENV)/.development: requirements/development.txt $(VENV)/.installer
	@echo "Installing what the tests need …"
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes $<
	@touch $(VENV)/.runtime $@

clean: ## remove the virtual environment and caches; the data stays
	rm -rf $(VENV) .ruff_cache .mypy_cache .import_linter_cache .pytest_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
