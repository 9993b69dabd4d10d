/*
 * Many threads ask one image that is open, and one directory; their answers are those of one thread alone.
 *
 *   threads core/tests/vectors/images/v1-everything.image core/tests/vectors/images/v1-estate.json
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "check.h"

#define NOW INT64_C(1795370400000)
#define THREADS 8
#define ROUNDS 200
#define ASKED 6

static const char *const PEOPLE[ASKED] = {"person:ana", "person:ben", "person:max", "person:gil", "person:olga", "person:stranger"};
static const char *const DOORS[ASKED] = {"door:front", "door:flat-1", "door:flat-2", "door:plant", "door:mews-gate", "door:none"};

static vestibule_image image;
static vestibule_directory *directory;

/* What a thread comes to: the sum of all that it was told, in which a difference anywhere is seen. */
typedef struct work {
  pthread_t thread;
  uint64_t sum;
  vestibule_status failed;
} work;

static void add(work *to, uint64_t told) { to->sum = to->sum * UINT64_C(1099511628211) + told; }

static int32_t add_item(void *context, uint64_t item) {
  add((work *)context, item);
  return 0;
}

static int32_t add_unit(void *context, const vestibule_lobby_unit *unit) {
  add((work *)context, unit->unit + unit->callable + unit->number.length);
  return 0;
}

static void note(work *to, vestibule_status status) {
  if (to->failed == VESTIBULE_OK) to->failed = status;
}

static void ask_one(work *to, const char *person, const char *door) {
  vestibule_request request = VESTIBULE_REQUEST_INIT;
  vestibule_decision decision = VESTIBULE_DECISION_INIT;
  request.principal = vestibule_text_of(person);
  request.action = vestibule_text_of("doors:open");
  request.resource = vestibule_text_of(door);
  request.at = NOW;
  note(to, vestibule_image_decide(&image, &request, &decision));
  add(to, ((uint64_t)decision.effect << 32) | decision.reason);
  note(to, vestibule_directory_decide(directory, &request, &decision));
  add(to, ((uint64_t)decision.effect << 32) | decision.reason);
}

/* What is given to one thread is its own: buffers are taken and freed by all at once. */
static void ask_for_json(work *to) {
  vestibule_buffer list;
  size_t at;
  const vestibule_text action = vestibule_text_of("doors:open"), door = vestibule_text_of("door:front");
  const vestibule_status status = vestibule_directory_who_can(directory, action, door, NOW, &list);
  note(to, status);
  if (status != VESTIBULE_OK) return;
  for (at = 0; at < list.length; at += 1) add(to, list.data[at]);
  vestibule_buffer_free(&list);
}

static void ask_for_lists(work *to) {
  uint64_t front = 0, panel = 0;
  uint64_t key = 0;
  note(to, vestibule_image_resource(&image, vestibule_text_of("door:front"), &front));
  note(to, vestibule_image_resource(&image, vestibule_text_of("integration:01JBMC7Q2ZK4N8VX3TRWAHE5DG"), &panel));
  note(to, vestibule_image_key(&image, vestibule_text_of("doors:open"), &key));
  note(to, vestibule_image_who_can(&image, key, front, NOW, add_item, to));
  note(to, vestibule_image_lobby(&image, panel, NOW, add_unit, to));
}

static void *ask(void *context) {
  work *to = (work *)context;
  int round, person, door;
  for (round = 0; round < ROUNDS; round += 1) {
    for (person = 0; person < ASKED; person += 1) {
      for (door = 0; door < ASKED; door += 1) ask_one(to, PEOPLE[person], DOORS[door]);
    }
    ask_for_lists(to);
    ask_for_json(to);
  }
  return NULL;
}

static void open_both(const char *image_path, const char *estate_path, uint8_t **bytes) {
  size_t length;
  uint8_t *estate;
  *bytes = read_file(image_path, &length);
  CHECK_STATUS(vestibule_image_open(&image, sizeof image, *bytes, length, NULL), VESTIBULE_OK);
  estate = read_file(estate_path, &length);
  CHECK_STATUS(vestibule_directory_load(estate, length, &directory, NULL), VESTIBULE_OK);
  free(estate);
}

int main(int count, char **arguments) {
  work alone, works[THREADS];
  uint8_t *bytes;
  int at;
  if (count != 3) {
    printf("usage: threads EVERYTHING.image ESTATE.json\n");
    return 2;
  }
  open_both(arguments[1], arguments[2], &bytes);
  alone.sum = 0;
  alone.failed = VESTIBULE_OK;
  ask(&alone);
  CHECK_STATUS(alone.failed, VESTIBULE_OK);
  for (at = 0; at < THREADS; at += 1) {
    works[at].sum = 0;
    works[at].failed = VESTIBULE_OK;
    CHECK(pthread_create(&works[at].thread, NULL, ask, &works[at]) == 0);
  }
  for (at = 0; at < THREADS; at += 1) {
    CHECK(pthread_join(works[at].thread, NULL) == 0);
    CHECK_STATUS(works[at].failed, VESTIBULE_OK);
    CHECK(works[at].sum == alone.sum);
  }
  CHECK_STATUS(vestibule_image_close(&image), VESTIBULE_OK);
  vestibule_directory_free(&directory);
  free(bytes);
  printf("threads: %d threads, %d questions each\n", THREADS, 2 * ROUNDS * ASKED * ASKED);
  return 0;
}
