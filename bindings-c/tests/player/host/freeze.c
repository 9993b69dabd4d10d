/* Making images. */
#include "buffers.h"

void play_freeze(tape *of, const subject *on) {
  vestibule_freeze options = VESTIBULE_FREEZE_INIT;
  vestibule_buffer image = prepared_buffer(), refusal = prepared_buffer();
  vestibule_status wanted, status;
  vestibule_text why, bytes;
  options.slice = tape_u32(of);
  options.subject = tape_text(of);
  options.issued_at = tape_i64(of);
  options.fresh_for = tape_u64(of);
  options.max_stale = tape_u64(of);
  wanted = (vestibule_status)tape_u32(of);
  why = tape_text(of);
  bytes = tape_text(of);
  status = vestibule_directory_freeze(on->directory, &options, &image, &refusal);
  expect_status(of, "freezing", status, wanted);
  expect_told(of, status, &image, &refusal, status == VESTIBULE_OK ? bytes : why);
}
