/* Opening what is no image, into what is no memory for one. */
#include "misuse.h"

#include <string.h>

static void opening(void) {
  vestibule_image other;
  vestibule_image_fault fault;
  FILL(other);
  PREPARE(fault);
  CHECK_STATUS(vestibule_image_open(NULL, sizeof other, all.bytes, all.length, &fault), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_open(&other, sizeof other - 1, all.bytes, all.length, &fault), VESTIBULE_E_SIZE);
  CHECK_STATUS(vestibule_image_open(&other, 0, all.bytes, all.length, &fault), VESTIBULE_E_SIZE);
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, NULL, all.length, &fault), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, NULL, 0, &fault), VESTIBULE_E_NULL);
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, all.bytes, SIZE_MAX, &fault), VESTIBULE_E_SIZE);
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, all.bytes, SIZE_MAX / 2 + 1, &fault), VESTIBULE_E_SIZE);
  CHECK_PREPARED(fault);
  fault.size = (uint32_t)sizeof fault - 1;
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, all.bytes, all.length, &fault), VESTIBULE_E_SIZE);
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, all.bytes, all.length - 1, &fault), VESTIBULE_E_SIZE);
  fault.size = 0;
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, all.bytes, all.length, &fault), VESTIBULE_E_SIZE);
  fault.size = (uint32_t)sizeof fault;
  CHECK_PREPARED(fault);
  CHECK_UNTOUCHED(other);
}

static void faults(void) {
  vestibule_image other;
  /* What a later header may know of a fault comes after what this library knows. */
  struct {
    vestibule_image_fault known;
    uint64_t more;
  } fault;
  uint32_t freshness;
  FILL(other), FILL(fault);
  fault.known.size = (uint32_t)sizeof fault;
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, all.bytes, all.length - 1, NULL), VESTIBULE_E_IMAGE);
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, all.bytes, all.length - 1, &fault.known), VESTIBULE_E_IMAGE);
  CHECK(fault.known.size == sizeof fault.known && fault.known.reserved == 0);
  CHECK(strcmp(fault.known.what, "length") == 0 && strcmp(fault.known.section, "header") == 0);
  CHECK_UNTOUCHED(fault.more);
  CHECK_STATUS(vestibule_image_freshness(&other, NOW, &freshness), VESTIBULE_E_NOT_OPEN);

  /* What was left open on the stack answers no more when another is refused in its place. */
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, all.bytes, all.length, NULL), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_freshness(&other, NOW, &freshness), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_open(&other, sizeof other, all.bytes, all.length - 1, NULL), VESTIBULE_E_IMAGE);
  CHECK_STATUS(vestibule_image_freshness(&other, NOW, &freshness), VESTIBULE_E_NOT_OPEN);
}

/* An image may lie anywhere, and be copied. */
static void copies(void) {
  vestibule_image copy = all.image;
  vestibule_decision decision = VESTIBULE_DECISION_INIT;
  const vestibule_request asked = question();
  CHECK_STATUS(vestibule_image_decide(&copy, &asked, &decision), VESTIBULE_OK);
  CHECK(decision.effect == VESTIBULE_ALLOW && decision.reason == VESTIBULE_REASON_GRANTED);
  CHECK_STATUS(vestibule_image_close(&copy), VESTIBULE_OK);
  CHECK_STATUS(vestibule_image_decide(&all.image, &asked, &decision), VESTIBULE_OK);
}

void misuse_opening(void) {
  opening();
  faults();
  copies();
}
