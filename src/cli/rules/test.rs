//! `clausula rules test`: runs the examples that stand in the rule files.

use clap::Args;

use super::{FolderArguments, output};
use crate::cli::Exit;
use crate::rules::Expect;
use crate::scan::{ExampleResult, run_examples};
use crate::text::counted;

/// What is tested.
#[derive(Args, Debug)]
pub(super) struct TestArguments {
    #[command(flatten)]
    folder: FolderArguments,
}

pub(super) fn run(arguments: &TestArguments) -> Exit {
    let Some((sources, own)) = arguments.folder.sources() else { return Exit::Unread };
    let Some(rulebook) = super::compiled(&sources) else { return Exit::Unread };
    let mut results = run_examples(&rulebook);
    results.retain(|result| sources[..own].iter().any(|source| source.name == result.place.0));
    let place = |result: &ExampleResult| format!("{}:{}", result.place.0, result.place.1);
    let (mut failed, mut gaps) = (0, 0);
    for result in &results {
        if !result.passed() {
            failed += 1;
            let wanted = if result.expect == Expect::Fires { "is not found" } else { "is found and must not be" };
            output::error(&place(result), &format!("rule `{}`: the example {wanted}: {}", result.rule, result.text));
        } else if result.expect == Expect::Todo && result.fired {
            output::note(&format!(
                "{}: rule `{}`: this gap is closed, move the example to `fires`: {}",
                place(result),
                result.rule,
                result.text
            ));
        } else if result.expect == Expect::Todo {
            gaps += 1;
            output::note(&format!("{}: rule `{}`: known gap: {}", place(result), result.rule, result.text));
        }
    }
    let summary = format!("{}, {failed} failed, {}", counted(results.len(), "example"), counted(gaps, "known gap"));
    output::note(&summary);
    if failed == 0 { Exit::Done } else { Exit::Unread }
}
