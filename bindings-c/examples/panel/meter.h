/* How much stack and how many instructions something takes. */

#ifndef METER_H
#define METER_H

#include <stddef.h>
#include <stdint.h>

/** Something to be measured. */
typedef void (*meter_act)(void *context);

/** Bytes of stack that an act takes, from the one who calls it on; SIZE_MAX where the stack was not enough to tell. */
size_t meter_stack(meter_act act, void *context);

/**
 * Instructions that an act takes, over so many times, without those of calling it. They may be 670 million in all. Only in QEMU with
 * `-icount shift=0` is an instruction a nanosecond, which is what is counted; on a board it is the time.
 */
uint32_t meter_instructions(meter_act act, void *context, uint32_t times);

#endif
