//! What there is to ask for.

use vestibule::{Command, Query};

use crate::text::vestibule_text;

/// The name of a command, as in the `command` of its JSON, counted from 0; no text beyond the last. Static.
#[unsafe(no_mangle)]
pub extern "C" fn vestibule_command_name(number: usize) -> vestibule_text {
    Command::NAMES.get(number).map_or(vestibule_text::NONE, |name| vestibule_text::view(name))
}

/// The name of a query, as in the `query` of its JSON, counted from 0; no text beyond the last. Static.
#[unsafe(no_mangle)]
pub extern "C" fn vestibule_query_name(number: usize) -> vestibule_text {
    Query::NAMES.get(number).map_or(vestibule_text::NONE, |name| vestibule_text::view(name))
}
