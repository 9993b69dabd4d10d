# Sourced by scripts that hold what they measure to budgets.

# Whether something was beyond what it may be; the script that holds budgets fails by it in the end.
failed=false

# hold WHAT FOUND BUDGET UNIT [CEILING]: a line for the reader; beyond the ceiling, or the budget where there is none, the
# script fails in the end.
hold() {
  local verdict="within the budget"
  [ "$2" -le "$3" ] || verdict="BEYOND the budget"
  if [ "$2" -gt "${5:-$3}" ]; then
    [ -z "${5:-}" ] || verdict="BEYOND the ceiling of $5"
    failed=true
  fi
  printf '  %s: %d of %d %s, %s\n' "$1" "$2" "$3" "$4" "$verdict"
}
