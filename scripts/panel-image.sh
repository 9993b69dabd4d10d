#!/usr/bin/env bash
# Freezes what the intercom of Maple Court needs into the image that `bare-metal/` embeds, and prints where it is.
#
#   scripts/panel-image.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly IMAGE=target/panel.image

mkdir -p target
cargo run --release --quiet -- freeze --estate examples/maple-court/estate.json \
  --integration 01JBMC7Q2ZK4N8VX3TRWAHE5DG --issued-at 2026-11-22T18:00:00Z --out "$IMAGE" >&2
printf '%s\n' "$PWD/$IMAGE"
