/* Lists, headers and freshness. */
#include "misuse.h"

#include <stdlib.h>

static void visitors_and_structs(void) {
  vestibule_image_header header;
  uint32_t freshness;
  uint8_t room[8] = {PATTERN, PATTERN, PATTERN, PATTERN, PATTERN, PATTERN, PATTERN, PATTERN};
  CHECK_STATUS(vestibule_image_who_can(&all.image, all.doors_open, all.front, NOW, NULL, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_what_can(&all.image, all.ana, all.doors_open, NOW, NULL, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_permissions(&all.image, all.ana, all.front, NOW, NULL, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_lobby(&all.image, all.panel, NOW, NULL, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_lobby_residents(&all.image, all.unit, NOW, NULL, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_header_of(&all.image, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_freshness(&all.image, NOW, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_freshness(&all.image, NOW, (uint32_t *)(void *)(room + 1)), VESTIBULE_E_ALIGNMENT);
  CHECK_UNTOUCHED(room);
  FILL(header);
  header.size = (uint32_t)sizeof header - 1;
  CHECK_STATUS(vestibule_image_header_of(&all.image, &header), VESTIBULE_E_SIZE);
  header.size = (uint32_t)sizeof header;
  CHECK_PREPARED(header);
  CHECK_STATUS(vestibule_image_freshness(&all.image, NOW, &freshness), VESTIBULE_OK);
  CHECK(freshness == VESTIBULE_FRESH);
}

/* The image of a person has nobody else: lists of people are outside it. */
static void lists_that_a_slice_has_not(const char *path) {
  size_t size;
  uint8_t *person = read_file(path, &size);
  vestibule_image slice;
  uint64_t door, integration;
  uint64_t key;
  int items = 0;
  CHECK_STATUS(vestibule_image_open(&slice, sizeof slice, person, size, NULL), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_resource(&slice, text_of("door:front"), &door), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_resource(&slice, text_of("integration:01JBMC7Q2ZK4N8VX3TRWAHE5DG"), &integration), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_key(&slice, text_of("doors:open"), &key), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_who_can(&slice, key, door, NOW, count_items, &items), VESTIBULE_E_OUTSIDE_SLICE);
  CHECK_STATUS(vestibule_image_lobby(&slice, integration, NOW, count_units, &items), VESTIBULE_E_OUTSIDE_SLICE);
  CHECK_STATUS(vestibule_image_lobby_residents(&slice, UINT64_C(5) << 32, NOW, count_residents, &items), VESTIBULE_E_OUTSIDE_SLICE);
  CHECK(items == 0);
  CHECK_STATUS(vestibule_image_close(&slice), VESTIBULE_OK);
  free(person);
}

void misuse_lists(const char *person) {
  visitors_and_structs();
  lists_that_a_slice_has_not(person);
}
