//! Text from outside, made safe to print on a terminal.

use core::fmt::Write;
use std::borrow::Cow;

/// Most characters of a piece of input that a message repeats.
const MAX_QUOTED_CHARS: usize = 120;

/// Characters that steer a terminal or change what the reader sees: control and bidirectional ones.
fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
        )
}

/// The text with control and bidirectional characters escaped.
pub fn safe(text: &str) -> Cow<'_, str> {
    escape(text, is_unsafe)
}

/// The same, but line ends stay.
pub fn safe_lines(text: &str) -> Cow<'_, str> {
    escape(text, |character| character != '\n' && is_unsafe(character))
}

/// The beginning of a text, escaped: for a message that repeats what it found.
pub fn quoted(text: &str) -> String {
    match text.char_indices().nth(MAX_QUOTED_CHARS) {
        Some((end, _)) => format!("`{}…`", safe(&text[..end])),
        None => format!("`{}`", safe(text)),
    }
}

/// Bytes in hexadecimal, lower case.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// JSON with the same characters escaped as JSON does it, which leaves its meaning as it is: they can
/// stand only inside strings.
pub fn safe_json(json: &str) -> Cow<'_, str> {
    if !json.contains(is_unsafe) {
        return Cow::Borrowed(json);
    }
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        if is_unsafe(character) {
            // All of them are in the first plane: one escape each.
            let _ = write!(escaped, "\\u{:04x}", u32::from(character));
        } else {
            escaped.push(character);
        }
    }
    Cow::Owned(escaped)
}

fn escape(text: &str, is_unsafe: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if is_unsafe(character) {
            escaped.extend(character.escape_unicode());
        } else {
            escaped.push(character);
        }
    }
    Cow::Owned(escaped)
}
