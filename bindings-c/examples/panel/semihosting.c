#include "semihosting.h"

#include <stdint.h>

#define SYS_WRITE0 0x04u
#define SYS_EXIT_EXTENDED 0x20u
#define STOPPED_APPLICATION_EXIT 0x20026u

static void call(uint32_t operation, const void *argument) {
  register uint32_t r0 __asm__("r0") = operation;
  register const void *r1 __asm__("r1") = argument;
  __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
}

void semihosting_write(const char *string) { call(SYS_WRITE0, string); }

void semihosting_exit(int status) {
  const uint32_t block[2] = {STOPPED_APPLICATION_EXIT, (uint32_t)status};
  call(SYS_EXIT_EXTENDED, block);
  for (;;) {
  }
}
