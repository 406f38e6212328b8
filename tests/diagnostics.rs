//! Every diagnostic of the rule files as a user sees it: a folder in `tests/diagnostics/` for each code, and beside it what `clausula
//! rules check` says of the folder.
#![allow(missing_docs, reason = "tests")]

use std::path::{Path, PathBuf};
use std::process::Command;

use clausula::rules::DIAGNOSTICS;

/// Codes that no small file can give: too many rules for an automaton are gigabytes.
const WITHOUT_CASE: [&str; 1] = ["R014"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

fn cases() -> Vec<&'static str> {
    DIAGNOSTICS.iter().map(|(code, _)| *code).filter(|code| !WITHOUT_CASE.contains(code)).collect()
}

/// Exit code and messages of `rules check` on the folder of a code.
fn check(code: &str, options: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_clausula"))
        .args(["rules", "check"])
        .args(options)
        .arg(code)
        .current_dir(folder())
        .output()
        .expect("the program runs");
    assert!(output.stdout.is_empty(), "{code}: messages belong to standard error");
    (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
}

#[test]
fn each_code_is_shown_with_its_place() {
    for code in cases() {
        assert!(folder().join(code).is_dir(), "{code} has no folder in tests/diagnostics");
        let (exit, messages) = check(code, &[]);
        assert!(messages.contains(&format!("[{code}]: ")), "{code} is not among the messages:\n{messages}");
        let faults = messages.contains("error[");
        assert_eq!(exit, Some(if faults { 2 } else { 0 }), "{code}");
        assert_eq!(faults, code.starts_with('R'), "{code}: faults are faults and warnings warnings\n{messages}");
        insta::with_settings!({ snapshot_path => "diagnostics", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(code, messages);
        });
    }
}

#[test]
fn warnings_count_where_they_are_denied() {
    assert_eq!(check("W101", &["--deny-warnings"]).0, Some(2));
    assert_eq!(check("W101", &[]).0, Some(0));
}

#[test]
fn no_case_is_left_over() {
    for entry in std::fs::read_dir(folder()).expect("the folder") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        let code = name.trim_end_matches(".snap");
        assert!(cases().contains(&code), "tests/diagnostics/{name} is no diagnostic");
    }
}

#[test]
fn the_documentation_lists_every_code() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md")).expect("docs/rules.md");
    for (code, meaning) in DIAGNOSTICS {
        assert!(text.contains(&format!("| {code} | {meaning}")), "docs/rules.md must say: | {code} | {meaning} |");
    }
}

#[test]
fn a_phrase_that_is_superfluous_in_one_language_only_is_not() {
    let source = |name: &str, text: &str| clausula::rules::Source { name: name.into(), text: text.into() };
    let rule = "[[rule]]\nid = \"a\"\ncode = \"coop.culture\"\nwhy = \"w\"\nsay = \"{x}\"\nsay_fr = \"échange* culturel*\"\nfires = [\"They shall favour the cultural exchange of the young.\", \"Les Parties favorisent les échanges culturels.\"]\nsilent = [\"They exchange notes.\"]\n";
    let english = source("vocabulary/en.toml", "[x]\nsay = [\"cultural exchange\"]\n");
    let french = source("vocabulary/fr.toml", "[x]\nsay = [\"échange culturel\"]\n");
    let codes = |sources: &[clausula::rules::Source]| -> Vec<&'static str> {
        clausula::rules::check(sources).iter().map(|diagnostic| diagnostic.code).collect()
    };
    assert!(codes(&[source("a.toml", rule), english, french.clone()]).is_empty());
    // Where all its languages are covered, it is.
    assert_eq!(codes(&[source("a.toml", &rule.replace("échange* culturel*", "{x}")), french]), ["W101"]);
}
