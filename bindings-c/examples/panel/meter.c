#include "meter.h"

/* Hardly a word of a real stack. */
#define PAINT 0x5AA5A55Au

#define SYST_CSR (*(volatile uint32_t *)0xE000E010u)
#define SYST_RVR (*(volatile uint32_t *)0xE000E014u)
#define SYST_CVR (*(volatile uint32_t *)0xE000E018u)
#define SYST_LONGEST 0x00FFFFFFu
#define INSTRUCTIONS_A_TICK 40u
#define SYST_ENABLED_BY_PROCESSOR_CLOCK 5u

extern uint32_t __stack_limit[];

static inline uint32_t *stack_pointer(void) {
  uint32_t *pointer;
  __asm__ volatile("mov %0, sp" : "=r"(pointer));
  return pointer;
}

/* This function's own variables lie above its stack pointer, so that painting below it overwrites none: no interrupt is on. */
__attribute__((noinline)) size_t meter_stack(meter_act act, void *context) {
  volatile uint32_t *begin = stack_pointer();
  volatile uint32_t *word;
  for (word = __stack_limit; word < begin; word++) {
    *word = PAINT;
  }
  act(context);
  for (word = __stack_limit; word < begin && *word == PAINT; word++) {
  }
  return word == __stack_limit ? SIZE_MAX : (size_t)(begin - word) * sizeof *word;
}

static void nothing(void *context) { (void)context; }

/* The timer counts down from a value that it takes at its first tick, at 25 MHz: 40 ns a tick. */
static uint32_t ticks_of(meter_act act, void *context, uint32_t times) {
  uint32_t left = times;
  uint32_t begin;
  SYST_RVR = SYST_LONGEST;
  SYST_CVR = 0;
  SYST_CSR = SYST_ENABLED_BY_PROCESSOR_CLOCK;
  do {
    begin = SYST_CVR;
  } while (begin == 0);
  while (left-- > 0) {
    act(context);
  }
  return begin - SYST_CVR;
}

uint32_t meter_instructions(meter_act act, void *context, uint32_t times) {
  meter_act volatile empty = nothing;
  uint32_t ticks = ticks_of(act, context, times) - ticks_of(empty, context, times);
  return (uint32_t)((uint64_t)ticks * INSTRUCTIONS_A_TICK / times);
}
