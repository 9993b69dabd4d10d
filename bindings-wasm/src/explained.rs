//! An explanation as JSON, as the core serialises it.

use alloc::string::String;

use vestibule::{Explanation, Timestamp};

use crate::json::Json;

/// The JSON of an explanation.
pub(crate) fn explained(explanation: &Explanation) -> String {
    let decision = explanation.decision();
    let mut json = Json::new();
    json.open('{');
    json.field("effect", decision.effect().as_str());
    json.field("reason", decision.reason().as_str());
    json.number("code", decision.reason().code().into());
    if decision.is_allow() {
        json.field("basis", decision.basis().as_str());
    }
    let until = Some(decision.until()).filter(|until| *until != Timestamp::MAX);
    json.optional("until", until.map(|until| until.to_text()).as_deref());
    json.field("headline", explanation.headline());
    json.name("facts");
    json.open('[');
    for fact in explanation.facts() {
        json.open('{');
        told(&mut json, &fact.text, &fact.about);
    }
    json.close(']');
    json.name("reasons");
    json.open('[');
    for reason in explanation.reasons() {
        json.open('{');
        json.field("reason", reason.reason.as_str());
        json.number("code", reason.reason.code().into());
        told(&mut json, &reason.text, &reason.about);
    }
    json.close(']');
    match explanation.nearest() {
        None => json.word("nearest", "null"),
        Some(nearest) => {
            json.name("nearest");
            json.open('{');
            json.field("failed", nearest.failed.as_str());
            told(&mut json, &nearest.text, &nearest.about);
        }
    }
    json.close('}');
    json.into_text()
}

/// The end of an object: a sentence, and what it names.
fn told(json: &mut Json, text: &str, about: &[String]) {
    json.field("text", text);
    json.texts("about", about);
    json.close('}');
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use vestibule::{Directory, TextRequest};

    use super::*;

    const ESTATE: &[u8] = include_bytes!("../../examples/maple-court/estate.json");
    const REQUESTS: &str = include_str!("../../examples/maple-court/requests.jsonl");

    #[test]
    fn it_is_the_json_of_the_core() {
        let directory = Directory::from_json(ESTATE).unwrap();
        for line in REQUESTS.lines() {
            let asked: Value = serde_json::from_str(line).unwrap();
            let request = TextRequest {
                principal: asked["principal"].as_str().unwrap(),
                action: asked["action"].as_str().unwrap(),
                resource: asked["resource"].as_str().unwrap(),
                acting_org: asked["acting_org"].as_str(),
                at: Timestamp::parse(asked["at"].as_str().unwrap()).unwrap(),
            };
            let explanation = directory.explain(&request.parse().unwrap());
            let expected = serde_json::to_string(&explanation).unwrap();
            assert_eq!(explained(&explanation), expected);
        }
    }
}
