//! What the rules make of a few words: which fire, and of those that do not what is missing. Matching is that of the scan; here it
//! is asked element by element.

use super::fold::Folded;
use super::nearest::{self, Miss};
use super::provision::ReadProvision;
use super::verify::Reading;
use super::{Scanner, Themes, matches_of_pattern};
use crate::document::{self, Language, ReadError};
use crate::rules::phrase::Node;
use crate::rules::vocabulary::Vocabulary;
use crate::rules::written::{Phrase, Written, WrittenRule};
use crate::rules::{Force, Form, Rule, Rulebook, describe};
use crate::structure::{Agreement, Kind};
use crate::text::one_line;

/// The words that are tried, and where they stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Setting {
    pub text: String,
    /// Heading of the chapter; where neither it nor the heading of the article is given, conditions of place are assumed to hold.
    pub chapter: Option<String>,
    /// Heading of the article.
    pub heading: Option<String>,
    /// The words stand in the preamble.
    pub recital: bool,
    /// Their language, where it is not to be detected.
    pub language: Option<Language>,
}

/// A rule that finds something.
#[derive(Clone, Debug)]
pub(crate) struct Fired {
    pub rule: usize,
    pub force: Force,
    /// The decisive words, on one line.
    pub quote: String,
    /// Conditions of place that were assumed to hold.
    pub assumed: Vec<String>,
    /// Whether the words alone hardly tell anything, so that the place decides.
    pub weak: bool,
}

/// A rule that finds nothing, with what is missing.
#[derive(Clone, Debug)]
pub(crate) struct Near {
    pub rule: usize,
    /// From 0 (nothing of it stands here) to 1 (all words stand here, and something else keeps it silent).
    pub nearness: f64,
    /// What is missing, in sentences.
    pub because: Vec<String>,
}

/// What became of all rules.
#[derive(Clone, Debug)]
pub(crate) struct Trace {
    /// In the order of the rules.
    pub fired: Vec<Fired>,
    /// The nearest first.
    pub near: Vec<Near>,
}

/// The rules with the files that they come from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Book<'b> {
    pub rulebook: &'b Rulebook,
    pub written: &'b Written<'b>,
    pub vocabulary: &'b Vocabulary,
}

/// Tries the rules for which `wanted` holds.
///
/// # Errors
/// Where the words are no text.
pub(crate) fn trace(setting: &Setting, book: Book<'_>, wanted: impl Fn(&Rule) -> bool) -> Result<Trace, ReadError> {
    let heading = |heading: &Option<String>| heading.clone().unwrap_or_else(|| "Provisions".into());
    let article = format!("CHAPTER 1\n{}\n\nArticle 1.1\n{}\n\n{}\n", heading(&setting.chapter), heading(&setting.heading), setting.text);
    let preamble = format!("AGREEMENT\n\nPREAMBLE\n\nThe Parties,\n{}\n\nArticle 1\nScope\nNone.\n", setting.text);
    let language = setting.language.unwrap_or_else(|| document::of_few_words(&setting.text));
    let placed = setting.chapter.is_some() || setting.heading.is_some();
    let read = |text: &str| {
        document::read(text.as_bytes()).map(|mut document| {
            document.language = language;
            Agreement::new(document)
        })
    };
    let mut trace = Trace { fired: Vec::new(), near: Vec::new() };
    // Rules on recitals look at the words as a recital, unless they were placed elsewhere.
    for (agreement, in_preamble) in [(read(&article)?, false), (read(&preamble)?, true)] {
        let folded = Folded::new(&agreement.document.text, &agreement.document.asides, &book.rulebook.compiled.lexicon);
        let themes = Themes::new(&agreement, book.rulebook, &folded);
        let scanner = Scanner::new(&agreement, book.rulebook, &folded, &themes, placed);
        let looked_at = (0..agreement.provisions.len()).filter(|&at| scanner.is_scanned(at));
        let provisions = looked_at.map(|at| (at, ReadProvision::new(&scanner, at, &scanner.chapeaux(at)))).collect();
        let tracer = Tracer { scanner: &scanner, provisions, book, language };
        for (index, rule) in book.rulebook.rules.iter().enumerate().filter(|(_, rule)| wanted(rule)) {
            let of_recitals = rule.conditions.unit.iter().any(|kind| matches!(kind, Kind::Recital | Kind::Preamble));
            if in_preamble != (setting.recital || of_recitals && !placed) {
                continue;
            }
            let Some(written) = book.written.rules.iter().find(|written| written.id.as_ref().is_some_and(|id| id.value == rule.id)) else {
                continue;
            };
            match tracer.rule(index, rule, written) {
                Ok(fired) => trace.fired.push(fired),
                Err(near) => trace.near.push(near),
            }
        }
    }
    trace.fired.sort_by_key(|fired| fired.rule);
    trace.near.sort_by(|one, other| other.nearness.total_cmp(&one.nearness).then(one.rule.cmp(&other.rule)));
    Ok(trace)
}

struct Tracer<'t, 'a> {
    scanner: &'t Scanner<'a>,
    /// The provisions that are looked at, with their indexes.
    provisions: Vec<(usize, ReadProvision<'a>)>,
    book: Book<'t>,
    language: Language,
}

impl Tracer<'_, '_> {
    /// The rule on every provision of the words; the best that became of it.
    fn rule(&self, index: usize, rule: &Rule, written: &WrittenRule) -> Result<Fired, Near> {
        let mut best = Near { rule: index, nearness: 0.0, because: vec!["none of its words stands here".to_owned()] };
        for &(at, ref read) in &self.provisions {
            match self.at(index, rule, written, (at, read)) {
                Ok(fired) => return Ok(fired),
                Err(near) if near.nearness > best.nearness => best = near,
                Err(_) => {}
            }
        }
        Err(best)
    }

    fn at(&self, index: usize, rule: &Rule, written: &WrittenRule, (at, read): (usize, &ReadProvision<'_>)) -> Result<Fired, Near> {
        let scanner = self.scanner;
        let in_heading = rule.conditions.in_heading;
        let (place, floor) = read.place(in_heading);
        let (reading, heading) = (&read.reading, in_heading.then(|| read.heading()));
        let mut nearest = Near { rule: index, nearness: 0.0, because: vec!["none of its words stands here".to_owned()] };
        for (phrase, language, nodes) in self.said(written) {
            let found = place.matches(&scanner.rulebook.compiled.lexicon.phrase(&nodes)).find(|&(_, end)| end > floor);
            let Some((start, end)) = found else {
                let context =
                    nearest::Context { scanner, reading: place, written: self.book.written, vocabulary: self.book.vocabulary, language };
                if let Some(Miss { nearness, because }) =
                    nearest::miss(&phrase.text.value, &context).filter(|miss| miss.nearness > nearest.nearness)
                {
                    nearest = Near { rule: index, nearness, because: vec![because] };
                }
                continue;
            };
            let weak = crate::rules::lint::speed::common_literal(&nodes).is_some();
            match self.silenced(index, written, at, language, reading, heading) {
                because if because.is_empty() => return Ok(self.fired(index, rule, written, at, (start, end, floor, place), weak)),
                because => {
                    let words = nearest::words(scanner, place, start, end);
                    let mut all = vec![format!("its words “{words}” stand here")];
                    all.extend(because);
                    let nearness = if weak { 0.3 } else { 1.0 };
                    if nearness > nearest.nearness {
                        nearest = Near { rule: index, nearness, because: all };
                    }
                }
            }
        }
        for matcher in scanner.rulebook.matchers.iter().filter(|matcher| matcher.rule == index && matches!(matcher.form, Form::Pattern(_)))
        {
            let Some((start, end)) = matches_of_pattern(matcher, place).into_iter().find(|&(_, end)| end > floor) else { continue };
            let because = self.silenced(index, written, at, self.language, reading, heading);
            if because.is_empty() {
                return Ok(self.fired(index, rule, written, at, (start, end, floor, place), false));
            }
            nearest = Near { rule: index, nearness: 1.0, because };
        }
        Err(nearest)
    }

    /// The phrases of a rule in the language of the words, filled in.
    fn said<'w>(&self, rule: &'w WrittenRule) -> Vec<(&'w Phrase, Language, Vec<Node>)> {
        self.filled(&rule.say, self.language)
    }

    /// Phrases that count beside a language, filled in; every phrase beside a language without rules.
    fn filled<'w>(&self, list: &'w [Phrase], wanted: Language) -> Vec<(&'w Phrase, Language, Vec<Node>)> {
        let vocabulary = self.book.vocabulary;
        list.iter()
            .flat_map(|phrase| vocabulary.languages_of(phrase).into_iter().map(move |language| (phrase, language)))
            .filter(|(_, language)| wanted == Language::Other || *language == wanted)
            .filter_map(|(phrase, language)| Some((phrase, language, vocabulary.fill(&phrase.nodes, language).ok()?)))
            .collect()
    }

    /// Why a rule is silent although its words stand here; empty where it fires.
    fn silenced(
        &self,
        index: usize,
        written: &WrittenRule,
        at: usize,
        language: Language,
        reading: &Reading<'_>,
        heading: Option<&Reading<'_>>,
    ) -> Vec<String> {
        let scanner = self.scanner;
        let conditions = &scanner.rulebook.rules[index].conditions;
        let compiled = |nodes: &[Node]| scanner.rulebook.compiled.lexicon.phrase(nodes);
        let kind = scanner.agreement.provisions[at].kind;
        let mut because = Vec::new();
        if !conditions.unit.is_empty() && !conditions.unit.contains(&kind) {
            let wanted: Vec<&str> = conditions.unit.iter().map(|kind| kind.name()).collect();
            because.push(format!(
                "it looks at provisions of the kind {} only, and this is of the kind {}",
                describe::one_of(&wanted),
                kind.name()
            ));
        }
        for (phrase, _, nodes) in self.filled(&written.unless, language) {
            let nodes = compiled(&nodes);
            if reading.holds(&nodes) || heading.is_some_and(|heading| heading.holds(&nodes)) {
                because.push(format!("`unless` silences it: ‘{}’ stands here", phrase.text.value));
            }
        }
        let with = self.filled(&written.with, language);
        if !with.is_empty() && !scanner.article_holds(at, with.iter().map(|(.., nodes)| compiled(nodes)).collect::<Vec<_>>().iter()) {
            let wanted: Vec<String> = with.iter().map(|(phrase, ..)| format!("‘{}’", phrase.text.value)).collect();
            let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
            because.push(format!("`with` is missing: nowhere in the article stands {}", describe::one_of(&wanted)));
        }
        if scanner.placed {
            because.extend(self.misplaced(index, written, at));
        }
        because
    }

    /// The conditions of place that are not met.
    fn misplaced(&self, index: usize, written: &WrittenRule, at: usize) -> Vec<String> {
        let scanner = self.scanner;
        let conditions = &scanner.rulebook.rules[index].conditions;
        let phrases = &scanner.rulebook.compiled.rules[index];
        let themes = scanner.themes.of(at);
        let named: Vec<&str> =
            themes.iter().filter_map(|theme| scanner.rulebook.themes.get(theme)).map(|theme| theme.id.as_str()).collect();
        let here =
            if named.is_empty() { "its headings show no theme".to_owned() } else { format!("its headings show {}", named.join(", ")) };
        let name = |theme: &usize| scanner.rulebook.themes.get(*theme).map_or("", |theme| theme.id.as_str());
        let mut because = Vec::new();
        if !conditions.theme.is_empty() && !conditions.theme.iter().any(|&theme| themes.has(theme)) {
            let wanted: Vec<&str> = conditions.theme.iter().map(name).collect();
            because.push(format!("it asks for the theme {}; {here}", describe::one_of(&wanted)));
        }
        if let Some(theme) = conditions.not_theme.iter().find(|&&theme| themes.has(theme)) {
            because.push(format!("it does not look in chapters with the theme {}; {here}", name(theme)));
        }
        if !conditions.heading.is_empty() && !scanner.heading_holds(at, index, true, &phrases.heading) {
            let wanted: Vec<String> = written.conditions.heading.iter().map(|phrase| format!("‘{}’", phrase.text.value)).collect();
            let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
            because.push(format!("no heading around it has {}", describe::one_of(&wanted)));
        }
        if !conditions.not_heading.is_empty() && scanner.heading_holds(at, index, false, &phrases.not_heading) {
            because.push("a heading around it has words that `not_heading` excludes".to_owned());
        }
        if conditions.first_article && !scanner.first_articles[at] {
            because.push("it looks in the first article of a chapter only".to_owned());
        }
        because
    }

    fn fired(
        &self,
        index: usize,
        rule: &Rule,
        written: &WrittenRule,
        at: usize,
        (start, end, floor, place): (usize, usize, usize, &Reading<'_>),
        weak: bool,
    ) -> Fired {
        let scanner = self.scanner;
        let body = &scanner.bodies[at];
        let limits = if rule.conditions.in_heading { body.heading.clone() } else { body.words.clone() };
        let own = start.max(floor) - floor + limits.start..end - floor + limits.start;
        let span = scanner.clause(&own, &limits);
        let mut assumed = Vec::new();
        if !scanner.placed && rule.conditions.depend_on_place() {
            assumed = describe::place(written);
        }
        let quote = one_line(span.of(&scanner.agreement.document.text));
        Fired { rule: index, force: scanner.force(rule, at, place, start, end), quote, assumed, weak }
    }
}

#[cfg(test)]
mod tests {
    use super::{Book, Setting, trace};
    use crate::rules::table::Faults;
    use crate::rules::vocabulary::Vocabulary;
    use crate::rules::written::Written;
    use crate::rules::{Expect, Rulebook, built_in};

    /// What a trace says of an example is what the scan finds: the two must not drift apart.
    #[test]
    fn a_trace_agrees_with_the_examples_of_the_rules() {
        let sources = built_in();
        let rulebook = Rulebook::from_sources(&sources).expect("the rules are checked by tests");
        let (written, found) = Written::read(&sources);
        let vocabulary = Vocabulary::new(&written, &mut Faults { sources: &sources, found });
        let book = Book { rulebook: &rulebook, written: &written, vocabulary: &vocabulary };
        let mut tried = 0;
        for rule in &rulebook.rules {
            for example in rule.examples.iter().filter(|example| example.expect != Expect::Todo) {
                let setting = Setting {
                    text: example.text.clone(),
                    chapter: example.chapter.clone(),
                    heading: example.heading.clone(),
                    ..Setting::default()
                };
                let trace = trace(&setting, book, |other| other.id == rule.id).expect("a text");
                let wanted = example.expect == Expect::Fires;
                assert_eq!(!trace.fired.is_empty(), wanted, "{}: {}: {:?}", rule.id, example.text, trace.near);
                assert_eq!(trace.near.len() + trace.fired.len(), 1);
                assert!(trace.near.iter().all(|near| !near.because.is_empty()));
                tried += 1;
            }
        }
        assert!(tried > 100);
    }
}
