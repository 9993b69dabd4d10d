/* Passes over questions, as C asks them; benches/src/bin/c_boundary.rs has the same in Rust. */
#include "vestibule.h"

typedef struct bench_texts {
  vestibule_text principal;
  vestibule_text resource;
} bench_texts;

typedef struct bench_handles {
  uint64_t principal;
  uint64_t resource;
} bench_handles;

size_t bench_pass_text(const vestibule_image *image, const bench_texts *questions, size_t count, vestibule_text action, int64_t when) {
  size_t allowed = 0;
  size_t at;
  vestibule_request request = VESTIBULE_REQUEST_INIT;
  vestibule_decision decision = VESTIBULE_DECISION_INIT;
  request.action = action;
  request.at = when;
  for (at = 0; at < count; at += 1) {
    request.principal = questions[at].principal;
    request.resource = questions[at].resource;
    if (vestibule_image_decide(image, &request, &decision) != VESTIBULE_OK) return 0;
    allowed += decision.effect == VESTIBULE_ALLOW;
  }
  return allowed;
}

size_t bench_pass_handles(const vestibule_image *image, const bench_handles *questions, size_t count, uint64_t key, int64_t when) {
  size_t allowed = 0;
  size_t at;
  vestibule_decision decision = VESTIBULE_DECISION_INIT;
  for (at = 0; at < count; at += 1) {
    const bench_handles *asked = &questions[at];
    if (vestibule_image_decide_handles(image, asked->principal, key, asked->resource, VESTIBULE_NO_ORGANISATION, when, &decision)
        != VESTIBULE_OK) return 0;
    allowed += decision.effect == VESTIBULE_ALLOW;
  }
  return allowed;
}
