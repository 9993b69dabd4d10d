#!/usr/bin/env bash
# Load on loopback: list, add and remove building users with the journal on, beside the same server answering a constant.
#   examples/server/load.sh [SECONDS] [CONNECTIONS] [PEOPLE]
# Needs wrk (such as: apt-get install wrk). Prints requests a second, the 99th percentile, and answers other than 2xx.
#
# Every add is of somebody who was not there before, so every add is a change that is flushed; every remove is of
# somebody who was added. The list is of another integration, with 60 building users.
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds="${1:-10}"
connections="${2:-64}"
people="${3:-200000}"
threads=2

command -v wrk >/dev/null 2>&1 || { echo "wrk is needed: install it, then run this again" >&2; exit 1; }
cargo build --release --quiet -p vestibule-server

work="$(mktemp -d)"
server=
stop() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
  fi
}
trap 'stop; rm -rf "$work"' EXIT

key=v1_openapp_load
hash="$(printf %s "$key" | sha256sum | cut -d ' ' -f 1)"
printf '[{"sha256":"%s","actor":{"person":"boss"}}]' "$hash" >"$work/keys.json"
awk -v people="$people" 'BEGIN {
  print "{\"version\":1,\"organisations\":[{\"id\":\"operator\",\"name\":\"Operator\"}],"
  print "\"buildings\":[{\"id\":\"court\",\"owner\":\"operator\"}],"
  print "\"integrations\":[{\"id\":\"large\",\"building\":\"court\"},{\"id\":\"small\",\"building\":\"court\"}],"
  print "\"people\":[{\"id\":\"boss\"}"
  for (i = 0; i < people; i++) printf ",{\"id\":\"p-%d\",\"name\":\"Person %d\"}\n", i, i
  print "],\"memberships\":[{\"person\":\"boss\",\"organisation\":\"operator\",\"roles\":[\"admin\"]}"
  for (i = 0; i < 60; i++)
    printf ",{\"person\":\"p-%d\",\"organisation\":\"operator\",\"roles\":[\"virtual_access:integration:small:resident\"]}\n", i
  print "]}"
}' >"$work/estate.json"

# Starts the server with the given options; sets $url.
start() {
  rm -rf "$work/data" "$work/out"
  mkdir "$work/data"
  target/release/vestibule-server --listen 127.0.0.1:0 --data "$work/data" --estate "$work/estate.json" \
    --keys "$work/keys.json" --log off "$@" >"$work/out" &
  server=$!
  until grep -q listens "$work/out"; do
    kill -0 "$server" 2>/dev/null || { echo "the server did not start" >&2; exit 1; }
    sleep 0.1
  done
  url="$(sed -n 's/^.* listens on //p' "$work/out")"
}

# One row: name, method, path, body. PERSON becomes another person for each request, in the same order each time.
measure() {
  local name="$1" method="$2" path="$3" body="${4:-}"
  cat >"$work/request.lua" <<LUA
local threads, people = $threads, $people
local count = 0
function setup(thread) thread:set("number", count); count = count + 1 end
local headers = { ["Authorization"] = "Bearer $key", ["X-Org"] = "operator", ["Content-Type"] = "application/json" }
local turn = 0
function request()
  local person = "p-" .. ((turn * threads + number) % people)
  turn = turn + 1
  local path = string.gsub("$path", "PERSON", person)
  local body = string.gsub([[$body]], "PERSON", person)
  return wrk.format("$method", path, headers, body ~= "" and body or nil)
end
LUA
  wrk -t"$threads" -c"$connections" -d"${seconds}s" --latency -s "$work/request.lua" "$url" |
    awk -v name="$name" '
      /99%/ { p99 = $2 } /Requests\/sec/ { rate = $2 } /Non-2xx/ { other = $NF }
      END { printf "%-26s %12s req/s   p99 %10s   other than 2xx: %d\n", name, rate, p99, other }'
}

large=/api/v1/integrations/large/building-users
small=/api/v1/integrations/small/building-users
add='{"user_id":"PERSON","role":"virtual_access:integration:large:resident"}'
echo "wrk, $connections connections, $seconds s each, $people people, $(nproc) processors for server and wrk together"
start --constant
measure "constant, GET" GET "$small"
measure "constant, POST" POST "$large" "$add"
stop
start
measure "list 60 building users" GET "$small"
measure "add" POST "$large" "$add"
measure "remove" DELETE "$large/PERSON"
stop
