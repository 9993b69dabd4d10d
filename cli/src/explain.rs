//! `explain`: why one request is allowed or denied.

use crate::args::ExplainArgs;
use crate::failure::{Failure, Outcome};
use crate::output::Out;
use crate::question::flag_failure;

/// Explains; the outcome is that of the decision.
pub fn run(args: &ExplainArgs, out: &mut Out) -> Result<Outcome, Failure> {
    let asked = args.question.asked()?;
    let request = asked.parse().map_err(|fault| flag_failure(&fault.message))?;
    let explanation = args.policy.source.ask(|policy| Ok(policy.explain(&request)))?;
    if args.policy.json {
        out.json(&explanation)?;
    } else {
        out.line(format_args!("{explanation}"))?;
    }
    Ok(Outcome::from_answer(explanation.decision().is_allow()))
}
