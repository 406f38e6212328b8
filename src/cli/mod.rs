//! The command line: arguments to calls, one file for each command, messages, progress, exit codes.
//!
//! Data goes to standard output, messages to standard error; colours and progress appear on a terminal only and `NO_COLOR`
//! is honoured. What a command computes is the library's; nothing is computed here.

mod analyze;
mod condition;
mod eval;
mod explain;
mod files;
mod output;
mod rules;
mod structure;
mod text;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::document::{As, Document};
use crate::rules::Rulebook;

/// Reads trade and investment agreements and shows what each does for culture.
///
/// Nothing leaves your machine: clausula opens the files that you name and no network connection.
#[derive(Debug, Parser)]
#[command(name = "clausula", version, max_term_width = 100)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show the cultural clauses of agreements and the compliance table of each.
    Analyze(analyze::AnalyzeArguments),
    /// Explain the verdicts on an agreement: the chain from each to the words.
    Explain(explain::ExplainArguments),
    /// Show the provisions of a file as clausula cuts and cites them.
    Structure(structure::StructureArguments),
    /// Show the text of a file as clausula reads it.
    Text(text::TextArguments),
    /// Measure the findings against labels: how far they can be trusted.
    Eval(eval::EvalArguments),
    /// List, check and try the rules.
    Rules(rules::RulesArguments),
}

/// The forms of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables for people.
    Table,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Ndjson,
}

/// Which words of a draft with tracked changes are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Reading {
    /// Before the changes.
    Was,
    /// After the changes.
    Proposed,
    /// All words.
    Is,
}

impl Reading {
    /// The document in this reading.
    fn of(self, document: Document) -> Document {
        let reading = match self {
            Self::Was => As::Was,
            Self::Proposed => As::Proposed,
            Self::Is => As::Is,
        };
        if document.edits.is_empty() { document } else { document.reading(reading) }
    }
}

/// Which rules are used.
#[derive(Args, Debug)]
struct RuleArguments {
    /// Folder of rule files: a file with the name of a built-in one replaces it, others are added.
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Use the files of --rules only, without the built-in rules.
    #[arg(long, requires = "rules")]
    only_rules: bool,
}

/// Which rules and which rows of the table are used.
#[derive(Args, Debug)]
struct RowArguments {
    /// File with the rows of the table, in the place of the built-in ones (requirements.toml).
    #[arg(long, value_name = "FILE")]
    requirements: Option<PathBuf>,
    #[command(flatten)]
    rules: RuleArguments,
}

impl RowArguments {
    /// Loads the rules; faults are shown and give `None`.
    fn load(&self) -> Option<Rulebook> {
        rules::load_with(&self.rules, self.requirements.as_deref())
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done.
    Done,
    /// A condition of `--fail-on` is met.
    Condition,
    /// Something could not be read, or a rule is bad; the rest was reported.
    Unread,
    /// The arguments are wrong.
    Usage,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Condition => 1,
            Exit::Unread => 2,
            Exit::Usage => 64,
        })
    }
}

/// Runs a command.
///
/// # Example
/// ```no_run
/// use clap::Parser;
/// let arguments = clausula::cli::Arguments::parse_from(["clausula", "analyze", "agreements"]);
/// assert_eq!(clausula::cli::run(&arguments), clausula::cli::Exit::Done);
/// ```
#[must_use]
pub fn run(arguments: &Arguments) -> Exit {
    match &arguments.command {
        Command::Analyze(arguments) => analyze::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Structure(arguments) => structure::run(arguments),
        Command::Text(arguments) => text::run(arguments),
        Command::Eval(arguments) => eval::run(arguments),
        Command::Rules(arguments) => rules::run(arguments),
    }
}
