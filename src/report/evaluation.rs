//! Evaluations as tables: the figures, what was missed or found too much, and what changed.

use std::fmt::Write;

use comfy_table::{CellAlignment, ColumnConstraint, LineStyle, Table, Width};

use super::table::{MAX_WIDTH, MIN_WIDTH, Style, clean, new_table, wrap};
use crate::eval::{Change, Changes, Counts, Evaluation, Judged, Level, Outcome, Turn, Verdict, bounds};
use crate::rules::Force;
use crate::text::counted;

/// From this width on, the table of codes shows the counts by agreement beside those by article.
const WIDE: u16 = 118;

/// The figures of an evaluation: over all, by language, by code, force and place of the quotes.
#[must_use]
pub fn evaluation_table(evaluation: &Evaluation, style: Style) -> String {
    let style = clamped(style);
    let mut out = String::new();
    let whole = evaluation.agreements.iter().filter(|judged| judged.whole).count();
    let only = evaluation.agreements.len() - whole;
    paragraph(
        &mut out,
        &format!(
            "{} read and judged as a whole, {} only in the articles that have a label.",
            counted(whole, "agreement"),
            if only == 0 { "none".to_owned() } else { only.to_string() }
        ),
        style,
    );
    // Writing to a string cannot fail.
    let _ = writeln!(out, "\nOver all\n{}", overall(evaluation, style));
    paragraph(
        &mut out,
        "Precision: of what clausula finds, the share that the labels have. Recall: of what the labels have, the share that clausula finds. F1: one figure for both (their \
         harmonic mean). In brackets: where the true share lies with 95 % confidence, given so many cases. A code counts once for each article, and once for each agreement.",
        style,
    );
    if let Some((f1, codes)) = evaluation.macro_f1(Level::Article) {
        let agreements = evaluation
            .macro_f1(Level::Agreement)
            .map_or_else(String::new, |(f1, codes)| format!(", by agreement {f1:.3} (over {})", counted(codes, "code")));
        paragraph(
            &mut out,
            &format!("Mean F1 over the {} with at least five labels: by article {f1:.3}{agreements}.", counted(codes, "code")),
            style,
        );
    }
    let languages = evaluation.languages();
    if languages.len() > 1 {
        let _ = writeln!(out, "\nLanguages of the agreements\n{}", figures("Language", &languages, style));
    }
    let codes = evaluation.codes();
    if !codes.is_empty() {
        let _ = writeln!(out, "\nCodes\n{}", figures("Code", &codes, style));
    }
    quotes(&mut out, evaluation, style);
    out
}

/// Every miss, every false alarm, and every right finding whose force is not that of the label.
#[must_use]
pub fn outcomes_table(evaluation: &Evaluation, style: Style) -> String {
    let style = clamped(style);
    let mut out = String::new();
    let of = |verdict: Verdict| move |outcome: &&Outcome| outcome.verdict == verdict;
    let force = |outcome: &&Outcome| {
        outcome.verdict == Verdict::Right && outcome.labelled_force.is_some() && outcome.labelled_force != outcome.force
    };
    list(&mut out, "Missed", "The words of the label", evaluation, of(Verdict::Missed), style);
    list(&mut out, "False alarms", "The words of the finding", evaluation, of(Verdict::FalseAlarm), style);
    list(&mut out, "Another force than the label", "The words of the finding", evaluation, force, style);
    list(
        &mut out,
        "Other words than the label",
        "The words of the finding",
        evaluation,
        |outcome| outcome.same_words == Some(false),
        style,
    );
    out
}

/// What changed since another evaluation.
#[must_use]
pub fn changes_table(before: &Evaluation, now: &Evaluation, changes: &Changes, style: Style) -> String {
    let style = clamped(style);
    let mut out = String::from("\nAgainst the saved run\n");
    let mut table = new_table(style);
    table.set_header(["", "Before", "Now", "Change"]);
    for (name, level) in [("by article", Level::Article), ("by agreement", Level::Agreement)] {
        let (was, is) = (before.overall(level), now.overall(level));
        for (what, was, is) in [
            ("Precision", was.precision(), is.precision()),
            ("Recall", was.recall(), is.recall()),
            ("F1", was.f1(), is.f1()),
            ("Mean F1 of codes", before.macro_f1(level).map(|mean| mean.0), now.macro_f1(level).map(|mean| mean.0)),
        ] {
            let change = was.zip(is).map_or_else(|| "–".to_owned(), |(was, is)| format!("{:+.3}", is - was));
            table.add_row([format!("{what} {name}"), figure(was), figure(is), change]);
        }
    }
    align_right(&mut table, 1..4);
    let _ = writeln!(out, "{table}");
    for (names, what) in [(&changes.only_before, "only in the saved run"), (&changes.only_now, "only in this run")] {
        if !names.is_empty() {
            paragraph(
                &mut out,
                &format!("{} {what}, not compared below: {}.", counted(names.len(), "agreement"), clean(&names.join(", "))),
                style,
            );
        }
    }
    if changes.relabelled > 0 {
        paragraph(
            &mut out,
            &format!("{} whose label differs between the runs: not compared below.", counted(changes.relabelled, "code")),
            style,
        );
    }
    if changes.changes.is_empty() {
        out.push_str("\nNothing was gained or lost.\n");
        return out;
    }
    let mut table = new_table(style);
    table.set_header(["Code", "Right now", "Missed now", "False now", "False gone"]);
    for (code, turns) in changes.by_code() {
        let count = |turn: Turn| turns.get(&turn).map_or_else(String::new, usize::to_string);
        table.add_row([code.to_owned(), count(Turn::RightNow), count(Turn::MissedNow), count(Turn::FalseNow), count(Turn::FalseGone)]);
    }
    align_right(&mut table, 1..5);
    let _ = writeln!(out, "\nGains and losses by code\n{table}");
    for (turn, title) in [
        (Turn::RightNow, "Gained: found now, missed before"),
        (Turn::MissedNow, "Lost: missed now, found before"),
        (Turn::FalseNow, "Lost: new false alarms"),
        (Turn::FalseGone, "Gained: false alarms that are gone"),
    ] {
        let those: Vec<&Change> = changes.changes.iter().filter(|change| change.turn == turn).collect();
        if those.is_empty() {
            continue;
        }
        let mut table = places(style);
        for change in &those {
            let file = now.agreements.iter().chain(&before.agreements).find(|judged| judged.agreement == change.agreement);
            table.add_row(row(file, &change.outcome));
        }
        let _ = writeln!(out, "\n{title} ({})\n{table}", those.len());
    }
    out
}

fn clamped(style: Style) -> Style {
    Style { width: style.width.clamp(MIN_WIDTH, MAX_WIDTH), ..style }
}

fn overall(evaluation: &Evaluation, style: Style) -> Table {
    let mut table = new_table(style);
    table.set_header(["", "Right", "False", "Missed", "Precision", "Recall", "F1"]);
    for (name, level) in [("By article", Level::Article), ("By agreement", Level::Agreement)] {
        let counts = evaluation.overall(level);
        table.add_row([
            name.to_owned(),
            counts.right.to_string(),
            counts.false_alarms.to_string(),
            counts.missed.to_string(),
            with_bounds(counts.right, counts.found(), counts.precision()),
            with_bounds(counts.right, counts.labelled(), counts.recall()),
            figure(counts.f1()),
        ]);
    }
    align_right(&mut table, 1..7);
    table
}

/// A share with its bounds: `0.985 (.97–.99)`.
fn with_bounds(part: usize, whole: usize, share: Option<f64>) -> String {
    let short = |bound: f64| if bound > 0.995 { "1".to_owned() } else { format!("{bound:.2}").trim_start_matches('0').to_owned() };
    match bounds(part, whole) {
        Some((low, high)) => format!("{} ({}–{})", figure(share), short(low), short(high)),
        None => figure(share),
    }
}

fn figures(what: &str, figures: &[crate::eval::CodeFigures], style: Style) -> Table {
    let wide = style.width >= WIDE;
    let mut table = new_table(style);
    let mut header = vec![what, "Right", "False", "Missed", "Prec.", "Recall", "F1"];
    header.extend(if wide { vec!["by agreement: Right", "False", "Missed", "F1"] } else { vec!["F1 agr."] });
    let columns = header.len();
    table.set_header(header);
    for figures in figures {
        let by = |counts: Counts| [counts.right, counts.false_alarms, counts.missed].map(nothing_for_zero);
        let article = figures.by_article;
        let mut row = vec![figures.name.clone()];
        row.extend(by(article));
        row.extend([figure(article.precision()), figure(article.recall()), figure(article.f1())]);
        if wide {
            row.extend(by(figures.by_agreement));
        }
        row.push(figure(figures.by_agreement.f1()));
        table.add_row(row);
    }
    align_right(&mut table, 1..columns);
    // The longest code has 25 letters.
    table.set_constraints([ColumnConstraint::LowerBoundary(Width::Fixed(27))]);
    without_lines(&mut table);
    table
}

/// Zeros would hide the few numbers that matter.
fn nothing_for_zero(count: usize) -> String {
    if count == 0 { "·".to_owned() } else { count.to_string() }
}

fn quotes(out: &mut String, evaluation: &Evaluation, style: Style) {
    let quotes = evaluation.quotes();
    if let Some(share) = quotes.equal_force_share() {
        let (equal, compared) = quotes.equal_force;
        let mut table = new_table(style);
        table.set_header(["Label / found", "binding", "permissive", "best-endeavours", "declaratory"]);
        const FORCES: [Force; 4] = [Force::Binding, Force::Permissive, Force::BestEndeavours, Force::Declaratory];
        for labelled in FORCES {
            let counts = FORCES.map(|found| nothing_for_zero(quotes.forces.get(&(labelled, found)).copied().unwrap_or_default()));
            table.add_row(std::iter::once(labelled.name().to_owned()).chain(counts));
        }
        align_right(&mut table, 1..5);
        let _ = writeln!(out, "\nForce: as the label says in {equal} of {compared} right findings ({share:.3})\n{table}");
    }
    if let Some(share) = quotes.same_words_share() {
        let (same, compared) = quotes.same_words;
        let _ = writeln!(out, "\nQuote: shares words with that of the label in {same} of {compared} right findings ({share:.3}).");
    }
    if quotes.not_found > 0 {
        paragraph(
            out,
            &format!(
                "{} of the labels could not be found in the article and {} not compared.",
                counted(quotes.not_found, "quote"),
                if quotes.not_found == 1 { "was" } else { "were" }
            ),
            style,
        );
    }
}

/// A table of places and words.
fn places(style: Style) -> Table {
    let mut table = new_table(style);
    table.set_header(["Where", "Code and force", "Words"]);
    let wide = if style.width >= WIDE { 34 } else { 22 };
    table.set_constraints([ColumnConstraint::Absolute(Width::Fixed(wide)), ColumnConstraint::Absolute(Width::Fixed(27))]);
    table
}

fn list(out: &mut String, title: &str, words: &str, evaluation: &Evaluation, wanted: impl Fn(&&Outcome) -> bool, style: Style) {
    let rows: Vec<(&Judged, &Outcome)> = evaluation
        .agreements
        .iter()
        .flat_map(|judged| judged.outcomes.iter().map(move |outcome| (judged, outcome)))
        .filter(|(_, outcome)| wanted(outcome))
        .collect();
    if rows.is_empty() {
        let _ = writeln!(out, "\n{title}: none");
        return;
    }
    let mut table = places(style);
    table.set_header(["Where", "Code and force", words]);
    for (judged, outcome) in &rows {
        table.add_row(row(Some(judged), outcome));
    }
    let _ = writeln!(out, "\n{title} ({})\n{table}", rows.len());
}

/// Where (citation, page, file and article), what (code, force, rule), and the words.
fn row(judged: Option<&Judged>, outcome: &Outcome) -> [String; 3] {
    let page = outcome.page.map_or_else(String::new, |page| format!(", p. {page}"));
    // The folder would only break the lines; JSON has the whole path.
    let file = judged.map_or("", |judged| judged.file.rsplit('/').next().unwrap_or(&judged.file));
    // Where the source numbers its articles, the label is found by that number.
    let article = outcome
        .article
        .as_deref()
        .filter(|article| !outcome.citation.starts_with(article))
        .map_or_else(String::new, |article| format!("#{article}"));
    let force = match (outcome.force, outcome.labelled_force) {
        (Some(found), Some(labelled)) if found != labelled => format!("{}, label: {}", found.name(), labelled.name()),
        (found, labelled) => found.or(labelled).map_or("", Force::name).to_owned(),
    };
    let rule = outcome.rule.as_deref().map_or_else(String::new, |rule| format!("\nrule {rule}"));
    let words =
        if outcome.words.is_empty() { "(the label quotes no words)".to_owned() } else { format!("“{}”", clean(&outcome.words)) };
    [format!("{}{page}\n{}{article}", clean(&outcome.citation), clean(file)), format!("{}\n{force}{rule}", outcome.code), words]
}

fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"))
}

fn align_right(table: &mut Table, columns: std::ops::Range<usize>) {
    for column in columns {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
            column.set_padding((1, 0));
        }
    }
}

/// Figures are read down the columns: lines between the rows would only make the table long.
fn without_lines(table: &mut Table) {
    let mut style = table.style();
    style.row_separator = LineStyle::none();
    table.load_style(style);
}

fn paragraph(out: &mut String, text: &str, style: Style) {
    for line in wrap(text, usize::from(style.width)) {
        let _ = writeln!(out, "{line}");
    }
}
