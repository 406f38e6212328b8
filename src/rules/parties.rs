//! States, unions and groups that conclude agreements (`parties.toml`): their names in three languages, and since when each is a
//! Party to the 2005 Convention.

use std::collections::HashMap;

use serde::Serialize;
use toml::de::DeTable;

use super::diagnostic::nearest;
use super::keys;
use super::table::{self, Faults, Text};
use super::words::fold_char;
use super::written::Written;
use crate::text::is_date;

/// Whether a state or union is a Party to the 2005 Convention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It has deposited an instrument.
    Party,
    /// No deposit is known.
    NotParty,
    /// Nothing is known.
    Unknown,
}

impl Status {
    /// All of them.
    pub(super) const ALL: [Self; 3] = [Self::Party, Self::NotParty, Self::Unknown];

    /// The word for the status in rule files and outputs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::NotParty => "not-party",
            Self::Unknown => "unknown",
        }
    }
}

/// How sure a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// From memory: to be checked before it is used.
    Low,
    /// The status is well known; the day is not checked.
    Medium,
    /// Read in an official or contemporary source.
    High,
}

impl Confidence {
    /// All of them.
    pub(super) const ALL: [Self; 3] = [Self::High, Self::Medium, Self::Low];

    /// The word for it in rule files and outputs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// What is known of a state's or union's participation in the Convention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Participation {
    /// Whether it is a Party.
    pub status: Status,
    /// The day of the deposit of its instrument, ISO 8601.
    pub deposited: Option<String>,
    /// The day on which the Convention entered into force for it, ISO 8601.
    pub in_force: Option<String>,
    /// How sure that is.
    pub confidence: Confidence,
    /// Where it was read.
    pub source: String,
}

/// A member of a group, for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its code.
    pub code: String,
    /// The first day, ISO 8601; `None` for the beginning of the group.
    pub from: Option<String>,
    /// The last day; `None` for a member of today.
    pub to: Option<String>,
}

/// A state, union or group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownParty {
    /// The name that reports show.
    pub name: String,
    /// ISO 3166 alpha-3, `EUR` for the European Union; groups have none.
    pub code: Option<String>,
    /// The members of a group or union.
    pub members: Vec<Member>,
    /// Its participation in the Convention, where something is known of it.
    pub participation: Option<Participation>,
}

impl KnownParty {
    /// The codes of those who were members on a day (ISO 8601); without a day, of those who are.
    #[must_use]
    pub fn members_on(&self, day: Option<&str>) -> Vec<&str> {
        self.members
            .iter()
            .filter(|member| match day {
                Some(day) => member.from.as_deref().is_none_or(|from| from <= day) && member.to.as_deref().is_none_or(|to| day <= to),
                None => member.to.is_none(),
            })
            .map(|member| member.code.as_str())
            .collect()
    }
}

/// All states, unions and groups that are known, found by code or by any of their names.
///
/// # Example
/// ```
/// let rulebook = clausula::rules::Rulebook::embedded().expect("checked rules");
/// let korea = rulebook.parties.named("the Republic of Korea").expect("a state");
/// assert_eq!(korea.code.as_deref(), Some("KOR"));
/// assert!(rulebook.parties.named("Norrland").is_none());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Parties {
    list: Vec<KnownParty>,
    by_code: HashMap<String, usize>,
    /// By folded name.
    by_name: HashMap<String, usize>,
    /// The words of the longest name.
    longest: usize,
}

impl Parties {
    /// All of them, in the order of the file.
    #[must_use]
    pub fn all(&self) -> &[KnownParty] {
        &self.list
    }

    /// The one with a code in capitals (`CAN`, `EUR`).
    #[must_use]
    pub fn coded(&self, code: &str) -> Option<&KnownParty> {
        self.list.get(*self.by_code.get(code)?)
    }

    /// The one with a name, whatever its case, accents and punctuation, with or without "the".
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&KnownParty> {
        let words = folded_words(name);
        let words: Vec<&str> = words.iter().map(|word| word.1.as_str()).collect();
        let words = words.strip_prefix(&["the"]).unwrap_or(&words);
        self.list.get(*self.by_name.get(&words.join(" "))?)
    }

    /// The longest name with which these folded words begin: who it is, and the number of words.
    pub(crate) fn longest_at(&self, words: &[(std::ops::Range<usize>, String)]) -> Option<(&KnownParty, usize)> {
        let most = words.len().min(self.longest);
        let mut joined = String::new();
        let mut ends = Vec::with_capacity(most);
        for (_, word) in &words[..most] {
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(word);
            ends.push(joined.len());
        }
        ends.iter().enumerate().rev().find_map(|(at, end)| Some((self.list.get(*self.by_name.get(&joined[..*end])?)?, at + 1)))
    }
}

/// The words of a text (letters and digits, folded) with their places in it, in bytes.
pub(crate) fn folded_words(text: &str) -> Vec<(std::ops::Range<usize>, String)> {
    let mut words: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    let mut open = false;
    for (at, character) in text.char_indices() {
        match fold_char(character) {
            // The number of a note that is printed behind a name: "REPUBLIC OF A1".
            Some(_) if open && character.is_ascii_digit() && words.last().is_some_and(|(_, word)| word.ends_with(char::is_alphabetic)) => {}
            Some(letters) => {
                let end = at + character.len_utf8();
                match words.last_mut().filter(|_| open) {
                    Some((span, word)) => {
                        span.end = end;
                        word.push_str(letters);
                    }
                    None => words.push((at..end, letters.to_owned())),
                }
                open = true;
            }
            // A combining accent belongs to its letter.
            None if ('\u{300}'..='\u{36f}').contains(&character) => {}
            None => open = false,
        }
    }
    words
}

/// `[[party]]` as it is written.
#[derive(Debug)]
pub(crate) struct WrittenParty {
    name: Text,
    also: Vec<Text>,
    iso: Option<Text>,
    members: Vec<Text>,
    convention: Option<Text>,
    deposited: Option<Text>,
    in_force: Option<Text>,
    confidence: Option<Text>,
    source: Option<Text>,
}

/// The tables of a file of parties.
pub(super) fn read(root: &DeTable<'_>, file: usize, faults: &mut Faults<'_>) -> Vec<WrittenParty> {
    let mut list = Vec::new();
    for entry in table::tables(root, file, "party", keys::PARTY, faults) {
        let also = ["also", "also_fr", "also_es"].into_iter().flat_map(|key| entry.texts(key, faults)).collect();
        let convention = entry.text("convention", faults);
        let written = (entry.text("name", faults), entry.text("confidence", faults), entry.text("source", faults));
        entry.text("note", faults);
        if convention.is_some() {
            for (key, missing) in [("confidence", written.1.is_none()), ("source", written.2.is_none())] {
                if missing && !entry.meant(key) && !entry.has(key) {
                    let place = convention.as_ref().map_or_else(|| entry.place(), Text::place);
                    faults.add("R003", place, format!("`{key}` is missing"), format!("say how sure the row is: add `{key} = \"…\"`"));
                }
            }
        }
        let party = WrittenParty {
            also,
            iso: entry.text("iso", faults),
            members: entry.texts("members", faults),
            convention,
            deposited: entry.text("deposited", faults),
            in_force: entry.text("in_force", faults),
            confidence: written.1,
            source: written.2,
            name: match written.0 {
                Some(name) => name,
                None => continue,
            },
        };
        list.push(party);
    }
    list
}

/// The parties of all files; codes and names that stand for two are reported.
pub(super) fn load(written: &Written<'_>, faults: &mut Faults<'_>) -> Parties {
    let mut parties = Parties::default();
    for entry in &written.parties {
        let index = parties.list.len();
        if let Some(iso) = &entry.iso {
            if let Some(other) = parties.by_code.get(&iso.value).and_then(|other| parties.list.get(*other)) {
                twice(&format!("the code `{}`", iso.value), iso, &other.name, faults);
            } else {
                parties.by_code.insert(iso.value.clone(), index);
            }
        }
        for name in std::iter::once(&entry.name).chain(&entry.also) {
            let words = folded_words(&name.value);
            let folded = words.iter().map(|word| word.1.as_str()).collect::<Vec<_>>().join(" ");
            if folded.is_empty() {
                faults.add("R004", name.place(), "a name needs letters of the Latin script", "write the name as treaties do");
                continue;
            }
            match parties.by_name.get(&folded).copied() {
                // The same name in two languages.
                Some(other) if other == index => {}
                Some(other) => {
                    let other = parties.list.get(other).map_or_else(String::new, |other| other.name.clone());
                    twice(&format!("the name `{}`", name.value), name, &other, faults);
                }
                None => {
                    parties.longest = parties.longest.max(words.len());
                    parties.by_name.insert(folded, index);
                }
            }
        }
        parties.list.push(KnownParty {
            name: entry.name.value.clone(),
            code: entry.iso.as_ref().map(|iso| iso.value.clone()),
            members: entry.members.iter().filter_map(|member| member_of(member, faults)).collect(),
            participation: participation(entry, faults),
        });
    }
    for (entry, known) in written.parties.iter().zip(&parties.list) {
        for member in &known.members {
            if !parties.by_code.contains_key(&member.code) {
                let written = entry.members.iter().find(|text| text.value.starts_with(&member.code)).unwrap_or(&entry.name);
                let hint = near(&member.code, parties.by_code.keys().map(String::as_str), "add a `[[party]]` with that `iso`");
                faults.add("R012", written.place(), format!("no party has the code `{}`", member.code), hint);
            }
        }
    }
    parties
}

fn twice(what: &str, text: &Text, other: &str, faults: &mut Faults<'_>) {
    faults.add(
        "R006",
        text.place(),
        format!("{what} stands for two parties"),
        format!("it is taken by `{other}`: keep it for one of them"),
    );
}

fn near<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, otherwise: &str) -> String {
    nearest(word, known).map_or_else(|| otherwise.to_owned(), |near| format!("did you mean `{near}`?"))
}

/// `GBR`, `GBR from 1973-01-01`, `GBR from 1973-01-01 to 2020-01-31`.
fn member_of(text: &Text, faults: &mut Faults<'_>) -> Option<Member> {
    let words: Vec<&str> = text.value.split_whitespace().collect();
    let (code, from, to) = match *words.as_slice() {
        [code] => (code, None, None),
        [code, "from", from] => (code, Some(from), None),
        [code, "to", to] => (code, None, Some(to)),
        [code, "from", from, "to", to] => (code, Some(from), Some(to)),
        _ => ("", None, None),
    };
    if code.is_empty() || [from, to].into_iter().flatten().any(|day| !is_date(day)) {
        let hint = "write `GBR`, or `GBR from 1973-01-01 to 2020-01-31`";
        faults.add("R004", text.place(), format!("`{}` is no member with its dates", text.value), hint);
        return None;
    }
    Some(Member { code: code.to_owned(), from: from.map(str::to_owned), to: to.map(str::to_owned) })
}

fn participation(entry: &WrittenParty, faults: &mut Faults<'_>) -> Option<Participation> {
    let day = |text: &Option<Text>, faults: &mut Faults<'_>| {
        let text = text.as_ref()?;
        if !is_date(&text.value) {
            faults.add("R004", text.place(), format!("`{}` is no date", text.value), "write the year, month and day: `2007-03-18`");
            return None;
        }
        Some(text.value.clone())
    };
    let (deposited, in_force) = (day(&entry.deposited, faults), day(&entry.in_force, faults));
    if let (Some(first), Some(second), Some(text)) = (&deposited, &in_force, &entry.in_force)
        && second < first
    {
        faults.add("R004", text.place(), "the entry into force lies before the deposit", "one of the two days is wrong");
    }
    let status = word(entry.convention.as_ref(), &Status::ALL.map(|status| (status.name(), status)), "status", faults);
    let confidence =
        word(entry.confidence.as_ref(), &Confidence::ALL.map(|confidence| (confidence.name(), confidence)), "confidence", faults);
    Some(Participation {
        status: status?,
        deposited,
        in_force,
        confidence: confidence.unwrap_or(Confidence::Low),
        source: entry.source.as_ref().map_or_else(String::new, |source| source.value.clone()),
    })
}

/// The value of one of a few words.
fn word<T: Copy>(text: Option<&Text>, known: &[(&str, T)], what: &str, faults: &mut Faults<'_>) -> Option<T> {
    let text = text?;
    let found = known.iter().find(|(name, _)| *name == text.value).map(|(_, value)| *value);
    if found.is_none() {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let hint = near(&text.value, names.iter().copied(), &format!("one of {}", names.join(", ")));
        faults.add("R012", text.place(), format!("`{}` is no {what}", text.value), hint);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Confidence, Parties, Status, folded_words};
    use crate::rules::{Diagnostic, Rulebook, Source, check};

    const FILE: &str = r#"[[party]]
name = "Norrland"
iso = "NRL"
also = ["Kingdom of Norrland"]
also_fr = ["Norlande", "Norrland"]
convention = "party"
deposited = "2008-01-02"
in_force = "2008-04-02"
confidence = "high"
source = "written for the test"

[[party]]
name = "Isles"
iso = "ISE"

[[party]]
name = "Northern Union"
members = ["NRL", "ISE from 2001-01-01 to 2010-12-31"]
"#;

    fn parties(text: &str) -> Result<Parties, Vec<Diagnostic>> {
        Rulebook::from_sources(&[Source { name: "parties.toml".into(), text: text.into() }]).map(|rulebook| rulebook.parties)
    }

    #[test]
    fn names_codes_and_members() {
        let parties = parties(FILE).expect("a good file");
        for name in ["Norrland", "THE KINGDOM OF NORRLAND", "Nórlande", "the kingdom  of\nNorrland"] {
            assert_eq!(parties.named(name).and_then(|party| party.code.as_deref()), Some("NRL"), "{name}");
        }
        let row = parties.coded("NRL").and_then(|party| party.participation.as_ref()).expect("a row");
        assert_eq!((row.status, row.confidence, row.in_force.as_deref()), (Status::Party, Confidence::High, Some("2008-04-02")));
        let union = parties.named("Northern Union").expect("a group");
        assert_eq!(union.members_on(Some("2005-01-01")), ["NRL", "ISE"]);
        assert_eq!(union.members_on(Some("2011-01-01")), ["NRL"]);
        assert_eq!(union.members_on(Some("2000-12-31")), ["NRL"]);
        assert_eq!(union.members_on(None), ["NRL"]);
    }

    #[test]
    fn the_longest_name_counts() {
        let parties = parties(&FILE.replace("\"Isles\"", "\"Norrland Isles\"")).expect("a good file");
        let found = |text: &str| parties.longest_at(&folded_words(text)).map(|(party, words)| (party.name.clone(), words));
        assert_eq!(found("Norrland Isles and"), Some(("Norrland Isles".into(), 2)));
        assert_eq!(found("Norrland, Isle"), Some(("Norrland".into(), 1)));
        assert_eq!(found("and Norrland"), None);
    }

    #[test]
    fn numbers_of_notes_are_no_part_of_a_word() {
        let words: Vec<String> = folded_words("Norrland1 and 28 d\u{2019}\u{c9}tat").into_iter().map(|word| word.1).collect();
        assert_eq!(words, ["norrland", "and", "28", "d", "etat"]);
    }

    #[test]
    fn what_is_wrong_has_a_place() {
        for (right, wrong, code, line) in [
            ("\"party\"", "\"parti\"", "R012", 6),
            ("\"high\"", "\"sure\"", "R012", 9),
            ("\"2008-01-02\"", "\"2008-02-30\"", "R004", 7),
            ("\"2008-04-02\"", "\"2007-04-02\"", "R004", 8),
            ("source =", "# source =", "R003", 6),
            ("iso = \"ISE\"", "iso = \"NRL\"", "R006", 14),
            ("\"Isles\"", "\"Norlande\"", "R006", 13),
            ("from 2001", "since 2001", "R004", 18),
            ("\"NRL\", \"ISE", "\"NRX\", \"ISE", "R012", 18),
            ("name = \"Isles\"", "nmae = \"Isles\"", "R002", 13),
            ("name = \"Isles\"\n", "", "R003", 12),
        ] {
            let text = FILE.replacen(right, wrong, 1);
            let found = check(&[Source { name: "parties.toml".into(), text }]);
            assert!(
                found.iter().any(|fault| fault.code == code && fault.file == "parties.toml" && fault.line_column().0 == line),
                "{wrong}: {found:?}"
            );
        }
        assert!(check(&[Source { name: "parties.toml".into(), text: FILE.into() }]).is_empty());
    }

    #[test]
    fn the_file_of_the_program_is_whole() {
        let parties = Rulebook::embedded().expect("checked rules").parties;
        for known in parties.all() {
            let Some(row) = &known.participation else { continue };
            assert!(known.code.is_some() && !row.source.is_empty(), "{}", known.name);
            assert_eq!(row.status == Status::Party, row.deposited.is_some() && row.in_force.is_some(), "{}", known.name);
            // Article 29 of the Convention.
            assert!(row.in_force.as_deref().is_none_or(|day| day >= "2007-03-18"), "{}", known.name);
        }
        for (name, code) in [
            ("États-Unis d'Amérique", "USA"),
            ("ESTADOS UNIDOS MEXICANOS", "MEX"),
            ("European Economic Community", "EUR"),
            ("Hong Kong, China", "HKG"),
            ("Separate Customs Territory of Taiwan, Penghu, Kinmen and Matsu", "TWN"),
            ("République de Corée", "KOR"),
            ("Swaziland", "SWZ"),
        ] {
            assert_eq!(parties.named(name).and_then(|party| party.code.as_deref()), Some(code), "{name}");
        }
        assert_eq!(parties.coded("EUR").map(|union| union.members_on(Some("2019-06-30")).len()), Some(28));
        assert_eq!(parties.coded("EUR").map(|union| union.members_on(Some("1958-01-01")).len()), Some(6));
    }
}
