//! The rows of the compliance table as they are written in `requirements.toml`: which clauses, with which force and place, and which
//! chapters make a row met, partly met or adverse. What they are asked of an agreement is the assessment's.

use std::ops::Range;

use serde::Serialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys;
use super::load::{code_or_family, force_of, near_or_all};
use super::table::{self, Faults, Table, Text};
use super::{FileKind, Force, Source};

/// A verdict on a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The agreement carries what the guidelines ask for.
    Met,
    /// It carries a part of it.
    Partly,
    /// A provision stands against it and nothing protects.
    Adverse,
    /// It carries nothing of the kind.
    Absent,
    /// The question does not arise, or cannot be judged from the file.
    NotApplicable,
}

impl Verdict {
    /// All verdicts, in the order of the codebook.
    pub const ALL: [Self; 5] = [Self::Met, Self::Partly, Self::Adverse, Self::Absent, Self::NotApplicable];

    /// The word in the outputs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Partly => "partly",
            Self::Adverse => "adverse",
            Self::Absent => "absent",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// Themes of the rows of the coverage matrix (codebook, "Coverage matrix").
pub(crate) const CHAPTER_THEMES: [&str; 8] =
    ["goods", "services", "investment", "persons", "digital", "procurement", "subsidies-competition", "ip"];

/// A row of the table, with the cases that decide it.
#[derive(Clone, Debug)]
pub struct RequirementRule {
    /// Name in small letters with hyphens.
    pub id: String,
    /// Paragraph of the guidelines.
    pub paragraph: String,
    /// Title of the row.
    pub title: String,
    /// The question that the row answers.
    pub ask: String,
    /// What is said where no case applies.
    pub absent: String,
    /// What would make the row met.
    pub missing: Option<String>,
    /// The same, naming the chapters from which culture is not taken out.
    pub missing_chapters: Option<String>,
    /// Themes of chapters that decide the row although the rest of the agreement is not in the file.
    pub judged_from: Vec<String>,
    /// Where the question arises; everywhere, if it is not said.
    pub applies: Option<Applies>,
    /// Clauses that stand against the row.
    pub against: Option<Against>,
    /// What is said beside "absent".
    pub aside: Vec<Aside>,
    /// The cases, in the order in which they are tried.
    pub cases: Vec<Case>,
}

impl RequirementRule {
    /// The themes of the chapters that its cases ask for.
    #[must_use]
    pub fn themes(&self) -> Vec<String> {
        self.cases.iter().filter_map(|case| case.chapters.as_ref()).flat_map(|chapters| chapters.themes.iter().cloned()).collect()
    }
}

/// Where a question arises.
#[derive(Clone, Debug)]
pub struct Applies {
    /// Codes, one of which must be there …
    pub codes: Vec<String>,
    /// … or a chapter with one of these themes.
    pub themes: Vec<String>,
    /// What is said where the question does not arise.
    pub otherwise: String,
}

/// Clauses that stand against a row.
#[derive(Clone, Debug)]
pub struct Against {
    /// Codes, one of which they have.
    pub codes: Vec<String>,
    /// What is said where a case applies all the same.
    pub beside: String,
    /// What is said where no case applies.
    pub alone: String,
    /// What is said beside "met" where there is none.
    pub none: Option<String>,
}

/// Words beside "absent".
#[derive(Clone, Debug)]
pub struct Aside {
    /// The clauses that are named.
    pub clauses: Vec<Selector>,
    /// What is said of them.
    pub says: String,
}

/// A case.
#[derive(Clone, Debug)]
pub struct Case {
    /// The verdict where it applies.
    pub verdict: Verdict,
    /// Clauses, one of which must be there.
    pub clauses: Vec<Selector>,
    /// Clauses that are named beside them.
    pub beside: Vec<Selector>,
    /// Chapters of which culture must be taken out.
    pub chapters: Option<Chapters>,
    /// One sentence why.
    pub because: String,
    /// What would make the row met, where it is something else than for the row.
    pub missing: Option<String>,
    /// Whether clauses against the row are not named beside this case.
    pub unopposed: bool,
}

/// Which clauses count.
#[derive(Clone, Debug)]
pub struct Selector {
    /// Codes; one that ends with a full stop is a family.
    pub codes: Vec<String>,
    /// Forces; any, if empty.
    pub forces: Vec<Force>,
    /// Where they stand.
    pub place: Option<Place>,
    /// Only reservations for measures of the future.
    pub future: bool,
    /// Only clauses that protect all parties.
    pub all_parties: bool,
    /// Clauses that draw the border of a telecommunications chapter count as well (codebook, convention 0).
    pub borders: bool,
}

/// Where a clause stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In articles, annexes, protocols.
    Operative,
    /// In the preamble.
    Preamble,
}

/// Chapters of which culture must be taken out.
#[derive(Clone, Debug)]
pub struct Chapters {
    /// Themes of the chapters.
    pub themes: Vec<String>,
    /// As a whole, or in part.
    pub whole: bool,
    /// Every chapter of these themes, or any.
    pub every: bool,
}

/// Reads the rows that the sources hold.
pub(super) fn load(sources: &[Source], faults: &mut Faults<'_>) -> Vec<RequirementRule> {
    let mut found: Vec<RequirementRule> = Vec::new();
    for (file, source) in sources.iter().enumerate().filter(|(_, source)| FileKind::of(&source.name) == FileKind::Requirements) {
        // What is no TOML is reported where the rules are read.
        let (root, _) = DeTable::parse_recoverable(&source.text);
        for entry in table::tables(root.get_ref(), file, "requirement", keys::REQUIREMENT, faults) {
            if let Some((id, rule)) = requirement(&entry, faults) {
                if found.iter().any(|known| known.id == rule.id) {
                    faults.add("R006", id.place(), format!("the id `{}` stands twice", rule.id), "choose another");
                }
                found.push(rule);
            }
        }
    }
    found
}

fn requirement(entry: &Table<'_, '_>, faults: &mut Faults<'_>) -> Option<(Text, RequirementRule)> {
    let id = entry.text("id", faults);
    let paragraph = entry.text("paragraph", faults);
    let title = entry.text("title", faults);
    let ask = entry.text("ask", faults);
    let absent = sentence(entry, "absent", faults);
    let missing = sentence(entry, "missing", faults);
    let missing_chapters = sentence(entry, "missing_chapters", faults);
    let judged_from = themes(entry, "judged_from", faults);
    let otherwise = sentence(entry, "not_applicable", faults);
    let applies = entry.table("applies", keys::APPLIES, faults).map(|applies| Applies {
        codes: codes(&applies, faults),
        themes: themes(&applies, "theme", faults),
        otherwise: otherwise.unwrap_or_default(),
    });
    let against = entry.table("against", keys::AGAINST, faults).and_then(|against| {
        let codes = codes(&against, faults);
        let (beside, alone) = (sentence(&against, "beside", faults), sentence(&against, "alone", faults));
        let none = sentence(&against, "none", faults);
        Some(Against { codes, beside: beside?, alone: alone?, none })
    });
    let mut aside = Vec::new();
    for inner in tables(entry, "aside", keys::ASIDE, faults) {
        let clauses = selectors(&inner, "clauses", faults);
        aside.extend(sentence(&inner, "says", faults).map(|says| Aside { clauses, says }));
    }
    let written = tables(entry, "case", keys::CASE, faults);
    if written.is_empty() && !entry.meant("case") {
        faults.add("R003", entry.place(), "the requirement has no case", "add `[[requirement.case]]` and below it `verdict = …`");
    }
    let cases = written.iter().filter_map(|inner| case(inner, faults)).collect();
    let id = id?;
    let rule = RequirementRule {
        id: id.value.clone(),
        paragraph: paragraph?.value,
        title: title?.value,
        ask: ask?.value,
        absent: absent?,
        missing,
        missing_chapters,
        judged_from,
        applies,
        against,
        aside,
        cases,
    };
    Some((id, rule))
}

fn case(entry: &Table<'_, '_>, faults: &mut Faults<'_>) -> Option<Case> {
    let written = entry.text("verdict", faults);
    let verdict = written.as_ref().and_then(|text| {
        // What is absent or does not arise is what is left when no case applies.
        let choices = [Verdict::Met, Verdict::Partly, Verdict::Adverse];
        let found = choices.into_iter().find(|verdict| verdict.name() == text.value);
        if found.is_none() {
            let hint = near_or_all(&text.value, &choices.map(Verdict::name));
            faults.add("R012", text.place(), format!("`{}` is no verdict of a case", text.value), hint);
        }
        found
    });
    let clauses = selectors(entry, "clauses", faults);
    let beside = selectors(entry, "beside", faults);
    let chapters = entry.table("chapters", keys::CHAPTERS, faults).map(|inner| Chapters {
        themes: themes(&inner, "theme", faults),
        whole: choice(&inner, "taken_out", ["partly", "yes"], faults),
        every: choice(&inner, "which", ["any", "every"], faults),
    });
    if clauses.is_empty() && chapters.is_none() && !entry.meant("clauses") && !entry.meant("chapters") {
        faults.add("R003", entry.place(), "the case asks for nothing", "add `clauses = { code = … }` or `chapters = { theme = … }`");
    }
    let because = sentence(entry, "because", faults);
    let missing = sentence(entry, "missing", faults);
    let unopposed = entry.flag("unopposed", faults).is_some();
    Some(Case { verdict: verdict?, clauses, beside, chapters, because: because?, missing, unopposed })
}

/// Whether a text is the second of two words; the first where it is not there.
fn choice(entry: &Table<'_, '_>, key: &str, words: [&'static str; 2], faults: &mut Faults<'_>) -> bool {
    let Some(text) = entry.text(key, faults) else { return false };
    if !words.contains(&text.value.as_str()) {
        faults.add("R012", text.place(), format!("`{}` is no value of `{key}`", text.value), format!("one of {}", words.join(", ")));
    }
    text.value == words[1]
}

fn codes(entry: &Table<'_, '_>, faults: &mut Faults<'_>) -> Vec<String> {
    entry.texts("code", faults).into_iter().filter_map(|text| code_or_family(&text, faults)).collect()
}

fn themes(entry: &Table<'_, '_>, key: &str, faults: &mut Faults<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for text in entry.texts(key, faults) {
        if CHAPTER_THEMES.contains(&text.value.as_str()) {
            found.push(text.value);
        } else {
            let hint = near_or_all(&text.value, &CHAPTER_THEMES);
            faults.add("R012", text.place(), format!("`{}` is no theme of the coverage matrix", text.value), hint);
        }
    }
    found
}

/// Selectors under a key: one table, or a list of them.
fn selectors(entry: &Table<'_, '_>, key: &str, faults: &mut Faults<'_>) -> Vec<Selector> {
    tables(entry, key, keys::CLAUSES, faults).iter().filter_map(|inner| selector(inner, faults)).collect()
}

fn selector(entry: &Table<'_, '_>, faults: &mut Faults<'_>) -> Option<Selector> {
    let known = entry.texts("code", faults);
    if known.is_empty() && !entry.meant("code") {
        faults.add("R003", entry.place(), "`code` is missing", "add `code = \"…\"`");
    }
    let codes: Vec<String> = known.iter().filter_map(|text| code_or_family(text, faults)).collect();
    let forces = entry.texts("force", faults).iter().filter_map(|text| force_of(text, faults)).collect();
    let place = entry.text("place", faults).and_then(|text| match text.value.as_str() {
        "operative" => Some(Place::Operative),
        "preamble" => Some(Place::Preamble),
        other => {
            faults.add("R012", text.place(), format!("`{other}` is no place"), "one of operative, preamble");
            None
        }
    });
    let future = choice(entry, "measures", ["any", "future"], faults);
    let all_parties = choice(entry, "party", ["any", "all"], faults);
    let borders = entry.flag("borders", faults).is_some();
    (!codes.is_empty()).then_some(Selector { codes, forces, place, future, all_parties, borders })
}

/// The tables under a key: a list of them, or one.
fn tables<'t, 'i>(entry: &Table<'t, 'i>, key: &str, known: &'static [keys::Key], faults: &mut Faults<'_>) -> Vec<Table<'t, 'i>> {
    let file = entry.place().0;
    let values: Vec<&'t Spanned<DeValue<'i>>> = entry.one_or_more(key);
    let mut found = Vec::new();
    for value in values {
        match value.get_ref() {
            DeValue::Table(inner) => found.push(Table::new(inner, (file, value.span()), known, faults)),
            _ => faults.add("R004", (file, value.span()), format!("`{key}` must be a table"), format!("write `{key} = {{ … }}`")),
        }
    }
    found
}

/// What may stand in braces in a sentence.
const FILLED_IN: [&str; 4] = ["clauses", "where", "chapters", "parties"];

/// A sentence, with what is wrong in its braces and brackets.
fn sentence(entry: &Table<'_, '_>, key: &str, faults: &mut Faults<'_>) -> Option<String> {
    let text = entry.text(key, faults)?;
    if let Some((part, message, hint)) = wrong_in(&text.value) {
        let place = text.place_of(part, faults.sources);
        faults.add("R016", place, message, hint);
    }
    Some(text.value)
}

/// The first thing that cannot be filled in.
fn wrong_in(sentence: &str) -> Option<(Range<usize>, String, String)> {
    for (open, close) in [('{', '}'), ('[', ']')] {
        let mut rest = 0;
        while let Some(at) = sentence[rest..].find(open).map(|at| rest + at) {
            let Some(end) = sentence[at..].find(close).map(|end| at + end) else {
                return Some((at..at + 1, format!("`{open}` is not closed"), format!("write `{close}` behind the word")));
            };
            let inner = &sentence[at + 1..end];
            if open == '{' && !FILLED_IN.contains(&inner) {
                let hint = near_or_all(inner, &FILLED_IN);
                return Some((at..end + 1, format!("`{{{inner}}}` is nothing that can be filled in"), hint));
            }
            if open == '[' && inner.split('|').count() != 2 {
                let hint = "write the word for one clause and that for several: `[takes|take]`";
                return Some((at..end + 1, format!("`[{inner}]` does not hold two words"), hint.to_owned()));
            }
            rest = end + 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::wrong_in;

    #[test]
    fn sentences_are_checked() {
        assert!(wrong_in("{clauses} [takes|take] culture out, {where}.").is_none());
        for (wrong, said) in [
            ("{clause} takes", "did you mean `clauses`?"),
            ("{clauses takes", "write `}` behind the word"),
            ("[takes] out", "write the word for one clause and that for several: `[takes|take]`"),
        ] {
            assert_eq!(wrong_in(wrong).map(|(_, _, hint)| hint).as_deref(), Some(said), "{wrong}");
        }
    }
}
