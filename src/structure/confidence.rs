//! How sure one can be that a provision begins and ends where the tree says.
//!
//! Nobody can know that without reading; but what goes wrong leaves traces. A heading that was missed leaves a gap in
//! the count and a long article before it; a reference that was taken for a heading stands out of order, or looks unlike the other
//! headings. Each such doubt is a factor, near the share of articles that were right among those that show it
//! (on 149 plain texts of treaties whose articles are known; `benches/boundaries.rs` measures how far it still tells).
//! What the source marks itself is sure.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::headings::in_aside;
use super::marker::{Candidate, Case, candidates};
use super::oddities::{self, Oddity, OddityKind};
use super::{Agreement, Kind};
use crate::document::{NativeKind, Span};
use crate::text::{ceil_boundary, pattern};

/// The heading might be a reference in running text: it has little evidence of its own ([`WEAK`]).
const WEAK_HEADING: f64 = 0.97;
/// The heading is not written as most others are.
const UNLIKE_OTHERS: f64 = 0.97;
/// The heading stands within a line, so that only the words tell where it begins.
const WITHIN_LINE: f64 = 0.98;
/// The number does not count on from the one before.
const OUT_OF_COUNT: f64 = 0.8;
/// Numbers are left out after the article: what they head may stand in it.
const GAP_BEHIND: f64 = 0.7;
/// The next number is out of order: the article may be cut short by a reference.
const DISORDER_BEHIND: f64 = 0.4;
/// A line inside the article looks like the heading of another.
const PASSED_OVER: f64 = 0.5;
/// Nothing but the end of the text, a table or an annex ends the article, and it ends in words of signing: the closing formula stands in it.
const HOLDS_CLOSING: f64 = 0.4;
/// Nothing ends the article but the end of the text or a table, as in a draft of a chapter.
const OPEN_END: f64 = 0.9;
/// An annex or the like ends the article, which has no count to confirm it.
const ENDED_BY_INSTRUMENT: f64 = 0.93;
/// What ends the article looks more like a reference than like a heading.
const ENDED_BY_REFERENCE: f64 = 0.75;
/// A gap in a list, a heading without text: an oddity of a provision that is no article.
const ODD: f64 = 0.8;
/// Confidence in a long text in which no article was found.
const NO_ARTICLES: f64 = 0.3;
/// Confidence in a text in which no heading at all was found.
const NO_HEADINGS: f64 = 0.5;

/// The evidence of a heading at or below which it is weak, as [`super::marker`] weighs it.
const WEAK: f32 = 3.0;
/// Share of the headings of a level from which a way of writing is that of the text.
const COMMON_LOOK: f64 = 0.3;
/// Most numbers that one gap counts for: beyond that it is a jump, as from Article 504 to Article 601.
const MAX_MISSING: usize = 20;

/// How far from its end an article is looked through for words of signing, in bytes.
const CLOSING_LENGTH: usize = 2000;

/// Words with which agreements are signed, beyond those that open a closing formula.
static SIGNING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:in witness|in faith|(?:done|made|executed|signed) (?:at|in|this|on)|equally authentic|faisant (?:également )?foi|en foi de|fait (?:à|en)|hecho en|igualmente auténticos|en fe de|for the government|pour le gouvernement|por el gobierno|on behalf of the)",
    )
});

/// How far the tree of an agreement can be trusted, and what looks odd in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// Confidence in the whole tree, 0 to 1: about the share of articles whose words are right.
    pub confidence: f64,
    /// Confidence in each of [`Agreement::provisions`], 0 to 1: about the chance that it begins and ends where it should.
    pub provisions: Vec<f64>,
    /// What looks odd, in the order of the text.
    pub oddities: Vec<Oddity>,
}

/// Reviews an agreement.
pub(super) fn review(agreement: &Agreement) -> Review {
    let oddities = oddities::find(agreement);
    let mut provisions = Evidence::new(agreement, &oddities).provisions();
    let confidence = hundredths(whole(agreement, &provisions, &oddities));
    for value in &mut provisions {
        *value = hundredths(*value);
    }
    if let Some(root) = provisions.first_mut() {
        *root = confidence;
    }
    Review { confidence, provisions, oddities }
}

/// What is known of the headings of a text.
struct Evidence<'a> {
    agreement: &'a Agreement,
    /// All places that look like headings, in order.
    all: Vec<Candidate>,
    /// The candidate at each place.
    at: HashMap<usize, usize>,
    /// Starts of the headings of the tree.
    chosen: HashSet<usize>,
    /// Where a unit begins that the source marks.
    marked: HashSet<usize>,
    odd: HashMap<usize, Vec<OddityKind>>,
    /// The numbers of the articles that a table of contents lists.
    listed: HashSet<String>,
    /// How many headings of each kind are written in each way.
    looks: HashMap<(Kind, Look), usize>,
    kinds: HashMap<Kind, usize>,
}

/// How a heading is written: at the start of a line, in capitals, with words of its own.
type Look = Option<(bool, bool, bool)>;

impl<'a> Evidence<'a> {
    fn new(agreement: &'a Agreement, oddities: &[Oddity]) -> Self {
        let document = &agreement.document;
        let all = candidates(&document.text, |at| in_aside(&document.asides, at));
        let mut odd: HashMap<usize, Vec<OddityKind>> = HashMap::new();
        for oddity in oddities {
            odd.entry(oddity.provision).or_default().push(oddity.kind);
        }
        let mut evidence = Self {
            agreement,
            at: all.iter().enumerate().map(|(index, candidate)| (candidate.start, index)).collect(),
            all,
            chosen: agreement.provisions.iter().filter(|provision| is_head(provision.kind)).map(|provision| provision.span.start).collect(),
            marked: document
                .native
                .iter()
                .filter(|unit| !matches!(unit.kind, NativeKind::Heading(_)))
                .map(|unit| unit.span.start)
                .collect(),
            odd,
            listed: (0..agreement.provisions.len())
                .filter(|&index| agreement.provisions[index].kind == Kind::Contents)
                .flat_map(|index| oddities::listed(agreement, index))
                .filter_map(|(kind, number)| (kind == Kind::Article).then_some(number))
                .collect(),
            looks: HashMap::new(),
            kinds: HashMap::new(),
        };
        for (index, provision) in agreement.provisions.iter().enumerate() {
            *evidence.looks.entry((provision.kind, evidence.look(index))).or_default() += 1;
            *evidence.kinds.entry(provision.kind).or_default() += 1;
        }
        evidence
    }

    /// The confidence in each provision.
    fn provisions(&self) -> Vec<f64> {
        let all = &self.agreement.provisions;
        let mut values = vec![1.0; all.len()];
        // From the end, because what follows a provision decides where it ends.
        let (mut next_head, mut next_article) = (None, None);
        for (index, provision) in all.iter().enumerate().rev() {
            if !is_head(provision.kind) {
                continue;
            }
            let marked = self.marked.contains(&provision.span.start);
            if !marked {
                values[index] = self.begins(index);
                if provision.kind == Kind::Article {
                    values[index] *= self.ends(index, next_head, next_article);
                }
            }
            next_head = Some(index);
            if provision.kind == Kind::Article {
                next_article = Some(index);
            }
        }
        for (index, provision) in all.iter().enumerate() {
            if !is_head(provision.kind) && !self.marked.contains(&provision.span.start) {
                let outer = provision.parent.map_or(1.0, |parent| values[parent]);
                values[index] = outer * if self.odd.contains_key(&index) { ODD } else { 1.0 };
            }
        }
        values
    }

    /// How sure it is that a heading stands where a provision begins.
    #[allow(clippy::cast_precision_loss, reason = "headings are counted")]
    fn begins(&self, index: usize) -> f64 {
        let provision = &self.agreement.provisions[index];
        let mut value = 1.0;
        if provision.kind == Kind::Preamble && self.is_odd(index, &[OddityKind::BeforeFirstArticle]) {
            return PASSED_OVER;
        }
        if !provision.kind.is_group() && !provision.kind.is_instrument() && provision.kind != Kind::Article {
            return value;
        }
        // What the table of contents lists needs no other evidence.
        let listed =
            provision.kind == Kind::Article && provision.number.as_ref().is_some_and(|number| self.listed.contains(&number.to_uppercase()));
        if !listed {
            let candidate = self.candidate(index);
            if candidate.is_none_or(|candidate| candidate.score <= WEAK) {
                value *= WEAK_HEADING;
            }
            if candidate.is_some_and(|candidate| !candidate.line_start) {
                value *= WITHIN_LINE;
            }
            let (alike, of_kind) = (self.looks.get(&(provision.kind, self.look(index))), self.kinds.get(&provision.kind));
            if (alike.copied().unwrap_or(1) as f64) <= COMMON_LOOK * of_kind.copied().unwrap_or(1) as f64 {
                value *= UNLIKE_OTHERS;
            }
        }
        if self.is_odd(index, &[OddityKind::NumberingGap, OddityKind::DuplicateNumber, OddityKind::OutOfOrder]) {
            value *= OUT_OF_COUNT;
        }
        if self.is_odd(index, &[OddityKind::HeadingWithoutText]) {
            value *= ODD;
        }
        value
    }

    /// How sure it is that an article ends where it does, and holds no other.
    fn ends(&self, index: usize, next: Option<usize>, next_article: Option<usize>) -> f64 {
        let next = next.map(|next| (next, self.agreement.provisions[next].kind));
        let open = next.is_none_or(|(_, kind)| matches!(kind, Kind::Contents | Kind::Front | Kind::Preamble));
        let attached = next.is_some_and(|(_, kind)| kind.is_instrument());
        let mut value = match next {
            _ if (open || attached) && self.holds_closing(index) => HOLDS_CLOSING,
            Some((next, kind)) if !open => self.ended_by(next, kind),
            _ => OPEN_END,
        };
        if let Some(next) = next_article {
            if self.is_odd(next, &[OddityKind::NumberingGap]) {
                value *= GAP_BEHIND;
            }
            if self.is_odd(next, &[OddityKind::DuplicateNumber, OddityKind::OutOfOrder]) {
                value *= DISORDER_BEHIND;
            }
        }
        if self.passes_over(index) { value * PASSED_OVER } else { value }
    }

    /// How sure the heading is that ends an article.
    fn ended_by(&self, next: usize, kind: Kind) -> f64 {
        if self.marked.contains(&self.agreement.provisions[next].span.start) {
            return 1.0;
        }
        match self.candidate(next).map(|candidate| candidate.score) {
            _ if kind.is_instrument() => ENDED_BY_INSTRUMENT,
            Some(score) if score <= 0.0 => ENDED_BY_REFERENCE,
            Some(score) if score <= WEAK => WEAK_HEADING,
            _ => 1.0,
        }
    }

    /// Whether an article holds the likely heading of another one.
    fn passes_over(&self, index: usize) -> bool {
        let provision = &self.agreement.provisions[index];
        let first = self.all.partition_point(|candidate| candidate.start <= provision.head_end.max(provision.span.start));
        self.all[first..]
            .iter()
            .take_while(|candidate| candidate.start < provision.span.end)
            .any(|candidate| candidate.kind == Kind::Article && candidate.score > 0.0 && !self.chosen.contains(&candidate.start))
    }

    /// Whether an article ends in words with which an agreement is signed.
    fn holds_closing(&self, index: usize) -> bool {
        let text = &self.agreement.document.text;
        let span = self.agreement.provisions[index].span;
        let from = ceil_boundary(text, span.end.saturating_sub(CLOSING_LENGTH).max(span.start));
        SIGNING.is_match(Span::new(from, span.end).of(text))
    }

    fn candidate(&self, index: usize) -> Option<&Candidate> {
        self.at.get(&self.agreement.provisions[index].span.start).and_then(|&at| self.all.get(at))
    }

    fn look(&self, index: usize) -> Look {
        let titled = self.agreement.provisions[index].heading.is_some();
        self.candidate(index).map(|candidate| (candidate.line_start, candidate.case == Case::Upper, titled))
    }

    fn is_odd(&self, index: usize, kinds: &[OddityKind]) -> bool {
        self.odd.get(&index).is_some_and(|odd| odd.iter().any(|kind| kinds.contains(kind)))
    }
}

/// Whether a kind has a heading or a place of its own, rather than standing inside such a provision.
fn is_head(kind: Kind) -> bool {
    kind == Kind::Article
        || kind.is_group()
        || kind.is_instrument()
        || matches!(kind, Kind::Agreement | Kind::Front | Kind::Contents | Kind::Preamble | Kind::Signature)
}

/// Confidence in the whole tree: the mean over its articles, where those that are missing count as wrong.
#[allow(clippy::cast_precision_loss, reason = "articles are counted")]
fn whole(agreement: &Agreement, provisions: &[f64], oddities: &[Oddity]) -> f64 {
    let mean = |kind: &dyn Fn(Kind) -> bool, missing: usize| {
        let values: Vec<f64> =
            agreement.provisions.iter().zip(provisions).filter(|(provision, _)| kind(provision.kind)).map(|(_, &value)| value).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / (values.len() + missing) as f64)
    };
    let native = super::native::has_articles(&agreement.document);
    let missing: usize = oddities
        .iter()
        .filter(|oddity| {
            let kind = agreement.provisions[oddity.provision].kind;
            !native && (kind == Kind::Article || kind == Kind::Contents)
        })
        .map(|oddity| oddity.missing.min(MAX_MISSING))
        .sum();
    if let Some(articles) = mean(&|kind| kind == Kind::Article, missing) {
        return articles;
    }
    let headings = mean(&|kind| kind.is_group() || kind.is_instrument(), 0);
    if oddities.iter().any(|oddity| oddity.kind == OddityKind::NoArticles) { NO_ARTICLES } else { headings.unwrap_or(NO_HEADINGS) }
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::super::{Agreement, Kind, Review};
    use crate::document;

    fn read(text: &str) -> (Agreement, Review) {
        let agreement = Agreement::new(document::read(text.as_bytes()).expect("text"));
        let review = agreement.review();
        assert_eq!(review.provisions.len(), agreement.provisions.len());
        assert!(review.provisions.iter().all(|value| (0.0..=1.0).contains(value)), "{:?}", review.provisions);
        assert!((review.provisions[0] - review.confidence).abs() < f64::EPSILON, "the root stands for the whole");
        (agreement, review)
    }

    fn text(numbers: &[usize]) -> String {
        let articles: String =
            numbers.iter().map(|number| format!("Article {number}\nHeading\nThe Parties shall do what they agreed.\n\n")).collect();
        format!("{articles}IN WITNESS WHEREOF they have signed.\n")
    }

    /// The confidence in the article with a number.
    fn of(found: &(Agreement, Review), number: &str) -> f64 {
        let at = found.0.provisions.iter().position(|p| p.kind == Kind::Article && p.number.as_deref() == Some(number));
        found.1.provisions[at.expect("the article")]
    }

    #[test]
    fn headings_that_count_on_are_sure() {
        let (_, review) = read(&text(&[1, 2, 3, 4]));
        assert!(review.confidence > 0.99, "{}", review.confidence);
    }

    #[test]
    fn a_gap_lowers_the_article_before_it_most() {
        let found = read(&text(&[1, 2, 3, 5, 6]));
        assert!(of(&found, "3") < of(&found, "5") && of(&found, "5") < of(&found, "6"), "{:?}", found.1.provisions);
        assert!(found.1.confidence < 0.9, "{}", found.1.confidence);
    }

    #[test]
    fn an_article_that_ends_in_a_closing_formula_is_doubtful() {
        let closed = text(&[1, 2, 3]);
        let open = closed
            .replace("IN WITNESS WHEREOF they have signed.", "Made on 3 May 2019 at Velm in one copy, for the Government of Norland.");
        let draft = closed.replace("IN WITNESS WHEREOF they have signed.", "");
        assert!(of(&read(&open), "3") < 0.5 && of(&read(&draft), "3") > 0.8 && of(&read(&closed), "3") > 0.95);
    }

    #[test]
    fn what_the_source_marks_is_sure() {
        let source = "<?xml version=\"1.0\"?><akomaNtoso><act><body>\
            <article><num>Article 1</num><p>One.</p></article><article><num>Article 4</num><p>Four.</p></article></body></act></akomaNtoso>";
        let (agreement, review) = read(source);
        assert_eq!(agreement.provisions.iter().filter(|p| p.kind == Kind::Article).count(), 2);
        assert_eq!((review.confidence, review.oddities.len()), (1.0, 1));
    }

    #[test]
    fn a_long_text_without_articles_is_not_trusted() {
        let (_, review) = read(&"The Parties shall do what they have agreed to do in this matter.\n".repeat(400));
        assert!(review.confidence < 0.5, "{}", review.confidence);
    }
}
