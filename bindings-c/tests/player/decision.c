/* Decisions, by ids and by handles. */
#include "player.h"

/* What the record says of the answer. */
typedef struct wanted {
  uint32_t effect;
  uint32_t reason;
  uint32_t basis;
  int64_t until;
} wanted;

/* What is asked. */
typedef struct question {
  looked_up principal;
  looked_up key;
  looked_up resource;
  uint32_t acting_for;
  looked_up organisation;
  int64_t at;
} question;

static question read_question(tape *of, const subject *on) {
  question asked;
  asked.principal = look_up_principal(of, on);
  asked.key = look_up_key(of, on);
  asked.resource = look_up_resource(of, on);
  asked.acting_for = tape_u32(of);
  if (asked.acting_for == VESTIBULE_ACTING_FOR_ORGANISATION) {
    asked.organisation = look_up_organisation(of, on);
  } else {
    asked.organisation.asked = vestibule_text_of(NULL);
    asked.organisation.status = VESTIBULE_OK;
    asked.organisation.handle = VESTIBULE_NO_ORGANISATION;
  }
  asked.at = tape_i64(of);
  return asked;
}

static void check(const tape *at, const vestibule_decision *found, wanted answer) {
  expect_u64(at, "size", found->size, sizeof *found);
  expect_u64(at, "effect", found->effect, answer.effect);
  expect_u64(at, "reason", found->reason, answer.reason);
  expect_u64(at, "basis", found->basis, answer.basis);
  expect_i64(at, "until", found->until, answer.until);
  expect_u64(at, "obligations, warnings, reserved", found->obligations | found->warnings | found->reserved, 0);
}

static void ask_by_ids(const tape *at, const subject *on, const question *asked, wanted answer) {
  vestibule_request request = VESTIBULE_REQUEST_INIT;
  vestibule_decision decision = VESTIBULE_DECISION_INIT;
  request.principal = asked->principal.asked;
  request.action = asked->key.asked;
  request.resource = asked->resource.asked;
  request.acting_for = asked->acting_for;
  request.acting_org = asked->organisation.asked;
  request.at = asked->at;
  expect_status(at, "by ids", vestibule_image_decide(&on->image, &request, &decision), VESTIBULE_OK);
  check(at, &decision, answer);
}

static int is_known(const question *asked) {
  return both(asked->principal, asked->key) == VESTIBULE_OK && both(asked->resource, asked->organisation) == VESTIBULE_OK;
}

static void ask_by_handles(const tape *at, const subject *on, const question *asked, wanted answer) {
  vestibule_decision decision = VESTIBULE_DECISION_INIT;
  const vestibule_status status = vestibule_image_decide_handles(&on->image, asked->principal.handle, asked->key.handle,
                                                                 asked->resource.handle, asked->organisation.handle, asked->at, &decision);
  expect_status(at, "by handles", status, VESTIBULE_OK);
  check(at, &decision, answer);
}

void play_decision(tape *of, const subject *on) {
  const question asked = read_question(of, on);
  wanted answer;
  answer.effect = tape_u32(of);
  answer.reason = tape_u32(of);
  answer.basis = tape_u32(of);
  answer.until = tape_i64(of);
  ask_by_ids(of, on, &asked, answer);
  if (is_known(&asked)) ask_by_handles(of, on, &asked, answer);
  expect_word(of, "the word for the reason", vestibule_reason_text((uint16_t)answer.reason), tape_text(of));
  expect_word(of, "the word for the basis", vestibule_basis_text((uint8_t)answer.basis), tape_text(of));
}
