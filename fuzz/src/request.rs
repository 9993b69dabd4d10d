//! Requests from input: four fields, each on a line of its own; the last, the acting organisation, may be missing.

use vestibule::{IdRef, Principal, Resource, TextRequest, Timestamp};

/// Reads the input as a request, prints what was read and reads that again. Says whether there was a request. Panics where the
/// two differ.
pub fn run(input: &[u8]) -> bool {
    let Ok(input) = core::str::from_utf8(input) else { return false };
    instant(input);
    let mut lines = input.split('\n');
    let mut line = || lines.next().unwrap_or_default();
    let at = Timestamp::from_millis(0);
    let text = TextRequest {
        principal: line(),
        action: line(),
        resource: line(),
        acting_org: lines.next(),
        at,
    };
    let Ok(request) = text.parse().map_err(|error| assert!(!error.to_string().is_empty())) else {
        return false;
    };
    let (principal, resource) = (request.principal.to_string(), request.resource.to_string());
    assert_eq!(Principal::parse(&principal), Ok(request.principal));
    assert_eq!(Resource::parse(&resource), Ok(request.resource));
    is_canonical(text.principal, &principal);
    is_canonical(text.resource, &resource);
    if let Some((read, written)) = request.acting_org.zip(text.acting_org) {
        assert_eq!(IdRef::parse(&read.to_string()), Ok(read));
        is_canonical(written, &read.to_string());
    }
    assert_eq!(request.action, text.action);
    true
}

/// Ids are printed in the case of their form, and nothing else changes.
fn is_canonical(written: &str, printed: &str) {
    assert!(written.eq_ignore_ascii_case(printed), "`{written}` is printed as `{printed}`");
}

/// An instant prints as what is read as the same again.
fn instant(text: &str) {
    if let Ok(at) = Timestamp::parse(text) {
        assert_eq!(Timestamp::parse(&at.to_string()), Ok(at), "`{text}` is printed as `{at}`");
    }
}
