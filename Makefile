# Needs Python 3.11 or newer and make. Everything else goes into .venv and stays there.

VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif

# The first Python on the path that is new enough; another one: make run PYTHON=/path/to/python
PYTHON ?= $(shell for p in python3 python python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
# Where the dashboard listens, of the command line alone (shells have a HOST of their own): make run HOST=0.0.0.0 serves the
# network. Without PORT it takes the first free one from 8501.
HOST = 127.0.0.1
PORT =
# Of all addresses Streamlit prints one as its own; unless told which, it asks a host on the internet for it.
NAMED := $(if $(filter 0.0.0.0 ::,$(HOST)),--browser.serverAddress localhost)

.PHONY: help run build test check format screenshot score fuzz bench bench-reader bench-export bench-deck clean

help:
	@echo 'make run         build the data and open the dashboard (HOST=127.0.0.1 PORT=8501)'
	@echo 'make test        run all tests'
	@echo 'make check       format, lint, types and import contract'
	@echo 'make build       build the data only'
	@echo 'make format      write the format that check asks for'
	@echo 'make screenshot  take the pictures of the README anew'
	@echo 'make score       measure how well the prose reader reads documents with gold records'
	@echo 'make fuzz        read 10,000 damaged files of every format'
	@echo 'make bench       measure the pages against bare Streamlit pages'
	@echo 'make bench-reader   measure the speed of the prose reader'
	@echo 'make bench-export   measure what it costs to take a million rows away'
	@echo 'make bench-deck     measure ten charts as a deck, a report and a workbook'
	@echo 'make clean       remove .venv and the built data'

# 1 says that a source was left out and named; the rest is there to be seen.
run: $(VENV)/run.stamp
	$(BIN)/python -m etl build || test $$? -eq 1
	$(BIN)/python -m streamlit run dashboard.py --server.address $(HOST) $(if $(PORT),--server.port $(PORT)) $(NAMED)

build: $(VENV)/run.stamp
	$(BIN)/python -m etl build

# Two at a time, a file's tests together: one server and one browser for each of the two.
test: $(VENV)/test.stamp
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/test.stamp
	$(BIN)/python -m ruff format --check
	$(BIN)/python -m ruff check
	$(BIN)/python -m mypy
	$(BIN)/python -m pytest -q tests/test_rooms.py

format: $(VENV)/test.stamp
	$(BIN)/python -m ruff format
	$(BIN)/python -m ruff check --fix

screenshot: $(VENV)/test.stamp
	$(BIN)/python -m tools.screenshot

score: $(VENV)/test.stamp
	$(BIN)/python -m tools.score

fuzz: $(VENV)/test.stamp
	$(BIN)/python -m tools.fuzz

bench: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks.pages

bench-reader: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks.reader

bench-export: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks.large_export

bench-deck: $(VENV)/test.stamp build
	$(BIN)/python -m benchmarks.deck

clean:
	rm -rf $(VENV) data/parquet .pytest_cache .mypy_cache .ruff_cache .hypothesis

# A stamp is written last: after an interruption the step is done again.
$(VENV)/venv.stamp:
	@test -n "$(PYTHON)" || { echo 'No Python 3.11 or newer on the path. Install one, or name it: make run PYTHON=/path/to/python' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo '$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv; then run this again.' >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/run.stamp: $(VENV)/venv.stamp requirements.txt
	@echo 'Installing the packages of requirements.txt (once; a minute or two) ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp requirements-dev.txt
	@echo 'Installing the packages of requirements-dev.txt (once) ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
