//! What looks odd in the tree of an agreement, in words that a lawyer can check: a number left out or given twice, a heading
//! without text, an article that a table of contents lists and the text does not have.
//!
//! An oddity is a fact about the provisions as they were cut. It may lie in the source (an article that was repealed, a
//! slip of the drafters, a page that was not scanned) or in the cutting; only the text can tell, and so each names its
//! place. What drafts and treaties do on purpose is no oddity: numbers that a draft leaves open, `5 bis` after `5`, a count that begins
//! again in a chapter or an annex, articles that are marked as deleted.

mod count;

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;

use super::marker::candidates;
use super::{Agreement, Kind, Provision, native};
use crate::document::{AsideKind, Span};
use crate::text::pattern;

/// What is odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OddityKind {
    /// Numbers are left out between two neighbours of one count.
    NumberingGap,
    /// A number comes a second time where the numbers should count on.
    DuplicateNumber,
    /// A number stands where the count does not lead to it.
    OutOfOrder,
    /// A heading that nothing follows.
    HeadingWithoutText,
    /// An article many times as long as the others of its text: a heading inside it may have been missed.
    LongArticle,
    /// An article or chapter that the table of contents lists and that was not found in the text.
    OnlyInContents,
    /// A long text without any article.
    NoArticles,
    /// Words before the first article that look like articles themselves.
    BeforeFirstArticle,
}

impl OddityKind {
    /// The name of the kind in the outputs (`numbering-gap`).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NumberingGap => "numbering-gap",
            Self::DuplicateNumber => "duplicate-number",
            Self::OutOfOrder => "out-of-order",
            Self::HeadingWithoutText => "heading-without-text",
            Self::LongArticle => "long-article",
            Self::OnlyInContents => "only-in-contents",
            Self::NoArticles => "no-articles",
            Self::BeforeFirstArticle => "before-first-article",
        }
    }
}

/// Something that looks odd, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oddity {
    /// What it is.
    pub kind: OddityKind,
    /// Index in [`Agreement::provisions`] of the provision at which it shows.
    pub provision: usize,
    /// What it says, in plain English (`Article 7 follows Article 5: Article 6 was not found`).
    pub message: String,
    /// How many articles, chapters or other provisions are missing, where that can be told; otherwise 0.
    pub missing: usize,
}

impl Oddity {
    fn new(kind: OddityKind, provision: usize, message: String) -> Self {
        Self { kind, provision, message, missing: 0 }
    }
}

/// Times the median length from which an article is long among short ones.
const LONG: usize = 12;
/// Bytes below which no article is long, whatever the others are.
const MIN_LONG: usize = 12_000;
/// Articles from which a median says something.
const MIN_ARTICLES: usize = 5;
/// Bytes from which a text should have articles.
const LONG_TEXT: usize = 20_000;
/// Numbered paragraphs before the first article that look like articles without a heading.
const MIN_BEFORE: usize = 3;

/// Words that say that an article was taken out on purpose.
static TAKEN_OUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:deleted|omitted|reserved|repealed|not used|intentionally|supprimé|abrogé|réservé|sans objet|suprimid|derogad|reservad|sin efecto)",
    )
});
/// A numbered paragraph that says what parties must or may do.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?m)^[ \t]*(?:\d{1,3}|[IVX]{1,5})[.)][ \t][^\n]{0,300}(?: shall | must | may | doit | doivent | peut | deberá| podrá)")
});

/// All oddities of an agreement, in the order of the text.
pub(super) fn find(agreement: &Agreement) -> Vec<Oddity> {
    let mut found = count::oddities(agreement);
    without_text(agreement, &mut found);
    long_articles(agreement, &mut found);
    only_in_contents(agreement, &mut found);
    no_articles(agreement, &mut found);
    found.sort_by_key(|oddity| oddity.provision);
    found
}

/// `Article 5`, `Annex “Rules of Origin”`, `Closing formula`: a provision as a message names it.
fn called(provision: &Provision) -> String {
    let name = provision.kind.name();
    let kind = if provision.kind == Kind::Paragraph || provision.kind == Kind::Item {
        name.to_owned()
    } else {
        name.chars().take(1).flat_map(char::to_uppercase).chain(name.chars().skip(1)).collect()
    };
    match (&provision.number, &provision.heading) {
        (Some(number), _) => format!("{kind} {number}"),
        (None, Some(heading)) => format!("{kind} “{heading}”"),
        (None, None) => kind,
    }
}

/// Headings of articles, groups and instruments that nothing follows.
fn without_text(agreement: &Agreement, found: &mut Vec<Oddity>) {
    let mut run: Vec<usize> = Vec::new();
    let close = |run: &mut Vec<usize>, found: &mut Vec<Oddity>| {
        let (Some(&first), Some(&last)) = (run.first(), run.last()) else { return };
        let provisions = &agreement.provisions;
        let message = match run.len() {
            1 => format!("{} has a heading and no text", called(&provisions[first])),
            many => format!("{} to {}, {many} in all, have headings and no text", called(&provisions[first]), called(&provisions[last])),
        };
        found.push(Oddity::new(OddityKind::HeadingWithoutText, first, message));
        run.clear();
    };
    for (index, provision) in agreement.provisions.iter().enumerate() {
        let headed = provision.kind == Kind::Article || provision.kind.is_group() || provision.kind.is_instrument();
        if !headed {
            if matches!(provision.kind, Kind::Preamble | Kind::Signature | Kind::Contents) {
                close(&mut run, found);
            }
            continue;
        }
        let alike = run.last().is_some_and(|&last| agreement.provisions[last].kind == provision.kind);
        if !is_bare(agreement, index) {
            close(&mut run, found);
        } else {
            if !alike {
                close(&mut run, found);
            }
            run.push(index);
        }
    }
    close(&mut run, found);
}

/// Whether a heading stands alone: no words and no provisions are under it, and none say that it was taken out.
fn is_bare(agreement: &Agreement, index: usize) -> bool {
    let provision = &agreement.provisions[index];
    let inside = agreement.provisions.get(index + 1).is_some_and(|next| next.span.start < provision.span.end && next.parent == Some(index));
    // A group may hold nothing but the closing formula, which stands beside it in the tree.
    let closes = provision.kind.is_group() && agreement.provisions.get(index + 1).is_some_and(|next| next.kind == Kind::Signature);
    if inside || closes {
        return false;
    }
    let text = &agreement.document.text;
    let body = Span::new(provision.head_end, provision.span.end);
    let asides = &agreement.document.asides;
    let mut at = body.start;
    let mut words = false;
    for aside in &asides[asides.partition_point(|aside| aside.span.end <= body.start)..] {
        if aside.span.start >= body.end || aside.kind != AsideKind::Running {
            break;
        }
        words |= Span::new(at, aside.span.start.max(at)).of(text).contains(char::is_alphanumeric);
        at = aside.span.end.max(at);
    }
    words |= Span::new(at, body.end.max(at)).of(text).contains(char::is_alphanumeric);
    let heading = Span::new(provision.span.start, provision.head_end).of(text);
    // An article of one short sentence may be taken for its heading.
    !words && !TAKEN_OUT.is_match(heading) && !heading.trim_end().ends_with(['.', ']'])
}

/// Articles many times as long as the median of their text.
fn long_articles(agreement: &Agreement, found: &mut Vec<Oddity>) {
    // Where the source marks its articles, none was missed.
    if native::has_articles(&agreement.document) {
        return;
    }
    let Some(median) = median_length(agreement) else { return };
    for (index, provision) in agreement.provisions.iter().enumerate() {
        if is_long(provision, median) {
            let times = provision.span.len() / median.max(1);
            let name = called(provision);
            let message =
                format!("{name} is {times} times as long as most articles of this text: a heading inside it may have been missed");
            found.push(Oddity::new(OddityKind::LongArticle, index, message));
        }
    }
}

/// The median length of the articles in bytes, where there are enough of them.
fn median_length(agreement: &Agreement) -> Option<usize> {
    let mut lengths: Vec<usize> =
        agreement.provisions.iter().filter(|provision| provision.kind == Kind::Article).map(|provision| provision.span.len()).collect();
    if lengths.len() < MIN_ARTICLES {
        return None;
    }
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).copied()
}

/// Whether an article is long among articles of the median length.
fn is_long(provision: &Provision, median: usize) -> bool {
    provision.kind == Kind::Article && provision.span.len() >= MIN_LONG && provision.span.len() / LONG >= median.max(1)
}

/// The articles and chapters that a table of contents lists.
pub(super) fn listed(agreement: &Agreement, contents: usize) -> Vec<(Kind, String)> {
    let words = agreement.provisions[contents].own.of(&agreement.document.text);
    candidates(words, |_| false)
        .into_iter()
        .filter(|candidate| matches!(candidate.kind, Kind::Article | Kind::Chapter) && candidate.line_start)
        .filter_map(|candidate| {
            candidate.number.filter(|number| !number.is_open()).map(|number| (candidate.kind, number.text.to_uppercase()))
        })
        .collect()
}

/// Articles and chapters that a table of contents lists and the text does not have.
fn only_in_contents(agreement: &Agreement, found: &mut Vec<Oddity>) {
    let tables: Vec<usize> = (0..agreement.provisions.len()).filter(|&index| agreement.provisions[index].kind == Kind::Contents).collect();
    if tables.is_empty() {
        return;
    }
    let there: HashSet<(Kind, String)> = agreement
        .provisions
        .iter()
        .filter_map(|provision| provision.number.as_ref().map(|number| (provision.kind, number.to_uppercase())))
        .collect();
    for contents in tables {
        let listed = listed(agreement, contents);
        for (kind, name) in [(Kind::Article, "Article"), (Kind::Chapter, "Chapter")] {
            let mut missing: Vec<String> = Vec::new();
            for entry in listed.iter().filter(|entry| entry.0 == kind && !there.contains(*entry)) {
                if !missing.contains(&entry.1) {
                    missing.push(entry.1.clone());
                }
            }
            if missing.is_empty() {
                continue;
            }
            let message =
                format!("The table of contents lists {}, which {} not found in the text", enumerated(name, &missing), was(&missing));
            found.push(Oddity { missing: missing.len(), ..Oddity::new(OddityKind::OnlyInContents, contents, message) });
        }
    }
}

fn was(numbers: &[String]) -> &'static str {
    if numbers.len() == 1 { "was" } else { "were" }
}

/// `Article 6`, `Articles 6 and 8`, `Articles 6, 8, 9 and 12 more`.
fn enumerated(name: &str, numbers: &[String]) -> String {
    const SHOWN: usize = 6;
    match numbers {
        [] => String::new(),
        [one] => format!("{name} {one}"),
        many if many.len() > SHOWN => format!("{name}s {} and {} more", many[..SHOWN].join(", "), many.len() - SHOWN),
        [first @ .., last] => format!("{name}s {} and {last}", first.join(", ")),
    }
}

/// A long text without articles, and words before the first article that look like articles.
fn no_articles(agreement: &Agreement, found: &mut Vec<Oddity>) {
    let text = &agreement.document.text;
    let Some(first) = agreement.provisions.iter().position(|provision| provision.kind == Kind::Article) else {
        if text.len() >= LONG_TEXT {
            let words = text.split_whitespace().count();
            let message = format!("No article was found in a text of {words} words");
            found.push(Oddity::new(OddityKind::NoArticles, 0, message));
        }
        return;
    };
    // Chapters may have paragraphs and no articles, and so may annexes: only words without any heading are meant.
    let before = agreement.provisions[..first].iter().enumerate().find(|(index, provision)| {
        let loose = matches!(provision.kind, Kind::Front | Kind::Preamble);
        loose && *index > 0 && NUMBERED.find_iter(provision.span.of(text)).take(MIN_BEFORE).count() == MIN_BEFORE
    });
    if let Some((index, provision)) = before {
        let message = format!(
            "Before {} stand numbered provisions without a heading ({})",
            called(&agreement.provisions[first]),
            provision.kind.name()
        );
        found.push(Oddity::new(OddityKind::BeforeFirstArticle, index, message));
    }
}

#[cfg(test)]
mod tests;
