//! Compiles rules: one Aho-Corasick automaton over the literals of all phrases and patterns.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use super::load::Loaded;
use super::{Diagnostic, Matcher, Rulebook};

/// Compiles what was loaded.
///
/// # Errors
/// Only where the literals are too many for an automaton.
pub(super) fn compile(loaded: Loaded) -> Result<Rulebook, Vec<Diagnostic>> {
    let Loaded { rules, matchers, themes, sectors } = loaded;
    let mut literals: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let mut kept: Vec<Matcher> = Vec::with_capacity(matchers.len());
    for (matcher, found) in matchers {
        let index = u32::try_from(kept.len()).unwrap_or(u32::MAX);
        kept.push(matcher);
        for literal in found {
            literals.entry(literal).or_default().push(index);
        }
    }
    let (texts, matchers_of): (Vec<String>, Vec<Vec<u32>>) = literals.into_iter().unzip();
    let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&texts).map_err(|error| {
        vec![Diagnostic {
            code: "R014",
            file: "rules".into(),
            source: String::new(),
            span: 0..0,
            message: format!("the rules are too many for one automaton: {error}"),
            hint: "read fewer rule files".into(),
        }]
    })?;
    Ok(Rulebook { rules, matchers: kept, themes, sectors, automaton, matchers_of })
}
