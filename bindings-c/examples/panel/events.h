/*
 * What happened, for the server, which is not always there: a ring in memory that a reset does not clear. Each event has a sequence
 * number. What is overwritten before it was uploaded is missing in the sequence, so that the server sees the gap.
 *
 * It does not outlive a power cut; a product keeps it in memory that does, and carries the sequence on.
 */

#ifndef EVENTS_H
#define EVENTS_H

#include "vestibule.h"

/** How many are kept; so few that this example overwrites some. */
#define EVENTS_KEPT 8u

typedef enum event_kind {
  /** A credential was presented at a door. */
  EVENT_CREDENTIAL = 1,
  /** Somebody who was called pressed open. */
  EVENT_CALL = 2
} event_kind;

/** One event. It is written out with ids: a handle would be read against another image than the one it was of. */
typedef struct event {
  uint32_t sequence;
  uint32_t kind;
  int64_t at;
  /** The revision of the image that answered; 0 where there was none. */
  uint64_t revision;
  /** How the question ended; `reason` is the answer where this is VESTIBULE_OK. */
  vestibule_status status;
  uint16_t reason;
  uint8_t effect;
  uint8_t basis;
  /** Both end with a NUL, and are cut off where they are too long to be anybody's. */
  char principal[VESTIBULE_NAME_BUFFER];
  char resource[VESTIBULE_NAME_BUFFER];
} event;

/** Looks for what an earlier life has left, and returns how many events that are. */
unsigned events_boot(void);

/** Records an event; its sequence number is set here. */
void events_record(const event *happened);

/** Takes one event; returns 0 where it did not arrive. */
typedef int (*events_send)(const event *happened);

/**
 * Sends what was not acknowledged, oldest first, until one does not arrive, and acknowledges what did. Returns how many were overwritten
 * before they could be sent.
 */
uint32_t events_upload(events_send send);

#endif
