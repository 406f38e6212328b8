//! Akoma Ntoso 3.0 (OASIS LegalDocML, <https://docs.oasis-open.org/legaldocml/akn-core/v1.0/>): the agreement as legal XML.
//!
//! The title page is the `preface`, recitals stand in the `preamble`, everything up to the closing formula in the `body`, the
//! closing formula and the signatures in the `conclusions`; annexes, protocols, schedules, letters and declarations are
//! `attachments`. What stands where the schema has no place for it (an article behind an annex) stays in the order of the
//! text, in a generic `hcontainer` that says what it is. Identifiers are those of every other output.
//!
//! All words of the document stand in the export, in their order. Footnotes become notes where their words stand.

mod blocks;
mod meta;
mod sink;

use meta::Identity;
use sink::Sink;

use crate::document::Span;
use crate::structure::{Agreement, Kind, Provision};
use crate::text::one_line;

/// The namespace of version 3.0.
const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";
/// How deep provisions nest in the export; what stands deeper is given as words. Treaties stay below fifteen.
const MAX_DEPTH: usize = 64;

/// A stretch of a provision.
#[derive(Clone, Copy, Debug)]
enum Part {
    /// Its own words, or words that go on after an interruption.
    Words(Span),
    /// A footnote.
    Note(usize),
    /// A provision in it.
    Child(usize),
}

/// The agreement as Akoma Ntoso 3.0: one XML document, valid by the schema of OASIS, line break included.
///
/// # Example
/// ```
/// use clausula::{document, report, structure::Agreement};
/// let agreement = Agreement::new(document::read(b"Article 1\nScope\n1. It applies to goods & services.\n")?);
/// let xml = report::akoma_ntoso(&agreement);
/// assert!(xml.contains("<heading eId=\"art_1__heading\">Scope</heading>"));
/// assert!(xml.contains("It applies to goods &amp; services."));
/// # Ok::<(), clausula::document::ReadError>(())
/// ```
#[must_use]
pub fn akoma_ntoso(agreement: &Agreement) -> String {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); agreement.provisions.len()];
    for (index, provision) in agreement.provisions.iter().enumerate() {
        if let Some(parent) = provision.parent {
            children[parent].push(index);
        }
    }
    let mut export = Export { agreement, children, identity: Identity::of(agreement), sink: Sink::new() };
    export.whole();
    export.sink.finish()
}

/// Where the children of the agreement, or of an instrument attached to it, have their place in the schema.
#[derive(Default)]
struct Places {
    preface: Vec<Part>,
    preamble: Option<usize>,
    body: Vec<Part>,
    conclusions: Option<usize>,
    attachments: Vec<usize>,
}

struct Export<'a> {
    agreement: &'a Agreement,
    children: Vec<Vec<usize>>,
    identity: Identity,
    sink: Sink,
}

impl<'a> Export<'a> {
    fn provision(&self, index: usize) -> &'a Provision {
        &self.agreement.provisions[index]
    }

    fn is_blank(&self, span: Span) -> bool {
        blocks::is_blank(&self.agreement.document, span)
    }

    /// What a provision is made of, behind its head.
    fn parts(&self, index: usize) -> Vec<Part> {
        let mut parts = Vec::new();
        self.add_parts(index, self.provision(index).head_end, &mut parts);
        parts
    }

    fn add_parts(&self, index: usize, from: usize, parts: &mut Vec<Part>) {
        let own = Span::new(from, self.provision(index).own.end);
        if !self.is_blank(own) {
            parts.push(Part::Words(own));
        }
        for &child in &self.children[index] {
            match self.provision(child).kind {
                Kind::Footnote => parts.push(Part::Note(child)),
                // A continuation never stands in another: what follows it stands beside it.
                Kind::Continuation => self.add_parts(child, self.provision(child).own.start, parts),
                _ => parts.push(Part::Child(child)),
            }
        }
    }

    /// The whole document.
    fn whole(&mut self) {
        let places = self.places(self.parts(0), true);
        self.sink.open("akomaNtoso", &[("xmlns", NAMESPACE)]);
        self.sink.open("act", &[("name", "treaty"), ("contains", "originalVersion")]);
        self.identity.write(&mut self.sink, None);
        self.preface(&places.preface);
        if let Some(index) = places.preamble {
            self.preamble(index);
        }
        self.sink.open("body", &[("eId", "body")]);
        self.hierarchy(&places.body, 0);
        if places.body.is_empty() {
            // The schema wants a unit, even where an agreement is nothing but its annexes.
            self.sink.empty("hcontainer", &[("name", "empty")]);
        }
        self.sink.close();
        self.after_body(&places, 0);
    }

    /// Gives the parts their places. What comes too early or too late for its own stays in the body.
    fn places(&self, parts: Vec<Part>, with_preface: bool) -> Places {
        let kind = |part: &Part| match part {
            Part::Child(index) => Some(self.provision(*index).kind),
            Part::Words(_) | Part::Note(_) => None,
        };
        let mut places = Places::default();
        let mut parts = parts.as_slice();
        // A document without any heading is body.
        if with_preface && parts.iter().any(|part| kind(part).is_some()) {
            let ends = |part: &Part| !matches!(kind(part), None | Some(Kind::Front | Kind::Contents));
            let (preface, rest) = parts.split_at(parts.iter().position(ends).unwrap_or(parts.len()));
            places.preface = preface.to_vec();
            parts = rest;
            if let [Part::Child(index), rest @ ..] = parts
                && self.provision(*index).kind == Kind::Preamble
            {
                places.preamble = Some(*index);
                parts = rest;
            }
        }
        while let [rest @ .., Part::Child(index)] = parts
            && self.provision(*index).kind.is_instrument()
        {
            places.attachments.push(*index);
            parts = rest;
        }
        places.attachments.reverse();
        if let [rest @ .., Part::Child(index)] = parts
            && self.provision(*index).kind == Kind::Signature
        {
            places.conclusions = Some(*index);
            parts = rest;
        }
        places.body = parts.to_vec();
        places
    }

    fn preface(&mut self, parts: &[Part]) {
        // Each part is a paragraph, a note or a table of contents, so that nothing else can be met here.
        let blank = |part: &Part| matches!(part, Part::Child(index) if self.is_blank(self.provision(*index).span));
        let parts: Vec<Part> = parts.iter().copied().filter(|part| !blank(part)).collect();
        if parts.is_empty() {
            return;
        }
        let front = parts.iter().find_map(|part| match part {
            Part::Child(index) if self.provision(*index).kind == Kind::Front => Some(*index),
            _ => None,
        });
        self.sink.open("preface", &[("eId", front.map_or("preface", |index| self.provision(index).id.as_str()))]);
        for part in parts {
            match part {
                Part::Child(index) if self.provision(index).kind == Kind::Contents => {
                    let Provision { span, id, .. } = self.provision(index);
                    blocks::contents(&mut self.sink, &self.agreement.document, *span, id);
                }
                Part::Child(index) => {
                    let title = if Some(index) == front { self.agreement.title.as_deref() } else { None };
                    let parts = self.parts_with_head(index);
                    self.blocks(&parts, title, 0);
                }
                Part::Words(_) | Part::Note(_) => self.blocks(&[part], None, 0),
            }
        }
        self.sink.close();
    }

    /// The parts of a provision whose head is written as words.
    fn parts_with_head(&self, index: usize) -> Vec<Part> {
        let mut parts = Vec::new();
        let Provision { own, head_end, .. } = self.provision(index);
        let head = Span::new(own.start, *head_end);
        if !self.is_blank(head) {
            parts.push(Part::Words(head));
        }
        self.add_parts(index, *head_end, &mut parts);
        parts
    }

    fn preamble(&mut self, index: usize) {
        let parts = self.parts_with_head(index);
        if self.is_blank(self.provision(index).span) {
            return;
        }
        self.sink.open("preamble", &[("eId", &self.provision(index).id)]);
        let provisions = &self.agreement.provisions;
        let is_recital = |part: &Part| matches!(part, Part::Child(index) if provisions[*index].kind == Kind::Recital);
        let mut numbered = 0;
        for run in parts.chunk_by(|one, two| is_recital(one) == is_recital(two)) {
            if !is_recital(&run[0]) {
                self.blocks(run, None, 0);
                continue;
            }
            numbered += 1;
            let id = if numbered == 1 { "recitals".to_owned() } else { format!("recitals_{numbered}") };
            self.sink.open("recitals", &[("eId", &format!("{}__{id}", self.provision(index).id))]);
            for part in run {
                if let Part::Child(recital) = part {
                    self.block_item("recital", *recital, 0);
                }
            }
            self.sink.close();
        }
        self.sink.close();
    }

    fn after_body(&mut self, places: &Places, depth: usize) {
        if let Some(index) = places.conclusions
            && !self.is_blank(self.provision(index).span)
        {
            self.sink.open("conclusions", &[("eId", &self.provision(index).id)]);
            let parts = self.parts_with_head(index);
            self.blocks(&parts, None, depth);
            self.sink.close();
        }
        if !places.attachments.is_empty() {
            self.sink.open("attachments", &[]);
            for &index in &places.attachments {
                self.attachment(index, depth);
            }
            self.sink.close();
        }
    }

    /// An annex, a protocol or another instrument with a document of its own.
    fn attachment(&mut self, index: usize, depth: usize) {
        let provision = self.provision(index);
        self.sink.open("attachment", &[("eId", &provision.id)]);
        let parts = self.parts(index);
        let parts = self.head(index, &parts).to_vec();
        self.sink.open("doc", &[("name", provision.kind.name()), ("contains", "originalVersion")]);
        self.identity.write(&mut self.sink, Some(&provision.id));
        self.sink.open("mainBody", &[]);
        if depth >= MAX_DEPTH {
            self.flat(index);
            self.sink.close();
        } else {
            let places = self.places(parts, false);
            for run in places.body.chunk_by(|one, two| is_child(one) == is_child(two)) {
                if is_child(&run[0]) { self.hierarchy(run, depth) } else { self.blocks(run, None, depth) }
            }
            if places.body.is_empty() {
                self.sink.empty("p", &[]);
            }
            self.sink.close();
            self.after_body(&places, depth + 1);
        }
        self.sink.close();
        self.sink.close();
    }

    /// The words of a provision and of all that it holds, behind its head: for what nests too deep.
    fn flat(&mut self, index: usize) {
        let Provision { span, head_end, .. } = self.provision(index);
        blocks::write(&mut self.sink, self.agreement, &[Part::Words(Span::new(*head_end, span.end))], None);
    }

    /// Number and heading, with the notes that follow them; gives the parts that are left.
    fn head<'p>(&mut self, index: usize, parts: &'p [Part]) -> &'p [Part] {
        let provision = self.provision(index);
        let words = one_line(Span::new(provision.own.start, provision.head_end).of(&self.agreement.document.text));
        if words.is_empty() {
            return parts;
        }
        let notes = parts.iter().take_while(|part| matches!(part, Part::Note(_))).count();
        let pieces = head_pieces(&words, provision);
        for (position, (element, words)) in pieces.iter().enumerate() {
            let id = if *element == "heading" { format!("{}__heading", provision.id) } else { String::new() };
            self.sink.open(element, &[("eId", &id)]);
            self.sink.words(words);
            if position + 1 == pieces.len() {
                for part in &parts[..notes] {
                    if let Part::Note(note) = part {
                        let note = self.provision(*note);
                        blocks::note(&mut self.sink, self.agreement, note);
                    }
                }
            }
            self.sink.close();
        }
        &parts[notes..]
    }

    /// Provisions where only provisions may stand.
    fn hierarchy(&mut self, parts: &[Part], depth: usize) {
        for run in parts.chunk_by(|one, two| !is_child(one) && !is_child(two)) {
            match run {
                [Part::Child(index)] => self.unit(*index, depth),
                words => {
                    self.sink.open("hcontainer", &[("name", "continuation")]);
                    self.within("content", "", words);
                    self.sink.close();
                }
            }
        }
    }

    /// A provision as an element of the hierarchy.
    fn unit(&mut self, index: usize, depth: usize) {
        let provision = self.provision(index);
        let id = provision.id.as_str();
        let (element, name) = element(provision.kind);
        self.sink.open(element, &[("eId", id), ("name", name)]);
        if provision.kind == Kind::Contents {
            self.sink.open("content", &[]);
            blocks::contents(&mut self.sink, &self.agreement.document, provision.span, &format!("{id}__toc"));
            self.sink.close();
            self.sink.close();
            return;
        }
        let parts = self.parts(index);
        let parts = self.head(index, &parts);
        let children = parts.iter().position(is_child).zip(parts.iter().rposition(is_child));
        if depth >= MAX_DEPTH && children.is_some() {
            self.sink.open("content", &[("eId", &format!("{id}__content"))]);
            self.flat(index);
            self.sink.close();
        } else if let Some((first, last)) = children {
            if first > 0 {
                self.within("intro", id, &parts[..first]);
            }
            self.hierarchy(&parts[first..=last], depth + 1);
            if last + 1 < parts.len() {
                self.within("wrapUp", id, &parts[last + 1..]);
            }
        } else if !parts.is_empty() {
            self.within("content", id, parts);
        }
        self.sink.close();
    }

    /// Words and notes in an element for blocks.
    fn within(&mut self, element: &'static str, id: &str, parts: &[Part]) {
        let id = if id.is_empty() { String::new() } else { format!("{id}__{}", element.to_lowercase()) };
        self.sink.open(element, &[("eId", &id)]);
        blocks::write(&mut self.sink, self.agreement, parts, None);
        self.sink.close();
    }

    /// Parts where no provision of the hierarchy may stand: what is numbered there is an item of a list.
    fn blocks(&mut self, parts: &[Part], title: Option<&str>, depth: usize) {
        for run in parts.chunk_by(|one, two| is_child(one) == is_child(two)) {
            if !is_child(&run[0]) {
                blocks::write(&mut self.sink, self.agreement, run, title);
                continue;
            }
            self.sink.open("blockList", &[]);
            for part in run {
                if let Part::Child(index) = part {
                    self.block_item("item", *index, depth + 1);
                }
            }
            self.sink.close();
        }
    }

    /// A recital or an item of a list among blocks.
    fn block_item(&mut self, element: &'static str, index: usize, depth: usize) {
        self.sink.open(element, &[("eId", &self.provision(index).id)]);
        let parts = self.parts(index);
        let parts = self.head(index, &parts);
        if parts.is_empty() {
            self.sink.empty("p", &[]);
        } else if depth >= MAX_DEPTH {
            self.flat(index);
        } else {
            self.blocks(parts, None, depth);
        }
        self.sink.close();
    }
}

const fn is_child(part: &Part) -> bool {
    matches!(part, Part::Child(_))
}

/// The element of the hierarchy for a kind, and the name of a generic one.
const fn element(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Part => ("part", ""),
        Kind::Title => ("title", ""),
        Kind::Chapter => ("chapter", ""),
        Kind::Section => ("section", ""),
        Kind::Subsection => ("subsection", ""),
        Kind::Article => ("article", ""),
        Kind::Paragraph => ("paragraph", ""),
        Kind::Item => ("point", ""),
        Kind::Signature => ("hcontainer", "conclusions"),
        _ => ("hcontainer", kind.name()),
    }
}

/// The words of a head as `num` and `heading`, in their order: a heading may stand before its number.
fn head_pieces<'w>(words: &'w str, provision: &Provision) -> Vec<(&'static str, &'w str)> {
    let heading = one_line(provision.heading.as_deref().unwrap_or_default());
    let start = match heading.as_str() {
        "" => None,
        heading if words.ends_with(heading) => Some(words.len() - heading.len()),
        heading => words.find(heading),
    };
    let Some(start) = start else {
        let element = if provision.number.is_some() || heading.is_empty() { "num" } else { "heading" };
        return vec![(element, words)];
    };
    let (before, rest) = words.split_at(start);
    let (mut heading, mut after) = rest.split_at(heading.len());
    // A full stop or a bracket behind the heading belongs to it.
    if !after.contains(char::is_alphanumeric) {
        (heading, after) = (rest, "");
    }
    let pieces = [("num", before.trim()), ("heading", heading.trim()), ("num", after.trim())];
    pieces.into_iter().filter(|(_, words)| !words.is_empty()).collect()
}
