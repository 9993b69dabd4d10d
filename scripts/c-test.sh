#!/usr/bin/env bash
# Tests the C library in C: the shared vectors, misuse, threads and the binary interface, by two compilers as C and as C++, with
# sanitizers, under valgrind, on 32-bit ARM Linux, and the panel tier on a Cortex-M4 in QEMU. Installs what it lacks, where it can.
#
#   scripts/c-test.sh           what every change must pass
#   scripts/c-test.sh --long    also the library not optimised, under valgrind, and built for AddressSanitizer itself
#
# VESTIBULE_TOOLCHAIN is explained in scripts/cross.sh.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/install.sh

readonly TESTS=bindings-c/tests
readonly OUT=target/c-test
readonly STATIC=target/release/libvestibule_c.a
readonly SHARED=target/release/libvestibule_c.so
readonly IMAGES=core/tests/vectors/images
readonly WARNINGS=(-Wall -Wextra -Wpedantic -Werror)
readonly HOST=-DVESTIBULE_HOST
readonly LIBRARIES=(-lpthread -ldl -lm)
readonly PROGRAMS=(abi misuse misuse_host threads player)
# What is known of an image of everything, and of one person.
readonly KNOWN=("$IMAGES/v1-everything.image" "$IMAGES/v1-person.image")
# What many threads ask.
readonly THREADED=("$IMAGES/v1-everything.image" "$IMAGES/v1-estate.json")
readonly MEMCHECK=(valgrind --quiet --error-exitcode=1 --leak-check=full --errors-for-leak-kinds=all)
# How scripts/cross.sh exits where there is no toolchain for a target.
readonly NO_TOOLCHAIN=3
# Seconds that the firmware may run; a processor that stops at a fault is found by it.
readonly RUN_SECONDS=300

readonly ARM_LINUX=armv7-unknown-linux-gnueabihf
readonly M4_FLAGS=(-mcpu=cortex-m4 -mthumb -mfloat-abi=soft -Os -g -std=c99 -ffunction-sections)
readonly M4_LINK=(--specs=rdimon.specs -Wl,--gc-sections -Wl,--fatal-warnings -Wl,-z,noexecstack)

long=false

main() {
  case "${1:-}" in
    "") ;;
    --long) long=true ;;
    *) echo "usage: scripts/c-test.sh [--long]" >&2; exit 2 ;;
  esac
  install_tools
  mkdir -p "$OUT"
  build
  check_symbols
  compile_and_run
  sanitize
  run_under_valgrind
  run_on_arm_linux
  run_on_cortex_m4
  if $long; then
    look_for_undefined_values
    sanitize_library
  fi
}

install_tools() {
  command -v gcc >/dev/null && command -v g++ >/dev/null || install gcc g++ libc6-dev
  command -v clang >/dev/null || install clang
  command -v valgrind >/dev/null || install valgrind libc6-dbg
  command -v arm-linux-gnueabihf-gcc >/dev/null || install gcc-arm-linux-gnueabihf libc6-dev-armhf-cross
  command -v qemu-arm >/dev/null || install_first qemu-user
  command -v arm-none-eabi-gcc >/dev/null || install gcc-arm-none-eabi
  [ -n "$(m4_specs)" ] || install libnewlib-arm-none-eabi
  command -v qemu-system-arm >/dev/null || install_first qemu-system-arm
}

# The file by which newlib prints over semihosting; nothing where it is not here.
m4_specs() { arm-none-eabi-gcc -print-file-name=rdimon.specs | grep / || true; }

# The library, and the vectors as tapes.
build() {
  step "the library and the tapes"
  cargo build --release --quiet --locked -p vestibule-c -p vestibule-tape
  link_shared
  target/release/vestibule-tape panel "$OUT/panel.tape"
  target/release/vestibule-tape host "$OUT/host.tape"
}

# Programs look for the shared library by the name that it says it has.
link_shared() {
  local name
  name=$(readelf --dynamic --wide "$SHARED" | sed -n 's/.*(SONAME).*\[\(.*\)\]$/\1/p')
  mkdir -p "$OUT/lib"
  ln -sf "$PWD/$SHARED" "$OUT/lib/${name:-${SHARED##*/}}"
}

# The shared library names what the header declares, and nothing else: it would meet the names of the program that loads it.
check_symbols() {
  step "names of the shared library"
  local declared exported
  declared=$(sed -n 's/^[a-z].*[ *]\(vestibule_[a-z_]*\)(.*/\1/p' bindings-c/include/vestibule.h | grep -v '^vestibule_text_of$' | sort)
  exported=$(nm -D --defined-only "$SHARED" | sed 's/.* //' | sort)
  diff <(echo "$declared") <(echo "$exported") >&2 || { note "the header declares (<) other names than the library has (>)"; exit 1; }
  echo "the $(echo "$exported" | grep -c '^vestibule_') functions of the header, and no other name"
}

compile_and_run() {
  step "gcc, C99, static library"
  compile gcc-c99 "$STATIC" gcc -O2 -std=c99
  run gcc-c99
  step "clang, C99, shared library"
  compile clang-c99 "$SHARED" clang -O2 -std=c99
  LD_LIBRARY_PATH=$OUT/lib run clang-c99
  step "gcc, C++17, shared library"
  compile gcc-cpp17 "$SHARED" g++ -O1 -x c++ -std=c++17
  LD_LIBRARY_PATH=$OUT/lib run gcc-cpp17
  step "clang, C++17, static library"
  compile clang-cpp17 "$STATIC" clang++ -O1 -x c++ -std=c++17
  run clang-cpp17
}

# Memory, and what C leaves undefined; then races. GCC always brings what it links for these, clang not everywhere.
sanitize() {
  step "AddressSanitizer and UndefinedBehaviorSanitizer"
  compile address "$STATIC" gcc -g -O1 -std=c99 -fsanitize=address,undefined -fno-sanitize-recover=all
  run address
  step "ThreadSanitizer"
  compile race "$STATIC" gcc -g -O1 -std=c99 -fsanitize=thread
  "$OUT/race/threads" "${THREADED[@]}"
}

run_under_valgrind() {
  step "valgrind"
  compile valgrind "$STATIC" gcc -g -O1 -std=c99
  run_panel_tier valgrind "${MEMCHECK[@]}"
  # The optimiser has conditions of the host tier read a field before they ask whether it is there, and then takes no notice of what
  # was read; to valgrind that is a jump on a value that nobody wrote. `--long` shows that there is none before it is optimised.
  run_host_tier valgrind "${MEMCHECK[@]}" --undef-value-errors=no
}

run_on_arm_linux() {
  step "32-bit ARM Linux, in qemu-user"
  local status=0
  # Without what the linker could still do for speed: it takes as long as the rest.
  CARGO_TARGET_ARMV7_UNKNOWN_LINUX_GNUEABIHF_LINKER=arm-linux-gnueabihf-gcc \
    scripts/cross.sh "$ARM_LINUX" std rustc --release --quiet --locked -p vestibule-c --crate-type staticlib \
    --config 'profile.release.lto="off"' --config profile.release.codegen-units=16 || status=$?
  if [ "$status" = "$NO_TOOLCHAIN" ]; then
    note "no Rust for $ARM_LINUX can be had here: left out"
    return 0
  fi
  [ "$status" = 0 ] || return "$status"
  compile arm "target/$ARM_LINUX/release/libvestibule_c.a" arm-linux-gnueabihf-gcc -O2 -std=c99
  run arm qemu-arm -L /usr/arm-linux-gnueabihf
}

# The panel tier alone, without std and without a heap, and the tape in flash.
run_on_cortex_m4() {
  step "Cortex-M4, in QEMU"
  local status=0
  panel_library=$(scripts/panel-library.sh) || status=$?
  if [ "$status" = "$NO_TOOLCHAIN" ]; then
    note "no Rust for a Cortex-M4 can be had here: left out"
    return 0
  fi
  [ "$status" = 0 ] || return "$status"
  mkdir -p "$OUT/m4"
  compile_for_m4 abi $(sources abi)
  run_on_m4 abi
  compile_for_m4 misuse $(sources misuse)
  run_on_m4 misuse "${KNOWN[@]}"
  compile_for_m4 player -DTAPE="\"$OUT/panel.tape\"" "$TESTS/bare/tape.S" "$TESTS/bare/main.c" $(player_sources bare)
  run_on_m4 player
}

# compile_for_m4 PROGRAM SOURCE …
compile_for_m4() {
  local program=$1
  shift
  arm-none-eabi-gcc "${M4_FLAGS[@]}" "${WARNINGS[@]}" -I bindings-c/include -T "$TESTS/bare/mps2-an386.ld" "${M4_LINK[@]}" \
    -o "$OUT/m4/$program" "$TESTS/bare/vectors.c" "$@" "$panel_library"
}

# run_on_m4 PROGRAM [ARGUMENT …]: semihosting gives it the console, its arguments, and files to read.
run_on_m4() {
  local arguments status=0 output
  arguments=$(printf ',arg=%s' "$@")
  output=$(timeout "$RUN_SECONDS" qemu-system-arm -M mps2-an386 -nographic \
    -semihosting-config "enable=on,target=native$arguments" -kernel "$OUT/m4/$1" </dev/null 2>&1) || status=$?
  printf '%s\n' "$output"
  [ "$status" = 0 ] || { note "$1 failed on the Cortex-M4 with $status"; exit 1; }
}

# Of the host tier too, in a library that nobody optimised: several minutes.
look_for_undefined_values() {
  step "valgrind, the library not optimised"
  cargo build --quiet --locked -p vestibule-c
  compile plain target/debug/libvestibule_c.a gcc -g -O1 -std=c99
  run plain "${MEMCHECK[@]}"
}

# What the library itself does with memory, instrumented too: the sanitizers above see only what C does, and the heap.
sanitize_library() {
  step "AddressSanitizer in the library too"
  # A stable compiler instruments only if that is asked for in so many words.
  RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Zsanitizer=address \
    cargo rustc --release --quiet --locked --target x86_64-unknown-linux-gnu --target-dir "$OUT/instrumented" -p vestibule-c \
    --crate-type staticlib
  compile instrumented "$OUT/instrumented/x86_64-unknown-linux-gnu/release/libvestibule_c.a" \
    gcc -g -O1 -std=c99 -fsanitize=address,undefined -fno-sanitize-recover=all
  run instrumented
}

# ---- One variant of the programs ----

# compile VARIANT LIBRARY COMPILER …: all programs, into a folder of the variant.
compile() {
  local folder=$OUT/$1 library=$2 program
  shift 2
  mkdir -p "$folder"
  for program in "${PROGRAMS[@]}"; do
    "$@" "${WARNINGS[@]}" "$HOST" -I bindings-c/include -o "$folder/$program" $(sources "$program") -x none "$library" \
      "${LIBRARIES[@]}"
  done
}

sources() {
  case "$1" in
    player) echo "$TESTS/check.c" "$TESTS/player/main_hosted.c"; player_sources hosted ;;
    misuse) echo "$TESTS/check.c" "$TESTS"/misuse/*.c ;;
    *) echo "$TESTS/check.c" "$TESTS/$1.c" ;;
  esac
}

# player_sources hosted|bare: what plays a tape, but for where it begins.
player_sources() {
  local source
  for source in "$TESTS"/player/*.c "$TESTS"/player/host/*.c; do
    case "$source" in
      */host/*) [ "$1" != hosted ] || echo "$source" ;;
      */main_*.c) ;;
      */place_*.c) [ "$source" != "$TESTS/player/place_$1.c" ] || echo "$source" ;;
      *) echo "$source" ;;
    esac
  done
}

# run VARIANT [RUNNER …]: all programs of a variant.
run() {
  run_panel_tier "$@"
  run_host_tier "$@"
}

run_panel_tier() {
  local folder=$OUT/$1
  shift
  "$@" "$folder/abi"
  "$@" "$folder/misuse" "${KNOWN[@]}"
  "$@" "$folder/player" "$OUT/panel.tape"
}

run_host_tier() {
  local folder=$OUT/$1
  shift
  "$@" "$folder/misuse_host"
  "$@" "$folder/threads" "${THREADED[@]}"
  "$@" "$folder/player" "$OUT/host.tape"
}

step() { printf '\n-- %s\n' "$*"; }

main "$@"
