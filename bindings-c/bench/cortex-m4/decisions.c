/*
 * How many instructions a decision takes on an image of 10,000 people: by ids, by handles, and looking the handles up. Every
 * answer is compared with what the generator of the estate says. Ends with 1 where one differs.
 */

#include "meter.h"
#include "print.h"
#include "questions.h"
#include "vestibule.h"

#define NOW INT64_C(1795370400000) /* 2026-11-22T18:00:00Z */
#define KEY "doors:open"
#define MOST_QUESTIONS 4096u

/* What is asked; the same memory for all, so that the loops cost the same whatever they call. */
static vestibule_image image;
static vestibule_request request;
static vestibule_decision decision;
static uint64_t key;
/* Handles of the questions, in memory that is else for images. */
__attribute__((section(".slots"))) static struct {
  uint64_t person;
  uint64_t door;
} handles[MOST_QUESTIONS];

static uint32_t asked;
static unsigned failures;

/* What each question is asked with; `nothing_…` shows what the loop itself takes. */
typedef vestibule_status (*by_ids)(const vestibule_image *, const vestibule_request *, vestibule_decision *);
typedef vestibule_status (*by_handles)(const vestibule_image *, uint64_t, uint64_t, uint64_t, uint64_t, int64_t,
                                       vestibule_decision *);
static volatile by_ids ask_ids;
static volatile by_handles ask_handles;

static vestibule_status nothing_by_ids(const vestibule_image *of, const vestibule_request *what, vestibule_decision *answer) {
  (void)of;
  (void)what;
  answer->effect = questions[asked].is_allowed;
  return VESTIBULE_OK;
}

static vestibule_status nothing_by_handles(const vestibule_image *of, uint64_t person, uint64_t action, uint64_t door,
                                           uint64_t acting_org, int64_t at, vestibule_decision *answer) {
  (void)of;
  (void)person;
  (void)action;
  (void)door;
  (void)acting_org;
  (void)at;
  answer->effect = questions[asked].is_allowed;
  return VESTIBULE_OK;
}

static void compare(vestibule_status status) {
  if (status != VESTIBULE_OK || (decision.effect == VESTIBULE_ALLOW) != questions[asked].is_allowed) {
    failures++;
  }
  asked = asked + 1 == questions_count ? 0 : asked + 1;
}

static void decide_by_ids(void *unused) {
  (void)unused;
  request.principal.data = questions[asked].person;
  request.resource.data = questions[asked].door;
  compare(ask_ids(&image, &request, &decision));
}

static void decide_by_handles(void *unused) {
  (void)unused;
  compare(ask_handles(&image, handles[asked].person, key, handles[asked].door, VESTIBULE_NO_ORGANISATION, NOW, &decision));
}

/* From text to handles and a decision by them: what a host does that asks about somebody once. */
static void look_up(void *unused) {
  (void)unused;
  if (vestibule_image_principal(&image, vestibule_text_of(questions[asked].person), &handles[asked].person) != VESTIBULE_OK ||
      vestibule_image_resource(&image, vestibule_text_of(questions[asked].door), &handles[asked].door) != VESTIBULE_OK) {
    failures++;
  }
  asked = asked + 1 == questions_count ? 0 : asked + 1;
}

static void print_figure(const char *name, uint32_t figure) {
  print_text(name);
  print_text(" ");
  print_number(figure);
  print_line();
}

static uint32_t measure_ids(void) {
  uint32_t loop, all;
  ask_ids = nothing_by_ids;
  loop = meter_instructions(decide_by_ids, NULL, questions_count);
  ask_ids = vestibule_image_decide;
  all = meter_instructions(decide_by_ids, NULL, questions_count);
  return all - loop;
}

static uint32_t measure_handles(void) {
  uint32_t loop, all;
  ask_handles = nothing_by_handles;
  loop = meter_instructions(decide_by_handles, NULL, questions_count);
  ask_handles = vestibule_image_decide_handles;
  all = meter_instructions(decide_by_handles, NULL, questions_count);
  return all - loop;
}

/* The dearest question by ids, the loop included. */
static uint32_t dearest(void) {
  uint32_t most = 0;
  uint32_t at;
  for (at = 0; at < questions_count; at++) {
    uint32_t here = meter_instructions(decide_by_ids, NULL, 1);
    most = here > most ? here : most;
  }
  return most;
}

static void open_image(void *unused) {
  (void)unused;
  failures += vestibule_image_open(&image, sizeof image, questions_image, questions_image_length, NULL) != VESTIBULE_OK;
}

static void prepare(void) {
  request = (vestibule_request)VESTIBULE_REQUEST_INIT;
  request.principal.length = sizeof questions->person - 1;
  request.action = vestibule_text_of(KEY);
  request.resource.length = sizeof questions->door - 1;
  request.at = NOW;
  decision = (vestibule_decision)VESTIBULE_DECISION_INIT;
  failures += vestibule_image_key(&image, vestibule_text_of(KEY), &key) != VESTIBULE_OK;
}

int main(void) {
  print_figure("questions", questions_count);
  if (questions_count > MOST_QUESTIONS) {
    return 1;
  }
  print_figure("open, instructions a byte", meter_instructions(open_image, NULL, 1) / questions_image_length);
  prepare();
  print_figure("decide by ids, instructions", measure_ids());
  print_figure("decide by ids, the dearest", dearest());
  print_figure("look up person and door, instructions", meter_instructions(look_up, NULL, questions_count));
  print_figure("decide by handles, instructions", measure_handles());
  print_figure("other answers than expected", failures);
  return failures == 0 ? 0 : 1;
}
