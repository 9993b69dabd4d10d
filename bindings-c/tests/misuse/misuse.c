/*
 * The panel tier, used wrongly: NULL, memory that is askew or too small, images that are not open, fields and texts that mean nothing,
 * handles that are none or of nobody, buffers that are too short. Each call says so, and leaves what it could have written as it was.
 *
 *   misuse core/tests/vectors/images/v1-everything.image core/tests/vectors/images/v1-person.image
 */
#include "misuse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

known all;

vestibule_text text_of(const char *string) { return vestibule_text_of(string); }

vestibule_text text(const void *data, size_t size) {
  vestibule_text made;
  made.data = (const char *)data;
  made.length = size;
  return made;
}

vestibule_request question(void) {
  vestibule_request asked = VESTIBULE_REQUEST_INIT;
  asked.principal = text_of("person:ana");
  asked.action = text_of("doors:open");
  asked.resource = text_of("door:front");
  asked.at = NOW;
  return asked;
}

int32_t count_items(void *context, uint64_t item) {
  (void)item;
  *(int *)context += 1;
  return 0;
}

int32_t count_units(void *context, const vestibule_lobby_unit *seen) {
  (void)seen;
  *(int *)context += 1;
  return 0;
}

int32_t count_residents(void *context, const vestibule_lobby_resident *seen) {
  (void)seen;
  *(int *)context += 1;
  return 0;
}

void misuse_words(void) {
  int32_t status;
  uint32_t number;
  for (status = -2; status < 300; status += 1) CHECK(strlen(vestibule_status_text(status)) > 0);
  CHECK(strlen(vestibule_status_text(INT32_MIN)) > 0 && strlen(vestibule_status_text(INT32_MAX)) > 0);
  for (number = 0; number <= UINT16_MAX; number += 1) CHECK(strlen(vestibule_reason_text((uint16_t)number)) > 0);
  for (number = 0; number <= UINT8_MAX; number += 1) CHECK(strlen(vestibule_basis_text((uint8_t)number)) > 0);
  CHECK(strcmp(vestibule_reason_text(1), "unknown") == 0 && strcmp(vestibule_basis_text(99), "unknown") == 0);
}

static void open_image(const char *path) {
  all.bytes = read_file(path, &all.length);
  CHECK_STATUS(vestibule_image_open(&all.image, sizeof all.image, all.bytes, all.length, NULL), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_principal(&all.image, text_of("person:ana"), &all.ana), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_resource(&all.image, text_of("door:front"), &all.front), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_resource(&all.image, text_of("unit:u1"), &all.unit), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_resource(&all.image, text_of("integration:01JBMC7Q2ZK4N8VX3TRWAHE5DG"), &all.panel), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_key(&all.image, text_of("doors:open"), &all.doors_open), VESTIBULE_OK);
}

int main(int count, char **arguments) {
  if (count != 3) {
    printf("usage: misuse EVERYTHING.image PERSON.image\n");
    return 2;
  }
  open_image(arguments[1]);
  misuse_images();
  misuse_opening();
  misuse_questions();
  misuse_names();
  misuse_handles();
  misuse_lists(arguments[2]);
  misuse_words();
  CHECK_STATUS(vestibule_image_close(&all.image), VESTIBULE_OK);
  free((void *)(uintptr_t)all.bytes);
  printf("misuse: %lu checks\n", checks_done());
  return 0;
}
