//! From the rule files as they are written to rules, themes and sectors: names, codes, conditions, literals.

use std::collections::HashMap;

use regex::Regex;
use regex_syntax::hir::literal::Extractor;

use super::checklist::{self, RequirementRule};
use super::diagnostic::{line_column, nearest};
use super::parties::{self, Parties};
use super::phrase::{self, Node};
use super::table::{Faults, Text};
use super::vocabulary::Vocabulary;
use super::written::{Phrase, Source, Written, WrittenName, WrittenRule, WrittenWhere};
use super::{CODES, Conditions, Diagnostic, Example, Force, Form, Matcher, Named, Rule};
use crate::document::Language;
use crate::structure::Kind;

/// What was loaded, before it is compiled.
pub(super) struct Loaded {
    pub rules: Vec<Rule>,
    /// The phrases and patterns of all rules, each with the literals of which every match holds one.
    pub matchers: Vec<(Matcher, Vec<String>)>,
    pub themes: Vec<Named>,
    pub sectors: Vec<Named>,
    pub conditions: Vec<Named>,
    pub requirements: Vec<RequirementRule>,
    pub parties: Parties,
}

/// Loads all files; every fault of every file is collected.
pub(super) fn load(sources: &[Source]) -> Result<Loaded, Vec<Diagnostic>> {
    let (written, found) = Written::read(sources);
    let mut faults = Faults { sources, found };
    let vocabulary = Vocabulary::new(&written, &mut faults);
    let loaded = load_written(&written, &vocabulary, &mut faults);
    if faults.found.is_empty() { Ok(loaded) } else { Err(in_order(faults.found, &written)) }
}

/// Loads what was read.
fn load_written(written: &Written<'_>, vocabulary: &Vocabulary, faults: &mut Faults<'_>) -> Loaded {
    let named = |list: &[WrittenName], faults: &mut Faults<'_>| {
        let mut ids = Ids::new();
        list.iter().map(|entry| load_named(entry, vocabulary, &mut ids, faults)).collect::<Vec<_>>()
    };
    let themes = named(&written.themes, faults);
    let sectors = named(&written.sectors, faults);
    let conditions = named(&written.conditions, faults);
    let requirements = checklist::load(written.sources, faults);
    let parties = parties::load(written, faults);
    let mut loaded = Loaded { rules: Vec::new(), matchers: Vec::new(), themes, sectors, conditions, requirements, parties };
    let mut ids = Ids::new();
    for rule in &written.rules {
        load_rule(rule, written, vocabulary, &mut loaded, &mut ids, faults);
    }
    loaded
}

/// Everything that is to be said of rule files: faults, and where there is none in a file, the warnings for it; in the order of the
/// files and of the places in them.
///
/// # Example
/// ```
/// use clausula::rules::{Source, check};
/// let text = "[[rule]]\nid = \"mine\"\ncode = \"coop.culture\"\nwhy = \"Co-operation.\"\nsay = \"cultural exchange\"\nfires = [\"They favour cultural exchange.\"]\nsilent = [\"They exchange notes.\"]\n";
/// assert!(check(&[Source { name: "mine.toml".into(), text: text.into() }]).is_empty());
/// let wrong = text.replace("say =", "says =");
/// let faults = check(&[Source { name: "mine.toml".into(), text: wrong }]);
/// assert!(faults.iter().any(|fault| fault.hint == "did you mean `say`?"));
/// ```
#[must_use]
pub fn check(sources: &[Source]) -> Vec<Diagnostic> {
    let (written, found) = Written::read(sources);
    let mut faults = Faults { sources, found };
    let vocabulary = Vocabulary::new(&written, &mut faults);
    load_written(&written, &vocabulary, &mut faults);
    super::lint::lint(&written, &vocabulary, &mut faults);
    in_order(faults.found, &written)
}

/// Sorts by file and place, and leaves out what only follows from a file that is no TOML at that place.
fn in_order(mut found: Vec<Diagnostic>, written: &Written<'_>) -> Vec<Diagnostic> {
    let file = |diagnostic: &Diagnostic| written.sources.iter().position(|source| source.name == diagnostic.file);
    let regions: Vec<_> = written
        .broken
        .iter()
        .filter_map(|&(file, at)| {
            let text = written.sources.get(file)?.text.as_str();
            // From the header of the table to the next one.
            let start = text.get(..at)?.rfind("\n[").map_or(0, |line| line + 1);
            let end = text.get(at..)?.find("\n[").map_or(text.len(), |line| at + line);
            Some((file, start..end))
        })
        .collect();
    found.retain(|diagnostic| {
        matches!(diagnostic.code, "R001" | "R013")
            || !regions.iter().any(|(broken, region)| file(diagnostic) == Some(*broken) && region.contains(&diagnostic.span.start))
    });
    found.sort_by_key(|diagnostic| (file(diagnostic), diagnostic.span.start, diagnostic.code));
    found.dedup();
    found
}

/// The ids that were met, each with the file and line of the first.
type Ids = HashMap<String, (String, usize)>;

fn unique(id: &Text, ids: &mut Ids, faults: &mut Faults<'_>) {
    let source = &faults.sources[id.file];
    let (line, _) = line_column(&source.text, id.span.start);
    if let Some((file, line)) = ids.get(&id.value) {
        faults.add(
            "R006",
            id.place(),
            format!("the id `{}` stands twice", id.value),
            format!("it is taken in {file}, line {line}: choose another"),
        );
    } else {
        ids.insert(id.value.clone(), (source.name.clone(), line));
    }
}

fn phrases(list: &[Phrase], vocabulary: &Vocabulary, faults: &mut Faults<'_>) -> Vec<(Option<Language>, Vec<Node>)> {
    list.iter().flat_map(|phrase| vocabulary.filled(phrase, faults)).map(|(language, nodes)| (Some(language), nodes)).collect()
}

fn without_language(list: &[Phrase], vocabulary: &Vocabulary, faults: &mut Faults<'_>) -> Vec<Vec<Node>> {
    phrases(list, vocabulary, faults).into_iter().map(|(_, nodes)| nodes).collect()
}

fn load_named(entry: &WrittenName, vocabulary: &Vocabulary, ids: &mut Ids, faults: &mut Faults<'_>) -> Named {
    unique(&entry.id, ids, faults);
    Named {
        id: entry.id.value.clone(),
        say: without_language(&entry.say, vocabulary, faults),
        unless: without_language(&entry.unless, vocabulary, faults),
        describes_only: entry.describes_only,
    }
}

fn load_rule(
    rule: &WrittenRule,
    written: &Written<'_>,
    vocabulary: &Vocabulary,
    loaded: &mut Loaded,
    ids: &mut Ids,
    faults: &mut Faults<'_>,
) {
    if let Some(id) = &rule.id {
        unique(id, ids, faults);
    }
    let code = rule.code.as_ref().and_then(|code| code_of(code, faults));
    let force = rule.force.as_ref().and_then(|text| force_of(text, faults));
    let conditions = conditions(&rule.conditions, written, vocabulary, &loaded.themes, faults);
    let with = phrases(&rule.with, vocabulary, faults);
    let unless = phrases(&rule.unless, vocabulary, faults);
    let index = loaded.rules.len();
    let mut matchers = Vec::new();
    for phrase in &rule.say {
        for (language, nodes) in vocabulary.filled(phrase, faults) {
            match phrase::literals(&nodes) {
                Some(literals) => {
                    matchers.push((
                        Matcher { rule: index, language: Some(language), form: Form::Phrase(nodes), written: phrase.text.value.clone() },
                        literals,
                    ));
                }
                None => faults.add(
                    "R009",
                    phrase.text.place(),
                    "the phrase has no word that it always needs",
                    "write at least one word outside `[ ]`, `!( )` and gaps",
                ),
            }
        }
    }
    for (regex, literals) in patterns(&rule.pattern, faults) {
        let written = regex.as_str().to_owned();
        matchers.push((Matcher { rule: index, language: None, form: Form::Pattern(Box::new(regex)), written }, literals));
    }
    let (Some(id), Some(code), Some(why)) = (&rule.id, code, &rule.why) else { return };
    let line = |text: &Text| line_column(&faults.sources[text.file].text, text.span.start).0;
    let examples = rule.examples.iter().map(|example| Example {
        expect: example.expect,
        text: example.text.value.clone(),
        chapter: example.chapter.clone(),
        heading: example.heading.clone(),
        line: line(&example.text),
    });
    loaded.rules.push(Rule {
        id: id.value.clone(),
        code,
        conditions,
        with,
        unless,
        force,
        why: why.value.clone(),
        examples: examples.collect(),
        place: (faults.sources[id.file].name.clone(), line(id)),
    });
    loaded.matchers.append(&mut matchers);
}

fn code_of(text: &Text, faults: &mut Faults<'_>) -> Option<&'static str> {
    let known = CODES.iter().find(|(known, _)| *known == text.value).map(|(known, _)| *known);
    if known.is_none() {
        let hint = nearest(&text.value, CODES.iter().map(|(code, _)| *code))
            .map_or_else(|| "`clausula rules list` shows the codes".to_owned(), |near| format!("did you mean `{near}`?"));
        faults.add("R005", text.place(), format!("`{}` is no code", text.value), hint);
    }
    known
}

/// A code, or the beginning of codes up to their full stop.
pub(super) fn code_or_family(text: &Text, faults: &mut Faults<'_>) -> Option<String> {
    let is_family = text.value.ends_with('.') && CODES.iter().any(|(code, _)| code.starts_with(&text.value));
    if is_family { Some(text.value.clone()) } else { code_of(text, faults).map(str::to_owned) }
}

/// The regular expressions of a rule with the literals with which every match begins.
fn patterns(list: &[Text], faults: &mut Faults<'_>) -> Vec<(Regex, Vec<String>)> {
    let mut found = Vec::new();
    for text in list {
        match Regex::new(&text.value) {
            Err(error) => {
                // The place of what is wrong, where the parser of regular expressions knows one.
                let part = regex_syntax::parse(&text.value).err().and_then(|error| match error {
                    regex_syntax::Error::Parse(error) => Some(error.span().start.offset..error.span().end.offset),
                    regex_syntax::Error::Translate(error) => Some(error.span().start.offset..error.span().end.offset),
                    _ => None,
                });
                let place = part.map_or_else(|| text.place(), |part| text.place_of(part, faults.sources));
                let cause = error.to_string();
                let cause = cause.lines().last().unwrap_or_default().trim_start_matches("error: ");
                faults.add(
                    "R011",
                    place,
                    format!("the pattern is no regular expression: {cause}"),
                    "patterns see folded words: lower case, ASCII, one space between words, singular",
                );
            }
            Ok(regex) => match pattern_literals(&text.value) {
                Some(literals) => found.push((regex, literals)),
                None => faults.add(
                    "R009",
                    text.place(),
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

/// All forces, the strongest first.
pub(super) const FORCES: [Force; 4] = [Force::Binding, Force::Permissive, Force::BestEndeavours, Force::Declaratory];

pub(super) fn force_of(text: &Text, faults: &mut Faults<'_>) -> Option<Force> {
    let found = FORCES.into_iter().find(|force| force.name() == text.value);
    if found.is_none() {
        let names = FORCES.map(Force::name);
        faults.add("R012", text.place(), format!("`{}` is no force", text.value), near_or_all(&text.value, &names));
    }
    found
}

/// The kinds of provision that a rule may ask for.
pub(crate) const UNITS: [Kind; 17] = [
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

/// "Did you mean …?", or all that is known.
pub(crate) fn near_or_all(name: &str, known: &[&str]) -> String {
    nearest(name, known.iter().copied()).map_or_else(|| format!("one of {}", known.join(", ")), |near| format!("did you mean `{near}`?"))
}

fn conditions(written: &WrittenWhere, all: &Written<'_>, vocabulary: &Vocabulary, themes: &[Named], faults: &mut Faults<'_>) -> Conditions {
    let mut unit = Vec::new();
    for text in &written.unit {
        match UNITS.iter().find(|kind| kind.name() == text.value) {
            Some(kind) => unit.push(*kind),
            None => {
                let hint = near_or_all(&text.value, &UNITS.map(Kind::name));
                faults.add("R012", text.place(), format!("`{}` is no unit", text.value), hint);
            }
        }
    }
    let may_be_missing = all.is_broken(|name| name == "themes.toml");
    let theme_list = |list: &[Text], faults: &mut Faults<'_>| {
        let mut found = Vec::new();
        for text in list {
            match themes.iter().position(|theme| theme.id == text.value) {
                Some(index) => found.push(index),
                None if may_be_missing => {}
                None => {
                    let hint = nearest(&text.value, themes.iter().map(|theme| theme.id.as_str()))
                        .map_or_else(|| "add it to themes.toml".to_owned(), |near| format!("did you mean `{near}`?"));
                    faults.add("R012", text.place(), format!("`{}` is no theme", text.value), hint);
                }
            }
        }
        found
    };
    let (theme, not_theme) = (theme_list(&written.theme, faults), theme_list(&written.not_theme, faults));
    Conditions {
        unit,
        theme,
        not_theme,
        heading: without_language(&written.heading, vocabulary, faults),
        not_heading: without_language(&written.not_heading, vocabulary, faults),
        first_article: written.first_article.is_some(),
        in_heading: written.in_heading.is_some(),
    }
}
