//! The command as a user meets it: output, messages, exit codes (cases in `tests/cli/`).
#![allow(missing_docs, reason = "tests")]

#[test]
fn cases() {
    trycmd::TestCases::new().case("tests/cli/*.toml").case("tests/cli/*.trycmd").case("docs/rules.md");
}
