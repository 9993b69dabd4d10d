#!/bin/sh
# Instructions per decision, of the directory, its image and their floor, as a Markdown table. Needs valgrind.
#
#   benches/instructions.sh [PEOPLE …]
#
# They are those of whole passes over the questions, divided by the questions: the loop is counted
# on all sides. They repeat exactly with the same compiler.
set -eu
cd "$(dirname "$0")/.."
# The budget of a decision by handles on an image.
most_by_handles=250
[ $# -gt 0 ] || set -- 1000 100000

cargo build --quiet --release -p vestibule-benches --bin instructions
program="${CARGO_TARGET_DIR:-target}/release/instructions"
counts=$(mktemp)
trap 'rm -f "$counts"' EXIT

echo "| people | level | budget of the image | image | vestibule | floor | image ÷ floor | vestibule ÷ floor |"
echo "|--:|---|--:|--:|--:|--:|--:|--:|"
for people in "$@"; do
    questions=$(valgrind --tool=callgrind --callgrind-out-file="$counts" \
        --toggle-collect='*Workload*pass_*' "$program" "$people" 2>/dev/null)
    callgrind_annotate --inclusive=yes --threshold=100 "$counts" |
        awk -v people="$people" -v questions="$questions" -v most="$most_by_handles" '
            # Of several lines of one function, the first has all of it.
            match($0, /Workload>?::[a-z_]+/) {
                name = substr($0, RSTART, RLENGTH)
                sub(/.*::/, "", name)
                if (name in instructions) next
                gsub(/,/, "", $1)
                instructions[name] = $1 / questions
            }
            END {
                split("text ids handles", levels, " ")
                for (n = 1; n <= 3; n++) {
                    engine = instructions["pass_" levels[n]]
                    image = instructions["image_pass_" levels[n]]
                    floor = instructions["floor_pass_" levels[n]]
                    is_bounded = levels[n] == "handles"
                    printf "| %d | %s | %s | %.1f%s | %.1f | %.1f | %.2f | %.2f |\n", people, levels[n],
                        is_bounded ? "≤ " most : "", image, is_bounded && image > most ? " ✗" : "",
                        engine, floor, image / floor, engine / floor
                }
            }'
done

# Adds and removes of building users: the count must not grow with the people.
cargo build --quiet --release -p vestibule-benches --bin command_instructions
program="${CARGO_TARGET_DIR:-target}/release/command_instructions"
echo
echo "| people | instructions an add | a remove |"
echo "|--:|--:|--:|"
for people in "$@"; do
    commands=$(valgrind --tool=callgrind --callgrind-out-file="$counts" \
        --toggle-collect='*Commands*pass_*' "$program" "$people" 2>/dev/null)
    callgrind_annotate --inclusive=yes --threshold=100 "$counts" |
        awk -v people="$people" -v commands="$commands" '
            match($0, /pass_(adds|removes)/) {
                name = substr($0, RSTART, RLENGTH)
                if (name in instructions) next
                gsub(/,/, "", $1)
                instructions[name] = $1 / commands
            }
            END { printf "| %d | %.0f | %.0f |\n", people, instructions["pass_adds"], instructions["pass_removes"] }'
done
