# Stormlykta. `make` alone lists the targets. Two are enough on a fresh machine: `make run` and `make test`.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8000
STORMLYKTA_DATA ?= data
export PORT STORMLYKTA_DATA

PYTHON := .venv/bin/python
WEB := web/dist/index.html
WEB_SOURCES := package.json package-lock.json tsconfig.json $(shell find web -type f -not -path 'web/dist/*' 2>/dev/null)

.PHONY: help run test check format build bench lock screenshots clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 22

run: build ## build, publish the starter library, print addresses and codes, and serve (PORT, STORMLYKTA_DATA)
	@scripts/run.sh

build: .venv/ready $(WEB) ## everything but starting: .venv with the console script, the built app

test: build .venv/ready-for-tests ## all tests: app, server, real Chromium
	@scripts/chromium.sh
	npm test --silent
	.venv/bin/pytest --numprocesses auto --maxprocesses 4 --dist loadfile

check: build .venv/ready-for-tests ## formatting, lint, types
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	npm run --silent types
	npm run --silent lint

format: build .venv/ready-for-tests ## format the code
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix-only --quiet .
	npm run --silent format

bench: build .venv/ready-for-tests ## the measurements that README quotes
	@scripts/chromium.sh
	$(PYTHON) -m bench

screenshots: build .venv/ready-for-tests ## the pictures of the screens, for README and for looking
	@scripts/chromium.sh
	$(PYTHON) scripts/screenshots.py

lock: .venv/ready-for-tests ## pin all dependencies anew, with hashes
	.venv/bin/uv pip compile pyproject.toml --group build --generate-hashes --universal --python-version 3.11 --no-header --no-emit-index-url --no-emit-find-links -q -o requirements.txt
	.venv/bin/uv pip compile pyproject.toml --group build --group dev --generate-hashes --universal --python-version 3.11 --no-header --no-emit-index-url --no-emit-find-links -q -o requirements-dev.txt
	npm install --package-lock-only --omit-lockfile-registry-resolved

clean: ## remove what was built (never the data)
	rm -rf .venv node_modules web/dist

.venv/ready: requirements.txt pyproject.toml
	@scripts/python.sh requirements.txt
	@touch $@

.venv/ready-for-tests: requirements-dev.txt .venv/ready
	@scripts/python.sh requirements-dev.txt
	@touch $@

node_modules/.ready: package.json package-lock.json
	@scripts/node.sh
	npm ci --no-audit --no-fund
	@touch $@

$(WEB): node_modules/.ready $(WEB_SOURCES)
	npm run --silent build
	@touch $@
