//! The rule files as they are written: every text with its place, every phrase parsed. What a file can get wrong in its form is
//! reported here; what its words mean is the loader's.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{self, ENDINGS};
use super::parties::{self, WrittenParty};
use super::phrase::{self, Node};
use super::table::{self, Faults, Table, Text};
use super::{Diagnostic, Expect, FileKind};
use crate::document::Language;

/// A rule file: its name within the folder of rules, with `/`, and its text.
#[derive(Clone, Debug)]
pub struct Source {
    /// `exceptions.toml`, `vocabulary/fr.toml`.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// Reads the rule files of a folder (`*.toml` and `vocabulary/*.toml`). Bytes that are no UTF-8 become U+FFFD, which the loader
/// reports with its place.
///
/// # Errors
/// What the system says of the folder or of a file, with its path.
pub fn read_folder(folder: &Path) -> Result<Vec<Source>, (std::path::PathBuf, std::io::Error)> {
    let mut sources = Vec::new();
    for (prefix, place) in [("", folder.to_owned()), ("vocabulary/", folder.join("vocabulary"))] {
        if !prefix.is_empty() && !place.is_dir() {
            continue;
        }
        let entries = std::fs::read_dir(&place).map_err(|error| (place.clone(), error))?;
        let mut paths: Vec<_> = entries
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
            .collect();
        paths.sort();
        for path in paths {
            let bytes = std::fs::read(&path).map_err(|error| (path.clone(), error))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            sources.push(Source { name: format!("{prefix}{name}"), text: String::from_utf8_lossy(&bytes).into_owned() });
        }
    }
    Ok(sources)
}

/// A phrase as it is written.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub text: Text,
    /// The language of its key; `None` for a key without ending.
    pub language: Option<Language>,
    /// Its elements, with the names of vocabulary; empty where it cannot be read.
    pub nodes: Vec<Node>,
}

/// An entry of the vocabulary in one language.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub name: String,
    pub place: (usize, Range<usize>),
    pub language: Language,
    pub say: Vec<Phrase>,
    pub note: Option<String>,
}

/// A theme, a sector or a condition.
#[derive(Clone, Debug)]
pub(crate) struct WrittenName {
    pub id: Text,
    pub say: Vec<Phrase>,
    pub unless: Vec<Phrase>,
    pub describes_only: bool,
}

/// The conditions of a rule.
#[derive(Clone, Debug, Default)]
pub(crate) struct WrittenWhere {
    pub unit: Vec<Text>,
    pub theme: Vec<Text>,
    pub not_theme: Vec<Text>,
    pub heading: Vec<Phrase>,
    pub not_heading: Vec<Phrase>,
    pub first_article: Option<(usize, Range<usize>)>,
    pub in_heading: Option<(usize, Range<usize>)>,
}

/// An example of a rule.
#[derive(Clone, Debug)]
pub(crate) struct WrittenExample {
    pub expect: Expect,
    pub text: Text,
    pub heading: Option<String>,
    pub chapter: Option<String>,
}

/// A rule.
#[derive(Clone, Debug)]
pub(crate) struct WrittenRule {
    pub id: Option<Text>,
    pub code: Option<Text>,
    pub why: Option<Text>,
    pub say: Vec<Phrase>,
    pub pattern: Vec<Text>,
    pub conditions: WrittenWhere,
    pub with: Vec<Phrase>,
    pub unless: Vec<Phrase>,
    pub force: Option<Text>,
    pub examples: Vec<WrittenExample>,
}

/// The content of all rule files.
#[derive(Debug)]
pub(crate) struct Written<'s> {
    pub sources: &'s [Source],
    pub vocabulary: Vec<Entry>,
    pub themes: Vec<WrittenName>,
    pub sectors: Vec<WrittenName>,
    pub conditions: Vec<WrittenName>,
    pub rules: Vec<WrittenRule>,
    pub parties: Vec<WrittenParty>,
    /// The places at which a file is no TOML: what is missing around them is not missed.
    pub broken: Vec<(usize, usize)>,
}

impl<'s> Written<'s> {
    /// Reads all files and reports what is wrong in their form.
    pub fn read(sources: &'s [Source]) -> (Self, Vec<Diagnostic>) {
        let mut faults = Faults { sources, found: Vec::new() };
        let mut written = Self {
            sources,
            vocabulary: Vec::new(),
            themes: Vec::new(),
            sectors: Vec::new(),
            conditions: Vec::new(),
            rules: Vec::new(),
            parties: Vec::new(),
            broken: Vec::new(),
        };
        for (file, source) in sources.iter().enumerate() {
            if let Some(at) = source.text.find('\u{fffd}') {
                faults.add(
                    "R013",
                    (file, at..at + '\u{fffd}'.len_utf8()),
                    "the file is not UTF-8",
                    "save it again with the encoding UTF-8",
                );
            }
            let (root, errors) = DeTable::parse_recoverable(&source.text);
            for error in errors {
                let span = error.span().unwrap_or(0..0);
                written.broken.push((file, span.start));
                faults.add("R001", (file, span), error.message().to_owned(), "see toml.io for how TOML is written");
            }
            let root = root.into_inner();
            match FileKind::of(&source.name) {
                FileKind::Themes => written.themes.extend(named(&root, file, "theme", &mut faults)),
                FileKind::Sectors => written.sectors.extend(named(&root, file, "sector", &mut faults)),
                FileKind::Conditions => written.conditions.extend(named(&root, file, "condition", &mut faults)),
                FileKind::Requirements => {}
                FileKind::Parties => written.parties.extend(parties::read(&root, file, &mut faults)),
                FileKind::Vocabulary => vocabulary(&root, file, &mut written.vocabulary, &mut faults),
                FileKind::Rules => {
                    let tables = table::tables(&root, file, "rule", keys::RULE, &mut faults);
                    written.rules.extend(tables.iter().map(|entry| rule(entry, &mut faults)));
                }
            }
        }
        (written, faults.found)
    }

    /// Whether a file could not be read whole, so that something missing in it need not be missing.
    pub fn is_broken(&self, is_the_file: impl Fn(&str) -> bool) -> bool {
        self.broken.iter().any(|(file, _)| self.sources.get(*file).is_some_and(|source| is_the_file(&source.name)))
    }
}

/// The language that a file or an ending is for.
pub(crate) fn language_of(code: &str) -> Option<Language> {
    match code {
        "en" => Some(Language::English),
        "fr" => Some(Language::French),
        "es" => Some(Language::Spanish),
        _ => None,
    }
}

/// The phrases under a key and its twins for French and Spanish.
fn phrases(entry: &Table<'_, '_>, key: &str, faults: &mut Faults<'_>) -> Vec<Phrase> {
    let mut found = Vec::new();
    for (ending, _) in ENDINGS {
        let language = language_of(ending.trim_start_matches('_'));
        for text in entry.texts(&format!("{key}{ending}"), faults) {
            found.push(parsed(text, language, faults));
        }
    }
    found
}

/// A phrase with its elements; what cannot be read is reported at its place.
fn parsed(text: Text, language: Option<Language>, faults: &mut Faults<'_>) -> Phrase {
    let nodes = phrase::parse(&text.value).unwrap_or_else(|error| {
        let next = text.value.get(error.at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        let place = text.place_of(error.at..error.at + next, faults.sources);
        faults.add("R007", place, format!("the phrase cannot be read: {}", error.cause), "see docs/rules.md for the phrase language");
        Vec::new()
    });
    Phrase { text, language, nodes }
}

fn vocabulary(root: &DeTable<'_>, file: usize, found: &mut Vec<Entry>, faults: &mut Faults<'_>) {
    let name = faults.sources.get(file).map_or("", |source| source.name.as_str());
    let code = name.trim_start_matches("vocabulary/").trim_end_matches(".toml").to_owned();
    let Some(language) = language_of(&code) else {
        faults.add("R012", (file, 0..0), format!("`{code}` is no language of the rules"), "name the file en.toml, fr.toml or es.toml");
        return;
    };
    for (name, value) in root {
        let key = name.span();
        let name: &str = name.get_ref();
        let DeValue::Table(entry) = value.get_ref() else {
            faults.add(
                "R004",
                (file, value.span()),
                format!("`{name}` must be a table"),
                format!("write `[{name}]` and below it `say = [ … ]`"),
            );
            continue;
        };
        let entry = Table::new(entry, (file, value.span()), keys::VOCABULARY, faults);
        let texts = entry.texts("say", faults);
        if texts.is_empty() && !entry.meant("say") {
            faults.add("R003", entry.place(), format!("`{name}` has no words"), "add `say = [ … ]`");
        }
        let say = texts.into_iter().map(|text| parsed(text, Some(language), faults)).collect();
        let note = entry.text("note", faults).map(|note| note.value);
        found.push(Entry { name: name.to_owned(), place: (file, key), language, say, note });
    }
}

/// `[[theme]]`, `[[sector]]` and `[[condition]]`.
fn named(root: &DeTable<'_>, file: usize, key: &str, faults: &mut Faults<'_>) -> Vec<WrittenName> {
    let mut list = Vec::new();
    for entry in table::tables(root, file, key, keys::NAMED, faults) {
        let say = phrases(&entry, "say", faults);
        let unless = phrases(&entry, "unless", faults);
        let describes_only = entry.flag("describes_only", faults).is_some();
        entry.text("note", faults);
        if let Some(id) = entry.text("id", faults) {
            list.push(WrittenName { id, say, unless, describes_only });
        }
    }
    list
}

fn rule(entry: &Table<'_, '_>, faults: &mut Faults<'_>) -> WrittenRule {
    let id = entry.text("id", faults);
    let before = faults.found.len();
    let say = phrases(entry, "say", faults);
    let pattern = entry.texts("pattern", faults);
    // A list that could not be read is not missing.
    if say.is_empty() && pattern.is_empty() && faults.found.len() == before && !entry.meant("say") {
        faults.add("R003", entry.place(), "the rule has no phrase", "add `say = [ … ]`");
    }
    let before = faults.found.len();
    let examples = examples(entry, faults);
    let well_formed = faults.found.len() == before;
    for (expect, key) in [(Expect::Fires, "fires"), (Expect::Silent, "silent")] {
        if well_formed && !entry.meant(key) && !examples.iter().any(|example| example.expect == expect) {
            let place = id.as_ref().map_or_else(|| entry.place(), Text::place);
            let name = id.as_ref().map_or("", |id| &id.value);
            faults.add(
                "R010",
                place,
                format!("the rule `{name}` has no example under `{key}`"),
                "every rule shows what it must find and what it must not find",
            );
        }
    }
    let conditions = entry.table("where", keys::WHERE, faults);
    WrittenRule {
        id,
        code: entry.text("code", faults),
        why: entry.text("why", faults),
        say,
        pattern,
        conditions: conditions.map_or_else(WrittenWhere::default, |table| WrittenWhere {
            unit: table.texts("unit", faults),
            theme: table.texts("theme", faults),
            not_theme: table.texts("not_theme", faults),
            heading: phrases(&table, "heading", faults),
            not_heading: phrases(&table, "not_heading", faults),
            first_article: table.flag("first_article", faults),
            in_heading: table.flag("in_heading", faults),
        }),
        with: phrases(entry, "with", faults),
        unless: phrases(entry, "unless", faults),
        force: entry.text("force", faults),
        examples,
    }
}

/// The examples of a rule: texts, or tables with `text`, `heading` and `chapter`.
fn examples(entry: &Table<'_, '_>, faults: &mut Faults<'_>) -> Vec<WrittenExample> {
    let file = entry.place().0;
    let mut found = Vec::new();
    for (expect, key) in [(Expect::Fires, "fires"), (Expect::Silent, "silent"), (Expect::Todo, "todo")] {
        for value in entry.values(key, faults) {
            found.extend(example(value, file, expect, key, faults));
        }
    }
    found
}

fn example(value: &Spanned<DeValue<'_>>, file: usize, expect: Expect, key: &str, faults: &mut Faults<'_>) -> Option<WrittenExample> {
    let DeValue::Table(inner) = value.get_ref() else {
        let text = table::as_text(value, file, key, faults)?;
        return Some(WrittenExample { expect, text, heading: None, chapter: None });
    };
    let inner = Table::new(inner, (file, value.span()), keys::EXAMPLE, faults);
    let heading = inner.text("heading", faults).map(|text| text.value);
    let chapter = inner.text("chapter", faults).map(|text| text.value);
    Some(WrittenExample { expect, text: inner.text("text", faults)?, heading, chapter })
}
