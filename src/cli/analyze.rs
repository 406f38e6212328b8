//! `clausula analyze FILE…`: the compliance table of every agreement.

use std::path::PathBuf;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::condition::Condition;
use super::files::Input;
use super::{Exit, Format, RowArguments, files, output};
use crate::analysis::Analysis;
use crate::report;
use crate::rules::Rulebook;

/// What `analyze` reads and shows.
#[derive(Args, Debug)]
pub(super) struct AnalyzeArguments {
    /// Files and folders (all documents in them); `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Form of the output.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// End with exit code 1 where a file meets this condition: a row with one of these verdicts (`convention:absent`,
    /// `cultural-clause:absent,adverse`), or a clause with a code (`adverse.retaliation`).
    #[arg(long, value_name = "CONDITION")]
    fail_on: Vec<String>,
    #[command(flatten)]
    rows: RowArguments,
}

/// How many files are analysed before their results are written: bounds the memory of a run over a large folder.
const BATCH: usize = 64;

pub(super) fn run(arguments: &AnalyzeArguments) -> Exit {
    let Some(rulebook) = arguments.rows.load() else { return Exit::Unread };
    let Some(conditions) = conditions(&arguments.fail_on, &rulebook) else { return Exit::Usage };
    let (inputs, missing, passed) = files::expand(&arguments.files);
    let mut exit = Exit::Done;
    for (name, cause) in &missing {
        output::error(name, cause);
        exit = Exit::Unread;
    }
    if passed > 0 {
        output::note(&format!(
            "{passed} file(s) in the folders are no documents by their name (data, programs, read-me files) and were passed over"
        ));
    }
    let progress = progress(inputs.len());
    let mut kept: Vec<Analysis> = Vec::new();
    let mut shown = 0;
    let mut unread = 0;
    for batch in inputs.chunks(BATCH) {
        let results: Vec<Result<Analysis, (String, String)>> =
            batch.par_iter().map(|input| analyse(input, &rulebook)).inspect(|_| progress.inc(1)).collect();
        for result in results {
            match result {
                Ok(analysis) => {
                    shown += 1;
                    for met in conditions.iter().filter_map(|condition| condition.met_by(&analysis)) {
                        progress.suspend(|| output::error(&analysis.file, &format!("--fail-on {met}")));
                        exit = exit.max(Exit::Condition);
                    }
                    match arguments.format {
                        Format::Json => kept.push(analysis),
                        Format::Ndjson => progress.suspend(|| write(report::ndjson(&analysis))),
                        Format::Table => progress.suspend(|| {
                            let separator = if shown > 1 { "\n" } else { "" };
                            output::data(&format!("{separator}{}", report::table(&analysis, style())));
                        }),
                    }
                }
                Err((name, cause)) => {
                    unread += 1;
                    progress.suspend(|| output::error(&name, &cause));
                    exit = Exit::Unread;
                }
            }
        }
    }
    progress.finish_and_clear();
    if arguments.format == Format::Json {
        write(report::json(&kept));
    }
    if unread > 0 && inputs.len() > 1 {
        output::note(&format!("{shown} of {} files analysed, {unread} could not be read", inputs.len()));
    }
    if inputs.is_empty() && missing.is_empty() {
        output::error("nothing to analyse", "the folders hold no documents");
        exit = Exit::Unread;
    }
    exit
}

/// The conditions that were asked for; what is wrong in one is shown and gives `None`.
fn conditions(written: &[String], rulebook: &Rulebook) -> Option<Vec<Condition>> {
    let mut found = Vec::new();
    for text in written {
        match Condition::parse(text, rulebook) {
            Ok(condition) => found.push(condition),
            Err(cause) => output::error("--fail-on", &cause),
        }
    }
    (found.len() == written.len()).then_some(found)
}

/// What is said where a panic was caught.
pub(super) const FAILED: &str =
    "clausula failed on this file; that is a fault of the program: please report it with the file if you may share it";

/// One file, from bytes to result. A fault inside the program must not take the other files with it.
pub(super) fn analyse(input: &Input, rulebook: &Rulebook) -> Result<Analysis, (String, String)> {
    let name = input.name();
    let analysed = std::panic::catch_unwind(|| input.document().map(|document| Analysis::new(&name, document, rulebook)));
    match analysed {
        Ok(Ok(analysis)) => Ok(analysis),
        Ok(Err(error)) => Err((name, error.to_string())),
        Err(_) => Err((name, FAILED.to_owned())),
    }
}

fn write(text: Result<String, serde_json::Error>) {
    match text {
        Ok(text) => output::data(&text),
        Err(error) => output::error("the result", &error.to_string()),
    }
}

/// The width of the terminal, or the least one where there is none.
pub(super) fn style() -> report::Style {
    let terminal = output::is_terminal();
    let width = terminal_size::terminal_size().filter(|_| terminal).map_or(report::MIN_WIDTH, |(width, _)| width.0);
    report::Style { width, colour: terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) }
}

/// A progress bar on a terminal when there is more than one file; otherwise nothing.
fn progress(files: usize) -> ProgressBar {
    use std::io::IsTerminal;
    if files < 2 || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(files as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} files") {
        bar.set_style(style);
    }
    bar
}
