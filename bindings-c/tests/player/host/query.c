/* Queries. */
#include "buffers.h"

void play_query(tape *of, const subject *on) {
  const vestibule_text context = tape_text(of);
  const vestibule_text json = tape_text(of);
  const vestibule_text name = tape_text(of);
  const vestibule_status wanted = (vestibule_status)tape_u32(of);
  const vestibule_text told = tape_text(of);
  vestibule_buffer answer = prepared_buffer(), refusal = prepared_buffer();
  const vestibule_status status = vestibule_directory_query(on->directory, context, json, &answer, &refusal);
  expect_status(of, "the query", status, wanted);
  expect_told(of, status, &answer, &refusal, told);
  if (status == VESTIBULE_OK) carried_out(of, 1, name);
}
