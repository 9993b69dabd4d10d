#!/usr/bin/env bash
# Installs the C library into a folder, as CMake does, and links the example of a host with it: found by CMake, shared and static, and
# by pkg-config. Installs what it lacks, where it can.
#
#   scripts/c-install-test.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/install.sh

readonly ESTATE=examples/maple-court/estate.json
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT

main() {
  command -v cmake >/dev/null || install cmake make
  command -v gcc >/dev/null || install gcc libc6-dev
  command -v pkg-config >/dev/null || install_first pkgconf pkg-config
  build_and_install
  by_cmake
  by_pkg_config
}

build_and_install() {
  cmake -S bindings-c -B "$folder/build" -DVESTIBULE_CARGO_TARGET_DIR="$PWD/target" >/dev/null
  cmake --build "$folder/build" >/dev/null
  cmake --install "$folder/build" --prefix "$folder/prefix" >/dev/null
}

by_cmake() {
  cmake -S bindings-c/tests/consumer -B "$folder/consumer" -DCMAKE_PREFIX_PATH="$folder/prefix" >/dev/null
  cmake --build "$folder/consumer" >/dev/null
  expect_answers "find_package, shared" "$folder/consumer/host_shared"
  expect_answers "find_package, static" "$folder/consumer/host_static"
}

by_pkg_config() {
  local found
  found=$(find "$folder/prefix" -name vestibule.pc)
  export PKG_CONFIG_PATH=${found%/*}
  # Words apart: each is a flag.
  gcc -std=c99 -Wall -Wextra -Wpedantic -Werror bindings-c/examples/host.c -o "$folder/host" $(pkg-config --cflags --libs vestibule)
  LD_LIBRARY_PATH=$(pkg-config --variable=libdir vestibule)
  export LD_LIBRARY_PATH
  expect_answers "pkg-config" "$folder/host"
}

# expect_answers HOW PROGRAM: it decides before and after the change, is refused once, and asks the image.
expect_answers() {
  local said
  said=$("$2" "$ESTATE")
  for line in 'person:chidi-okafor: open, granted (residency)' 'person:hugh-stone: stay shut, no_grant (none)' \
    '"code":"delegation_scope"' '"kind":"created"' 'for the panel says of person:hugh-stone: open, granted (residency)'; do
    [[ $said == *"$line"* ]] || { printf '%s\n' "$said"; note "$1: expected \`$line\`"; return 1; }
  done
  printf '%s: right answers\n' "$1"
}

main "$@"
