//! Cuts what stands inside an article: numbered paragraphs, lettered items to any depth, indents, definitions, footnotes.
//!
//! First every label that may open a piece is collected with its readings ([`super::labels`]); then a stack of open lists decides
//! by sequence: a label that counts on in an open list continues it and closes the deeper ones, a first label opens a list
//! inside. `(i)` after `(h)` is a letter unless `(ii)` follows.

use super::labels::{Belief, Form, Label, labels};
use super::number::{Number, Reading, Style};
use super::{definitions, tails};
use crate::document::{Aside, AsideKind, Span};

/// The deepest list that is followed; treaties stay at four.
const MAX_DEPTH: usize = 8;
/// Bytes at the beginning of an article in which its heading may stand before a first `1.` in the middle of a line.
const HEADING_BYTES: usize = 200;
/// Labels that are looked at for the one that bears out a doubtful first.
const LOOK_AHEAD: usize = 48;

/// What a piece of an article is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Paragraph,
    Item,
    /// A definition, with the term that it defines.
    Definition(String),
    Recital,
    Footnote,
    Continuation,
}

/// A piece: where it begins (it ends where the next begins), how deep it is (1 is directly in the article), its number.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    pub start: usize,
    pub head_end: usize,
    pub depth: usize,
    pub piece: Piece,
    pub number: Option<String>,
}

/// Cuts the span of an article whose heading ends at `head_end`.
pub(super) fn cut(text: &str, span: Span, head_end: usize, asides: &[Aside]) -> Vec<Cut> {
    let inside = asides_in(asides, span);
    let labels = labels(text, Span::new(head_end, span.end), span.start, inside);
    let mut cuts = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut asides = inside.iter().filter(|aside| aside.kind == AsideKind::Footnote).peekable();
    for (index, found) in labels.iter().enumerate() {
        interrupt(text, &mut cuts, &mut asides, found.start, open.len());
        let Some(level) = place(&labels, index, &open, text, span, head_end) else { continue };
        open.truncate(level.depth);
        // "1.1" under "1.", "1" under the article.
        let (outer, digits) = (open.last(), level.reading.as_ref().filter(|reading| reading.style == Style::Digits));
        let paragraph = digits.is_some_and(|reading| outer.is_none_or(|outer| extends(reading, outer)));
        if open.len() == level.depth {
            open.push(Open { look: Look::of(found, level.reading.as_ref()), last: level.reading });
        }
        let piece = if paragraph { Piece::Paragraph } else { Piece::Item };
        let floor = cuts.last().map_or(head_end, |cut: &Cut| cut.head_end.max(cut.start));
        let start = opening_bracket(text, floor, found.start);
        // "[(c)] films": the number alone is in brackets.
        let closed = start < found.start && text[found.end..].starts_with(']');
        let end = found.end + usize::from(closed);
        let number = Some(&found.number.text).filter(|number| !number.is_empty()).cloned();
        cuts.push(Cut { start, head_end: end, depth: level.depth + 1, piece, number });
    }
    interrupt(text, &mut cuts, &mut asides, span.end, open.len());
    let cuts = definitions::insert(text, span, head_end, cuts);
    tails::insert(text, span, cuts)
}

/// Where a label begins with the brackets of a draft that open right before it, and no earlier than `floor`.
fn opening_bracket(text: &str, floor: usize, label: usize) -> usize {
    let before = text.get(floor..label).unwrap_or_default();
    let words = before.trim_end_matches(['[', ' ']).len();
    before[words..].find('[').map_or(label, |at| floor + words + at)
}

/// The asides that lie in `span`.
pub(super) fn asides_in(asides: &[Aside], span: Span) -> &[Aside] {
    let first = asides.partition_point(|aside| aside.span.start < span.start);
    let last = asides.partition_point(|aside| aside.span.start < span.end);
    asides.get(first..last).unwrap_or_default()
}

/// Footnotes that stand before `until` become pieces, and what goes on after them another.
fn interrupt<'a>(
    text: &str,
    cuts: &mut Vec<Cut>,
    asides: &mut std::iter::Peekable<impl Iterator<Item = &'a Aside>>,
    until: usize,
    depth: usize,
) {
    while let Some(aside) = asides.next_if(|aside| aside.span.start < until) {
        cuts.push(Cut {
            start: aside.span.start,
            head_end: aside.span.start,
            depth: depth + 1,
            piece: Piece::Footnote,
            number: aside.mark.clone(),
        });
        let another = asides.peek().is_some_and(|next| next.span.start <= aside.span.end);
        let rest = text.get(aside.span.end..until).unwrap_or_default();
        if !another && !rest.is_empty() {
            cuts.push(Cut { start: aside.span.end, head_end: aside.span.end, depth: depth + 1, piece: Piece::Continuation, number: None });
        }
    }
}

/// What the labels of one list have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Look {
    form: Form,
    /// `None` for dashes.
    style: Option<Style>,
    upper: bool,
    /// How many numbers stand in one label: two in `1.1`.
    parts: usize,
}

impl Look {
    fn of(label: &Label, reading: Option<&Reading>) -> Self {
        Self {
            form: label.form,
            style: reading.map(|reading| reading.style),
            upper: label.is_upper(),
            parts: reading.map_or(0, |reading| reading.parts.len()),
        }
    }
}

/// A list that is open: how its labels are written, and the last one.
struct Open {
    look: Look,
    last: Option<Reading>,
}

struct Placed {
    depth: usize,
    reading: Option<Reading>,
}

/// Whether a label such as `1.1` begins with the number of the list around it.
fn extends(reading: &Reading, outer: &Open) -> bool {
    outer.last.as_ref().is_some_and(|last| {
        last.style == Style::Digits && reading.parts.split_last().is_some_and(|(_, head)| !head.is_empty() && head == last.parts)
    })
}

/// Where the label at `index` belongs among the open lists; `None` when it opens nothing.
fn place(labels: &[Label], index: usize, open: &[Open], text: &str, span: Span, head_end: usize) -> Option<Placed> {
    let found = &labels[index];
    if let Form::Dash(_) = found.form {
        return place_dash(labels, index, open);
    }
    let next = labels[index + 1..].iter().find(|next| next.form == found.form);
    let roman_next = next.is_some_and(|next| {
        next.is_upper() == found.is_upper() && next.number.readings.iter().any(|r| r.style == Style::Roman && r.parts == [2])
    });
    let is_roman_one = found.number.readings.iter().any(|r| r.style == Style::Roman && r.parts == [1]);
    if !(is_roman_one && roman_next && found.number.readings.len() > 1)
        && let Some(placed) = continued(found, open)
    {
        return Some(placed);
    }
    let first = first_reading(&found.number, roman_next);
    if let Some(reading) = first {
        let look = Look::of(found, Some(&reading));
        let doubtful = found.belief == Belief::Weak;
        if doubtful && !open.last().is_some_and(|outer| extends(&reading, outer)) && !borne_out(labels, index, look, &reading) {
            return None;
        }
        let same = open.iter().position(|level| level.look == look);
        if let Some(depth) = same {
            // The same kind of list again: only a line of its own or a colon begins it anew.
            let fresh = found.line_start || before(text, found.start).ends_with(':');
            return fresh.then_some(Placed { depth, reading: Some(reading) });
        }
        if open.len() >= MAX_DEPTH || found.form == Form::Bare && look.parts == 1 && !open.is_empty() {
            return None;
        }
        // "1 The" with one space is a paragraph only where the article begins with it: elsewhere it is a note.
        if found.form == Form::Bare && doubtful && look.parts == 1 && !text.get(head_end..found.start)?.trim().is_empty() {
            return None;
        }
        let near_heading = open.is_empty() && found.start - span.start <= HEADING_BYTES;
        if found.line_start
            || near_heading
            || doubtful
            || before(text, found.start).ends_with([':', '—', '–', '-', '.', ';', ','])
            || follows_label(labels, index)
        {
            return Some(Placed { depth: open.len(), reading: Some(reading) });
        }
        return None;
    }
    if found.line_start && found.belief == Belief::Firm { after_a_loss(found, next, open) } else { None }
}

/// Counting on in an open list, the deepest first; in one of other capitals only where no list of its own is open.
fn continued(found: &Label, open: &[Open]) -> Option<Placed> {
    let reading_in = |level: &Open, any_case: bool| {
        let last = level.last.as_ref()?;
        found.number.readings.iter().find(|r| {
            let look = Look::of(found, Some(r));
            level.look.form == look.form
                && level.look.parts == look.parts
                && (any_case || level.look.upper == look.upper)
                && r.follows(last)
        })
    };
    [false, true].into_iter().filter(|any_case| !any_case || found.line_start).find_map(|any_case| {
        open.iter()
            .enumerate()
            .rev()
            .find_map(|(depth, level)| reading_in(level, any_case).map(|reading| Placed { depth, reading: Some(reading.clone()) }))
    })
}

/// Whether the second label of the list that a doubtful first would open comes soon.
fn borne_out(labels: &[Label], index: usize, look: Look, first: &Reading) -> bool {
    labels[index + 1..]
        .iter()
        .take(LOOK_AHEAD)
        .filter(|next| next.form == look.form && (next.is_upper() == look.upper || look.form == Form::Word))
        .find_map(|next| {
            let again = next.number.readings.contains(first);
            let follows = next.number.readings.iter().any(|reading| reading.parts.len() == look.parts && reading.follows(first));
            (again || follows).then_some(follows)
        })
        .unwrap_or_default()
}

/// Dashes have no count: one goes on in the list of its kind that is open, or opens one after a colon or before another.
fn place_dash(labels: &[Label], index: usize, open: &[Open]) -> Option<Placed> {
    let found = &labels[index];
    let look = Look::of(found, None);
    let depth = open.iter().rposition(|level| level.look == look);
    if let Some(depth) = depth {
        return Some(Placed { depth, reading: None });
    }
    let another = labels.get(index + 1).is_some_and(|next| next.form == found.form);
    let opens = open.len() < MAX_DEPTH && (found.belief == Belief::Firm || another);
    opens.then_some(Placed { depth: open.len(), reading: None })
}

/// A number that skips one, or the second of a list whose first is lost or struck out.
fn after_a_loss(found: &Label, next: Option<&Label>, open: &[Open]) -> Option<Placed> {
    // "F." after a lost "e." where no list in capitals is open.
    let alone = open.iter().all(|level| level.look.upper != found.is_upper());
    for (depth, level) in open.iter().enumerate().rev() {
        let Some(last) = level.last.as_ref() else { continue };
        let skipping = |r: &&Reading| {
            found.form == level.look.form
                && (found.is_upper() == level.look.upper || alone)
                && r.skips(last).is_some_and(|skipped| skipped <= 1)
                && r.suffix == 0
        };
        if let Some(reading) = found.number.readings.iter().find(skipping) {
            return Some(Placed { depth, reading: Some(reading.clone()) });
        }
    }
    // The second and the third stand on lines of their own.
    let third = next.filter(|next| next.line_start && found.form != Form::Bare && open.len() < MAX_DEPTH)?;
    let second = found
        .number
        .readings
        .iter()
        .find(|r| r.parts == [2] && r.suffix == 0 && third.number.readings.iter().any(|next| next.follows(r)))?;
    let look = Look::of(found, Some(second));
    open.iter().all(|level| level.look != look).then(|| Placed { depth: open.len(), reading: Some(second.clone()) })
}

/// "1. (a) The Parties": the item follows the label of its paragraph at once.
fn follows_label(labels: &[Label], index: usize) -> bool {
    index.checked_sub(1).is_some_and(|previous| labels[index].start - labels[previous].end <= 2)
}

/// The reading with which a list may begin.
fn first_reading(number: &Number, roman_next: bool) -> Option<Reading> {
    let mut firsts = number.readings.iter().filter(|r| r.parts.last() == Some(&1) && r.suffix == 0);
    let roman = firsts.clone().find(|r| r.style == Style::Roman && (roman_next || number.text == "i" || number.text == "I"));
    // "i" is the ninth letter: as the first of a list it can only be Roman.
    roman.or_else(|| firsts.find(|r| r.style != Style::Roman)).cloned()
}

fn before(text: &str, at: usize) -> &str {
    text[..at].trim_end()
}

#[cfg(test)]
mod tests {
    use super::cut;
    use crate::document::Span;

    fn outline(text: &str) -> String {
        cut(text, Span::new(0, text.len()), 0, &[])
            .iter()
            .map(|cut| format!("{}{}", "-".repeat(cut.depth - 1), cut.number.as_deref().unwrap_or("¶")))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn one_case_for_each_ambiguity() {
        let cases = [
            ("levels", "1. The Parties:\n(a) goods:\n(i) one;\n(ii) two; and\n(b) services.\n2. Other.\n", "1 -a --i --ii -b 2"),
            ("capitals are a list of their own", "(a) x:\n(A) q;\n(B) q;\n(C) q;\n(b) z;\n(c) z.", "a -A -B -C b c"),
            ("four levels", "1. P:\n(a) q:\n(i) r:\n(A) s;\n(B) s;\n(ii) r;\n(b) q.\n2. P.", "1 -a --i ---A ---B --ii -b 2"),
            ("numbers of two parts under numbers", "1. One.\n1.1 Sub one.\n1.2 Sub two.\n2. Two.\n2.1 Sub.", "1 -1.1 -1.2 2 -2.1"),
            ("numbers of three parts", "8.2.1 The first.\n8.2.2 The second.", "8.2.1 8.2.2"),
            ("one space after a bare number", "1 The Parties agree.\n2 They may meet.", "1 2"),
            ("a note at the foot is no paragraph", "The Parties agree.\n1 For certainty, they do.\n2 They do.", ""),
            ("Spanish strokes", "1.- Las Partes:\na.- cooperan;\nb.- consultan.\n2.- Se reúnen.", "1 -a -b 2"),
            (
                "letters and a full stop in running text",
                "The tasks are: a. review of goods; b. advice, e.g. on rates; and c. reports.",
                "a b c",
            ),
            ("an example is no item", "Goods, e.g. a. books, are free.", ""),
            ("items in running text", "namely (a) books, (b) films and (c) songs of both Parties.", "a b c"),
            ("references in running text", "as set out in (a) above, and in subparagraph (b) thereof.", ""),
            ("dashes", "1. Cooperation shall include:\n- books,\n- films:\n– of fiction,\n- songs.\n2. Other.", "1 -¶ -¶ --¶ -¶ 2"),
            ("dashes in an item", "(a) x:\n– one;\n– two;\n(b) y.", "a -¶ -¶ b"),
            ("page numbers between dashes", "The Parties agree to\n- 79 -\nmeet.", ""),
            ("words that count", "First, the Parties meet.\nSecond, they agree.\n", "First Second"),
            ("a list after a preposition", "the lesser of\n(i) the old rate; and\n(ii) the new rate.", "i ii"),
            ("a reference over the end of a line", "as set out in paragraph 1 and\n2. The Parties", ""),
            ("an article begins under a noun", "Contact Points\n\n1. Each Party names one.\n2. They meet.", "1 2"),
            ("a chapter at the end of a line", "The rules of Chapter\n1. The Parties apply.\n", ""),
            ("a list that opens with g is none", "(g) x;\n(h) x;\n", ""),
            ("letters to j", "(a) x;\n(b) x;\n(c) x;\n(d) x;\n(e) x;\n(f) x;\n(g) x;\n(h) x;\n(i) x;\n(j) x.", "a b c d e f g h i j"),
            (
                "roman inside h",
                "(a) x;\n(b) x;\n(c) x;\n(d) x;\n(e) x;\n(f) x;\n(g) x;\n(h) q:\n(i) x;\n(ii) x;\n(i) z;",
                "a b c d e f g h -i -ii i",
            ),
            ("aa after z", "(y) x;\n", ""),
            ("references stay", "1. Under paragraph (a) or paragraphs 1. and (b), the Parties\n2. Agree to (a), (b) and (c).", "1 2"),
            (
                "no line breaks",
                "General 1. The Parties agree: (a) goods; (b) services; and (c) capital. 2. The Parties may meet.",
                "1 -a -b -c 2",
            ),
            ("french", "1. Les Parties :\na) coopèrent ;\nb) échangent.\n2. Elles décident.", "1 -a -b 2"),
            ("a lost label and a capital", "a. one;\nb. two;\nto. three;\nD. four;\ne. five.", "a b D e"),
            ("a lost label", "1. One.\n2. Two.\n4. Four.", "1 2 4"),
            ("paragraph after a list", "The Parties:\n(a) one;\n(b) two.\n\nEach Party shall do the rest of what is needed.", "a b ¶"),
            ("brackets of a draft", "[1. One.]\n[2. Two:\n[(a) x;]\n[[(b)] z.]]\n3. Three.", "1 2 -a -b 3"),
            (
                "a tail ends the sentence of its chapeau",
                "1. A Party that:\n(a) sells; or\n(b) buys;\nshall give notice.\n2. Other.",
                "1 -a -b -¶ 2",
            ),
            ("a tail inside an item", "1. P:\n(a) q:\n(i) r; or\n(ii) s;\nunless they agree;\n(b) t.\n2. Other.", "1 -a --i --ii --¶ -b 2"),
            ("a second paragraph of an item", "(a) one.\n\nThis is more on the first of the two items.\n\n(b) two.", "a b"),
            ("definition numbers", "For 1.5 per cent of 2. the goods", ""),
        ];
        let wrong: Vec<_> =
            cases.iter().map(|(name, text, wanted)| (name, outline(text), wanted)).filter(|(_, cut, wanted)| cut != *wanted).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
