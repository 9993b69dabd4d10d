/* Every command and every query of the library is carried out by some record. */
#include "buffers.h"

#include <stdio.h>
#include <string.h>

/* More than there are of either. */
#define MOST 256

/* Which were carried out: of commands, then of queries. */
static uint8_t met[2][MOST];

static vestibule_text name_of(int is_query, size_t number) {
  return is_query ? vestibule_query_name(number) : vestibule_command_name(number);
}

static int is_same(vestibule_text one, vestibule_text other) {
  return one.length == other.length && memcmp(one.data, other.data, one.length) == 0;
}

void play_names(tape *of) {
  const int is_query = tape_u32(of) != 0;
  const uint32_t count = tape_u32(of);
  uint32_t number;
  if (count == 0 || count > MOST) differs(of, "more names than the player has room for, or none");
  for (number = 0; number < count; number += 1) expect_text(of, "a name", name_of(is_query, number), tape_text(of));
  if (name_of(is_query, count).data != NULL || name_of(is_query, SIZE_MAX).data != NULL) differs(of, "a name beyond the last");
}

void carried_out(tape *of, int is_query, vestibule_text name) {
  size_t number = 0;
  while (name_of(is_query, number).data != NULL && !is_same(name_of(is_query, number), name)) number += 1;
  if (number == MOST || name_of(is_query, number).data == NULL) differs(of, "carried out, and no name of the library");
  met[is_query][number] = 1;
}

static size_t expect_all(const tape *at, int is_query) {
  size_t number;
  for (number = 0; name_of(is_query, number).data != NULL; number += 1) {
    if (!met[is_query][number]) {
      printf("%.*s\n", (int)name_of(is_query, number).length, name_of(is_query, number).data);
      differs(at, "an operation of the library that no record carries out");
    }
  }
  return number;
}

void expect_all_carried_out(const tape *at) {
  const size_t commands = expect_all(at, 0), queries = expect_all(at, 1);
  printf("all %lu commands and %lu queries are carried out\n", (unsigned long)commands, (unsigned long)queries);
}
