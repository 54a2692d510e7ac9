#!/bin/sh
# Writes the lock files from pyproject.toml: exact versions with the hashes of every file, for
# every Python from 3.11 on, x86-64 and ARM; no index address, no path, no header.
set -eu

compile() {
    .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 \
        --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$@"
}

compile pyproject.toml -o requirements.lock "$@"
compile pyproject.toml --extra dev --constraint requirements.lock -o requirements-dev.lock "$@"
compile --group pyproject.toml:node -o requirements-node.lock "$@"
npm install --package-lock-only --ignore-scripts --no-progress --loglevel=error
# Where its authors ask for money is of no use to an installation, and is an address.
.venv/bin/python - <<'PYTHON'
import json, pathlib
path = pathlib.Path("package-lock.json")
lock = json.loads(path.read_text("utf-8"))
for package in lock["packages"].values():
    package.pop("funding", None)
path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", "utf-8")
PYTHON

if grep -n -i -E '://|^[^ ]* @ |--(index|find|extra)' requirements*.lock package-lock.json; then
    echo "A lock file names an address (above)." >&2
    exit 1
fi
