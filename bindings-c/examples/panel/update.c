#include "update.h"

#include <string.h>

#include "clock.h"
#include "print.h"

/* As many bytes come at once. */
#define BLOCK 512u

static void log_verdict(slots_verdict verdict, size_t length, const vestibule_image_fault *fault) {
  static const char *const words[] = {
      "taken", "refused, too long for a slot", "refused, damaged: ", "refused, not for this panel", "refused, not newer"};
  print_time(clock_now());
  print_text(" update, ");
  print_number(length);
  print_text(" bytes");
  print_to_column(32);
  print_text(words[verdict]);
  if (verdict == SLOTS_DAMAGED) {
    print_text(fault->what);
    print_text(" of ");
    print_text(fault->section);
    print_text(", byte ");
    print_number(fault->offset);
  }
  print_text("; slot ");
  print_text(slots_name());
  print_text(" answers, revision ");
  print_number(slots_revision());
  print_line();
}

slots_verdict update_receive(const uint8_t *image, size_t length, update_line line) {
  static uint8_t block[BLOCK];
  vestibule_image_fault fault = VESTIBULE_IMAGE_FAULT_INIT;
  slots_verdict verdict;
  size_t arriving = line == UPDATE_BROKEN ? length / 2 : length;
  size_t at;
  slots_begin();
  for (at = 0; at < arriving; at += BLOCK) {
    size_t count = arriving - at < BLOCK ? arriving - at : BLOCK;
    memcpy(block, image + at, count);
    if (line == UPDATE_NOISY && at / BLOCK == arriving / BLOCK / 2) {
      block[0] ^= 1;
    }
    slots_write(block, count);
  }
  verdict = slots_finish(&fault);
  log_verdict(verdict, arriving, &fault);
  return verdict;
}
