//! `clausula rules`: list, check, test, explain and try the rules; one file for each command.

mod attempt;
mod check;
mod explain;
mod list;
mod schema;

mod test;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{Exit, RuleArguments, output};
use crate::rules::table::Faults;
use crate::rules::vocabulary::Vocabulary;
use crate::rules::written::Written;
use crate::rules::{Diagnostic, FileKind, Rulebook, Source, built_in, read_folder};
use crate::scan::trace::Book;

/// What `rules` does.
#[derive(Args, Debug)]
pub(super) struct RulesArguments {
    #[command(subcommand)]
    command: RulesCommand,
}

#[derive(Debug, Subcommand)]
enum RulesCommand {
    /// List the codes and the rules of each.
    List(list::ListArguments),
    /// Check the rule files: every fault and every warning with its place and what to do.
    Check(check::CheckArguments),
    /// Explain a code or a rule in plain words.
    Explain(explain::ExplainArguments),
    /// Run the examples that stand in the rule files.
    Test(test::TestArguments),
    /// Show the JSON Schema of a kind of rule file, for editors.
    Schema(schema::SchemaArguments),
    /// Show which rules find something in a text, and what the nearest of the others miss.
    Try(attempt::TryArguments),
}

/// Rule files opened for what shows them as they are written.
struct Opened<'s> {
    written: Written<'s>,
    vocabulary: Vocabulary,
}

impl<'s> Opened<'s> {
    /// Opens files that were checked before: their faults are not shown again.
    fn new(sources: &'s [Source]) -> Self {
        let (written, found) = Written::read(sources);
        let vocabulary = Vocabulary::new(&written, &mut Faults { sources, found });
        Self { written, vocabulary }
    }

    fn book<'b>(&'b self, rulebook: &'b Rulebook) -> Book<'b> {
        Book { rulebook, written: &self.written, vocabulary: &self.vocabulary }
    }
}

/// The rules of a folder, as an argument.
#[derive(Args, Debug)]
struct FolderArguments {
    /// Folder of rule files to look at instead of the built-in rules; vocabulary, themes and sectors that it lacks are the built-in ones.
    #[arg(value_name = "DIR", conflicts_with = "rules")]
    folder: Option<PathBuf>,
    #[command(flatten)]
    rules: RuleArguments,
}

pub(super) fn run(arguments: &RulesArguments) -> Exit {
    match &arguments.command {
        RulesCommand::List(arguments) => list::run(arguments),
        RulesCommand::Check(arguments) => check::run(arguments),
        RulesCommand::Explain(arguments) => explain::run(arguments),
        RulesCommand::Schema(arguments) => schema::run(arguments),
        RulesCommand::Test(arguments) => test::run(arguments),
        RulesCommand::Try(arguments) => attempt::run(arguments),
    }
}

/// Loads the rules that were asked for; faults are shown and give `None`.
pub(super) fn load(arguments: &RuleArguments) -> Option<Rulebook> {
    compiled(&sources(arguments)?)
}

/// Loads the rules that were asked for, with the rows of a file in the place of the built-in ones; faults are shown and give `None`.
pub(super) fn load_with(arguments: &RuleArguments, requirements: Option<&Path>) -> Option<Rulebook> {
    let mut sources = sources(arguments)?;
    let Some(path) = requirements else { return compiled(&sources) };
    let name = path.to_string_lossy();
    let bytes = std::fs::read(path).map_err(|error| output::error(&name, &format!("the requirements cannot be read: {error}"))).ok()?;
    sources.retain(|source| FileKind::of(&source.name) != FileKind::Requirements);
    sources.push(Source { name: REQUIREMENTS.to_owned(), text: String::from_utf8_lossy(&bytes).into_owned() });
    compiled_as(&sources, Some(&name))
}

/// The name of the file of rows within the folder of rules.
const REQUIREMENTS: &str = "requirements.toml";

/// Compiles rules; faults are shown and give `None`.
fn compiled(sources: &[Source]) -> Option<Rulebook> {
    compiled_as(sources, None)
}

/// The same, where the rows come from a file of another name, as the messages call it.
fn compiled_as(sources: &[Source], requirements: Option<&str>) -> Option<Rulebook> {
    match Rulebook::from_sources(sources) {
        Ok(rulebook) => Some(rulebook),
        Err(faults) => {
            for fault in &faults {
                let file = requirements.filter(|_| fault.file == REQUIREMENTS).unwrap_or(&fault.file).to_owned();
                output::message(&check::render(&Diagnostic { file, ..fault.clone() }));
            }
            output::error("rules", &format!("{} fault(s): nothing was analysed; mend the rule files and run again", faults.len()));
            None
        }
    }
}

/// The files of a folder; what the system says is shown and gives `None`.
fn of_folder(folder: &Path) -> Option<Vec<Source>> {
    read_folder(folder).map_err(|(path, error)| output::error(&path.to_string_lossy(), &format!("the rules cannot be read: {error}"))).ok()
}

/// The built-in files, with those of a folder in their place or beside them.
fn sources(arguments: &RuleArguments) -> Option<Vec<Source>> {
    // The rows of the table and the parties are no rules: they stand unless a file takes their place.
    let beside = |source: &Source| matches!(FileKind::of(&source.name), FileKind::Requirements | FileKind::Parties);
    let mut sources = built_in();
    sources.retain(|source| !arguments.only_rules || beside(source));
    if let Some(folder) = &arguments.rules {
        for own in of_folder(folder)? {
            match sources.iter_mut().find(|source| source.name == own.name) {
                Some(source) => *source = own,
                None => sources.push(own),
            }
        }
    }
    Some(sources)
}

impl FolderArguments {
    /// The files, and how many of them, counted from the first, are looked at; the rest is there for them to use.
    fn sources(&self) -> Option<(Vec<Source>, usize)> {
        let Some(folder) = self.folder.as_ref().or(self.rules.rules.as_ref()) else {
            let all = built_in();
            let count = all.len();
            return Some((all, count));
        };
        let mut sources = of_folder(folder)?;
        let own = sources.len();
        let beside = |source: &Source| self.folder.is_none() || FileKind::of(&source.name) != FileKind::Rules;
        let missing: Vec<Source> = built_in()
            .into_iter()
            .filter(|source| !self.rules.only_rules && beside(source) && sources.iter().all(|known| known.name != source.name))
            .collect();
        sources.extend(missing);
        Some((sources, own))
    }
}
