//! From paragraphs to lines: automatic numbers in each reading, and paragraphs that a change joins in one of them.
//!
//! A paragraph mark that was inserted or deleted stands in one reading only; in the other the words go on in the
//! next paragraph, whose mark gives style and number to all of them (ECMA-376 part 1, 17.13.5.15 and .20).

use std::rc::Rc;

use super::super::changes::Reading;
use super::super::flow::{Changes, Flow, Line, Mark, NoteRef};
use super::super::{Native, NativeKind, Span};
use super::body::Context;
use super::numbering::Label;
use crate::text::one_line;

/// The properties of a paragraph that count here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Properties {
    pub style: Option<String>,
    pub num_id: Option<u32>,
    pub level: Option<usize>,
    pub outline: Option<u8>,
}

/// Words of a paragraph, or a line break in it.
#[derive(Debug)]
pub(super) struct Run {
    /// None is a line break.
    pub words: Option<String>,
    pub changes: Changes,
}

/// A paragraph with all that hangs on it.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub depth: usize,
    pub runs: Vec<Run>,
    pub now: Properties,
    /// The properties before a tracked change of them, and that change.
    pub before: Option<(Properties, Rc<Mark>)>,
    /// The change that put it into its list.
    pub listed: Option<Rc<Mark>>,
    /// What was done to the paragraph mark.
    pub mark: Changes,
    /// What was done to the row or the stretch of paragraphs around it.
    pub around: Changes,
    pub notes: Vec<NoteRef>,
    /// Text boxes anchored in it.
    pub after: Vec<Flow>,
    /// It is a line of a table of contents.
    pub contents: bool,
}

impl Paragraph {
    /// Whether a reading shows words of it.
    pub fn has_words(&self, reading: Reading) -> bool {
        self.words(reading).any(|words| !words.trim().is_empty())
    }

    fn words(&self, reading: Reading) -> impl Iterator<Item = &str> {
        self.runs.iter().filter(move |run| run.changes.shown(reading)).map(|run| run.words.as_deref().unwrap_or("\n"))
    }

    /// Whether a reading shows its mark.
    pub fn ends_in(&self, reading: Reading) -> bool {
        self.mark.shown(reading) && self.around.shown(reading)
    }

    fn properties(&self, reading: Reading) -> &Properties {
        match &self.before {
            Some((before, _)) if reading == Reading::Was => before,
            _ => &self.now,
        }
    }
}

/// A heading or the number of a paragraph as one reading shows it.
struct Group {
    /// First paragraph with words, and the one whose mark ends it.
    first: usize,
    last: usize,
    level: u8,
    reading: Reading,
}

/// What each reading makes of a chain of paragraphs.
struct Plan {
    /// The numbers before the words of each paragraph.
    labels: Vec<[Option<Label>; 2]>,
    /// Whether nothing more comes to the line of a reading after a paragraph.
    trims: Vec<[bool; 2]>,
    headings: Vec<Group>,
}

impl Plan {
    fn new(chain: &[Paragraph], forced: bool, context: &mut Context<'_>) -> Self {
        let mut plan =
            Self { labels: chain.iter().map(|_| [None, None]).collect(), trims: vec![[false; 2]; chain.len()], headings: Vec::new() };
        for reading in Reading::BOTH {
            let mut start = 0;
            for (last, paragraph) in chain.iter().enumerate() {
                let ends = paragraph.ends_in(reading);
                if !ends && last + 1 < chain.len() {
                    continue;
                }
                let group = &chain[start..=last];
                let first = group.iter().position(|paragraph| paragraph.has_words(reading)).map(|index| start + index);
                let last_words = group.iter().rposition(|paragraph| paragraph.has_words(reading)).map(|index| start + index);
                start = last + 1;
                if !(ends || forced && first.is_some()) {
                    continue;
                }
                let place = first.unwrap_or(last);
                plan.labels[place][reading as usize] = number(paragraph.properties(reading), reading, context);
                plan.trims[last_words.unwrap_or(last)][reading as usize] = true;
                let properties = paragraph.properties(reading);
                let outline = properties.outline.map(|level| (level < 9).then_some(level + 1));
                let level = outline.unwrap_or_else(|| context.styles.heading(properties.style.as_deref()));
                // The text as proposed decides; what it does not show is a heading if it was one.
                let gone = |group: &[Paragraph]| !group.iter().any(|paragraph| paragraph.has_words(Reading::Proposed));
                if let Some(level) = level.filter(|_| reading == Reading::Proposed || gone(group)) {
                    plan.headings.push(Group { first: place, last, level, reading });
                }
            }
        }
        plan
    }
}

/// Writes a chain of paragraphs as lines. `forced` says that no paragraph can follow that the last could join;
/// `settled` that notes may stand here.
pub(super) fn compose(chain: Vec<Paragraph>, forced: bool, settled: bool, flow: &mut Flow, context: &mut Context<'_>) {
    let plan = Plan::new(&chain, forced, context);
    let count = chain.len();
    let mut line = Line::default();
    let mut lines: Vec<Span> = Vec::with_capacity(count);
    let mut notes: Vec<NoteRef> = Vec::new();
    let mut boxes: Vec<Flow> = Vec::new();
    let mut previous = Changes::default();
    // The words of each paragraph in both readings; none in a table of contents.
    let mut words: Vec<Option<[String; 2]>> = Vec::with_capacity(count);
    for (index, paragraph) in chain.into_iter().enumerate() {
        let start = flow.text.len() + line.text.len();
        push_labels(&mut line, &plan.labels[index], &paragraph, &previous);
        for run in &paragraph.runs {
            match &run.words {
                Some(words) => line.push_changed(words, &run.changes),
                None => line.end(&run.changes),
            }
        }
        for reading in Reading::BOTH.into_iter().filter(|reading| plan.trims[index][*reading as usize]) {
            line.trim(reading);
        }
        let end = flow.text.len() + line.text.trim_end_matches('\n').len();
        lines.push(Span::new(start, end.max(start)));
        let kept = forced && index + 1 == count;
        line.end(&if kept { paragraph.around.clone() } else { paragraph.mark.within(&paragraph.around) });
        if paragraph.contents || context.styles.is_contents(paragraph.now.style.as_deref()) {
            contents(flow, Span::new(start, flow.text.len() + line.text.len()));
            words.push(None);
        } else {
            words.push(Some(Reading::BOTH.map(|reading| paragraph.words(reading).collect())));
        }
        previous = paragraph.mark;
        // What hangs on the paragraph follows it as soon as no reading that shows it is in the middle of a line;
        // what has to wait is looked at again when no reading is.
        let at_start = Reading::BOTH.map(|reading| line.is_at_start(reading));
        let all = at_start == [true, true] || index + 1 == count;
        let fits = |shown: [bool; 2]| Reading::BOTH.into_iter().all(|reading| at_start[reading as usize] || !shown[reading as usize]);
        let new_boxes = paragraph.after.into_iter();
        let (mut ready, wait): (Vec<Flow>, Vec<Flow>) =
            new_boxes.partition(|flow| all || fits(Reading::BOTH.map(|reading| flow.has_words(reading))));
        boxes.extend(wait);
        let (mut placed, wait): (Vec<NoteRef>, Vec<NoteRef>) =
            paragraph.notes.into_iter().partition(|note| all || fits(note.changes.readings()));
        notes.extend(wait);
        if all {
            ready.splice(..0, boxes.drain(..));
            placed.splice(..0, notes.drain(..));
        }
        if !ready.is_empty() || settled && !placed.is_empty() {
            flow.lines(&mut line);
        }
        for text in ready {
            flow.append(text);
        }
        flow.pending.extend(placed);
        if settled {
            settle(flow, context);
        }
    }
    flow.lines(&mut line);
    for group in plan.headings {
        let span = Span::new(lines[group.first].start, lines[group.last].end);
        let own = words[group.first..=group.last].iter().flatten().map(|words| words[group.reading as usize].as_str());
        let heading = one_line(&own.collect::<String>());
        if !span.is_empty() && words[group.first].is_some() {
            flow.native.push(Native {
                span,
                kind: NativeKind::Heading(group.level),
                number: plan.labels[group.first][group.reading as usize].as_ref().map(|label| label.text.clone()),
                heading: (!heading.is_empty()).then_some(heading),
                source_id: None,
                head: span,
            });
        }
    }
}

/// Puts the notes that wait into the text.
pub(super) fn settle(flow: &mut Flow, context: &mut Context<'_>) {
    for note in std::mem::take(&mut flow.pending) {
        context.notes.place(note, flow);
    }
}

/// Adds a line to the table of contents that ends there, or begins one.
fn contents(flow: &mut Flow, span: Span) {
    match flow.native.last_mut() {
        Some(last) if last.kind == NativeKind::Contents && last.span.end == span.start => last.span.end = span.end,
        _ if span.is_empty() => {}
        _ => flow.native.push(Native {
            span,
            kind: NativeKind::Contents,
            number: None,
            heading: None,
            source_id: None,
            head: Span::new(span.start, span.start),
        }),
    }
}

/// The number of a paragraph in a reading, by its own list or that of its style.
fn number(properties: &Properties, reading: Reading, context: &mut Context<'_>) -> Option<Label> {
    let (num_id, level) = match properties.num_id {
        Some(num_id) => (num_id, properties.level.unwrap_or_default()),
        None => {
            let (num_id, level, names) = context.styles.list(properties.style.as_deref())?;
            let tied = context.numbering.level_of_style(num_id, &names);
            (num_id, properties.level.or(tied).or(level).unwrap_or_default())
        }
    };
    if num_id == 0 {
        return None;
    }
    context.numbering.next(&mut context.counts[reading as usize], num_id, level)
}

/// Writes the number before a paragraph; where the readings differ, each gets its own.
///
/// The number as proposed comes first: who reads the text as is from the start of the line meets it there.
fn push_labels(line: &mut Line, labels: &[Option<Label>; 2], paragraph: &Paragraph, previous: &Changes) {
    let shown = Reading::BOTH.map(|reading| {
        let label = labels[reading as usize].as_ref()?;
        let glued = label.close && paragraph.words(reading).flat_map(str::chars).next().is_some_and(|first| !first.is_alphanumeric());
        Some(if glued { label.text.clone() } else { format!("{} ", label.text) })
    });
    if shown[0] == shown[1] {
        if let [Some(label), _] = &shown {
            line.push_changed(label, &Changes::default());
        }
        return;
    }
    let both = shown.iter().all(Option::is_some);
    for (reading, other) in [(Reading::Proposed, Reading::Was), (Reading::Was, Reading::Proposed)] {
        let Some(label) = &shown[reading as usize] else { continue };
        let kind = other.without();
        let mut cause = paragraph.before.as_ref().map(|(_, mark)| Rc::new(mark.as_kind(kind)));
        if cause.is_none() && !both {
            let own = paragraph.runs.iter().map(|run| &run.changes);
            cause = own.chain([&paragraph.mark, previous, &paragraph.around]).find_map(|changes| changes.get(kind)).cloned();
        }
        let mut changes = Changes::default();
        changes.set(cause.unwrap_or_else(|| Rc::new(Mark::unsigned(kind))));
        line.push_changed(label, &changes);
    }
}
