# Every target sets up first what it needs; `make help` lists them.
# Third parties' addresses stand nowhere in this repository: pip, npm and apt-get are used as this
# machine has them configured.

SHELL := /bin/sh
.DEFAULT_GOAL := help

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	2>/dev/null && echo $$python && break; done)
RUN := .venv/bin/python
# Words to pass on to pytest: make test PYTEST="-k gate -x". Without any, the whole suite on every
# processor, the tests of a file together.
PYTEST ?= -n auto --maxprocesses 8 --dist loadfile

.PHONY: help setup ready ready-to-test demo serve test check format bench pin clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | sort | \
		while IFS='|' read -r name text; do printf '%-12s %s\n' "$$name" "$$text"; done

setup: ready ## set-up only: .venv, design system, model pack, static files; quick when nothing changed
	@echo "Set up."

ready:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed as python3; on Debian: sudo apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -m oversight.site.setup

ready-to-test: ready
	@$(PYTHON) -m oversight.site.setup --for-tests

demo: ready ## the main job on the embedded default, through HTTP: one search refused, one run and published
	@$(RUN) -m oversight.site.demo

serve: ready ## everything with the demonstration data, for the browser, until Ctrl-C; PORT sets the port
	@exec $(RUN) -m oversight.site.stack --demonstration

test: ready-to-test ## the whole suite, browser journeys included; PYTEST="..." passes words on
	@$(RUN) -m pytest $(PYTEST)

check: ready ## format, lint, types, import contracts, migrations, templates, messages, licences
	@$(RUN) -m oversight.site.checks

format: ready ## put code and templates into shape
	@$(RUN) -m ruff format .
	@$(RUN) -m ruff check --fix-only --quiet .

bench: ready ## benchmarks: one JSON document on stdout, progress on stderr
	@$(RUN) -m oversight.site.bench

pin: ready ## pin the requirements again, with digests, after an edit of requirements/*.in
	@$(RUN) -m oversight.site.setup.pin

clean: ## remove everything that set-up and runs have made, data included
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
