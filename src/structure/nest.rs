//! Builds the tree: chooses the headings of every level, nests them, and cuts what stands between them.

use std::collections::HashMap;

use super::entries::{self, Entry};
use super::front::{CLOSING, add_front_matter, title_of};
use super::headings::{self, Head};
use super::items::{self, Cut, Piece};
use super::number::heading_number;
use super::{Agreement, Kind, Provision, cite, native, preamble};
use crate::document::{Aside, AsideKind, Document, Span};

/// Builds the agreement from a document.
pub(super) fn build(document: Document) -> Agreement {
    let text = &document.text;
    let native = native::has_articles(&document);
    let mut heads = if native { native::heads(&document) } else { headings::find(&document) };
    let nested = native && native::nests(&document);
    if nested {
        // Outer units stand before inner ones already.
        heads.sort_by_key(|head| head.start);
    } else {
        heads.sort_by_key(|head| (head.start, rank(head.kind)));
    }
    add_front_matter(text, &mut heads);
    let mut tree = Tree::new(text.len(), nested.then(|| native::item_levels(&document)));
    for (index, head) in heads.iter().enumerate() {
        let end = heads.get(index + 1).map_or(text.len(), |next| next.start);
        tree.add_head(head, Span::new(head.start, end), &document);
    }
    let mut provisions = tree.finish();
    cite::name(&mut provisions, document.language);
    let title = document.metadata.title.clone().or_else(|| title_of(text, &heads, &document.asides));
    Agreement { title, provisions, document }
}

/// The order of the levels: a heading closes everything of its own rank and below.
pub(super) fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Agreement => 0,
        Kind::Front
        | Kind::Contents
        | Kind::Preamble
        | Kind::Signature
        | Kind::Letter
        | Kind::Declaration
        | Kind::Protocol
        | Kind::Annex => 1,
        Kind::Appendix | Kind::Schedule => 2,
        Kind::Part => 3,
        Kind::Title => 4,
        Kind::Chapter => 5,
        Kind::Section => 6,
        Kind::Subsection => 7,
        Kind::Article => 8,
        Kind::Paragraph | Kind::Item | Kind::Recital | Kind::Entry | Kind::Footnote | Kind::Continuation => 9,
    }
}

/// The tree while it grows.
struct Tree {
    provisions: Vec<Provision>,
    /// The open nodes, outermost first, with their rank.
    open: Vec<(u8, usize)>,
    /// Where the source says what stands in what, so that no rank has to tell: how many levels of items it marks.
    nested: Option<usize>,
    /// The groups so far by their kind.
    groups: HashMap<Kind, Vec<usize>>,
}

impl Tree {
    fn new(end: usize, nested: Option<usize>) -> Self {
        let root = node(None, Kind::Agreement, 0, end);
        Self { provisions: vec![root], open: vec![(0, 0)], nested, groups: HashMap::new() }
    }

    fn push(&mut self, mut provision: Provision, parent: usize) -> usize {
        provision.parent = Some(parent);
        self.provisions.push(provision);
        self.provisions.len() - 1
    }

    /// Adds a heading and cuts the words that follow it, up to the next heading.
    fn add_head(&mut self, head: &Head, span: Span, document: &Document) {
        let (text, asides) = (document.text.as_str(), document.asides.as_slice());
        if self.nested.is_some() {
            self.open.retain(|&(_, index)| index == 0 || self.provisions[index].span.end > head.start);
        } else {
            self.close_for(head, text);
        }
        let parent = self.open.last().map_or(0, |&(_, index)| index);
        let mut provision = node(None, head.kind, span.start, if self.nested.is_some() { span.end.max(head.unit_end) } else { span.end });
        provision.number = head.number.clone();
        provision.heading = head.heading.clone();
        provision.head_end = head.end.clamp(span.start, span.end);
        provision.source_id = head.source_id.clone();
        let index = self.push(provision, parent);
        self.open.push((rank(head.kind), index));
        if head.kind.is_group() {
            self.groups.entry(head.kind).or_default().push(index);
        }
        let attached = self.open.iter().any(|&(_, at)| self.provisions[at].kind.is_instrument());
        let entries = if attached { entries::find(text, span, asides) } else { Vec::new() };
        if let Some(levels) = self.nested
            && entries.is_empty()
            && let Some(cuts) = native::cut(document, span, head.end.clamp(span.start, span.end), levels)
        {
            self.add_cuts(index, span, &cuts);
            return;
        }
        match head.kind {
            Kind::Contents | Kind::Front => {}
            Kind::Preamble => self.add_recitals(index, span, text, asides),
            // A protocol has recitals of its own before its first article.
            Kind::Protocol if !preamble::recital_starts(Span::new(head.end.clamp(span.start, span.end), span.end).of(text)).is_empty() => {
                self.add_recitals(index, Span::new(head.end.clamp(span.start, span.end), span.end), text, asides);
            }
            _ if !entries.is_empty() => self.add_entries(index, span, head.end.clamp(span.start, span.end), entries, document),
            _ => self.add_pieces(index, span, head.end.clamp(span.start, span.end), text, asides),
        }
    }

    /// Closes what the new heading ends.
    fn close_for(&mut self, head: &Head, text: &str) {
        let new = rank(head.kind);
        // "Annex 1" and nothing but the title of a protocol below it: the protocol is what is annexed.
        if matches!(head.kind, Kind::Protocol | Kind::Letter | Kind::Declaration)
            && let Some(&(_, last)) = self.open.last()
            && self.provisions[last].kind == Kind::Annex
            && self.provisions[last].heading.is_none()
            && text.get(self.provisions[last].head_end..head.start).is_some_and(|between| !between.contains(char::is_alphanumeric))
        {
            return;
        }
        // A chapter that counts on from before an annex stands beside it, not in it.
        if head.kind.is_group()
            && let Some(at) = self.open.iter().position(|&(_, index)| self.provisions[index].kind.is_instrument())
            && self.continues_outside(head, self.open[at].1)
        {
            self.open.truncate(at);
        }
        self.close_lost_group(head);
        // Nothing stands inside a preamble, a table of contents or a closing formula but its own words.
        let holds = |index: usize| !matches!(self.provisions[index].kind, Kind::Preamble | Kind::Front | Kind::Contents | Kind::Signature);
        let keep = self.open.iter().take_while(|&&(open, index)| open < new && holds(index)).count();
        self.open.truncate(keep.max(1));
    }

    /// A count of chapters that begins again inside a title means that the heading of the next title is lost: the chapter does
    /// not belong to the old one.
    fn close_lost_group(&mut self, head: &Head) {
        let first = head.number.as_deref().and_then(heading_number).is_some_and(|(number, _)| number.is_first());
        if !first || !head.kind.is_group() {
            return;
        }
        let around = self.open.iter().rposition(|&(open, index)| open < rank(head.kind) && self.provisions[index].kind.is_group());
        if let Some(at) = around {
            let group = self.open[at].1;
            if self.provisions[group + 1..].iter().any(|provision| provision.parent == Some(group) && provision.kind == head.kind) {
                self.open.truncate(at);
            }
        }
    }

    /// Whether the last heading of the same kind before the instrument is directly followed by this one.
    fn continues_outside(&self, head: &Head, instrument: usize) -> bool {
        let Some(number) = head.number.as_deref().and_then(|number| heading_number(number).map(|found| found.0)) else { return false };
        if number.is_first() {
            return false;
        }
        let alike = self.groups.get(&head.kind).map_or(&[][..], Vec::as_slice);
        let (outside, within) = alike.split_at(alike.partition_point(|&at| at < instrument));
        let (before, inside) = (outside.last(), within.last());
        let follows = |&at: &usize| {
            self.provisions[at].number.as_deref().and_then(heading_number).is_some_and(|(earlier, _)| number.follows(&earlier))
        };
        before.is_some_and(follows) && !inside.is_some_and(follows)
    }

    fn add_recitals(&mut self, preamble: usize, span: Span, text: &str, asides: &[Aside]) {
        // "Have agreed as follows" closes the recitals and belongs to none of them.
        let closing = CLOSING
            .find(span.of(text))
            .map_or(span.end, |found| span.start + found.start() + found.as_str().find(char::is_alphabetic).unwrap_or_default());
        let starts = preamble::recital_starts(Span::new(span.start, closing).of(text));
        for (number, &at) in starts.iter().enumerate() {
            let end = starts.get(number + 1).map_or(closing, |&next| span.start + next);
            let mut recital = node(None, Kind::Recital, span.start + at, end);
            recital.head_end = recital.span.start;
            let index = self.push(recital, preamble);
            self.add_footnotes(index, Span::new(span.start + at, end), text, asides);
        }
        if closing < span.end && !starts.is_empty() {
            self.push(node(None, Kind::Continuation, closing, span.end), preamble);
        }
    }

    /// Footnotes inside a recital.
    fn add_footnotes(&mut self, parent: usize, span: Span, text: &str, asides: &[Aside]) {
        let notes = items::asides_in(asides, span).iter().filter(|aside| aside.kind == AsideKind::Footnote);
        for aside in notes {
            let end = aside.span.end.min(span.end);
            let mut note = node(None, Kind::Footnote, aside.span.start, end);
            note.number = aside.mark.clone();
            self.push(note, parent);
            if !text.get(end..span.end).unwrap_or_default().trim().is_empty() {
                self.push(node(None, Kind::Continuation, end, span.end), parent);
            }
        }
    }

    /// The entries of a schedule. What stands before the first is cut as usual; each list of a party is a schedule of its own.
    fn add_entries(&mut self, schedule: usize, span: Span, head_end: usize, mut entries: Vec<Entry>, document: &Document) {
        let (text, asides) = (document.text.as_str(), document.asides.as_slice());
        entries.retain(|entry| entry.start >= head_end);
        let mut lists = entries::lists(text, Span::new(head_end, span.end), &entries).into_iter().peekable();
        let first = entries.first().map_or(span.end, |entry| entry.start);
        let first = lists.peek().map_or(first, |list| list.start.min(first));
        self.add_pieces(schedule, Span::new(span.start, first), head_end.min(first), text, asides);
        let mut parent = schedule;
        let mut entries = entries.into_iter().peekable();
        while let Some(entry) = entries.next() {
            while let Some(list) = lists.next_if(|list| list.start <= entry.start) {
                let mut party = node(None, Kind::Schedule, list.start, lists.peek().map_or(span.end, |next| next.start));
                party.heading = Some(list.heading);
                party.head_end = list.end;
                parent = self.push(party, schedule);
            }
            let next = entries.peek().map_or(span.end, |next| next.start);
            let end = lists.peek().map_or(next, |list| next.min(list.start));
            let mut provision = node(None, Kind::Entry, entry.start, end);
            provision.number = Some(entry.number);
            provision.heading = entry.sector;
            self.push(provision, parent);
        }
    }

    fn add_pieces(&mut self, article: usize, span: Span, head_end: usize, text: &str, asides: &[Aside]) {
        self.add_cuts(article, span, &items::cut(text, span, head_end, asides));
    }

    fn add_cuts(&mut self, article: usize, span: Span, cuts: &[Cut]) {
        let mut open: Vec<usize> = vec![article];
        for (position, cut) in cuts.iter().enumerate() {
            open.truncate(cut.depth.max(1));
            let parent = open.last().copied().unwrap_or(article);
            let end = cuts[position + 1..].iter().find(|next| next.depth <= cut.depth).map_or(span.end, |next| next.start);
            let kind = match cut.piece {
                Piece::Paragraph => Kind::Paragraph,
                Piece::Item | Piece::Definition(_) => Kind::Item,
                Piece::Recital => Kind::Recital,
                Piece::Footnote => Kind::Footnote,
                Piece::Continuation => Kind::Continuation,
            };
            let mut provision = node(None, kind, cut.start, end);
            provision.number = cut.number.clone();
            provision.head_end = cut.head_end;
            if let Piece::Definition(term) = &cut.piece {
                provision.heading = Some(term.clone());
            }
            let index = self.push(provision, parent);
            open.push(index);
        }
    }

    /// Sets the spans of groups (to the end of their last descendant) and the own spans of all nodes.
    fn finish(mut self) -> Vec<Provision> {
        for index in (1..self.provisions.len()).rev() {
            let end = self.provisions[index].span.end;
            if let Some(parent) = self.provisions[index].parent {
                let outer = &mut self.provisions[parent].span.end;
                *outer = (*outer).max(end);
            }
        }
        let starts: Vec<usize> = self.provisions.iter().map(|provision| provision.span.start).collect();
        let total = self.provisions[0].span.end;
        for (index, provision) in self.provisions.iter_mut().enumerate() {
            provision.own = Span::new(provision.span.start, starts.get(index + 1).copied().unwrap_or(total));
            provision.head_end = provision.head_end.clamp(provision.own.start, provision.own.end);
        }
        self.provisions
    }
}

fn node(parent: Option<usize>, kind: Kind, start: usize, end: usize) -> Provision {
    Provision {
        id: String::new(),
        parent,
        kind,
        number: None,
        heading: None,
        citation: String::new(),
        span: Span::new(start, end),
        own: Span::new(start, end),
        head_end: start,
        source_id: None,
    }
}
