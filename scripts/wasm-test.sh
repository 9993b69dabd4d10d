#!/usr/bin/env bash
# Builds the npm package and tries it in Node.js and in Chromium: the shared vectors, hostile callers, the types, and consumers of what is packed. Installs what it lacks.
#
#   scripts/wasm-test.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/install.sh
. scripts/node.sh
. scripts/chromium.sh

need_node
need_chromium
scripts/wasm.sh
cd bindings-wasm
for file in vestibule.wasm vestibule_full.wasm web.js full-web.js errors.js; do
  printf '  %-20s %8d bytes, gzip -9 %7d\n' "$file" "$(wc -c < "dist/$file")" "$(gzip -9c "dist/$file" | wc -c)"
done
# By name: a folder means something else to later versions of Node.js.
node --test test/{node,types,packaging,browser}/*.test.js
node_modules/.bin/publint --strict
node_modules/.bin/attw --pack . --profile node16 --entrypoints . ./full --format ascii
