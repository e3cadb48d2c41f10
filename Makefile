# `make figures` rebuilds everything a reader sees; `make test` checks everything it rests on;
# `make reproduce` rebuilds the commit elsewhere and writes a page that compares the two.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m

export PYTHONDONTWRITEBYTECODE := 1

.PHONY: figures test reproduce lab site lock clean

figures: $(VENV)/ready
	$(RUN) analysis rebuild

test: $(VENV)/ready .pipeline/ready
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) pytest --cov=analysis --cov-report=term --cov-fail-under=90 --nbval --nbval-current-env src tests notebooks

reproduce: $(VENV)/ready
	$(RUN) analysis reproduce

lab: $(VENV)/ready
	$(RUN) jupyterlab notebooks/00_start_here.ipynb

site: $(VENV)/ready
	$(RUN) analysis site

$(VENV)/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN) pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(RUN) pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# An English pipeline for the tests of the parse engine; nothing a user runs needs it.
.pipeline/ready: requirements-pipeline.lock | $(VENV)/ready
	$(RUN) pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
	  --upgrade --target .pipeline -r requirements-pipeline.lock
	touch $@

# For maintainers: needs uv. Versions and hashes only; no address enters the lock.
lock:
	uv pip compile pyproject.toml --group dev --universal --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate -o requirements.lock

clean:
	rm -rf $(VENV) .pipeline
