//! Akoma Ntoso (OASIS LegalDocML 1.0, schemas 2.0 and 3.0): the XML of parliaments, gazettes and the United Nations.
//!
//! The elements say what is an article, a paragraph or an item, so nothing of it is guessed: units become [`Native`](super::Native)
//! units, `ins` and `del` tracked changes, `authorialNote` footnotes, `quotedStructure` a quotation whose articles are
//! not articles of this text. Namespaces are passed over: every prefix and both versions read alike.

use std::collections::HashMap;

use super::flow::{Flow, Mark};
use super::limits::Limits;
use super::units::Builder;
use super::xml::{ADVICE, Start, Xml};
use super::{Document, EditKind, NativeKind, ReadError, encoding};
use crate::text::one_line;

/// What is done when an element ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Close {
    Nothing,
    /// It was a block: its line ends.
    Line,
    Unit,
    Label,
    Number,
    Heading,
    Note,
    /// A note in the metadata, to which a mark in the text refers.
    StoredNote,
    Row,
    Cell,
    Change,
    Quotation,
    QuotedWords,
    /// The title of the document.
    Title,
    Meta,
}

/// Names of attached documents (`<doc name="annex">`).
const ATTACHED: [&str; 7] = ["annex", "appendix", "schedule", "protocol", "declaration", "letter", "attachment"];

/// Elements that hold no words of the text.
const SKIPPED: [&str; 5] = ["presentation", "proprietary", "foreign", "componentRef", "documentRef"];

/// Reads Akoma Ntoso.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    read_within(bytes, Limits::default())
}

/// Reads Akoma Ntoso within limits.
pub(super) fn read_within(bytes: &[u8], limits: Limits) -> Result<Document, ReadError> {
    let clock = limits.clock();
    let (source, _) = encoding::decode_xml(bytes);
    let mut xml = Xml::new(&source, damaged, clock);
    let mut reader = Reader::new();
    xml.walk(&SKIPPED, &mut reader, Reader::enter, Reader::words, Reader::close)?;
    let message = xml.message();
    let mut document = reader.finish();
    document.messages.extend(message);
    if document.text.trim().is_empty() {
        return Err(ReadError::NoText { format: "Akoma Ntoso", advice: "it may hold metadata only: read the file that holds the text" });
    }
    Ok(document)
}

fn damaged(cause: String) -> ReadError {
    ReadError::Damaged { format: "Akoma Ntoso", cause, advice: ADVICE }
}

struct Reader {
    builder: Builder,
    /// The elements that are open, and what their end means.
    path: Vec<(String, Close)>,
    /// Marks that close quotations.
    quotes: Vec<String>,
    /// Inside the metadata words are no words of the text.
    meta: bool,
    notes: HashMap<String, (Option<String>, Flow)>,
    /// The identifier of the note in the metadata that is open.
    stored: Option<String>,
    /// The title in the metadata, and the one that stands in the text.
    titles: [String; 2],
    /// Whether words of the title are being read.
    titling: bool,
    signed: Option<String>,
    in_force: Option<String>,
    /// Organisations that the metadata name: identifier and name.
    organisations: Vec<(String, String)>,
    /// Identifiers to which the preface, the preamble and the signatures refer.
    referred: Vec<String>,
}

impl Reader {
    fn new() -> Self {
        Self {
            builder: Builder::new(),
            path: Vec::new(),
            quotes: Vec::new(),
            meta: false,
            notes: HashMap::new(),
            stored: None,
            titles: [String::new(), String::new()],
            titling: false,
            signed: None,
            in_force: None,
            organisations: Vec::new(),
            referred: Vec::new(),
        }
    }

    fn parent(&self) -> &str {
        self.path.last().map_or("", |(name, _)| name.as_str())
    }

    fn is_in(&self, name: &str) -> bool {
        self.path.iter().any(|(step, _)| step == name)
    }

    fn enter(&mut self, start: &Start<'_>) {
        let close = self.open(start);
        self.path.push((start.name().to_owned(), close));
    }

    fn open(&mut self, start: &Start<'_>) -> Close {
        let name = start.name();
        if self.meta {
            return self.open_in_meta(start);
        }
        if let Some(kind) = self.unit(start) {
            self.builder.open(kind, identifier(start));
            return Close::Unit;
        }
        if let Some(reference) = start.attribute("refersTo")
            && ["preface", "preamble", "conclusions"].iter().any(|part| self.is_in(part))
        {
            self.referred.push(reference.trim_start_matches('#').to_owned());
        }
        match name {
            "meta" => {
                self.meta = true;
                Close::Meta
            }
            // Numbers and headings of what is no unit (a table, a block of an explanation) are lines.
            "num" if self.path.last().is_some_and(|(_, close)| *close == Close::Unit) => self.open_num(),
            "heading" if self.path.last().is_some_and(|(_, close)| *close == Close::Unit) => {
                // The number of a group stands on a line of its own, that of a paragraph before its heading.
                if self.builder.unit().is_some_and(|unit| unit.kind != NativeKind::Item) {
                    self.builder.end_block();
                } else {
                    self.builder.block();
                }
                Close::Heading
            }
            "authorialNote" => {
                self.builder.note(start.attribute("marker"));
                Close::Note
            }
            "noteRef" => {
                if let Some((mark, body)) = start.attribute("href").and_then(|href| self.notes.remove(href.trim_start_matches('#'))) {
                    self.builder.add_note(start.attribute("marker").or(mark), body);
                }
                Close::Nothing
            }
            "quotedStructure" => {
                self.builder.open(NativeKind::Quotation, None);
                self.open_quote(start);
                Close::Quotation
            }
            "quotedText" => {
                self.open_quote(start);
                Close::QuotedWords
            }
            "ins" => self.change(EditKind::Inserted),
            "del" => self.change(EditKind::Deleted),
            "tr" => {
                self.builder.row();
                Close::Row
            }
            "td" | "th" => {
                self.builder.cell();
                Close::Cell
            }
            "eol" | "br" => {
                self.builder.words(" ");
                Close::Nothing
            }
            "docTitle" if !self.is_in("attachments") && !self.is_in("components") => {
                self.titling = true;
                self.titles[1].push(' ');
                Close::Title
            }
            "date" if self.signed.is_none() && self.is_in("conclusions") => {
                self.signed = start.attribute("date").filter(|date| is_date(date));
                Close::Nothing
            }
            _ if is_inline(name) => Close::Nothing,
            _ => {
                self.builder.block();
                Close::Line
            }
        }
    }

    /// The kind of unit that an element is (vocabulary, section 5.4: hierarchical elements), if any.
    fn unit(&self, start: &Start<'_>) -> Option<NativeKind> {
        let named = start.attribute("name").map(|name| name.to_ascii_lowercase());
        let name = match start.name() {
            // A generic element says by its name what it is.
            "hcontainer" | "container" => named.as_deref().unwrap_or_default(),
            name => name,
        };
        let in_article = self.builder.is_in(NativeKind::Article);
        Some(match name {
            "article" | "rule" => NativeKind::Article,
            "clause" if !in_article => NativeKind::Article,
            "part" | "book" => NativeKind::Part,
            "title" => NativeKind::Title,
            "chapter" | "tome" | "subpart" | "subtitle" | "subchapter" | "division" | "subdivision" if !in_article => NativeKind::Chapter,
            "section" | "subsection" if !in_article => NativeKind::Section,
            "paragraph" | "subparagraph" | "subsection" | "clause" | "subclause" | "point" | "indent" | "item" | "subrule" | "level" => {
                NativeKind::Item
            }
            "preamble" => NativeKind::Preamble,
            "recital" => NativeKind::Recital,
            "toc" => NativeKind::Contents,
            "conclusions" => NativeKind::Signature,
            "attachment" | "annex" | "schedule" => NativeKind::Annex,
            "doc" | "statement" if !self.is_in("attachment") && named.as_deref().is_some_and(|named| ATTACHED.contains(&named)) => {
                NativeKind::Annex
            }
            _ => return None,
        })
    }

    /// A number stands before the words of an item, and on a line of its own above articles and chapters.
    fn open_num(&mut self) -> Close {
        if self.builder.unit().is_some_and(|unit| matches!(unit.kind, NativeKind::Item | NativeKind::Recital))
            || matches!(self.parent(), "item" | "point" | "paragraph" | "subparagraph" | "recital" | "indent" | "subsection" | "clause")
        {
            self.builder.block();
            return Close::Label;
        }
        self.builder.block();
        Close::Number
    }

    fn open_quote(&mut self, start: &Start<'_>) {
        if let Some(mark) = start.attribute("startQuote") {
            self.builder.opening_mark(&mark);
        }
        self.quotes.push(start.attribute("endQuote").unwrap_or_default());
    }

    fn change(&mut self, kind: EditKind) -> Close {
        self.builder.change(Mark::unsigned(kind));
        Close::Change
    }

    fn open_in_meta(&mut self, start: &Start<'_>) -> Close {
        match start.name() {
            "FRBRdate" => {
                let named = start.attribute("name").unwrap_or_default().to_lowercase();
                let date = start.attribute("date").filter(|date| is_date(date));
                if named.contains("sign") && self.signed.is_none() {
                    self.signed = date;
                } else if named.contains("force") && self.in_force.is_none() {
                    self.in_force = date;
                }
            }
            "FRBRalias"
                if self.titles[0].is_empty() && start.attribute("name").is_none_or(|name| name.to_lowercase().contains("title")) =>
            {
                self.titles[0] = start.attribute("value").filter(|value| value.contains(' ')).unwrap_or_default();
            }
            // The authors of a treaty are its parties.
            "FRBRauthor" if start.attribute("as").is_some_and(|role| role.trim_start_matches('#') == "party") => {
                self.referred.extend(start.attribute("href").map(|reference| reference.trim_start_matches('#').to_owned()));
            }
            "TLCOrganization" => {
                if let (Some(id), Some(name)) = (identifier(start), start.attribute("showAs")) {
                    self.organisations.push((id, name));
                }
            }
            "note" => {
                self.stored = identifier(start);
                self.builder.note(start.attribute("marker"));
                return Close::StoredNote;
            }
            _ => {}
        }
        Close::Nothing
    }

    fn words(&mut self, words: &str) {
        if self.meta && !self.path.iter().any(|(_, close)| *close == Close::StoredNote) {
            return;
        }
        if self.titling {
            self.titles[1].push_str(words);
        }
        self.builder.words(words);
    }

    fn close(&mut self) {
        let Some((_, close)) = self.path.pop() else { return };
        let id = (close == Close::StoredNote).then(|| self.stored.take()).flatten();
        match close {
            Close::Nothing => {}
            Close::Line => self.builder.block(),
            Close::Unit => self.builder.close(),
            Close::Label => self.builder.label(),
            Close::Number => self.builder.number(),
            Close::Heading => self.builder.heading(),
            Close::Note => self.builder.end_note(),
            Close::StoredNote => {
                self.builder.end_note();
                if let (Some(id), Some((mark, body))) = (id, self.builder.take_note()) {
                    self.notes.insert(id, (mark, body));
                }
            }
            Close::Row => self.builder.end_row(),
            Close::Cell => self.builder.end_cell(),
            Close::Change => self.builder.end_change(),
            Close::Quotation => {
                self.close_quote();
                self.builder.close_quotation();
            }
            Close::QuotedWords => self.close_quote(),
            Close::Title => self.titling = false,
            Close::Meta => self.meta = false,
        }
    }

    fn close_quote(&mut self) {
        if let Some(mark) = self.quotes.pop().filter(|mark| !mark.is_empty()) {
            self.builder.closing_mark(&mark);
        }
    }

    fn finish(self) -> Document {
        let mut document = self.builder.finish();
        // In the acts of some states sections are what articles are elsewhere, and their subsections are paragraphs.
        if !document.native.iter().any(|unit| unit.kind == NativeKind::Article) {
            let mut end = 0;
            for unit in document.native.iter_mut().filter(|unit| unit.kind == NativeKind::Section) {
                unit.kind = if unit.span.start < end { NativeKind::Item } else { NativeKind::Article };
                end = end.max(unit.span.end);
            }
        }
        document.metadata.title = self.titles.iter().rev().map(|title| one_line(title)).find(|title| !title.is_empty());
        document.metadata.signed = self.signed;
        document.metadata.in_force = self.in_force;
        for (id, name) in self.organisations {
            if self.referred.contains(&id) && !document.metadata.parties.contains(&name) {
                document.metadata.parties.push(name);
            }
        }
        document
    }
}

/// The identifier of an element: `eId` in version 3.0, `id` in 2.0.
fn identifier(start: &Start<'_>) -> Option<String> {
    start.attribute("eId").or_else(|| start.attribute("id"))
}

/// Elements that stand in a line (vocabulary, section 5.6: inline elements).
fn is_inline(name: &str) -> bool {
    const INLINE: [&str; 62] = [
        "a",
        "abbr",
        "affectedDocument",
        "argument",
        "b",
        "change",
        "concept",
        "courtType",
        "date",
        "decoration",
        "def",
        "docAuthority",
        "docCommittee",
        "docDate",
        "docIntroducer",
        "docJurisdiction",
        "docNumber",
        "docProponent",
        "docPurpose",
        "docStage",
        "docStatus",
        "docTitle",
        "docType",
        "docketNumber",
        "embeddedText",
        "entity",
        "event",
        "extractText",
        "fillIn",
        "i",
        "img",
        "inline",
        "judge",
        "lawyer",
        "legislature",
        "location",
        "marker",
        "mmod",
        "mod",
        "mref",
        "neutralCitation",
        "noteRef",
        "object",
        "omissis",
        "opinion",
        "organization",
        "outcome",
        "party",
        "person",
        "placeholder",
        "process",
        "quantity",
        "ref",
        "relatedDocument",
        "remark",
        "rmod",
        "role",
        "rref",
        "session",
        "shortTitle",
        "span",
        "term",
    ];
    INLINE.contains(&name)
        || matches!(name, "session" | "signature" | "sub" | "sup" | "time" | "u" | "vote" | "ins" | "del" | "eol" | "br" | "em" | "strong")
}

/// A date that is only a placeholder (the year 1 or 9999) is none.
fn is_date(date: &str) -> bool {
    date.starts_with("19") || date.starts_with("20") || date.starts_with("18")
}
