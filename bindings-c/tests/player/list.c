/* Lists of handles. */
#include "player.h"

/* Which list; the numbers are those of bindings-c/tape/src/questions.rs. */
enum { WHO_CAN = 1, WHAT_CAN = 2, PERMISSIONS = 3 };

/* What is asked. */
typedef struct question {
  uint32_t which;
  looked_up first;
  looked_up second;
  int64_t at;
} question;

/* What the visitor knows: where the tape has the items that are wanted. */
typedef struct visitor {
  tape *of;
  const subject *on;
  uint32_t which;
  uint32_t wanted;
  uint32_t found;
} visitor;

static vestibule_status ask(const subject *on, const question *asked, vestibule_visit visit, void *context) {
  const uint64_t first = asked->first.handle, second = asked->second.handle;
  switch (asked->which) {
    case WHO_CAN: return vestibule_image_who_can(&on->image, first, second, asked->at, visit, context);
    case WHAT_CAN: return vestibule_image_what_can(&on->image, first, second, asked->at, visit, context);
    default: return vestibule_image_permissions(&on->image, first, second, asked->at, visit, context);
  }
}

static int32_t visit_wanted(void *context, uint64_t item) {
  visitor *here = (visitor *)context;
  if (here->found == here->wanted) differs(here->of, "more items than expected");
  here->found += 1;
  switch (here->which) {
    case WHO_CAN: expect_principal(here->of, here->on, item, tape_text(here->of)); break;
    case WHAT_CAN: expect_resource(here->of, here->on, item, tape_text(here->of)); break;
    default: expect_key(here->of, here->on, item, tape_text(here->of)); break;
  }
  return 0;
}

/* Ends the list at the first item. */
static int32_t visit_one(void *context, uint64_t item) {
  (void)item;
  *(uint32_t *)context += 1;
  return -1;
}

static question read_question(tape *of, const subject *on) {
  question asked;
  asked.which = tape_u32(of);
  if (asked.which < WHO_CAN || asked.which > PERMISSIONS) differs(of, "a list that the player does not know");
  asked.first = asked.which == WHO_CAN ? look_up_key(of, on) : look_up_principal(of, on);
  asked.second = asked.which == WHAT_CAN ? look_up_key(of, on) : look_up_resource(of, on);
  asked.at = tape_i64(of);
  return asked;
}

void play_list(tape *of, const subject *on) {
  const question asked = read_question(of, on);
  const vestibule_status wanted = (vestibule_status)tape_u32(of);
  const uint32_t count = tape_u32(of);
  visitor all = {of, on, asked.which, count, 0};
  uint32_t ended = 0;
  if (both(asked.first, asked.second) != VESTIBULE_OK) {
    expect_status(of, "what the list is of", both(asked.first, asked.second), wanted);
    return;
  }
  expect_status(of, "the list", ask(on, &asked, visit_wanted, &all), wanted);
  expect_u64(of, "items", all.found, count);
  expect_status(of, "the list, ended early", ask(on, &asked, visit_one, &ended), wanted);
  expect_u64(of, "items of the list that was ended", ended, count == 0 ? 0 : 1);
}
