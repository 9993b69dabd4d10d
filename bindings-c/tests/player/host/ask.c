/* Decisions of a directory, its lists, and explanations. */
#include "buffers.h"

/* Which list; the numbers are those of bindings-c/tape/src/directories.rs. */
enum { WHO_CAN = 1, WHAT_CAN = 2, PERMISSIONS = 3, LOBBY = 4 };

void play_directory_decision(tape *of, const subject *on) {
  const vestibule_request request = take_request(of);
  vestibule_decision decision = VESTIBULE_DECISION_INIT;
  vestibule_buffer explanation = prepared_buffer();
  expect_status(of, "deciding", vestibule_directory_decide(on->directory, &request, &decision), VESTIBULE_OK);
  expect_u64(of, "effect", decision.effect, tape_u32(of));
  expect_u64(of, "reason", decision.reason, tape_u32(of));
  expect_u64(of, "basis", decision.basis, tape_u32(of));
  expect_i64(of, "until", decision.until, tape_i64(of));
  expect_status(of, "explaining", vestibule_directory_explain(on->directory, &request, &explanation), VESTIBULE_OK);
  expect_given(of, "the explanation", &explanation, tape_text(of));
}

void play_explain(tape *of, const subject *on) {
  const vestibule_request request = take_request(of);
  vestibule_buffer explanation = prepared_buffer();
  if (on->bytes == NULL) differs(of, "no image is in place");
  expect_status(of, "explaining", vestibule_image_explain(&on->image, &request, &explanation), VESTIBULE_OK);
  expect_given(of, "the explanation", &explanation, tape_text(of));
}

void play_directory_list(tape *of, const subject *on) {
  const vestibule_directory *directory = on->directory;
  const uint32_t which = tape_u32(of);
  const vestibule_text first = tape_text(of);
  const vestibule_text second = tape_text(of);
  const int64_t at = tape_i64(of);
  vestibule_buffer list = prepared_buffer();
  vestibule_status status = VESTIBULE_OK;
  switch (which) {
    case WHO_CAN: status = vestibule_directory_who_can(directory, first, second, at, &list); break;
    case WHAT_CAN: status = vestibule_directory_what_can(directory, first, second, at, &list); break;
    case PERMISSIONS: status = vestibule_directory_permissions(directory, first, second, at, &list); break;
    case LOBBY: status = vestibule_directory_lobby(directory, first, at, &list); break;
    default: differs(of, "a list that the player does not know");
  }
  expect_status(of, "the list", status, VESTIBULE_OK);
  expect_given(of, "the list", &list, tape_text(of));
}
