//! The examples inside the rule files: one test for each file that is built in, made from the list of files; and each file against
//! the JSON Schema of its kind.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use clausula::rules::{EMBEDDED, Expect, FileKind, Rulebook, schema};
use clausula::scan::{ExampleResult, run_examples};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let rulebook =
        Rulebook::embedded().unwrap_or_else(|faults| panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")));
    let results = run_examples(&rulebook);
    let themes: Vec<String> = rulebook.themes.iter().map(|theme| theme.id.clone()).collect();
    let mut trials = Vec::new();
    for (file, text) in EMBEDDED {
        let own: Vec<ExampleResult> = results.iter().filter(|result| result.place.0 == file).cloned().collect();
        if FileKind::of(file) == FileKind::Rules {
            trials.push(Trial::test(format!("examples::{file}"), move || examples_of(file, &own)));
        }
        let themes = themes.clone();
        trials.push(Trial::test(format!("schema::{file}"), move || {
            let themes: Vec<&str> = themes.iter().map(String::as_str).collect();
            faults_by_schema(FileKind::of(file), text, &themes).map_or(Ok(()), |fault| Err(format!("{file}: {fault}").into()))
        }));
    }
    trials.push(Trial::test("schema::what_is_wrong_is_told", what_is_wrong_is_told));
    libtest_mimic::run(&arguments, trials).exit();
}

/// Every example of a file that fails.
fn examples_of(file: &str, results: &[ExampleResult]) -> Result<(), Failed> {
    if !results.iter().any(|result| result.expect == Expect::Fires) {
        return Err(format!("{file} has no example").into());
    }
    let failed: Vec<String> = results
        .iter()
        .filter(|result| !result.passed())
        .map(|result| {
            format!("{file}:{} rule {}: {:?} but fired = {}: {}", result.place.1, result.rule, result.expect, result.fired, result.text)
        })
        .collect();
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!("{} of {} examples fail:\n{}", failed.len(), results.len(), failed.join("\n")).into())
    }
}

/// The first thing that the schema of a kind finds wrong in a text.
fn faults_by_schema(kind: FileKind, text: &str, themes: &[&str]) -> Option<String> {
    let schema = schema(kind, themes);
    let validator = jsonschema::draft202012::new(&schema).expect("the schema is one");
    let value: serde_json::Value = toml::from_str(text).expect("TOML");
    validator.iter_errors(&value).next().map(|error| format!("{}: {error}", error.instance_path()))
}

fn what_is_wrong_is_told() -> Result<(), Failed> {
    let good = "[[rule]]\nid = \"a\"\ncode = \"coop.culture\"\nwhy = \"w\"\nsay = \"x\"\nfires = [\"x\"]\nsilent = [{ text = \"y\", heading = \"z\" }]\nwhere = { theme = [\"services\"] }\n";
    let by_schema = |text: &str| faults_by_schema(FileKind::Rules, text, &["services"]);
    if let Some(fault) = by_schema(good) {
        return Err(format!("a good rule is refused: {fault}").into());
    }
    for (right, wrong) in [
        ("coop.culture", "coop.cultur"),
        ("say =", "sya ="),
        ("\"services\"", "\"serices\""),
        ("why = \"w\"\n", ""),
        ("silent =", "# silent ="),
        ("heading =", "haeding ="),
        ("where = {", "where = { unit = \"artcle\","),
    ] {
        if by_schema(&good.replace(right, wrong)).is_none() {
            return Err(format!("`{wrong}` in place of `{right}` passes").into());
        }
    }
    let entry = |name: &str| faults_by_schema(FileKind::Vocabulary, &format!("[{name}]\nsay = [\"a\"]\n"), &[]);
    if entry("far").is_some() || entry("Far").is_none() {
        return Err("names of vocabulary are small letters".into());
    }
    Ok(())
}
