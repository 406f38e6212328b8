//! Compiles rules: one Aho-Corasick automaton over the literals of all phrases and patterns, and all phrases by the numbers of
//! their words.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::lexicon::{Lexicon, Phrase};
use super::load::Loaded;
use super::phrase::Node;
use super::{Diagnostic, Form, Language, Matcher, Named, Rulebook};

/// Most literals for which the automaton is a table of all its states, which is the fastest and takes the most memory: some
/// kilobytes for each literal.
const MAX_TABLE: usize = 20_000;

/// What the scan works with, beside the rules as they are written.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// The words of all phrases.
    pub lexicon: Lexicon,
    /// All literals in one automaton, over the folded text.
    pub automaton: AhoCorasick,
    /// For every literal of the automaton the matchers that need it.
    pub matchers_of: Vec<Vec<u32>>,
    /// The phrases of the matchers; `None` for patterns.
    pub matchers: Vec<Option<Phrase>>,
    /// Of each rule what else it asks for.
    pub rules: Vec<CompiledRule>,
    /// Themes of chapters.
    pub themes: Vec<CompiledNamed>,
    /// Sectors of culture.
    pub sectors: Vec<CompiledNamed>,
    /// Conditions of clauses.
    pub conditions: Vec<CompiledNamed>,
}

/// Phrases, each with its language.
pub(crate) type InLanguage = Vec<(Option<Language>, Phrase)>;

/// The phrases of a rule beside those that it looks for.
#[derive(Debug)]
pub(crate) struct CompiledRule {
    pub with: InLanguage,
    pub unless: InLanguage,
    pub heading: Vec<Phrase>,
    pub not_heading: Vec<Phrase>,
}

/// The phrases of a theme, sector or condition.
#[derive(Debug)]
pub(crate) struct CompiledNamed {
    pub say: Vec<Phrase>,
    pub unless: Vec<Phrase>,
}

/// Compiles what was loaded.
///
/// # Errors
/// Only where the literals are too many for an automaton.
pub(super) fn compile(loaded: Loaded) -> Result<Rulebook, Vec<Diagnostic>> {
    let Loaded { rules, matchers, themes, sectors, conditions, requirements, parties } = loaded;
    let mut literals: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let mut kept: Vec<Matcher> = Vec::with_capacity(matchers.len());
    for (matcher, found) in matchers {
        let index = u32::try_from(kept.len()).unwrap_or(u32::MAX);
        kept.push(matcher);
        for literal in found {
            literals.entry(literal).or_default().push(index);
        }
    }
    let (literals, matchers_of): (Vec<String>, Vec<Vec<u32>>) = literals.into_iter().unzip();
    let kind = (literals.len() <= MAX_TABLE).then_some(AhoCorasickKind::DFA);
    let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).kind(kind).build(&literals).map_err(|error| {
        vec![Diagnostic {
            code: "R014",
            file: "rules".into(),
            source: String::new(),
            span: 0..0,
            message: format!("the rules are too many for one automaton: {error}"),
            hint: "read fewer rule files".into(),
        }]
    })?;
    let mut lexicon = Lexicon::default();
    let matchers = kept
        .iter()
        .map(|matcher| match &matcher.form {
            Form::Phrase(nodes) => Some(lexicon.compile(nodes)),
            Form::Pattern(_) => None,
        })
        .collect();
    let compiled_rules = rules
        .iter()
        .map(|rule| CompiledRule {
            with: in_language(&mut lexicon, &rule.with),
            unless: in_language(&mut lexicon, &rule.unless),
            heading: all(&mut lexicon, &rule.conditions.heading),
            not_heading: all(&mut lexicon, &rule.conditions.not_heading),
        })
        .collect();
    let compiled = Compiled {
        matchers,
        rules: compiled_rules,
        themes: named(&mut lexicon, &themes),
        sectors: named(&mut lexicon, &sectors),
        conditions: named(&mut lexicon, &conditions),
        lexicon,
        automaton,
        matchers_of,
    };
    Ok(Rulebook { rules, matchers: kept, themes, sectors, conditions, requirements, parties, literals, compiled })
}

fn all(lexicon: &mut Lexicon, phrases: &[Vec<Node>]) -> Vec<Phrase> {
    phrases.iter().map(|nodes| lexicon.compile(nodes)).collect()
}

fn in_language(lexicon: &mut Lexicon, phrases: &[(Option<Language>, Vec<Node>)]) -> InLanguage {
    phrases.iter().map(|(language, nodes)| (*language, lexicon.compile(nodes))).collect()
}

fn named(lexicon: &mut Lexicon, list: &[Named]) -> Vec<CompiledNamed> {
    list.iter().map(|named| CompiledNamed { say: all(lexicon, &named.say), unless: all(lexicon, &named.unless) }).collect()
}
