# 融合: two commands are enough: `make run` and `make test`. Everything lands in .venv and node_modules.
PYTHON ?= python3
BIN := .venv/bin
RONGHE := $(BIN)/ronghe
WORKERS ?= 2
PORT ?= 8000
HOST ?= 127.0.0.1
DIST := src/ronghe/common/static/ronghe/dist
UV := 0.13.9
# without it every process compiles three thousand modules anew, several seconds each, here and at the first start
unexport PYTHONDONTWRITEBYTECODE

VENV_PACKAGES := "python3-venv:$(PYTHON) -c 'import ensurepip, venv'"
PRINT_PACKAGES := "libpango-1.0-0:/sbin/ldconfig -p | grep -q libpango-1.0" "libpangoft2-1.0-0:/sbin/ldconfig -p | grep -q libpangoft2-1.0" \
	"libharfbuzz-subset0:/sbin/ldconfig -p | grep -q libharfbuzz-subset" "fonts-noto-cjk:test -d /usr/share/fonts/opentype/noto || fc-list :lang=zh | grep -q ."
SPARK_PACKAGES := "openjdk-17-jre-headless:java -version"
TEST_PACKAGES := "chromium:command -v chromium" "fontconfig:command -v fc-list" "libatomic1:/sbin/ldconfig -p | grep -q libatomic.so.1" \
	"slapd:test -x /usr/sbin/slapd"

.PHONY: run demo serve test test-sqlite test-postgres test-spark check format messages bench drill frontend docs bundle lock clean

run: .venv/.ready frontend print-packages ## demo data, the server and its worker, with its accounts printed
	@RONGHE_DEMO=1 $(RONGHE) demo
	@RONGHE_DEMO=1 $(MAKE) --no-print-directory serve

serve: .venv/.ready frontend ## the server and its worker; Ctrl-C ends both
	@$(RONGHE) migrate -v 0 && $(RONGHE) collectstatic --noinput -v 0
	@$(RONGHE) serve --bind $(HOST):$(PORT)

# what never touches a database runs once: these folders, and elsewhere what asks for none (tests/conftest.py). So do the walks through
# all addresses: what they find (who may, what is escaped, marked, of another area, how many queries) is in templates, declarations
# and QuerySets, of which nothing is written for one database; the pages themselves are opened on both by the tests of their contexts
PURE_TESTS := $(addprefix --ignore=tests/,scoring forecast common figures/reading goals/rules portal/demo test_every_url.py test_script_in_text.py test_exports.py test_other_area.py portal/test_query_budgets.py)

test: test-sqlite test-postgres ## everything, on both databases; browser tests on SQLite (the Spark extra: make test-spark)

test-sqlite: .venv/.ready frontend test-packages
	$(BIN)/pytest -q -n $(WORKERS) --dist worksteal -m "not drill and not spark"

test-postgres: .venv/.ready frontend
	RONGHE_TEST_DB=postgres $(BIN)/pytest -q -n $(WORKERS) --dist worksteal -m "not browser and not drill and not spark" $(PURE_TESTS)

# one process: its tests share one Spark session
test-spark: .venv/.spark
	$(BIN)/pytest -q -p no:xdist -m spark tests/scoring

check: .venv/.ready ## lint, types, import contracts, missing migrations
	$(BIN)/ruff check src tests bench scripts
	$(BIN)/ruff format --check src tests bench scripts
	$(BIN)/djlint src --check --quiet --lint
	$(BIN)/mypy src
	$(BIN)/lint-imports
	$(BIN)/python scripts/messages.py check
	$(RONGHE) makemigrations --check --dry-run
	$(RONGHE) check --fail-level WARNING

format: .venv/.ready
	$(BIN)/ruff check --fix src tests bench scripts
	$(BIN)/ruff format src tests bench scripts

messages: .venv/.ready ## take new texts into the English catalogues
	$(BIN)/python scripts/messages.py update

bench: .venv/.bench frontend ## benchmarks, as ratios of interleaved runs (RONGHE_BENCH=all: the year of 86.4 M values too)
	$(BIN)/python -m bench

drill: .venv/.ready frontend ## long reliability drills
	$(BIN)/pytest -q -m drill -p no:cacheprovider tests

docs: .venv/.ready
	$(BIN)/mkdocs build --strict

ARCH ?= $(shell uname -m)
bundle: .venv/.ready frontend ## everything that an intranet needs, as one file (ARCH=aarch64: for the other machines)
	@scripts/bundle.sh $(BIN)/python $(ARCH)

lock: .venv/.ready ## take current versions into the lock files
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header -q --upgrade -o requirements/run.txt
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --no-header -q --upgrade -o requirements/dev.txt
	$(BIN)/uv pip compile pyproject.toml --extra spark -c requirements/dev.txt --universal --generate-hashes --no-emit-index-url --no-header -q --upgrade -o requirements/spark.txt
	$(BIN)/uv pip compile pyproject.toml --group bench -c requirements/dev.txt --universal --generate-hashes --no-emit-index-url --no-header -q --upgrade -o requirements/bench.txt

.venv/.ready: pyproject.toml requirements/dev.txt
	@scripts/install_system.sh $(VENV_PACKAGES)
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install -q --disable-pip-version-check uv==$(UV)
	@$(BIN)/uv pip sync -q --python $(BIN)/python requirements/dev.txt || $(BIN)/pip install -q --require-hashes -r requirements/dev.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python uv==$(UV) --no-deps
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps -e .
	@touch $@

# half a gigabyte that only the second engine needs, and what benchmarks compare with; both beside what is there
.venv/.spark: .venv/.ready requirements/spark.txt
	@scripts/install_system.sh $(SPARK_PACKAGES)
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/spark.txt || $(BIN)/pip install -q --require-hashes -r requirements/spark.txt
	@touch $@
.venv/.bench: .venv/.ready requirements/bench.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/bench.txt || $(BIN)/pip install -q --require-hashes -r requirements/bench.txt
	@touch $@

# Node comes from a PyPI wheel; the bundle is rebuilt when its sources, or the templates that name icons, are newer
MESSAGES := src/ronghe/locale/en/LC_MESSAGES
FRONTEND_SOURCES := $(shell find frontend src/ronghe -name '*.ts' -o -name '*.css' -o -name '*.mjs' -o -name '*.html' -o -name '*.py')
frontend: $(DIST)/.built $(MESSAGES)/.built
$(MESSAGES)/.built: .venv/.ready $(MESSAGES)/django.po $(MESSAGES)/phrases.po
	@$(BIN)/python scripts/messages.py compile
	@touch $@
$(DIST)/.built: .venv/.ready node_modules/.ready $(FRONTEND_SOURCES)
	@frontend/node.sh npm run --silent check
	@frontend/node.sh npm run --silent build
	@touch $@
node_modules/.ready: package-lock.json .venv/.ready
	@frontend/node.sh npm ci --silent --no-audit --no-fund
	@touch $@

.PHONY: print-packages test-packages
print-packages:
	@scripts/install_system.sh $(PRINT_PACKAGES) || echo "(继续运行;打印 PDF 前请补装)"
test-packages:
	@scripts/install_system.sh $(TEST_PACKAGES) $(PRINT_PACKAGES)

clean:
	rm -rf .venv node_modules var $(DIST)
