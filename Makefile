# Sourcebook from a fresh clone: Python 3.11 with `venv`, make and git are all that has to be there.

PYTHON ?= python3
ARGS ?=

export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help site test check bench lighthouse clean

help: ## this list (what a plain `make` prints)
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "  %-12s %s\n", $$1, $$2 }'

site: .venv/for-site ## build the sample briefing into output/site, and say how to open it
	@.venv/bin/sourcebook build
	@.venv/bin/python -c 'import pathlib; print("Open", pathlib.Path("output/site/index.html").resolve().as_uri())'

test: .venv/for-dev ## run every test, after installing what tests need; make test ARGS='-k browser'
	@tests/tools.sh
	.venv/bin/python -m pytest $(ARGS)

check: .venv/for-dev ## lint, check the format and the types
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy

bench: .venv/for-dev ## measure builds beside Hugo's; make bench ARGS='--sizes 10,100 --runs 3'
	@.venv/bin/python tests/bench.py $(ARGS)

lighthouse: site .venv/for-dev ## what Lighthouse (from npm) gives one page of each kind of the sample
	@tests/tools.sh
	.venv/bin/python tests/lighthouse.py output/site

clean: ## remove all that make made: the output, the caches, the virtual environment
	rm -rf output .sourcebook .cache .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A new pyproject.toml is a reason to install again; a changed source file is not, as it is installed in place.
.venv/for-site: pyproject.toml | .venv/bin/python
	.venv/bin/pip install --quiet --editable .
	@touch $@

.venv/for-dev: pyproject.toml | .venv/bin/python
	.venv/bin/pip install --quiet --editable '.[dev]'
	@touch $@ .venv/for-site

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'Sourcebook needs Python 3.11 or newer; say which with: make PYTHON=python3.11 …' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo '$(PYTHON) cannot make virtual environments; on Debian: apt-get install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv .venv
