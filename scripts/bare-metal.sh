#!/usr/bin/env bash
# Links the core, without std and without a heap, into the firmware of `bare-metal/` for two processors, runs it in
# QEMU, and holds flash and stack to their budgets. Installs what it lacks, where it can.
#
#   scripts/bare-metal.sh [--sizes]     with the 40 largest symbols
#
# VESTIBULE_PANEL_IMAGE names another image to embed; VESTIBULE_TOOLCHAIN is explained in scripts/cross.sh.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../bare-metal"
. ../scripts/install.sh
. ../scripts/budget.sh

# Bytes of flash for opening an image, deciding and listing the lobby, what the compiler adds included.
readonly FLASH_BUDGET=$((24 * 1024))
# What it takes today where the budget is not met: more than this fails. The code for RISC-V is longer by two fifths,
# because bytes must be put together one by one.
readonly THUMBV7EM_FLASH_CEILING=$((32 * 1024))
readonly RISCV32IMC_FLASH_CEILING=$((46 * 1024))
# Bytes of stack for the same, that of the program's start included.
readonly STACK_BUDGET=1024
# It is reached to the byte; another compiler may need some words more.
readonly STACK_CEILING=1280
# Functions of `core::panicking` that may be linked.
readonly PANICS_BUDGET=0
# Seconds that the firmware may run; a processor that stops at a fault is found by it.
readonly RUN_SECONDS=20

# What of the firmware is not opening, deciding and listing the lobby, by the names of symbols: the image, the vectors of the
# processor, questions and answers to compare with, printing, measuring, and the list of who may open a door.
readonly APART='PANEL_IMAGE|__INTERRUPTS|__EXCEPTIONS|panel::(questions|console|stack|report|complain|print|measure|main|'\
'__cortex_m|panel::(list_openers|open_and_list|refuse))|semihosting|who_can|FlattenCompat|rust_begin_unwind'
readonly LARGEST=40

sizes=false

main() {
  case "${1:-}" in
    "") ;;
    --sizes) sizes=true ;;
    *) echo "usage: scripts/bare-metal.sh [--sizes]" >&2; exit 2 ;;
  esac
  command -v readelf >/dev/null || install binutils
  command -v qemu-system-arm >/dev/null || install_first qemu-system-arm
  command -v qemu-system-riscv32 >/dev/null || install_first qemu-system-riscv qemu-system-misc

  [ -n "${VESTIBULE_PANEL_IMAGE:-}" ] || VESTIBULE_PANEL_IMAGE=$(../scripts/panel-image.sh)
  export VESTIBULE_PANEL_IMAGE
  check thumbv7em-none-eabi "$THUMBV7EM_FLASH_CEILING" qemu-system-arm -M mps2-an386
  check riscv32imc-unknown-none-elf "$RISCV32IMC_FLASH_CEILING" qemu-system-riscv32 -M virt -bios none
  ! $failed
}

# check TARGET FLASH_CEILING QEMU …: builds, measures and runs the firmware.
check() {
  local target=$1 flash_ceiling=$2
  shift 2
  local firmware=${CARGO_TARGET_DIR:-target}/$target/release/panel
  ../scripts/cross.sh "$target" core,alloc build --release --locked
  printf '%s\n' "$target"
  check_flash "$firmware" "$flash_ceiling"
  check_panics "$firmware"
  check_run "$firmware" "$@"
}

# Prints what is in flash by section, the sum without what is apart, and the largest symbols where they are asked for.
check_flash() {
  local firmware=$1 ceiling=$2 sections apart total
  sections=$(flash_sections "$firmware")
  apart=$(symbols "$firmware" | grep -E "$APART" | sum)
  printf '%s\n' "$sections" | while read -r name bytes; do printf '  %-14s %6d bytes\n' "$name" "$bytes"; done
  printf '  %-14s %6d bytes, in the above\n' "image" "$(image_bytes "$firmware")"
  printf '  %-14s %6d bytes, in the above, image included\n' "apart" "$apart"
  if $sizes; then symbols "$firmware" | grep -vE "$APART" | sed -n "1,${LARGEST}p" | sed 's/^/    /'; fi
  total=$(printf '%s\n' "$sections" | sed 's/^[^ ]* //' | sum)
  hold "flash" "$((total - apart))" "$FLASH_BUDGET" "bytes" "$ceiling"
}

# Sizes and names of what is in flash, the largest first.
symbols() {
  nm --print-size --size-sort --reverse-sort --radix=d --demangle "$1" |
    sed -n 's/^[0-9]* 0*\([0-9][0-9]*\) [tTrR] \(.*\)$/\1 \2/p'
}

# Adds up the number at the beginning of each line.
sum() {
  local all=0 bytes
  while read -r bytes _; do all=$((all + bytes)); done
  echo "$all"
}

# Names and sizes of the sections that are stored in flash: those that are loaded, and not merely zeroed.
flash_sections() {
  local name type size flags
  readelf --section-headers --wide "$1" | sed -n 's/^ *\[ *[0-9]*\] //p' |
    while read -r name type _ _ size _ flags _; do
      if [ "$type" = PROGBITS ] && [[ $flags == *A* ]] && [ $((16#$size)) -gt 0 ]; then
        echo "$name $((16#$size))"
      fi
    done
}

# The size of the embedded image, as the firmware has it.
image_bytes() {
  local size
  size=$(readelf --symbols --wide "$1" | sed -n 's/^ *[0-9]*: [0-9a-f]* *\([0-9]*\) .* PANEL_IMAGE$/\1/p')
  [ -n "$size" ] || { note "no image in $1: expected the symbol PANEL_IMAGE"; return 1; }
  echo "$size"
}

# Code that can panic drags in what tells of it, and means that an answer may fail to come.
check_panics() {
  local names count
  names=$(readelf --symbols --wide "$1" | grep -oE '9panicking[0-9A-Za-z_]*' | sed 's/^9panicking//; s/[0-9][0-9]*/ /g' || true)
  count=$(printf '%s' "$names" | grep -c . || true)
  [ -z "$names" ] || printf '  can panic: %s\n' "$(printf '%s' "$names" | tr '\n' ',')"
  hold "panics" "$count" "$PANICS_BUDGET" "functions"
}

# Runs the firmware; it says itself whether its answers are right.
check_run() {
  local firmware=$1 status=0 output stack
  shift
  output=$(timeout "$RUN_SECONDS" "$@" -nographic -semihosting-config enable=on,target=native \
    -kernel "$firmware" </dev/null 2>&1) || status=$?
  printf '%s\n' "$output" | sed 's/^/  /'
  if [ "$status" -ne 0 ]; then
    [ "$status" -ne 124 ] || note "no answer in $RUN_SECONDS seconds: the processor stopped at a fault, or loops"
    note "the firmware failed with $status, expected 0"
    failed=true
    return
  fi
  stack=$(printf '%s\n' "$output" | sed -n 's/^stack \([0-9][0-9]*\)$/\1/p')
  hold "stack" "${stack:?the firmware printed no stack}" "$STACK_BUDGET" "bytes" "$STACK_CEILING"
}

main "$@"
