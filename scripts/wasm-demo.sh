#!/usr/bin/env bash
# Builds the demo page and walks through it in Chromium: both themes, a phone's width and a desk's, with and without a network.
# Installs what it lacks, where it can. Screenshots of every step are in bindings-wasm/demo/screenshots.
#
#   scripts/wasm-demo.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/install.sh
. scripts/node.sh
. scripts/chromium.sh

need_node
need_chromium
# The page is made of the package as it is built; the walk uses the package's own tools.
[ -e bindings-wasm/dist/full-web.js ] || scripts/wasm.sh
npm_ci bindings-wasm
npm_ci bindings-wasm/demo
cd bindings-wasm/demo
npm run --silent typecheck
npm run --silent build
cd ..
node --test --test-reporter=spec test/demo/walk.test.js
