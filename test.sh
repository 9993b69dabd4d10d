#!/usr/bin/env bash
# All tests of the project. Installs what it lacks where it can, and says so where it cannot.
#   ./test.sh          what every change must pass
#   ./test.sh --long   the same, with 100,000 generated estates, 10,000 sequences of commands, 20 kills of the server in
#                      10,000 writes each, the large bad inputs, and a minute of each fuzz target
set -euo pipefail
cd "$(dirname "$0")"

long=false
case "${1:-}" in
  "") ;;
  --long) long=true ;;
  *) echo "usage: ./test.sh [--long]" >&2; exit 2 ;;
esac

step() { printf '\n== %s\n' "$*"; }
note() { printf -- '-- %s\n' "$*"; }

step "tools"
if ! command -v cargo >/dev/null 2>&1; then
  echo "cargo is not here: install Rust stable (1.88 or newer), then run this again" >&2
  exit 1
fi
cargo --version
if ! command -v cc >/dev/null 2>&1; then
  note "no C linker: trying to install gcc"
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -q && apt-get install -y -q gcc libc6-dev
  else
    echo "a C linker (cc) is needed: install gcc, then run this again" >&2
    exit 1
  fi
fi
# Takes a component from rustup where it is missing and can be had.
component() {
  cargo "$1" --version >/dev/null 2>&1 && return 0
  note "$2 is missing: asking rustup for it"
  if command -v rustup >/dev/null 2>&1 && rustup component add "$2"; then return 0; fi
  note "$2 cannot be had here: its step is left out"
  return 1
}
# Lints of the firmware, where rustup has its target: Debian's own Rust, which builds it elsewhere, has no clippy.
lint_firmware() {
  local status=0
  (cd bare-metal && VESTIBULE_TOOLCHAIN=rustup ../scripts/cross.sh "$1" core,alloc \
    clippy --quiet --locked -- -D warnings) || status=$?
  [ "$status" -ne 3 ] || { note "no lints for $1"; return 0; }
  return "$status"
}

step "format"
if component fmt rustfmt; then
  cargo fmt --all --check
  cargo fmt --manifest-path bare-metal/Cargo.toml --check
  cargo fmt --manifest-path fuzz/Cargo.toml --check
fi

step "lints, each package on its own so that features do not unify"
if component clippy clippy; then
  cargo clippy --quiet -p vestibule --all-targets --features schema -- -D warnings
  cargo clippy --quiet -p vestibule --lib --no-default-features -- -D warnings
  cargo clippy --quiet -p vestibule --lib --no-default-features --features alloc -- -D warnings
  cargo clippy --quiet -p vestibule --lib --no-default-features --features alloc,compact -- -D warnings
  cargo clippy --quiet -p vestibule-c --all-targets -- -D warnings
  cargo clippy --quiet -p vestibule-tape --all-targets -- -D warnings
  cargo clippy --quiet -p vestibule-wasm --all-targets -- -D warnings
  cargo clippy --quiet -p vestibule-wasm --all-targets --features full -- -D warnings
  cargo clippy --quiet -p vestibule-cli --all-targets -- -D warnings
  cargo clippy --quiet -p vestibule-benches --all-targets --features c -- -D warnings
  cargo clippy --quiet -p vestibule-server --all-targets -- -D warnings
  cargo clippy --quiet --manifest-path fuzz/Cargo.toml --all-targets -- -D warnings
  VESTIBULE_PANEL_IMAGE=$(scripts/panel-image.sh)
  export VESTIBULE_PANEL_IMAGE
  lint_firmware thumbv7em-none-eabi
  lint_firmware riscv32imc-unknown-none-elf
fi

step "tests"
if $long; then
  export VESTIBULE_CASES="${VESTIBULE_CASES:-100000}"
  export VESTIBULE_COMMAND_CASES="${VESTIBULE_COMMAND_CASES:-10000}"
  export VESTIBULE_CRASHES="${VESTIBULE_CRASHES:-20}" VESTIBULE_WRITES="${VESTIBULE_WRITES:-10000}"
  cargo test -p vestibule --features schema -- --include-ignored --nocapture
  cargo test -p vestibule-cli -- --include-ignored
else
  cargo test -p vestibule --features schema
  cargo test -p vestibule-cli
fi

step "the header of the C library"
cargo test -p vestibule-c

step "the server, as a process"
cargo test -p vestibule-server

step "benchmarks, each once, for their answers, and those of the engines that people would pick instead"
# The peers take minutes to compile; the report asks them for their answers before it times them.
if $long; then cargo test -p vestibule-benches --features peers; else cargo test -p vestibule-benches; fi

step "the inputs that fuzzers kept"
cargo test --manifest-path fuzz/Cargo.toml --locked
if $long; then
  step "fuzzing"
  scripts/fuzz.sh 60
fi

step "bare metal: without std and without a heap, for two microcontrollers"
scripts/bare-metal.sh

step "the C library, in C: on this machine, on 32-bit ARM Linux and on a Cortex-M4"
if $long; then scripts/c-test.sh --long; else scripts/c-test.sh; fi

step "the C library, installed and found"
scripts/c-install-test.sh

step "the C library on a Cortex-M4: a panel with visitors, and the budgets"
scripts/c-panel.sh

step "the npm package, in Node.js and in Chromium"
scripts/wasm-test.sh

step "the demo page, walked through"
scripts/wasm-demo.sh
if $long; then
  step "the npm package beside what people would pick instead"
  scripts/wasm-bench.sh 1000
fi

step "the main job"
cargo run --release --quiet -- check \
  --estate examples/maple-court/estate.json \
  --requests examples/maple-court/requests.jsonl \
  --expect examples/maple-court/expected.jsonl
cargo run --release --quiet -- check \
  --estate examples/harbour-group/estate.json \
  --requests examples/harbour-group/requests.jsonl \
  --expect examples/harbour-group/expected.jsonl | tail -n 1

step "all passed"
