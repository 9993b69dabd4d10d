/*
 * The host tier, used wrongly: NULL, memory that is askew or too small, directories that were freed, options that mean nothing, texts
 * that are none. Each call says so, and leaves what it could have written as it was.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

#define NOW INT64_C(1795370400000)

static const char ESTATE[] =
    "{\"version\":1,\"organisations\":[{\"id\":\"o\",\"name\":\"O\"}],\"buildings\":[{\"id\":\"b\",\"owner\":\"o\"}],"
    "\"integrations\":[{\"id\":\"i\",\"building\":\"b\"}],\"people\":[{\"id\":\"ana\"}],"
    "\"units\":[{\"id\":\"u\",\"number\":\"1\",\"building\":\"b\",\"integration\":\"i\"}],"
    "\"doors\":[{\"id\":\"d\",\"integration\":\"i\",\"audience\":\"all_residents\"}],"
    "\"residencies\":[{\"person\":\"ana\",\"unit\":\"u\"}]}";
static const char CONTEXT[] = "{\"actor\":{\"person\":\"ana\"},\"acting_org\":null,\"at\":\"2026-11-22T18:00:00Z\"}";
static const char QUERY[] = "{\"query\":\"lobby_directory\",\"integration_id\":\"i\"}";
static const char COMMAND[] = "{\"command\":\"delete_person\",\"person\":\"ana\"}";

static vestibule_directory *directory;

static vestibule_text text_of(const char *string) { return vestibule_text_of(string); }

static vestibule_text text(const void *data, size_t size) {
  vestibule_text made;
  made.data = (const char *)data;
  made.length = size;
  return made;
}

static vestibule_request question(void) {
  vestibule_request asked = VESTIBULE_REQUEST_INIT;
  asked.principal = text_of("person:ana");
  asked.action = text_of("doors:open");
  asked.resource = text_of("door:d");
  asked.at = NOW;
  return asked;
}

static vestibule_freeze everything(void) {
  vestibule_freeze options = VESTIBULE_FREEZE_INIT;
  options.slice = VESTIBULE_SLICE_EVERYTHING;
  options.issued_at = NOW;
  return options;
}

/* ---- Every function on something that is no directory ---- */

static void check_all_functions(const vestibule_directory *of, vestibule_status wanted) {
  const vestibule_request asked = question();
  const vestibule_freeze options = everything();
  const vestibule_text context = text_of(CONTEXT);
  vestibule_directory *changed = (vestibule_directory *)(uintptr_t)of, *copy;
  vestibule_decision decision;
  vestibule_buffer given, refusal;
  uint8_t digest[32];
  uint64_t revision;
  FILL(decision), FILL(given), FILL(refusal), FILL(digest), FILL(revision), FILL(copy);
  CHECK_STATUS(vestibule_directory_clone(of, &copy), wanted);
  CHECK_STATUS(vestibule_directory_estate(of, &given), wanted);
  CHECK_STATUS(vestibule_directory_digest(of, digest), wanted);
  CHECK_STATUS(vestibule_directory_revision(of, &revision), wanted);
  CHECK_STATUS(vestibule_directory_decide(of, &asked, &decision), wanted);
  CHECK_STATUS(vestibule_directory_explain(of, &asked, &given), wanted);
  CHECK_STATUS(vestibule_directory_who_can(of, asked.action, asked.resource, NOW, &given), wanted);
  CHECK_STATUS(vestibule_directory_what_can(of, text_of("ana"), asked.action, NOW, &given), wanted);
  CHECK_STATUS(vestibule_directory_permissions(of, asked.principal, asked.resource, NOW, &given), wanted);
  CHECK_STATUS(vestibule_directory_lobby(of, text_of("i"), NOW, &given), wanted);
  CHECK_STATUS(vestibule_directory_freeze(of, &options, &given, &refusal), wanted);
  CHECK_STATUS(vestibule_directory_query(of, context, text_of(QUERY), &given, &refusal), wanted);
  CHECK_STATUS(vestibule_directory_prepare(of, context, text_of(COMMAND), &given, &refusal), wanted);
  CHECK_STATUS(vestibule_directory_execute(changed, context, text_of(COMMAND), &given, &refusal), wanted);
  CHECK_STATUS(vestibule_directory_apply(changed, text_of("{}"), &refusal), wanted);
  CHECK_UNTOUCHED(decision);
  CHECK_UNTOUCHED(given);
  CHECK_UNTOUCHED(refusal);
  CHECK_UNTOUCHED(digest);
  CHECK_UNTOUCHED(revision);
  CHECK_UNTOUCHED(copy);
}

static void no_directory(void) {
  uint64_t room[64];
  FILL(room);
  check_all_functions(NULL, VESTIBULE_E_NULL);
  check_all_functions((const vestibule_directory *)(const void *)((const uint8_t *)room + 1), VESTIBULE_E_ALIGNMENT);
  CHECK_UNTOUCHED(room);
}

static void freeing(void) {
  vestibule_directory *loaded = NULL;
  vestibule_buffer buffer;
  vestibule_directory_free(NULL);
  vestibule_directory_free(&loaded);
  CHECK(loaded == NULL);
  CHECK_STATUS(vestibule_directory_load((const uint8_t *)ESTATE, strlen(ESTATE), &loaded, NULL), VESTIBULE_OK);
  vestibule_directory_free(&loaded);
  CHECK(loaded == NULL);
  vestibule_directory_free(&loaded);
  check_all_functions(loaded, VESTIBULE_E_NULL);

  memset(&buffer, 0, sizeof buffer);
  vestibule_buffer_free(NULL);
  vestibule_buffer_free(&buffer);
  CHECK(buffer.data == NULL && buffer.length == 0);
}

/* ---- Loading ---- */

static void loading(void) {
  vestibule_directory *loaded;
  vestibule_buffer refusal;
  uint8_t room[3 * sizeof(void *)];
  FILL(loaded), FILL(refusal), FILL(room);
  CHECK_STATUS(vestibule_directory_load(NULL, 0, &loaded, &refusal), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_directory_load(NULL, 5, &loaded, &refusal), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_directory_load((const uint8_t *)ESTATE, SIZE_MAX, &loaded, &refusal), VESTIBULE_E_SIZE);
  CHECK_STATUS(vestibule_directory_load((const uint8_t *)ESTATE, strlen(ESTATE), NULL, &refusal), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_directory_load((const uint8_t *)ESTATE, strlen(ESTATE), (vestibule_directory **)(void *)(room + 1), &refusal),
               VESTIBULE_E_ALIGNMENT);
  CHECK_STATUS(vestibule_directory_load((const uint8_t *)ESTATE, strlen(ESTATE), &loaded, (vestibule_buffer *)(void *)(room + 1)),
               VESTIBULE_E_ALIGNMENT);
  CHECK_UNTOUCHED(refusal);
  CHECK_UNTOUCHED(room);
  CHECK_STATUS(vestibule_directory_load((const uint8_t *)ESTATE, 0, &loaded, NULL), VESTIBULE_E_ESTATE);
  CHECK_STATUS(vestibule_directory_load((const uint8_t *)ESTATE, strlen(ESTATE) - 1, &loaded, NULL), VESTIBULE_E_ESTATE);
  CHECK_STATUS(vestibule_directory_load((const uint8_t *)"\xFF", 1, &loaded, &refusal), VESTIBULE_E_ESTATE);
  CHECK_UNTOUCHED(loaded);
  CHECK(refusal.data[0] == '{' && strlen((const char *)refusal.data) == refusal.length);
  vestibule_buffer_free(&refusal);
}

/* ---- Where results go ---- */

static void results_that_go_nowhere(void) {
  const vestibule_request asked = question();
  const vestibule_freeze options = everything();
  const vestibule_text context = text_of(CONTEXT);
  vestibule_decision small;
  FILL(small);
  small.size = (uint32_t)sizeof small - 1;
  CHECK_STATUS(vestibule_directory_clone(directory, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_directory_estate(directory, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_directory_digest(directory, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_directory_revision(directory, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_directory_decide(directory, &asked, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_directory_decide(directory, &asked, &small), VESTIBULE_E_SIZE);
  CHECK_STATUS(vestibule_directory_explain(directory, &asked, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_directory_who_can(directory, asked.action, asked.resource, NOW, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_directory_what_can(directory, text_of("ana"), asked.action, NOW, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_directory_permissions(directory, asked.principal, asked.resource, NOW, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_directory_lobby(directory, text_of("i"), NOW, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_directory_freeze(directory, &options, NULL, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_directory_query(directory, context, text_of(QUERY), NULL, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_directory_prepare(directory, context, text_of(COMMAND), NULL, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_directory_execute(directory, context, text_of(COMMAND), NULL, NULL), VESTIBULE_E_NULL);
  small.size = 0xA5A5A5A5u;
  CHECK_UNTOUCHED(small);
}

static void results_that_are_askew(void) {
  uint8_t room[4 * sizeof(void *)];
  vestibule_buffer *askew = (vestibule_buffer *)(void *)(room + 1), good;
  const vestibule_text context = text_of(CONTEXT);
  const vestibule_freeze options = everything();
  FILL(room), FILL(good);
  CHECK_STATUS(vestibule_directory_estate(directory, askew), VESTIBULE_E_ALIGNMENT);
  CHECK_STATUS(vestibule_directory_clone(directory, (vestibule_directory **)(void *)askew), VESTIBULE_E_ALIGNMENT);
  CHECK_STATUS(vestibule_directory_query(directory, context, text_of(QUERY), askew, NULL), VESTIBULE_E_ALIGNMENT);
  CHECK_STATUS(vestibule_directory_query(directory, context, text_of(QUERY), &good, askew), VESTIBULE_E_ALIGNMENT);
  CHECK_STATUS(vestibule_directory_execute(directory, context, text_of(COMMAND), &good, askew), VESTIBULE_E_ALIGNMENT);
  CHECK_STATUS(vestibule_directory_apply(directory, text_of("{}"), askew), VESTIBULE_E_ALIGNMENT);
  CHECK_STATUS(vestibule_directory_freeze(directory, &options, &good, askew), VESTIBULE_E_ALIGNMENT);
  /* A buffer that is askew is left alone. */
  vestibule_buffer_free(askew);
  CHECK_UNTOUCHED(room);
  CHECK_UNTOUCHED(good);
}

/* ---- What is asked ---- */

/* JSON that cannot be read, as each of the texts; without a place for the refusal too. */
static void texts_that_are_no_json(void) {
  const vestibule_text wrong[] = {text("", 0), text_of("{"), text_of("[]"), text("\xFF\xFE", 2), text_of("{\"command\":\"paint\"}"), text("{}\0", 3)};
  const vestibule_text context = text_of(CONTEXT);
  vestibule_buffer given, refusal;
  size_t at;
  FILL(given);
  for (at = 0; at < sizeof wrong / sizeof wrong[0]; at += 1) {
    CHECK_STATUS(vestibule_directory_execute(directory, context, wrong[at], &given, &refusal), VESTIBULE_E_UNREADABLE);
    vestibule_buffer_free(&refusal);
    CHECK_STATUS(vestibule_directory_execute(directory, wrong[at], text_of(COMMAND), &given, &refusal), VESTIBULE_E_UNREADABLE);
    vestibule_buffer_free(&refusal);
    CHECK_STATUS(vestibule_directory_query(directory, context, wrong[at], &given, NULL), VESTIBULE_E_UNREADABLE);
    CHECK_STATUS(vestibule_directory_query(directory, wrong[at], text_of(QUERY), &given, NULL), VESTIBULE_E_UNREADABLE);
    CHECK_STATUS(vestibule_directory_apply(directory, wrong[at], NULL), VESTIBULE_E_UNREADABLE);
  }
  CHECK_STATUS(vestibule_directory_execute(directory, context, text(NULL, 0), &given, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_directory_execute(directory, text(NULL, 0), text_of(COMMAND), &given, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_directory_query(directory, context, text(QUERY, SIZE_MAX), &given, NULL), VESTIBULE_E_SIZE);
  CHECK_STATUS(vestibule_directory_apply(directory, text(NULL, 0), NULL), VESTIBULE_E_NULL);
  CHECK_UNTOUCHED(given);
}

static void texts_that_are_no_ids(void) {
  const vestibule_text action = text_of("doors:open");
  static char long_text[VESTIBULE_MAX_TEXT + 1];
  vestibule_buffer given;
  const vestibule_text wrong[] = {text("", 0), text("\xFF", 1), text(long_text, sizeof long_text), text_of("a b")};
  size_t at;
  memset(long_text, 'a', sizeof long_text);
  FILL(given);
  for (at = 0; at < sizeof wrong / sizeof wrong[0]; at += 1) {
    CHECK_STATUS(vestibule_directory_who_can(directory, action, wrong[at], NOW, &given), VESTIBULE_E_RESOURCE);
    CHECK_STATUS(vestibule_directory_what_can(directory, wrong[at], action, NOW, &given), VESTIBULE_E_PRINCIPAL);
    CHECK_STATUS(vestibule_directory_permissions(directory, wrong[at], text_of("door:d"), NOW, &given), VESTIBULE_E_PRINCIPAL);
    CHECK_STATUS(vestibule_directory_permissions(directory, text_of("person:ana"), wrong[at], NOW, &given), VESTIBULE_E_RESOURCE);
    CHECK_STATUS(vestibule_directory_lobby(directory, wrong[at], NOW, &given), VESTIBULE_E_RESOURCE);
  }
  CHECK_STATUS(vestibule_directory_who_can(directory, text("\xFF", 1), text_of("door:d"), NOW, &given), VESTIBULE_E_ACTION);
  CHECK_STATUS(vestibule_directory_who_can(directory, text(NULL, 0), text_of("door:d"), NOW, &given), VESTIBULE_E_NULL);
  CHECK_UNTOUCHED(given);
}

static void refuse_options(const vestibule_freeze *options, vestibule_status wanted) {
  vestibule_buffer given, refusal;
  FILL(given), FILL(refusal);
  CHECK_STATUS(vestibule_directory_freeze(directory, options, &given, &refusal), wanted);
  CHECK_UNTOUCHED(given);
  CHECK_UNTOUCHED(refusal);
}

static void options_of_images(void) {
  vestibule_freeze options = everything();
  refuse_options(NULL, VESTIBULE_E_NULL);
  options.size = (uint32_t)sizeof options - 1;
  refuse_options(&options, VESTIBULE_E_SIZE);
  options = everything();
  options.reserved[1] = 1;
  refuse_options(&options, VESTIBULE_E_VALUE);
  options = everything();
  options.slice = 0;
  refuse_options(&options, VESTIBULE_E_VALUE);
  options.slice = 4;
  refuse_options(&options, VESTIBULE_E_VALUE);
  options.slice = VESTIBULE_SLICE_INTEGRATION;
  refuse_options(&options, VESTIBULE_E_NULL);
  options.subject = text("\xFF", 1);
  refuse_options(&options, VESTIBULE_E_RESOURCE);
  options.slice = VESTIBULE_SLICE_PERSON;
  refuse_options(&options, VESTIBULE_E_PRINCIPAL);
  options.subject = text("", 0);
  refuse_options(&options, VESTIBULE_E_PRINCIPAL);
}

/* ---- Explanations of images ---- */

static void explaining_images(void) {
  const vestibule_request asked = question();
  const vestibule_freeze options = everything();
  vestibule_buffer bytes, given;
  vestibule_image image;
  FILL(given);
  CHECK_STATUS(vestibule_directory_freeze(directory, &options, &bytes, NULL), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_open(&image, sizeof image, bytes.data, bytes.length, NULL), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_explain(NULL, &asked, &given), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_explain(&image, NULL, &given), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_explain(&image, &asked, NULL), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_close(&image), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_explain(&image, &asked, &given), VESTIBULE_E_NOT_OPEN);
  CHECK_UNTOUCHED(given);
  vestibule_buffer_free(&bytes);
}

int main(void) {
  vestibule_buffer before, after;
  CHECK_STATUS(vestibule_directory_load((const uint8_t *)ESTATE, strlen(ESTATE), &directory, NULL), VESTIBULE_OK);
  CHECK_STATUS(vestibule_directory_estate(directory, &before), VESTIBULE_OK);
  no_directory();
  freeing();
  loading();
  results_that_go_nowhere();
  results_that_are_askew();
  texts_that_are_no_json();
  texts_that_are_no_ids();
  options_of_images();
  explaining_images();
  /* None of it changed anything. */
  CHECK_STATUS(vestibule_directory_estate(directory, &after), VESTIBULE_OK);
  CHECK(before.length == after.length && memcmp(before.data, after.data, before.length) == 0);
  vestibule_buffer_free(&before);
  vestibule_buffer_free(&after);
  vestibule_directory_free(&directory);
  printf("misuse_host: %lu checks\n", checks_done());
  return 0;
}
