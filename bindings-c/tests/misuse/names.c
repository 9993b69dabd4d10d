/* Looking up, and the texts of handles. */
#include "misuse.h"

#include <string.h>

static void look_ups(void) {
  uint64_t handle;
  uint64_t room[2];
  uint64_t *askew = (uint64_t *)(void *)((uint8_t *)room + 1);
  uint64_t key;
  FILL(handle), FILL(key), FILL(room);
  CHECK_STATUS(vestibule_image_principal(&all.image, text(NULL, 0), &handle), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_resource(&all.image, text(NULL, 4), &handle), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_organisation(&all.image, text(NULL, SIZE_MAX), &handle), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_key(&all.image, text(NULL, 0), &key), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_principal(&all.image, text("\xFF", 1), &handle), VESTIBULE_E_PRINCIPAL);
  CHECK_STATUS(vestibule_image_resource(&all.image, text("\xFF", 1), &handle), VESTIBULE_E_RESOURCE);
  CHECK_STATUS(vestibule_image_organisation(&all.image, text("\xFF", 1), &handle), VESTIBULE_E_ACTING_ORG);
  CHECK_STATUS(vestibule_image_key(&all.image, text("\xFF", 1), &key), VESTIBULE_E_ACTION);
  CHECK_STATUS(vestibule_image_principal(&all.image, text_of("person:stranger"), &handle), VESTIBULE_E_UNKNOWN);
  CHECK_STATUS(vestibule_image_resource(&all.image, text_of("door:none"), &handle), VESTIBULE_E_UNKNOWN);
  CHECK_STATUS(vestibule_image_organisation(&all.image, text_of("none"), &handle), VESTIBULE_E_UNKNOWN);
  CHECK_STATUS(vestibule_image_key(&all.image, text_of("doors:paint"), &key), VESTIBULE_E_UNKNOWN);
  CHECK_STATUS(vestibule_image_principal(&all.image, text_of("person:ana"), askew), VESTIBULE_E_ALIGNMENT);
  CHECK_UNTOUCHED(handle);
  CHECK_UNTOUCHED(key);
  CHECK_UNTOUCHED(room);
  CHECK_STATUS(vestibule_image_principal(&all.image, text_of("person:ana"), NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_resource(&all.image, text_of("door:front"), NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_organisation(&all.image, text_of("hq"), NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_key(&all.image, text_of("doors:open"), NULL), VESTIBULE_E_NULL);
}

static void names(void) {
  char buffer[VESTIBULE_NAME_BUFFER];
  size_t size, room[2];
  size_t *askew = (size_t *)(void *)((uint8_t *)room + 1);
  vestibule_text found;
  FILL(buffer), FILL(size), FILL(room), FILL(found);
  CHECK_STATUS(vestibule_image_principal_text(&all.image, all.ana, NULL, sizeof buffer, &size), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_resource_text(&all.image, all.front, NULL, 0, &size), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_resource_text(&all.image, all.front, buffer, sizeof buffer, askew), VESTIBULE_E_ALIGNMENT);
  CHECK_STATUS(vestibule_image_principal_text(&all.image, 0, buffer, sizeof buffer, &size), VESTIBULE_E_HANDLE);
  CHECK_STATUS(vestibule_image_resource_text(&all.image, 0, buffer, sizeof buffer, &size), VESTIBULE_E_HANDLE);
  CHECK_STATUS(vestibule_image_principal_text(&all.image, all.front, buffer, sizeof buffer, &size), VESTIBULE_E_HANDLE);
  CHECK_STATUS(vestibule_image_resource_text(&all.image, all.front + 1000, buffer, sizeof buffer, &size), VESTIBULE_E_HANDLE);
  CHECK_STATUS(vestibule_image_key_text(&all.image, 60000, &found), VESTIBULE_E_HANDLE);
  CHECK_STATUS(vestibule_image_key_text(&all.image, 65536 + all.doors_open, &found), VESTIBULE_E_HANDLE);
  CHECK_STATUS(vestibule_image_key_text(&all.image, UINT32_MAX, &found), VESTIBULE_E_HANDLE);
  CHECK_UNTOUCHED(size);
  CHECK_UNTOUCHED(room);
  CHECK_UNTOUCHED(found);
  CHECK_STATUS(vestibule_image_key_text(&all.image, all.doors_open, NULL), VESTIBULE_E_NULL);
  /* The length is written though the text is not. */
  CHECK_STATUS(vestibule_image_principal_text(&all.image, all.ana, buffer, 0, &size), VESTIBULE_E_BUFFER);
  CHECK(size == strlen("person:ana"));
  CHECK_STATUS(vestibule_image_principal_text(&all.image, all.ana, buffer, size, NULL), VESTIBULE_E_BUFFER);
  CHECK_UNTOUCHED(buffer);
}

void misuse_names(void) {
  look_ups();
  names();
}
