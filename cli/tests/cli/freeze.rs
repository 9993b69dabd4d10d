//! `freeze` and `inspect`.

use serde_json::Value;

use crate::support::Folder;

const FREEZE: &str = "freeze --estate estate.json --issued-at 2026-11-22T18:00:00Z";

fn inspected(folder: &Folder, words: &str) -> Value {
    let answer = folder.run(&format!("inspect --json {words}"));
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    assert_eq!(answer.out.lines().count(), 1);
    serde_json::from_str(&answer.out).unwrap()
}

#[test]
fn what_was_written_is_said() {
    let folder = Folder::with_estate("freeze_says");
    let words = folder.run(&format!("{FREEZE} --integration panel --out panel.image"));
    assert_eq!((words.code, words.err.as_str()), (0, ""));
    let bytes = folder.read("panel.image");
    let digest: String = bytes[16..48].iter().map(|byte| format!("{byte:02x}")).collect();
    let size = bytes.len();
    assert_eq!(
        words.out,
        format!(
            "panel.image: {size} bytes, 3 people, integration panel, revision 0, digest {digest}\n"
        )
    );
    let json = folder.run(&format!("{FREEZE} --person tenant-7 --out ana.image --json"));
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&json["slice"], &json["subject"]), (&"person".into(), &"ana".into()));
    assert_eq!((&json["people"], &json["issued_at"]), (&1.into(), &"2026-11-22T18:00:00Z".into()));
    assert_eq!(json["bytes"], folder.read("ana.image").len());
}

#[test]
fn shuffled_rows_give_the_same_bytes() {
    let folder = Folder::new("freeze_shuffled");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/maple-court/estate.json");
    let mut estate: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    folder.write("estate.json", estate.to_string());
    let rows: Vec<_> = estate.as_object_mut().unwrap().values_mut().collect();
    let mut moved = 0;
    for rows in rows.into_iter().filter_map(Value::as_array_mut) {
        moved += rows.len() / 2;
        rows.reverse();
        let by = rows.len() / 3;
        rows.rotate_left(by);
    }
    assert!(moved > 100);
    folder.write("shuffled.json", estate.to_string());
    for slice in
        ["--everything", "--integration 01JBMC7Q2ZK4N8VX3TRWAHE5DG", "--person amara-okafor"]
    {
        for (estate, image) in [("estate.json", "a.image"), ("shuffled.json", "b.image")] {
            let freeze = FREEZE.replace("estate.json", estate);
            assert_eq!(folder.run(&format!("{freeze} {slice} --out {image}")).code, 0);
        }
        assert_eq!(folder.read("a.image"), folder.read("b.image"), "{slice}");
    }
}

#[test]
fn an_image_is_replaced_all_at_once() {
    let folder = Folder::with_estate("freeze_replaces");
    folder.write("panel.image", "old");
    let freeze = format!("{FREEZE} --out panel.image");
    // What is refused leaves the old one.
    folder
        .run(&format!("{freeze} --integration none"))
        .assert_refused(&["estate.json: no integration `none`, expected the id or alias of one"]);
    folder.run(&format!("{freeze} --person none")).assert_refused(&["no person `none`"]);
    folder
        .run(&format!("{freeze} --person a:b"))
        .assert_refused(&["--person: found `a:b`", "0x3a"]);
    assert_eq!(folder.read("panel.image"), b"old");
    assert_eq!(folder.run(&format!("{freeze} --integration panel")).code, 0);
    assert_eq!(folder.run("inspect panel.image").code, 0);
    folder.run(&format!("{FREEZE} --everything --out .")).assert_refused(&[".: cannot be written"]);
    folder
        .run(&format!("{FREEZE} --everything --out none/x.image"))
        .assert_refused(&["none/x.image: cannot be written"]);
    let files = ["estate.json", "expected.jsonl", "panel.image", "requests.jsonl"];
    assert_eq!(folder.files(), files, "nothing is left beside it");
}

#[test]
fn limits_of_freshness() {
    let folder = Folder::with_estate("freeze_limits");
    let freeze = format!("{FREEZE} --everything --out x.image");
    assert_eq!(folder.run(&format!("{freeze} --fresh-for 36h --max-stale 30d")).code, 0);
    let image = inspected(&folder, "x.image");
    assert_eq!(
        (&image["fresh_for_ms"], &image["max_stale_ms"]),
        (&129_600_000.into(), &2_592_000_000_u64.into())
    );
    let words = folder.run("inspect x.image");
    assert!(words.out.contains("fresh for               36h\n"), "{words:?}");
    assert!(words.out.contains("max stale               30d\n"), "{words:?}");
    folder
        .run(&format!("{freeze} --fresh-for 2d --max-stale 36h"))
        .assert_refused(&["fresh for 172800000 ms and at most 129600000 ms stale"]);
    for span in ["36", "h", "1.5h", "1w", "-1h", "999999999999d"] {
        folder
            .run(&format!("{freeze} --fresh-for={span}"))
            .assert_refused(&[&format!("'{span}'"), "as in 36h"]);
    }
}

#[test]
fn usage() {
    let folder = Folder::with_estate("freeze_usage");
    let freeze = format!("{FREEZE} --out x.image");
    folder.run(&freeze).assert_refused(&["--everything|--integration <ID>|--person <ID>"]);
    folder
        .run(&format!("{freeze} --everything --person ana"))
        .assert_refused(&["cannot be used with"]);
    folder
        .run("freeze --estate estate.json --everything --out x.image")
        .assert_refused(&["--issued-at <TIME>"]);
    folder
        .run("freeze --estate estate.json --everything --issued-at today --out x.image")
        .assert_refused(&["--issued-at"]);
    assert!(!folder.files().contains(&"x.image".to_owned()));
}

#[test]
fn every_byte_is_accounted_for() {
    let folder = Folder::with_estate("inspect_bytes");
    for slice in ["--everything", "--integration panel", "--person ana"] {
        assert_eq!(folder.run(&format!("{FREEZE} {slice} --out x.image")).code, 0);
        let image = inspected(&folder, "x.image");
        let bytes = image["bytes"].as_u64().unwrap();
        assert_eq!(bytes, folder.read("x.image").len() as u64);
        let sum = |name: &str| -> u64 {
            image[name].as_object().unwrap().values().filter_map(Value::as_u64).sum()
        };
        let together = image["spent_on_people"]["together"].as_u64().unwrap();
        assert_eq!(sum("spent_on_people"), 2 * together);
        assert_eq!(together + sum("apart"), bytes, "{slice}");

        let mut end = image["sections"][0]["offset"].as_u64().unwrap();
        for section in image["sections"].as_array().unwrap() {
            assert_eq!(section["offset"].as_u64(), Some(end), "{section}");
            end += section["bytes"].as_u64().unwrap();
        }
        assert_eq!((end, image["sections"].as_array().unwrap().len()), (bytes, 22));
    }
}

#[test]
fn counts_and_who() {
    let folder = Folder::with_estate("inspect_counts");
    assert_eq!(folder.run(&format!("{FREEZE} --everything --out x.image")).code, 0);
    let image = inspected(&folder, "x.image --who");
    let counts = &image["counts"];
    let expected = [
        ("organisations", 2),
        ("buildings", 1),
        ("integrations", 1),
        ("units", 1),
        ("doors", 2),
        ("people", 4),
        ("aliases", 1),
        // Two residencies, three organisation roles.
        ("grants", 5),
        // Always, and two ends of leases.
        ("conditions", 3),
        ("roles", 2),
        ("groups", 0),
    ];
    for (name, count) in expected {
        assert_eq!(counts[name], count, "{name}");
    }
    assert_eq!(image["people"], serde_json::json!(["ana", "ben", "cleo", "dora"]));
    assert_eq!((&image["version"], &image["minimum_reader"]), (&1.into(), &1.into()));
    assert!(inspected(&folder, "x.image").get("people").is_none());

    let words = folder.run("inspect x.image --who");
    assert!(words.out.ends_with("\nPeople\n  ana\n  ben\n  cleo\n  dora\n"), "{words:?}");
    assert!(words.out.contains("slice                   everything\n"), "{words:?}");
    assert!(!folder.run("inspect x.image").out.contains("ana\n"));
}

#[test]
fn nobody_is_no_average() {
    let folder = Folder::new("inspect_nobody");
    folder.write("estate.json", r#"{"version":1,"revision":7}"#);
    assert_eq!(folder.run(&format!("{FREEZE} --everything --out x.image")).code, 0);
    let image = inspected(&folder, "x.image --who");
    assert_eq!(
        (&image["bytes_a_person"], &image["people"]),
        (&Value::Null, &serde_json::json!([]))
    );
    assert_eq!((&image["revision"], &image["subject"]), (&7.into(), &Value::Null));
    assert_eq!(folder.run("inspect x.image").code, 0);
}
