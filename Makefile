# Roundtable in four words: setup, run, test, lint. Long steps live in .ci/ and tests/provision/, so that they can be read.
.DEFAULT_GOAL := help
.PHONY: help setup run test test-setup lint

help: ## Show this list
	@echo "make setup   make .venv with what running needs (again only when requirements.txt changed)"
	@echo "make run     start Roundtable and print its three links"
	@echo "               PORT=8501                the port"
	@echo "               DATABASE_URL=postgresql://user:password@host/name   instead of the SQLite file in var/"
	@echo "make test    install what the tests need (Chromium, PostgreSQL, nginx), then run them"
	@echo "               TEST_PG_URL=postgresql://...   use this PostgreSQL server for the tests"
	@echo "make lint    format, lint, types and import contracts, without the tests"
	@echo ".ci/run      everything that must hold before a change is accepted"

setup: .venv/.ready-to-run ## Make .venv with what running needs

run: setup ## Start Roundtable
	@.venv/bin/python -m workshop serve

test-setup: .venv/.ready-to-test
	@.venv/bin/python -m tests.provision

test: test-setup ## Run all tests on two workers
	@.venv/bin/python -m pytest -n 2 -m "not browser"
	@.venv/bin/python -m pytest -n 2 -m browser

lint: .venv/.ready-to-test ## Run every check but the tests
	@.ci/run --without-tests

.venv/.ready-to-run: requirements.txt .ci/venv
	@.ci/venv requirements.txt
	@touch $@

.venv/.ready-to-test: tests/requirements.txt .venv/.ready-to-run
	@.ci/venv tests/requirements.txt
	@touch $@
