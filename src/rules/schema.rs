//! JSON Schemas of the rule files, for editors: made from the list of keys that the loader reads.

use serde_json::{Map, Value, json};

use super::keys::{self, Form, Key};
use super::load::{FORCES, UNITS};
use super::parties::{Confidence, Status};
use super::{CODES, Force};

/// The kinds of rule files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Rules: every file but the others.
    Rules,
    /// `vocabulary/*.toml`.
    Vocabulary,
    /// `themes.toml`.
    Themes,
    /// `sectors.toml`.
    Sectors,
    /// `conditions.toml`.
    Conditions,
    /// `requirements.toml`: the rows of the compliance table.
    Requirements,
    /// `parties.toml`: states and unions, and since when each is a Party to the Convention.
    Parties,
}

impl FileKind {
    /// The kind of a file, by its name within the folder of rules.
    ///
    /// # Example
    /// ```
    /// use clausula::rules::FileKind;
    /// assert_eq!(FileKind::of("vocabulary/fr.toml"), FileKind::Vocabulary);
    /// assert_eq!(FileKind::of("digital.toml"), FileKind::Rules);
    /// ```
    #[must_use]
    pub fn of(name: &str) -> Self {
        match name {
            "themes.toml" => Self::Themes,
            "sectors.toml" => Self::Sectors,
            "conditions.toml" => Self::Conditions,
            "requirements.toml" => Self::Requirements,
            "parties.toml" => Self::Parties,
            name if name.starts_with("vocabulary/") => Self::Vocabulary,
            _ => Self::Rules,
        }
    }
}

/// The JSON Schema (draft 2020-12) of a kind of rule file; `themes` are the names that conditions may ask for.
///
/// # Example
/// ```
/// use clausula::rules::{FileKind, schema};
/// let schema = schema(FileKind::Rules, &["services", "digital"]);
/// assert_eq!(schema["properties"]["rule"]["items"]["required"][0], "id");
/// ```
#[must_use]
pub fn schema(kind: FileKind, themes: &[&str]) -> Value {
    let (title, mut body) = match kind {
        FileKind::Rules => ("Rules of clausula", list("rule", keys::RULE, themes)),
        FileKind::Themes => ("Themes of chapters", list("theme", keys::NAMED, themes)),
        FileKind::Sectors => ("Sectors of culture", list("sector", keys::NAMED, themes)),
        FileKind::Conditions => ("Conditions of clauses", list("condition", keys::NAMED, themes)),
        FileKind::Requirements => ("Requirements", list("requirement", keys::REQUIREMENT, themes)),
        FileKind::Parties => ("States, unions and groups", list("party", keys::PARTY, themes)),
        FileKind::Vocabulary => {
            let entry = table(keys::VOCABULARY, themes);
            let names = json!({ "pattern": "^[a-z0-9_]+$" });
            ("Vocabulary of a language", json!({ "type": "object", "propertyNames": names, "additionalProperties": entry }))
        }
    };
    body["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    body["title"] = json!(title);
    body
}

/// A file that holds `[[name]]` tables.
fn list(name: &str, known: &'static [Key], themes: &[&str]) -> Value {
    json!({
        "type": "object",
        "properties": { name: { "type": "array", "items": table(known, themes) } },
        "additionalProperties": false,
    })
}

fn table(known: &'static [Key], themes: &[&str]) -> Value {
    let mut properties = Map::new();
    for key in known {
        for ((name, (_, language)), first) in key.names().zip(keys::ENDINGS).zip([true, false, false]) {
            let mut value = form(key, themes);
            let about = if first { key.about.to_owned() } else { format!("{} In {language}.", key.about) };
            value["description"] = json!(about);
            properties.insert(name.into_owned(), value);
        }
    }
    let required: Vec<&str> = known.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    if known.iter().any(|key| key.name == "fires") {
        // A rule shows what it finds and what it does not, and looks for something.
        let said = ["say", "say_fr", "say_es", "pattern"].map(|key| json!({ "required": [key] }));
        schema["allOf"] = json!([{ "required": ["fires", "silent"] }, { "anyOf": said }]);
    }
    schema
}

fn form(key: &Key, themes: &[&str]) -> Value {
    let text = text(key, themes);
    match key.form {
        Form::Text => text,
        Form::Texts | Form::Phrases => json!({ "anyOf": [text, { "type": "array", "items": text }] }),
        Form::Flag => json!({ "type": "boolean" }),
        Form::Table(known) => table(known, themes),
        Form::Tables(known) => {
            let one = table(known, themes);
            json!({ "anyOf": [one, { "type": "array", "items": one }] })
        }
        Form::Examples(known) => {
            let least = u8::from(key.name != "todo");
            json!({ "type": "array", "minItems": least, "items": { "anyOf": [text, table(known, themes)] } })
        }
    }
}

/// A text, with the values that it may have where they are few.
fn text(key: &Key, themes: &[&str]) -> Value {
    match key.name {
        // Where several codes may be named, a family may be as well.
        "code" if matches!(key.form, Form::Texts) => {
            let codes = CODES.iter().flat_map(|(code, _)| [*code, code.split_inclusive('.').next().unwrap_or(code)]);
            json!({ "type": "string", "enum": codes.collect::<std::collections::BTreeSet<_>>() })
        }
        "code" => json!({ "type": "string", "enum": CODES.map(|(code, _)| code).to_vec() }),
        "unit" => json!({ "type": "string", "enum": UNITS.map(crate::structure::Kind::name) }),
        "force" => json!({ "type": "string", "enum": FORCES.map(Force::name) }),
        "theme" | "not_theme" => json!({ "type": "string", "enum": themes }),
        "convention" => json!({ "type": "string", "enum": Status::ALL.map(Status::name) }),
        "confidence" => json!({ "type": "string", "enum": Confidence::ALL.map(Confidence::name) }),
        "deposited" | "in_force" => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        "id" => json!({ "type": "string", "minLength": 1 }),
        _ => json!({ "type": "string" }),
    }
}

#[cfg(test)]
mod tests {
    use super::{FileKind, keys, schema};
    use crate::rules::keys::{Form, Key};
    use crate::rules::{Source, check};

    /// The keys of a table in a schema.
    fn properties(schema: &serde_json::Value) -> Vec<&str> {
        schema["properties"].as_object().expect("a table").keys().map(String::as_str).collect()
    }

    fn assert_same(schema: &serde_json::Value, known: &'static [Key]) {
        let mut names: Vec<String> = keys::names(known).into_iter().map(|name| name.into_owned()).collect();
        names.sort();
        let mut found: Vec<&str> = properties(schema);
        found.sort_unstable();
        assert_eq!(found, names);
    }

    #[test]
    fn the_schema_has_the_keys_of_the_loader() {
        let rules = schema(FileKind::Rules, &[]);
        let rule = &rules["properties"]["rule"]["items"];
        assert_same(rule, keys::RULE);
        assert_same(&rule["properties"]["where"], keys::WHERE);
        assert_same(&rule["properties"]["fires"]["items"]["anyOf"][1], keys::EXAMPLE);
        assert_same(&schema(FileKind::Themes, &[])["properties"]["theme"]["items"], keys::NAMED);
        assert_same(&schema(FileKind::Sectors, &[])["properties"]["sector"]["items"], keys::NAMED);
        assert_same(&schema(FileKind::Conditions, &[])["properties"]["condition"]["items"], keys::NAMED);
        assert_same(&schema(FileKind::Parties, &[])["properties"]["party"]["items"], keys::PARTY);
        assert_same(&schema(FileKind::Vocabulary, &[])["additionalProperties"], keys::VOCABULARY);
    }

    /// A file in which only `table` and `key = date` stand: a key that the loader reads is reported as of the wrong kind.
    fn is_read(file: &str, table: &str, key: &str) -> bool {
        let text = format!("{table}\n{key} = 2026-01-01\n");
        let found = check(&[Source { name: file.into(), text }]);
        assert!(found.iter().all(|diagnostic| diagnostic.code != "R002"), "{key}: {found:?}");
        found.iter().any(|diagnostic| diagnostic.code == "R004" && diagnostic.message.contains(&format!("`{key}`")))
    }

    #[test]
    fn the_loader_reads_every_key_of_the_list() {
        let files = [
            ("a.toml", "[[rule]]", keys::RULE),
            ("a.toml", "[[rule]]\n[rule.where]", keys::WHERE),
            ("a.toml", "[[rule]]\n[[rule.fires]]", keys::EXAMPLE),
            ("vocabulary/en.toml", "[word]", keys::VOCABULARY),
            ("themes.toml", "[[theme]]", keys::NAMED),
            ("sectors.toml", "[[sector]]", keys::NAMED),
            ("conditions.toml", "[[condition]]", keys::NAMED),
            ("parties.toml", "[[party]]", keys::PARTY),
        ];
        for (file, table, known) in files {
            for key in known {
                for name in key.names() {
                    assert!(is_read(file, table, &name), "{file}: {table}: `{name}` ({:?}) is in the list and not read", key.form);
                }
            }
        }
        assert!(keys::RULE.iter().any(|key| matches!(key.form, Form::Examples(_))));
    }
}
