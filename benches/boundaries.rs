//! Article boundaries: how many articles of the plain texts are cut as the XML of the same treaty cuts them.
//!
//! `cargo bench --bench boundaries [-- --worst N] [--file NAME]` reads `pairs.json` of the corpus and prints the share over all
//! articles and on the average text, the same for a plain splitter side by side, how far the confidence that the tree states tells
//! right articles from wrong ones, and the texts that fare worst, with what is wrong in each. An article is right when the
//! word F1 of its text is at least 0.9.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a measurement, not the product"
)]

mod confidence;
mod corpus;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use clausula::document;
use clausula::structure::{Agreement, Kind};
use rayon::prelude::*;
use regex::Regex;

/// The word F1 from which an article is right.
const RIGHT: f64 = 0.9;

/// What the plain splitter takes for the beginning of an article.
static LINE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^[ \t]*(?:Article|ARTICLE|Artículo|ARTÍCULO|Articulo|ARTICULO)[ \t]+(?:\d|[IVXLC]+\b)").unwrap());

type Words = HashMap<String, usize>;

struct Score {
    file: String,
    right: usize,
    total: usize,
    numbers: usize,
    /// Articles that the plain splitter cuts right.
    plain: usize,
    /// How many articles are wrong in each way.
    faults: BTreeMap<&'static str, usize>,
    missed: Vec<String>,
    /// What the text itself looks like.
    look: Vec<String>,
    confidence: f64,
    /// The confidence of each article that the truth tells of, and whether it is right.
    articles: Vec<(f64, bool)>,
}

impl Score {
    fn share(&self) -> f64 {
        self.right as f64 / self.total.max(1) as f64
    }
}

fn main() {
    let Some(folder) = corpus::folder() else { return };
    let worst = corpus::option("--worst").and_then(|number| number.parse().ok()).unwrap_or(10);
    let only = corpus::option("--file");
    let pairs: Vec<serde_json::Value> = serde_json::from_slice(&std::fs::read(folder.join("pairs.json")).unwrap()).unwrap();
    let mut scores: Vec<Score> = pairs
        .par_iter()
        .filter(|pair| pair["coverage"].as_f64().unwrap_or(0.0) >= 0.85)
        .filter(|pair| only.as_deref().is_none_or(|only| pair["file"].as_str().unwrap().contains(only)))
        .map(|pair| score(&folder, pair))
        .collect();
    let sum = |of: fn(&Score) -> usize| scores.iter().map(of).sum::<usize>();
    let (total, right) = (sum(|s| s.total), sum(|s| s.right));
    let line = |name: &str, of: fn(&Score) -> usize| {
        let average = scores.iter().map(|s| of(s) as f64 / s.total.max(1) as f64).sum::<f64>() / scores.len().max(1) as f64;
        println!("{name}: right {:.3} over all, {average:.3} on the average text", sum(of) as f64 / total.max(1) as f64);
    };
    println!("{} texts, {total} articles", scores.len());
    line("clausula      ", |s| s.right);
    line("plain splitter", |s| s.plain);
    println!("of the right ones right number {:.3}", sum(|s| s.numbers) as f64 / right.max(1) as f64);
    confidence::show(&scores.iter().map(|s| (s.confidence, s.share(), s.articles.as_slice())).collect::<Vec<_>>());
    scores.sort_by(|a, b| a.share().total_cmp(&b.share()));
    println!("the texts that fare worst");
    for s in scores.iter().take(worst) {
        println!("{:.2} {:4}/{:4}  plain {:4}  confidence {:.2}  {}", s.share(), s.right, s.total, s.plain, s.confidence, s.file);
        let faults: Vec<String> = s.faults.iter().map(|(fault, count)| format!("{count} {fault}")).collect();
        println!("      {}{}", faults.join(", "), if s.look.is_empty() { String::new() } else { format!(" | {}", s.look.join(", ")) });
        if only.is_some() {
            for line in &s.missed {
                println!("      {line}");
            }
        }
    }
}

struct Node {
    number: Option<String>,
    words: Words,
    /// Index of the provision.
    index: usize,
}

fn score(folder: &std::path::Path, pair: &serde_json::Value) -> Score {
    let file = pair["file"].as_str().unwrap();
    let absent: HashSet<&str> =
        pair["absent"].as_array().map(|list| list.iter().filter_map(|id| id.as_str()).collect()).unwrap_or_default();
    let read = |path: std::path::PathBuf| Agreement::new(document::read(&std::fs::read(path).unwrap()).unwrap());
    let truth = read(folder.join("tota").join(format!("{}.xml", pair["tota"].as_str().unwrap())));
    let found = read(folder.join("texts").join(file));
    let review = found.review();
    let text = &found.document.text;
    let nodes: Vec<Node> = found
        .provisions
        .iter()
        .enumerate()
        .filter(|(_, provision)| provision.kind == Kind::Article)
        .map(|(index, provision)| Node { number: provision.number.clone(), words: words(provision.span.of(text)), index })
        .collect();
    let plain = split(text);
    let mut score = Score {
        file: format!("{file} ({})", pair["tota"].as_str().unwrap()),
        right: 0,
        total: 0,
        numbers: 0,
        plain: 0,
        faults: BTreeMap::new(),
        missed: Vec::new(),
        look: look(text, &found),
        confidence: review.confidence,
        articles: Vec::new(),
    };
    // Whether each node is right for one of the articles that it is nearest to.
    let mut judged: BTreeMap<usize, bool> = BTreeMap::new();
    for article in truth.provisions.iter().filter(|p| p.source_id.is_some() && matches!(p.kind, Kind::Article)) {
        let wanted = words(article.span.of(&truth.document.text));
        if size(&wanted) < 15 || absent.contains(article.source_id.as_deref().unwrap()) {
            continue;
        }
        score.total += 1;
        score.plain += usize::from(plain.iter().any(|words| f1(&wanted, words) >= RIGHT));
        let best = nodes.iter().map(|node| (f1(&wanted, &node.words), node)).max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((f1, node)) = &best {
            *judged.entry(node.index).or_default() |= *f1 >= RIGHT;
        }
        let same = |node: &Node| node.number.as_deref().map(str::to_uppercase) == article.number.as_deref().map(str::to_uppercase);
        match best {
            Some((f1, node)) if f1 >= RIGHT => {
                score.right += 1;
                if same(node) {
                    score.numbers += 1;
                } else {
                    score.missed.push(format!("number {:?} found as {:?}", article.number, node.number));
                }
            }
            best => {
                let fault = best.as_ref().map_or("not cut", |(_, node)| fault(&wanted, &node.words, same(node)));
                *score.faults.entry(fault).or_default() += 1;
                score.missed.push(format!(
                    "{} {:?}: {fault}, best {:.2} {:?} | {}",
                    article.number.as_deref().unwrap_or("-"),
                    article.heading,
                    best.as_ref().map_or(0.0, |best| best.0),
                    best.and_then(|(_, node)| node.number.clone()),
                    article.span.of(&truth.document.text).chars().skip(20).take(100).collect::<String>().replace('\n', " ")
                ));
            }
        }
    }
    score.articles = judged.into_iter().map(|(index, right)| (review.provisions[index], right)).collect();
    score
}

/// What is wrong with the article that is nearest to the wanted one.
fn fault(wanted: &Words, found: &Words, same_number: bool) -> &'static str {
    let common = common(wanted, found) as f64;
    let (recall, precision) = (common / size(wanted).max(1) as f64, common / size(found).max(1) as f64);
    match (recall >= RIGHT, precision >= RIGHT) {
        (true, _) if same_number => "too long",
        (true, _) => "within another article",
        (false, _) if precision >= 0.8 => "too short",
        _ if recall < 0.5 => "not cut",
        _ => "other words",
    }
}

/// What may explain how a text fares, as far as its letters show it.
fn look(text: &str, found: &Agreement) -> Vec<String> {
    let mut look = Vec::new();
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    if text.len() / lines.max(1) > 2000 {
        look.push("no line breaks".to_owned());
    }
    let (upper, lower) = (text.chars().filter(|c| c.is_uppercase()).count(), text.chars().filter(|c| c.is_lowercase()).count());
    if upper * 100 < lower {
        look.push("no capitals".to_owned());
    }
    let mut kinds: BTreeMap<&'static str, usize> = BTreeMap::new();
    for oddity in found.oddities() {
        *kinds.entry(oddity.kind.name()).or_default() += 1;
    }
    look.extend(kinds.into_iter().map(|(kind, count)| format!("{count} {kind}")));
    look
}

/// The words of the pieces between lines that begin with "Article" and a number.
fn split(text: &str) -> Vec<Words> {
    let mut starts: Vec<usize> = LINE.find_iter(text).map(|found| found.start()).collect();
    starts.push(text.len());
    starts.windows(2).map(|pair| words(&text[pair[0]..pair[1]])).collect()
}

/// The words of a text with their counts, in lower case.
fn words(text: &str) -> Words {
    let mut counts = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_lowercase()).or_insert(0) += 1;
    }
    counts
}

fn size(words: &Words) -> usize {
    words.values().sum()
}

fn common(one: &Words, other: &Words) -> usize {
    one.iter().map(|(word, count)| count.min(other.get(word).unwrap_or(&0))).sum()
}

/// F1 of two bags of words.
fn f1(one: &Words, other: &Words) -> f64 {
    let total = size(one) + size(other);
    if total == 0 { 1.0 } else { 2.0 * common(one, other) as f64 / total as f64 }
}
