/* Somebody asks to enter. */

#ifndef DOOR_H
#define DOOR_H

#include "events.h"

/** A reader read a credential, which stands for `principal`, at a door. Decides, writes the log and the event, and returns the event. */
event door_credential(const char *principal, const char *door);

/** Somebody who was called, by their handle in the present image, pressed open for a door. As `door_credential`. */
event door_call(uint64_t resident, const char *door);

#endif
