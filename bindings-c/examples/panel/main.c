/*
 * The panel of Maple Court, for one evening. It lives twice: from the factory to a reset, and from there on with what the reset has
 * left. Ends with 0 where all was as the script expects, else with 1.
 */

#include <stdint.h>

#include "check.h"
#include "events.h"
#include "figures.h"
#include "meter.h"
#include "print.h"
#include "slots.h"
#include "visitors.h"

#define PANEL "integration:01JBMC7Q2ZK4N8VX3TRWAHE5DG"

#define AIRCR (*(volatile uint32_t *)0xE000ED0Cu)
#define AIRCR_RESET 0x05FA0004u

static void before_reset(void *unused) {
  (void)unused;
  visitors_before_reset();
}

static void after_reset(void *unused) {
  (void)unused;
  visitors_after_reset();
}

static void live(meter_act life) {
  size_t stack = meter_stack(life, NULL);
  print_text("stack of all this: ");
  print_number(stack);
  print_text(" bytes");
  print_line();
}

static void reset(void) {
  print_text("the processor resets");
  print_line();
  AIRCR = AIRCR_RESET;
  for (;;) {
  }
}

/* The library must be the one that the header is of. */
static int is_right_library(void) {
  return vestibule_abi_version() == VESTIBULE_ABI_VERSION && vestibule_image_size() == sizeof(vestibule_image);
}

int main(void) {
  check(is_right_library(), "the library of this header");
  slots_boot(PANEL);
  if (events_boot() > 0) {
    live(after_reset);
    figures_report();
  } else {
    live(before_reset);
    if (check_failures() == 0) {
      reset();
    }
  }
  print_text(check_failures() == 0 ? "all as expected" : "not as expected");
  print_line();
  return check_failures() == 0 ? 0 : 1;
}
