/* Plays the tapes that are named on the command line. */
#include "player.h"

#include <stdio.h>
#include <stdlib.h>

#include "../check.h"

int main(int count, char **arguments) {
  int at;
  if (count < 2) {
    printf("usage: player TAPE ...\n");
    return 2;
  }
  for (at = 1; at < count; at += 1) {
    size_t length = 0;
    uint8_t *bytes = read_file(arguments[at], &length);
    play(arguments[at], bytes, length);
    free(bytes);
  }
  return 0;
}
