#!/usr/bin/env bash
# Builds the npm package `vestibule`: both WebAssembly modules, and `bindings-wasm/dist`. Installs what it lacks, where it can.
#
#   scripts/wasm.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../bindings-wasm"
. ../scripts/install.sh
. ../scripts/node.sh

readonly TOOLS=$PWD/../target/tools
readonly BUILT=${CARGO_TARGET_DIR:-../target}/wasm32-unknown-unknown/wasm/vestibule_wasm.wasm
# What every browser since 2022 and Node.js 20 run, and Rust makes; wasm-opt uses whatever it is allowed to.
readonly FEATURES=(--enable-bulk-memory --enable-bulk-memory-opt --enable-multivalue --enable-mutable-globals
  --enable-nontrapping-float-to-int --enable-reference-types --enable-sign-ext)
# Functions are put in the order of their names, so that alike ones lie together for gzip; the names are dropped last.
readonly ORDER=(--one-caller-inline-max-function-size=20 --reorder-functions-by-name
  --strip-debug --strip-producers --strip-target-features)
# Memory below 1,024 is the far end of the stack, where no data is (`--low-memory-unused`): only with a stack about to overflow is
# anything there. That traps never happen (`-tnh`) is not assumed: a stack or a memory that runs out is one, and must stay one.
readonly SHRINK_SMALL=(--low-memory-unused -Oz --flatten --rereloop -O3 -Oz --converge)
# What is flattened takes many minutes to fold again where there is much of it.
readonly SHRINK_FULL=(--low-memory-unused -Oz)
# Where the glue of wasm-bindgen goes, and from where build.mjs takes it.
readonly GLUE=$PWD/../target/wasm

main() {
  need_node
  need_wasm_bindgen
  npm_ci .
  # Some hundred bytes more for a sixth less time, which the small module can afford.
  module small "${SHRINK_SMALL[*]}" --config 'profile.wasm.package.vestibule.opt-level="s"'
  module full "${SHRINK_FULL[*]}" --features full
  node build.mjs "$GLUE"
}

# module NAME PASSES [ARGUMENT …]: builds, binds and shrinks one module.
module() {
  local name=$1 passes
  read -ra passes <<<"$2"
  shift 2
  note "building the $name module"
  VESTIBULE_OWN_STD=true ../scripts/cross.sh wasm32-unknown-unknown core,alloc,panic_abort \
    build --quiet --locked --profile wasm --package vestibule-wasm "$@"
  "$TOOLS/bin/wasm-bindgen" --target web --keep-debug --omit-default-module-path --no-typescript --out-dir "$GLUE/$name" "$BUILT"
  node_modules/.bin/wasm-opt "${FEATURES[@]}" "${passes[@]}" "${ORDER[@]}" \
    "$GLUE/$name/vestibule_wasm_bg.wasm" -o "$GLUE/$name/vestibule.wasm"
}

# The glue and the crate must be of one version.
need_wasm_bindgen() {
  local version
  version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p}' ../Cargo.lock)
  [ "$("$TOOLS/bin/wasm-bindgen" --version 2>/dev/null)" != "wasm-bindgen $version" ] || return 0
  note "installing wasm-bindgen-cli $version: some minutes"
  cargo install --quiet wasm-bindgen-cli --version "$version" --root "$TOOLS"
}

main "$@"
