//! What the measurements share: where the corpus is.

use std::path::PathBuf;

/// The corpus folder, or a line that says why nothing is measured.
pub fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("CLAUSULA_CORPUS").map_or_else(|| PathBuf::from("../shared/corpus"), PathBuf::from);
    if folder.join("tota").is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no corpus at {} (set CLAUSULA_CORPUS)", folder.display());
    None
}

/// The value behind an option of the command line.
#[allow(dead_code, reason = "not every measurement takes options")]
pub fn option(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}

/// Whether a flag stands on the command line.
#[allow(dead_code, reason = "not every measurement takes flags")]
pub fn flag(name: &str) -> bool {
    std::env::args().any(|argument| argument == name)
}

/// The built-in rules, or those of the folder behind `--rules`; faults are shown and end the run.
#[allow(dead_code, reason = "not every measurement needs rules")]
pub fn rulebook() -> clausula::rules::Rulebook {
    use clausula::rules::{Rulebook, read_folder};
    let rulebook = match option("--rules") {
        Some(folder) => Rulebook::from_sources(&read_folder(std::path::Path::new(&folder)).unwrap()),
        None => Rulebook::embedded(),
    };
    rulebook.unwrap_or_else(|faults| {
        for fault in faults {
            eprintln!("{fault}");
        }
        std::process::exit(2);
    })
}
