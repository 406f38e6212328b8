//! Standard output and standard error, the only places where the program prints.

use std::io::{IsTerminal, Write};

use owo_colors::OwoColorize;
use serde::Serialize;

/// Control characters of a source never reach the terminal: a treaty's text must not move the cursor.
pub(super) fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c }).collect()
}

/// Writes data. A reader that closes the pipe early (`| head`) ends the output quietly.
pub(super) fn data(text: &str) {
    let mut out = anstream::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    // There is nobody to tell when standard output is gone.
    let _ = written;
}

/// Adds a value to NDJSON: one object on its line.
pub(super) fn json_line(out: &mut String, value: &impl Serialize) {
    // What the views write, texts and numbers, always serialises.
    if let Ok(line) = serde_json::to_string(value) {
        out.push_str(&line);
        out.push('\n');
    }
}

/// Whether tables and colours go to a person.
pub(super) fn is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// An error about a file: `clausula: FILE: cause`.
pub(super) fn error(subject: &str, cause: &str) {
    let mut err = anstream::stderr().lock();
    let _ = writeln!(err, "{} {}: {}", "clausula:".red().bold(), harmless(subject), harmless(cause));
}

/// A note that is no error.
pub(super) fn note(text: &str) {
    let mut err = anstream::stderr().lock();
    let _ = writeln!(err, "{} {}", "clausula:".dimmed(), harmless(text));
}

/// Text that is already laid out (diagnostics with excerpts).
pub(super) fn message(text: &str) {
    let mut err = anstream::stderr().lock();
    let _ = writeln!(err, "{text}");
}
