//! `clausula structure FILE`: the provisions as they are cut and cited.

mod drafting;
mod provisions;
mod references;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Exit, Reading, files, output};
use crate::report;
use crate::structure::Agreement;

/// What `structure` shows.
#[derive(Args, Debug)]
pub(super) struct StructureArguments {
    /// The files; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Form of the output.
    #[arg(long, value_enum, default_value = "tree")]
    format: TreeFormat,
    /// The reading of a draft with tracked changes.
    #[arg(long = "as", value_enum, default_value = "proposed", value_name = "READING")]
    reading: Reading,
    /// List the references to other provisions and instruments instead, with what they name.
    #[arg(long, group = "view")]
    references: bool,
    /// Show the marks of a draft instead: brackets, alternatives, proposals, positions, placeholders.
    #[arg(long, group = "view")]
    drafting: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TreeFormat {
    /// An indented tree for people.
    Tree,
    /// One JSON object a line, a node each.
    Ndjson,
    /// Akoma Ntoso 3.0, the XML of OASIS for legal documents; one file only.
    Akn,
}

pub(super) fn run(arguments: &StructureArguments) -> Exit {
    let (inputs, missing, _) = files::expand(&arguments.files);
    if arguments.format == TreeFormat::Akn && inputs.len() + missing.len() > 1 {
        output::note("--format akn writes one XML document, so it takes one file: run it for each file");
        return Exit::Usage;
    }
    let mut exit = Exit::Done;
    for (name, cause) in &missing {
        output::error(name, cause);
        exit = Exit::Unread;
    }
    for input in inputs {
        let name = input.name();
        match input.document() {
            Ok(document) => {
                let agreement = Agreement::new(arguments.reading.of(document));
                match arguments.format {
                    TreeFormat::Tree if arguments.references => output::data(&references::listing(&name, &agreement)),
                    TreeFormat::Ndjson if arguments.references => output::data(&references::ndjson(&name, &agreement)),
                    TreeFormat::Tree if arguments.drafting => output::data(&drafting::listing(&name, &agreement)),
                    TreeFormat::Ndjson if arguments.drafting => output::data(&drafting::ndjson(&name, &agreement)),
                    TreeFormat::Tree => output::data(&provisions::tree(&name, &agreement)),
                    TreeFormat::Ndjson => output::data(&provisions::ndjson(&name, &agreement)),
                    TreeFormat::Akn => output::data(&report::akoma_ntoso(&agreement)),
                }
            }
            Err(error) => {
                output::error(&name, &error.to_string());
                exit = Exit::Unread;
            }
        }
    }
    exit
}
