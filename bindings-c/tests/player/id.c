/* Ids, in every form they are written in. */
#include "player.h"

/* Asked about with a question, an id that is none is refused, and one that nobody has is answered. */
static void ask(const tape *at, const subject *on, looked_up principal) {
  vestibule_request request = VESTIBULE_REQUEST_INIT;
  vestibule_decision decision = VESTIBULE_DECISION_INIT;
  vestibule_status wanted = principal.status == VESTIBULE_E_UNKNOWN ? VESTIBULE_OK : principal.status;
  request.principal = principal.asked;
  request.action = vestibule_text_of("doors:open");
  request.resource = vestibule_text_of("platform");
  expect_status(at, "a question", vestibule_image_decide(&on->image, &request, &decision), wanted);
  expect_u64(at, "effect", decision.effect, VESTIBULE_DENY);
}

void play_id(tape *of, const subject *on) {
  ask(of, on, look_up_principal(of, on));
  look_up_resource(of, on);
  look_up_organisation(of, on);
}
