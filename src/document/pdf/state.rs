//! The state that the operators of a content stream change: graphics, text position, path.

use std::sync::Arc;

use lopdf::Dictionary;

use super::font::Font;
use super::geometry::{Matrix, Rect};
use super::lexer::Operand;

/// Saved graphics states.
const MAX_STATES: usize = 512;
/// A line or filled rectangle thinner than this (points) is a rule.
const RULE_WIDTH: f64 = 3.0;
/// Ruled lines kept of one page.
pub(super) const MAX_RULES: usize = 20_000;
/// Coordinates beyond this are nonsense and would only cost precision.
pub(super) const MAX_COORDINATE: f64 = 1e6;

/// What `q` saves and `Q` restores.
#[derive(Clone)]
pub(super) struct State {
    pub(super) ctm: Matrix,
    pub(super) font: Option<Arc<Font>>,
    pub(super) size: f64,
    pub(super) char_space: f64,
    pub(super) word_space: f64,
    pub(super) stretch: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    pub(super) mode: u8,
}

impl State {
    pub(super) const fn new(ctm: Matrix) -> Self {
        Self { ctm, font: None, size: 0.0, char_space: 0.0, word_space: 0.0, stretch: 1.0, leading: 0.0, rise: 0.0, mode: 0 }
    }
}

/// A marked-content section.
pub(super) struct Marked {
    /// Whether it is no part of the text.
    pub(super) artifact: bool,
    /// The text that stands for its glyphs, with the number of glyphs before it.
    pub(super) actual: Option<(String, usize)>,
}

/// What lives as long as one stream runs.
pub(super) struct Run<'r> {
    pub(super) resources: Option<&'r Dictionary>,
    pub(super) depth: usize,
    pub(super) state: State,
    saved: Vec<State>,
    line: Matrix,
    pub(super) cursor: Matrix,
    pub(super) in_text: bool,
    /// The open marked-content sections.
    pub(super) marked: Vec<Marked>,
    /// The path under construction: current point and lines so far.
    point: (f64, f64),
    /// The flag: a side of a box.
    pub(super) path: Vec<(Rect, bool)>,
}

pub(super) fn numbers<const N: usize>(operands: &[Operand]) -> Option<[f64; N]> {
    let mut out = [0.0; N];
    let start = operands.len().checked_sub(N)?;
    for (slot, operand) in out.iter_mut().zip(operands.get(start..)?) {
        *slot = operand.number()?;
    }
    Some(out)
}

impl<'r> Run<'r> {
    pub(super) const fn new(resources: Option<&'r Dictionary>, state: State, depth: usize) -> Self {
        Self {
            resources,
            depth,
            state,
            saved: Vec::new(),
            line: Matrix::IDENTITY,
            cursor: Matrix::IDENTITY,
            in_text: false,
            marked: Vec::new(),
            point: (0.0, 0.0),
            path: Vec::new(),
        }
    }

    pub(super) fn advance(&mut self, (x, y): (f64, f64)) {
        self.cursor = self.cursor.shifted(x, y);
    }

    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.line = self.line.shifted(x, y);
        self.cursor = self.line;
    }

    /// Operators that only change the state.
    pub(super) fn set(&mut self, operator: &[u8], operands: &[Operand]) {
        let one = || numbers::<1>(operands).map(|[value]| value);
        match operator {
            b"q" if self.saved.len() < MAX_STATES => self.saved.push(self.state.clone()),
            b"Q" => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
            b"cm" => {
                if let Some(values) = numbers::<6>(operands) {
                    self.state.ctm = Matrix(values).then(self.state.ctm);
                }
            }
            b"BT" => {
                self.line = Matrix::IDENTITY;
                self.cursor = Matrix::IDENTITY;
                self.in_text = true;
            }
            b"ET" => self.in_text = false,
            b"Tm" => {
                if let Some(values) = numbers::<6>(operands) {
                    self.line = Matrix(values);
                    self.cursor = self.line;
                }
            }
            b"Td" | b"TD" => {
                if let Some([x, y]) = numbers::<2>(operands) {
                    if operator == b"TD" {
                        self.state.leading = -y;
                    }
                    self.next_line(x, y);
                }
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"Tc" => self.state.char_space = one().unwrap_or(self.state.char_space),
            b"Tw" => self.state.word_space = one().unwrap_or(self.state.word_space),
            b"Tz" => self.state.stretch = one().map_or(self.state.stretch, |percent| percent / 100.0),
            b"TL" => self.state.leading = one().unwrap_or(self.state.leading),
            b"Ts" => self.state.rise = one().unwrap_or(self.state.rise),
            b"Tr" => self.state.mode = one().map_or(self.state.mode, |mode| mode.clamp(0.0, 7.0) as u8),
            _ => {}
        }
    }

    /// Keeps the thin horizontal and vertical parts of a path.
    pub(super) fn add_to_path(&mut self, operator: &[u8], operands: &[Operand]) {
        let ctm = self.state.ctm;
        if self.path.len() >= MAX_RULES {
            return;
        }
        match operator {
            b"m" => {
                if let Some([x, y]) = numbers::<2>(operands) {
                    self.point = ctm.point(x, y);
                }
            }
            b"l" => {
                if let Some([x, y]) = numbers::<2>(operands) {
                    let to = ctm.point(x, y);
                    self.add_rule(Rect::around(self.point, to), false);
                    self.point = to;
                }
            }
            b"re" => {
                if let Some([x, y, width, height]) = numbers::<4>(operands) {
                    let rect = Rect::around(ctm.point(x, y), ctm.point(x + width, y + height));
                    if rect.width() < RULE_WIDTH || rect.height() < RULE_WIDTH {
                        self.add_rule(rect, false);
                    } else {
                        let Rect { left, bottom, right, top } = rect;
                        self.add_rule(Rect { top: bottom, ..rect }, true);
                        self.add_rule(Rect { bottom: top, ..rect }, true);
                        self.add_rule(Rect { right: left, ..rect }, true);
                        self.add_rule(Rect { left: right, ..rect }, true);
                    }
                }
            }
            _ => {}
        }
    }

    fn add_rule(&mut self, rect: Rect, side: bool) {
        let (short, long) = (rect.width().min(rect.height()), rect.width().max(rect.height()));
        if short < RULE_WIDTH
            && long > RULE_WIDTH
            && long < MAX_COORDINATE
            && rect.left.abs() < MAX_COORDINATE
            && rect.bottom.abs() < MAX_COORDINATE
        {
            self.path.push((rect, side));
        }
    }
}
