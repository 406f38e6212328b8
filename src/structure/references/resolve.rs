//! What the words of a reference name in the tree: from the outer level to the inner, nearest first.

use std::collections::HashMap;

use super::super::Kind;
use super::super::number::{Number, Reading, Style, heading_number};
use super::grammar::{Name, Path, Phrase, Scope, Step};
use super::index::{Index, Value, is_inner, values};
use super::words::{LAST, Pointer, depth};
use super::{Outside, Target};
use crate::text::one_line;

/// The most provisions of one range.
const MAX_RANGE: usize = 200;
/// The most provisions that ranges may fill in over a whole text: what goes beyond names its ends only.
const MAX_FILLED: usize = 2_000_000;
/// How many neighbours are looked at for the one before or after.
const NEIGHBOURS: usize = 200;
/// Bytes below which a group or an annex without provisions is a heading alone.
const LEAST: usize = 300;
/// How many provisions of one number are shown where several are meant.
const SHOWN: usize = 3;

/// Why something was not found, and the provision in which it was not.
#[derive(Debug)]
struct Failure {
    reason: String,
    within: Option<usize>,
}

type Found = Result<Vec<usize>, Failure>;

fn failure<T>(reason: String, within: Option<usize>) -> Result<T, Failure> {
    Err(Failure { reason, within })
}

/// Where a level is looked for.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// Around the words.
    Around(usize),
    /// In a provision; the whole agreement is its root.
    In(usize),
}

/// What was named last in the article that is being read.
#[derive(Default)]
struct Memory {
    container: usize,
    last: Vec<usize>,
    by_kind: HashMap<Kind, Result<Vec<usize>, String>>,
    external: Option<String>,
    /// The provision of another instrument that was named last, with its kind.
    outside: Option<(Kind, Target)>,
    nouns: HashMap<String, String>,
}

/// Resolves the references of one agreement, in the order of the text.
pub(super) struct Resolver<'a> {
    index: Index<'a>,
    /// What the agreement calls itself, in lower case.
    own_nouns: Vec<String>,
    title: String,
    memory: Memory,
    filled: usize,
}

impl<'a> Resolver<'a> {
    pub fn new(index: Index<'a>, own_nouns: Vec<String>, title: &str) -> Self {
        Self { index, own_nouns, title: title.to_lowercase(), memory: Memory::default(), filled: 0 }
    }

    /// The targets of a reference that stands in the provision `at`; `named` are its words without the name of another instrument.
    pub fn resolve(&mut self, at: usize, phrase: &Phrase, named: &str) -> Vec<Target> {
        self.enter(at);
        let kind = phrase.paths.first().and_then(|path| path.last()).map_or(Kind::Agreement, |step| step.kind);
        // "Article VI of the GATT 1994 … that Article".
        if let [path] = phrase.paths.as_slice()
            && let [Step { name: Name::Pointer(Pointer::Said, _), .. }] = path.as_slice()
            && let Some((_, target)) = self.memory.outside.as_ref().filter(|(outside, _)| *outside == kind)
        {
            return vec![target.clone()];
        }
        let targets = self.targets(at, phrase, named);
        match targets.as_slice() {
            [target @ Target::External(_)] => self.memory.outside = Some((kind, target.clone())),
            _ => self.memory.outside = self.memory.outside.take().filter(|(outside, _)| *outside != kind),
        }
        targets
    }

    fn targets(&mut self, at: usize, phrase: &Phrase, named: &str) -> Vec<Target> {
        let place = match &phrase.scope {
            Scope::Open => Place::Around(at),
            Scope::Own => Place::In(0),
            Scope::Noun(noun) if self.is_own(noun) => Place::In(0),
            Scope::Noun(noun) => {
                let name = self.memory.nouns.get(&noun.to_lowercase()).cloned().unwrap_or_else(|| noun.clone());
                return vec![self.external(&name, Some(named))];
            }
            Scope::Said(noun) => match self.memory.nouns.get(&noun.to_lowercase()).cloned() {
                Some(name) => return vec![self.external(&name, Some(named))],
                None if self.is_own(noun) => Place::In(0),
                None => return vec![unresolved(unclear(&format!("“that {}”", one_line(noun))), None)],
            },
            Scope::External(name) if self.is_own_name(name) => Place::In(0),
            Scope::External(name) => return vec![self.external(&one_line(name), Some(named))],
            Scope::Thereof => match (&self.memory.external, self.memory.last.first()) {
                (Some(name), _) => {
                    let name = name.clone();
                    return vec![self.external(&name, Some(named))];
                }
                (None, Some(&last)) => Place::In(self.holder_for(last, phrase)),
                (None, None) => return vec![unresolved(unclear("“thereof”"), None)],
            },
        };
        if phrase.paths.is_empty() {
            self.remember(Kind::Agreement, &[0]);
            return vec![Target::Provision(0)];
        }
        let mut targets = Vec::new();
        let mut nodes = Vec::new();
        let mut lost = None;
        for path in &phrase.paths {
            let found = self.path(place, at, path).or_else(|failed| self.in_main_text(place, at, path).ok_or(failed));
            match found {
                Ok(found) => {
                    targets.extend(found.iter().map(|&node| Target::Provision(node)));
                    nodes.extend(found);
                }
                Err(Failure { reason, within }) => {
                    lost = Some(reason.clone());
                    targets.push(unresolved(reason, within));
                }
            }
        }
        if let Some(kind) = phrase.paths.iter().filter_map(|path| path.last()).map(|step| step.kind).next() {
            match lost {
                // "Annex II … that Annex": what was not found before is not found again.
                Some(reason) if nodes.is_empty() => {
                    self.memory.by_kind.insert(kind, Err(reason));
                }
                _ => self.remember(kind, &nodes),
            }
        }
        targets
    }

    /// What "thereof" names: the provision named last, or for a level that it cannot hold what it stands in.
    fn holder_for(&self, last: usize, phrase: &Phrase) -> usize {
        let first = phrase.paths.first().and_then(|path| path.first()).map_or(Kind::Item, |step| step.kind);
        let holds = |node: &usize| depth(self.index.provisions[*node].kind) < depth(first);
        self.index.lineage(last).find(holds).unwrap_or(0)
    }

    /// A mention of another instrument, or of `named` of it.
    pub fn mention(&mut self, at: usize, name: &str, named: Option<&str>) -> Option<Target> {
        self.enter(at);
        (!self.is_own_name(name)).then(|| self.external(&one_line(name), named))
    }

    /// Forgets what was named in another article.
    fn enter(&mut self, at: usize) {
        let container = self.index.container[at];
        if self.memory.container != container {
            self.memory = Memory { container, ..Memory::default() };
        }
    }

    fn remember(&mut self, kind: Kind, nodes: &[usize]) {
        if nodes.is_empty() {
            return;
        }
        self.memory.external = None;
        self.memory.last = nodes.to_vec();
        self.memory.by_kind.insert(kind, Ok(nodes.to_vec()));
        // "paragraph 2 of Article 5 … that Article".
        let outer = self.index.container[nodes[0]];
        if is_inner(kind) && self.index.provisions[outer].kind == Kind::Article {
            self.memory.by_kind.insert(Kind::Article, Ok(vec![outer]));
        }
    }

    fn external(&mut self, name: &str, named: Option<&str>) -> Target {
        let instrument = name.to_owned();
        for noun in super::external::nouns(name) {
            self.memory.nouns.insert(noun, instrument.clone());
        }
        self.memory.external = Some(instrument.clone());
        Target::External(Box::new(Outside { instrument, part: named.map(one_line) }))
    }

    fn is_own(&self, noun: &str) -> bool {
        self.own_nouns.iter().any(|own| *own == noun.to_lowercase())
    }

    /// "the Free Trade Agreement" in a text with this title.
    fn is_own_name(&self, name: &str) -> bool {
        let lower = one_line(name).to_lowercase();
        let acronym = super::external::is_acronym(name) && self.title.split(|c: char| !c.is_alphanumeric()).any(|word| word == lower);
        acronym || lower.contains(' ') && self.title.contains(&lower)
    }

    fn path(&mut self, place: Place, at: usize, path: &Path) -> Found {
        let mut places = vec![place];
        let mut nodes = Vec::new();
        for step in path {
            nodes.clear();
            for &place in &places {
                nodes.extend(self.step(place, at, step)?);
            }
            places = nodes.iter().take(MAX_RANGE).map(|&node| Place::In(node)).collect();
        }
        Ok(nodes)
    }

    /// "Section B of Chapter 12" in an annex which has a heading "Chapter 12" and no section under it: the one of the main text.
    fn in_main_text(&mut self, place: Place, at: usize, path: &Path) -> Option<Vec<usize>> {
        let [first, second, ..] = path.as_slice() else { return None };
        if !matches!(place, Place::Around(_)) || self.index.instrument_of(at) == 0 || is_inner(first.kind) {
            return None;
        }
        let near = self.step(place, at, first).ok()?;
        let empty = |node: &usize| {
            if is_inner(second.kind) {
                !self.has_numbered(*node)
            } else {
                self.index.inside(self.index.of_kind(second.kind), *node).is_empty()
            }
        };
        if near.iter().all(empty) { self.path(Place::In(0), at, path).ok() } else { None }
    }

    fn step(&mut self, place: Place, at: usize, step: &Step) -> Found {
        match &step.name {
            Name::Number(number) => self.number(place, step.kind, number).map(|node| vec![node]),
            Name::Range(from, to) => {
                let (from, to) = (self.number(place, step.kind, from)?, self.number(place, step.kind, to)?);
                Ok(self.between(from, to))
            }
            Name::Hyphen(whole, from, to) => {
                for value in values(whole) {
                    if let Some(node) = self.candidates(place, step.kind, value)? {
                        return Ok(vec![node]);
                    }
                }
                match (self.number(place, step.kind, from), self.number(place, step.kind, to)) {
                    (Ok(from), Ok(to)) => Ok(self.between(from, to)),
                    _ => self.number(place, step.kind, whole).map(|node| vec![node]),
                }
            }
            Name::Pointer(pointer, count) => self.pointer(*pointer, *count, at, step.kind),
            Name::Nth(nth) => self.nth(place, step.kind, *nth),
            Name::Only(title) => self.only(at, step.kind, title),
        }
    }

    fn number(&self, place: Place, kind: Kind, number: &Number) -> Result<usize, Failure> {
        if number.is_open() {
            return failure(format!("the number of this {} is left open", kind.name()), None);
        }
        if matches!(kind, Kind::Paragraph | Kind::Item) {
            return match place {
                // "paragraph 12.16.2": of Article 12.16.
                Place::Around(at) => {
                    self.inner_around(at, kind, &number.text).or_else(|failed| match self.article_and_paragraph(place, number) {
                        Ok(Some(node)) => Ok(node),
                        _ => Err(failed),
                    })
                }
                Place::In(0) => failure(missing(kind, &number.text, "the agreement itself, without an article"), None),
                Place::In(node) => self.inner(node, kind, &number.text),
            };
        }
        let mut several = None;
        let roman = kind == Kind::Article && number.readings.iter().any(|reading| reading.style == Style::Roman);
        for value in values(number) {
            match self.candidates(place, kind, value) {
                // "Article XX" is not Article 20 of a text that counts in digits.
                Ok(Some(node)) if roman && self.counts_in_digits(node) => {}
                Ok(Some(node)) => return Ok(node),
                Ok(None) => {}
                Err(failure) => several = Some(failure),
            }
        }
        if let Some(failure) = several {
            return Err(failure);
        }
        if kind == Kind::Article
            && let Some(node) = self.article_and_paragraph(place, number)?
        {
            return Ok(node);
        }
        let within = match place {
            Place::In(node) if node > 0 => Some(node),
            _ => None,
        };
        if self.index.of_kind(kind).is_empty() {
            let reason = if kind.is_instrument() {
                format!("the {} are not in this file", plural(kind))
            } else {
                format!("no {} was found in this file", kind.name())
            };
            return failure(reason, within);
        }
        failure(missing(kind, &number.text, &self.named(within)), within)
    }

    fn counts_in_digits(&self, node: usize) -> bool {
        self.index.provisions[node].number.as_deref().is_some_and(is_number)
    }

    /// "Article 4.2" where articles have one number: paragraph 2 of Article 4.
    fn article_and_paragraph(&self, place: Place, number: &Number) -> Result<Option<usize>, Failure> {
        let Some(Reading { parts, suffix: 0, .. }) = number.readings.iter().find(|reading| reading.style == Style::Digits) else {
            return Ok(None);
        };
        for length in (1..parts.len()).rev() {
            let Some(mut node) = self.candidates(place, Kind::Article, (false, parts[..length].to_vec(), 0))? else { continue };
            for part in &parts[length..] {
                node = self.inner(node, Kind::Paragraph, &part.to_string())?;
            }
            return Ok(Some(node));
        }
        Ok(None)
    }

    /// The one provision of this kind and value that is meant from `place`.
    fn candidates(&self, place: Place, kind: Kind, value: Value) -> Result<Option<usize>, Failure> {
        let nodes = self.index.numbered(kind, value);
        if nodes.is_empty() {
            return Ok(None);
        }
        match place {
            Place::In(outer) => self.the_one(self.index.inside(nodes, outer), outer, kind),
            Place::Around(at) => {
                for outer in self.index.lineage(at) {
                    if let Some(node) = self.the_one(self.index.inside(nodes, outer), outer, kind)? {
                        return Ok(Some(node));
                    }
                    // "Section B" in an annex to a chapter is one of the chapter.
                    if kind == Kind::Section
                        && self.index.provisions[outer].kind == Kind::Annex
                        && let Some(chapter) = self.chapter_of_annex(at)
                        && let Some(node) = self.the_one(self.index.inside(nodes, chapter), chapter, kind)?
                    {
                        return Ok(Some(node));
                    }
                }
                Ok(None)
            }
        }
    }

    /// Of provisions inside `outer` the one that is meant: of the same instrument, and the outermost.
    fn the_one(&self, nodes: &[usize], outer: usize, kind: Kind) -> Result<Option<usize>, Failure> {
        let own = self.index.instrument_of(outer);
        let fits = |node: &&usize| match kind {
            Kind::Footnote => true,
            // The annexes to a protocol are none of the agreement.
            Kind::Annex => self.annexed_to(**node) == self.annexed_to(outer) || self.annexed_to(**node) == outer,
            _ => kind.is_instrument() || self.index.instrument[**node] == own,
        };
        let mut fitting = nodes.iter().filter(fits).take(NEIGHBOURS);
        let Some(&first) = fitting.next() else { return Ok(None) };
        let level = |node: usize| self.index.lineage(node).count();
        let (mut best, mut least, mut alike) = (first, level(first), vec![first]);
        for &node in fitting {
            let depth = level(node);
            if depth < least {
                (best, least) = (node, depth);
                alike = vec![node];
            } else if depth == least {
                alike.push(node);
            }
        }
        if alike.len() > 1 && kind != Kind::Article {
            // A heading that is repeated on a page or in a list has nothing under it.
            let full = |node: &usize| self.index.end[*node] > node + 1 || self.index.provisions[*node].own.len() > LEAST;
            if let [only] = alike.iter().copied().filter(full).collect::<Vec<_>>().as_slice() {
                return Ok(Some(*only));
            }
        }
        if alike.len() > 1 {
            let mut shown: Vec<&str> = alike.iter().take(SHOWN).map(|&node| self.index.provisions[node].citation.as_str()).collect();
            if alike.len() > SHOWN {
                shown.push("…");
            }
            let number = self.index.provisions[best].number.as_deref().unwrap_or_default();
            return failure(format!("several {} {number}: {}", capital(&plural(kind)), shown.join("; ")), None);
        }
        Ok(Some(best))
    }

    /// The protocol, letter or declaration around a provision; 0 for the agreement.
    fn annexed_to(&self, node: usize) -> usize {
        let own = |at: &usize| matches!(self.index.provisions[*at].kind, Kind::Protocol | Kind::Letter | Kind::Declaration);
        self.index.lineage(node).skip(1).find(own).unwrap_or(0)
    }

    /// A paragraph or item of a provision.
    fn inner(&self, node: usize, kind: Kind, label: &str) -> Result<usize, Failure> {
        let found = self.index.child(node, label).or_else(|| {
            // "Article 5(b)" where the items stand in a paragraph.
            (self.index.container[node] == node).then(|| self.index.anywhere(node, label)).flatten()
        });
        match found {
            Some(found) if found.count == 1 => Ok(found.first),
            Some(_) => failure(format!("several {} in {}", inner_name(kind, label), self.index.provisions[node].citation), Some(node)),
            None => self.no_inner(node, kind, label),
        }
    }

    fn no_inner<T>(&self, node: usize, kind: Kind, label: &str) -> Result<T, Failure> {
        let provision = &self.index.provisions[node];
        let reason = if self.has_numbered(node) {
            missing(kind, label, &provision.citation)
        } else {
            format!("no numbered {} in {}", if is_number(label) { "paragraphs" } else { "items" }, provision.citation)
        };
        failure(reason, Some(node))
    }

    /// Whether a provision has numbered paragraphs or items.
    fn has_numbered(&self, node: usize) -> bool {
        (node + 1..self.index.end[node])
            .take(NEIGHBOURS)
            .any(|at| matches!(self.index.provisions[at].kind, Kind::Paragraph | Kind::Item) && self.index.provisions[at].number.is_some())
    }

    /// A bare "paragraph 2" or "subparagraph (a)": in what stands around the words.
    fn inner_around(&self, at: usize, kind: Kind, label: &str) -> Result<usize, Failure> {
        let container = self.index.container[at];
        let found = |node: usize| self.index.child(node, label).filter(|found| found.count == 1).map(|found| found.first);
        // A paragraph with a number is one of the article; a letter may be of any list around.
        if is_number(label)
            && kind == Kind::Paragraph
            && let Some(node) = found(container)
        {
            return Ok(node);
        }
        let mut outer = at;
        for node in self.index.lineage(at) {
            if let Some(found) = found(node) {
                return Ok(found);
            }
            outer = node;
            // An annex without articles goes on beyond its sections.
            let closed = matches!(self.index.provisions[node].kind, Kind::Article | Kind::Preamble)
                || self.index.provisions[node].kind.is_instrument();
            if closed {
                break;
            }
        }
        if outer == 0 {
            outer = container;
        }
        self.inner(outer, kind, label)
    }

    /// All of one kind from one provision to another.
    fn between(&mut self, from: usize, to: usize) -> Vec<usize> {
        if from >= to || self.filled >= MAX_FILLED {
            return if from == to { vec![from] } else { vec![from, to] };
        }
        let kind = self.index.provisions[from].kind;
        let nodes: Vec<usize> = if is_inner(kind) {
            let beside = std::iter::successors(Some(from), |&at| Some(self.index.end[at])).take(NEIGHBOURS).take_while(|&at| at < to);
            beside.filter(|&at| self.index.provisions[at].kind == kind && self.index.provisions[at].number.is_some()).chain([to]).collect()
        } else {
            let all = self.index.of_kind(kind);
            let (first, last) = (all.partition_point(|&node| node < from), all.partition_point(|&node| node <= to));
            let own = self.index.instrument[from];
            all[first..last]
                .iter()
                .copied()
                .filter(|&node| self.index.instrument[node] == own || kind.is_instrument())
                .take(MAX_RANGE)
                .collect()
        };
        self.filled += nodes.len();
        nodes
    }

    fn pointer(&self, pointer: Pointer, count: u32, at: usize, kind: Kind) -> Found {
        match pointer {
            Pointer::This => self.this(at, kind).map(|node| vec![node]),
            Pointer::Said | Pointer::SaidOrThis => match self.memory.by_kind.get(&kind) {
                Some(Ok(nodes)) => Ok(nodes.clone()),
                Some(Err(reason)) => failure(reason.clone(), None),
                None if pointer == Pointer::SaidOrThis => self.this(at, kind).map(|node| vec![node]),
                None => failure(unclear(&format!("“that {}”", kind.name())), None),
            },
            Pointer::Before | Pointer::After => self.beside(pointer, count, at, kind),
        }
    }

    /// The provision of the kind around `at`.
    fn this(&self, at: usize, kind: Kind) -> Result<usize, Failure> {
        let around = |kind: Kind| {
            self.index
                .lineage(at)
                .find(|&node| self.index.provisions[node].kind == kind && (!is_inner(kind) || self.index.provisions[node].number.is_some()))
        };
        if let Some(node) = around(kind) {
            return Ok(node);
        }
        let container = self.index.container[at];
        match kind {
            Kind::Agreement => return Ok(0),
            Kind::Paragraph | Kind::Item => {
                let other = around(if kind == Kind::Item { Kind::Paragraph } else { Kind::Item });
                // An article of one paragraph has no number for it.
                return other
                    .or_else(|| (!self.has_numbered(container)).then_some(container))
                    .map_or_else(|| failure(format!("it stands in no numbered {}", kind.name()), Some(container)), Ok);
            }
            _ => {}
        }
        // "this Chapter" in Annex 8-B is Chapter 8.
        if kind == Kind::Chapter
            && let Some(chapter) = self.chapter_of_annex(at)
        {
            return Ok(chapter);
        }
        // A file that is a protocol, an annex or a chapter by itself.
        if self.index.of_kind(kind).is_empty()
            && self
                .title
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| super::words::level(word).is_some_and(|level| level.kind == kind))
        {
            return Ok(0);
        }
        let group = self.index.lineage(at).find(|&node| self.index.provisions[node].kind.is_group());
        failure(format!("it stands in no {}", kind.name()), group)
    }

    /// The chapter with whose number that of the annex around begins.
    fn chapter_of_annex(&self, at: usize) -> Option<usize> {
        let annex = self.index.lineage(at).filter(|&node| self.index.provisions[node].kind == Kind::Annex).last()?;
        let (number, _) = heading_number(self.index.provisions[annex].number.as_deref()?)?;
        let reading =
            number.readings.iter().find(|reading| reading.style == Style::Digits && (reading.parts.len() > 1 || reading.suffix > 0))?;
        self.candidates(Place::In(0), Kind::Chapter, (false, vec![*reading.parts.first()?], 0)).ok()?
    }

    /// "the preceding Article", "the preceding two paragraphs", "the following Chapter".
    fn beside(&self, pointer: Pointer, count: u32, at: usize, kind: Kind) -> Found {
        let own = self.this(at, kind)?;
        let provision = &self.index.provisions[own];
        let before = pointer == Pointer::Before;
        let all = self.index.of_kind(provision.kind);
        let place = all.partition_point(|&node| node < own);
        let same = |node: &usize| {
            let other = &self.index.provisions[*node];
            if is_inner(kind) {
                other.parent == provision.parent && other.number.is_some()
            } else {
                self.index.instrument[*node] == self.index.instrument[own]
            }
        };
        let wanted = if count == 0 { MAX_RANGE } else { usize::try_from(count).unwrap_or(MAX_RANGE) };
        let mut nodes: Vec<usize> = if provision.kind != kind {
            Vec::new()
        } else if before {
            all[..place].iter().rev().take(NEIGHBOURS).copied().filter(same).take(wanted).collect()
        } else {
            all[(place + 1).min(all.len())..].iter().take(NEIGHBOURS).copied().filter(same).take(wanted).collect()
        };
        nodes.sort_unstable();
        if nodes.is_empty() {
            let side = if before { "before" } else { "after" };
            return failure(format!("no {} {side} {}", kind.name(), provision.citation), Some(own));
        }
        Ok(nodes)
    }

    /// "the second paragraph", "the last paragraph".
    fn nth(&self, place: Place, kind: Kind, nth: u32) -> Found {
        let outer = match place {
            Place::Around(at) if kind == Kind::Item => self
                .index
                .lineage(at)
                .find(|&node| !matches!(self.index.provisions[node].kind, Kind::Item | Kind::Continuation))
                .unwrap_or(0),
            Place::Around(at) => self.index.container[at],
            Place::In(node) => node,
        };
        let beside = std::iter::successors(Some(outer + 1), |&at| self.index.end.get(at).copied())
            .take_while(|&at| at < self.index.end[outer])
            .take(NEIGHBOURS);
        let numbered: Vec<usize> = beside
            .filter(|&at| {
                matches!(self.index.provisions[at].kind, Kind::Paragraph | Kind::Item) && self.index.provisions[at].number.is_some()
            })
            .collect();
        let found =
            if nth == LAST { numbered.last() } else { usize::try_from(nth).ok().and_then(|nth| numbered.get(nth.saturating_sub(1))) };
        match found {
            Some(&node) => Ok(vec![node]),
            None if numbered.is_empty() => {
                failure(format!("no numbered {}s in {}", inner_word(kind), self.named(Some(outer))), Some(outer))
            }
            None => failure(format!("only {} {}s in {}", numbered.len(), inner_word(kind), self.named(Some(outer))), Some(outer)),
        }
    }

    /// "the Annex", "the Protocol on Rules of Origin".
    fn only(&self, at: usize, kind: Kind, title: &str) -> Found {
        let all = self.index.of_kind(kind);
        if all.is_empty() {
            return failure(format!("the {} are not in this file", plural(kind)), None);
        }
        if kind == Kind::Schedule {
            return failure("it is the schedule of one party, and the text does not say where that stands".to_owned(), None);
        }
        if title.is_empty() {
            if let [only] = all {
                return Ok(vec![*only]);
            }
            if let Some(around) = self.index.lineage(at).find(|&node| self.index.provisions[node].kind == kind) {
                return Ok(vec![around]);
            }
            return failure(format!("several {}, and it is not said which", plural(kind)), None);
        }
        let wanted = title.to_lowercase();
        let wanted: Vec<&str> = wanted.split_whitespace().filter(|word| word.chars().count() > 3).collect();
        let titled = all.iter().take(NEIGHBOURS).copied().filter(|&node| {
            let heading = self.index.provisions[node].heading.as_deref().unwrap_or_default().to_lowercase();
            !wanted.is_empty() && wanted.iter().all(|word| heading.contains(word))
        });
        let found: Vec<usize> = titled.collect();
        match found.as_slice() {
            [only] => Ok(vec![*only]),
            [] => failure(format!("no {} of this name in this file", kind.name()), None),
            _ => failure(format!("several {} of this name", plural(kind)), None),
        }
    }

    fn named(&self, node: Option<usize>) -> String {
        match node {
            Some(node) if node > 0 => self.index.provisions[node].citation.clone(),
            // The file may hold only a part of the agreement.
            _ => "this file".to_owned(),
        }
    }
}

fn unresolved(reason: String, within: Option<usize>) -> Target {
    Target::Unresolved { reason, within }
}

fn unclear(words: &str) -> String {
    format!("the words before do not say what {words} is")
}

fn is_number(label: &str) -> bool {
    label.starts_with(|c: char| c.is_ascii_digit())
}

fn missing(kind: Kind, number: &str, place: &str) -> String {
    format!("no {} in {place}", inner_name(kind, number))
}

fn inner_name(kind: Kind, number: &str) -> String {
    match kind {
        Kind::Paragraph | Kind::Item if !is_number(number) => format!("item ({number})"),
        Kind::Paragraph | Kind::Item => format!("paragraph {number}"),
        _ => format!("{} {number}", capital(kind.name())),
    }
}

const fn inner_word(kind: Kind) -> &'static str {
    if depth(kind) > depth(Kind::Paragraph) { "item" } else { "paragraph" }
}

fn plural(kind: Kind) -> String {
    match kind {
        Kind::Annex => "annexes".to_owned(),
        Kind::Appendix => "appendices".to_owned(),
        _ => format!("{}s", kind.name()),
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
