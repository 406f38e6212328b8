//! From the text of a document to the tree of its provisions, each with an id and a citation.
//!
//! The work goes in layers: `marker` finds every place where a heading may begin, `sequence` chooses the chain
//! in which the numbers count on, `contents` recognises a table of contents, `items` cuts what stands inside an
//! article, `preamble` the recitals, `nest` builds the tree and `cite` names its nodes. Where the source marks its own
//! units (`native`), they are kept. This room knows nothing of culture.
//!
//! Nothing is lost: the [`Provision::own`] spans follow one another without a gap and give the whole text back.

mod cite;
mod confidence;
mod contents;
mod definitions;
mod drafting;
mod entries;
mod front;
mod heading_words;
mod headings;
mod items;
mod labels;
mod marker;
mod marker_words;
mod native;
mod nest;
pub mod number;
pub(crate) mod number_words;
mod oddities;
mod outline;
mod preamble;
mod references;
mod sequence;
mod tails;
mod terms;

pub use confidence::Review;
pub use drafting::{Drafting, Evidence, Passage, PassageKind, PassageStatus};
pub use entries::{Field, FieldKind};
pub use oddities::{Oddity, OddityKind};
pub use references::{Outside, Reference, Target};
pub use terms::DefinedTerm;

use serde::Serialize;

use crate::document::{Document, Language, Span};

/// What a provision is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The root: the whole file.
    Agreement,
    /// The title page and whatever stands before the preamble.
    Front,
    /// A table of contents: recognised, and not scanned.
    Contents,
    /// The preamble.
    Preamble,
    /// One consideration of the preamble.
    Recital,
    /// A part.
    Part,
    /// A title (the level above or in place of chapters).
    Title,
    /// A chapter.
    Chapter,
    /// A section.
    Section,
    /// A sub-section.
    Subsection,
    /// An article.
    Article,
    /// A paragraph, numbered (`1.`) or following a list.
    Paragraph,
    /// A lettered or otherwise marked item of a list, at any depth.
    Item,
    /// An annex.
    Annex,
    /// An appendix.
    Appendix,
    /// A schedule of commitments or reservations.
    Schedule,
    /// A protocol.
    Protocol,
    /// A side letter or an exchange of letters.
    Letter,
    /// A joint or unilateral declaration.
    Declaration,
    /// An entry of a schedule of reservations: sector, obligations concerned, measures, description.
    Entry,
    /// The closing formula and the signatures.
    Signature,
    /// A footnote.
    Footnote,
    /// Words that go on after something that interrupted them (a footnote).
    Continuation,
}

impl Kind {
    /// The name of the kind in the outputs (`chapter`).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::Front => "front",
            Self::Contents => "contents",
            Self::Preamble => "preamble",
            Self::Recital => "recital",
            Self::Part => "part",
            Self::Title => "title",
            Self::Chapter => "chapter",
            Self::Section => "section",
            Self::Subsection => "subsection",
            Self::Article => "article",
            Self::Paragraph => "paragraph",
            Self::Item => "item",
            Self::Annex => "annex",
            Self::Appendix => "appendix",
            Self::Schedule => "schedule",
            Self::Protocol => "protocol",
            Self::Letter => "letter",
            Self::Declaration => "declaration",
            Self::Entry => "entry",
            Self::Signature => "signature",
            Self::Footnote => "footnote",
            Self::Continuation => "continuation",
        }
    }

    /// Whether the kind is an instrument of its own or attached to one: numbers begin again in it.
    #[must_use]
    pub const fn is_instrument(self) -> bool {
        matches!(self, Self::Annex | Self::Appendix | Self::Schedule | Self::Protocol | Self::Letter | Self::Declaration)
    }

    /// Whether the kind groups articles.
    #[must_use]
    pub const fn is_group(self) -> bool {
        matches!(self, Self::Part | Self::Title | Self::Chapter | Self::Section | Self::Subsection)
    }
}

/// A node of the tree.
#[derive(Clone, Debug)]
pub struct Provision {
    /// Readable, unique, the same at every reading: `ch_8__art_8.2__item_b`.
    pub id: String,
    /// Index of the parent in [`Agreement::provisions`]; `None` for the root only.
    pub parent: Option<usize>,
    /// What it is.
    pub kind: Kind,
    /// Its number as written (`8.2`, `XII`, `b`).
    pub number: Option<String>,
    /// Its heading, on one line.
    pub heading: Option<String>,
    /// How a lawyer cites it.
    pub citation: String,
    /// All of it, children included.
    pub span: Span,
    /// Its own words: from its beginning to its first child.
    pub own: Span,
    /// Where the number and heading end within [`Provision::own`].
    pub head_end: usize,
    /// Its identifier in the source.
    pub source_id: Option<String>,
}

/// A document with its tree of provisions.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// The text and its places.
    pub document: Document,
    /// The title, on one line, where one was found.
    pub title: Option<String>,
    /// All nodes in the order of the text; the first is the root, a parent stands before its children.
    pub provisions: Vec<Provision>,
}

impl Agreement {
    /// Builds the tree. Any text gives a tree: what has no headings is one node.
    ///
    /// # Example
    /// ```
    /// use clausula::{document, structure::{Agreement, Kind}};
    /// let document = document::read(b"Article 1\nScope\n1. This Agreement applies to:\n(a) goods; and\n(b) services.\n")?;
    /// let agreement = Agreement::new(document);
    /// let item = agreement.provisions.iter().find(|p| p.kind == Kind::Item).expect("an item");
    /// assert_eq!((item.id.as_str(), item.citation.as_str()), ("art_1__para_1__item_a", "Art. 1(1)(a)"));
    /// # Ok::<(), clausula::document::ReadError>(())
    /// ```
    #[must_use]
    pub fn new(document: Document) -> Self {
        nest::build(document)
    }

    /// How far the tree can be trusted, as a whole and provision by provision, and what looks odd in it.
    ///
    /// # Example
    /// ```
    /// use clausula::{document, structure::Agreement};
    /// let text = "Article 1\nScope\nIt applies.\nArticle 2\nTerms\nNone.\nArticle 4\nEnd\nIt ends.\nIn witness whereof, signed.\n";
    /// let review = Agreement::new(document::read(text.as_bytes())?).review();
    /// assert_eq!(review.oddities[0].message, "Article 4 follows Article 2: Article 3 was not found");
    /// assert!(review.confidence < 0.8);
    /// # Ok::<(), clausula::document::ReadError>(())
    /// ```
    #[must_use]
    pub fn review(&self) -> Review {
        confidence::review(self)
    }

    /// What looks odd in the tree, in the order of the text.
    #[must_use]
    pub fn oddities(&self) -> Vec<Oddity> {
        oddities::find(self)
    }

    /// The language of the text.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.document.language
    }

    /// A node and its ancestors up to the root, nearest first.
    pub fn lineage(&self, index: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(index), |&at| self.provisions[at].parent)
    }

    /// The article (or preamble, annex … where there is no article) that encloses a node.
    #[must_use]
    pub fn article_of(&self, index: usize) -> usize {
        self.lineage(index)
            .find(|&at| matches!(self.provisions[at].kind, Kind::Article | Kind::Preamble))
            .or_else(|| {
                self.lineage(index).find(|&at| {
                    !matches!(self.provisions[at].kind, Kind::Paragraph | Kind::Item | Kind::Footnote | Kind::Continuation | Kind::Recital)
                })
            })
            .unwrap_or(0)
    }

    /// The identifier in the source of the article that encloses a node, or of the nearest unit around it that has one.
    #[must_use]
    pub fn source_id_of(&self, index: usize) -> Option<String> {
        self.lineage(self.article_of(index)).find_map(|at| self.provisions[at].source_id.clone())
    }

    /// The page (from 1) on which a node begins.
    #[must_use]
    pub fn page(&self, index: usize) -> Option<u32> {
        self.document.page_at(self.provisions[index].span.start)
    }

    /// The references to other provisions and to other instruments, in the order of the text; headings, tables of contents and
    /// signatures are not read. What cannot be resolved says why. The time is linear in the length of the text.
    ///
    /// # Example
    /// ```
    /// use clausula::{document, structure::{Agreement, Target}};
    /// let text = "Article 1\nScope\n1. This is so.\n2. Paragraph 1 and Article XX of the GATT 1994 apply.\n";
    /// let agreement = Agreement::new(document::read(text.as_bytes())?);
    /// let references = agreement.references();
    /// let Target::Provision(node) = references[0].targets[0] else { panic!("found") };
    /// assert_eq!(agreement.provisions[node].citation, "Art. 1(1)");
    /// let Target::External(outside) = &references[1].targets[0] else { panic!("external") };
    /// assert_eq!((outside.instrument.as_str(), outside.part.as_deref()), ("GATT 1994", Some("Article XX")));
    /// # Ok::<(), clausula::document::ReadError>(())
    /// ```
    #[must_use]
    pub fn references(&self) -> Vec<Reference> {
        references::of(self)
    }

    /// The deepest node whose own words hold the byte `offset`.
    #[must_use]
    pub fn at(&self, offset: usize) -> usize {
        // Own spans follow one another in the order of the nodes, and empty ones hold nothing.
        self.provisions.partition_point(|provision| provision.own.start <= offset).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests;
