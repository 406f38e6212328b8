//! Chooses the headings of every level in a text whose source marks none.

use std::sync::LazyLock;

use regex::Regex;

use super::Kind;
use super::heading_words::head;
use super::marker::{Candidate, Case, candidates};
use super::{contents, outline, sequence};
use crate::document::{Aside, Document, NativeKind, Span};
use crate::text::{one_line, pattern};

/// A heading that was chosen.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub kind: Kind,
    pub number: Option<String>,
    pub heading: Option<String>,
    pub start: usize,
    /// Where the number and heading end.
    pub end: usize,
    pub source_id: Option<String>,
    /// Where the unit ends that the source marks; 0 where it marks none.
    pub unit_end: usize,
}

/// The closing formula, in three languages. The words "in witness whereof" mean nothing else wherever they stand; "Done at"
/// must begin a sentence.
pub(super) static SIGNATURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?m)(?-u:\b)(?i:in\s+(?:witness|faith|testimony)\s+(?:w?here|there)\s?of|en\s+foi\s+de\s+quoi|en\s+(?:fe|testimonio)\s+de\s+lo\s+cual)(?-u:\b)",
        r"|(?:^[ \t\[]*|[.;:*”»\x22]\s+)(?:(?:DONE|Done)(?:\s+and\s+signed)?\s+(?:at|in|on|this)\s",
        r"|(?:EXECUTED|Executed|SIGNED|Signed)\s+(?:at|in)\s+(?:the\s+[Cc]ity|[A-Z])|FAIT\s+|Fait\s+(?:à|en)\s|(?:HECHO|Hecho|SUSCRITO|Suscrito|Firmado|FIRMADO)\s+(?:en|EN)\s)",
        r"|(?-u:\b)Done\s+in\s+(?:the\s+[Cc]ity|duplicate|triplicate|quadruplicate|two\s)",
    ))
});
/// Headings of letters and declarations on a line of their own.
pub(super) static ATTACHED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?m)^[ \t*_#\[]*(?:(?:SIDE LETTER|Side Letter|Side letter|EXCHANGE OF (?:LETTERS|NOTES)|Exchange of (?:Letters|Notes)|LETTRE|ÉCHANGE DE (?:LETTRES|NOTES)|Échange de (?:lettres|notes)|CANJE DE (?:NOTAS|CARTAS)|Carta adjunta)|(?:(?:JOINT |UNILATERAL )?DECLARATIONS? (?:ON|BY|CONCERNING|RELATING|OF)|Joint [Dd]eclaration (?:on|concerning|by|relating)|DÉCLARATION (?:COMMUNE|CONJOINTE)|DECLARACIÓN (?:CONJUNTA|COMÚN)))[^\n.;]{0,150}$",
    )
});

/// The headings of a text that marks nothing.
pub(super) fn find(document: &Document) -> Vec<Head> {
    let text = document.text.as_str();
    let set_aside = |at: usize| in_aside(&document.asides, at);
    let all = candidates(text, set_aside);
    let mut tables = contents::find(text, &all);
    // A table that the source marks is one; what was guessed inside it is part of it.
    let marked = native_contents(document);
    tables.retain(|table| !marked.iter().any(|native| native.start < table.end && table.start < native.end));
    tables.extend(marked);
    tables.sort_unstable();
    let listed = |at: usize| tables.iter().any(|table| table.contains(at));
    let mut all: Vec<Candidate> = all.into_iter().filter(|candidate| !listed(candidate.start)).collect();
    outline::weigh(&document.bookmarks, &mut all, text);

    let mut heads: Vec<Head> = Vec::new();
    for table in &tables {
        heads.push(Head {
            kind: Kind::Contents,
            number: None,
            heading: None,
            start: table.start,
            end: table.start,
            source_id: None,
            unit_end: table.end,
        });
    }
    let of_kind =
        |wanted: &[Kind]| -> Vec<Candidate> { all.iter().filter(|candidate| wanted.contains(&candidate.kind)).cloned().collect() };

    let mut chosen: Vec<Candidate> = Vec::new();
    // Annexes, protocols and the like follow no count that one could trust: the look of the heading decides.
    let mut boundaries: Vec<usize> = Vec::new();
    let attached = of_kind(&[Kind::Annex, Kind::Appendix, Kind::Schedule, Kind::Protocol]);
    for candidate in &attached {
        let threshold = if candidate.line_start { 2.5 } else { 3.4 };
        if candidate.case != Case::Lower && (candidate.score >= threshold || opens_count(text, candidate, &all)) {
            boundaries.push(candidate.start);
            chosen.push(candidate.clone());
        }
    }
    for whole in ATTACHED.find_iter(text) {
        if set_aside(whole.start()) || listed(whole.start()) {
            continue;
        }
        let kind = letter_or_declaration(whole.as_str());
        let start = whole.start() + (whole.as_str().len() - whole.as_str().trim_start().len());
        boundaries.push(start);
        heads.push(Head {
            kind,
            number: None,
            heading: Some(one_line(whole.as_str())),
            start,
            end: whole.end(),
            source_id: None,
            unit_end: 0,
        });
    }
    boundaries.sort_unstable();
    for kind in [Kind::Part, Kind::Title, Kind::Chapter, Kind::Section, Kind::Subsection] {
        let mut level = of_kind(&[kind]);
        keep_usual_case(&mut level);
        let indexes = sequence::choose(&level, |from, to| between(&boundaries, from, to));
        boundaries.extend(indexes.iter().map(|&index| level[index].start));
        chosen.extend(indexes.into_iter().map(|index| level[index].clone()));
        boundaries.sort_unstable();
    }
    let articles = of_kind(&[Kind::Article]);
    for index in sequence::choose(&articles, |from, to| between(&boundaries, from, to)) {
        chosen.push(articles[index].clone());
    }
    heads.extend(with_words(text, &chosen, &heads));
    heads.sort_by_key(|head| head.start);
    heads.dedup_by_key(|head| head.start);
    add_signatures(text, &mut heads);
    heads
}

/// What words that [`ATTACHED`] matches head.
pub(super) fn letter_or_declaration(heading: &str) -> Kind {
    let lower = heading.to_lowercase();
    if lower.contains("declara") || lower.contains("déclara") { Kind::Declaration } else { Kind::Letter }
}

/// Where the headings of a level begin with a capital, "chapter 10" in small letters is a mention, or a chapter of a tariff.
fn keep_usual_case(level: &mut Vec<Candidate>) {
    if level.iter().filter(|candidate| candidate.case != Case::Lower && candidate.score >= LIKELY).count() >= FEW_HEADINGS {
        level.retain(|candidate| candidate.case != Case::Lower);
    }
}

/// The chosen candidates as headings, each with its words: they end where the next heading begins.
fn with_words(text: &str, chosen: &[Candidate], others: &[Head]) -> Vec<Head> {
    let mut starts: Vec<usize> = chosen.iter().map(|candidate| candidate.start).chain(others.iter().map(|head| head.start)).collect();
    starts.sort_unstable();
    let limit = |candidate: &Candidate| {
        let next = starts.partition_point(|&start| start < candidate.after);
        starts.get(next).copied().unwrap_or(text.len())
    };
    chosen.iter().map(|candidate| head(text, candidate, limit(candidate))).collect()
}

/// Whether the count of articles or chapters begins right behind the title of an annex or protocol, as in
/// "PROTOCOL 1 on trade in fish ARTICLE 1": whatever the words look like, they open it.
fn opens_count(text: &str, candidate: &Candidate, all: &[Candidate]) -> bool {
    let first = all.partition_point(|other| other.start < candidate.after);
    let Some(next) = all.get(first) else { return false };
    let between = text.get(candidate.after..next.start).unwrap_or_default();
    let one = next.number.as_ref().is_some_and(|number| number.readings.iter().any(|reading| reading.parts == [1] && reading.suffix == 0));
    one && (next.kind == Kind::Article || next.kind.is_group())
        && next.score >= LIKELY
        && candidate.score > UNLIKELY
        && between.len() <= MAX_TITLE
        && !between.contains([';', '('])
        && !between.contains(". ")
        && !between.trim_start().starts_with([',', ')'])
}

/// Headings of a level from which the text has a habit.
const FEW_HEADINGS: usize = 3;
/// The longest title of an annex or protocol before its first article, in bytes.
const MAX_TITLE: usize = 300;
/// Evidence from which the beginning of a count is believed to be a heading.
const LIKELY: f32 = 1.0;
/// Evidence up to which the beginning of a count does not make up for what stands before and after the words.
const UNLIKELY: f32 = -6.0;

/// The tables of contents that the source marks.
fn native_contents(document: &Document) -> Vec<Span> {
    document.native.iter().filter(|unit| unit.kind == NativeKind::Contents).map(|unit| unit.span).collect()
}

pub(super) fn in_aside(asides: &[Aside], at: usize) -> bool {
    let after = asides.partition_point(|aside| aside.span.start <= at);
    after.checked_sub(1).is_some_and(|index| asides[index].span.contains(at))
}

/// Whether a sorted list has a value in `(from, to]`.
fn between(sorted: &[usize], from: usize, to: usize) -> bool {
    let after = sorted.partition_point(|&at| at <= from);
    sorted.get(after).is_some_and(|&at| at <= to)
}

/// The closing formula ends the last article before it, once for each instrument.
pub(super) fn add_signatures(text: &str, heads: &mut Vec<Head>) {
    let mut found: Vec<Head> = Vec::new();
    let mut last_index = usize::MAX;
    for formula in SIGNATURE.find_iter(text) {
        let start = formula.start() + formula.as_str().find(char::is_alphabetic).unwrap_or(0);
        let index = heads.partition_point(|head| head.start <= start);
        // Two formulas without a heading between them ("In witness whereof … Done at …") are one.
        if index == 0 || index == last_index {
            continue;
        }
        // Inside a chapter-less preamble or a table it is a mention.
        if !matches!(
            heads[index - 1].kind,
            Kind::Article | Kind::Chapter | Kind::Section | Kind::Protocol | Kind::Letter | Kind::Declaration | Kind::Title | Kind::Part
        ) {
            continue;
        }
        last_index = index;
        found.push(Head { kind: Kind::Signature, number: None, heading: None, start, end: start, source_id: None, unit_end: 0 });
    }
    heads.extend(found);
    heads.sort_by_key(|head| head.start);
}

#[cfg(test)]
mod tests {
    use super::super::{Agreement, Kind};
    use crate::document;

    /// Kind, number and heading of every unit above the paragraphs.
    fn units(text: &str) -> Vec<(Kind, String, String)> {
        let agreement = Agreement::new(document::read(text.as_bytes()).expect("plain text"));
        let within = [Kind::Agreement, Kind::Paragraph, Kind::Item, Kind::Recital, Kind::Continuation, Kind::Front, Kind::Preamble];
        agreement
            .provisions
            .into_iter()
            .filter(|provision| !within.contains(&provision.kind))
            .map(|provision| (provision.kind, provision.number.unwrap_or_default(), provision.heading.unwrap_or_default()))
            .collect()
    }

    fn articles(text: &str) -> Vec<String> {
        units(text).into_iter().filter(|unit| unit.0 == Kind::Article).map(|unit| unit.1).collect()
    }

    #[test]
    fn a_heading_ends_where_the_next_begins() {
        let text = "The Parties have agreed as follows: PART 1 ARTICLE 1 Duties end. PART 2. TRADE IN FISH ARTICLE 2 Nets are free. ARTICLE 3 Boats are free.";
        let parts: Vec<_> = units(text).into_iter().filter(|unit| unit.0 == Kind::Part).map(|unit| unit.2).collect();
        assert_eq!(parts, ["", "TRADE IN FISH"]);
    }

    #[test]
    fn the_first_line_of_a_sentence_is_no_heading() {
        let text = "Article 1\nThe lists in the annexes of this Agreement name the goods that\nare free of duty.\nArticle 2\nEstablishment of a Joint Committee of the Ministers of Norland\nand of Sudland\nIt meets each year.\n";
        let found: Vec<_> = units(text).into_iter().map(|unit| unit.2.is_empty()).collect();
        assert_eq!(found, [true, false]);
    }

    #[test]
    fn a_text_in_lower_case_has_headings() {
        let filler = "the parties shall trade freely in what they make, and they shall not ask for duties of any kind. ".repeat(5);
        let text = format!("article 1\n{filler}\narticle 2\nsubject to article 1, {filler}\narticle 3\n{filler}\n");
        assert_eq!(articles(&text), ["1", "2", "3"]);
    }

    #[test]
    fn the_short_form_heads_articles_where_it_is_the_habit() {
        assert_eq!(articles("Art. 1\nTrade is free.\nArt. 2\nSee Art. 1 of this Agreement.\nArt. 3\nEnd.\n"), ["1", "2", "3"]);
        assert_eq!(
            articles("Article 1\nTrade is free under\nArt. 7\nof the other treaty.\nArticle 2\nEnd.\nArticle 3\nDone.\n"),
            ["1", "2", "3"]
        );
    }

    #[test]
    fn numbers_in_words_given_twice() {
        let text = "Article One (I) Trade is free. Article Two (II) Duties end. Article Three (III) This enters into force.";
        assert_eq!(articles(text), ["One", "Two", "Three"]);
    }

    #[test]
    fn words_set_apart_and_misread_are_headings() {
        assert_eq!(articles("A R T I C L E  1\nOne.\nARTIDE 2\nTwo.\nARTlCLE 3\nThree.\n"), ["1", "2", "3"]);
    }

    #[test]
    fn a_part_may_have_its_number_before_it() {
        let text = "PREMIÈRE PARTIE\nDES PRINCIPES\nArticle premier\nUn.\nDEUXIÈME PARTIE\nDES ÉCHANGES\nArticle 2\nDeux.\nla première partie\nsigne.\n";
        let parts: Vec<_> = units(text).into_iter().filter(|unit| unit.0 == Kind::Part).map(|unit| (unit.1, unit.2)).collect();
        assert_eq!(parts, [("PREMIÈRE".into(), "DES PRINCIPES".into()), ("DEUXIÈME".into(), "DES ÉCHANGES".into())]);
    }

    #[test]
    fn a_protocol_after_the_signatures_is_an_instrument_of_its_own() {
        let text = "ARTICLE 1 Trade is free. ARTICLE 2 Duties end. Done in the city of Norburg, in duplicate. PROTOCOL 1 on trade in fish ARTICLE 1 Fish are free. ARTICLE 2 Nets are free.";
        let kinds: Vec<_> = units(text).into_iter().map(|unit| unit.0).collect();
        assert_eq!(kinds, [Kind::Article, Kind::Article, Kind::Signature, Kind::Protocol, Kind::Article, Kind::Article]);
    }

    #[test]
    fn a_protocol_that_is_annexed_stands_in_the_annex() {
        let text = "Article 1\nTrade is free.\nAnnex 1\nPROTOCOL ON FISH\nArticle 1\nFish are free.\n";
        let agreement = Agreement::new(document::read(text.as_bytes()).expect("plain text"));
        let last = agreement.provisions.last().expect("an article");
        assert_eq!(last.id, "annex_1__prot_on-fish__art_1");
    }

    #[test]
    fn provisions_of_another_text_are_enumerated_and_open_nothing() {
        let text = "Article 1\nScope\nThese are incorporated:\n(a) Article 2 (Notes);\n(b) Annex 1 (Terms), except the first.\nArticle 2\nEnd\nDone.\n";
        let kinds: Vec<_> = units(text).into_iter().map(|unit| (unit.0, unit.1)).collect();
        assert_eq!(kinds, [(Kind::Article, "1".into()), (Kind::Article, "2".into())]);
    }
}
