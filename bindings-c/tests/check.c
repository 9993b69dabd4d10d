#include "check.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned long done;

void check_that(int holds, const char *file, int line, const char *what) {
  if (!holds) {
    printf("%s:%d: %s\n", file, line, what);
    exit(1);
  }
  done += 1;
}

void check_status(vestibule_status found, vestibule_status wanted, const char *file, int line, const char *call) {
  if (found != wanted) {
    printf("%s:%d: %s\n  status %" PRId32 " (%s)", file, line, call, found, vestibule_status_text(found));
    printf(", expected %" PRId32 " (%s)\n", wanted, vestibule_status_text(wanted));
    exit(1);
  }
  done += 1;
}

unsigned long checks_done(void) { return done; }

void fill(void *memory, size_t length) { memset(memory, PATTERN, length); }

int is_filled(const void *memory, size_t length) {
  const uint8_t *bytes = (const uint8_t *)memory;
  size_t at;
  for (at = 0; at < length; at += 1) {
    if (bytes[at] != PATTERN) return 0;
  }
  return 1;
}

/* As many bytes as the file has, from its beginning; NULL where they cannot be had. */
static uint8_t *read_whole(FILE *file, size_t *length) {
  uint8_t *bytes = NULL;
  long size;
  if (fseek(file, 0, SEEK_END) != 0) return NULL;
  size = ftell(file);
  rewind(file);
  if (size <= 0) return NULL;
  *length = (size_t)size;
  bytes = (uint8_t *)malloc(*length);
  if (bytes != NULL && fread(bytes, 1, *length, file) == *length) return bytes;
  free(bytes);
  return NULL;
}

uint8_t *read_file(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  uint8_t *bytes = file == NULL ? NULL : read_whole(file, length);
  if (bytes == NULL) {
    printf("%s: cannot be read, or is empty\n", path);
    exit(2);
  }
  fclose(file);
  return bytes;
}
