//! One question by flags.

use std::borrow::Cow;

use crate::args::{PrincipalArgs, QuestionArgs};
use crate::failure::Failure;
use crate::requests::Asked;

impl PrincipalArgs {
    /// The principal as text.
    pub fn text(&self) -> Result<Cow<'_, str>, Failure> {
        match (&self.principal, &self.person) {
            (Some(principal), _) => Ok(principal.into()),
            (None, Some(person)) => Ok(format!("person:{person}").into()),
            (None, None) => Err(missing("--person ID or --principal PRINCIPAL")),
        }
    }
}

impl QuestionArgs {
    /// The question.
    pub fn asked(&self) -> Result<Asked<'_>, Failure> {
        let principal = self.who.text()?;
        let action = self.action.as_deref().ok_or_else(|| missing("--action KEY"))?;
        let resource = self.resource.as_deref().ok_or_else(|| missing("--resource RESOURCE"))?;
        let asked = Asked {
            principal,
            action: action.into(),
            resource: resource.into(),
            acting_org: self.acting_org.as_deref().map(Cow::Borrowed),
            at: self.at.or_now(),
        };
        asked.parse().map_err(|fault| flag_failure(&fault.message))?;
        Ok(asked)
    }
}

/// A failure about a flag.
pub fn flag_failure(message: &str) -> Failure {
    Failure::Input(format!("error: {message}"))
}

fn missing(flag: &str) -> Failure {
    flag_failure(&format!("{flag} is missing; see --help"))
}
