//! The rules that say which words of a provision carry which code: loaded from TOML, checked, compiled once.
//!
//! A rule file holds one theme; a rule holds phrases ([`phrase`]), conditions, and examples that must and must not be
//! found. `vocabulary/*.toml` name the words of each language, `themes.toml` the themes of chapters, `sectors.toml` the sectors
//! of culture. Everything that is wrong in any file is reported at once, with its place ([`Diagnostic`]). This room knows
//! nothing of documents.

mod about;
mod checklist;
mod codes;
mod compile;
pub(crate) mod describe;
pub(crate) mod diagnostic;
pub(crate) mod elements;
mod embedded;
pub(crate) mod keys;
pub mod lexicon;
pub(crate) mod lint;
pub(crate) mod load;
mod parties;
pub mod phrase;
mod place;
mod schema;
pub(crate) mod table;
pub(crate) mod vocabulary;
pub mod words;
pub(crate) mod written;

pub(crate) use about::about;
pub use checklist::{Against, Applies, Aside, Case, Chapters, Place, RequirementRule, Selector, Verdict};
pub use codes::{CODES, Family, family};
pub(crate) use diagnostic::nearest;
pub use diagnostic::{DIAGNOSTICS, Diagnostic, Severity};
pub use embedded::{EMBEDDED, built_in};
pub use load::check;
pub use parties::{Confidence, KnownParty, Member, Participation, Parties, Status};
pub use schema::{FileKind, schema};
pub use written::{Source, read_folder};

use regex::Regex;
use serde::Serialize;

use crate::document::Language;
use crate::structure::Kind;
use compile::Compiled;
pub(crate) use compile::InLanguage;
pub(crate) use parties::folded_words;
use phrase::Node;

/// How strongly a provision binds (codebook, convention 22).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Force {
    /// `recognise`, `affirm`, recitals.
    Declaratory,
    /// `shall endeavour`, `encourage`, a bare field of co-operation.
    BestEndeavours,
    /// `may`.
    Permissive,
    /// `shall`, `does not apply`, `nothing … shall prevent`.
    Binding,
}

impl Force {
    /// The word for the force in the outputs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Declaratory => "declaratory",
            Self::BestEndeavours => "best-endeavours",
            Self::Permissive => "permissive",
            Self::Binding => "binding",
        }
    }

    /// The word in a sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::BestEndeavours => "best endeavours",
            other => other.name(),
        }
    }
}

/// Where a rule looks; an empty list means everywhere.
#[derive(Clone, Debug, Default)]
pub struct Conditions {
    /// Kinds of provision.
    pub unit: Vec<Kind>,
    /// Themes of the chapter (or of the article's own heading), one of which must hold.
    pub theme: Vec<usize>,
    /// Themes none of which may hold.
    pub not_theme: Vec<usize>,
    /// Phrases, one of which must stand in the heading of the article or of a group around it.
    pub heading: Vec<Vec<Node>>,
    /// Phrases none of which may stand there.
    pub not_heading: Vec<Vec<Node>>,
    /// Only the first article of its chapter.
    pub first_article: bool,
    /// Headings are looked at instead of the words below them.
    pub in_heading: bool,
}

impl Conditions {
    /// Whether the chapter or the headings around a provision decide.
    #[must_use]
    pub const fn depend_on_place(&self) -> bool {
        self.first_article || !self.theme.is_empty() || !self.heading.is_empty()
    }
}

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Unique name in kebab case.
    pub id: String,
    /// The code that it gives.
    pub code: &'static str,
    /// Where it looks.
    pub conditions: Conditions,
    /// Phrases one of which must stand in the article as well, by language: those of the matcher's language count.
    pub with: Vec<(Option<Language>, Vec<Node>)>,
    /// Phrases none of which may stand in the provision, read with its lead-ins, by language in the same way.
    pub unless: Vec<(Option<Language>, Vec<Node>)>,
    /// The force that it gives, where the verb does not decide.
    pub force: Option<Force>,
    /// What the rule is for, in a sentence.
    pub why: String,
    /// Examples.
    pub examples: Vec<Example>,
    /// File in which it stands, and line from 1.
    pub place: (String, usize),
}

/// What an example must show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// The rule must find it.
    Fires,
    /// The rule must not find anything.
    Silent,
    /// A gap that is known: counted, not failing.
    Todo,
}

/// An example of a rule.
#[derive(Clone, Debug)]
pub struct Example {
    /// What it shows.
    pub expect: Expect,
    /// The words, as they would stand in an article.
    pub text: String,
    /// The heading of the chapter, where it matters; without one the conditions of place are taken to hold.
    pub chapter: Option<String>,
    /// The heading of the article, where it matters.
    pub heading: Option<String>,
    /// Line in the file, from 1.
    pub line: usize,
}

/// A phrase or pattern of a rule, ready to be verified.
#[derive(Clone, Debug)]
pub struct Matcher {
    /// Index of the rule.
    pub rule: usize,
    /// The language that it is written in; `None` for every language.
    pub language: Option<Language>,
    /// What must match.
    pub form: Form,
    /// The phrase or pattern as it is written in the rule file.
    pub written: String,
}

/// The two forms of a matcher.
#[derive(Clone, Debug)]
pub enum Form {
    /// A phrase.
    Phrase(Vec<Node>),
    /// A regular expression on the folded words.
    Pattern(Box<Regex>),
}

/// A name with the phrases that show it: a theme of chapters, a sector of culture or a condition of a clause.
#[derive(Clone, Debug)]
pub struct Named {
    /// The name in kebab case.
    pub id: String,
    /// Phrases, one of which must stand in the heading (themes) or the clause (sectors, conditions).
    pub say: Vec<Vec<Node>>,
    /// Phrases none of which may stand there.
    pub unless: Vec<Vec<Node>>,
    /// Whether a theme only describes a chapter: it stands beside the themes of the group around it, and never in their place.
    pub describes_only: bool,
}

/// All rules, checked and compiled: immutable, shared by all threads.
#[derive(Debug)]
pub struct Rulebook {
    /// The rules, in the order of their files.
    pub rules: Vec<Rule>,
    /// The phrases and patterns of all rules.
    pub matchers: Vec<Matcher>,
    /// Themes of chapters.
    pub themes: Vec<Named>,
    /// Sectors of culture.
    pub sectors: Vec<Named>,
    /// Conditions of clauses.
    pub conditions: Vec<Named>,
    /// The rows of the compliance table.
    pub requirements: Vec<RequirementRule>,
    /// States, unions and groups that conclude agreements.
    pub parties: Parties,
    /// The literals that are looked for in one pass, of which every match of a matcher holds one: folded words with a space
    /// before each, and one behind where the word is whole.
    pub literals: Vec<String>,
    /// What the scan works with.
    pub(crate) compiled: Compiled,
}

impl Rulebook {
    /// The rules that come with the program.
    ///
    /// # Errors
    /// The diagnostics of the rule files; a test keeps the list empty.
    ///
    /// # Example
    /// ```
    /// let rulebook = clausula::rules::Rulebook::embedded().expect("the rules are checked by tests");
    /// assert!(rulebook.rules.iter().any(|rule| rule.code == "ref.convention"));
    /// ```
    pub fn embedded() -> Result<Self, Vec<Diagnostic>> {
        Self::from_sources(&built_in())
    }

    /// The built-in themes of chapters without the rules: a small part of the work, for who only asks what chapters are about.
    ///
    /// # Errors
    /// The diagnostics of the file; a test keeps the list empty.
    ///
    /// # Example
    /// ```
    /// let rulebook = clausula::rules::Rulebook::of_themes().expect("the rules are checked by tests");
    /// assert!(rulebook.rules.is_empty() && rulebook.theme("services").is_some());
    /// ```
    pub fn of_themes() -> Result<Self, Vec<Diagnostic>> {
        let mut sources = built_in();
        sources.retain(|source| matches!(FileKind::of(&source.name), FileKind::Themes | FileKind::Vocabulary));
        Self::from_sources(&sources)
    }

    /// Rules from files that were read already. Names decide ([`FileKind::of`]): `vocabulary/fr.toml`, `themes.toml` and the like;
    /// everything else is a file of rules.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn from_sources(sources: &[Source]) -> Result<Self, Vec<Diagnostic>> {
        load::load(sources).and_then(compile::compile)
    }

    /// Index of a theme by its name.
    #[must_use]
    pub fn theme(&self, id: &str) -> Option<usize> {
        self.themes.iter().position(|theme| theme.id == id)
    }
}

#[cfg(test)]
mod tests;
