# Thin on purpose: what happens is in tools/. PYTHON is only used until .venv is there.
PYTHON ?= python3
VENV := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup run practice check format test test-all bench audit lock

help: ## Say what can be asked
	@echo "Namens: let somebody else act for you at digital counters. Type one of these:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

setup: ## Make everything that is needed (the others do this by themselves)
	@$(PYTHON) -m tools.setup

run: setup ## Start all of it for practice, and say where to look; Ctrl-C stops
	@$(VENV) -m tools.run

practice: setup ## Serve exercises for helpers and trainers, emptied every night; Ctrl-C stops
	@$(VENV) -m rehearsal practice

check: setup ## Check the code itself: style, types, imports, templates, translations, migrations
	@$(VENV) -m tools.check

format: setup ## Put right what can be put right without thinking
	@$(VENV) -m tools.check --fix

test: setup ## The gate: unit tests on both databases, journeys in a browser
	@$(VENV) -m tools.suite

test-all: setup ## Everything: journeys on both databases, stock clients, slow tests, replicas (apt install postgresql)
	@$(VENV) -m tools.suite --all

bench: setup ## Measure how fast it is, beside something comparable
	@$(VENV) -m benchmarks

audit: setup ## Ask the advisory services about the pinned packages
	@$(VENV) -m tools.audit

lock: setup ## Remake requirements.lock from pyproject.toml
	@$(VENV) -m tools.lock
