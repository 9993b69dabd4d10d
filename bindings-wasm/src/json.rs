//! JSON of what crosses, written by hand: what serde brings along makes the small module larger.

use alloc::string::String;

/// A text of JSON in the making. Commas are put where they belong.
pub(crate) struct Json(String);

impl Json {
    /// Nothing yet.
    pub(crate) const fn new() -> Self {
        Self(String::new())
    }

    /// What was written.
    pub(crate) fn into_text(self) -> String {
        self.0
    }

    /// Begins an array or an object, by its bracket.
    pub(crate) fn open(&mut self, bracket: char) {
        self.separate();
        self.0.push(bracket);
    }

    /// Ends it, by the other bracket.
    pub(crate) fn close(&mut self, bracket: char) {
        self.0.push(bracket);
    }

    /// The name of a field, whose value comes next.
    pub(crate) fn name(&mut self, name: &str) {
        self.separate();
        self.quote(name);
        self.0.push(':');
    }

    /// A field that is text.
    pub(crate) fn field(&mut self, name: &str, text: &str) {
        self.name(name);
        self.text(text);
    }

    /// A field that is text, or null.
    pub(crate) fn optional(&mut self, name: &str, text: Option<&str>) {
        match text {
            Some(text) => self.field(name, text),
            None => self.word(name, "null"),
        }
    }

    /// A field that is a whole number.
    pub(crate) fn number(&mut self, name: &str, number: u32) {
        self.name(name);
        digits(number.into(), &mut self.0);
    }

    /// A field whose value is JSON already.
    pub(crate) fn word(&mut self, name: &str, json: &str) {
        self.name(name);
        self.0.push_str(json);
    }

    /// An array of texts as a field.
    pub(crate) fn texts(&mut self, name: &str, texts: &[String]) {
        self.name(name);
        self.open('[');
        for text in texts {
            self.text(text);
        }
        self.close(']');
    }

    fn text(&mut self, text: &str) {
        self.separate();
        self.quote(text);
    }

    /// A comma, unless something just began: values end neither with a bracket that opens nor with a colon.
    fn separate(&mut self) {
        if !matches!(self.0.as_bytes().last(), None | Some(b'[' | b'{' | b':')) {
            self.0.push(',');
        }
    }

    fn quote(&mut self, text: &str) {
        self.0.push('"');
        for letter in text.chars() {
            match letter {
                '"' | '\\' => self.0.push('\\'),
                '\0'..' ' => {
                    self.escape(letter);
                    continue;
                }
                _ => {}
            }
            self.0.push(letter);
        }
        self.0.push('"');
    }

    /// A control character by its number, all of which have two digits.
    fn escape(&mut self, control: char) {
        self.0.push_str(if control < '\u{10}' { "\\u000" } else { "\\u001" });
        self.0.extend(char::from_digit(u32::from(control) % 16, 16));
    }
}

/// Adds a number in decimal.
pub(crate) fn digits(number: u64, to: &mut String) {
    if number >= 10 {
        digits(number / 10, to);
    }
    let [digit, ..] = (number % 10).to_le_bytes();
    to.push(char::from(b'0' + digit));
}

/// Adds bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8], to: &mut String) {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or_default();
    for byte in bytes {
        to.push(digit(byte >> 4));
        to.push(digit(byte & 0xf));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_written_as_serde_writes_it_or_means_the_same() {
        let all: String = ('\0'..='\u{2fff}').chain("\"\\😀\u{10ffff}".chars()).collect();
        let mut json = Json::new();
        json.open('{');
        json.field("all", &all);
        json.optional("none", None);
        json.number("most", u32::MAX);
        json.texts("texts", &["a".into(), String::new()]);
        json.name("empty");
        json.open('[');
        json.close(']');
        json.close('}');
        let read: serde_json::Value = serde_json::from_str(&json.into_text()).unwrap();
        let expected = serde_json::json!({
            "all": all, "none": null, "most": u32::MAX, "texts": ["a", ""], "empty": [],
        });
        assert_eq!(read, expected);
    }
}
