//! `clausula explain FILE [REQUIREMENT]`: the chain from each verdict to the words of the agreement.

use std::path::PathBuf;

use clap::Args;

use super::files::Input;
use super::{Exit, RowArguments, analyze, output};
use crate::report;
use crate::rules::load::near_or_all;

/// What is explained.
#[derive(Args, Debug)]
pub(super) struct ExplainArguments {
    /// The agreement; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The row, by its id (`policy-space`); all rows, if it is left out.
    #[arg(value_name = "REQUIREMENT")]
    requirement: Option<String>,
    #[command(flatten)]
    rows: RowArguments,
}

pub(super) fn run(arguments: &ExplainArguments) -> Exit {
    let Some(rulebook) = arguments.rows.load() else { return Exit::Unread };
    if let Some(wanted) = &arguments.requirement
        && !rulebook.requirements.iter().any(|row| row.id == *wanted)
    {
        let ids: Vec<&str> = rulebook.requirements.iter().map(|row| row.id.as_str()).collect();
        output::error("explain", &format!("`{wanted}` is no requirement: {}", near_or_all(wanted, &ids)));
        return Exit::Usage;
    }
    let input = if arguments.file.as_os_str() == "-" { Input::Standard } else { Input::File(arguments.file.clone()) };
    match analyze::analyse(&input, &rulebook) {
        Ok(analysis) => {
            output::data(&report::explanation(&analysis, &rulebook, arguments.requirement.as_deref(), analyze::style()));
            Exit::Done
        }
        Err((name, cause)) => {
            output::error(&name, &cause);
            Exit::Unread
        }
    }
}
