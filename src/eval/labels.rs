//! Labels: what people found by reading, a line an article.
//!
//! `{"id": "treaty#Art. 5.2", "codes": {"exclude.sector": {"quote": "…", "force": "binding"}}, "note": "…"}`

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use crate::rules::{CODES, Force};

/// What a label says of one code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labelled {
    /// The decisive words, as they stand in the agreement; `…` may stand for words left out. Empty where none were copied.
    #[serde(default)]
    pub quote: String,
    /// How strongly it binds, where the reader said so.
    #[serde(default)]
    pub force: Option<Force>,
    /// What it covers, in words; kept for people and not compared.
    #[serde(default)]
    pub reach: Option<String>,
}

/// The codes of one article, or of a whole agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Line in the file, from 1; 0 for what comes from the list of treasures.
    pub line: usize,
    /// The agreement: the name of its file, with or without the ending.
    pub agreement: String,
    /// The article: its identifier in the source, its citation or its id in clausula; `None` for the whole agreement.
    pub article: Option<String>,
    /// The codes; none where the article was read and carries nothing.
    pub codes: BTreeMap<String, Labelled>,
}

/// Why a line, or one of the lists beside the labels, could not be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {cause}", if *line > 0 { format!(":{line}") } else { String::new() })]
pub struct Fault {
    /// The name of the file.
    pub file: String,
    /// The line, from 1; 0 for a whole file.
    pub line: usize,
    /// What is wrong and what to do.
    pub cause: FaultCause,
}

/// What is wrong with a label.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultCause {
    /// The file cannot be opened or is not UTF-8.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// The line does not have the form of a label.
    #[error(
        "this line is no label ({0}): write one object a line, such as {{\"id\": \"treaty#Art. 5\", \"codes\": {{\"exclude.sector\": {{\"quote\": \"…\", \"force\": \"binding\"}}}}}}"
    )]
    Form(String),
    /// A list beside the labels is no list of names.
    #[error("this is no list of names ({0}): write [\"treaty\", \"other-treaty\"]")]
    List(String),
    /// A code that the codebook does not have.
    #[error("“{0}” is no code of the codebook: `clausula rules list` shows the codes")]
    UnknownCode(String),
    /// The same article was labelled before.
    #[error("“{0}” was labelled in line {1}: put all codes of an article on one line")]
    Twice(String, usize),
    /// No file has the name.
    #[error("no file “{0}” with any ending in the corpus: the part of the id before # is the name of the file")]
    NoFile(String),
    /// Several files have the name.
    #[error("several files are called “{0}” ({1}): write the ending as well, as in {2}#…")]
    SeveralFiles(String, String, String),
    /// The agreement has no such article.
    #[error("{1} has no provision “{0}”: `clausula structure` shows the citations and ids of its provisions")]
    NoArticle(String, String),
    /// Several articles are cited so.
    #[error("several provisions of {1} are cited as “{0}”: write the id of one ({2})")]
    SeveralArticles(String, String, String),
}

/// A line as it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    codes: BTreeMap<String, Labelled>,
    // Notes are for people.
    #[serde(default, rename = "note")]
    _note: Option<String>,
}

/// All labels, and which agreements were read from beginning to end.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// The name of the file, as faults carry it.
    pub file: String,
    /// The labels, in the order of the file.
    pub labels: Vec<Label>,
    /// The agreements read from beginning to end: there, a finding in an article without a label is a false alarm. In the others
    /// only the labelled articles are judged.
    pub whole: BTreeSet<String>,
}

/// The list of agreements that were read from beginning to end.
const WHOLE: &str = "agreements.json";
/// The list of articles that carry `except.treasures` and nothing else.
const TREASURES: &str = "treasures.json";
const TREASURES_CODE: &str = "except.treasures";

impl Labels {
    /// Reads a file of labels and the two lists beside it: `agreements.json` names the agreements that were read from beginning to
    /// end, `treasures.json` further articles that carry `except.treasures`. Either may be missing. What is wrong comes beside
    /// what could be used.
    ///
    /// # Errors
    /// The file of labels itself cannot be read.
    pub fn read(path: &Path) -> Result<(Self, Vec<Fault>), Fault> {
        let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
        let (mut labels, mut faults) = Self::parse(&name(path), &text);
        match read_list(&path.with_file_name(WHOLE)) {
            Ok(list) => labels.whole.extend(list),
            Err(fault) => faults.push(fault),
        }
        match read_list(&path.with_file_name(TREASURES)) {
            Ok(list) => labels.add_treasures(list),
            Err(fault) => faults.push(fault),
        }
        Ok((labels, faults))
    }

    /// Reads labels from text; `file` is the name that faults carry. Empty lines are passed over.
    ///
    /// # Example
    /// ```
    /// use clausula::eval::Labels;
    /// let text = "{\"id\": \"treaty#Art. 5\", \"codes\": {\"exempt.general\": {\"quote\": \"does not apply to cultural industries\"}}}\nculture\n";
    /// let (labels, faults) = Labels::parse("labels.jsonl", text);
    /// assert_eq!(labels.labels[0].article.as_deref(), Some("Art. 5"));
    /// assert!(faults[0].to_string().starts_with("labels.jsonl:2: this line is no label"));
    /// ```
    #[must_use]
    pub fn parse(file: &str, text: &str) -> (Self, Vec<Fault>) {
        let mut labels = Self { file: file.to_owned(), ..Self::default() };
        let mut faults = Vec::new();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (line, content) in (1..).zip(text.lines()).filter(|(_, content)| !content.trim().is_empty()) {
            let mut fault = |cause| faults.push(Fault { file: file.to_owned(), line, cause });
            let read: Line = match serde_json::from_str(content) {
                Ok(read) => read,
                Err(error) => {
                    fault(FaultCause::Form(in_line(&error)));
                    continue;
                }
            };
            let id = read.id.trim().to_owned();
            if let Some(&before) = seen.get(&id) {
                fault(FaultCause::Twice(id, before));
                continue;
            }
            let unknown: Vec<String> = read.codes.keys().filter(|code| !CODES.iter().any(|(known, _)| known == code)).cloned().collect();
            if !unknown.is_empty() {
                // The rest of the line would make false alarms of what the reader meant.
                unknown.into_iter().for_each(|code| fault(FaultCause::UnknownCode(code)));
                continue;
            }
            let (agreement, article) = id.split_once('#').map_or((id.as_str(), None), |(agreement, article)| (agreement, Some(article)));
            labels.labels.push(Label {
                line,
                agreement: agreement.to_owned(),
                article: article.map(|article| article.trim().to_owned()),
                codes: read.codes,
            });
            seen.insert(id, line);
        }
        (labels, faults)
    }

    /// A fault of a line of this file.
    #[must_use]
    pub fn fault(&self, line: usize, cause: FaultCause) -> Fault {
        Fault { file: self.file.clone(), line, cause }
    }

    fn add_treasures(&mut self, ids: Vec<String>) {
        for id in ids {
            let Some((agreement, article)) = id.split_once('#') else { continue };
            let known = self.labels.iter_mut().find(|label| label.agreement == agreement && label.article.as_deref() == Some(article));
            if let Some(label) = known {
                label.codes.entry(TREASURES_CODE.to_owned()).or_default();
            } else {
                self.labels.push(Label {
                    line: 0,
                    agreement: agreement.to_owned(),
                    article: Some(article.to_owned()),
                    codes: BTreeMap::from([(TREASURES_CODE.to_owned(), Labelled::default())]),
                });
            }
        }
    }

    /// The agreements that the labels or the list of whole agreements name, each once, in order, with the first line that names it
    /// (0 where only the list does).
    #[must_use]
    pub fn agreements(&self) -> BTreeMap<&str, usize> {
        let mut agreements: BTreeMap<&str, usize> = self.whole.iter().map(|name| (name.as_str(), 0)).collect();
        for label in &self.labels {
            let line = agreements.entry(&label.agreement).or_default();
            if *line == 0 {
                *line = label.line;
            }
        }
        agreements
    }
}

fn name(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    Fault { file: name(path), line: 0, cause: FaultCause::Unreadable(error.to_string()) }
}

/// A list of names; an empty one where there is no file.
fn read_list(path: &Path) -> Result<Vec<String>, Fault> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(path, &error)),
    };
    serde_json::from_str(&text).map_err(|error| Fault { file: name(path), line: error.line(), cause: FaultCause::List(in_line(&error)) })
}

/// The message of `serde_json` without the line, which is that of the label.
fn in_line(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text);
    format!("{message}, column {}", error.column())
}
