//! `clausula rules try`: which rules find something in a text, and what the nearest of the others miss.

use std::collections::HashSet;
use std::fmt::Write;
use std::io::Read;

use clap::{Args, ValueEnum};

use super::{Opened, RuleArguments, output};
use crate::cli::Exit;
use crate::document::{Language, MAX_BYTES};
use crate::rules::{CODES, Rule, Rulebook, nearest};
use crate::scan::trace::{Fired, Near, Setting, trace};

/// How many near misses are shown, where not all are asked for: fewer beside something that is found.
const SHOWN: usize = 5;
const SHOWN_BESIDE: usize = 3;
/// What stands of a rule for it to be called near.
const NEAR: f64 = 0.5;

/// The text, and which rules are tried on it.
#[derive(Args, Debug)]
pub(super) struct TryArguments {
    /// The text, as it would stand in an agreement; `-` reads it from standard input.
    text: String,
    /// The heading of the chapter around it; without a heading, conditions on chapters and headings are taken to hold.
    #[arg(long)]
    chapter: Option<String>,
    /// The heading of its article.
    #[arg(long)]
    heading: Option<String>,
    /// The text is a recital of the preamble.
    #[arg(long, conflicts_with_all = ["chapter", "heading"])]
    recital: bool,
    /// Its language, where it is not to be detected.
    #[arg(long)]
    language: Option<Tongue>,
    /// Only rules of these codes: a code, or the beginning of codes.
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Only this rule.
    #[arg(long, value_name = "ID")]
    rule: Option<String>,
    /// All near misses, not the nearest five alone.
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    rules: RuleArguments,
}

/// The languages in which rules are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Tongue {
    /// English.
    En,
    /// French.
    Fr,
    /// Spanish.
    Es,
}

impl From<Tongue> for Language {
    fn from(tongue: Tongue) -> Self {
        match tongue {
            Tongue::En => Self::English,
            Tongue::Fr => Self::French,
            Tongue::Es => Self::Spanish,
        }
    }
}

pub(super) fn run(arguments: &TryArguments) -> Exit {
    let Some(sources) = super::sources(&arguments.rules) else { return Exit::Unread };
    let Some(rulebook) = super::compiled(&sources) else { return Exit::Unread };
    if let Some(hint) = unknown(arguments, &rulebook) {
        output::error("rules try", &hint);
        return Exit::Usage;
    }
    let Some(text) = text(arguments) else { return Exit::Unread };
    let opened = Opened::new(&sources);
    let setting = Setting {
        text,
        chapter: arguments.chapter.clone(),
        heading: arguments.heading.clone(),
        recital: arguments.recital,
        language: arguments.language.map(Language::from),
    };
    let wanted = |rule: &Rule| {
        arguments.code.as_ref().is_none_or(|code| is_of(rule.code, code)) && arguments.rule.as_ref().is_none_or(|id| *id == rule.id)
    };
    match trace(&setting, opened.book(&rulebook), wanted) {
        Ok(trace) => {
            show(&trace.fired, &trace.near, arguments, &rulebook);
            Exit::Done
        }
        Err(error) => {
            output::error("the text", &error.to_string());
            Exit::Unread
        }
    }
}

/// Whether a code is the wanted one, or begins with it: `digital`, `coop.culture`.
pub(super) fn is_of(code: &str, wanted: &str) -> bool {
    code.strip_prefix(wanted.trim_end_matches('.')).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// What to say where a code or rule that was asked for does not exist.
fn unknown(arguments: &TryArguments, rulebook: &Rulebook) -> Option<String> {
    if let Some(code) = arguments.code.as_ref().filter(|wanted| !CODES.iter().any(|(code, _)| is_of(code, wanted))) {
        let near = nearest(code, CODES.iter().map(|(code, _)| *code));
        return Some(format!("`{code}` is no code{}", meant(near)));
    }
    let id = arguments.rule.as_ref().filter(|wanted| rulebook.rules.iter().all(|rule| rule.id != **wanted))?;
    Some(format!("`{id}` is no rule{}", meant(nearest(id, rulebook.rules.iter().map(|rule| rule.id.as_str())))))
}

/// `: did you mean …?`, where a name is near.
pub(super) fn meant(near: Option<&str>) -> String {
    near.map_or_else(|| ": `clausula rules list` shows all".to_owned(), |near| format!(": did you mean `{near}`?"))
}

/// The text as an argument or from standard input.
fn text(arguments: &TryArguments) -> Option<String> {
    if arguments.text != "-" {
        return Some(arguments.text.clone());
    }
    let mut text = String::new();
    let read = std::io::stdin().lock().take(MAX_BYTES as u64).read_to_string(&mut text);
    read.map_err(|error| output::error("-", &format!("cannot be read: {error}"))).ok()?;
    Some(text)
}

fn show(fired: &[Fired], near: &[Near], arguments: &TryArguments, rulebook: &Rulebook) {
    let chosen = arguments.rule.is_some() || arguments.code.is_some() || arguments.all;
    let mut out = String::new();
    let rule = |index: usize| &rulebook.rules[index];
    // Where words alone hardly tell anything, the place decides, and any text would fire.
    let shown = |fired: &&Fired| chosen || !fired.weak || fired.assumed.is_empty();
    let depends = |fired: &&Fired| !fired.assumed.is_empty() && rule(fired.rule).conditions.depend_on_place();
    for (title, wanted) in [("Found", false), ("Found in the right place only", true)] {
        let list: Vec<&Fired> = fired.iter().filter(|fired| shown(fired) && depends(fired) == wanted).collect();
        if !list.is_empty() {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{title}:");
        }
        let limit = if chosen { list.len() } else { SHOWN };
        for fired in list.iter().take(limit) {
            let rule = rule(fired.rule);
            let _ = writeln!(out, "  {} ({}), rule {}", rule.code, fired.force.name(), rule.id);
            let _ = writeln!(out, "    “{}”", output::harmless(&fired.quote));
            if wanted {
                let _ = writeln!(out, "    {}", fired.assumed.join(", "));
            }
        }
        if list.len() > limit {
            let _ = writeln!(out, "  and {} more (--all shows them)", list.len() - limit);
        }
    }
    let found = !out.is_empty();
    if !found {
        output::note("no rule finds anything here wherever it stands");
    }
    let codes: HashSet<&str> = fired.iter().filter(shown).map(|fired| rule(fired.rule).code).collect();
    let mut told = HashSet::new();
    let mut list: Vec<&Near> = near
        .iter()
        .filter(|near| chosen || near.nearness >= NEAR && !codes.contains(rule(near.rule).code) && told.insert(rule(near.rule).code))
        .filter(|near| arguments.rule.is_some() || near.nearness > 0.0)
        .collect();
    if !arguments.all && arguments.rule.is_none() {
        list.truncate(if found { SHOWN_BESIDE } else { SHOWN });
    }
    if !list.is_empty() {
        let _ = writeln!(out, "Near:");
    }
    for near in list {
        let rule = rule(near.rule);
        let _ = writeln!(out, "  {}, rule {} ({}:{})", rule.code, rule.id, rule.place.0, rule.place.1);
        for because in &near.because {
            let _ = writeln!(out, "    {}", output::harmless(because));
        }
    }
    output::data(&out);
}
