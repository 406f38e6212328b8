//! What the references in the words of a clause do there: name what it covers, what it leaves bound, or something else.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::Span;
use crate::structure::number::heading_number;
use crate::structure::{Agreement, Kind, Reference, Target};
use crate::text::{ceil_boundary, floor_boundary, one_line, pattern};

/// The words that decide the reach, on one line.
pub(super) fn words_of(agreement: &Agreement, spans: &[Span]) -> String {
    let mut words: String = spans.iter().flat_map(|span| [one_line(span.of(&agreement.document.text)), " ".to_owned()]).collect();
    words.truncate(floor_boundary(&words, MAX_WORDS));
    words
}

/// The most words that decide a reach, in bytes.
const MAX_WORDS: usize = 1500;

/// Where the words that decide the reach stand: the provision with its chapeaux.
pub(super) fn operative(agreement: &Agreement, index: usize) -> Vec<Span> {
    let mut chain: Vec<usize> = agreement
        .lineage(index)
        .take_while(|&at| {
            matches!(agreement.provisions[at].kind, Kind::Article | Kind::Paragraph | Kind::Item | Kind::Continuation | Kind::Footnote)
        })
        .collect();
    chain.reverse();
    let mut left = MAX_WORDS;
    chain
        .into_iter()
        .map(|at| {
            let own = &agreement.provisions[at];
            let span = Span::new(own.head_end, own.own.end.min(ceil_boundary(&agreement.document.text, own.head_end + left)));
            left -= span.len().min(left);
            span
        })
        .collect()
}

/// "For the purposes of": what follows is the reach.
static PURPOSES: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)for (?:the )?purposes? of|aux fins (?:du|de|des)|(?:a|para) los efectos de"));
/// Words before a target that make it something else than what is covered.
static ASIDE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:notwithstanding|nonobstant|no obstante(?: lo (?:dispuesto|establecido|previsto) en)?(?: el| la| los| las)?|subject to|provided (?:for )?in|defined in|referred to in|set out in|set forth in|in accordance with|pursuant to|consistent with|without prejudice to|integral parts? of|under|listed in|specified in|conformément à|sans préjudice d[eu](?: l['’])?|sous réserve d[eu]|au sens d[eu]|visée?s? à|de conformidad con|sin perjuicio de|en virtud de|a que se refiere|establecid[oa]s? en|purposes of paragraph|entry into force of)\s*(?:the (?:provisions|terms) of\s*|the |l['’])?$",
    )
});

/// Words before a target that leave it bound: "except as provided in".
static EXCEPT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\bexcept\b|\bsave (?:as|for|that|where|in)\b|with the exception of|\bother than\s*(?:the )?$|\bsauf\b|à l['’]exception\b|\bexcepté|\bexception faite\b|\bhormis\b|\bsalvo\b|\bexcepto\b|\bcon (?:la )?excepción\b|\ba excepción\b)[^,;]*$",
    )
});
/// Words before a target to which a clause gives way: "subject to".
static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\bsubject to|sous réserve d[eu]s?(?: l['’])?|con sujeción a|a reserva de)\s*(?:the (?:provisions|terms) of\s*|the |l['’]|les? |la |dispositions d[eu]s? (?:l['’]|la )?|(?:lo (?:dispuesto|establecido|previsto) en )?(?:el |la |los |las )?)?$",
    )
});

/// What a reference does in a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It names what the clause covers.
    Covered,
    /// It names what the clause leaves bound.
    Excepted,
    /// It names what goes before the clause ("subject to Article 5").
    Before,
    /// It names something else ("as defined in Article 1.2").
    Aside,
}

/// What the words right before a target make of it.
fn role_after(before: &str) -> Role {
    const LOOKED_AT: usize = 160;
    let before = &before[ceil_boundary(before, before.len().saturating_sub(LOOKED_AT))..];
    if EXCEPT.is_match(before) {
        Role::Excepted
    } else if SUBJECT.is_match(before) {
        Role::Before
    } else if ASIDE.is_match(before) {
        Role::Aside
    } else {
        Role::Covered
    }
}

/// How two references that follow one another belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    /// Not at all.
    None,
    /// By a comma.
    Comma,
    /// By "and" or "or", with which a list ends.
    And,
}

/// How what stands between two references joins them; headings in parentheses are passed over.
fn join(between: &str) -> Join {
    const AND: [&str; 7] = ["and", "or", "et", "ou", "y", "o", "e"];
    const ARTICLES: [&str; 9] = ["the", "le", "la", "les", "l", "el", "los", "las", "with"];
    let rest = outside_parentheses(between);
    let words: Vec<&str> = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.iter().any(|word| !AND.contains(word) && !ARTICLES.contains(word)) {
        Join::None
    } else if words.iter().any(|word| AND.contains(word)) {
        Join::And
    } else if rest.contains(',') {
        Join::Comma
    } else {
        Join::None
    }
}

/// The words that stand in no parentheses.
fn outside_parentheses(words: &str) -> String {
    let mut depth = 0_usize;
    let mut rest = String::new();
    for c in words.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => rest.push(c),
            _ => {}
        }
    }
    rest
}

/// Whether the words behind a reference go on with its list: a comma, "and" or "or".
fn goes_on(behind: &str) -> bool {
    let rest = outside_parentheses(behind);
    let rest = rest.trim_start();
    rest.starts_with(',') || ["and ", "or ", "et ", "ou ", "y ", "o ", "e "].iter().any(|word| rest.starts_with(word))
}

/// A list of references that is being read: where it ends so far, what its references do, and whether its "and" was there.
#[derive(Clone, Copy)]
struct List {
    end: usize,
    role: Role,
    closed: bool,
}

/// The references in `spans` (a clause with its chapeaux, in the order of the text), each with what it does there.
pub(super) fn roles<'r>(agreement: &Agreement, references: &'r [Reference], spans: &[Span]) -> Vec<(&'r Reference, Role)> {
    /// How far the words before a reference are looked at, in bytes.
    const BEFORE: usize = 240;
    let text = agreement.document.text.as_str();
    let mut found: Vec<(&Reference, Role)> = Vec::new();
    let mut chapeau = "";
    for &span in spans {
        let first = references.partition_point(|reference| reference.span.start < span.start);
        let mut last: Option<List> = None;
        for reference in references[first..].iter().take_while(|reference| reference.span.start < span.end) {
            let from = ceil_boundary(text, reference.span.start.saturating_sub(BEFORE).max(span.start));
            let own = one_line(Span::new(from, reference.span.start).of(text));
            // The chapeau goes on in its first item.
            let before = if from == span.start { format!("{} {own} ", one_line(chapeau)) } else { format!("{own} ") };
            let mut role = role_after(&before);
            // "Except as provided in Article 2, Article 5 and Chapter 7, …": a list is of one kind and ends with its "and"; "this
            // Agreement" goes with no list.
            let joined = last.filter(|_| role == Role::Covered && !points_to_itself(reference.span.of(text))).map_or(Join::None, |list| {
                let join = join(text.get(list.end..reference.span.start).unwrap_or_default());
                let behind = &text[reference.span.end..ceil_boundary(text, (reference.span.end + BEFORE).min(span.end))];
                if list.closed || join == Join::Comma && !goes_on(behind) { Join::None } else { join }
            });
            if let Some(list) = last
                && joined != Join::None
            {
                role = list.role;
            }
            last = Some(List { end: reference.span.end, role, closed: joined == Join::And });
            found.push((reference, role));
        }
        let words = span.of(text);
        chapeau = &words[ceil_boundary(words, words.len().saturating_sub(BEFORE))..];
    }
    found
}

/// What the words of a clause name as covered.
#[derive(Debug, Default)]
pub(super) struct Covered {
    /// The provisions, in the order of the words.
    pub nodes: Vec<usize>,
    /// The words that name them, each on one line.
    pub words: Vec<String>,
    /// Whether they are named by number, not by "this Chapter".
    pub by_number: bool,
}

/// The provisions that the references in `spans`, whose words are `words`, name as covered.
pub(super) fn covered(agreement: &Agreement, references: &[Reference], spans: &[Span], words: &str) -> Covered {
    let text = agreement.document.text.as_str();
    let (mut around, mut named) = (Vec::new(), Vec::new());
    for (reference, role) in roles(agreement, references, spans) {
        if role != Role::Covered {
            continue;
        }
        let said = reference.span.of(text);
        if points_to_itself(said) {
            around.extend(around_it(agreement, reference).into_iter().map(|node| (node, said)));
        } else if is_numbered(reference.kind) {
            named.extend(named_by(agreement, reference).into_iter().map(|node| (node, said)));
        }
    }
    let by_number = !named.is_empty();
    if by_number {
        // A chapter that is named beside the agreement ("… of this Agreement") is meant, not the whole.
        around.retain(|&(node, _)| node != 0 && agreement.provisions[node].kind.is_group());
    } else if around.iter().any(|&(node, _)| node != 0) && PURPOSES.is_match(words) {
        // "For the purposes of this Chapter, … nothing in this Agreement shall …" is about the chapter.
        around.retain(|&(node, _)| node != 0);
    }
    around.extend(named);
    let mut found = Covered { by_number, ..Covered::default() };
    for (node, said) in around {
        found.nodes.push(node);
        let said = one_line(said);
        if !found.words.contains(&said) {
            found.words.push(said);
        }
    }
    found
}

/// The provisions that the words in `spans` leave bound; with `gives_way` those to which they are subject as well. `holder` is the
/// article of the words: it is never among them.
pub(super) fn excepted(agreement: &Agreement, references: &[Reference], spans: &[Span], gives_way: bool, holder: usize) -> Vec<usize> {
    numbered(agreement, references, spans, holder, |role| role == Role::Excepted || gives_way && role == Role::Before)
}

/// The provisions that the words in `spans` name by number in one of the wanted roles, other than the article that holds the words.
pub(super) fn numbered(
    agreement: &Agreement,
    references: &[Reference],
    spans: &[Span],
    holder: usize,
    wanted: impl Fn(Role) -> bool,
) -> Vec<usize> {
    let text = agreement.document.text.as_str();
    roles(agreement, references, spans)
        .into_iter()
        .filter(|(reference, role)| wanted(*role) && is_numbered(reference.kind) && !points_to_itself(reference.span.of(text)))
        .flat_map(|(reference, _)| named_by(agreement, reference))
        .filter(|&node| node != holder && node != 0)
        .collect()
}

/// Whether a reference names a provision by a number.
pub(super) const fn is_numbered(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Chapter
            | Kind::Article
            | Kind::Section
            | Kind::Subsection
            | Kind::Title
            | Kind::Part
            | Kind::Annex
            | Kind::Paragraph
            | Kind::Item
    )
}

/// Whether a reference is "this Chapter", "le présent accord", "este Tratado".
pub(super) fn points_to_itself(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default().to_lowercase();
    ["this", "present", "présent", "présente", "presente", "este", "esta", "cet", "cette", "ce"].contains(&first.as_str())
}

/// What "this Chapter" names; where the tree has no such level, what stands for it.
fn around_it(agreement: &Agreement, reference: &Reference) -> Vec<usize> {
    if matches!(reference.kind, Kind::Paragraph | Kind::Item) {
        return Vec::new();
    }
    if let [Target::Provision(node)] = reference.targets.as_slice() {
        return vec![*node];
    }
    let Some(group) = agreement.lineage(reference.at).find(|&node| agreement.provisions[node].kind.is_group()) else { return Vec::new() };
    match reference.kind {
        // "this Title" where the heading of the title is lost: the chapters of one count.
        Kind::Title | Kind::Part => run_of(agreement, group),
        // "this Section" where the sections were not kept: the group that is there.
        kind if kind.is_group() => vec![group],
        _ => Vec::new(),
    }
}

/// The articles and groups that a reference names, or in which what it names was not found; a paragraph stands for its article.
pub(super) fn named_by(agreement: &Agreement, reference: &Reference) -> Vec<usize> {
    let own = agreement.article_of(reference.at);
    let inner = |node: usize| matches!(agreement.provisions[node].kind, Kind::Paragraph | Kind::Item | Kind::Continuation | Kind::Footnote);
    let nodes = reference.targets.iter().filter_map(|target| match target {
        Target::Provision(node) => Some(*node),
        Target::Unresolved { within, .. } => *within,
        Target::External(_) => None,
    });
    let is_inner = matches!(reference.kind, Kind::Paragraph | Kind::Item);
    nodes
        .map(|node| if inner(node) { agreement.article_of(node) } else { node })
        // A bare "paragraph 1" is of the article itself.
        .filter(|&node| !is_inner || node != own)
        .collect()
}

/// The groups beside `group` that belong to one count with it: from the last "1" up to it, and on to the next "1".
fn run_of(agreement: &Agreement, group: usize) -> Vec<usize> {
    /// Groups on either side that may belong to one title: titles have some ten chapters.
    const MAX_BESIDE: usize = 40;
    let own = &agreement.provisions[group];
    let beside = |node: &usize| agreement.provisions[*node].parent == own.parent && agreement.provisions[*node].kind == own.kind;
    let first =
        |node: &usize| agreement.provisions[*node].number.as_deref().and_then(heading_number).is_some_and(|(number, _)| number.is_first());
    let mut run: Vec<usize> = (own.parent.unwrap_or(0)..=group).rev().filter(beside).take(MAX_BESIDE).collect();
    // Back to the "1" with which the count begins; without one, nothing before belongs to it.
    run.truncate(run.iter().position(first).map_or(1, |at| at + 1));
    run.reverse();
    run.extend((group + 1..agreement.provisions.len()).filter(beside).take(MAX_BESIDE).take_while(|node| !first(node)));
    run
}
