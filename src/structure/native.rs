//! The units that a source marks itself: chapters, articles, paragraphs and items become provisions as they are.
//!
//! Two families of sources: the corpus XML lists its chapters one after the other and says only "chapter" and "article",
//! so that levels come from the numbers; Akoma Ntoso and Formex nest their units and name them.

use super::heading_words::SEPARATORS;
use super::headings::{self, ATTACHED, Head, SIGNATURE, add_signatures, letter_or_declaration};
use super::items::{self, Cut, Piece};
use super::marker::candidates;
use super::nest::rank;
use super::number::heading_number;
use super::{Kind, definitions};
use crate::document::{Aside, AsideKind, Document, Native, NativeKind, Span};
use crate::text::one_line;

/// Whether the source marks its articles, so that nothing needs to be found.
pub(super) fn has_articles(document: &Document) -> bool {
    document.native.iter().any(|unit| unit.kind == NativeKind::Article)
}

/// Whether the units of the source stand in one another as the provisions do.
pub(super) fn nests(document: &Document) -> bool {
    document.native.iter().any(|unit| !matches!(unit.kind, NativeKind::Chapter | NativeKind::Article | NativeKind::Heading(_)))
}

/// The headings of a source that marks its own articles.
pub(super) fn heads(document: &Document) -> Vec<Head> {
    if nests(document) { nested_heads(document) } else { flat_heads(document) }
}

/// The headings of a source whose units follow one another.
fn flat_heads(document: &Document) -> Vec<Head> {
    let text = &document.text;
    let mut heads = Vec::new();
    let first_article = document.native.iter().position(|unit| unit.kind == NativeKind::Article);
    for (index, unit) in document.native.iter().enumerate() {
        let Some(kind) = flat_kind(unit, Some(index) == first_article, text) else { continue };
        let heading = unit.heading.as_deref().map(one_line);
        // "Artículo 3-01: Ámbito" may stand in the place of the heading.
        let (number, heading) = match (unit.number.as_deref(), heading.as_deref().and_then(split)) {
            (None, Some((number, rest))) if kind == Kind::Article => (Some(number), rest),
            (number, _) => (number.map(bare_number), heading),
        };
        heads.push(head(unit, kind, number, heading, 0));
    }
    heads
}

fn head(unit: &Native, kind: Kind, number: Option<String>, heading: Option<String>, unit_end: usize) -> Head {
    Head {
        kind,
        number,
        heading,
        start: unit.span.start,
        end: unit.head.end.max(unit.span.start),
        source_id: unit.source_id.clone(),
        unit_end,
    }
}

/// The kind of provision that the first heading word in some words names.
fn word(words: &str) -> Option<Kind> {
    candidates(words, |_| false).first().map(|found| found.kind)
}

/// What a unit of the source is: the source says chapter or article, its number says more ("TITLE II", "ANNEX 3").
fn flat_kind(unit: &Native, first_article: bool, text: &str) -> Option<Kind> {
    match unit.kind {
        NativeKind::Chapter => {
            let named_preamble = unit.number.is_none()
                && unit.heading.as_deref().is_none_or(|heading| {
                    heading.eq_ignore_ascii_case("preamble")
                        || heading.eq_ignore_ascii_case("preámbulo")
                        || heading.eq_ignore_ascii_case("préambule")
                });
            // The group that only wraps a preamble, or has neither number nor name, is no provision.
            if named_preamble {
                return None;
            }
            let named = unit.number.as_deref().or(unit.heading.as_deref()).and_then(word);
            Some(named.filter(|kind| kind.is_group() || kind.is_instrument()).unwrap_or(Kind::Chapter))
        }
        NativeKind::Article => {
            let body = unit.span.of(text);
            if let Some(number) = unit.number.as_deref() {
                // An annex may give its sections as articles.
                Some(word(number).filter(|kind| kind.is_group() || kind.is_instrument()).unwrap_or(Kind::Article))
            } else if first_article && !body.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
                Some(Kind::Preamble)
            } else if SIGNATURE.find(body).is_some_and(|found| found.start() < 40) {
                Some(Kind::Signature)
            } else {
                Some(Kind::Article)
            }
        }
        _ => None,
    }
}

/// `ARTICLE 2.1` → `2.1`, `CHAPTER ONE` → `ONE`.
fn bare_number(number: &str) -> String {
    let found = candidates(number, |_| false).into_iter().find_map(|candidate| candidate.number);
    found.map_or_else(|| one_line(number), |number| number.text)
}

/// The headings of a source whose units stand in one another.
fn nested_heads(document: &Document) -> Vec<Head> {
    let mut heads = Vec::new();
    // Ends and kinds of the units that are open.
    let mut open: Vec<(usize, Kind)> = Vec::new();
    for unit in &document.native {
        open.retain(|&(end, _)| end > unit.span.start);
        let (number, heading) = title(unit);
        let heading = heading.map(|heading| bare_heading(&heading)).filter(|heading| !heading.is_empty());
        let named = || [unit.number.as_deref(), unit.heading.as_deref()].into_iter().flatten().find_map(leading_word);
        let inside = open.iter().any(|(_, kind)| kind.is_group() || kind.is_instrument());
        let unnamed = number.is_none() && heading.is_none();
        let kind = match unit.kind {
            // A group that only wraps others is no provision.
            NativeKind::Chapter | NativeKind::Part | NativeKind::Title | NativeKind::Section if unnamed => continue,
            NativeKind::Chapter => {
                let named = named().filter(|kind| kind.is_group() || kind.is_instrument());
                named.unwrap_or(if inside { Kind::Section } else { Kind::Chapter })
            }
            NativeKind::Part => Kind::Part,
            NativeKind::Title => Kind::Title,
            NativeKind::Section => named().filter(|kind| kind.is_group()).unwrap_or(Kind::Section),
            NativeKind::Article => Kind::Article,
            NativeKind::Annex => named().filter(|kind| kind.is_instrument()).unwrap_or_else(|| attached(heading.as_deref())),
            NativeKind::Preamble => Kind::Preamble,
            NativeKind::Contents => Kind::Contents,
            NativeKind::Signature => Kind::Signature,
            NativeKind::Recital | NativeKind::Item | NativeKind::Quotation | NativeKind::Heading(_) => continue,
        };
        open.push((unit.span.end, kind));
        let titled = !matches!(kind, Kind::Preamble | Kind::Contents | Kind::Signature);
        heads.push(head(unit, kind, number.filter(|_| titled), heading.filter(|_| titled), unit.span.end));
    }
    if !heads.iter().any(|head| head.kind == Kind::Signature) {
        add_closing(document, &mut heads);
    }
    add_front_after_contents(document, &mut heads);
    add_inside_annexes(document, &mut heads);
    heads
}

/// Words between a table of contents and what follows it (a list of annexes, the title again) are front matter.
fn add_front_after_contents(document: &Document, heads: &mut Vec<Head>) {
    let body = heads.iter().position(|head| head.kind != Kind::Contents).unwrap_or(heads.len());
    let mut found = Vec::new();
    for (index, table) in heads[..body].iter().enumerate() {
        let next = heads.get(index + 1).map_or(document.text.len(), |next| next.start);
        let start = table.unit_end;
        if !Span::new(start, next).of(&document.text).trim().is_empty() {
            found.push(Head { kind: Kind::Front, number: None, heading: None, start, end: start, source_id: None, unit_end: next });
        }
    }
    heads.extend(found);
    heads.sort_by_key(|head| head.start);
}

/// Many sources give an annex as one unit of plain paragraphs, whatever stands in it: its articles and chapters are found by
/// their words, as in plain text.
fn add_inside_annexes(document: &Document, heads: &mut Vec<Head>) {
    let mut found = Vec::new();
    for (index, annex) in document.native.iter().enumerate().filter(|(_, unit)| unit.kind == NativeKind::Annex) {
        let marked = document.native[index + 1..].iter().take_while(|unit| unit.span.start < annex.span.end);
        if marked.clone().any(|unit| unit.kind != NativeKind::Quotation) {
            continue;
        }
        let words = Span::new(annex.head.end.max(annex.span.start), annex.span.end);
        let quotations: Vec<Span> = marked.map(|unit| unit.span).collect();
        found.extend(headings_of(document, words, &quotations));
    }
    if !found.is_empty() {
        heads.extend(found);
        heads.sort_by_key(|head| head.start);
    }
}

/// The articles and the groups of articles in a part of the text, where there are articles; none begins in a quotation.
fn headings_of(document: &Document, words: Span, quotations: &[Span]) -> Vec<Head> {
    let asides = items::asides_in(&document.asides, words)
        .iter()
        .filter(|aside| aside.span.end <= words.end)
        .map(|aside| Aside { span: Span::new(aside.span.start - words.start, aside.span.end - words.start), ..aside.clone() });
    let part = Document { text: words.of(&document.text).to_owned(), asides: asides.collect(), ..Document::default() };
    let quoted = |at: usize| quotations.iter().any(|quotation| quotation.contains(words.start + at));
    let mut heads = headings::find(&part);
    heads.retain(|head| (head.kind == Kind::Article || head.kind.is_group()) && !quoted(head.start));
    if !heads.iter().any(|head| head.kind == Kind::Article) {
        return Vec::new();
    }
    // A unit ends where the next of its level or above begins.
    let mut ends = vec![words.len(); heads.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, head) in heads.iter().enumerate() {
        while let Some(&last) = open.last().filter(|&&last| rank(heads[last].kind) >= rank(head.kind)) {
            ends[last] = head.start;
            open.pop();
        }
        open.push(index);
    }
    let shifted = |(head, end): (Head, usize)| Head {
        start: head.start + words.start,
        end: head.end + words.start,
        unit_end: end + words.start,
        ..head
    };
    heads.into_iter().zip(ends).map(shifted).collect()
}

/// Where the source leaves the closing formula within the last article, it ends that article and the groups around it.
fn add_closing(document: &Document, heads: &mut Vec<Head>) {
    let attached = heads.iter().find(|head| head.kind.is_instrument()).map_or(document.text.len(), |head| head.start);
    let mut with = heads.clone();
    add_signatures(&document.text, &mut with);
    let quoted = |at: usize| document.native.iter().any(|unit| unit.kind == NativeKind::Quotation && unit.span.contains(at));
    let Some(closing) = with.into_iter().rfind(|head| head.kind == Kind::Signature && head.start < attached && !quoted(head.start)) else {
        return;
    };
    for head in heads.iter_mut().filter(|head| head.start < closing.start) {
        head.unit_end = head.unit_end.min(closing.start);
    }
    let at = heads.partition_point(|head| head.start < closing.start);
    heads.insert(at, closing);
}

/// A letter or a declaration among what is attached; everything else is an annex.
fn attached(heading: Option<&str>) -> Kind {
    heading.filter(|heading| ATTACHED.is_match(heading)).map_or(Kind::Annex, letter_or_declaration)
}

/// The kind of provision that the first word of a title names.
fn leading_word(words: &str) -> Option<Kind> {
    candidates(words, |_| false).first().filter(|found| words[..found.start].trim().is_empty()).map(|found| found.kind)
}

/// Number and heading of a unit. Sources put "ARTICLE 5", "5." or "CHAPTER I – GENERAL" into either.
fn title(unit: &Native) -> (Option<String>, Option<String>) {
    let heading = unit.heading.as_deref().map(one_line);
    let Some(words) = unit.number.as_deref().map(one_line) else {
        return match heading.as_deref().and_then(split) {
            Some((number, rest)) => (Some(number), rest),
            None => (None, heading.map(without_kind)),
        };
    };
    if let Some((number, rest)) = split(&words) {
        return (Some(number), joined(rest, heading));
    }
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some((number, _)) = heading_number(bare).filter(|(_, length)| *length == bare.len()) {
        return (Some(number.text), heading);
    }
    // "ANNEX" alone names no number; any other words belong to the heading.
    if leading_word(&words).is_some() && !words.contains(' ') {
        return (None, heading);
    }
    (None, joined(Some(words), heading))
}

/// `( Scope )`, `Scope:` → `Scope`, as in plain text.
fn bare_heading(heading: &str) -> String {
    let bare = heading.trim_matches(SEPARATORS);
    let inner = bare.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).filter(|inner| !inner.contains(['(', ')']));
    inner.unwrap_or(bare).trim().to_owned()
}

/// `PROTOCOL – ON CULTURE` → `ON CULTURE`.
fn without_kind(heading: String) -> String {
    let found = candidates(&heading, |_| false).into_iter().find(|found| found.start == 0);
    let rest = found.map(|found| heading[found.after..].trim_start()).and_then(|rest| rest.strip_prefix(['–', '—', '-', ':']));
    rest.map(|rest| rest.trim().to_owned()).filter(|rest| !rest.is_empty()).unwrap_or(heading)
}

fn joined(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first} {second}")),
        (first, second) => first.or(second),
    }
}

/// `CHAPTER I – GENERAL PROVISIONS` → `I` and the heading.
fn split(words: &str) -> Option<(String, Option<String>)> {
    let found = candidates(words, |_| false).into_iter().find(|found| found.start == 0 && found.number.is_some())?;
    let rest = words[found.after..].trim_matches(|c: char| c.is_whitespace() || "–—-:.|".contains(c));
    Some((found.number?.text, (!rest.is_empty()).then(|| rest.to_owned())))
}

/// How many levels of items the source marks within its articles: what it marks in one article it marks in all.
pub(super) fn item_levels(document: &Document) -> usize {
    let mut open: Vec<usize> = Vec::new();
    let (mut levels, mut article) = (0, 0);
    for unit in &document.native {
        match unit.kind {
            NativeKind::Article => article = unit.span.end,
            NativeKind::Item if unit.span.start < article && has_number(unit) => {
                open.retain(|&end| end > unit.span.start);
                open.push(unit.span.end);
                levels = levels.max(open.len());
            }
            _ => {}
        }
    }
    levels
}

/// What the source marks within the span of a heading (whose own words end at `head_end`), as pieces; `None` where it marks
/// nothing there. In the articles of the source the items of the first `levels` levels are marked, if there are any.
pub(super) fn cut(document: &Document, span: Span, head_end: usize, levels: usize) -> Option<Vec<Cut>> {
    let first = document.native.partition_point(|unit| unit.span.start < span.start);
    let last = document.native.partition_point(|unit| unit.span.start < span.end);
    let all = &document.native[first..last];
    let article = all.iter().any(|unit| unit.kind == NativeKind::Article && unit.span.start == span.start);
    let levels = if article { levels } else { 0 };
    let units = pieces(all);
    if units.is_empty() && levels == 0 {
        return None;
    }
    let mut cutter = Cutter { document, cuts: Vec::new(), at: head_end, fresh: true, levels };
    // Ends and depths of the units that are open.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (index, unit) in units.iter().enumerate() {
        while let Some(&(end, depth)) = open.last().filter(|(end, _)| *end <= unit.span.start) {
            cutter.words(end, depth);
            cutter.fresh = false;
            open.pop();
        }
        let depth = open.last().map_or(0, |&(_, depth)| depth);
        cutter.words(unit.span.start, depth);
        let end = unit.span.end.min(span.end);
        let leaf = units.get(index + 1).is_none_or(|next| next.span.start >= end);
        cutter.unit(unit, end, depth + 1, leaf);
        if !leaf {
            open.push((end, depth + 1));
        }
    }
    while let Some((end, depth)) = open.pop() {
        cutter.words(end, depth);
        cutter.fresh = false;
    }
    cutter.words(span.end, 0);
    // A source marks the paragraphs of a definition, hardly ever that it is one.
    Some(definitions::insert(&document.text, span, head_end, cutter.cuts))
}

/// Recitals, quotations, items that have a number, and what follows these without one and belongs to the article again.
fn pieces(units: &[Native]) -> Vec<&Native> {
    let (mut numbered_end, mut numbered) = (0, false);
    let is_piece = |unit: &&Native| match unit.kind {
        NativeKind::Recital | NativeKind::Quotation => true,
        NativeKind::Item if has_number(unit) => {
            (numbered_end, numbered) = (numbered_end.max(unit.span.end), true);
            true
        }
        NativeKind::Item => numbered && unit.number.is_none() && unit.span.start >= numbered_end,
        _ => false,
    };
    units.iter().filter(is_piece).collect()
}

fn has_number(unit: &Native) -> bool {
    unit.number.as_deref().and_then(item_number).is_some()
}

/// `1.` → `1`, `(a)` → `a`; a dash is no number.
fn item_number(number: &str) -> Option<String> {
    let bare = number.trim_matches(|c: char| !c.is_alphanumeric());
    (!bare.is_empty()).then(|| one_line(bare))
}

struct Cutter<'a> {
    document: &'a Document,
    cuts: Vec<Cut>,
    /// Where the words begin that are not yet given to a piece.
    at: usize,
    /// Whether these words follow the head of the open unit, rather than one of its pieces.
    fresh: bool,
    /// How many levels of items the source marks.
    levels: usize,
}

impl Cutter<'_> {
    fn push(&mut self, start: usize, head_end: usize, depth: usize, piece: Piece, number: Option<String>) {
        self.cuts.push(Cut { start, head_end, depth, piece, number });
    }

    fn unit(&mut self, unit: &Native, end: usize, depth: usize, leaf: bool) {
        let start = unit.span.start;
        let number = unit.number.as_deref().and_then(item_number);
        let head_end = if number.is_some() { unit.head.end.clamp(start, end) } else { start };
        let piece = match unit.kind {
            NativeKind::Recital => Piece::Recital,
            NativeKind::Quotation => Piece::Continuation,
            _ if number.is_none() => Piece::Paragraph,
            _ if depth == 1 && number.as_deref().is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit())) => Piece::Paragraph,
            _ => Piece::Item,
        };
        self.push(start, head_end, depth, piece, number);
        (self.at, self.fresh) = (head_end, true);
        if leaf && unit.kind == NativeKind::Item && depth >= self.levels {
            // The source may leave the items of its last level unmarked.
            let inner = items::cut(&self.document.text, Span::new(start, end), head_end, &self.document.asides);
            self.cuts.extend(inner.into_iter().map(|cut| Cut {
                depth: cut.depth + depth,
                piece: if cut.piece == Piece::Paragraph && cut.number.is_some() { Piece::Item } else { cut.piece },
                ..cut
            }));
            (self.at, self.fresh) = (end, false);
        } else if leaf {
            self.words(end, depth);
            self.fresh = false;
        }
    }

    /// Words up to `end` that belong to an open unit itself: what follows a piece of it, or a note, continues the unit.
    fn words(&mut self, end: usize, depth: usize) {
        let document = self.document;
        let first = document.asides.partition_point(|aside| aside.span.start < self.at);
        let notes = document.asides[first..].iter().take_while(|aside| aside.span.start < end);
        for Aside { span, mark, .. } in notes.filter(|aside| aside.kind == AsideKind::Footnote) {
            self.continued(span.start, depth);
            self.push(span.start, span.start, depth + 1, Piece::Footnote, mark.clone());
            (self.at, self.fresh) = (span.end, false);
        }
        self.continued(end, depth);
        self.at = self.at.max(end);
    }

    fn continued(&mut self, end: usize, depth: usize) {
        let words = self.document.text.get(self.at..end).unwrap_or_default();
        if !self.fresh && !words.trim().is_empty() {
            self.push(self.at, self.at, depth + 1, Piece::Continuation, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Agreement;
    use crate::document;

    fn outline(body: &str) -> Vec<String> {
        let source = format!("<?xml version=\"1.0\"?><akomaNtoso><act>{body}</act></akomaNtoso>");
        let agreement = Agreement::new(document::read(source.as_bytes()).expect("well formed"));
        let joined: String = agreement.provisions.iter().map(|provision| provision.own.of(&agreement.document.text)).collect();
        assert_eq!(joined, agreement.document.text, "nothing is lost");
        agreement.provisions[1..].iter().map(|provision| format!("{} {}", provision.kind.name(), provision.citation)).collect()
    }

    #[test]
    fn a_closing_formula_ends_the_last_article() {
        let body = "<body><chapter><num>CHAPTER 1</num><heading>Ends</heading><article><num>Article 1</num><paragraph><num>1.</num><content>\
            <p>It ends.</p></content></paragraph><content><p>IN WITNESS WHEREOF they have signed.</p><p>DONE at Port Velm.</p></content></article></chapter></body>\
            <attachments><attachment><heading>ANNEX I</heading><p>Words.</p></attachment></attachments>";
        assert_eq!(outline(body), ["chapter Ch. 1", "article Art. 1", "paragraph Art. 1(1)", "signature Closing formula", "annex Annex I"]);
    }

    #[test]
    fn levels_that_are_marked_once_are_marked_everywhere() {
        let body = "<body><article><num>Article 1</num><paragraph><num>1.</num><intro><p>It covers:</p></intro><point><num>(a)</num><content>\
            <p>goods: (i) raw; and (ii) worked.</p></content></point></paragraph><paragraph><num>2.</num><content><p>In this form: (a) is a letter.</p>\
            </content></paragraph></article><article><num>Article 2</num><content><p>Of: 1. The sea; 2. The land.</p></content></article></body>";
        assert_eq!(
            outline(body),
            [
                "article Art. 1",
                "paragraph Art. 1(1)",
                "item Art. 1(1)(a)",
                "item Art. 1(1)(a)(i)",
                "item Art. 1(1)(a)(ii)",
                "paragraph Art. 1(2)",
                "article Art. 2"
            ]
        );
    }

    #[test]
    fn a_paragraph_without_a_number_ends_the_list_before_it() {
        let body = "<body><article><num>Article 1</num><paragraph><content><p>First words.</p></content></paragraph><point><num>(a)</num><content>\
            <p>goods.</p></content></point><paragraph><content><p>The rest is free.</p></content></paragraph></article></body>";
        assert_eq!(outline(body), ["article Art. 1", "item Art. 1(a)", "paragraph Art. 1"]);
    }

    #[test]
    fn an_annex_of_plain_paragraphs_is_cut_by_its_words() {
        let body = "<body><article><num>Article 1</num><content><p>One.</p></content></article></body><attachments><attachment><heading>ANNEX I</heading>\
            <doc name=\"annex\"><mainBody><p>Words before.</p><p>CHAPTER 1</p><p>RULES</p><p>Article 1</p><p>Scope</p><p>1. It covers: (a) goods; and (b) services.</p>\
            <p>Article 2</p><p>Terms</p><p>There are none.</p></mainBody></doc></attachment><attachment><heading>ANNEX II</heading>\
            <doc name=\"annex\"><mainBody><p>As Article 2 of the Agreement says.</p></mainBody></doc></attachment></attachments>";
        assert_eq!(
            outline(body),
            [
                "article Art. 1",
                "annex Annex I",
                "chapter Annex I, Ch. 1",
                "article Annex I, Art. 1",
                "paragraph Annex I, Art. 1(1)",
                "item Annex I, Art. 1(1)(a)",
                "item Annex I, Art. 1(1)(b)",
                "article Annex I, Art. 2",
                "annex Annex II"
            ]
        );
    }

    #[test]
    fn sections_are_articles_where_there_are_no_others() {
        let body = "<body><part><num>Part 2</num><heading>Rules</heading><section><num>7.</num><heading>Scope</heading>\
            <subsection><num>(1)</num><content><p>It covers: (a) goods; and (b) services.</p></content></subsection>\
            <subsection><num>–</num><content><p>A dash numbers nothing.</p></content></subsection></section></part></body>";
        assert_eq!(
            outline(body),
            ["part Part 2", "article Art. 7", "paragraph Art. 7(1)", "item Art. 7(1)(a)", "item Art. 7(1)(b)", "continuation Art. 7"]
        );
    }

    #[test]
    fn units_keep_the_place_that_the_source_gives_them() {
        // Article 2 stands in the chapter, behind a section that has ended.
        let body = "<body><chapter><num>CHAPTER I</num><section><num>Section A</num><article><num>Article 1</num><p>One.</p></article></section>\
            <article><num>Article 2</num><p>Two.</p></article></chapter></body>";
        let source = format!("<?xml version=\"1.0\"?><akomaNtoso><act>{body}</act></akomaNtoso>");
        let agreement = Agreement::new(document::read(source.as_bytes()).expect("well formed"));
        let ids: Vec<&str> = agreement.provisions[1..].iter().map(|provision| provision.id.as_str()).collect();
        assert_eq!(ids, ["ch_I", "ch_I__sec_A", "ch_I__sec_A__art_1", "ch_I__art_2"]);
    }
}
