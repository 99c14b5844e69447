# Two commands do all the set-up on a fresh machine with Python 3.11 or newer: make report, make test.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help report site test test-access test-docs test-package test-maps coverage check agree taps calibrate validate states what-if money docs notebook notebooks site-docs geo pictures snapshot wheel clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/pip: 
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "cacorridor needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	touch $@

$(VENV)/package: $(VENV)/pip pyproject.toml src/cacorridor/release.py
	$(BIN)/pip install --quiet --editable ".[charts]"
	$(BIN)/python -m cacorridor.routing.graph.embedding
	touch $@

$(VENV)/%: $(VENV)/package  # one marker for each dependency group of pyproject.toml
	$(BIN)/pip install --quiet --group $*
	touch $@

report: $(VENV)/package  ## compare the three alternatives: prints the tables, writes maps/report.html and maps/explorer.html
	$(BIN)/cacorridor report --output maps/report.html

site: $(VENV)/package  ## write the site, a folder for any static host that also opens offline: maps/site/index.html
	$(BIN)/cacorridor site maps/site

test: $(VENV)/test  ## run the tests
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

test-access: $(VENV)/test  ## look with axe at every page in each language, by day and night, on screen and phone (needs chromium)
	$(BIN)/python -m pytest -m access --numprocesses auto --dist load

test-maps: $(VENV)/test  ## open maps, report and site with all their switches, look longest at the explorer (needs chromium)
	$(BIN)/python -m pytest -m "maps and not access" --numprocesses auto --dist worksteal

test-docs: $(VENV)/test  ## run every line of the README, the site and the notebooks, make the long pages anew
	$(BIN)/python -m pytest -m docs --numprocesses auto --dist load

test-package: $(VENV)/test  ## build the wheel, install it alone and do the main job with it, and without any extra
	$(BIN)/python -m pytest -m package --numprocesses auto --dist load

coverage: $(VENV)/test  ## measure which lines and branches of src the tests reach; fails below 92 %
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal --cov --cov-report=term --cov-report=html:site/coverage

check: $(VENV)/check $(VENV)/test  ## ruff, mypy, import contracts, complexity, density
	$(BIN)/ruff check src tests tools docs/conf.py noxfile.py
	$(BIN)/ruff format --check src tests tools docs/conf.py noxfile.py
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/xenon --max-absolute B --exclude "src/cacorridor/shortest_paths/many_weights/numba_engine.py" src/cacorridor
	$(BIN)/python -m tools.readability src
	$(BIN)/python -m tools.density src

agree: $(VENV)/package $(VENV)/test  ## hold the explorer's search against Python: all pairs of cities with closures (SHARE=10 for a tenth)
	$(BIN)/python -m tools.agree --share $(or $(SHARE),100)

taps: $(VENV)/package $(VENV)/test  ## tap the explorer at random, 10,000 times, in Chromium: no error, no wrong sum, no stale word
	$(BIN)/python -m pytest -v -m taps --numprocesses auto --dist load tests/browser/test_taps.py

calibrate: $(VENV)/package  ## learn from published journeys: writes data/geo/calibration.csv
	$(BIN)/python -m tools.calibrate

validate: $(VENV)/package  ## set published figures beside the model: writes docs/validation.md, two-days.md and crossings.md
	$(BIN)/python -m tools.pages.validate docs
	$(BIN)/python -m tools.crossings docs/crossings.md

states: $(VENV)/package  ## ask who is crossed, bypassed and holds the keys: writes docs/states.md
	$(BIN)/python -m tools.pages.states docs/states.md

what-if: $(VENV)/package  ## ask who wins in which year under which dwell: writes docs/what_if.md
	$(BIN)/python -m tools.pages.what_if docs/what_if.md

money: $(VENV)/package  ## set hours, dollars and grams of the ways beside each other: writes docs/money.md
	$(BIN)/python -m tools.pages.money docs/money.md

docs: $(VENV)/package  ## write what is made from the code: data/geo/README.md, docs/architecture.md, transcripts
	$(BIN)/python -m tools.pages.dictionary data/geo/README.md
	$(BIN)/python -m tools.pages.architecture docs/architecture.md
	$(BIN)/python -m tools.pages.transcript docs/first_ten_minutes.md docs/guide/*.md

notebook: $(VENV)/notebook  ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

notebooks: $(VENV)/test  ## run the notebooks and store them with what they show
	$(BIN)/python -m tools.notebooks

site-docs: $(VENV)/docs  ## build the site of the documentation: site/index.html
	$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going docs site

geo: $(VENV)/package $(VENV)/geo-build  ## rebuild the generated files of data/geo from their carriers
	$(BIN)/python -m tools.build_geo

pictures: $(VENV)/package $(VENV)/test  ## take the pictures of maps/ from the real pages (needs chromium)
	$(BIN)/python -m tools.pages.pictures

snapshot: $(VENV)/package  ## check the embedded data once more and keep what was checked
	$(BIN)/python -m cacorridor.routing.graph.embedding

wheel: $(VENV)/publish $(VENV)/test  ## build wheel and source archive with the data as they were checked
	rm -rf dist
	$(BIN)/python -m build --no-isolation --outdir dist .
	$(BIN)/twine check --strict dist/*
	$(BIN)/check-wheel-contents dist/*.whl

clean:  ## remove what the targets made
	rm -rf $(VENV) dist maps/*.html maps/site src/cacorridor/_data
