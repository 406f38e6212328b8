//! The provisions that can be named, found by kind and number or by label.

use std::collections::HashMap;

use super::super::number::{Number, Style, heading_number};
use super::super::{Agreement, Kind, Provision};

/// What two ways of writing one number share: whether it is a letter, its parts, its suffix. `Eight`, `8` and `VIII` are one.
pub(super) type Value = (bool, Vec<u32>, u32);

/// The values of a number in the order of its readings.
pub(super) fn values(number: &Number) -> impl Iterator<Item = Value> + '_ {
    number
        .readings
        .iter()
        .filter(|reading| !reading.parts.is_empty())
        .map(|reading| (reading.style == Style::Letter, reading.parts.clone(), reading.suffix))
}

/// Nodes under one label: the first of them, and how many there are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Labelled {
    pub first: usize,
    pub count: usize,
}

/// The tree, ready to be asked.
pub(super) struct Index<'a> {
    pub provisions: &'a [Provision],
    /// One past the last descendant of each node.
    pub end: Vec<usize>,
    /// The annex, protocol … around each node; 0 for the agreement itself.
    pub instrument: Vec<usize>,
    /// The article (or annex …) whose paragraphs and items each node belongs to.
    pub container: Vec<usize>,
    pub by_kind: HashMap<Kind, Vec<usize>>,
    numbered: HashMap<(Kind, Value), Vec<usize>>,
    labels: HashMap<(usize, String), Labelled>,
    /// As `labels`, for what stands in an unnumbered paragraph of the node.
    held: HashMap<(usize, String), Labelled>,
    anywhere: HashMap<(usize, String), Labelled>,
}

/// Whether a node is a paragraph, an item or a part of one.
pub(super) const fn is_inner(kind: Kind) -> bool {
    matches!(kind, Kind::Paragraph | Kind::Item | Kind::Footnote | Kind::Continuation | Kind::Recital)
}

impl<'a> Index<'a> {
    pub fn new(agreement: &'a Agreement) -> Self {
        let provisions = agreement.provisions.as_slice();
        let count = provisions.len();
        let mut index = Self {
            provisions,
            end: (1..=count).collect(),
            instrument: vec![0; count],
            container: (0..count).collect(),
            by_kind: HashMap::new(),
            numbered: HashMap::new(),
            labels: HashMap::new(),
            held: HashMap::new(),
            anywhere: HashMap::new(),
        };
        for at in (1..count).rev() {
            if let Some(parent) = provisions[at].parent {
                index.end[parent] = index.end[parent].max(index.end[at]);
            }
        }
        // The numbered or outer node that an unnumbered paragraph belongs to.
        let mut holder: Vec<usize> = (0..count).collect();
        for (at, provision) in provisions.iter().enumerate() {
            let Some(parent) = provision.parent else { continue };
            index.instrument[at] = if provisions[parent].kind.is_instrument() { parent } else { index.instrument[parent] };
            index.by_kind.entry(provision.kind).or_default().push(at);
            if is_inner(provision.kind) {
                index.container[at] = index.container[parent];
                if provision.number.is_none() || provision.kind == Kind::Continuation {
                    holder[at] = holder[parent];
                }
                if matches!(provision.kind, Kind::Paragraph | Kind::Item) {
                    index.add_label(at, parent, holder[parent]);
                }
            } else if let Some((number, _)) = provision.number.as_deref().and_then(heading_number) {
                for value in values(&number) {
                    index.numbered.entry((provision.kind, value)).or_default().push(at);
                }
            }
            if provision.kind == Kind::Footnote
                && let Some(value) = provision.number.as_deref().and_then(|number| number.parse().ok())
            {
                index.numbered.entry((Kind::Footnote, (false, vec![value], 0))).or_default().push(at);
            }
        }
        index
    }

    fn add_label(&mut self, at: usize, parent: usize, holder: usize) {
        let Some(number) = &self.provisions[at].number else { return };
        let mut label = normal(number);
        // Paragraph "4.2" of Article 4 is its paragraph 2.
        if let (Some((head, last)), Some(article)) = (label.rsplit_once('.'), &self.provisions[self.container[at]].number)
            && head == article
        {
            label = last.to_owned();
        }
        let add = |map: &mut HashMap<(usize, String), Labelled>, under: usize| {
            map.entry((under, label.clone())).or_insert(Labelled { first: at, count: 0 }).count += 1;
        };
        add(&mut self.labels, parent);
        if holder != parent {
            add(&mut self.held, holder);
        }
        add(&mut self.anywhere, self.container[at]);
    }

    /// The nodes of a kind with a value, in the order of the text.
    pub fn numbered(&self, kind: Kind, value: Value) -> &[usize] {
        self.numbered.get(&(kind, value)).map_or(&[], Vec::as_slice)
    }

    /// The nodes of a kind, in the order of the text.
    pub fn of_kind(&self, kind: Kind) -> &[usize] {
        self.by_kind.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The paragraphs or items under a label in `node`, or else in an unnumbered paragraph of it.
    pub fn child(&self, node: usize, label: &str) -> Option<Labelled> {
        let key = (node, normal(label));
        self.labels.get(&key).or_else(|| self.held.get(&key)).copied()
    }

    /// The paragraphs or items under a label at any depth of an article.
    pub fn anywhere(&self, container: usize, label: &str) -> Option<Labelled> {
        self.anywhere.get(&(container, normal(label))).copied()
    }

    /// The part of `nodes` (in order) that lies inside `outer`.
    pub fn inside<'n>(&self, nodes: &'n [usize], outer: usize) -> &'n [usize] {
        let first = nodes.partition_point(|&node| node <= outer);
        let last = nodes.partition_point(|&node| node < self.end[outer]);
        nodes.get(first..last).unwrap_or_default()
    }

    /// A node and its ancestors up to the root, nearest first.
    pub fn lineage(&self, node: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(node), |&at| self.provisions[at].parent)
    }

    /// The instrument that a node is or stands in.
    pub fn instrument_of(&self, node: usize) -> usize {
        if self.provisions[node].kind.is_instrument() { node } else { self.instrument[node] }
    }
}

/// A label as it is compared: lower case, without marks.
fn normal(label: &str) -> String {
    label.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}
