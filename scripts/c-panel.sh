#!/usr/bin/env bash
# The panel tier of the C library on a Cortex-M4: links it into firmwares, runs them in QEMU, and holds flash, memory, stack and
# instructions to their budgets. Installs what it lacks, where it can.
#
#   scripts/c-panel.sh [--sizes]     with the 40 largest symbols of the library
#
# VESTIBULE_TOOLCHAIN is explained in scripts/cross.sh.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/install.sh
. scripts/node.sh
. scripts/budget.sh

# Bytes of flash for opening an image, deciding and listing the lobby: all that the linker takes out of the library.
readonly FLASH_BUDGET=$((32 * 1024))
# Bytes of the memory that a caller gives for an image.
readonly IMAGE_BUDGET=256
# Bytes of stack of any of these calls.
readonly STACK_BUDGET=1024
# Instructions of a decision by ids on an image of 10,000 people.
readonly INSTRUCTIONS_BUDGET=3000
readonly PEOPLE=10000
# Functions that panic, and functions that take memory, which may be linked.
readonly PANICS_BUDGET=0
readonly HEAP_BUDGET=0
# Seconds that a firmware may run; a processor that stops at a fault is found by it.
readonly RUN_SECONDS=120

# Where firmwares, maps and images go.
readonly OUT=${CARGO_TARGET_DIR:-target}/c-panel
readonly PANEL=bindings-c/examples/panel
readonly BENCH=bindings-c/bench/cortex-m4
# What all firmwares need beside what is their own.
readonly BOARD=("$PANEL"/startup.c "$PANEL"/semihosting.c "$PANEL"/print.c "$PANEL"/meter.c)
readonly CPU=(-mcpu=cortex-m4 -mthumb -mfloat-abi=soft)
readonly CFLAGS=("${CPU[@]}" -std=c99 -Os -g -Wall -Wextra -Wpedantic -Wconversion -Werror -ffunction-sections -fdata-sections)
readonly LDFLAGS=(-nostartfiles --specs=nano.specs -Wl,--gc-sections -Wl,--fatal-warnings -Wl,--no-warn-rwx-segments -Wl,-z,noexecstack)
readonly LARGEST=40

sizes=false

main() {
  case "${1:-}" in
    "") ;;
    --sizes) sizes=true ;;
    *) echo "usage: scripts/c-panel.sh [--sizes]" >&2; exit 2 ;;
  esac
  command -v arm-none-eabi-gcc >/dev/null || install gcc-arm-none-eabi
  arm-none-eabi-gcc "${CPU[@]}" -print-file-name=nano.specs | grep -q / || install libnewlib-arm-none-eabi
  command -v qemu-system-arm >/dev/null || install_first qemu-system-arm
  mkdir -p "$OUT"
  library=$(scripts/panel-library.sh)
  freeze_images
  check_footprint
  check_visitors
  check_decisions
  ! $failed
}

# What the network brings to the panel of Maple Court: an image of before, of now, of later, and one of another panel. In the later
# one the side entrance is in service again.
freeze_images() {
  local intercom=01JBMC7Q2ZK4N8VX3TRWAHE5DG
  freeze 411 "$intercom" 2026-11-22T17:00:00Z "$OUT/411.image"
  freeze 412 "$intercom" 2026-11-22T18:00:00Z "$OUT/412.image"
  freeze 413 "$intercom" 2026-11-22T18:01:00Z "$OUT/413.image" '/"id": "mc-side"/s/"status": "DISABLED"/"status": "ENABLED"/'
  freeze 413 maple-garage 2026-11-22T18:01:00Z "$OUT/413-garage.image"
}

# freeze REVISION INTEGRATION ISSUED_AT OUT [EDIT]: the estate of Maple Court, at a revision, with a line edited.
freeze() {
  sed -e "s/\"revision\": [0-9]*/\"revision\": $1/" -e "${5:-}" examples/maple-court/estate.json |
    cargo run --release --quiet -- freeze --estate - --integration "$2" --issued-at "$3" --fresh-for 36h --max-stale 30d --out "$4" >&2
}

# What the budgets of flash and memory are about, alone in a firmware.
check_footprint() {
  local output name bytes
  link footprint "$BENCH/footprint.c" "$PANEL/network.S"
  run footprint || return 0
  hold "flash of the library" "$(library_bytes footprint)" "$FLASH_BUDGET" "bytes"
  check_absent footprint
  hold "memory for an image" "$(printed 'sizeof(vestibule_image)')" "$IMAGE_BUDGET" "bytes"
  while read -r name bytes; do hold "stack of $name" "$bytes" "$STACK_BUDGET" "bytes"; done \
    < <(printf '%s\n' "$output" | sed -n 's/^stack //p')
  if $sizes; then library_symbols footprint | sed -n "1,${LARGEST}p" | sed 's/^/    /'; fi
}

# The panel of the example, on an evening with visitors and updates; it says itself whether all is as expected.
check_visitors() {
  local output
  link panel "$PANEL"/{main,visitors,door,lobby,slots,flash,update,events,freshness,clock,check,figures}.c "$PANEL/network.S"
  run panel || return 0
  check_absent panel
}

# Instructions of a decision on an image of many people, every answer compared.
check_decisions() {
  local output estate=$OUT/estate
  need_node
  mkdir -p "$estate"
  cargo run --release --quiet -p vestibule-benches --bin estate -- "$PEOPLE" "$estate"
  cargo run --release --quiet -- freeze --estate "$estate/estate.json" --everything --issued-at 2026-11-22T18:00:00Z \
    --out "$OUT/$PEOPLE.image" >&2
  node "$BENCH/questions.mjs" "$estate/questions.json" > "$OUT/questions.c"
  link decisions "$BENCH/decisions.c" "$BENCH/image.S" "$OUT/questions.c" -I "$BENCH"
  run decisions || return 0
  hold "a decision by ids" "$(printed 'decide by ids, instructions')" "$INSTRUCTIONS_BUDGET" "instructions"
}

# link NAME SOURCE …: a firmware of these, the board and the library.
link() {
  local name=$1
  shift
  arm-none-eabi-gcc "${CFLAGS[@]}" "${LDFLAGS[@]}" -I bindings-c/include -I "$PANEL" -I "$OUT" -T "$PANEL/mps2-an386.ld" \
    -Wl,-Map="$OUT/$name.map" -o "$OUT/$name.elf" "$@" "${BOARD[@]}" -lgcc "$library"
}

# run NAME: runs a firmware, which says itself whether all is as it expects; its log is left in `output`.
run() {
  local status=0
  printf '%s\n' "$1"
  output=$(timeout "$RUN_SECONDS" qemu-system-arm -M mps2-an386 -nographic -semihosting-config enable=on,target=native \
    -icount shift=0 -kernel "$OUT/$1.elf" </dev/null 2>&1) || status=$?
  printf '%s\n' "$output" | sed 's/^/  /'
  [ "$status" -ne 0 ] || return 0
  [ "$status" -ne 124 ] || note "no end after $RUN_SECONDS seconds"
  note "the firmware $1 failed with $status, expected 0"
  failed=true
  return 1
}

# printed NAME: the number that the firmware printed behind this name.
printed() {
  local found
  found=$(printf '%s\n' "$output" | sed -n "s/^$1 \([0-9][0-9]*\)$/\1/p")
  echo "${found:?the firmware printed no $1}"
}

# Sizes and names of the sections that the linker took out of the library and that are in flash, the largest first.
library_symbols() {
  sed -n '/^Linker script and memory map/,$p' "$OUT/$1.map" |
    sed -e ':a' -e '/^ \.[^ ]*$/{N;s/\n//;ba' -e '}' |
    sed -n 's/^ \(\.\(text\|rodata\|data\)[^ ]*\) *0x[0-9a-f]* *\(0x[0-9a-f]*\) .*libvestibule_c\.a(.*$/\3 \1/p' |
    while read -r size name; do echo "$((size)) $name"; done | grep -v '^0 ' | sort -rn
}

library_bytes() {
  local all=0 bytes
  while read -r bytes _; do all=$((all + bytes)); done < <(library_symbols "$1")
  [ "$all" -gt 0 ] || { note "nothing of the library in $OUT/$1.map"; return 1; }
  echo "$all"
}

# What must not be linked: the machinery of panics, and a heap.
check_absent() {
  hold "panics" "$(count_symbols "$1" 'panicking|panic_fmt|rust_begin_unwind|rust_panic')" "$PANICS_BUDGET" "functions"
  hold "heap" "$(count_symbols "$1" '^_*(malloc|calloc|realloc|free|sbrk)(_r)?$|__rust_alloc|__rdl_alloc')" "$HEAP_BUDGET" "functions"
}

# count_symbols NAME PATTERN: how many functions of such names are linked; they are listed for the reader.
count_symbols() {
  local names
  names=$(arm-none-eabi-nm --format=posix "$OUT/$1.elf" | sed 's/ .*//' | grep -E "$2" || true)
  [ -z "$names" ] || printf '%s\n' "$names" | sed 's/^/    linked: /' >&2
  printf '%s' "$names" | grep -c . || true
}

main "$@"
