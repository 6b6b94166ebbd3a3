# Every target sets up .venv from a hash-locked file first, when that is missing or stale, and only then.
# ARGS passes options on: make pages ARGS='--set places.limit=100'

SETUP = sh .ci/setup-venv
RUN = .venv/bin/python -m

# One version of each library for every system and Python, and nothing that names where it came from.
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links --annotation-style line $(ARGS) pyproject.toml

.SILENT:
.PHONY: help pages check report explain places test check-code verify bench lock clean

help: ## Show these targets
	awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile
	echo "Options go in ARGS: make pages ARGS='--help'"

pages: ## Build the site into output/site
	$(SETUP) requirements.txt
	$(RUN) generator pages $(ARGS)

check: ## Look for faults in what is built
	$(SETUP) requirements.txt
	$(RUN) generator check $(ARGS)

report: ## Write output/report.html: what to fix first, and how pages differ
	$(SETUP) requirements.txt
	$(RUN) generator report $(ARGS)

explain: ## Say why a page is as it is: make explain ARGS=URL
	$(SETUP) requirements.txt
	$(RUN) generator explain $(ARGS)

places: ## Refresh the city tables under content/places
	$(SETUP) requirements-places.txt
	$(RUN) generator places $(ARGS)

# Tests start the generator often, and pytest rewrites the assertions of all tests and of hypothesis: where Python may
# not keep what it compiles, each process would do that anew.
test: check-code ## Check the code and run the tests
	$(RUN) compileall -q generator
	PYTHONDONTWRITEBYTECODE= $(RUN) pytest -q -n auto --dist loadfile $(ARGS)

# All four run even when one fails, so that one run shows everything.
check-code: ## Check style, types and layers
	$(SETUP) requirements-dev.txt
	failed=0; \
	$(RUN) ruff check --quiet --output-format concise . || failed=1; \
	$(RUN) ruff format --check --quiet --output-format concise . || failed=1; \
	$(RUN) mypy --no-error-summary || failed=1; \
	layers=$$(.venv/bin/python -c 'import importlinter.cli as c; c.lint_imports_command()' --no-logo) \
		|| { echo "$$layers"; failed=1; }; \
	exit $$failed

verify: ## Build the site and have outside judges check it (HTML, accessibility, speed, sitemaps)
	$(SETUP) requirements-dev.txt
	rm -rf output/verify
	$(RUN) generator pages --output output/verify
	$(RUN) generator report --output output/verify
	$(RUN) tests.verify.run --site-tree output/verify/site $(ARGS)

bench: ## Measure builds beside Hugo, a Jinja loop and the file system (an hour, 80 GB of disk; needs cc)
	$(SETUP) requirements-bench.txt
	$(RUN) tests.bench.run $(ARGS)

lock: ## Refresh the lock files from pyproject.toml with uv (ARGS=--upgrade takes newer versions)
	command -v uv >/dev/null || { echo "make lock needs uv, which is not installed: pip install uv" >&2; exit 1; }
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --extra places --constraint requirements.txt --output-file requirements-places.txt
	$(COMPILE) --extra dev --constraint requirements.txt --output-file requirements-dev.txt
	$(COMPILE) --extra bench --constraint requirements.txt --output-file requirements-bench.txt

clean: ## Remove .venv and the caches of the tools; output and content stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +
