#include "events.h"

#include <stddef.h>
#include <string.h>

/* An event with what tells it from memory that nobody wrote, or that a reset caught half-written. */
typedef struct entry {
  event event;
  uint32_t check;
} entry;

/* Neither cleared nor set when the panel starts. An acknowledgement stands there twice, once with all bits inverted. */
__attribute__((section(".noinit"))) static struct {
  entry entries[EVENTS_KEPT];
  uint32_t acknowledged;
  uint32_t acknowledged_inverted;
} ring;

static uint32_t next_sequence;

/* FNV-1a. */
static uint32_t check_of(const event *happened) {
  const uint8_t *bytes = (const uint8_t *)happened;
  uint32_t hash = 2166136261u;
  size_t at;
  for (at = 0; at < sizeof *happened; at++) {
    hash = (hash ^ bytes[at]) * 16777619u;
  }
  return hash;
}

static entry *entry_of(uint32_t sequence) { return &ring.entries[sequence % EVENTS_KEPT]; }

/* The event of a sequence number; NULL where it is not there any more. */
static const event *kept(uint32_t sequence) {
  const entry *found = entry_of(sequence);
  return found->event.sequence == sequence && found->check == check_of(&found->event) ? &found->event : NULL;
}

static void acknowledge(uint32_t sequence) {
  ring.acknowledged = sequence;
  ring.acknowledged_inverted = ~sequence;
}

unsigned events_boot(void) {
  unsigned found = 0;
  unsigned at;
  if (ring.acknowledged != ~ring.acknowledged_inverted) {
    acknowledge(0);
  }
  next_sequence = ring.acknowledged + 1;
  for (at = 0; at < EVENTS_KEPT; at++) {
    uint32_t sequence = ring.entries[at].event.sequence;
    if (sequence % EVENTS_KEPT == at && kept(sequence) != NULL) {
      found++;
      if (sequence >= next_sequence) {
        next_sequence = sequence + 1;
      }
    }
  }
  return found;
}

void events_record(const event *happened) {
  entry *place = entry_of(next_sequence);
  place->event = *happened;
  place->event.sequence = next_sequence;
  place->check = check_of(&place->event);
  next_sequence++;
}

uint32_t events_upload(events_send send) {
  uint32_t lost = 0;
  uint32_t sequence;
  for (sequence = ring.acknowledged + 1; sequence < next_sequence; sequence++) {
    const event *happened = kept(sequence);
    if (happened == NULL) {
      lost++;
    } else if (!send(happened)) {
      break;
    } else {
      acknowledge(sequence);
    }
  }
  return lost;
}
