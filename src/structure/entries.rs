//! The entries of schedules of reservations and non-conforming measures, and their fields: sector, obligations concerned, measures …

use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;

use super::{Agreement, Kind};
use crate::document::{Aside, Span};
use crate::text::{one_line, pattern};

/// What a field of an entry says. Schedules name the fields in many ways; these are the ones that the explanatory notes define.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// The sector.
    Sector,
    /// The sub-sector.
    Subsector,
    /// The classification of the activity (CPC, ISIC).
    Classification,
    /// The obligations that do not apply, or the type of reservation.
    Obligations,
    /// The level of government.
    Government,
    /// The laws and other measures.
    Measures,
    /// The description.
    Description,
    /// The phase-out or the timetable of liberalisation.
    PhaseOut,
}

/// A field of an entry: its label as written and where its words stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// What it says.
    pub kind: FieldKind,
    /// The label as written, on one line (`Obligations Concerned`).
    pub label: String,
    /// The words after the label, in bytes of the text.
    pub span: Span,
    /// How a lawyer cites it: the entry and the label.
    pub citation: String,
}

/// A label at the beginning of a line, before a colon, a bar or the next cell, or alone on its line.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?mix)^[\ \t\[*_]*(?:(?:\d{1,3}|[A-Z]{1,3}-[A-Z\d-]{1,7}|[A-Z]{1,3}\d{1,3})[.)]?[\ \t]+)?(?P<label>
          (?P<subsector>sub-?sectors?|sous-?secteurs?)
         |(?P<sector>sectors?|secteurs?|sectores)
         |(?P<classification>(?:industry\ |sectoral\ )?classification(?:\ (?:industrielle|de\ l['’](?:industrie|activité)))?|clasificación(?:\ (?:industrial|sectorial))?|cpc)
         |(?P<obligations>(?:type|types)\ of\ reservations?|obligations?\ concerned|relevant\ obligations?|obligations?\ (?:concernées?|visées?|affectées?)|types?\ de\ réserves?|obligaci(?:ón|ones)\ afectadas?|tipo\ de\ reserva)
         |(?P<government>levels?\ of\ government|niveau(?:x)?\ de\ gouvernement|(?:paliers?|ordres?)\ de\ gouvernement|niveles?\ de\ gobierno|nivel\ de\ gobierno|orden\ de\ gobierno)
         |(?P<measures>(?:existing\ |source\ of\ )?measures?|mesures?(?:\ existantes?)?|medidas?(?:\ vigentes?)?)
         |(?P<description>(?:succinct\ )?descriptions?(?:\ of\ (?:the\ )?(?:reservation|measure)s?)?|descripci(?:ón|ones))
         |(?P<phase>phase-?\ ?out|élimination\ progressive|calendario\ de\ (?:reducción|desgravación|liberalización)|eliminación\ gradual|reducción\ progresiva)
        )[*_\ \t]*(?:[:：|\t]|$)",
    )
});
/// A line that names an entry above its sector: "Entry A-1", "Réserve B-2 – Republic", "25", "I-C-7".
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[ \t\[*_#]*(?:(?:entry|reservation|réserve|reserva|entrada|ficha|fiche|item|no\.?|n[°º])[ \t]+(?P<named>[A-Z]{0,4}(?:-?[A-Z]{1,3})*-?\d{1,3})(?:[ \t]*[–—:.-][^\n]{0,80})?|(?P<bare>\d{1,3}|[IVX]{1,4}-[A-Z]{1,3}-\d{1,3})[.)]?)[ \t*_\]]*$",
    )
});
/// The number before the word "Sector" on its line.
static NUMBERED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[ \t\[*_]*(\d{1,3}|[A-Z]{1,3}-?\d{1,3}|[A-Z]{1,3}-[A-Z]{1,3}-\d{1,3})[.)]?[ \t]+\p{L}"));
/// The longest line above the first entry of a list that can name whose list it is, in bytes.
const MAX_NAME: usize = 90;

/// Most running lines (a foot and a head) between the name of an entry and its sector.
const RUNNING_LINES: usize = 4;

/// An entry: where it begins, its number as written or counted, its sector.
pub(super) struct Entry {
    pub start: usize,
    pub number: String,
    pub sector: Option<String>,
}

/// A line that names a part of a schedule: the list of one party.
pub(super) struct List {
    pub start: usize,
    pub end: usize,
    pub heading: String,
}

/// A field as found: its kind, its label, where its line and its words begin.
struct Found {
    kind: FieldKind,
    line: usize,
    label: Span,
    words: usize,
}

fn fields(text: &str, span: Span) -> Vec<Found> {
    let words = span.of(text);
    let mut found: Vec<Found> = Vec::new();
    for captures in LABEL.captures_iter(words) {
        let (Some(whole), Some(label)) = (captures.get(0), captures.name("label")) else { continue };
        let kind = [
            ("sector", FieldKind::Sector),
            ("subsector", FieldKind::Subsector),
            ("classification", FieldKind::Classification),
            ("obligations", FieldKind::Obligations),
            ("government", FieldKind::Government),
            ("measures", FieldKind::Measures),
            ("description", FieldKind::Description),
            ("phase", FieldKind::PhaseOut),
        ]
        .into_iter()
        .find(|(name, _)| captures.name(name).is_some())
        .map(|(_, kind)| kind);
        let Some(kind) = kind.filter(|_| label.as_str().starts_with(char::is_uppercase)) else { continue };
        let at = span.start;
        found.push(Found {
            kind,
            line: at + whole.start(),
            label: Span::new(at + label.start(), at + label.end()),
            words: at + whole.end(),
        });
    }
    found
}

/// The entries in `span`: each begins with its sector, or with the line above it that names it. One sector alone is an entry only
/// where another field follows it.
pub(super) fn find(text: &str, span: Span, asides: &[Aside]) -> Vec<Entry> {
    let all = fields(text, span);
    let mut entries: Vec<Entry> = Vec::new();
    for (index, field) in all.iter().enumerate().filter(|(_, field)| field.kind == FieldKind::Sector) {
        let next = all.get(index + 1);
        let separated = text[..field.words].ends_with([':', '：', '|', '\t']);
        if !separated && next.is_none_or(|next| next.kind == FieldKind::Sector) {
            continue;
        }
        let end = next.map_or(span.end, |next| next.line);
        let sector = sector(text, Span::new(field.words, end));
        let floor = entries.last().map_or(span.start, |last| last.start);
        let (start, written) = opening(text, field, floor, asides);
        let number = written.unwrap_or_else(|| (entries.len() + 1).to_string());
        entries.push(Entry { start, number, sector });
    }
    entries
}

/// The first line of words of a field.
fn sector(text: &str, words: Span) -> Option<String> {
    words.of(text).lines().map(|line| one_line(line.trim_end_matches(['.', ']', ' ']))).find(|line| !line.is_empty())
}

/// Where an entry begins and the number that it bears. A running line may stand between its name and its sector.
fn opening(text: &str, field: &Found, floor: usize, asides: &[Aside]) -> (usize, Option<String>) {
    let line = &text[field.line..field.label.end];
    let start = field.line + (line.len() - line.trim_start_matches([' ', '\t', '\n']).len());
    if let Some(number) = NUMBERED.captures(line).and_then(|captures| captures.get(1)) {
        return (start, Some(number.as_str().to_owned()));
    }
    let floor = floor.min(field.line);
    let mut end = floor + text[floor..field.line].trim_end().len();
    let after = asides.partition_point(|aside| aside.span.start < end);
    for aside in asides[..after].iter().rev().take(RUNNING_LINES) {
        if aside.span.start < floor || !text.get(aside.span.end..end).is_none_or(|between| between.trim().is_empty()) {
            break;
        }
        end = floor + text[floor..aside.span.start].trim_end().len();
    }
    let line = text[floor..end].rfind('\n').map_or(floor, |at| floor + at + 1);
    // Pages may run the name of an entry on behind the last sentence of the one before.
    let sentence = text[line..end].rfind(". ").map_or(line, |at| line + at + 2);
    let named = sentence > line && NAMED.captures(&text[sentence..end]).is_some_and(|captures| captures.name("named").is_some());
    let from = if named { sentence } else { line };
    match NAMED.captures(&text[from..end]) {
        Some(captures) => {
            let number = captures.name("named").or_else(|| captures.name("bare")).map(|number| number.as_str().to_owned());
            (from, number)
        }
        None => (start, None),
    }
}

/// The lines that say whose list begins, where the count of the entries begins again: at least two of them.
pub(super) fn lists(text: &str, span: Span, entries: &[Entry]) -> Vec<List> {
    let mut found = Vec::new();
    let mut floor = span.start;
    for entry in entries {
        if entry.number == "1" {
            let above = text[floor..entry.start].trim_end();
            let from = above.rfind('\n').map_or(0, |at| at + 1);
            let line = &above[from..];
            if !line.is_empty() && line.len() <= MAX_NAME && !line.ends_with(['.', ';', ':', ',']) && line.starts_with(char::is_uppercase) {
                found.push(List { start: floor + from, end: floor + above.len(), heading: one_line(line) });
            }
        }
        floor = entry.start;
    }
    if found.len() < 2 { Vec::new() } else { found }
}

impl Agreement {
    /// The fields of an entry of a schedule (index of the node) in the order of the text; none for other nodes.
    ///
    /// # Example
    /// ```
    /// use clausula::{document, structure::{Agreement, FieldKind, Kind}};
    /// let text = "ANNEX I\nReservations\n1. Sector: Broadcasting\nDescription: Norland reserves its right.\n";
    /// let agreement = Agreement::new(document::read(text.as_bytes())?);
    /// let entry = agreement.provisions.iter().position(|p| p.kind == Kind::Entry).expect("an entry");
    /// let fields = agreement.fields(entry);
    /// assert_eq!(fields[1].kind, FieldKind::Description);
    /// assert_eq!(fields[1].citation, "Annex I, entry 1 (Broadcasting), Description");
    /// # Ok::<(), clausula::document::ReadError>(())
    /// ```
    #[must_use]
    pub fn fields(&self, index: usize) -> Vec<Field> {
        let Some(entry) = self.provisions.get(index).filter(|entry| entry.kind == Kind::Entry) else { return Vec::new() };
        let text = &self.document.text;
        let found = fields(text, entry.span);
        found
            .iter()
            .enumerate()
            .map(|(position, field)| {
                let label = one_line(field.label.of(text));
                let end = found.get(position + 1).map_or(entry.span.end, |next| next.line);
                let words = Span::new(field.words.min(end), end);
                let lead = words.of(text).len() - words.of(text).trim_start().len();
                let citation = format!("{}, {label}", entry.citation);
                Field {
                    kind: field.kind,
                    label,
                    span: Span::new(words.start + lead, words.start + words.of(text).trim_end().len().max(lead)),
                    citation,
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{FieldKind, fields, find, lists};
    use crate::document::Span;

    fn entries(text: &str) -> Vec<(String, String)> {
        find(text, Span::new(0, text.len()), &[]).into_iter().map(|entry| (entry.number, entry.sector.unwrap_or_default())).collect()
    }

    #[test]
    fn entries_of_every_style() {
        for (name, text, wanted) in [
            ("numbered lines", "1. Sector: Books\nMeasures: Act\n2. Sector: Films\nMeasures: Act\n", vec![("1", "Books"), ("2", "Films")]),
            ("a name above", "Entry A-4\n\nSector: Books\nMeasures: Act\n", vec![("A-4", "Books")]),
            ("a French name with its party", "Réserve B-2 – Littoral\n\nSecteur : Livres\nMesures : Loi\n", vec![("B-2", "Livres")]),
            ("cells of a table", "Sector\tBooks\nSub-Sector\tPrinting\nDescription\tNone\n", vec![("1", "Books")]),
            ("labels on lines of their own", "7.\nSector\nBooks\nObligations Concerned\nNational Treatment\n", vec![("7", "Books")]),
            ("Spanish", "Sector: Libros\nObligaciones Afectadas: Trato Nacional\n", vec![("1", "Libros")]),
            ("a mention", "the cultural\nSector\nof the economy grows\n", vec![]),
            ("a definition", "(a) Sector refers to the sector;\n", vec![]),
        ] {
            let wanted: Vec<(String, String)> = wanted.into_iter().map(|(number, sector)| (number.to_owned(), sector.to_owned())).collect();
            assert_eq!(entries(text), wanted, "{name}");
        }
    }

    #[test]
    fn fields_of_an_entry() {
        let text = "1. Sector: Books\nSub-sector: Printing\nIndustry Classification: CPC 321\nType of Reservation: National Treatment\nLevel of Government: National\nMeasures: Act\nDescription: The measures:\nnone\nPhase-Out: None\n";
        let kinds: Vec<FieldKind> = fields(text, Span::new(0, text.len())).iter().map(|field| field.kind).collect();
        assert_eq!(
            kinds,
            [
                FieldKind::Sector,
                FieldKind::Subsector,
                FieldKind::Classification,
                FieldKind::Obligations,
                FieldKind::Government,
                FieldKind::Measures,
                FieldKind::Description,
                FieldKind::PhaseOut
            ]
        );
    }

    #[test]
    fn a_count_that_begins_again_is_another_list() {
        let text = "Schedule of Norland\n1. Sector: Books\nMeasures: Act\nSchedule of Sudland\n1. Sector: Films\nMeasures: Act\n";
        let entries = find(text, Span::new(0, text.len()), &[]);
        let headings: Vec<String> = lists(text, Span::new(0, text.len()), &entries).into_iter().map(|list| list.heading).collect();
        assert_eq!(headings, ["Schedule of Norland", "Schedule of Sudland"]);
    }
}
