# The whole product from the command line. `make help` lists what there is.
HOST ?= 127.0.0.1
PORT ?= 8000
STAGE ?= april-2017
BIN := .venv/bin
QLABS := $(BIN)/python -m qlabs

.DEFAULT_GOAL := help
.PHONY: help run test check fix golden bench demo shots prove lock assets

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

run: ## fetch what is needed, load the demo the first time, serve at HOST and PORT
	@scripts/setup runtime
	@QLABS_URL="$${QLABS_URL:-http://$(HOST:127.0.0.1=localhost):$(PORT)}" QLABS_HOSTS="$${QLABS_HOSTS:-127.0.0.1 localhost [::1] $(HOST)}" \
		exec $(QLABS) run --prepare --host "$(HOST)" --port "$(PORT)"

test: ## every test, on SQLite and, where one answers, on PostgreSQL
	@scripts/setup dev
	@scripts/test

check: ## style, import contracts, missing migrations, docs that are generated
	@scripts/setup dev
	@scripts/check

fix: ## let the formatter and the linter mend what they can
	@scripts/setup dev
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix .

golden: ## every reference case of charts, votes and draws: CASES=, VOTES=, POOLS=folder
	@scripts/setup dev
	@$(BIN)/python -m labtools.golden $(CASES)
	@$(BIN)/python -m labtools.counting.golden $(VOTES)
	@$(BIN)/python -m labtools.drawing.golden $(POOLS)

bench: ## measure votes, pages, counts and charts beside the limits of this machine and other libraries
	@scripts/setup bench
	@$(BIN)/python -m benchmarks

demo: ## a new demo database in var/: STAGE=open-vote leaves the ballot open
	@scripts/setup runtime
	@$(QLABS) demo --fresh --stage "$(STAGE)"

shots: ## pictures of every page type at 390 and 1280 px in var/shots/
	@scripts/setup dev
	@$(BIN)/python -m journeys.shots

prove: ## the long proofs of secrecy and reliability; writes docs/proof.md
	@scripts/setup dev
	@$(QLABS) prove

lock: ## resolve the dependencies anew
	@scripts/setup dev
	@scripts/lock

assets: ## compile the style sheet and vendor the scripts again (needs Node)
	@scripts/build-assets
