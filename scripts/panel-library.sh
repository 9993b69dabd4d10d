#!/usr/bin/env bash
# Builds the panel tier of the C library for a Cortex-M4, and prints where it is. Exits as scripts/cross.sh does: with 3 where no Rust
# for it can be had.
#
#   scripts/panel-library.sh
set -euo pipefail
# From the folder of the crate, whose .cargo/config.toml chooses the smallest SHA-256.
cd "$(dirname "${BASH_SOURCE[0]}")/../bindings-c"

readonly TARGET=thumbv7em-none-eabi

../scripts/cross.sh "$TARGET" core rustc --locked --quiet --profile panel -p vestibule-c \
  --no-default-features --features compact --crate-type staticlib >&2
printf '%s\n' "${CARGO_TARGET_DIR:-target}/$TARGET/panel/libvestibule_c.a"
