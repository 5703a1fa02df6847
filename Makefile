# Attune. `make` lists what can be done.
SHELL := /bin/bash -o pipefail
.DEFAULT_GOAL := help
.PHONY: help setup demo test test-unit test-js test-training test-e2e test-fast test-firefox conformance fuzz check format lock bench bench-launch \
	bench-audit bench-class bench-queue bench-vault attack messages pots clean

PYTHON ?= $(or $(shell command -v python3.11),python3)
VENV := .venv
BIN := $(VENV)/bin
FULL := .venv-full
PIP_INSTALL := -m pip install --disable-pip-version-check --require-hashes
NEED := deploy/host/need.sh
COMPILE := UV_NO_CONFIG=1 $(BIN)/uv pip compile -q --upgrade --only-binary :all: --generate-hashes \
	--python-version 3.11.2 --no-annotate --custom-compile-command "make lock"

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

# ---- environments. A stamp is newer than its lock file when nothing is to be done.

setup: $(VENV)/.demo ## create .venv with what the demonstration needs

$(VENV)/bin/python:
	@deploy/host/venv.sh $(PYTHON) $(VENV)

$(FULL)/bin/python:
	@deploy/host/venv.sh $(PYTHON) $(FULL)

$(VENV)/.demo: requirements/demo.txt | $(VENV)/bin/python
	@echo "Installing the web, worker and demonstration packages into $(VENV) ..." >&2
	@$(BIN)/python $(PIP_INSTALL) -r $< >&2
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(VENV)/bin/python
	@echo "Installing the test and lint packages into $(VENV) ..." >&2
	@$(BIN)/python $(PIP_INSTALL) -r $< >&2
	@touch $@ $(VENV)/.demo

$(FULL)/.full: requirements.txt | $(FULL)/bin/python
	@echo "Installing the complete set, TensorFlow included, into $(FULL) ..." >&2
	@$(FULL)/bin/python $(PIP_INSTALL) -r $< >&2
	@touch $@

lock: $(VENV)/.dev ## resolve requirements.txt and requirements/*.txt again from pyproject.toml
	$(COMPILE) --all-extras -o requirements.txt pyproject.toml
	$(COMPILE) -c requirements.txt --extra web -o requirements/web.txt pyproject.toml
	$(COMPILE) -c requirements.txt --extra web --extra worker -o requirements/worker.txt pyproject.toml
	$(COMPILE) -c requirements.txt --extra web --extra worker --extra demo -o requirements/demo.txt pyproject.toml
	$(COMPILE) -c requirements.txt --extra web --extra worker --extra demo --extra dev \
		-o requirements/dev.txt pyproject.toml

# ---- the demonstration

demo: $(VENV)/.demo ## start everything on this machine; CHECK=1: do the main job once, unattended
ifdef CHECK
	@$(NEED) chromium
	@$(BIN)/python -m deploy.demo --check
else
	@$(BIN)/python -m deploy.demo
endif

# ---- tests. The browser, Redis, PostgreSQL and Node are Debian's own packages.

PYTEST := $(BIN)/python -m pytest
ON_POSTGRES := lti audit vault activation consent records capture privacy

test: $(VENV)/.dev $(FULL)/.full ## every test: unit, services, JavaScript, training, browser
	@$(NEED) chromium redis-server "/usr/lib/postgresql/*/bin/initdb=postgresql" node=nodejs xgettext=gettext
	@$(MAKE) --no-print-directory test-js test-training test-postgres
	$(PYTEST) -n 2 --dist loadgroup -m "not training and not e2e" tests
	$(PYTEST) -m e2e tests/e2e

test-fast: $(VENV)/.dev ## what needs neither a database nor a service, in a minute and a half
	$(PYTEST) -n 2 --dist loadgroup -m "not training and not integration and not e2e and not django_db" \
		$(addprefix --ignore tests/unit/,platform demo deploy bench inference) tests/unit tests/architecture

test-js: ## the page's own JavaScript, on Node's test runner
	@$(NEED) node=nodejs
	node --test --test-reporter=dot $$(find tests/js -name '*.test.js' -o -name '*.test.mjs')

# Not in `make test`: installing Firefox and its driver and running this take another minute on a fresh machine.
test-firefox: $(VENV)/.demo node_modules/.package-lock.json ## getting in with Firefox, whatever cookies it keeps
	@$(NEED) firefox-esr node=nodejs
	node --test --test-reporter=spec tests/firefox/*.test.mjs

test-training: $(FULL)/.full ## the tests that need Keras
	$(FULL)/bin/python -m pytest -m training tests/unit/inference

conformance: $(VENV)/.dev ## which clause of which specification is held up by which test
	$(PYTEST) -n 2 --dist loadgroup -p tests.conformance.matrix tests/conformance tests/unit/lti tests/unit/platform

FUZZ := 5000

fuzz: $(VENV)/.dev ## FUZZ random or mutated tokens and forms for each hostile test (5000): minutes, no fault, no session
	FUZZ=$(FUZZ) $(PYTEST) -n 2 --timeout 0 tests/unit/lti/test_fuzz.py tests/conformance/lti_core/test_hostile_requests.py

test-postgres: $(VENV)/.dev ## the tests of the rooms with tables, a second time, on PostgreSQL
	$(BIN)/python -m tests.postgres $(PYTEST) -m "not e2e" $(wildcard $(addprefix tests/unit/,$(ON_POSTGRES)))


WORLDS := 1000

attack: $(VENV)/.dev ## an attacker on the pictures of a class, in WORLDS invented terms (1000) for each question, TABLE=weeks or activities: minutes
	$(BIN)/python -m tests.attack $(WORLDS) $(TABLE)

# ---- checks

node_modules/.package-lock.json: package-lock.json
	@$(NEED) npm
	@npm ci --silent >&2

# Not the network's own tests: numpy's types say too little of what they hand over.
TYPED_UNIT_TESTS := $(filter-out %/__pycache__ tests/unit/inference,$(wildcard tests/unit/*))

check: $(VENV)/.dev node_modules/.package-lock.json ## lint, types, import contracts, templates, scripts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	ATTUNE_SECRET_KEY=types ATTUNE_KEK=types $(BIN)/mypy lti_tool inference deploy \
		tests/platform tests/transit tests/bench tests/e2e tests/architecture tests/integration tests/conformance tests/attack \
		$(TYPED_UNIT_TESTS) tests/conftest.py tests/postgres.py tests/schema.py
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/djlint --quiet --lint --profile jinja --ignore H006,H030,H031,H043,J004,J018 tests/platform/web/templates
	npx --no-install eslint --max-warnings 0 .

format: $(VENV)/.dev ## put Python code into the house's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.demo ## how fast one core measures frames
	$(BIN)/python -m inference bench --json

bench-launch: $(VENV)/.dev ## CPU time of a whole launch on the web process, part by part, on SQLite and PostgreSQL
	$(BIN)/python -W ignore -m tests.bench.launch
	$(BIN)/python -m tests.postgres $(BIN)/python -W ignore -m tests.bench.launch

bench-audit: $(VENV)/.dev ## how many audit entries a second are written and verified, on both databases
	@$(NEED) "/usr/lib/postgresql/*/bin/initdb=postgresql"
	$(BIN)/python -m tests.bench.audit_chain
	$(BIN)/python -m tests.postgres $(BIN)/python -m tests.bench.audit_chain

STUDENTS := 20 100 200

bench-class: $(VENV)/.dev ## a class of 200 over twelve weeks with six activities: publishing a week, and its pages
	$(BIN)/python -m tests.bench.classes

bench-queue: $(VENV)/.dev ## a counselor's queue of 5,000 cases, page by page: minutes
	$(BIN)/python -m tests.bench.queues

bench-vault: $(VENV)/.dev ## sealing, opening, a term's page, courses of STUDENTS (20 100 200): minutes
	$(BIN)/python -m tests.bench.courses $(STUDENTS)

LOCALES := -l es -l zh_Hans
COLLECT := ATTUNE_SECRET_KEY=texts ATTUNE_KEK=texts $(BIN)/python -W ignore manage.py makemessages --verbosity 0 \
	$(LOCALES) --add-location file -i '.venv*' -i node_modules -i tests -i deploy -i inference -i staticfiles -i var

messages: $(VENV)/.dev ## collect the texts of pages and code into the catalogues, and compile these
	@$(NEED) xgettext=gettext
	$(COLLECT) --no-obsolete -e html,svg,py
	$(COLLECT) --no-obsolete -d djangojs -e js
	ATTUNE_SECRET_KEY=texts ATTUNE_KEK=texts $(BIN)/python -W ignore manage.py compilemessages --verbosity 0 \
		$(LOCALES) -i '.venv*' -i node_modules

# Only the texts themselves, for a test that looks for new ones.
pots: $(VENV)/.dev
	@$(NEED) xgettext=gettext
	$(COLLECT) --keep-pot -e html,svg,py
	$(COLLECT) --keep-pot -d djangojs -e js

clean: ## remove what these commands made, the demonstration's data included
	rm -rf $(VENV) $(FULL) node_modules staticfiles var .cache .pytest_cache .mypy_cache .ruff_cache
