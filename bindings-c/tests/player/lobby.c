/* The directory of a lobby. */
#include "player.h"

/* What the visitor knows: where the tape has what is wanted. */
typedef struct visitor {
  tape *of;
  const subject *on;
  int64_t at;
  uint32_t wanted;
  uint32_t found;
} visitor;

static void next(visitor *here, const char *more) {
  if (here->found == here->wanted) differs(here->of, more);
  here->found += 1;
}

static int32_t visit_resident(void *context, const vestibule_lobby_resident *resident) {
  visitor *here = (visitor *)context;
  uint32_t has_name;
  vestibule_text name;
  next(here, "more residents than expected");
  expect_u64(here->of, "size of a resident", resident->size, sizeof *resident);
  expect_principal(here->of, here->on, resident->person, tape_text(here->of));
  has_name = tape_u32(here->of);
  name = tape_text(here->of);
  expect_u64(here->of, "whether there is a name", resident->name.data != NULL, has_name);
  if (has_name) expect_text(here->of, "name", resident->name, name);
  expect_u64(here->of, "whether the resident can be called", resident->callable, tape_u32(here->of));
  expect_u64(here->of, "reserved", resident->reserved, 0);
  return 0;
}

/* A visitor may ask the same image. */
static int32_t visit_unit(void *context, const vestibule_lobby_unit *unit) {
  visitor *here = (visitor *)context;
  visitor inside = {here->of, here->on, here->at, 0, 0};
  vestibule_status status;
  next(here, "more units than expected");
  expect_u64(here->of, "size of a unit", unit->size, sizeof *unit);
  expect_resource(here->of, here->on, unit->unit, tape_text(here->of));
  expect_text(here->of, "number", unit->number, tape_text(here->of));
  expect_u64(here->of, "whether the unit can be called", unit->callable, tape_u32(here->of));
  expect_u64(here->of, "reserved", unit->reserved, 0);
  inside.wanted = tape_u32(here->of);
  status = vestibule_image_lobby_residents(&here->on->image, unit->unit, here->at, visit_resident, &inside);
  expect_status(here->of, "the residents", status, VESTIBULE_OK);
  expect_u64(here->of, "residents", inside.found, inside.wanted);
  return 0;
}

/* Ends the list at the first unit. */
static int32_t visit_one(void *context, const vestibule_lobby_unit *unit) {
  (void)unit;
  *(uint32_t *)context += 1;
  return 1;
}

void play_lobby(tape *of, const subject *on) {
  const looked_up integration = look_up_resource(of, on);
  const int64_t at = tape_i64(of);
  const vestibule_status wanted = (vestibule_status)tape_u32(of);
  visitor all = {of, on, at, 0, 0};
  uint32_t ended = 0;
  vestibule_status status;
  all.wanted = tape_u32(of);
  if (integration.status != VESTIBULE_OK) {
    expect_status(of, "the integration", integration.status, wanted);
    return;
  }
  status = vestibule_image_lobby(&on->image, integration.handle, at, visit_unit, &all);
  expect_status(of, "the directory", status, wanted);
  expect_u64(of, "units", all.found, all.wanted);
  status = vestibule_image_lobby(&on->image, integration.handle, at, visit_one, &ended);
  expect_status(of, "the directory, ended early", status, wanted);
  expect_u64(of, "units of the directory that was ended", ended, all.wanted == 0 ? 0 : 1);
}
