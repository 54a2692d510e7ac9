# Kho dữ liệu tỉnh Nghệ An. `make help` lists what can be done.
#
# Only relative paths: the folder's own path may be long or hold a space. For the same
# reason every program is started as `.venv/bin/python -m …`, never by its script.

PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
SERVICES := $(PY) -m portal.embedded services --
TESTS ?= tests

export PIP_ROOT_USER_ACTION := ignore
export PYTHONUNBUFFERED := 1

CODE := core tables accounts deadlines catalog sharing portal demo tests bench manage.py
ASSETS := $(shell find static -type f -not -path 'static/dist*' 2>/dev/null | sed 's/ /\\ /g')
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/*.po)

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev browser run test check bench lock clean

help: ## Danh sách lệnh / This list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  PORT=8000 HOST=127.0.0.1 PORTAL_DATA=var DATABASE_URL= REDIS_URL= DEMO=1   (make run)"

run: setup ## Chạy trang web, PostgreSQL và Redis kèm theo / Serve the site with its own PostgreSQL and Redis
	@exec $(PY) -m portal.embedded run

setup: .venv/.installed static/dist/.built $(CATALOGUES:.po=.mo) ## Cài đặt: .venv, thư viện, giao diện / Install: .venv, packages, assets

setup-dev: setup .venv/.installed-dev ## Cài thêm công cụ phát triển / Also install the tools for development

test: setup-dev browser ## Chạy toàn bộ kiểm thử (TESTS=tests/… để chọn) / Run every test (TESTS=tests/… to choose)
	@$(PY) -m pytest -n 2 $(TESTS)

check: setup-dev ## Kiểm tra mã nguồn và cấu hình / Check code and configuration
	$(PY) -m ruff check $(CODE)
	$(PY) -m ruff format --check $(CODE)
	SECRET_KEY=none $(PY) -m mypy
	$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	$(PY) -m djlint templates --check --lint --quiet
	$(PY) -m bandit --quiet --recursive --configfile pyproject.toml core tables accounts deadlines catalog sharing portal demo
	PORTAL_DATA=build/check DEMO=0 $(SERVICES) $(PY) manage.py makemigrations --check --dry-run
	PORTAL_DATA=build/check DEMO=0 SITE_URL=https://data.nghean.example $(SERVICES) $(PY) manage.py check --deploy --fail-level WARNING

bench: setup-dev ## Đo các con số đã công bố (BENCH=start để chọn) / Measure the figures we state (BENCH=start to choose)
	@rm -rf build/bench
	PORTAL_DATA=build/bench DEMO=0 $(SERVICES) $(PY) -m bench $(BENCH)

lock: setup-dev ## Ghim lại phiên bản thư viện (UPGRADE=1 để nâng cấp) / Pin the packages again (UPGRADE=1 to upgrade)
	sh deploy/lock.sh $(if $(UPGRADE),--upgrade)

clean: ## Xoá những gì dựng được lại, giữ dữ liệu / Remove what can be built again, keep the data
	rm -rf .venv node_modules static/dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find locale -name '*.mo' -delete

.venv/.python:
	@command -v $(PYTHON) >/dev/null || { echo "Chưa có Python; hãy cài Python 3.11 trở lên. / There is no Python; install Python 3.11 or newer." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên; đặt PYTHON=python3.x để chọn bản khác. / Python 3.11 or newer is needed; set PYTHON=python3.x to choose another." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python này thiếu mô-đun venv; trên Debian hãy cài gói python3-venv. / This Python lacks the venv module; on Debian install python3-venv." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: requirements.lock | .venv/.python
	@echo "Đang cài thư viện… / Installing packages…"
	@$(PIP) install --quiet --require-hashes -r requirements.lock || { echo "Không cài được thư viện; lần chạy đầu tiên cần có mạng. / The packages could not be installed; the first run needs the network." >&2; exit 1; }
	@touch $@

.venv/.installed-dev: requirements-dev.lock .venv/.installed
	@echo "Đang cài công cụ phát triển… / Installing the tools for development…"
	@$(PIP) install --quiet --require-hashes -r requirements-dev.lock || { echo "Không cài được công cụ; lần chạy đầu tiên cần có mạng. / The tools could not be installed; the first run needs the network." >&2; exit 1; }
	@touch $@

static/dist/.built: package.json package-lock.json build_assets.mjs build_assets.sh $(ASSETS) | .venv/.installed
	@echo "Đang dựng giao diện… / Building assets…"
	@sh build_assets.sh || { echo "Không dựng được giao diện; lần chạy đầu tiên cần có mạng. / The assets could not be built; the first run needs the network." >&2; exit 1; }
	@touch $@

%.mo: %.po | .venv/.installed
	@SECRET_KEY=none $(PY) manage.py messages compile

browser: .venv/.installed-dev
	@$(PY) -m tests.chromium
