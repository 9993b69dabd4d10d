/* From reset to main, and what a fault says. */

#include <stdint.h>

#include "print.h"
#include "semihosting.h"

extern uint32_t __data_start[], __data_end[], __data_stored[], __bss_start[], __bss_end[], __stack_top[];

int main(void);
void reset(void);

static void fault(void) {
  print_text("a fault of the processor: configurable fault status ");
  print_number(*(volatile uint32_t *)0xE000ED28u);
  print_line();
  semihosting_exit(1);
}

void reset(void) {
  const uint32_t *stored = __data_stored;
  uint32_t *word;
  for (word = __data_start; word < __data_end; word++) {
    *word = *stored++;
  }
  for (word = __bss_start; word < __bss_end; word++) {
    *word = 0;
  }
  semihosting_exit(main());
}

/* Where the stack begins, then the handlers of reset, NMI, hard fault, and the configurable faults. No interrupt is used. */
struct vectors {
  uint32_t *stack;
  void (*handlers[15])(void);
};

__attribute__((section(".vectors"), used)) static const struct vectors vectors = {
    __stack_top,
    {reset, fault, fault, fault, fault, fault, 0, 0, 0, 0, fault, fault, 0, fault, fault},
};
