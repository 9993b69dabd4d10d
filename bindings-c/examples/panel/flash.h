/*
 * Two sectors of flash, one for each slot of an image. Here they are memory that behaves like flash: erasing sets all bits, programming
 * only clears some. A product puts the driver of its flash behind these three functions.
 */

#ifndef FLASH_H
#define FLASH_H

#include <stddef.h>
#include <stdint.h>

#define FLASH_SECTORS 2u
#define FLASH_SECTOR_BYTES 65536u

/** The bytes of a sector, which the processor reads as memory. */
const uint8_t *flash_sector(unsigned sector);

void flash_erase(unsigned sector);

/** Programs bytes that were erased before; they must lie within the sector. */
void flash_program(unsigned sector, size_t offset, const void *bytes, size_t length);

#endif
