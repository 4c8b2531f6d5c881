# Needs only make, a CPython 3.12-3.14 and a reachable Python package index.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
export UV_PYTHON_DOWNLOADS := never
# the certificates of this machine, as pip uses them
export UV_SYSTEM_CERTS ?= true
# compiled once, in one place: processes start in half the time, and no folder of the project gets such files
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.bytecode
export PORTAL_DEMO ?= 1
UV_VERSION := 0.13.9
VENV := .venv
PY := $(VENV)/bin/python
BIN := $(VENV)/bin
PORTAL_HOME ?= $(CURDIR)/var
COMPILE := .tools/bin/uv pip compile -q --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header

# the first interpreter that is new enough; `make PYTHON=/path/to/python ...` chooses another
PYTHON ?= $(shell for p in python3.13 /usr/bin/python3.13 python3.14 python3.12 /usr/bin/python3 python3; do \
	"$$p" -c 'import sys; raise SystemExit(not ((3, 12) <= sys.version_info[:2] <= (3, 14)))' >/dev/null 2>&1 \
	&& { echo "$$p"; break; }; done)

.NOTPARALLEL:
.PHONY: docs help engine run test test-full check pure app browser sources portals quick mutants search days rehearse schema lock weaknesses clean chromium
help:
	@echo "make run    start the portal (PORTAL_HOST, PORTAL_PORT, PORTAL_HOME, PORTAL_DEMO)"
	@echo "make test   run every check and the tests whose turn it is, two lanes at a time (docs/how-to/tests.md)"
	@echo "make quick  what the change at hand is nearest to, in a minute and a half"
	@echo "make test-full   every test, and every address asked in full for every seat"
	@echo "make search  new examples of the properties, ten times as many"
	@echo "make days   all tests without a browser on days that break tests: hours (DAY=2028-02-29 for one)"
	@echo "make rehearse   the same on those days, in other orders and beside other work: what fails where (ROUNDS=\"order four\")"
	@echo "make mutants   do the nearest tests notice small faults in doors, managers and rules? (N=60 SEED=1 OF='apps/*/rules/*.py')"
	@echo "make docs   the documentation as a site in site/ (the portal serves it under /docs/ by itself)"
	@echo "make lock   resolve pyproject.toml into requirements/*.txt"
	@echo "make weaknesses FILE=all.zip   known weaknesses of the locked packages, from OSV's records of PyPI (docs/how-to/operators.md)"
	@echo "make clean  remove what the others made"

# uv has a small environment of its own, so that it is never part of the locked set; a Debian without python3-venv
# can still install into a folder
.tools/uv-$(UV_VERSION):
	@test -n "$(PYTHON)" || { echo "No CPython 3.12-3.14 found: install one or set PYTHON=/path/to/python." >&2; exit 1; }
	@echo "using $$($(PYTHON) -c 'import sys; print(sys.executable, sys.version.split()[0])')"
	@if $(PYTHON) -m venv --clear .tools >/dev/null 2>&1; then \
	  .tools/bin/python -m pip install -q --disable-pip-version-check --root-user-action ignore uv==$(UV_VERSION); \
	else \
	  rm -rf .tools; \
	  $(PYTHON) -m pip install -q --disable-pip-version-check --root-user-action ignore --target .tools uv==$(UV_VERSION); \
	fi
	@touch $@

# the stamp depends on the lock file, not on the folder's time
$(VENV)/.locked: requirements/dev.txt .tools/uv-$(UV_VERSION)
	@test -x $(PY) || .tools/bin/uv venv -q --python "$(PYTHON)" $(VENV)
	@.tools/bin/uv pip sync -q --require-hashes --python $(PY) requirements/dev.txt || { \
	  echo "uv could not reach the package index; trying pip with its own settings …"; \
	  pip=$(PYTHON); test ! -x .tools/bin/python || pip=.tools/bin/python; \
	  $$pip -m pip --python $(PY) install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt; }
	@touch $@

# the matching engine as machine code where there is a C compiler: the same answers in half the time
engine: $(VENV)/.locked
	@$(PY) -m apps.screening.matching.compilation

# exec, so that a signal reaches the supervisor itself; it also stops when make is killed
run: engine
	@exec $(PY) -m caricom_portal.services run --until-parent-ends

# --- tests: two lanes at a time, the quickest first; stops after a pair in which one failed (docs/how-to/tests.md) ---
# what failed comes last (tests/whole.py); a missing browser is a failure of the whole
test: export PORTAL_REQUIRE_BROWSER := 1
test: engine chromium
	@$(PY) -m tests.whole make --no-print-directory sources portals

test-full: export ARGS += --every-cell
test-full: export APP := app
test-full: test

check: $(VENV)/.locked
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint templates --lint --quiet --ignore H015,H020,H025,H043
	$(BIN)/djangofmt --check --quiet templates
	PORTAL_HOME=$(CURDIR)/var/test $(BIN)/mypy caricom_portal apps demo bench
	$(PY) -m caricom_portal.languages.terms

pure app browser: export PORTAL_TEST_LANE = $@

# no Django, no services
pure: engine
	$(PY) -m pytest $$($(PY) -m tests.lanes arguments) -n 2 -q $$($(PY) -m tests.lanes pure)

# their services end with them
app browser: export PORTAL_TEST_LINGER := 0
# APP=app: all files, also those whose turn it is not
APP ?= app-turn
app: engine
	$(PY) -m pytest -m "not browser" -n 2 --dist worksteal -q $(ARGS) $$($(PY) -m tests.lanes matrix $(APP))

# one portal for all files
browser: engine chromium
	$(PY) -m pytest -m browser -q $(ARGS) $$($(PY) -m tests.lanes browser)

# $(call beside,a lane,one that is waited for first): both at once on two cores; what the former says comes last
define beside
	@mkdir -p var; make --no-print-directory $(1) > var/$(1).log 2>&1 & \
	nice -n 5 make --no-print-directory $(2) 2>&1 | tee var/$(2).log && second=0 || second=$$?; \
	wait $$! && first=0 || first=$$?; cat var/$(1).log; exit $$((first | second))
endef

# types are one process's work
sources: engine
	$(call beside,check,pure)

# a browser waits much, and must not be kept waiting
portals: engine chromium
	$(call beside,browser,app)

quick: engine
	$(BIN)/ruff check -q .
	$(BIN)/lint-imports --no-logo
	$(PY) -m tests.lanes quick

# a sample of small faults in doors, managers and rules, and whether the nearest tests notice them: minutes each
mutants: engine
	$(PY) -m tests.mutants $(or $(N),60) $(or $(SEED),1) $(OF)

# new examples of the properties, ten times as many as in a run; what it finds becomes an @example
search: export PORTAL_PROPERTIES := search
search: engine
	$(PY) -m pytest -n 2 --dist worksteal -q $(ARGS) $$($(PY) -m tests.lanes properties)

# the clock of the tests, PostgreSQL and Valkey is moved by Debian's libfaketime
days: engine
	$(PY) -m tests.on_day $(or $(DAY),all) -n 2 --dist worksteal $(ARGS)

# on those days, in random order, in one process and in four, beside two that burn the cores: what fails where
rehearse: engine
	$(PY) -m tests.rehearsal $(if $(ROUNDS),--rounds "$(ROUNDS)") $(if $(SEED),--seed $(SEED)) $(ARGS)

# absent Chromium is installed where we may, else named; with CI or PORTAL_REQUIRE_BROWSER=1 its absence is a failure
chromium:
	@$(PY) -m caricom_portal.services.chromium

# no address of a package index may reach these files: --no-emit-index-url, and --no-header repeats no command line
# the committed description of the API; the tests compare
schema: $(VENV)/.locked
	$(PY) manage.py draw_states
	$(PY) manage.py write_schema
	$(PY) manage.py draw_api

# any warning fails; that each link leads somewhere is a test (tests/pages/test_documentation.py)
docs: $(VENV)/.locked
	$(PY) -m sphinx -q -W --keep-going -b html -d $(CURDIR)/.bytecode/doctrees docs site

lock: .tools/uv-$(UV_VERSION)
	$(COMPILE) pyproject.toml -o requirements/base.txt
	$(COMPILE) --group dev -c requirements/base.txt pyproject.toml -o requirements/dev.txt
	! grep -nE '://' requirements/*.txt

# asks nobody: the file is downloaded by whoever runs this
weaknesses: $(VENV)/.locked
	@test -n "$(FILE)" || { echo "make weaknesses FILE=all.zip (docs/how-to/operators.md)" >&2; exit 2; }
	@$(PY) manage.py check_weaknesses --from "$(FILE)"

# the literal `make`: a line with the variable is carried out even by `make -n`
clean:
	@if [ -e "$(PORTAL_HOME)" ]; then \
	  test -x $(PY) || make --no-print-directory $(VENV)/.locked; \
	  PORTAL_HOME="$(PORTAL_HOME)" $(PY) -m caricom_portal.services clean; \
	fi
	rm -rf $(VENV) .tools .bytecode .compiled .mypy_cache .ruff_cache .import_linter_cache .hypothesis site
