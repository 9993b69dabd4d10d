#!/usr/bin/env bash
# Runs a command of cargo for another target, in the current folder, with a toolchain that has that target.
#
#   scripts/cross.sh TARGET CRATES COMMAND [ARGUMENT …]
#   scripts/cross.sh thumbv7em-none-eabi core,alloc build --release
#
# First rustup is asked for the target. Where it is not here or cannot, Debian's own Rust builds CRATES, those of
# the standard library that the package needs. VESTIBULE_TOOLCHAIN=rustup or =debian allows only that one.
# VESTIBULE_OWN_STD=true builds CRATES along with either, small and with the flags of the package.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/install.sh"

# How it exits where there is no toolchain for the target; cargo exits with 101.
readonly NO_TOOLCHAIN=3
# Seconds that rustup may take to fetch a target.
readonly RUSTUP_SECONDS=120
# The oldest Rust 1.x that builds the core.
readonly OLDEST_RUST=88
# Where a toolchain keeps the source of its standard library, below its root.
readonly STD_SOURCE=lib/rustlib/src/rust/library/Cargo.lock

main() {
  if [ $# -lt 3 ]; then
    echo "usage: scripts/cross.sh TARGET CRATES COMMAND [ARGUMENT …]" >&2
    exit 2
  fi
  local target=$1 crates=$2
  shift 2
  # Flags of the caller's would hide those of .cargo/config.toml.
  unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_RUSTFLAGS
  case "${VESTIBULE_TOOLCHAIN:-any}" in
    any) by_rustup "$target" "$crates" || by_debian "$target" "$crates" ;;
    rustup) by_rustup "$target" "$crates" ;;
    debian) by_debian "$target" "$crates" ;;
    *) note "VESTIBULE_TOOLCHAIN is \`$VESTIBULE_TOOLCHAIN\`, expected \`rustup\` or \`debian\`"; exit 2 ;;
  esac || { note "no toolchain for $target: see above"; exit "$NO_TOOLCHAIN"; }
  run_cargo "$target" "$@"
}

# Chooses the active toolchain of rustup, with the target added.
by_rustup() {
  local target=$1 crates=$2
  command -v rustup >/dev/null 2>&1 || { note "rustup is not here"; return 1; }
  if ! rustup target list --installed 2>/dev/null | grep -qx "$target"; then
    note "asking rustup for $target"
    if ! RUST_BACKTRACE=0 RUSTUP_MAX_RETRIES=1 timeout "$RUSTUP_SECONDS" rustup target add "$target" >&2; then
      note "rustup cannot add $target on this machine"
      return 1
    fi
  fi
  RUSTC=$(rustup which rustc) && CARGO=$(rustup which cargo) || return 1
  export RUSTC
  BUILD_STD=()
  ${VESTIBULE_OWN_STD:-false} || return 0
  if [ ! -e "$("$RUSTC" --print sysroot)/$STD_SOURCE" ]; then
    note "asking rustup for rust-src"
    RUST_BACKTRACE=0 RUSTUP_MAX_RETRIES=1 timeout "$RUSTUP_SECONDS" rustup component add rust-src >&2 ||
      { note "rustup cannot add rust-src on this machine"; return 1; }
  fi
  build_std "$crates"
}

# Chooses Debian's Rust, which has the source of the standard library; it is new enough, and LLD links.
by_debian() {
  local target=$1 crates=$2
  has_debian_rust || { installable rustc-web && install rustc-web rust-web-src cargo-web; } ||
    { note "Debian's Rust (rustc-web, rust-web-src, cargo-web) is not here"; return 1; }
  has_debian_rust || { note "/usr/bin/rustc is older than 1.$OLDEST_RUST, or has no source beside it"; return 1; }
  find_lld "$target" || { install_first lld-19 lld && find_lld "$target"; } || return 1
  export RUSTC=/usr/bin/rustc
  CARGO=/usr/bin/cargo
  build_std "$crates"
  local name=${target^^}
  export "CARGO_TARGET_${name//-/_}_LINKER=$LLD"
}

# Builds crates of the standard library along.
build_std() {
  # The standard library can be built by a stable compiler only if that is asked for in so many words.
  export RUSTC_BOOTSTRAP=1
  BUILD_STD=("-Zbuild-std=$1")
  ! ${VESTIBULE_OWN_STD:-false} || BUILD_STD+=(-Zbuild-std-features=optimize_for_size)
  # The standard library that rustup hands out checks no overflow; a package's profile would make this one do so.
  local crate
  for crate in core alloc std; do
    BUILD_STD+=(--config "profile.release.package.$crate.overflow-checks=false")
  done
}

# Whether a compiler that is new enough is here, with the source of its standard library.
has_debian_rust() {
  local minor
  [ -x /usr/bin/cargo ] && minor=$(/usr/bin/rustc --version 2>/dev/null | sed -n 's/^rustc 1\.\([0-9]*\)\..*/\1/p') &&
    [ "${minor:-0}" -ge "$OLDEST_RUST" ] && [ -e "$(/usr/bin/rustc --print sysroot)/$STD_SOURCE" ]
}

# Finds the newest linker of LLVM for the target, Debian's or rustup's, which links for all.
find_lld() {
  local name='ld\.lld'
  case "$1" in wasm*) name='wasm-ld' ;; esac
  LLD=$(compgen -c | grep -xE "($name(-[0-9]+)?|rust-lld)" | sort -V | tail -n 1 || true)
  [ -n "$LLD" ]
}

run_cargo() {
  local target=$1 command=$2
  shift 2
  note "$("$CARGO" --version), for $target${BUILD_STD[*]:+, with a standard library of its own: a minute or two}"
  # rustup's cargo does not look for its subcommands beside itself.
  PATH="$(dirname "$CARGO"):$PATH" "$CARGO" "$command" ${BUILD_STD[@]+"${BUILD_STD[@]}"} --target "$target" "$@"
}

main "$@"
