# Everything runs with .venv/bin/python -m …, by relative paths, so a folder with a space in its name is fine.
PYTHON ?= python3
RUN := .venv/bin/python -m
SEED ?= 7
BASE ?= main
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export GX_ANALYTICS_ENABLED := false
export DAGSTER_DISABLE_TELEMETRY := 1

.DEFAULT_GOAL := help
.PHONY: help report doctor init run rebuild erase push notify rehearse serve shadow propose weights train freeze judge model check test test-all test-spark lint fix audit demo ui docs bench clean

help: ## list these verbs
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 10

report: .venv/installed ## the health report from what has landed; from an invented company if nothing has
	@test "$$($(RUN) orchestration.settings.environment)" != "$$(pwd -P)/data/landing" || test -n "$$(ls -A data/landing 2>/dev/null)" || $(MAKE) --no-print-directory demo SIZE=$(or $(SIZE),small)
	@$(RUN) orchestration.commands.run report

doctor: .venv/installed ## before anything is built: what has landed, what of it is not understood, which figures will exist: LANDING=…
	@$(RUN) orchestration.commands.doctor

init: .venv/installed ## the questions that no file answers, written as catalogues and settings: LANDING=… ANSWERS=answers.yml
	@$(RUN) orchestration.commands.init $(if $(ANSWERS),--answers "$(ANSWERS)")

run: .venv/installed ## the daily job on what has landed
	@$(RUN) orchestration.commands.run daily

rebuild: .venv/installed ## the warehouse anew from the landing files; the one there is moved aside
	@$(RUN) orchestration.commands.rebuild

erase: .venv/installed ## forget whoever asked for it in privacy/erasure_requests, everywhere, and publish without them
	@$(RUN) orchestration.commands.erase

push: .venv/installed ## tell customer systems the scores, updates only; a dry run without a token: RELEASE=band_changes
	@$(RUN) orchestration.commands.push $(if $(RELEASE),--release "$(RELEASE)")

notify: .venv/installed ## send what is due of alerts and was not sent, after a channel was mended
	@$(RUN) orchestration.commands.notify

rehearse: .venv/installed ## a rule of alerts over the past, beside the live one: RULE=<rule or file.csv>
	@$(RUN) orchestration.commands.rehearse "$(RULE)"

serve: .venv/installed ## report and dashboard on this machine, for a browser that wants an address: PORT=8080
	@$(RUN) orchestration.commands.serve $(if $(PORT),--port $(PORT))

shadow: .venv/installed ## who would change band under a draft of the score: VERSION=mature-2
	@$(RUN) orchestration.commands.shadow_scores "$(VERSION)"

judge: .venv/installed-dev ## the score against the simplest rules on real customers: UNIVERSITY=… GIT_HISTORY=… COMPANY="small demo" WORK=…
	@$(RUN) tests.judge --work "$(or $(WORK),data/judged)" --write docs/method.md --write-outlook docs/outlook.md \
		$(if $(UNIVERSITY),--university $(UNIVERSITY)) $(if $(GIT_HISTORY),--git-history $(GIT_HISTORY)) \
		$(if $(COMPANY),--company $(COMPANY)) $(if $(BEFORE),--before $(BEFORE))

freeze: .venv/installed ## draw what is usual among the customers anew, as a dated file, and say whom it moves
	@$(RUN) orchestration.commands.freeze

propose: .venv/installed ## weights and curves from your own past, never applied by itself: DRAFT=folder MODEL= LABEL= HORIZON=
	@$(RUN) orchestration.commands.propose $(if $(DRAFT),"$(DRAFT)") $(if $(MODEL),--model "$(MODEL)") $(if $(LABEL),--label "$(LABEL)") $(if $(HORIZON),--horizon "$(HORIZON)")

weights: .venv/installed ## is a review of the weights due, and what would your own outcomes say: DRAFT=folder MODEL= LABEL= HORIZON=
	@$(RUN) orchestration.commands.weights $(if $(DRAFT),"$(DRAFT)") $(if $(MODEL),--model "$(MODEL)") $(if $(LABEL),--label "$(LABEL)") $(if $(HORIZON),--horizon "$(HORIZON)")

train: .venv/installed ## learn anew who will leave, from what is built; the next run scores by it; CHALLENGER=yes judges a boosted model beside it
	@$(RUN) orchestration.commands.train $(if $(CHALLENGER),--challenger)

model: .venv/installed ## build one model and what reads it, all days, with its tests, in the warehouse at hand: M=fct_x
	@$(RUN) orchestration.commands.model $(M)

# Against BASE; where there is no such branch, what is not committed.
check: .venv/installed-dev ## before each commit, a minute: linters on what changed, conventions, tests that write no files and build nothing
	@$(RUN) ruff check .
	@$(RUN) ruff format --check --quiet .
	@changed="$$( { git diff --name-only --diff-filter=d $$(git merge-base HEAD $(BASE) 2>/dev/null || echo HEAD) -- 'dbt_project/models/*.sql'; git ls-files --others --exclude-standard -- 'dbt_project/models/*.sql'; } | sort -u)"; test -z "$$changed" || $(RUN) sqlfluff lint --processes 2 --nocolor --quiet $$changed
	@$(RUN) pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder -m "not builds and not slow and not exhaustive"

test: .venv/installed-dev ## before a review: all tests that need no warehouse of their own; the shared one is kept while the project is the same
	@$(RUN) pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder -m "not exhaustive"

test-all: .venv/installed-dev ## what the CI asks: every test but those of the switches that CONTRIBUTING.md lists
	@$(RUN) pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

test-spark: .venv/installed-dev ## the models on Apache Spark against DuckDB, row by row: needs Java 17 or 21 (docs/scale.md)
	@$(RUN) pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,spark]'
	@$(RUN) pytest -p no:xdist -m "spark or cluster" tests/spark

lint: .venv/installed-dev ## ruff and sqlfluff
	@$(RUN) ruff check .
	@$(RUN) ruff format --check --quiet .
	@$(RUN) sqlfluff lint --processes 2 --nocolor --quiet dbt_project/models

fix: .venv/installed-dev ## let the linters mend what they can
	@$(RUN) ruff check --fix .
	@$(RUN) ruff format --quiet .
	@$(RUN) sqlfluff fix --processes 2 --nocolor --quiet dbt_project/models

# It asks the network, so it is no part of a build; pip-audit is not among the packages of the project.
audit: ## which packages of requirements.lock have a known weakness: needs pip-audit (pipx install pip-audit)
	@command -v pip-audit >/dev/null || { echo "pip-audit is not installed: pipx install pip-audit, then make audit again." >&2; exit 2; }
	pip-audit --require-hashes --disable-pip --requirement requirements.lock

demo: .venv/installed ## write the landing files of the invented company: SIZE=tiny|small|demo|large|bench SEED=7 SHAPE=native|connectors
	@$(RUN) data.demo --size $(or $(SIZE),demo) --seed $(SEED) --shape $(or $(SHAPE),native)

ui: .venv/installed ## Dagster in the browser: assets, checks, schedules: HOST=127.0.0.1 PORT=3000
	@$(RUN) orchestration.commands.ui $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

docs: .venv/installed ## the models, their columns and lineage as one page
	@$(RUN) orchestration.commands.docs

bench: .venv/installed ## how fast, as ratios within one run: SIZE=demo
	@$(RUN) tests.bench $(or $(SIZE),demo)
	@$(RUN) tests.bench.history

clean: ## remove what was built; landed files stay, and your dagster.yaml
	rm -rf data/published data/reports data/kept dbt_project/target dbt_project/logs logs
	@test ! -d data/warehouse || find data/warehouse -depth ! -path data/warehouse/dagster/dagster.yaml \( -type f -o -type d -empty \) -delete

.venv/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] < (3, 14) else "Python 3.11, 3.12 or 3.13 is needed; $(PYTHON) is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 …")'
	@echo "Installing the pinned packages into .venv (once, two to three minutes)."
	@$(PYTHON) -m venv .venv
	@$(RUN) pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@# In a shell that has this environment, a plain dbt finds the project and its profile from any folder.
	@printf 'export DBT_PROJECT_DIR="$${VIRTUAL_ENV%%/.venv}/dbt_project" DBT_PROFILES_DIR="$${VIRTUAL_ENV%%/.venv}/profiles" PYTHONPATH="$${VIRTUAL_ENV%%/.venv}"\n' >> .venv/bin/activate
	@touch .venv/installed

.venv/installed-dev: .venv/installed
	@$(RUN) pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch .venv/installed-dev
