//! `clausula eval LABELS --corpus DIR`: precision, recall and F1 of the findings against labels.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::files::Input;
use super::{Exit, RuleArguments, files, output};
use crate::document::As;
use crate::eval::{Changes, Evaluation, Fault, FaultCause, Judged, Labels};
use crate::rules::Rulebook;
use crate::structure::Agreement;
use crate::{report, scan};

/// What `eval` reads and shows.
#[derive(Args, Debug)]
#[command(after_long_help = "\
A line of LABELS is an article that somebody read, with the codes that it carries (none: {}):

  {\"id\": \"treaty#Art. 5.2\", \"codes\": {\"exclude.sector\": {\"quote\": \"does not apply to audio-visual services\", \"force\": \"binding\"}}}

The id is the name of the file in DIR (with or without its ending), then # and the article: its identifier in the source (XML), its \
citation as clausula writes it (Art. 5.2; Preamble) or its id (`clausula structure` shows both). A paragraph or an item counts for its \
article. An id without # labels the agreement as a whole and counts by agreement only. Quote and force may be left out.

In agreements that agreements.json beside LABELS lists ([\"treaty\", …]) every article was read: a finding in an article without a label is \
a false alarm. In other agreements only the articles with a line are judged. treasures.json beside LABELS, where it exists, lists ids \
of further articles that carry except.treasures. Supporting provisions (support.*) are not scored.")]
pub(super) struct EvalArguments {
    /// Labels: a file of JSON objects, a line an article.
    #[arg(value_name = "LABELS")]
    labels: PathBuf,
    /// Folder with the agreements, at any depth.
    #[arg(long, value_name = "DIR")]
    corpus: PathBuf,
    /// Score only codes that begin so (digital.).
    #[arg(long, value_name = "PREFIX")]
    code: Option<String>,
    /// Form of the output.
    #[arg(long, value_enum, default_value = "table")]
    format: EvalFormat,
    /// Show what was gained and lost since a run that was saved with --format json.
    #[arg(long, value_name = "JSON")]
    against: Option<PathBuf>,
    /// List every miss, false alarm and other force, with place and words (JSON always has them).
    #[arg(long)]
    misses: bool,
    #[command(flatten)]
    rules: RuleArguments,
}

/// The forms of output of an evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum EvalFormat {
    /// Tables for people.
    Table,
    /// One JSON object.
    Json,
}

/// An agreement with the faults of its labels, or the file and why it could not be read.
type JudgedFile = Result<(Judged, Vec<Fault>), (String, String)>;

pub(super) fn run(arguments: &EvalArguments) -> Exit {
    let Some(rulebook) = super::rules::load(&arguments.rules) else { return Exit::Unread };
    let mut exit = Exit::Done;
    let (labels, faults) = match Labels::read(&arguments.labels) {
        Ok(read) => read,
        Err(fault) => {
            show(&fault);
            return Exit::Unread;
        }
    };
    let before = match &arguments.against {
        None => None,
        Some(path) => match saved(path) {
            Ok(before) => Some(before),
            Err(cause) => {
                output::error(&path.to_string_lossy(), &cause);
                return Exit::Unread;
            }
        },
    };
    if !arguments.corpus.is_dir() {
        output::error(&arguments.corpus.to_string_lossy(), "there is no such folder: name the one that holds the agreements");
        return Exit::Unread;
    }
    let (mut agreements, mut other) = (Vec::new(), faults);
    let (inputs, mut gone) = inputs(&labels, &arguments.corpus);
    other.append(&mut gone);
    let judged: Vec<JudgedFile> = inputs.par_iter().map(|(name, input)| judge(&labels, name, input, &rulebook)).collect();
    let mut unread = Vec::new();
    for one in judged {
        match one {
            Ok((judged, mut faults)) => {
                agreements.push(judged);
                other.append(&mut faults);
            }
            Err(error) => unread.push(error),
        }
    }
    other.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
    for fault in &other {
        show(fault);
        exit = Exit::Unread;
    }
    for (name, cause) in &unread {
        output::error(name, cause);
        exit = Exit::Unread;
    }
    if labels.whole.is_empty() && labels.labels.iter().any(|label| label.article.is_some()) {
        output::note(
            "no agreements.json beside the labels lists agreements that were read whole: only articles with a label are judged, so false alarms elsewhere are not seen",
        );
    }
    let mut evaluation = Evaluation::new(agreements);
    let mut before = before;
    if let Some(prefix) = &arguments.code {
        evaluation.keep_codes(prefix);
        if let Some(before) = &mut before {
            before.keep_codes(prefix);
        }
    }
    let changes = before.as_ref().map(|before| Changes::between(before, &evaluation));
    match arguments.format {
        EvalFormat::Json => match evaluation.to_json(changes.as_ref()) {
            Ok(text) => output::data(&text),
            Err(error) => output::error("the result", &error.to_string()),
        },
        EvalFormat::Table => {
            let style = super::analyze::style();
            output::data(&report::evaluation_table(&evaluation, style));
            if arguments.misses {
                output::data(&report::outcomes_table(&evaluation, style));
            }
            if let (Some(before), Some(changes)) = (&before, &changes) {
                output::data(&report::changes_table(before, &evaluation, changes, style));
            }
        }
    }
    exit
}

fn show(fault: &Fault) {
    let place = if fault.line > 0 { format!("{}:{}", fault.file, fault.line) } else { fault.file.clone() };
    output::error(&place, &fault.cause.to_string());
}

fn saved(path: &std::path::Path) -> Result<Evaluation, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot be read: {error}"))?;
    Evaluation::from_json(&text).map_err(|error| error.to_string())
}

/// The file of each agreement that the labels name, and the names that no file or several files have.
fn inputs(labels: &Labels, corpus: &std::path::Path) -> (Vec<(String, Input)>, Vec<Fault>) {
    let (files, missing, _) = files::expand(&[corpus.to_path_buf()]);
    let mut faults: Vec<Fault> =
        missing.into_iter().map(|(file, cause)| Fault { file, line: 0, cause: FaultCause::Unreadable(cause) }).collect();
    if !faults.is_empty() {
        return (Vec::new(), faults);
    }
    let mut named: BTreeMap<String, Vec<&Input>> = BTreeMap::new();
    for input in &files {
        let Input::File(path) = input else { continue };
        for name in [path.file_name(), path.file_stem()].into_iter().flatten() {
            named.entry(name.to_string_lossy().into_owned()).or_default().push(input);
        }
    }
    let mut found = Vec::new();
    for (name, line) in labels.agreements() {
        let fault = |cause| Fault { file: labels.file.clone(), line, cause };
        match named.get(name).map(Vec::as_slice) {
            None | Some([]) => faults.push(fault(FaultCause::NoFile(name.to_owned()))),
            // A file without an ending has one name twice.
            Some([first, rest @ ..]) if rest.iter().all(|input| input.name() == first.name()) => {
                found.push((name.to_owned(), (*first).clone()));
            }
            Some(several) => {
                let names: Vec<String> = several.iter().map(|input| input.name()).collect();
                let example = names[0].rsplit('/').next().unwrap_or(name).to_owned();
                faults.push(fault(FaultCause::SeveralFiles(name.to_owned(), names.join(", "), example)));
            }
        }
    }
    (found, faults)
}

/// One agreement, read as `analyze` reads it: drafts as proposed.
fn judge(labels: &Labels, name: &str, input: &Input, rulebook: &Rulebook) -> JudgedFile {
    let file = input.name();
    let judged = std::panic::catch_unwind(|| {
        input.document().map(|document| {
            let document = if document.edits.is_empty() { document } else { document.reading(As::Proposed) };
            let agreement = Agreement::new(document);
            let findings = scan::scan(&agreement, rulebook).findings;
            labels.judge(name, &file, &agreement, &findings)
        })
    });
    match judged {
        Ok(Ok(judged)) => Ok(judged),
        Ok(Err(error)) => Err((file, error.to_string())),
        Err(_) => Err((file, super::analyze::FAILED.to_owned())),
    }
}
