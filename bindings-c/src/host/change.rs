//! Commands, queries and changes: what core/docs/commands.md says, in its JSON.

use alloc::vec::Vec;
use core::fmt::Display;

use vestibule::estate::Faults;
use vestibule::{ApplyError, Change, Command, Context, Directory, Error, Query};

use super::buffer::{check_optional, give, json, refuse, vestibule_buffer};
use super::directory::{vestibule_directory, with_directory, with_directory_mut};
use super::refusal::{ApiRefusal, PlainRefusal};
use crate::pointer;
use crate::status::{
    Failure, VESTIBULE_E_APPLY, VESTIBULE_E_REFUSED, VESTIBULE_E_UNREADABLE, vestibule_status,
};

use crate::text::vestibule_text;

/// Carries a command out; `outcome` takes what came of it. `context` says who asks, for which organisation, and when.
///
/// `VESTIBULE_E_UNREADABLE` where a JSON is not of its form, `VESTIBULE_E_REFUSED` where the command is refused: nothing has changed then,
/// and `refusal`, unless it is NULL, tells why, with the body that a server would answer with.
///
/// # Safety
///
/// `directory` points to a directory that nobody else uses, the texts to readable bytes, `outcome` to a buffer, `refusal` is NULL or
/// points to one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_directory_execute(
    directory: *mut vestibule_directory,
    context: vestibule_text,
    command: vestibule_text,
    outcome: *mut vestibule_buffer,
    refusal: *mut vestibule_buffer,
) -> vestibule_status {
    let body = |held: &mut vestibule_directory| {
        let run = |context: &Context, command| {
            held.directory.execute(context, command).map(|outcome| json(&outcome))
        };
        // SAFETY: the caller owes it.
        unsafe {
            carry_out(&context, "command", &command, Command::from_json, outcome, refusal, run)
        }
    };
    // SAFETY: the caller owes it.
    unsafe { with_directory_mut(directory, body) }
}

/// What a command would come to, as `vestibule_directory_execute`; changes nothing. A host with a journal stores the `change` of the
/// outcome, and then applies it.
///
/// # Safety
///
/// As `vestibule_directory_execute`, but others may look at the directory.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_directory_prepare(
    directory: *const vestibule_directory,
    context: vestibule_text,
    command: vestibule_text,
    outcome: *mut vestibule_buffer,
    refusal: *mut vestibule_buffer,
) -> vestibule_status {
    let body = |directory: &Directory| {
        let run = |context: &Context, command| {
            directory.prepare(context, &command).map(|outcome| json(&outcome))
        };
        // SAFETY: the caller owes it.
        unsafe {
            carry_out(&context, "command", &command, Command::from_json, outcome, refusal, run)
        }
    };
    // SAFETY: the caller owes it.
    unsafe { with_directory(directory, body) }
}

/// Applies a change that was prepared: the `change` of an outcome.
///
/// `VESTIBULE_E_APPLY` where it does not follow the revision of the directory, or is of a later version: nothing has changed then. Where an
/// event of it does not fit, which happens only to a change of another estate or a damaged one, the directory is poisoned as well.
///
/// # Safety
///
/// As `vestibule_directory_execute`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_directory_apply(
    directory: *mut vestibule_directory,
    change: vestibule_text,
    refusal: *mut vestibule_buffer,
) -> vestibule_status {
    let body = |held: &mut vestibule_directory| {
        check_optional(refusal)?;
        // SAFETY: the caller owes it.
        let change: Change =
            unsafe { read("change", &change, |json| serde_json::from_slice(json), refusal) }?;
        let Err(error) = held.directory.apply(&change) else { return Ok(()) };
        if matches!(error, ApplyError::Event { .. }) {
            held.poison();
        }
        // SAFETY: checked above.
        unsafe { refuse(refusal, &PlainRefusal::from(&error), VESTIBULE_E_APPLY) }
    };
    // SAFETY: the caller owes it.
    unsafe { with_directory_mut(directory, body) }
}

/// Answers a caller, as `vestibule_directory_execute` does; changes nothing.
///
/// # Safety
///
/// As `vestibule_directory_prepare`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vestibule_directory_query(
    directory: *const vestibule_directory,
    context: vestibule_text,
    query: vestibule_text,
    answer: *mut vestibule_buffer,
    refusal: *mut vestibule_buffer,
) -> vestibule_status {
    let body = |directory: &Directory| {
        let run =
            |context: &Context, query| directory.query(context, &query).map(|answer| json(&answer));
        // SAFETY: the caller owes it.
        unsafe { carry_out(&context, "query", &query, Query::from_json, answer, refusal, run) }
    };
    // SAFETY: the caller owes it.
    unsafe { with_directory(directory, body) }
}

/// Reads a context, and what is asked: its name in refusals, its JSON, and what reads that. Has it carried out, and tells what came of
/// it as JSON.
///
/// # Safety
///
/// As [`vestibule_directory_execute`].
unsafe fn carry_out<T>(
    context: &vestibule_text,
    what: &str,
    asked: &vestibule_text,
    parse: fn(&[u8]) -> Result<T, Faults>,
    told: *mut vestibule_buffer,
    refusal: *mut vestibule_buffer,
    run: impl FnOnce(&Context, T) -> Result<Vec<u8>, Error>,
) -> Result<(), Failure> {
    pointer::check(told)?;
    check_optional(refusal)?;
    // SAFETY: the caller owes it.
    let context = unsafe { read("context", context, Context::from_json, refusal) }?;
    // SAFETY: the caller owes it.
    let asked = unsafe { read(what, asked, parse, refusal) }?;
    match run(&context, asked) {
        // SAFETY: checked above.
        Ok(json) => unsafe { give(told, json) },
        Err(error) => {
            let why = ApiRefusal::new(&error, &context);
            // SAFETY: checked above.
            unsafe { refuse::<()>(refusal, &why, VESTIBULE_E_REFUSED) }?;
        }
    }
    Ok(())
}

/// Reads a JSON with `parse`; where it is not of its form, the refusal says of `what` and why.
///
/// # Safety
///
/// The text can be read; `refusal` was checked.
unsafe fn read<T, E: Display>(
    what: &str,
    json: &vestibule_text,
    parse: impl FnOnce(&[u8]) -> Result<T, E>,
    refusal: *mut vestibule_buffer,
) -> Result<T, Failure> {
    // SAFETY: the caller owes it.
    let bytes = unsafe { pointer::bytes(json.data.cast(), json.length) }?;
    parse(bytes).or_else(|error| {
        let why = ApiRefusal::unreadable(what, &error);
        // SAFETY: the caller owes it.
        unsafe { refuse(refusal, &why, VESTIBULE_E_UNREADABLE) }
    })
}
