#include "flash.h"

#include <string.h>

__attribute__((section(".slots"), aligned(4))) static uint8_t sectors[FLASH_SECTORS][FLASH_SECTOR_BYTES];

const uint8_t *flash_sector(unsigned sector) { return sectors[sector]; }

void flash_erase(unsigned sector) { memset(sectors[sector], 0xFF, FLASH_SECTOR_BYTES); }

void flash_program(unsigned sector, size_t offset, const void *bytes, size_t length) {
  const uint8_t *from = bytes;
  size_t at;
  for (at = 0; at < length; at++) {
    sectors[sector][offset + at] &= from[at];
  }
}
