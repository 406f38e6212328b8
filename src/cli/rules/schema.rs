//! `clausula rules schema`: JSON Schemas of the rule files, for editors.

use clap::{Args, ValueEnum};

use super::{RuleArguments, output};
use crate::cli::Exit;
use crate::rules::{FileKind, schema};

/// Which schema is shown.
#[derive(Args, Debug)]
pub(super) struct SchemaArguments {
    /// The kind of file.
    #[arg(value_enum, default_value_t = Kind::Rules)]
    kind: Kind,
    #[command(flatten)]
    rules: RuleArguments,
}

/// The kinds of rule files, as an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Files of rules.
    Rules,
    /// Files in `vocabulary/`.
    Vocabulary,
    /// `themes.toml`.
    Themes,
    /// `sectors.toml`.
    Sectors,
    /// `conditions.toml`.
    Conditions,
    /// `requirements.toml`.
    Requirements,
    /// `parties.toml`.
    Parties,
}

pub(super) fn run(arguments: &SchemaArguments) -> Exit {
    let Some(rulebook) = super::load(&arguments.rules) else { return Exit::Unread };
    let kind = match arguments.kind {
        Kind::Rules => FileKind::Rules,
        Kind::Vocabulary => FileKind::Vocabulary,
        Kind::Themes => FileKind::Themes,
        Kind::Sectors => FileKind::Sectors,
        Kind::Conditions => FileKind::Conditions,
        Kind::Requirements => FileKind::Requirements,
        Kind::Parties => FileKind::Parties,
    };
    let themes: Vec<&str> = rulebook.themes.iter().map(|theme| theme.id.as_str()).collect();
    output::data(&format!("{:#}\n", schema(kind, &themes)));
    Exit::Done
}
