# Every target prepares what it needs and is safe to repeat.

PYTHON := .venv/bin/python
PORT ?= 8000
TODAY ?= 2020-08-20

.PHONY: install run test test-postgresql lint bench trial

install:
	@.ci/set-up run

# The demonstration year, on this machine only.
run: export DEMO = 1
run: export TODAY := $(TODAY)
run: export PORT := $(PORT)
run: install
	@mkdir -p .local/static
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py demonstrate --reset-passwords
	@exec $(PYTHON) -m gunicorn --config python:congress.gunicorn

test:
	@.ci/set-up test
	$(PYTHON) -m pytest -n auto --dist worksteal $(ARGS)

test-postgresql:
	@.ci/set-up test
	url=$$(.ci/postgresql) && TEST_DATABASE_URL=$$url $(PYTHON) -m pytest -n auto --dist worksteal $(ARGS)

lint:
	@.ci/set-up test
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m djlint --quiet --lint templates

# Measurements, not tests: each prints what it measured. Items are measured on both databases.
bench:
	@.ci/set-up test
	$(PYTHON) -m pytest tests/bench -o python_files='bench_*.py' -s $(ARGS)
	@if url=$$(.ci/postgresql); then \
	    TEST_DATABASE_URL=$$url $(PYTHON) -m pytest tests/bench/bench_feedback.py -s $(ARGS); \
	else \
	    echo "没有可用的 PostgreSQL，以上只是 SQLite 的数字。"; \
	fi

# The program under load and faults on both databases: twenty clients, kills, a full disk. As root.
POSTS ?= 500
KILLS ?= 50
AWAY ?= 30
trial:
	@.ci/set-up test
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || .ci/install-packages postgresql
	@$(PYTHON) -m tests.trial --posts $(POSTS) --kills $(KILLS) --away $(AWAY) $(ARGS)
