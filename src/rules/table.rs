//! Reads TOML tables with the place of every value, and reports unknown keys and wrong types.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Diagnostic;
use super::diagnostic::nearest;
use super::keys::{self, Key};
use super::place;
use super::written::Source;

/// The faults that were found so far in all files.
#[derive(Debug)]
pub(crate) struct Faults<'s> {
    pub sources: &'s [Source],
    pub found: Vec<Diagnostic>,
}

impl Faults<'_> {
    pub fn add(&mut self, code: &'static str, place: (usize, Range<usize>), message: impl Into<String>, hint: impl Into<String>) {
        debug_assert!(super::DIAGNOSTICS.iter().any(|(known, _)| *known == code), "{code} is not in the list");
        let (file, span) = place;
        let Some(source) = self.sources.get(file) else { return };
        self.found.push(Diagnostic {
            code,
            file: source.name.clone(),
            source: source.text.clone(),
            span,
            message: message.into(),
            hint: hint.into(),
        });
    }
}

/// A text with its place, quotation marks included.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    /// Index of the file.
    pub file: usize,
    pub value: String,
    pub span: Range<usize>,
}

impl Text {
    /// The place of the whole text.
    pub fn place(&self) -> (usize, Range<usize>) {
        (self.file, self.span.clone())
    }

    /// The place of a part of [`Text::value`]; quotation marks and escapes are counted in.
    pub fn place_of(&self, part: Range<usize>, sources: &[Source]) -> (usize, Range<usize>) {
        let source = sources.get(self.file).map_or("", |source| source.text.as_str());
        (self.file, place::in_string(source, &self.span, part))
    }
}

/// One table with the keys that it may have.
#[derive(Debug)]
pub(super) struct Table<'t, 'i> {
    file: usize,
    table: &'t DeTable<'i>,
    span: Range<usize>,
    known: &'static [Key],
    /// Keys that are not known, as they were probably meant.
    meant: Vec<String>,
}

impl<'t, 'i> Table<'t, 'i> {
    /// Takes a table and reports the keys that are not known.
    pub fn new(table: &'t DeTable<'i>, place: (usize, Range<usize>), known: &'static [Key], faults: &mut Faults<'_>) -> Self {
        let (file, span) = place;
        let names = keys::names(known);
        let mut meant = Vec::new();
        for key in table.keys() {
            let name: &str = key.get_ref();
            if !names.iter().any(|known| known == name) {
                let near = nearest(name, names.iter().map(AsRef::as_ref));
                let hint = near.map_or_else(|| format!("known keys: {}", names.join(", ")), |near| format!("did you mean `{near}`?"));
                meant.extend(near.map(str::to_owned));
                faults.add("R002", (file, key.span()), format!("unknown key `{name}`"), hint);
            }
        }
        Self { file, table, span, known, meant }
    }

    /// The place of the whole table.
    pub fn place(&self) -> (usize, Range<usize>) {
        (self.file, self.span.clone())
    }

    /// Whether a key was probably written with a slip, which is reported.
    pub fn meant(&self, key: &str) -> bool {
        self.meant.iter().any(|meant| meant == key)
    }

    /// Whether the key is there, whatever it holds.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'i>>> {
        // What the schema does not know must not be read.
        debug_assert!(keys::names(self.known).iter().any(|known| known == key), "`{key}` is not in the list of keys");
        self.table.get(key)
    }

    /// A text, where the key is there; a required one that is not there is reported.
    pub fn text(&self, key: &str, faults: &mut Faults<'_>) -> Option<Text> {
        let Some(value) = self.get(key) else {
            if self.known.iter().any(|known| known.name == key && known.required) && !self.meant(key) {
                faults.add("R003", self.place(), format!("`{key}` is missing"), format!("add `{key} = \"…\"`"));
            }
            return None;
        };
        as_text(value, self.file, key, faults)
    }

    /// A list of texts (one text alone is a list of one); empty where the key is not there.
    pub fn texts(&self, key: &str, faults: &mut Faults<'_>) -> Vec<Text> {
        let Some(value) = self.get(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(|item| as_text(item, self.file, key, faults)).collect(),
            _ => as_text(value, self.file, key, faults).into_iter().collect(),
        }
    }

    /// The place of a key that is set to true; `None` where it is false or not there.
    pub fn flag(&self, key: &str, faults: &mut Faults<'_>) -> Option<(usize, Range<usize>)> {
        let value = self.get(key)?;
        let place = (self.file, value.span());
        match value.get_ref() {
            DeValue::Boolean(true) => Some(place),
            DeValue::Boolean(false) => None,
            _ => {
                faults.add("R004", place, format!("`{key}` must be true or false"), "write it without quotation marks");
                None
            }
        }
    }

    /// A table inside, where the key is there.
    pub fn table(&self, key: &str, known: &'static [Key], faults: &mut Faults<'_>) -> Option<Table<'t, 'i>> {
        let value = self.get(key)?;
        if let DeValue::Table(inner) = value.get_ref() {
            return Some(Table::new(inner, (self.file, value.span()), known, faults));
        }
        faults.add("R004", (self.file, value.span()), format!("`{key}` must be a table"), format!("write `{key} = {{ … }}`"));
        None
    }

    /// The values of a list, or the one value that is no list; empty where the key is not there.
    pub fn one_or_more(&self, key: &str) -> Vec<&'t Spanned<DeValue<'i>>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        }
    }

    /// The values of a list, whatever they are; empty where the key is not there.
    pub fn values(&self, key: &str, faults: &mut Faults<'_>) -> Vec<&'t Spanned<DeValue<'i>>> {
        match self.get(key).map(|value| (value.get_ref(), value.span())) {
            None => Vec::new(),
            Some((DeValue::Array(items), _)) => items.iter().collect(),
            Some((_, span)) => {
                faults.add("R004", (self.file, span), format!("`{key}` must be a list"), format!("write `{key} = [ … ]`"));
                Vec::new()
            }
        }
    }
}

/// The tables of a file that holds only `[[key]]`; anything else in it is reported.
pub(super) fn tables<'t, 'i>(
    root: &'t DeTable<'i>,
    file: usize,
    key: &str,
    known: &'static [Key],
    faults: &mut Faults<'_>,
) -> Vec<Table<'t, 'i>> {
    for name in root.keys().filter(|name| name.get_ref() != key) {
        faults.add("R002", (file, name.span()), format!("unknown key `{}`", name.get_ref()), format!("this file holds `[[{key}]]` only"));
    }
    let Some(value) = root.get(key) else { return Vec::new() };
    let DeValue::Array(items) = value.get_ref() else {
        faults.add("R004", (file, value.span()), format!("`{key}` must be written as `[[{key}]]`"), "put two brackets around it");
        return Vec::new();
    };
    let mut found = Vec::new();
    for item in items.iter() {
        match item.get_ref() {
            DeValue::Table(table) => found.push(Table::new(table, (file, item.span()), known, faults)),
            _ => faults.add("R004", (file, item.span()), format!("every `{key}` must be a table"), format!("write `[[{key}]]` above it")),
        }
    }
    found
}

/// A value as a text.
pub(super) fn as_text(value: &Spanned<DeValue<'_>>, file: usize, key: &str, faults: &mut Faults<'_>) -> Option<Text> {
    if let DeValue::String(text) = value.get_ref() {
        return Some(Text { file, value: text.to_string(), span: value.span() });
    }
    faults.add("R004", (file, value.span()), format!("`{key}` must be text"), "put it in quotation marks");
    None
}
