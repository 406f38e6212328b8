//! `clausula analyze FILE…`
use std::path::PathBuf;
use clap::Args;
use super::{Exit, Format, RuleArguments, files, output};
/// What `analyze` does.
#[derive(Args, Debug)]
pub(super) struct AnalyzeArguments {
    /// Files and folders; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Form of the output.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    #[command(flatten)]
    rules: RuleArguments,
}
pub(super) fn run(arguments: &AnalyzeArguments) -> Exit {
    let Some(rulebook) = super::rules::load(&arguments.rules) else { return Exit::Unread };
    let (inputs, _missing, _) = files::expand(&arguments.files);
    let _ = arguments.format;
    for input in inputs {
        if let Ok(document) = input.document() {
            let agreement = crate::structure::Agreement::new(document);
            for f in crate::scan::scan(&agreement, &rulebook).findings {
                output::data(&format!("{} {} {} {} | {}\n", input.name(), f.citation, f.code, f.rule, f.quote.replace('\n', " ")));
            }
        }
    }
    Exit::Done
}
