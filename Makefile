# `make figures` rebuilds everything a reader sees; `make test` checks everything it rests on;
# `make reproduce` rebuilds the commit elsewhere and writes a page that compares the two.
PYTHON ?= python3
VENV ?= .venv
RUN := "$(VENV)/bin/python" -m
FROM_LOCK := pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r
NEEDS := Python 3.11 or newer is needed, and $(PYTHON) is %s: name another with PYTHON=python3.11
# Written so that every Python can read it, the old ones that it refuses too.
IS_NEW := import sys; v = sys.version_info; v >= (3, 11) or sys.exit("$(NEEDS)" % sys.version.split()[0])

WORKERS ?= 2

.PHONY: environment figures test coverage reproduce lab site lock clean

figures: environment
	$(RUN) analysis rebuild

test: environment .pipeline/ready .pips/ready
	$(RUN) analysis test --workers $(WORKERS) $(COUNTED)
	@test -e .pipeline/ready || echo "left out, not to be had: the spaCy pipeline, so the parse engine's tests"
	@test -e .pips/ready || echo "left out, not to be had: the other pips, so the lock was tried with one only"

# The same, counting the lines that tests reach: slower by half, so not part of each run.
coverage: COUNTED := --coverage
coverage: test

reproduce: environment
	$(RUN) analysis reproduce $(if $(OUT),--out "$(OUT)")

lab: environment
	$(RUN) jupyterlab notebooks/00_start_here.ipynb

site: environment
	$(RUN) analysis site

# Looks each time, since a version, a lock or a moved folder has no date to go by.
environment:
	@$(PYTHON) -c '$(IS_NEW)'
	@$(PYTHON) environment.py "$(VENV)"

# What only some tests need, and a user never. The pipeline is one private account's upload; without
# these two everything else is tested, and what is left out is said. COMPLETE=yes insists on them.
.pipeline/ready: requirements-pipeline.lock | environment
	@rm -rf .pipeline
	@$(RUN) $(FROM_LOCK) $< --target .pipeline && touch $@ || { rm -rf .pipeline; test -z "$(COMPLETE)"; }

.pips/ready: requirements-pips.lock | environment
	@rm -rf .pips
	@mkdir .pips && grep '^pip==' $< | while read -r pin; do echo "$$pin" > .pips/pin && \
	  $(RUN) $(subst install,download,$(FROM_LOCK)) .pips/pin --dest .pips || exit 1; \
	  done && touch $@ || { rm -rf .pips; test -z "$(COMPLETE)"; }

# For maintainers: needs uv. Versions and hashes only; no address enters the lock.
lock:
	uv pip compile pyproject.toml --group dev --universal --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate -o requirements.lock

clean:
	rm -rf .venv .pipeline .pips
