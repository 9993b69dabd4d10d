/* Functions on what is no image that is open. */
#include "misuse.h"

#include <string.h>

/* Calls everything that takes an image, with arguments that are right but for the image. */
static void check_all_functions(const vestibule_image *of, vestibule_status wanted) {
  const vestibule_request asked = question();
  vestibule_decision decision;
  vestibule_image_header header;
  vestibule_text key_text;
  uint64_t handle;
  uint32_t number;
  char buffer[VESTIBULE_NAME_BUFFER];
  size_t size;
  int items = 0;

  PREPARE(decision);
  CHECK_STATUS(vestibule_image_decide(of, &asked, &decision), wanted);
  CHECK_STATUS(vestibule_image_decide_handles(of, all.ana, all.doors_open, all.front, VESTIBULE_NO_ORGANISATION, NOW, &decision), wanted);
  CHECK_PREPARED(decision);

  FILL(handle), FILL(number);
  CHECK_STATUS(vestibule_image_principal(of, asked.principal, &handle), wanted);
  CHECK_STATUS(vestibule_image_resource(of, asked.resource, &handle), wanted);
  CHECK_STATUS(vestibule_image_organisation(of, text_of("hq"), &handle), wanted);
  CHECK_STATUS(vestibule_image_key(of, asked.action, &handle), wanted);
  CHECK_STATUS(vestibule_image_freshness(of, NOW, &number), wanted);
  CHECK_UNTOUCHED(handle);
  CHECK_UNTOUCHED(number);

  FILL(buffer), FILL(size), FILL(key_text);
  CHECK_STATUS(vestibule_image_principal_text(of, all.ana, buffer, sizeof buffer, &size), wanted);
  CHECK_STATUS(vestibule_image_resource_text(of, all.front, buffer, sizeof buffer, &size), wanted);
  CHECK_STATUS(vestibule_image_key_text(of, all.doors_open, &key_text), wanted);
  CHECK_UNTOUCHED(buffer);
  CHECK_UNTOUCHED(size);
  CHECK_UNTOUCHED(key_text);

  PREPARE(header);
  CHECK_STATUS(vestibule_image_header_of(of, &header), wanted);
  CHECK_PREPARED(header);

  CHECK_STATUS(vestibule_image_who_can(of, all.doors_open, all.front, NOW, count_items, &items), wanted);
  CHECK_STATUS(vestibule_image_what_can(of, all.ana, all.doors_open, NOW, count_items, &items), wanted);
  CHECK_STATUS(vestibule_image_permissions(of, all.ana, all.front, NOW, count_items, &items), wanted);
  CHECK_STATUS(vestibule_image_lobby(of, all.panel, NOW, count_units, &items), wanted);
  CHECK_STATUS(vestibule_image_lobby_residents(of, all.unit, NOW, count_residents, &items), wanted);
  CHECK(items == 0);
}

static void images_that_are_not_open(void) {
  vestibule_image other;
  /* Room for an image that is askew by every number of bytes that is not a whole alignment. */
  union {
    vestibule_image aligned;
    uint8_t memory[sizeof(vestibule_image) + 16];
  } room;
  size_t askew;

  check_all_functions(NULL, VESTIBULE_E_NULL);
  memset(&other, 0, sizeof other);
  check_all_functions(&other, VESTIBULE_E_NOT_OPEN);
  FILL(other);
  check_all_functions(&other, VESTIBULE_E_NOT_OPEN);
  CHECK_UNTOUCHED(other);

  FILL(room);
  for (askew = 1; askew < vestibule_image_align(); askew += 1) {
    vestibule_image *off = (vestibule_image *)(void *)(room.memory + askew);
    check_all_functions(off, VESTIBULE_E_ALIGNMENT);
    CHECK_STATUS(vestibule_image_open(off, sizeof *off, all.bytes, all.length, NULL), VESTIBULE_E_ALIGNMENT);
    CHECK_STATUS(vestibule_image_close(off), VESTIBULE_E_ALIGNMENT);
  }
  CHECK_UNTOUCHED(room);
}

static void images_that_were_closed(void) {
  vestibule_image other;
  CHECK_STATUS(vestibule_image_close(NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, all.bytes, all.length, NULL), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_close(&other), VESTIBULE_OK);
  check_all_functions(&other, VESTIBULE_E_NOT_OPEN);
  CHECK_STATUS(vestibule_image_close(&other), VESTIBULE_OK);
  memset(&other, 0, sizeof other);
  CHECK_STATUS(vestibule_image_close(&other), VESTIBULE_OK);
  /* The same memory again. */
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, all.bytes, all.length, NULL), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_close(&other), VESTIBULE_OK);
}

void misuse_images(void) {
  images_that_are_not_open();
  images_that_were_closed();
}
