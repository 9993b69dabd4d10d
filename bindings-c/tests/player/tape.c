/* Reading a tape. Nothing is aligned, so numbers are put together byte by byte. */
#include "player.h"

#include <string.h>

static const char MAGIC[] = "VSTAPE1\n";

static size_t left(const uint8_t *from, const uint8_t *to) { return (size_t)(to - from); }

static uint32_t u32_at(const uint8_t *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* `length` bytes of the record. */
static const uint8_t *take(tape *of, size_t length) {
  const uint8_t *taken = of->field;
  if (length > left(of->field, of->record_end)) differs(of, "a record ends within a field");
  of->field += length;
  return taken;
}

void tape_open(tape *of, const uint8_t *bytes, size_t length) {
  memset(of, 0, sizeof *of);
  if (length < sizeof MAGIC - 1 || memcmp(bytes, MAGIC, sizeof MAGIC - 1) != 0) differs(of, "this is no tape");
  of->next = bytes + sizeof MAGIC - 1;
  of->end = bytes + length;
}

void tape_next(tape *of) {
  size_t length;
  if (left(of->next, of->end) < 4) differs(of, "the tape ends without an end");
  length = u32_at(of->next);
  of->next += 4;
  if (length > left(of->next, of->end)) differs(of, "the tape ends within a record");
  of->field = of->next;
  of->record_end = of->next + length;
  of->next = of->record_end;
  of->record += 1;
  of->name = vestibule_text_of("");
  of->kind = tape_u32(of);
  of->name = tape_text(of);
}

void tape_taken(const tape *of) {
  if (of->field != of->record_end) differs(of, "the record has more fields than the player knows");
}

uint32_t tape_u32(tape *of) { return u32_at(take(of, 4)); }

uint64_t tape_u64(tape *of) {
  const uint64_t low = tape_u32(of);
  return low | (uint64_t)tape_u32(of) << 32;
}

int64_t tape_i64(tape *of) {
  const uint64_t bits = tape_u64(of);
  int64_t number;
  memcpy(&number, &bits, sizeof number);
  return number;
}

vestibule_text tape_text(tape *of) {
  vestibule_text text;
  text.length = tape_u32(of);
  text.data = (const char *)take(of, text.length);
  return text;
}
