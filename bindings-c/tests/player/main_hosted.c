/* Plays the tapes that are named on the command line. */
#include "player.h"

#include <stdio.h>
#include <stdlib.h>

/* The whole of a file; NULL where it cannot be read. */
static uint8_t *read_file(const char *path, size_t *length) {
  uint8_t *bytes = NULL;
  FILE *file = fopen(path, "rb");
  if (file == NULL) return NULL;
  if (fseek(file, 0, SEEK_END) == 0) {
    const long size = ftell(file);
    rewind(file);
    if (size > 0) bytes = (uint8_t *)malloc((size_t)size);
    if (bytes != NULL && fread(bytes, 1, (size_t)size, file) != (size_t)size) {
      free(bytes);
      bytes = NULL;
    }
    *length = (size_t)size;
  }
  fclose(file);
  return bytes;
}

int main(int count, char **arguments) {
  int at, status = count < 2 ? 2 : 0;
  if (count < 2) printf("usage: player TAPE ...\n");
  for (at = 1; at < count && status == 0; at += 1) {
    size_t length = 0;
    uint8_t *bytes = read_file(arguments[at], &length);
    if (bytes == NULL) {
      printf("%s: cannot be read\n", arguments[at]);
      return 2;
    }
    status = play(arguments[at], bytes, length);
    free(bytes);
  }
  return status;
}
