# Sourced by scripts that need Node.js, after install.sh.

# The oldest Node.js with all that the package, its tests and Vite use.
readonly OLDEST_NODE=20
# Which one is taken from npm where the distribution's is older.
readonly NPM_NODE=22

# Puts a Node.js that is new enough first in PATH.
need_node() {
  is_node_new && command -v npm >/dev/null && return 0
  install nodejs npm
  is_node_new && return 0
  local tools
  tools="$(dirname "${BASH_SOURCE[0]}")/../target/tools/node"
  note "this Node.js is older than $OLDEST_NODE: taking $NPM_NODE from npm"
  [ -x "$tools/node_modules/.bin/node" ] || npm install --no-fund --no-audit --prefix "$tools" "node@$NPM_NODE" >&2
  PATH="$(cd "$tools" && pwd)/node_modules/.bin:$PATH"
  is_node_new || { note "no Node.js from $OLDEST_NODE up: install one, then run this again"; return 1; }
}

is_node_new() {
  local version
  version=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\)\..*/\1/p')
  [ "${version:-0}" -ge "$OLDEST_NODE" ]
}

# npm_ci FOLDER: exactly what its package-lock.json says; nothing where that is there already.
npm_ci() {
  local stamp=$1/node_modules/.package-lock.json
  [ ! -e "$stamp" ] || [ "$1/package-lock.json" -nt "$stamp" ] || return 0
  note "installing the packages of $1"
  npm ci --no-fund --no-audit --prefix "$1" >&2
}
