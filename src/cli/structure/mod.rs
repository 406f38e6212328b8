//! `clausula structure FILE`: the provisions as they are cut and cited.

mod drafting;
mod provisions;
mod references;
mod terms;

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
    #[command(flatten)]
    view: View,
}

/// What is listed in place of the provisions.
#[derive(Args, Debug)]
#[group(multiple = false)]
struct View {
    /// List the references to other provisions and instruments, with what they name.
    #[arg(long)]
    references: bool,
    /// List the defined terms: where each is defined, and for which part of the agreement.
    #[arg(long)]
    terms: bool,
    /// List the marks of a draft: brackets, alternatives, proposals, positions, placeholders.
    #[arg(long)]
    drafting: bool,
}

/// Writes an agreement, whose file has this name.
type Writer = fn(&str, &Agreement) -> String;

impl View {
    /// How this view is written for people, and as JSON.
    const fn writers(&self) -> (Writer, Writer) {
        if self.references {
            (references::listing, references::ndjson)
        } else if self.terms {
            (terms::listing, terms::ndjson)
        } else if self.drafting {
            (drafting::listing, drafting::ndjson)
        } else {
            (provisions::tree, provisions::ndjson)
        }
    }

    const fn is_listing(&self) -> bool {
        self.references || self.terms || self.drafting
    }
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
    if arguments.format == TreeFormat::Akn && arguments.view.is_listing() {
        output::note("--format akn writes the provisions: leave out --references, --terms and --drafting, or choose another format");
        return Exit::Usage;
    }
    let (people, json) = arguments.view.writers();
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
                let written = match arguments.format {
                    TreeFormat::Tree => people(&name, &agreement),
                    TreeFormat::Ndjson => json(&name, &agreement),
                    TreeFormat::Akn => report::akoma_ntoso(&agreement),
                };
                output::data(&written);
            }
            Err(error) => {
                output::error(&name, &error.to_string());
                exit = Exit::Unread;
            }
        }
    }
    exit
}
