#include "figures.h"

#include <stdint.h>

#include "meter.h"
#include "print.h"
#include "slots.h"

/* How often a question is asked to tell the instructions of one. */
#define TIMES 1000u

/* The linker script puts it where the flash that is used ends; it begins at 0. */
extern const uint8_t __flash_end[];

static void decide(void *unused) {
  static const vestibule_request request = {sizeof request, VESTIBULE_ACTING_FOR_NOBODY, VESTIBULE_TEXT("person:chidi-okafor"),
                                            VESTIBULE_TEXT("doors:open"), VESTIBULE_TEXT("door:mc-front"), {NULL, 0}, 0, {0, 0}};
  vestibule_decision decision = VESTIBULE_DECISION_INIT;
  (void)unused;
  (void)vestibule_image_decide(slots_present(), &request, &decision);
}

void figures_report(void) {
  print_text("flash of the firmware: ");
  print_number((uintptr_t)__flash_end);
  print_text(" bytes; instructions of a decision by names: ");
  print_number(meter_instructions(decide, NULL, TIMES));
  print_line();
}
