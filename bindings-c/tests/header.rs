//! `include/vestibule.h` is what the sources say. `VESTIBULE_UPDATE=1` writes it.

use core::fmt::Write;
use std::path::Path;

use syn::{Expr, Item, Lit, Meta};
use vestibule::{Basis, Reason};

const HEADER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/include/vestibule.h");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The words above each variant of an enum of the core, in order.
fn comments(file: &str, name: &str) -> Vec<String> {
    let path = root().join("../core/src").join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    let items = syn::parse_file(&text).unwrap().items;
    let found = items.into_iter().find_map(|item| match item {
        Item::Enum(found) if found.ident == name => Some(found),
        _ => None,
    });
    let variants = found.expect("an enum of the core").variants;
    variants.iter().map(|variant| comment(&variant.attrs)).collect()
}

fn comment(attributes: &[syn::Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value().trim().to_owned()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    lines.collect::<Vec<_>>().join(" ")
}

/// Constants whose values are those of the core, so that nobody types them twice.
fn constants() -> String {
    let mut out = String::new();
    let version = env!("CARGO_PKG_VERSION");
    writeln!(out, "\n/** The version of the library that belongs to this header. */").unwrap();
    writeln!(out, "#define VESTIBULE_VERSION \"{version}\"").unwrap();
    let reasons = Reason::ALL.map(|reason| (reason.as_str(), u32::from(reason.code())));
    define(&mut out, "REASON", &comments("reason.rs", "Reason"), &reasons);
    let bases = Basis::ALL.map(|basis| (basis.as_str(), u32::from(basis.code())));
    define(&mut out, "BASIS", &comments("reason.rs", "Basis"), &bases);
    out
}

fn define(out: &mut String, prefix: &str, comments: &[String], values: &[(&str, u32)]) {
    assert_eq!(comments.len(), values.len(), "every variant is among its `ALL`");
    for (comment, (word, number)) in comments.iter().zip(values) {
        let comment = comment.replace("[`Basis::None`]", "`VESTIBULE_BASIS_NONE`");
        let name = word.to_uppercase();
        writeln!(out, "\n/** {comment} */\n#define VESTIBULE_{prefix}_{name} {number}").unwrap();
    }
}

/// What C needs beside what Rust says: values to begin with, and a text of a string.
const TRAILER: &str = r#"/** A request that asks on behalf of nobody, to be filled in: `vestibule_request request = VESTIBULE_REQUEST_INIT;` */
#define VESTIBULE_REQUEST_INIT \
  { sizeof(vestibule_request), VESTIBULE_ACTING_FOR_NOBODY, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, 0, { 0, 0 } }

/** The text of a literal, to begin a `vestibule_text` with, also a static one. */
#define VESTIBULE_TEXT(literal) { "" literal, sizeof("" literal) - 1 }

/** An image that is closed. */
#define VESTIBULE_IMAGE_INIT { { NULL } }

/** A decision, to be written: a deny until it is. */
#define VESTIBULE_DECISION_INIT { sizeof(vestibule_decision), 0, VESTIBULE_DENY, 0, 0, 0, 0, 0 }

/** A fault, to be written. */
#define VESTIBULE_IMAGE_FAULT_INIT { sizeof(vestibule_image_fault), 0, NULL, NULL, 0 }

/** A header of an image, to be written. */
#define VESTIBULE_IMAGE_HEADER_INIT { sizeof(vestibule_image_header), 0, 0, 0, 0, 0, 0, { 0 }, { 0, 0 } }

#if defined(VESTIBULE_HOST)
/** How an image is made, without limits, to be filled in. */
#define VESTIBULE_FREEZE_INIT \
  { sizeof(vestibule_freeze), 0, { NULL, 0 }, 0, VESTIBULE_NO_LIMIT, VESTIBULE_NO_LIMIT, { 0, 0 } }
#endif

/** The text of a string that ends with a NUL; no text for NULL. The string must outlive it. */
static inline vestibule_text vestibule_text_of(const char *string) {
  vestibule_text text;
  text.data = string;
  text.length = string == NULL ? 0 : strlen(string);
  return text;
}
"#;

fn generate() -> String {
    let mut config = cbindgen::Config::from_file(root().join("cbindgen.toml")).unwrap();
    config.header = Some(std::fs::read_to_string(root().join("include/preamble.txt")).unwrap());
    config.after_includes = Some(constants());
    let bindings = cbindgen::Builder::new().with_crate(root()).with_config(config).generate();
    let mut header = Vec::new();
    bindings.expect("sources that cbindgen reads").write(&mut header);
    let header = String::from_utf8(header).unwrap();
    // cbindgen would write a trailer after the guard.
    let end = header.rfind("#endif").expect("an include guard");
    let (body, guard) = header.split_at(end);
    // One condition around what stands together.
    let body = body.replace("#endif\n\n#if defined(VESTIBULE_HOST)\n", "\n");
    format!("{}\n\n{TRAILER}\n{}\n", body.trim_end(), guard.trim_end())
}

#[test]
fn header_is_what_the_sources_say() {
    let generated = generate();
    if std::env::var_os("VESTIBULE_UPDATE").is_some() {
        std::fs::write(HEADER, &generated).unwrap();
    }
    let found = std::fs::read_to_string(HEADER).unwrap_or_default();
    assert!(found == generated, "vestibule.h is out of date: run with VESTIBULE_UPDATE=1");
}

/// What is not documented does not go out.
#[test]
fn everything_in_the_header_is_documented() {
    let header = std::fs::read_to_string(HEADER).unwrap();
    let mut before = "";
    for line in header.lines() {
        let begins = line.starts_with("#define VESTIBULE_") && !line.ends_with("VESTIBULE_H")
            || line.starts_with("typedef ")
            || !line.starts_with(' ') && line.contains(" vestibule_") && line.contains('(');
        assert!(!begins || before.trim_end().ends_with("*/"), "no comment above `{line}`");
        before = line;
    }
}
