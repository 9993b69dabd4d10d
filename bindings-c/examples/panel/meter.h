/* How much stack and how many instructions something takes. */

#ifndef METER_H
#define METER_H

#include <stddef.h>
#include <stdint.h>

/** Something to be measured. */
typedef void (*meter_act)(void *context);

/** Bytes of stack that an act takes, from the one who calls it on; SIZE_MAX where the stack was not enough to tell. */
size_t meter_stack(meter_act act, void *context);

/** Starts the timer that `meter_ticks` reads. */
void meter_start(void);

/**
 * Ticks since `meter_start`, of METER_TICK_INSTRUCTIONS each. It counts 24 bits: 670 million instructions. Only in QEMU with
 * `-icount shift=0` is an instruction a nanosecond; on a board these are ticks of its clock.
 */
uint32_t meter_ticks(void);

/** The clock of the board has 25 MHz: a tick is 40 ns. */
#define METER_TICK_INSTRUCTIONS 40u

#endif
