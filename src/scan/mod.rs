//! Agreement × rulebook → findings: one pass for all literals, then every phrase is verified on the provision where a
//! literal stands, read with its lead-ins.
//!
//! A provision is a leaf of the tree with the chapeaux of its ancestors before it, so that a phrase may begin in "This
//! Chapter does not apply to:" and end in item (b); the finding is cited at the item. This room knows nothing of verdicts.

mod conditions;
mod draft;
mod examples;
mod fold;
mod force;
mod force_words;
mod nearest;
mod provision;
mod terms;
mod themes;
pub(crate) mod trace;
mod tracked;
mod verify;

pub use conditions::Condition;
pub use draft::Draft;
pub use examples::{ExampleResult, run_examples};
pub use themes::{ThemeSet, Themes};
pub use tracked::match_readings;

use std::cell::RefCell;
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::document::{Language, Span};
use crate::rules::lexicon::Phrase;
use crate::rules::{Force, Form, InLanguage, Matcher, Rule, Rulebook};
use crate::structure::{Agreement, Drafting, Kind};
use crate::text::one_line;
use fold::{Folded, STOP};
use provision::ReadProvision;
use verify::Reading;

/// A provision that carries a code.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// `f1`, `f2` … in the order of the text; `d1` … for clauses that are struck out of a draft.
    pub id: String,
    /// Code of the codebook.
    pub code: &'static str,
    /// The rule that found it.
    pub rule: String,
    /// Stable id of the provision.
    pub provision: String,
    /// How a lawyer cites the provision.
    pub citation: String,
    /// Identifier of the enclosing article in the source, where it has one.
    pub source_id: Option<String>,
    /// The decisive words: `text[span]`, white space as in the text. Of a clause that is struck out, the words as they were.
    pub quote: String,
    /// The words of the chapeau that the provision is read with, where the rule needed them.
    pub lead_in: Option<String>,
    /// Place of the quote in the normalised text (as proposed, where changes are tracked), in bytes; empty, at the place
    /// where they stood, for words that are struck out.
    pub span: Span,
    /// Page of the quote, from 1, where the source has pages.
    pub page: Option<u32>,
    /// Language of the words.
    pub language: Language,
    /// How strongly it binds.
    pub force: Force,
    /// Ids of the provisions that it covers; `agreement` for the whole.
    pub reach: Vec<String>,
    /// How its reach was resolved, with the words that name it.
    pub reach_because: String,
    /// Ids of the provisions that its own exceptions leave bound ("except as provided in Article 2.4").
    pub excepted: Vec<String>,
    /// Under which conditions it holds.
    pub conditions: Vec<Condition>,
    /// Citation of the clause that lets the other Party answer what this clause allows; shown, it changes no verdict.
    pub retaliation: Option<String>,
    /// Citation of the provision that takes it out of dispute settlement; `null` where none does.
    pub outside_dispute_settlement: Option<String>,
    /// Sectors of culture that it names.
    pub sectors: Vec<String>,
    /// The party that it protects, where it protects one only.
    pub party: Option<String>,
    /// What the draft says of the words; `null` outside drafts and for agreed words.
    pub draft: Option<Draft>,
    /// Index of the provision in the tree.
    #[serde(skip)]
    pub index: usize,
    /// Indexes of the provisions that it covers, as [`Finding::reach`].
    #[serde(skip)]
    pub reach_nodes: Vec<usize>,
    /// The phrase or pattern that matched, as it is written in the rule file; `None` where a defined name did.
    #[serde(skip)]
    pub phrase: Option<String>,
    /// The provisions that it covers, as [`Finding::reach`], by heading or citation.
    #[serde(skip)]
    pub reach_names: Vec<String>,
    /// Indexes of the provisions that its own exceptions leave bound, as [`Finding::excepted`].
    #[serde(skip)]
    pub excepted_nodes: Vec<usize>,
    /// Of a clause that sends supply by electronic means to other rules, the chapters that it names; empty where it names none.
    #[serde(skip)]
    pub sent_to: Vec<usize>,
}

impl Finding {
    /// Whether its words are agreed: neither bracketed nor brought in or struck out by a tracked change. What is only moved is.
    #[must_use]
    pub fn is_agreed(&self) -> bool {
        self.draft.as_ref().is_none_or(|draft| draft.status == "moved")
    }

    /// Whether its words count: agreed ones or, with `proposals`, all that are not struck out.
    #[must_use]
    pub fn counts(&self, proposals: bool) -> bool {
        if proposals { self.draft.as_ref().is_none_or(|draft| draft.status != "deleted") } else { self.is_agreed() }
    }
}

/// The findings of an agreement with what the assessment needs beside them.
#[derive(Debug)]
pub struct Scan {
    /// In the order of the text; reach, party and what stands against a clause are empty until they are assessed.
    pub findings: Vec<Finding>,
    /// Themes of every provision.
    pub themes: Themes,
}

/// Most words of a chapeau that are read before a provision: treaties use fewer, and the time stays linear.
const MAX_LEAD: usize = 120;
/// Words that are shown on either side of the matched ones, inside the clause.
const QUOTE_MARGIN: usize = 14;

/// Scans an agreement.
///
/// # Example
/// ```
/// use clausula::{document, rules::Rulebook, scan, structure::Agreement};
/// let text = b"CHAPTER 8\nSERVICES\nArticle 8.1\nScope\n1. This Chapter does not apply to:\n(a) air services; or\n(b) audio-visual services.\n";
/// let agreement = Agreement::new(document::read(text)?);
/// let scan = scan::scan(&agreement, &Rulebook::embedded().expect("checked rules"));
/// let finding = scan.findings.iter().find(|finding| finding.code == "exclude.sector").expect("the exclusion");
/// assert_eq!(finding.citation, "Art. 8.1(1)(b)");
/// # Ok::<(), clausula::document::ReadError>(())
/// ```
#[must_use]
pub fn scan(agreement: &Agreement, rulebook: &Rulebook) -> Scan {
    scan_with(agreement, rulebook, true)
}

/// The themes of the provisions alone, without looking for clauses.
///
/// # Example
/// ```
/// use clausula::{document, rules::Rulebook, scan, structure::Agreement};
/// let text = b"CHAPTER 8\nDIGITAL TRADE\nArticle 8.1\nScope\nThis Chapter applies.\n";
/// let agreement = Agreement::new(document::read(text)?);
/// let rulebook = Rulebook::embedded().expect("checked rules");
/// let themes = scan::themes(&agreement, &rulebook);
/// let names: Vec<&str> = themes.own(1).iter().map(|theme| rulebook.themes[theme].id.as_str()).collect();
/// assert_eq!(names, ["digital"]);
/// # Ok::<(), clausula::document::ReadError>(())
/// ```
#[must_use]
pub fn themes(agreement: &Agreement, rulebook: &Rulebook) -> Themes {
    Themes::new(agreement, rulebook, &Folded::new(&agreement.document.text, &agreement.document.asides, &rulebook.compiled.lexicon))
}

/// Scans with or without the conditions of place (chapter, heading), which examples of a few words cannot meet.
fn scan_with(agreement: &Agreement, rulebook: &Rulebook, placed: bool) -> Scan {
    let document = &agreement.document;
    let folded = Folded::new(&document.text, &document.asides, &rulebook.compiled.lexicon);
    let themes = Themes::new(agreement, rulebook, &folded);
    let scanner = Scanner::new(agreement, rulebook, &folded, &themes, placed);
    let candidates = scanner.candidates();
    let drafting = agreement.drafting();
    let mut found: Vec<Found> = Vec::new();
    for (index, own) in candidates.iter().enumerate() {
        scanner.provision(index, own, &candidates, &mut found);
    }
    let mut findings: Vec<Finding> = found.iter().map(|found| scanner.finding(found, &drafting)).collect();
    terms::later_uses(agreement, &folded, &mut findings, |index| scanner.is_scanned(index));
    keep_opening_of_protocols(agreement, &mut findings);
    findings.sort_by(|one, other| (one.span.start, one.code).cmp(&(other.span.start, other.code)));
    for (number, finding) in (1..).zip(findings.iter_mut()) {
        finding.id = format!("f{number}");
    }
    Scan { findings, themes }
}

/// A protocol or chapter on culture is reported once, at its opening (codebook, convention 2), not at every paragraph of its first article.
fn keep_opening_of_protocols(agreement: &Agreement, findings: &mut Vec<Finding>) {
    let mut seen = std::collections::HashSet::new();
    findings.retain(|finding| finding.code != "protocol.culture" || seen.insert(agreement.article_of(finding.index)));
}

/// Each number once, in order.
fn tidy(list: &mut Vec<u32>) {
    list.sort_unstable();
    list.dedup();
}

/// The tokens of every provision's heading and of its own words below the heading.
struct Body {
    heading: Range<usize>,
    words: Range<usize>,
}

fn bodies(agreement: &Agreement, folded: &Folded) -> Vec<Body> {
    agreement
        .provisions
        .iter()
        .map(|provision| Body {
            heading: folded.range(Span::new(provision.own.start, provision.head_end)),
            words: folded.range(Span::new(provision.head_end, provision.own.end)),
        })
        .collect()
}

/// Whether each provision is in the first article of its group.
fn first_articles(agreement: &Agreement) -> Vec<bool> {
    let mut first = vec![false; agreement.provisions.len()];
    let mut opened = std::collections::HashSet::new();
    for (index, provision) in agreement.provisions.iter().enumerate() {
        let parent = provision.parent.unwrap_or(0);
        first[index] = match provision.kind {
            Kind::Article => opened.insert(parent),
            _ => first[parent],
        };
    }
    first
}

/// A rule that matched.
struct Found {
    index: usize,
    matcher: usize,
    /// Tokens of the match in the provision's own words.
    own: Range<usize>,
    /// Tokens of the match in the lead-ins.
    lead: Option<Range<usize>>,
    force: Force,
}

struct Scanner<'a> {
    agreement: &'a Agreement,
    rulebook: &'a Rulebook,
    folded: &'a Folded,
    themes: &'a Themes,
    bodies: Vec<Body>,
    first_articles: Vec<bool>,
    placed: bool,
    /// The words of the article that was asked for last, with where they stand.
    article: RefCell<Option<(usize, Range<usize>, Reading<'a>)>>,
    /// Whether the heading of a node holds a phrase that a rule asks for (`true`) or shuts out, once it was asked for.
    headings: RefCell<FxHashMap<(usize, usize, bool), bool>>,
}

impl<'a> Scanner<'a> {
    fn new(agreement: &'a Agreement, rulebook: &'a Rulebook, folded: &'a Folded, themes: &'a Themes, placed: bool) -> Self {
        Self {
            agreement,
            rulebook,
            folded,
            themes,
            bodies: bodies(agreement, folded),
            first_articles: first_articles(agreement),
            placed,
            article: RefCell::new(None),
            headings: RefCell::new(FxHashMap::default()),
        }
    }

    /// Whether the words of a node are looked at: not those of a title page, a table of contents, signatures.
    fn is_scanned(&self, index: usize) -> bool {
        !matches!(self.agreement.provisions[index].kind, Kind::Front | Kind::Contents | Kind::Signature)
    }

    /// For every provision the matchers of which a literal stands in its own words.
    fn candidates(&self) -> Vec<Vec<u32>> {
        let mut candidates: Vec<Vec<u32>> = vec![Vec::new(); self.agreement.provisions.len()];
        let (mut current, mut token) = (0, 0);
        for hit in self.rulebook.compiled.automaton.find_overlapping_iter(&self.folded.text) {
            // A literal begins with the space before its first word.
            token = self.folded.token_at(hit.start() + 1, token);
            let Some(source) = self.folded.tokens.get(token).map(|token| token.source.start) else { continue };
            let provisions = &self.agreement.provisions;
            if !provisions[current].own.contains(source) {
                current = self.agreement.at(source);
            }
            let list = &mut candidates[current];
            list.extend(&self.rulebook.compiled.matchers_of[hit.pattern().as_usize()]);
            // A text without provisions has all its hits in one list, a few matchers over and over.
            if list.len() > 8 * self.rulebook.matchers.len() {
                tidy(list);
            }
        }
        candidates.iter_mut().for_each(tidy);
        candidates
    }

    /// Whether a phrase is in the language of the text. Texts in other languages are tried with every phrase.
    fn speaks(&self, matcher: &Matcher) -> bool {
        let language = self.agreement.document.language;
        language == Language::Other || matcher.language.is_none_or(|own| own == language)
    }

    /// The ancestors whose chapeaux are read before a provision, outermost first.
    fn chapeaux(&self, index: usize) -> Vec<usize> {
        let provisions = &self.agreement.provisions;
        if !matches!(provisions[index].kind, Kind::Paragraph | Kind::Item | Kind::Continuation) {
            return Vec::new();
        }
        let mut chain: Vec<usize> =
            self.agreement.lineage(index).skip(1).take_while(|&at| !provisions[at].kind.is_group() && at > 0).collect();
        chain.reverse();
        chain
    }

    /// The words of a chapeau that go on in its items: its last sentence.
    fn lead_of(&self, index: usize) -> Range<usize> {
        let mut words = self.bodies[index].words.clone();
        while words.end > words.start && self.folded.word(words.end - 1) == STOP {
            words.end -= 1;
        }
        let start = words.clone().rev().find(|&at| self.folded.word(at) == STOP).map_or(words.start, |stop| stop + 1);
        start.max(words.end.saturating_sub(MAX_LEAD))..words.end
    }

    fn provision(&self, index: usize, own: &[u32], candidates: &[Vec<u32>], found: &mut Vec<Found>) {
        if !self.is_scanned(index) {
            return;
        }
        let chapeaux = self.chapeaux(index);
        if own.is_empty() && chapeaux.iter().all(|&at| candidates[at].is_empty()) {
            return;
        }
        let body = &self.bodies[index];
        let read = ReadProvision::new(self, index, &chapeaux);
        let mut wanted: Vec<u32> = own.to_vec();
        for &at in &chapeaux {
            wanted.extend(&candidates[at]);
        }
        if !chapeaux.is_empty() {
            tidy(&mut wanted);
        }
        let before = found.len();
        for matcher_index in wanted {
            let matcher_index = matcher_index as usize;
            let matcher = &self.rulebook.matchers[matcher_index];
            let rule = &self.rulebook.rules[matcher.rule];
            let phrases = &self.rulebook.compiled.rules[matcher.rule];
            let in_heading = rule.conditions.in_heading;
            // What costs least comes first.
            if !self.speaks(matcher) || !self.stands_where(rule, index) {
                continue;
            }
            let (place, floor) = read.place(in_heading);
            let matched = match &self.rulebook.compiled.matchers[matcher_index] {
                Some(phrase) => place.matches(phrase).find(|&(_, end)| end > floor),
                None => matches_of_pattern(matcher, place).into_iter().find(|&(_, end)| end > floor),
            };
            let Some((start, end)) = matched else { continue };
            if !self.headings_allow(matcher.rule, index) {
                continue;
            }
            let mut unless = in_language(&phrases.unless, matcher.language);
            if unless.any(|phrase| read.reading.holds(phrase) || in_heading && place.holds(phrase)) {
                continue;
            }
            let mut with = in_language(&phrases.with, matcher.language).peekable();
            if with.peek().is_some() && !self.article_holds(index, with) {
                continue;
            }
            let base = if in_heading { body.heading.start } else { body.words.start };
            let own_start = start.max(floor) - floor + base;
            let own = own_start..end - floor + base;
            let lead = (start < floor)
                .then(|| Some(*place.tokens().get(start)? as usize..*place.tokens().get(floor.checked_sub(1)?)? as usize + 1))
                .flatten();
            let force = self.force(rule, index, place, start, end);
            found.push(Found { index, matcher: matcher_index, own, lead, force });
        }
        keep_one_for_each_code(found, before, self.rulebook);
    }

    /// Recitals only declare, whatever the rule says; elsewhere the rule or the verb decides, and a bare field of a list is best endeavours.
    fn force(&self, rule: &Rule, index: usize, reading: &Reading<'_>, start: usize, end: usize) -> Force {
        if matches!(self.agreement.provisions[index].kind, Kind::Recital | Kind::Preamble) {
            return Force::Declaratory;
        }
        // What takes out or excepts does so by being written.
        let takes_out = ["exempt.", "exclude.", "except."].iter().any(|family| rule.code.starts_with(family));
        rule.force
            .or_else(|| force::of(reading, start, end))
            .unwrap_or_else(|| if takes_out { Force::Binding } else { self.force_without_verb(index) })
    }

    /// Where no verb is recognised: in English a bare field of a list; in French and Spanish mostly the plain present or future,
    /// which binds, unless the field hangs on a chapeau on co-operation.
    fn force_without_verb(&self, index: usize) -> Force {
        let bare = self.agreement.document.language == Language::English
            || self.agreement.document.language == Language::Other
            || self.chapeaux(index).into_iter().any(|at| {
                self.lead_of(at)
                    .any(|token| self.folded.word(token).starts_with("cooper") || self.folded.word(token).starts_with("echange"))
            });
        if bare { Force::BestEndeavours } else { Force::Binding }
    }

    /// Whether the kind of provision, the themes around it and its place in the chapter are those that a rule asks for.
    fn stands_where(&self, rule: &Rule, index: usize) -> bool {
        let conditions = &rule.conditions;
        if !conditions.unit.is_empty() && !conditions.unit.contains(&self.agreement.provisions[index].kind) {
            return false;
        }
        if !self.placed {
            return true;
        }
        let themes = self.themes.of(index);
        (conditions.theme.is_empty() || conditions.theme.iter().any(|&theme| themes.has(theme)))
            && !conditions.not_theme.iter().any(|&theme| themes.has(theme))
            && (!conditions.first_article || self.first_articles[index])
    }

    /// Whether the headings around a provision hold what a rule asks for, and nothing that it shuts out.
    fn headings_allow(&self, rule: usize, index: usize) -> bool {
        let phrases = &self.rulebook.compiled.rules[rule];
        !self.placed
            || (phrases.heading.is_empty() || self.heading_holds(index, rule, true, &phrases.heading))
                && (phrases.not_heading.is_empty() || !self.heading_holds(index, rule, false, &phrases.not_heading))
    }

    /// Whether one of the phrases stands in the heading of the article or of a group or instrument around it.
    fn heading_holds(&self, index: usize, rule: usize, wanted: bool, phrases: &[Phrase]) -> bool {
        self.agreement.lineage(index).filter(|&at| at > 0).any(|at| {
            *self.headings.borrow_mut().entry((at, rule, wanted)).or_insert_with(|| {
                let reading = Reading::new(self.folded, Folded::indexes(self.bodies[at].heading.clone()).collect());
                phrases.iter().any(|phrase| reading.holds(phrase))
            })
        })
    }

    /// Whether one of the phrases stands anywhere in the article, heading included.
    fn article_holds<'p>(&self, index: usize, mut phrases: impl Iterator<Item = &'p Phrase>) -> bool {
        /// Words on either side that are looked at in an article (or an annex without articles) that never ends.
        const NEAR: usize = 3000;
        let article = self.agreement.article_of(index);
        let own = self.bodies[index].heading.start;
        let whole = self.folded.range(self.agreement.provisions[article].span);
        let near = whole.start.max(own.saturating_sub(NEAR))..whole.end.min(own + NEAR);
        let mut last = self.article.borrow_mut();
        let known = last.take().filter(|(known, place, _)| *known == article && *place == near);
        let (.., reading) = last.insert(known.unwrap_or_else(|| {
            let heading = self.bodies[article].heading.clone().filter(|token| !near.contains(token));
            let reading = Reading::new(self.folded, Folded::indexes(heading.chain(near.clone())).collect());
            (article, near, reading)
        }));
        phrases.any(|phrase| reading.holds(phrase))
    }

    fn finding(&self, found: &Found, drafting: &Drafting) -> Finding {
        let provision = &self.agreement.provisions[found.index];
        let matcher = &self.rulebook.matchers[found.matcher];
        let rule = &self.rulebook.rules[matcher.rule];
        let document = &self.agreement.document;
        let body = &self.bodies[found.index];
        let limits = if rule.conditions.in_heading { body.heading.clone() } else { body.words.clone() };
        let span = self.clause(&found.own, &limits);
        let lead_in = found.lead.as_ref().map(|lead| one_line(self.source(lead).of(&document.text)));
        Finding {
            id: String::new(),
            code: rule.code,
            rule: rule.id.clone(),
            provision: provision.id.clone(),
            citation: provision.citation.clone(),
            source_id: self.agreement.source_id_of(found.index),
            quote: span.of(&document.text).to_owned(),
            lead_in,
            span,
            page: document.page_at(span.start),
            language: matcher.language.unwrap_or(document.language),
            force: found.force,
            reach: Vec::new(),
            reach_because: String::new(),
            reach_names: Vec::new(),
            excepted: Vec::new(),
            conditions: self.conditions(found, &limits),
            retaliation: None,
            outside_dispute_settlement: None,
            sectors: self.sectors(&found.own, &limits),
            party: None,
            draft: Draft::of(drafting, self.source(&found.own)),
            index: found.index,
            reach_nodes: Vec::new(),
            phrase: Some(matcher.written.clone()),
            excepted_nodes: Vec::new(),
            sent_to: Vec::new(),
        }
    }

    /// The place in the text of a range of tokens.
    fn source(&self, tokens: &Range<usize>) -> Span {
        let (Some(first), Some(last)) = (self.folded.tokens.get(tokens.start), self.folded.tokens.get(tokens.end.saturating_sub(1))) else {
            return Span::default();
        };
        Span::new(first.source.start, last.source.end.max(first.source.start))
    }

    /// The match with the words around it that belong to the same sentence of the provision.
    fn clause(&self, tokens: &Range<usize>, limits: &Range<usize>) -> Span {
        let is_stop = |at: usize| self.folded.word(at) == STOP;
        let mut start = tokens.start;
        while start > limits.start && tokens.start - start < QUOTE_MARGIN && !is_stop(start - 1) {
            start -= 1;
        }
        let mut end = tokens.end;
        while end < limits.end && end - tokens.end < QUOTE_MARGIN && !is_stop(end) {
            end += 1;
        }
        self.source(&(start..end))
    }

    /// The sectors named in the sentence of the match.
    fn sectors(&self, tokens: &Range<usize>, limits: &Range<usize>) -> Vec<String> {
        let is_stop = |at: &usize| self.folded.word(*at) == STOP;
        let start = (limits.start..tokens.start).rev().find(is_stop).map_or(limits.start, |stop| stop + 1);
        let end = (tokens.end..limits.end).find(is_stop).unwrap_or(limits.end);
        let sentence: Vec<u32> = Folded::indexes(start..end).collect();
        let reading = Reading::new(self.folded, sentence);
        let sectors = self.rulebook.sectors.iter().zip(&self.rulebook.compiled.sectors);
        let named = sectors.filter(|(_, phrases)| {
            phrases.say.iter().any(|phrase| reading.holds(phrase)) && !phrases.unless.iter().any(|phrase| reading.holds(phrase))
        });
        named.map(|(sector, _)| sector.id.clone()).collect()
    }
}

/// The phrases that count beside a matcher of a language.
fn in_language(phrases: &InLanguage, language: Option<Language>) -> impl Iterator<Item = &Phrase> {
    phrases.iter().filter(move |(own, _)| own.is_none() || language.is_none() || *own == language).map(|(_, phrase)| phrase)
}

/// The matches of a pattern in a reading, as ranges of positions.
fn matches_of_pattern(matcher: &Matcher, reading: &Reading<'_>) -> Vec<(usize, usize)> {
    let Form::Pattern(regex) = &matcher.form else { return Vec::new() };
    let mut text = String::from(" ");
    let mut starts: Vec<usize> = Vec::with_capacity(reading.len());
    for position in 0..reading.len() {
        starts.push(text.len());
        text.push_str(reading.word(position));
        text.push(' ');
    }
    let position = |offset: usize| starts.partition_point(|&start| start <= offset).saturating_sub(1);
    regex
        .find_iter(&text)
        .filter(|found| !found.as_str().trim().is_empty())
        .map(|found| {
            let first = found.start() + (found.as_str().len() - found.as_str().trim_start().len());
            let last = found.start() + found.as_str().trim_end().len() - 1;
            (position(first), position(last) + 1)
        })
        .collect()
}

/// Of the matches of one provision added since `from`, keeps for each code the one with the most words.
fn keep_one_for_each_code(found: &mut Vec<Found>, from: usize, rulebook: &Rulebook) {
    let mut kept: Vec<Found> = Vec::new();
    for one in found.drain(from..) {
        let code = |found: &Found| rulebook.rules[rulebook.matchers[found.matcher].rule].code;
        match kept.iter_mut().find(|other| code(other) == code(&one)) {
            Some(other) if one.own.len() > other.own.len() => *other = one,
            Some(_) => {}
            None => kept.push(one),
        }
    }
    found.append(&mut kept);
}
