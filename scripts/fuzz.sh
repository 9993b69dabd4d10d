#!/usr/bin/env bash
# Fuzzes the core, beginning with the inputs that were kept in `fuzz/corpus/`. Installs cargo-fuzz where it is missing.
#
#   scripts/fuzz.sh [SECONDS]      runs each target so long, 10 seconds where nothing is said; what is found new is thrown away
#   scripts/fuzz.sh --keep DIR     makes `fuzz/corpus/` anew of the inputs there and in DIR/<target>/: the fewest that reach all that
#                                  they reach together, the smallest first, up to a budget; those named by hand stay
#
# To fuzz for long, with a working corpus that is kept from run to run:
#   VESTIBULE_FUZZ_CORPUS=DIR scripts/fuzz.sh 3600
#
# Needs a C++ compiler and runs on stable: RUSTC_BOOTSTRAP lets the compiler take the flags of its sanitizers.
# VESTIBULE_SANITIZER is `address` where nothing is said; `none` where this machine's compiler has no such library.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../fuzz"
. ../scripts/install.sh

readonly TARGETS="image request"
readonly DEFAULT_SECONDS=10
# The longest input, a few rows longer than the longest seed.
readonly MAX_INPUT_BYTES=9000
# Seconds after which an input is a hang.
readonly HANG_SECONDS=20
# Bytes of each committed corpus, inputs named by hand apart.
readonly CORPUS_BUDGET=120000
readonly SANITIZER=${VESTIBULE_SANITIZER:-address}
export RUSTC_BOOTSTRAP=1

usage() {
  echo "usage: scripts/fuzz.sh [SECONDS] | scripts/fuzz.sh --keep DIR" >&2
  exit 2
}

main() {
  case "${1:-$DEFAULT_SECONDS}" in
    --keep) [ $# = 2 ] || usage; prepare; keep "$(cd "$OLDPWD" && cd "$2" && pwd)" ;;
    *[!0-9]*) usage ;;
    *) [ $# -le 1 ] || usage; prepare; run_all "${1:-$DEFAULT_SECONDS}" ;;
  esac
}

prepare() {
  command -v c++ >/dev/null 2>&1 || install g++
  if ! cargo fuzz --version >/dev/null 2>&1; then
    note "no cargo-fuzz: installing it"
    cargo install cargo-fuzz --locked
  fi
}

# fuzz TARGET DIRECTORY … [-- OPTION …]
fuzz() {
  cargo fuzz run --features libfuzzer --sanitizer "$SANITIZER" "$@"
}

run_all() {
  local seconds=$1 target corpus
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  for target in $TARGETS; do
    corpus=${VESTIBULE_FUZZ_CORPUS:-$scratch}/$target
    mkdir -p "$corpus"
    note "$target: $seconds seconds"
    fuzz "$target" "$corpus" "corpus/$target" -- -max_total_time="$seconds" -max_len="$MAX_INPUT_BYTES" \
      -timeout="$HANG_SECONDS" -print_final_stats=1 -verbosity=1 2>&1 | quiet
  done
}

# Leaves out the lines for single inputs; a failure is printed whole.
quiet() {
  grep -vE '^#[0-9]+[[:space:]]+(NEW|REDUCE|RELOAD|pulse)|^"|recommended dictionary|NEW_FUNC'
}

keep() {
  local from=$1 target
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  for target in $TARGETS; do
    [ -d "$from/$target" ] || continue
    mkdir "$scratch/$target"
    # A copy: a fuzzer that still runs takes away inputs for which it has found shorter ones.
    cp -r "$from/$target" "$scratch/$target-found"
    fuzz "$target" "$scratch/$target" "corpus/$target" "$scratch/$target-found" -- -set_cover_merge=1 \
      -max_len="$MAX_INPUT_BYTES" 2>&1 | tail -n 3
    replace "corpus/$target" "$scratch/$target"
  done
}

# replace CORPUS NEW: fuzzers name inputs by their digests, people do not.
replace() {
  local corpus=$1 new=$2 bytes file sum=0 count=0
  find "$corpus" -type f -regextype posix-extended -regex '.*/[0-9a-f]{40}' -delete
  while read -r bytes file; do
    sum=$((sum + bytes))
    [ "$sum" -le "$CORPUS_BUDGET" ] || break
    cp "$file" "$corpus/"
    count=$((count + 1))
  done < <(find "$new" -type f -printf '%s %p\n' | sort -n)
  note "$corpus: $count of $(find "$new" -type f | wc -l) inputs kept"
}

main "$@"
