/* Telling of differences. */
#include "player.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void begin(const tape *at, const char *what) {
  printf("record %" PRIu32 ", kind %" PRIu32 ", %.*s\n  %s", at->record, at->kind, (int)at->name.length, at->name.data, what);
}

static void stop(void) {
  printf("\n");
  exit(1);
}

void differs(const tape *at, const char *what) {
  begin(at, what);
  stop();
}

void expect_status(const tape *at, const char *what, vestibule_status found, vestibule_status wanted) {
  if (found == wanted) return;
  begin(at, what);
  printf(": status %" PRId32 " (%s)", found, vestibule_status_text(found));
  printf(", expected %" PRId32 " (%s)", wanted, vestibule_status_text(wanted));
  stop();
}

void expect_u64(const tape *at, const char *what, uint64_t found, uint64_t wanted) {
  if (found == wanted) return;
  begin(at, what);
  /* Newlib has no PRIu64 where GCC brings its own stdint.h. */
  printf(": %llu, expected %llu", (unsigned long long)found, (unsigned long long)wanted);
  stop();
}

void expect_i64(const tape *at, const char *what, int64_t found, int64_t wanted) {
  if (found == wanted) return;
  begin(at, what);
  printf(": %lld, expected %lld", (long long)found, (long long)wanted);
  stop();
}

void expect_text(const tape *at, const char *what, vestibule_text found, vestibule_text wanted) {
  if (found.data != NULL && found.length == wanted.length && memcmp(found.data, wanted.data, found.length) == 0) return;
  begin(at, what);
  printf(":\n    %.*s\n  expected\n    %.*s", (int)found.length, found.data == NULL ? "" : found.data, (int)wanted.length, wanted.data);
  stop();
}

void expect_word(const tape *at, const char *what, const char *found, vestibule_text wanted) {
  expect_text(at, what, vestibule_text_of(found), wanted);
}
