#!/usr/bin/env bash
# Times the npm package in Node.js and in Chromium beside Cedar and CASL, on one estate; prints Markdown. Installs what it lacks, where it can.
#
#   scripts/wasm-bench.sh [PEOPLE]     10,000 people unless told
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/install.sh
. scripts/node.sh
. scripts/chromium.sh

need_node
need_chromium
scripts/wasm.sh
npm_ci bindings-wasm/bench
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cargo run --quiet --release -p vestibule-benches --bin estate -- "${1:-10000}" "$folder"
node bindings-wasm/bench/report.js "$folder"
