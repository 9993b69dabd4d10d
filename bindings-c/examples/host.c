/*
 * A host: loads an estate, decides, explains, lets the administrator of an apartment add a room-mate, and freezes an image that
 * answers the same without a heap.
 *
 *   host examples/maple-court/estate.json
 */
#include <stdio.h>
#include <stdlib.h>

#include "vestibule.h"

/* 2026-11-22T18:00:00Z. */
static const int64_t NOW = 1795370400000;

/* Says what went wrong, and with which words of the library. */
static int failed(const char *what, vestibule_status status, const vestibule_buffer *refusal) {
  fprintf(stderr, "%s: %s\n", what, vestibule_status_text(status));
  if (refusal != NULL && refusal->data != NULL) fprintf(stderr, "%s\n", (const char *)refusal->data);
  return EXIT_FAILURE;
}

/* The whole file, which the caller frees; NULL where it cannot be read. */
static unsigned char *read_file(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  unsigned char *bytes = NULL;
  long end;
  if (file == NULL) return NULL;
  if (fseek(file, 0, SEEK_END) == 0 && (end = ftell(file)) > 0 && fseek(file, 0, SEEK_SET) == 0) {
    bytes = malloc((size_t)end);
    if (bytes != NULL && fread(bytes, 1, (size_t)end, file) != (size_t)end) {
      free(bytes);
      bytes = NULL;
    }
    *length = (size_t)end;
  }
  fclose(file);
  return bytes;
}

static vestibule_request opening(const char *person, const char *door) {
  vestibule_request request = VESTIBULE_REQUEST_INIT;
  request.principal = vestibule_text_of(person);
  request.action = vestibule_text_of("doors:open");
  request.resource = vestibule_text_of(door);
  request.at = NOW;
  return request;
}

static void print_decision(const char *who, const vestibule_decision *decision) {
  printf("%s: %s, %s (%s)\n", who, decision->effect == VESTIBULE_ALLOW ? "open" : "stay shut",
         vestibule_reason_text(decision->reason), vestibule_basis_text(decision->basis));
}

/* Decides, and says why. */
static int decide_and_explain(const vestibule_directory *directory, const char *person, const char *door) {
  vestibule_request request = opening(person, door);
  vestibule_decision decision = VESTIBULE_DECISION_INIT;
  vestibule_buffer explanation = {NULL, 0};
  vestibule_status status = vestibule_directory_decide(directory, &request, &decision);
  if (status != VESTIBULE_OK) return failed("decide", status, NULL);
  print_decision(person, &decision);
  status = vestibule_directory_explain(directory, &request, &explanation);
  if (status != VESTIBULE_OK) return failed("explain", status, NULL);
  printf("%s\n", (const char *)explanation.data);
  vestibule_buffer_free(&explanation);
  return EXIT_SUCCESS;
}

/* The administrator of an apartment gives somebody a home there; with `unit` another's, she is refused. */
static vestibule_status add_room_mate(vestibule_directory *directory, const char *unit, vestibule_buffer *outcome, vestibule_buffer *refusal) {
  static const char context[] =
      "{\"actor\":{\"person\":\"amara-okafor\"},\"acting_org\":\"linden-homes\",\"at\":\"2026-11-22T18:00:00Z\"}";
  char command[256];
  snprintf(command, sizeof command,
           "{\"command\":\"add_building_user\",\"integration_id\":\"01JBMC7Q2ZK4N8VX3TRWAHE5DG\",\"user_id\":\"hugh-stone\","
           "\"role\":\"virtual_access:integration:01JBMC7Q2ZK4N8VX3TRWAHE5DG:resident\",\"unit_id\":\"%s\"}", unit);
  return vestibule_directory_execute(directory, vestibule_text_of(context), vestibule_text_of(command), outcome, refusal);
}

static int change(vestibule_directory *directory) {
  vestibule_buffer outcome = {NULL, 0};
  vestibule_buffer refusal = {NULL, 0};
  vestibule_status status = add_room_mate(directory, "mc-204", &outcome, &refusal);
  if (status != VESTIBULE_E_REFUSED) return failed("expected a refusal", status, NULL);
  printf("\nA room-mate in a neighbour's apartment: refused\n%s\n", (const char *)refusal.data);
  vestibule_buffer_free(&refusal);
  status = add_room_mate(directory, "mc-203", &outcome, &refusal);
  if (status != VESTIBULE_OK) return failed("add a room-mate", status, &refusal);
  printf("\nA room-mate in her own\n%s\n\n", (const char *)outcome.data);
  vestibule_buffer_free(&outcome);
  return EXIT_SUCCESS;
}

/* What a panel gets, and that it answers as the directory does. */
static int freeze_and_ask(const vestibule_directory *directory, const char *person, const char *door) {
  vestibule_freeze options = VESTIBULE_FREEZE_INIT;
  vestibule_buffer bytes = {NULL, 0};
  vestibule_buffer refusal = {NULL, 0};
  vestibule_image image;
  vestibule_image_fault fault = VESTIBULE_IMAGE_FAULT_INIT;
  vestibule_request request = opening(person, door);
  vestibule_decision decision = VESTIBULE_DECISION_INIT;
  vestibule_status status;
  options.slice = VESTIBULE_SLICE_INTEGRATION;
  options.subject = vestibule_text_of("01JBMC7Q2ZK4N8VX3TRWAHE5DG");
  options.issued_at = NOW;
  status = vestibule_directory_freeze(directory, &options, &bytes, &refusal);
  if (status != VESTIBULE_OK) return failed("freeze", status, &refusal);
  status = vestibule_image_open(&image, sizeof image, bytes.data, bytes.length, &fault);
  if (status != VESTIBULE_OK) {
    fprintf(stderr, "%s in %s at byte %lu\n", fault.what, fault.section, (unsigned long)fault.offset);
    return failed("open the image", status, NULL);
  }
  status = vestibule_image_decide(&image, &request, &decision);
  if (status != VESTIBULE_OK) return failed("ask the image", status, NULL);
  printf("An image of %lu bytes for the panel says of ", (unsigned long)bytes.length);
  print_decision(person, &decision);
  vestibule_image_close(&image);
  vestibule_buffer_free(&bytes);
  return EXIT_SUCCESS;
}

static int run(vestibule_directory *directory) {
  int result = decide_and_explain(directory, "person:chidi-okafor", "door:mc-front");
  if (result == EXIT_SUCCESS) result = decide_and_explain(directory, "person:hugh-stone", "door:mc-front");
  if (result == EXIT_SUCCESS) result = change(directory);
  if (result == EXIT_SUCCESS) result = decide_and_explain(directory, "person:hugh-stone", "door:mc-front");
  if (result == EXIT_SUCCESS) result = freeze_and_ask(directory, "person:hugh-stone", "door:mc-front");
  return result;
}

int main(int count, char **arguments) {
  vestibule_directory *directory = NULL;
  vestibule_buffer refusal = {NULL, 0};
  vestibule_status status;
  size_t length = 0;
  unsigned char *json;
  int result;
  if (count != 2) {
    fprintf(stderr, "usage: host ESTATE.json\n");
    return 2;
  }
  if (vestibule_abi_version() != VESTIBULE_ABI_VERSION) {
    fprintf(stderr, "built with version %d of the interface, the library has %lu\n", VESTIBULE_ABI_VERSION, (unsigned long)vestibule_abi_version());
    return EXIT_FAILURE;
  }
  json = read_file(arguments[1], &length);
  if (json == NULL) {
    perror(arguments[1]);
    return EXIT_FAILURE;
  }
  status = vestibule_directory_load(json, length, &directory, &refusal);
  free(json);
  if (status != VESTIBULE_OK) {
    result = failed(arguments[1], status, &refusal);
    vestibule_buffer_free(&refusal);
    return result;
  }
  result = run(directory);
  vestibule_directory_free(&directory);
  return result;
}
