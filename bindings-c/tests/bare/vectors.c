/* Where the processor begins: newlib's own start, which opens the console of semihosting. A fault ends the run. */
#include <stdio.h>
#include <stdlib.h>

extern char stack_top[];
void _start(void);

static void fault(void) {
  printf("a fault of the processor\n");
  exit(1);
}

typedef void handler(void);

/* The stack, reset, NMI, hard fault, and the faults of memory, bus and usage. No interrupt is used. */
__attribute__((section(".vectors"), used)) static const struct {
  char *stack;
  handler *handlers[6];
} vectors = {stack_top, {_start, fault, fault, fault, fault, fault}};
