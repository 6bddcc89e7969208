# Two commands are enough: `make run` and `make test`. Each sets up all it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MARK := .make
CASES := $(wildcard examples/location/*.yaml)

BASE ?= HEAD

.PHONY: run test endure fuzz attack quick check mutants bench browser postgresql calc office lock docs screenshots messages clean help

help: ## Show what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run: $(MARK)/product ## Assess the example cases on the embedded figures and say where the documents lie
	@$(BIN)/python scripts/vendor_assets.py --if-needed || true
	@$(BIN)/python scripts/run_examples.py out
	@echo "Places, cases and answers in a browser: $(BIN)/tyngdepunkt serve --open"

test: $(MARK)/tools browser postgresql calc ## Lint, types, import order and all tests
	@$(BIN)/python scripts/check.py

quick: $(MARK)/tools ## The checks and the tests nearest to what differs from BASE (the last commit), in a minute
	@$(BIN)/python scripts/quick.py $(BASE)

check: $(MARK)/tools ## Lint, types and import order only
	@$(BIN)/python scripts/check.py --no-tests

mutants: $(MARK)/tools ## Make the program wrong on purpose, one way at a time: a test must fail for each
	@$(BIN)/python scripts/mutate.py

bench: $(MARK)/tools ## Measure against named peers and the floor, equal answers first
	@for bench in bench/*.py; do echo "== $$bench"; $(BIN)/python $$bench || exit 1; done

endure: $(MARK)/tools ## Kill the web and commands 500 times while they save, and count what was answered (half an hour)
	@$(BIN)/python scripts/endure.py

fuzz: $(MARK)/tools ## Send 10,000 inputs of each kind that nobody should send, and say what is left
	@$(BIN)/python scripts/fuzz.py

attack: $(MARK)/tools ## Attack the published tables of 1,000 generated staff lists, and count what is recovered
	@$(BIN)/python scripts/attack.py --lists 1000

browser: $(MARK)/tools
	@$(BIN)/python scripts/ready_browser.py

postgresql: $(MARK)/tools
	@$(BIN)/python scripts/ready_postgresql.py

calc: $(MARK)/tools
	@$(BIN)/python scripts/ready_office.py

office: $(MARK)/tools ## Open the written workbook in LibreOffice: a changed weight or figure moves points and order
	@TYNGDEPUNKT_OFFICE=required $(BIN)/python scripts/ready_office.py
	@TYNGDEPUNKT_OFFICE=required $(BIN)/pytest -q -n 0 tests/unit/analyses/location/document/test_location_office.py

screenshots: $(MARK)/tools browser ## Take the pictures of docs/web.md anew
	@$(BIN)/python scripts/screenshots.py

messages: $(MARK)/tools ## Say which messages of the web lack a translation, or have one too many
	@$(BIN)/python scripts/messages.py

docs: $(MARK)/tools ## Write the generated pages of the documentation anew
	@$(BIN)/python scripts/write_docs.py

lock: ## Write the locks anew (hashes, no addresses)
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --generate-hashes --no-header --no-emit-index-url --python-version 3.11 --universal -q -o requirements/product.txt
	@$(BIN)/uv pip compile pyproject.toml --group dev --generate-hashes --no-header --no-emit-index-url --python-version 3.11 --universal -q -o requirements/tools.txt

clean: ## Remove what can be made again
	rm -rf $(VENV) $(MARK) out dist build

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with: make run PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# The locks hold all there is, so nothing is looked up; and what is imported is compiled then, not all at once.
INSTALL = $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-compile

$(MARK)/product: $(VENV)/bin/python requirements/product.txt pyproject.toml
	@echo "Setting up (once; about a minute) …"
	@mkdir -p $(MARK)
	@$(INSTALL) --require-hashes -r requirements/product.txt
	@$(INSTALL) -e .
	@touch $@

$(MARK)/tools: $(VENV)/bin/python requirements/tools.txt pyproject.toml
	@echo "Setting up the product and its tools (once; about a minute) …"
	@mkdir -p $(MARK)
	@$(INSTALL) --require-hashes -r requirements/tools.txt
	@$(INSTALL) -e .
	@touch $(MARK)/product $@
