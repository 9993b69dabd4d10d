//! Questions to an image in place of its estate.

use crate::support::{self, Folder};

const AT: &str = "--at 2026-11-22T18:00:00Z";
const FREEZE: &str = "freeze --estate estate.json --issued-at 2026-11-22T18:00:00Z";

/// A folder with the estate and three images of it: `all.image`, `panel.image`, `ana.image`.
fn with_images(name: &str) -> Folder {
    let folder = Folder::with_estate(name);
    for (slice, file) in [
        ("--everything", "all.image"),
        ("--integration panel", "panel.image"),
        ("--person ana", "ana.image"),
    ] {
        let answer = folder.run(&format!("{FREEZE} {slice} --out {file}"));
        assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    }
    folder
}

fn example(file: &str) -> String {
    format!("{}/../examples/maple-court/{file}", env!("CARGO_MANIFEST_DIR"))
}

/// Freezes a slice of Maple Court, and checks it against the answers reasoned by hand.
fn check_example(folder: &Folder, slice: &[&str]) -> support::Answer {
    let (estate, requests) = (example("estate.json"), example("requests.jsonl"));
    let expected = example("expected.jsonl");
    let freeze = ["freeze", "--estate", &estate, "--issued-at", "2026-11-22T18:00:00Z"];
    let frozen = folder.run_words(&[&freeze, slice, &["--out", "court.image"]].concat());
    assert_eq!(frozen.code, 0, "{frozen:?}");
    folder.run_words(&[
        "check",
        "--image",
        "court.image",
        "--requests",
        &requests,
        "--expect",
        &expected,
        "--json",
    ])
}

#[test]
fn the_image_of_an_example_is_as_expected() {
    let folder = Folder::new("image_of_an_example");
    let answer = check_example(&folder, &["--everything"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""), "{}", answer.out);
    assert!(answer.out.lines().count() > 150);
}

/// Inside its slice the panel answers as the estate does; beyond it, it denies and says so. That an action is unknown it knows of
/// anybody; who is unknown to it may be known elsewhere.
#[test]
fn the_panel_of_an_example_differs_by_what_is_outside_only() {
    let folder = Folder::new("panel_of_an_example");
    let answer = check_example(&folder, &["--integration", "01JBMC7Q2ZK4N8VX3TRWAHE5DG"]);
    let lines: Vec<serde_json::Value> =
        answer.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (outside, inside): (Vec<_>, Vec<_>) =
        lines.iter().partition(|line| line["reason"] == "outside_slice");
    assert!(outside.len() > 20 && inside.len() > 40, "{} {}", outside.len(), inside.len());
    assert!(outside.iter().all(|line| line["effect"] == "deny"));
    for line in inside.iter().filter(|line| !line["differs"].is_null()) {
        assert_eq!((&line["effect"], &line["reason"]), (&"deny".into(), &"action_unknown".into()));
        assert_eq!(line["differs"][0]["expected"], "principal_unknown");
    }
    assert!(inside.iter().any(|line| line["effect"] == "allow"));
}

#[test]
fn one_question_by_flags() {
    let folder = with_images("image_by_flags");
    let check = format!("check {AT} --action doors:open");
    for image in ["all.image", "panel.image", "ana.image"] {
        folder
            .run(&format!("{check} --image {image} --person tenant-7 --resource door:front --json"))
            .assert_prints(
                0,
                "{\"line\":1,\"effect\":\"allow\",\"reason\":\"granted\",\"code\":0,\
                 \"basis\":\"residency\",\"until\":\"2027-01-01T00:00:00Z\"}\n",
            );
    }
    let dora =
        folder.run(&format!("{check} --image ana.image --person dora --resource door:front"));
    assert_eq!(dora.code, 1, "{dora:?}");
    let words = "outside_slice (the image does not hold what this asks about)";
    assert!(dora.out.contains(words), "{dora:?}");
}

#[test]
fn an_image_from_standard_input() {
    let folder = with_images("image_from_stdin");
    let image = folder.read("all.image");
    let words = "check --image - --requests requests.jsonl --expect expected.jsonl --quiet";
    folder.run_with(words, &image).assert_prints(
        0,
        "3 requests: 1 allowed, 2 denied; every answer is as in expected.jsonl\n",
    );
    folder
        .run_with("check --image - --requests -", &image)
        .assert_refused(&["found `-` twice", "--image, --requests and --expect"]);
    folder.run_with("inspect -", &[b'x'; 1000]).assert_refused(&[
        "standard input: image: header, byte 0: expected the first bytes of an image",
    ]);
}

/// An image holds no names of people, so their ids stand in explanations of it.
#[test]
fn explanations() {
    let folder = with_images("image_explain");
    let explain = format!("explain {AT} --image panel.image --action doors:open");
    let yes = folder.run(&format!("{explain} --person ana --resource door:front"));
    assert_eq!(yes.code, 0, "{yes:?}");
    assert!(yes.out.contains("Yes: ana"), "{yes:?}");
    let cases = [
        ("--person ana --resource door:plant", "[door_audience]"),
        ("--person dora --resource door:front", "[outside_slice]"),
    ];
    for (question, reason) in cases {
        let no = folder.run(&format!("{explain} {question}"));
        assert_eq!(no.code, 1, "{no:?}");
        assert!(no.out.contains(reason), "no {reason} in {no:?}");
    }
}

#[test]
fn lists_are_those_of_the_estate() {
    let folder = with_images("image_lists");
    let cases = [
        "who-can --action doors:open --resource door:front",
        "who-can --action doors:open --resource platform",
        "what-can --person tenant-7 --action doors:open",
        "permissions --person ana --resource door:front",
        "permissions --principal unit_token:u12 --resource unit:u12",
        "lobby --integration panel",
        "lobby --integration panel --json",
    ];
    for list in cases {
        let estate = folder.run(&format!("{list} {AT} --estate estate.json"));
        folder.run(&format!("{list} {AT} --image all.image")).assert_prints(0, &estate.out);
    }
    let panel = |list: &str| folder.run(&format!("{list} {AT} --image panel.image"));
    panel("who-can --action doors:open --resource door:front").assert_prints(0, "ana\ncleo\n");
    panel("lobby --integration panel").assert_prints(0, "12  Ana (ana)\n");
}

#[test]
fn lists_beyond_the_slice_are_refused() {
    let folder = with_images("image_lists_outside");
    let cases = [
        (
            "panel.image",
            "who-can --action doors:open --resource building:court",
            "no building `court`",
        ),
        ("panel.image", "permissions --person dora --resource door:front", "no person `dora`"),
        ("panel.image", "what-can --person none --action doors:open", "holds integration panel"),
        ("all.image", "lobby --integration none", "no integration `none`"),
        (
            "all.image",
            "who-can --action doors:fly --resource door:front",
            "no permission `doors:fly`",
        ),
        ("ana.image", "lobby --integration panel", "within its slice"),
        ("ana.image", "who-can --action doors:open --resource door:front", "within its slice"),
    ];
    for (image, list, part) in cases {
        let answer = folder.run(&format!("{list} {AT} --image {image}"));
        answer.assert_refused(&[&format!("{image}: "), part]);
        assert_eq!(answer.out, "");
    }
}

#[test]
fn what_only_an_estate_answers() {
    let folder = with_images("image_needs_estate");
    let cases = [
        ("members --organisation operator", "members"),
        ("orgs --person cleo", "orgs"),
        ("building-users --integration panel", "building-users"),
        ("assignable-roles --actor ana --integration panel", "assignable-roles"),
        ("lint", "lint"),
        ("freeze --everything --issued-at 2026-11-22T18:00:00Z --out x.image", "freeze"),
        ("who-can --action doors:open --resource door:front --limit 1", "--limit and --cursor"),
    ];
    for (command, name) in cases {
        folder
            .run(&format!("{command} --image all.image"))
            .assert_refused(&[&format!("{name}: found --image, expected --estate FILE")]);
    }
    let question = format!("check {AT} --person ana --action doors:open --resource door:front");
    folder.run(&question).assert_refused(&["--estate <FILE>|--image <FILE>"]);
    folder
        .run(&format!("{question} --estate estate.json --image all.image"))
        .assert_refused(&["cannot be used with"]);
}

#[test]
fn damaged_images_are_refused_with_section_and_byte() {
    let folder = with_images("image_damaged");
    let image = folder.read("all.image");
    let mut flipped = image.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let mut later = image.clone();
    later[10] = 9;
    let cases: [(&str, &[u8], &str); 6] = [
        ("empty", b"", "image: header, byte 0: expected as many bytes"),
        ("estate", support::ESTATE.as_bytes(), "image: header, byte 0: expected the first bytes"),
        ("short", &image[..image.len() - 1], "image: header, byte 12: expected as many bytes"),
        ("long", &[&image[..], b"x"].concat(), "image: header, byte 12: expected as many bytes"),
        ("flipped", &flipped, "image: header, byte 16: expected the SHA-256"),
        ("later", &later, "image: header, byte 8: expected an image for readers of version 1"),
    ];
    for (name, bytes, part) in cases {
        let file = format!("{name}.image");
        folder.write(&file, bytes);
        let question = "--person ana --action doors:open --resource door:front";
        for command in [format!("inspect {file}"), format!("check {AT} {question} --image {file}")]
        {
            let answer = folder.run(&command);
            answer.assert_refused(&[&format!("{file}: {part}")]);
            assert_eq!(answer.out, "");
        }
    }
    folder.run("inspect none.image").assert_refused(&["none.image: cannot be read"]);
    folder.run("inspect .").assert_refused(&["a directory, expected a file"]);
}
