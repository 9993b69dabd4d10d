/* What a server would send to this panel: images in memory that stands for the network. */

#ifndef NETWORK_H
#define NETWORK_H

#include <stddef.h>
#include <stdint.h>

/** The image with which the panel leaves the factory. */
extern const uint8_t network_present[];
extern const uint32_t network_present_length;

/** One issued before. */
extern const uint8_t network_older[];
extern const uint32_t network_older_length;

/** One issued later: the side entrance is in service again. */
extern const uint8_t network_newer[];
extern const uint32_t network_newer_length;

/** One of the same revision for another panel, the garage's. */
extern const uint8_t network_elsewhere[];
extern const uint32_t network_elsewhere_length;

#endif
