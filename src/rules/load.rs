//! Reads rule files into rules, vocabulary and themes; checks everything that one file can get wrong.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use regex::Regex;
use regex_syntax::hir::literal::Extractor;
use toml::de::DeValue;

use super::phrase::{self, Node};
use super::table::{self, Faults, Table, Text};
use super::{CODES, Conditions, Diagnostic, Example, Expect, Force, Form, Matcher, Named, Rule};
use crate::document::Language;
use crate::structure::Kind;

/// A rule file: its name within the folder of rules, with `/`, and its text.
#[derive(Clone, Debug)]
pub struct Source {
    /// `exceptions.toml`, `vocabulary/fr.toml`.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// What was loaded, before it is compiled.
pub(super) struct Loaded {
    pub rules: Vec<Rule>,
    /// The phrases and patterns of all rules, each with the literals of which every match holds one.
    pub matchers: Vec<(Matcher, Vec<String>)>,
    pub themes: Vec<Named>,
    pub sectors: Vec<Named>,
}

/// Vocabulary by name, then by language.
type Vocabulary = HashMap<String, BTreeMap<Language, Vec<Vec<Node>>>>;

/// Reads the rule files of a folder (`*.toml` and `vocabulary/*.toml`).
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
            let text = std::fs::read_to_string(&path).map_err(|error| (path.clone(), error))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            sources.push(Source { name: format!("{prefix}{name}"), text });
        }
    }
    Ok(sources)
}

/// Loads all files; every fault of every file is collected.
pub(super) fn load(sources: &[Source]) -> Result<Loaded, Vec<Diagnostic>> {
    let mut faults: Vec<Diagnostic> = Vec::new();
    let mut vocabulary = Vocabulary::new();
    for source in sources.iter().filter(|source| source.name.starts_with("vocabulary/")) {
        let mut own = Faults { source, found: Vec::new() };
        load_vocabulary(source, &mut vocabulary, &mut own);
        faults.append(&mut own.found);
    }
    let vocabulary = resolve_vocabulary(&vocabulary);
    let mut loaded = Loaded { rules: Vec::new(), matchers: Vec::new(), themes: Vec::new(), sectors: Vec::new() };
    for (name, key) in [("themes.toml", "theme"), ("sectors.toml", "sector")] {
        for source in sources.iter().filter(|source| source.name == name) {
            let mut own = Faults { source, found: Vec::new() };
            let list = load_named(source, key, &vocabulary, &mut own);
            if key == "theme" {
                loaded.themes.extend(list)
            } else {
                loaded.sectors.extend(list)
            }
            faults.append(&mut own.found);
        }
    }
    let mut seen: HashMap<String, String> = HashMap::new();
    for source in sources
        .iter()
        .filter(|source| !source.name.starts_with("vocabulary/") && !matches!(source.name.as_str(), "themes.toml" | "sectors.toml"))
    {
        let mut own = Faults { source, found: Vec::new() };
        load_rules(source, &vocabulary, &mut loaded, &mut seen, &mut own);
        faults.append(&mut own.found);
    }
    if faults.is_empty() { Ok(loaded) } else { Err(faults) }
}

/// The language that a file or key is for.
fn language_of(code: &str) -> Option<Language> {
    match code {
        "en" => Some(Language::English),
        "fr" => Some(Language::French),
        "es" => Some(Language::Spanish),
        _ => None,
    }
}

fn load_vocabulary(source: &Source, vocabulary: &mut Vocabulary, faults: &mut Faults<'_>) {
    let code = source.name.trim_start_matches("vocabulary/").trim_end_matches(".toml");
    let Some(language) = language_of(code) else {
        faults.add("R012", 0..0, format!("`{code}` is no language of the rules"), "name the file en.toml, fr.toml or es.toml");
        return;
    };
    let Some(root) = table::parse(&source.text, faults) else { return };
    for (name, value) in &root {
        let name: &str = name.get_ref();
        let DeValue::Table(entry) = value.get_ref() else {
            faults.add("R004", value.span(), format!("`{name}` must be a table"), format!("write `[{name}]` and below it `say = [ … ]`"));
            continue;
        };
        let entry = Table::new(entry, value.span(), &["say", "note"], faults);
        let texts = entry.texts("say", faults);
        if texts.is_empty() {
            faults.add("R003", entry.span(), format!("`{name}` has no words"), "add `say = [ … ]`");
        }
        let phrases: Vec<Vec<Node>> = texts.iter().filter_map(|text| parse_phrase(text, faults)).collect();
        vocabulary.entry(name.to_owned()).or_default().entry(language).or_default().extend(phrases);
    }
}

/// Vocabulary may use vocabulary: filled in to a small depth, so that a circle cannot hang.
fn resolve_vocabulary(vocabulary: &Vocabulary) -> Vocabulary {
    const DEPTH: usize = 4;
    let mut resolved = vocabulary.clone();
    for _ in 0..DEPTH {
        let known = resolved.clone();
        for languages in resolved.values_mut() {
            for (language, phrases) in languages.iter_mut() {
                for phrase in phrases.iter_mut() {
                    if let Ok(filled) = fill(phrase, *language, &known) {
                        *phrase = filled;
                    }
                }
            }
        }
    }
    resolved
}

/// Replaces the names of vocabulary by their entries in a language.
///
/// # Errors
/// The name that has no entry in the language.
fn fill(nodes: &[Node], language: Language, vocabulary: &Vocabulary) -> Result<Vec<Node>, String> {
    let fill_all = |branches: &[Vec<Node>]| branches.iter().map(|branch| fill(branch, language, vocabulary)).collect::<Result<Vec<_>, _>>();
    nodes
        .iter()
        .map(|node| match node {
            Node::Vocabulary(name) => vocabulary
                .get(name)
                .and_then(|languages| languages.get(&language))
                .map(|phrases| Node::OneOf(phrases.clone()))
                .ok_or_else(|| name.clone()),
            Node::OneOf(branches) => fill_all(branches).map(Node::OneOf),
            Node::Not(branches) => fill_all(branches).map(Node::Not),
            Node::NotAfter(branches) => fill_all(branches).map(Node::NotAfter),
            Node::Word(_) | Node::Stem(_) | Node::Any | Node::Gap(_) => Ok(node.clone()),
        })
        .collect()
}

fn parse_phrase(text: &Text, faults: &mut Faults<'_>) -> Option<Vec<Node>> {
    match phrase::parse(&text.value) {
        Ok(nodes) => Some(nodes),
        Err(error) => {
            // The span of a text covers its opening quotation mark.
            let at = (text.span.start + 1 + error.at).min(text.span.end.saturating_sub(1));
            faults.add(
                "R007",
                at..at + 1,
                format!("the phrase cannot be read: {}", error.cause),
                "see docs/rules.md for the phrase language",
            );
            None
        }
    }
}

/// The languages of a phrase without a language of its own: English where it has words; every language in which all its
/// vocabulary has entries where it is made of vocabulary alone.
fn languages_of(nodes: &[Node], vocabulary: &Vocabulary) -> Vec<Language> {
    fn has_words(nodes: &[Node]) -> bool {
        nodes.iter().any(|node| match node {
            Node::Word(_) | Node::Stem(_) => true,
            Node::OneOf(branches) | Node::Not(branches) | Node::NotAfter(branches) => branches.iter().any(|branch| has_words(branch)),
            Node::Any | Node::Gap(_) | Node::Vocabulary(_) => false,
        })
    }
    if has_words(nodes) {
        return vec![Language::English];
    }
    let all = [Language::English, Language::French, Language::Spanish];
    let usable: Vec<Language> = all.into_iter().filter(|language| fill(nodes, *language, vocabulary).is_ok()).collect();
    if usable.is_empty() { vec![Language::English] } else { usable }
}

/// The phrases under `key`, `key_fr` and `key_es`, filled in.
fn phrases(entry: &Table<'_, '_>, key: &str, vocabulary: &Vocabulary, faults: &mut Faults<'_>) -> Vec<(Option<Language>, Vec<Node>)> {
    let mut found = Vec::new();
    for (key, language) in
        [(key.to_owned(), None), (format!("{key}_fr"), Some(Language::French)), (format!("{key}_es"), Some(Language::Spanish))]
    {
        for text in entry.texts(&key, faults) {
            let Some(nodes) = parse_phrase(&text, faults) else { continue };
            let languages = language.map_or_else(|| languages_of(&nodes, vocabulary), |language| vec![language]);
            for language in languages {
                match fill(&nodes, language, vocabulary) {
                    Ok(filled) if key.starts_with("say") && phrase::literals(&filled).is_none() => {
                        faults.add(
                            "R009",
                            text.span.clone(),
                            "the phrase has no word that it always needs",
                            "write at least one word outside `[ ]`, `!( )` and gaps",
                        );
                    }
                    Ok(filled) => found.push((Some(language), filled)),
                    Err(name) => {
                        let near = super::diagnostic::nearest(&name, vocabulary.keys().map(String::as_str)).filter(|near| **near != name);
                        let hint = near.map_or_else(
                            || format!("add `[{name}]` to vocabulary/{}.toml", language.code()),
                            |near| format!("did you mean `{{{near}}}`?"),
                        );
                        faults.add(
                            "R008",
                            text.span.clone(),
                            format!("`{{{name}}}` has no entry in the {} vocabulary", language.code()),
                            hint,
                        );
                    }
                }
            }
        }
    }
    found
}

fn without_language(phrases: Vec<(Option<Language>, Vec<Node>)>) -> Vec<Vec<Node>> {
    phrases.into_iter().map(|(_, nodes)| nodes).collect()
}

/// `[[theme]]` and `[[sector]]`.
fn load_named(source: &Source, key: &str, vocabulary: &Vocabulary, faults: &mut Faults<'_>) -> Vec<Named> {
    const KEYS: &[&str] = &["id", "say", "say_fr", "say_es", "unless", "unless_fr", "unless_es", "note", "describes_only"];
    let Some(root) = table::parse(&source.text, faults) else { return Vec::new() };
    let mut list = Vec::new();
    for entry in table::tables(&root, key, KEYS, faults) {
        let Some(id) = entry.required("id", faults) else { continue };
        let say = without_language(phrases(&entry, "say", vocabulary, faults));
        let unless = without_language(phrases(&entry, "unless", vocabulary, faults));
        let describes_only = entry.flag("describes_only", faults);
        list.push(Named { id: id.value, say, unless, describes_only });
    }
    list
}

const RULE_KEYS: &[&str] = &[
    "id",
    "code",
    "say",
    "say_fr",
    "say_es",
    "pattern",
    "where",
    "with",
    "with_fr",
    "with_es",
    "unless",
    "unless_fr",
    "unless_es",
    "force",
    "why",
    "fires",
    "silent",
    "todo",
];
const WHERE_KEYS: &[&str] = &[
    "unit",
    "theme",
    "not_theme",
    "heading",
    "heading_fr",
    "heading_es",
    "not_heading",
    "not_heading_fr",
    "not_heading_es",
    "first_article",
    "in_heading",
];

fn load_rules(source: &Source, vocabulary: &Vocabulary, loaded: &mut Loaded, seen: &mut HashMap<String, String>, faults: &mut Faults<'_>) {
    let Some(root) = table::parse(&source.text, faults) else { return };
    Table::new(&root, 0..0, &["rule"], faults);
    for entry in table::tables(&root, "rule", RULE_KEYS, faults) {
        let (Some(id), Some(code), Some(why)) =
            (entry.required("id", faults), entry.required("code", faults), entry.required("why", faults))
        else {
            continue;
        };
        if let Some(other) = seen.insert(id.value.clone(), source.name.clone()) {
            faults.add(
                "R006",
                id.span.clone(),
                format!("the id `{}` stands twice", id.value),
                format!("it is taken in {other}: choose another"),
            );
        }
        let known = CODES.iter().find(|(known, _)| *known == code.value).map(|(known, _)| *known);
        if known.is_none() {
            let hint = super::diagnostic::nearest(&code.value, CODES.iter().map(|(code, _)| *code))
                .map_or_else(|| "`clausula rules list` shows the codes".to_owned(), |near| format!("did you mean `{near}`?"));
            faults.add("R005", code.span, format!("`{}` is no code", code.value), hint);
        }
        let say = phrases(&entry, "say", vocabulary, faults);
        let patterns = patterns(&entry, faults);
        if say.is_empty() && patterns.is_empty() {
            faults.add("R003", entry.span(), "the rule has no phrase", "add `say = [ … ]`");
        }
        let (line, _) = super::diagnostic::line_column(&source.text, id.span.start);
        let examples = examples(&entry, source, faults);
        for (expect, key) in [(Expect::Fires, "fires"), (Expect::Silent, "silent")] {
            if !examples.iter().any(|example| example.expect == expect) {
                faults.add(
                    "R010",
                    id.span.clone(),
                    format!("the rule `{}` has no example under `{key}`", id.value),
                    "every rule shows what it must find and what it must not find",
                );
            }
        }
        let force = entry.text("force", faults).and_then(|text| force_of(&text, faults));
        let conditions = entry
            .table("where", WHERE_KEYS, faults)
            .map_or_else(Conditions::default, |table| conditions(&table, vocabulary, &loaded.themes, faults));
        loaded.rules.push(Rule {
            id: id.value,
            // Without a code there is a fault, and no rulebook.
            code: known.unwrap_or_default(),
            conditions,
            with: phrases(&entry, "with", vocabulary, faults),
            unless: phrases(&entry, "unless", vocabulary, faults),
            force,
            why: why.value,
            examples,
            place: (source.name.clone(), line),
        });
        let rule = loaded.rules.len() - 1;
        for (language, nodes) in say {
            if let Some(literals) = phrase::literals(&nodes) {
                loaded.matchers.push((Matcher { rule, language, form: Form::Phrase(nodes) }, literals));
            }
        }
        for (regex, literals) in patterns {
            loaded.matchers.push((Matcher { rule, language: None, form: Form::Pattern(Box::new(regex)) }, literals));
        }
    }
}

/// The regular expressions of a rule with the literals with which every match begins.
fn patterns(entry: &Table<'_, '_>, faults: &mut Faults<'_>) -> Vec<(Regex, Vec<String>)> {
    let mut found = Vec::new();
    for text in entry.texts("pattern", faults) {
        match Regex::new(&text.value) {
            Err(error) => faults.add(
                "R011",
                text.span,
                format!("the pattern is no regular expression: {error}"),
                "patterns see folded words: lower case, ASCII, one space between words, singular",
            ),
            Ok(regex) => match pattern_literals(&text.value) {
                Some(literals) => found.push((regex, literals)),
                None => faults.add(
                    "R009",
                    text.span,
                    "the pattern has no words with which it must begin",
                    "begin it with words of three letters or more; alternatives are fine",
                ),
            },
        }
    }
    found
}

/// The literals with which every match of a pattern begins; `None` where there are none of use.
fn pattern_literals(pattern: &str) -> Option<Vec<String>> {
    /// The shortest literal that is worth looking for, in bytes.
    const MIN_LITERAL: usize = 3;
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut sequence = Extractor::new().extract(&hir);
    sequence.optimize_for_prefix_by_preference();
    let literals = sequence.literals()?;
    let texts: Vec<String> = literals.iter().map(|literal| String::from_utf8_lossy(literal.as_bytes()).into_owned()).collect();
    (!texts.is_empty() && texts.iter().all(|text| text.len() >= MIN_LITERAL)).then_some(texts)
}

fn force_of(text: &Text, faults: &mut Faults<'_>) -> Option<Force> {
    let known = [Force::Binding, Force::Permissive, Force::BestEndeavours, Force::Declaratory];
    let found = known.into_iter().find(|force| force.name() == text.value);
    if found.is_none() {
        faults.add(
            "R012",
            text.span.clone(),
            format!("`{}` is no force", text.value),
            format!("one of {}", known.map(Force::name).join(", ")),
        );
    }
    found
}

fn conditions(table: &Table<'_, '_>, vocabulary: &Vocabulary, themes: &[Named], faults: &mut Faults<'_>) -> Conditions {
    const UNITS: [Kind; 17] = [
        Kind::Entry,
        Kind::Preamble,
        Kind::Recital,
        Kind::Chapter,
        Kind::Section,
        Kind::Article,
        Kind::Paragraph,
        Kind::Item,
        Kind::Annex,
        Kind::Appendix,
        Kind::Schedule,
        Kind::Protocol,
        Kind::Letter,
        Kind::Declaration,
        Kind::Footnote,
        Kind::Title,
        Kind::Part,
    ];
    let mut unit = Vec::new();
    for text in table.texts("unit", faults) {
        match UNITS.iter().find(|kind| kind.name() == text.value) {
            Some(kind) => unit.push(*kind),
            None => faults.add(
                "R012",
                text.span,
                format!("`{}` is no unit", text.value),
                format!("one of {}", UNITS.map(Kind::name).join(", ")),
            ),
        }
    }
    let theme_list = |key: &str, faults: &mut Faults<'_>| {
        let mut list = Vec::new();
        for text in table.texts(key, faults) {
            match themes.iter().position(|theme| theme.id == text.value) {
                Some(index) => list.push(index),
                None => {
                    let hint = super::diagnostic::nearest(&text.value, themes.iter().map(|theme| theme.id.as_str()))
                        .map_or_else(|| "add it to themes.toml".to_owned(), |near| format!("did you mean `{near}`?"));
                    faults.add("R012", text.span, format!("`{}` is no theme", text.value), hint);
                }
            }
        }
        list
    };
    let (theme, not_theme) = (theme_list("theme", faults), theme_list("not_theme", faults));
    Conditions {
        unit,
        theme,
        not_theme,
        heading: without_language(phrases(table, "heading", vocabulary, faults)),
        not_heading: without_language(phrases(table, "not_heading", vocabulary, faults)),
        first_article: table.flag("first_article", faults),
        in_heading: table.flag("in_heading", faults),
    }
}

/// The examples of a rule: texts, or tables with `text`, `heading` and `chapter`.
fn examples(entry: &Table<'_, '_>, source: &Source, faults: &mut Faults<'_>) -> Vec<Example> {
    let mut found = Vec::new();
    for (key, expect) in [("fires", Expect::Fires), ("silent", Expect::Silent), ("todo", Expect::Todo)] {
        for value in entry.values(key, faults) {
            let line = super::diagnostic::line_column(&source.text, value.span().start).0;
            let example = |text: String, heading, chapter| Example { expect, text, chapter, heading, line };
            match value.get_ref() {
                DeValue::Table(inner) => {
                    let inner = Table::new(inner, value.span(), &["text", "heading", "chapter"], faults);
                    let Some(text) = inner.required("text", faults) else { continue };
                    let optional = |key: &str, faults: &mut Faults<'_>| inner.text(key, faults).map(|text| text.value);
                    let (heading, chapter) = (optional("heading", faults), optional("chapter", faults));
                    found.push(example(text.value, heading, chapter));
                }
                _ => found.extend(table::as_text(value, key, faults).map(|text| example(text.value, None, None))),
            }
        }
    }
    found
}
