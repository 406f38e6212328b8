//! Reads TOML tables with the place of every value, and reports unknown keys and wrong types.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::Diagnostic;
use super::diagnostic::nearest;
use super::load::Source;

/// The faults of one file while it is read.
pub(super) struct Faults<'s> {
    pub source: &'s Source,
    pub found: Vec<Diagnostic>,
}

impl Faults<'_> {
    pub fn add(&mut self, code: &'static str, span: Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        let source = self.source;
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
pub(super) struct Text {
    pub value: String,
    pub span: Range<usize>,
}

/// One table with the keys that it may have.
pub(super) struct Table<'t, 'i> {
    table: &'t DeTable<'i>,
    span: Range<usize>,
}

impl<'t, 'i> Table<'t, 'i> {
    /// Takes a table and reports the keys that are not known.
    pub fn new(table: &'t DeTable<'i>, span: Range<usize>, known: &[&str], faults: &mut Faults<'_>) -> Self {
        for key in table.keys() {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                let hint = nearest(name, known.iter().copied())
                    .map_or_else(|| format!("known keys: {}", known.join(", ")), |near| format!("did you mean `{near}`?"));
                faults.add("R002", key.span(), format!("unknown key `{name}`"), hint);
            }
        }
        Self { table, span }
    }

    /// The place of the whole table.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.table.get(key)
    }

    /// A text, where the key is there.
    pub fn text(&self, key: &str, faults: &mut Faults<'_>) -> Option<Text> {
        let value = self.get(key)?;
        as_text(value, key, faults)
    }

    /// A text that must be there.
    pub fn required(&self, key: &str, faults: &mut Faults<'_>) -> Option<Text> {
        if self.get(key).is_none() {
            faults.add("R003", self.span(), format!("`{key}` is missing"), format!("add `{key} = \"…\"`"));
            return None;
        }
        self.text(key, faults)
    }

    /// A list of texts (one text alone is a list of one); empty where the key is not there.
    pub fn texts(&self, key: &str, faults: &mut Faults<'_>) -> Vec<Text> {
        let Some(value) = self.get(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(|item| as_text(item, key, faults)).collect(),
            _ => as_text(value, key, faults).into_iter().collect(),
        }
    }

    /// A truth value; false where the key is not there.
    pub fn flag(&self, key: &str, faults: &mut Faults<'_>) -> bool {
        match self.get(key).map(|value| (value.get_ref(), value.span())) {
            None => false,
            Some((DeValue::Boolean(value), _)) => *value,
            Some((_, span)) => {
                faults.add("R004", span, format!("`{key}` must be true or false"), "write it without quotation marks");
                false
            }
        }
    }

    /// A table inside, where the key is there.
    pub fn table(&self, key: &str, known: &[&str], faults: &mut Faults<'_>) -> Option<Table<'t, 'i>> {
        let value = self.get(key)?;
        if let DeValue::Table(inner) = value.get_ref() {
            return Some(Table::new(inner, value.span(), known, faults));
        }
        faults.add("R004", value.span(), format!("`{key}` must be a table"), format!("write `{key} = {{ … }}`"));
        None
    }

    /// The values of a list, whatever they are; empty where the key is not there.
    pub fn values(&self, key: &str, faults: &mut Faults<'_>) -> Vec<&'t Spanned<DeValue<'i>>> {
        match self.get(key).map(|value| (value.get_ref(), value.span())) {
            None => Vec::new(),
            Some((DeValue::Array(items), _)) => items.iter().collect(),
            Some((_, span)) => {
                faults.add("R004", span, format!("`{key}` must be a list"), format!("write `{key} = [ … ]`"));
                Vec::new()
            }
        }
    }
}

/// The tables of an array of tables (`[[rule]]`).
pub(super) fn tables<'t, 'i>(root: &'t DeTable<'i>, key: &str, known: &[&str], faults: &mut Faults<'_>) -> Vec<Table<'t, 'i>> {
    let Some(value) = root.get(key) else { return Vec::new() };
    let DeValue::Array(items) = value.get_ref() else {
        faults.add("R004", value.span(), format!("`{key}` must be written as `[[{key}]]`"), "put two brackets around it");
        return Vec::new();
    };
    list_of_tables(items, key, known, faults)
}

fn list_of_tables<'t, 'i>(items: &'t DeArray<'i>, key: &str, known: &[&str], faults: &mut Faults<'_>) -> Vec<Table<'t, 'i>> {
    let mut found = Vec::new();
    for item in items.iter() {
        match item.get_ref() {
            DeValue::Table(table) => found.push(Table::new(table, item.span(), known, faults)),
            _ => faults.add("R004", item.span(), format!("every `{key}` must be a table"), format!("write `[[{key}]]` above it")),
        }
    }
    found
}

/// A value as a text.
pub(super) fn as_text(value: &Spanned<DeValue<'_>>, key: &str, faults: &mut Faults<'_>) -> Option<Text> {
    if let DeValue::String(text) = value.get_ref() {
        return Some(Text { value: text.to_string(), span: value.span() });
    }
    faults.add("R004", value.span(), format!("`{key}` must be text"), "put it in quotation marks");
    None
}

/// Parses a file; a syntax error is a fault.
pub(super) fn parse<'i>(text: &'i str, faults: &mut Faults<'_>) -> Option<DeTable<'i>> {
    match DeTable::parse(text) {
        Ok(table) => Some(table.into_inner()),
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            faults.add("R001", span, error.message().to_owned(), "see toml.io for how TOML is written");
            None
        }
    }
}
