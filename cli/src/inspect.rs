//! `inspect`: what an image holds, and where its bytes go.

use serde::{Serialize, Serializer};
use vestibule::{IdRef, Image, Section, SectionView, Timestamp};

use crate::args::InspectArgs;
use crate::duration::Millis;
use crate::failure::{Failure, Outcome};
use crate::image::{ImageFile, slice_words};
use crate::output::Out;
use crate::text::hex;

/// Opens the image, and so checks it, and prints what it holds.
pub fn run(args: &InspectArgs, out: &mut Out) -> Result<Outcome, Failure> {
    let file = ImageFile::read(&args.image)?;
    let image = file.open()?;
    if args.json {
        out.json(&report(&file, &image, args.who))?;
        return Ok(Outcome::Yes);
    }
    print_header(&file, &image, out)?;
    print_sections(&file, &image, out)?;
    print_counts(&image, out)?;
    print_bytes(&image, out)?;
    if args.who {
        print_people(&image, out)?;
    }
    Ok(Outcome::Yes)
}

fn print_header(file: &ImageFile, image: &Image<'_>, out: &mut Out) -> Result<(), Failure> {
    let limit = |limit: Option<u64>| {
        limit.map_or_else(|| "no limit".to_owned(), |limit| Millis(limit).to_string())
    };
    let seal = match image.seal_bytes() {
        0 => "none".to_owned(),
        bytes => format!("{bytes} bytes"),
    };
    out.line(format_args!("{}: {} bytes", file.name(), file.size()))?;
    let fields = [
        ("version", image.format_version().to_string()),
        ("minimum reader", image.minimum_reader().to_string()),
        ("revision", image.revision().to_string()),
        ("issued at", image.issued_at().to_string()),
        ("fresh for", limit(image.fresh_for())),
        ("max stale", limit(image.max_stale())),
        ("slice", slice_words(image)),
        ("digest", hex(&image.digest())),
        ("seal", seal),
    ];
    for (name, value) in fields {
        out.line(format_args!("  {name:<24}{value}"))?;
    }
    Ok(())
}

fn print_sections(file: &ImageFile, image: &Image<'_>, out: &mut Out) -> Result<(), Failure> {
    out.line(format_args!(
        "\n{:<26}{:>11}{:>11}{:>11}{:>8}",
        "Sections", "offset", "bytes", "rows", "share"
    ))?;
    for section in image.sections() {
        let SectionView { number, offset, bytes, rows, .. } = section;
        let name = format!("{number:>2} {}", section_name(&section));
        let share = percent(bytes.into(), file.size());
        out.line(format_args!("  {name:<24}{offset:>11}{bytes:>11}{rows:>11}{share:>8}"))?;
    }
    Ok(())
}

fn section_name(section: &SectionView) -> &'static str {
    section.section.map_or("unknown", Section::as_str)
}

fn percent(bytes: u64, all: usize) -> String {
    format!("{:.1}%", bytes as f64 * 100.0 / all.max(1) as f64)
}

fn print_counts(image: &Image<'_>, out: &mut Out) -> Result<(), Failure> {
    out.line(format_args!("\nCounts"))?;
    for (name, count) in counts(image).words() {
        out.line(format_args!("  {name:<24}{count:>11}"))?;
    }
    Ok(())
}

fn print_bytes(image: &Image<'_>, out: &mut Out) -> Result<(), Failure> {
    let people = image.counts().people;
    out.line(format_args!("\n{:<26}{:>11}{:>11}", "Spent on people", "bytes", "a person"))?;
    for (name, bytes) in spent_on_people(image).words() {
        let each =
            a_person(bytes, people).map_or_else(|| "-".to_owned(), |each| format!("{each:.1}"));
        out.line(format_args!("  {name:<24}{bytes:>11}{each:>11}"))?;
    }
    out.line(format_args!("\n{:<26}{:>11}", "Apart", "bytes"))?;
    for (name, bytes) in apart(image).words() {
        out.line(format_args!("  {name:<24}{bytes:>11}"))?;
    }
    Ok(())
}

fn print_people(image: &Image<'_>, out: &mut Out) -> Result<(), Failure> {
    out.line(format_args!("\nPeople"))?;
    for person in image.people() {
        out.line(format_args!("  {person}"))?;
    }
    Ok(())
}

/// None where there is nobody.
fn a_person(bytes: u64, people: u32) -> Option<f64> {
    (people > 0).then(|| bytes as f64 / f64::from(people))
}

/// Numbers by name: for programs the names as they are, for people in words.
struct Named(Vec<(&'static str, u64)>);

impl Named {
    fn words(self) -> impl Iterator<Item = (String, u64)> {
        self.0.into_iter().map(|(name, number)| (name.replace('_', " "), number))
    }
}

impl Serialize for Named {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

fn counts(image: &Image<'_>) -> Named {
    let counts = image.counts();
    let numbers = [
        ("organisations", counts.organisations),
        ("buildings", counts.buildings),
        ("integrations", counts.integrations),
        ("units", counts.units),
        ("doors", counts.doors),
        ("people", counts.people),
        ("aliases", counts.aliases),
        ("grants", counts.grants),
        ("keys", counts.keys),
        ("meanings", counts.meanings),
        ("conditions", counts.conditions),
        ("roles", counts.roles),
        ("groups", counts.groups),
    ];
    Named(numbers.map(|(name, count)| (name, count.into())).into())
}

/// What the budget of bytes a person is about.
fn spent_on_people(image: &Image<'_>) -> Named {
    let spent = image.people_bytes();
    Named(vec![
        ("people", spent.people),
        ("grants", spent.grants),
        ("index_of_people", spent.index),
        ("lists_of_people", spent.lists),
        ("together", spent.total()),
    ])
}

/// What it is not about; both together are the image.
fn apart(image: &Image<'_>) -> Named {
    use Section as S;

    let bytes_of = |wanted: &[Section]| -> u64 {
        let sections = image.sections();
        let wanted = sections.filter(|view| view.section.is_some_and(|one| wanted.contains(&one)));
        wanted.map(|view| u64::from(view.bytes)).sum()
    };
    let unknown = image.sections().filter(|view| view.section.is_none());
    // The sections follow the header and their table.
    let header = image.sections().map(|view| view.offset).min().unwrap_or(0);
    Named(vec![
        ("header_and_section_table", header.into()),
        ("text", bytes_of(&[S::Text])),
        (
            "catalog",
            bytes_of(&[S::Keys, S::KeySlots, S::Meanings, S::Conditions, S::Roles, S::Groups]),
        ),
        ("organisations", bytes_of(&[S::Organisations, S::OrganisationIndex])),
        ("buildings", bytes_of(&[S::Buildings, S::BuildingIndex])),
        ("integrations", bytes_of(&[S::Integrations, S::IntegrationIndex])),
        ("units", bytes_of(&[S::Units, S::UnitIndex])),
        ("doors", bytes_of(&[S::Doors, S::DoorIndex])),
        ("lists_of_places", bytes_of(&[S::Lists]).saturating_sub(image.people_bytes().lists)),
        ("lobby", bytes_of(&[S::Lobby])),
        ("unknown_sections", unknown.map(|view| u64::from(view.bytes)).sum()),
    ])
}

/// All of it for programs.
#[derive(Serialize)]
struct Report<'a> {
    file: &'a str,
    bytes: usize,
    version: u16,
    minimum_reader: u16,
    revision: u64,
    issued_at: Timestamp,
    fresh_for_ms: Option<u64>,
    max_stale_ms: Option<u64>,
    slice: &'static str,
    subject: Option<IdRef<'a>>,
    digest: String,
    seal_bytes: u32,
    sections: Vec<SectionRow>,
    counts: Named,
    spent_on_people: Named,
    /// Null where there is nobody.
    bytes_a_person: Option<f64>,
    apart: Named,
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<People<'a>>,
}

#[derive(Serialize)]
struct SectionRow {
    number: u16,
    name: &'static str,
    offset: u32,
    bytes: u32,
    rows: u32,
}

struct People<'a>(Image<'a>);

impl Serialize for People<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.people())
    }
}

fn report<'a>(file: &'a ImageFile, image: &Image<'a>, who: bool) -> Report<'a> {
    Report {
        file: file.name(),
        bytes: file.size(),
        version: image.format_version(),
        minimum_reader: image.minimum_reader(),
        revision: image.revision(),
        issued_at: image.issued_at(),
        fresh_for_ms: image.fresh_for(),
        max_stale_ms: image.max_stale(),
        slice: image.slice().as_str(),
        subject: image.subject(),
        digest: hex(&image.digest()),
        seal_bytes: image.seal_bytes(),
        sections: image.sections().map(|section| section_row(&section)).collect(),
        counts: counts(image),
        spent_on_people: spent_on_people(image),
        bytes_a_person: a_person(image.people_bytes().total(), image.counts().people),
        apart: apart(image),
        people: who.then_some(People(*image)),
    }
}

fn section_row(section: &SectionView) -> SectionRow {
    let SectionView { number, offset, bytes, rows, .. } = *section;
    SectionRow { number, name: section_name(section), offset, bytes, rows }
}
