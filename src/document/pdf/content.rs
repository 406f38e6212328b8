//! Runs the content stream of a page: every glyph shown, with its place, and every ruled line drawn.
//!
//! Knows text, graphics state, form XObjects, marked content and what annotations show. It does not draw: colours, clipping,
//! images and optional layers are not looked at.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::annotations;
use super::encoding::push_clean;
use super::font::Font;
use super::geometry::{Matrix, Rect};
use super::lexer::{Lexer, Operand};
use super::objects::{Objects, as_dictionary, number};
use super::state::{MAX_COORDINATE, MAX_RULES, Marked, Run, State};

/// How deep form XObjects may be drawn within one another.
const MAX_FORM_DEPTH: usize = 12;
/// Operations run for one page, those of its forms counted.
pub(super) const MAX_OPERATIONS: usize = 5_000_000;
/// Glyphs kept of one page: the densest real pages have 20 000.
pub(super) const MAX_GLYPHS: usize = 250_000;
/// Operations between two looks at the clock.
const CLOCK_STEP: usize = 4096;
/// Characters without known text that make a font worth a warning.
const UNREADABLE: usize = 20;

/// A glyph on the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    /// Its text: start and length in [`RawPage::text`].
    pub(super) text: (usize, usize),
    /// Origin.
    pub(super) x: f64,
    pub(super) y: f64,
    /// From the origin to where the glyph ends.
    pub(super) advance: (f64, f64),
    /// Direction of the text line, of length one.
    pub(super) along: (f64, f64),
    /// Size of the font on the page.
    pub(super) size: f64,
    pub(super) bold: bool,
    /// Tells fonts apart, but not the parts of one font.
    pub(super) face: u64,
    /// Drawn in a mode that leaves no trace (the text under a scan).
    pub(super) invisible: bool,
    /// Marked by the producer as no part of the text: running heads, page numbers.
    pub(super) artifact: bool,
}

/// Why a page was not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cut {
    /// It holds more than any page of an agreement.
    Size,
    /// The pages before it hold as many words as are read of one file.
    Words,
    /// The time for the file is over.
    Time,
}

/// What the content of one page holds.
#[derive(Debug, Default)]
pub(super) struct RawPage {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) text: String,
    /// Thin lines, horizontal or vertical, as rectangles.
    pub(super) rules: Vec<Rect>,
    /// The visible part of the page.
    pub(super) bounds: Option<Rect>,
    /// Whether the content broke off or could not be decoded in part.
    pub(super) damaged: bool,
    /// Why it was not read to its end, where it was not.
    pub(super) cut: Option<Cut>,
    /// Fonts of which most characters shown have no known text.
    pub(super) unreadable_fonts: Vec<String>,
}

/// The text of a glyph of a page.
pub(super) fn text_of<'a>(text: &'a str, glyph: &Glyph) -> &'a str {
    text.get(glyph.text.0..glyph.text.0.saturating_add(glyph.text.1)).unwrap_or_default()
}

/// Fonts already read, shared by the pages.
#[derive(Default)]
pub(super) struct FontCache(Mutex<HashMap<ObjectId, Arc<Font>>>);

impl FontCache {
    fn get<'a>(&self, objects: &Objects<'a>, fonts: &'a Dictionary, name: &[u8]) -> Option<Arc<Font>> {
        let id = Objects::reference(fonts, name);
        if let Some(id) = id
            && let Some(known) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id)
        {
            return Some(Arc::clone(known));
        }
        // Two pages may read the same font at once; that costs time and nothing else.
        let font = Arc::new(Font::read(objects, objects.dictionary(fonts, name)?));
        if let Some(id) = id {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::clone(&font));
        }
        Some(font)
    }
}

/// Room for glyphs and their text that one page leaves to the next.
#[derive(Debug, Default)]
pub(super) struct Room {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) text: String,
}

/// Reads the content of a page.
pub(super) fn read<'a>(objects: &Objects<'a>, fonts: &FontCache, page: &'a Dictionary, room: Room) -> RawPage {
    let (data, whole) = page_data(objects, page);
    let Room { mut glyphs, mut text } = room;
    glyphs.clear();
    text.clear();
    let page_read = RawPage { glyphs, text, bounds: page_bounds(objects, page), ..RawPage::default() };
    let mut reader = Reader { objects, fonts, page: page_read, operations: 0, seen: Vec::new() };
    reader.page.damaged |= !whole;
    let resources = objects.inherited(page, b"Resources").and_then(as_dictionary);
    reader.run(&data, resources, State::new(Matrix::IDENTITY), 0);
    for (form, place) in annotations::appearances(objects, page) {
        reader.draw_form(form, State::new(place), resources, 1);
    }
    reader.finish()
}

fn page_bounds<'a>(objects: &Objects<'a>, page: &'a Dictionary) -> Option<Rect> {
    let bounds = |key: &[u8]| {
        let list = objects.inherited(page, key)?.as_array().ok()?;
        let values: Vec<f64> = list.iter().filter_map(|item| objects.resolve(item).and_then(number)).collect();
        let [a, b, c, d] = values.as_slice() else { return None };
        Some(Rect::around((*a, *b), (*c, *d))).filter(|rect| rect.width() > 1.0 && rect.height() > 1.0)
    };
    match (bounds(b"MediaBox"), bounds(b"CropBox")) {
        (Some(media), Some(crop)) => Some(media.intersection(crop).unwrap_or(media)),
        (media, crop) => media.or(crop),
    }
}

/// The streams of a page joined, and whether all of them could be decoded.
fn page_data<'a>(objects: &Objects<'a>, page: &'a Dictionary) -> (Vec<u8>, bool) {
    let mut data = Vec::new();
    let mut whole = true;
    let parts: Vec<&Object> = match objects.get(page, b"Contents") {
        Some(Object::Array(parts)) => parts.iter().collect(),
        Some(single) => vec![single],
        // A page with a reference to an object that is gone is damaged, one without any is blank.
        None => return (data, !page.has(b"Contents")),
    };
    for part in parts {
        let stream = objects.resolve(part).and_then(|part| part.as_stream().ok());
        match stream.and_then(|stream| objects.bytes(stream)) {
            Some(bytes) if data.is_empty() => data = bytes,
            // Many parts of one page are held at once.
            Some(bytes) if data.len() + bytes.len() <= objects.limits.part_bytes => data.extend(bytes),
            _ => whole = false,
        }
        data.push(b'\n');
    }
    (data, whole)
}

struct Reader<'a, 'b> {
    objects: &'b Objects<'a>,
    fonts: &'b FontCache,
    page: RawPage,
    operations: usize,
    /// For each font, characters shown and characters without known text; the font used last at the end.
    seen: Vec<(Option<Arc<Font>>, usize, usize)>,
}

impl<'a> Reader<'a, '_> {
    fn finish(mut self) -> RawPage {
        let mut seen: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (font, shown, unknown) in &self.seen {
            let counts = seen.entry(font.as_ref().map_or("(missing)", |font| &font.name)).or_default();
            counts.0 += shown;
            counts.1 += unknown;
        }
        // A sign or two of a symbol font are not worth a warning.
        let all: usize = seen.values().map(|(shown, _)| shown).sum();
        let matters = |shown: usize, unknown: usize| unknown * 2 > shown && (unknown >= UNREADABLE || unknown * 5 >= all);
        let unreadable = seen.into_iter().filter(|(_, (shown, unknown))| matters(*shown, *unknown));
        self.page.unreadable_fonts = unreadable.map(|(name, _)| name.to_owned()).collect();
        self.page
    }

    /// Counts characters shown in a font, and those of them without known text.
    fn count(&mut self, font: Option<&Arc<Font>>, shown: usize, unknown: usize) {
        let same = |known: Option<&Arc<Font>>| match (known, font) {
            (Some(known), Some(font)) => Arc::ptr_eq(known, font),
            (known, font) => known.is_none() && font.is_none(),
        };
        match self.seen.iter().rposition(|(known, ..)| same(known.as_ref())) {
            Some(at) => {
                let last = self.seen.len() - 1;
                self.seen.swap(at, last);
            }
            None => self.seen.push((font.cloned(), 0, 0)),
        }
        if let Some((_, all, without)) = self.seen.last_mut() {
            *all += shown;
            *without += unknown;
        }
    }

    fn run(&mut self, data: &[u8], resources: Option<&'a Dictionary>, state: State, depth: usize) {
        let mut run = Run::new(resources, state, depth);
        let mut lexer = Lexer::new(data);
        let mut operands = Vec::new();
        while let Some(operator) = lexer.operation(&mut operands) {
            self.operations += 1;
            if self.operations > MAX_OPERATIONS || self.page.glyphs.len() >= MAX_GLYPHS {
                self.page.cut = Some(Cut::Size);
            } else if self.operations.is_multiple_of(CLOCK_STEP) && self.objects.clock.is_over() {
                self.page.cut = Some(Cut::Time);
            }
            if self.page.cut.is_some() {
                return;
            }
            self.operation(&mut run, operator, &operands);
        }
        // A stream that ends inside a string, a text object or before an operator broke off.
        self.page.damaged |= lexer.broken || run.in_text || !operands.is_empty();
    }

    fn operation(&mut self, run: &mut Run<'a>, operator: &[u8], operands: &[Operand]) {
        match operator {
            b"Tj" | b"'" | b"\"" | b"TJ" => self.show_operator(run, operator, operands),
            b"Do" => self.draw(run, operands),
            b"Tf" => self.set_font(run, operands),
            b"gs" => self.set_from_dictionary(run, operands),
            b"BMC" | b"BDC" => {
                let artifact = matches!(operands.first(), Some(Operand::Name(name)) if name == b"Artifact");
                let actual = self.actual_text(run, operands.last()).map(|text| (text, self.page.glyphs.len()));
                run.marked.push(Marked { artifact, actual });
            }
            b"EMC" => {
                if let Some((text, from)) = run.marked.pop().and_then(|marked| marked.actual) {
                    self.replace_unknown(&text, from);
                }
            }
            b"m" | b"l" | b"re" | b"h" => run.add_to_path(operator, operands),
            b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*" => self.keep_rules(run, true),
            b"f" | b"F" | b"f*" => self.keep_rules(run, false),
            b"n" => run.path.clear(),
            _ => run.set(operator, operands),
        }
    }

    /// The text that a marked-content section gives for its glyphs, in its own list or in one of the resources.
    fn actual_text(&self, run: &Run<'a>, properties: Option<&Operand>) -> Option<String> {
        match properties? {
            Operand::List(list) => list.windows(2).find_map(|pair| match pair {
                [Operand::Name(key), Operand::Text(text)] if key == b"ActualText" => Some(text_string(text)),
                _ => None,
            }),
            Operand::Name(name) => {
                let lists = run.resources.and_then(|resources| self.objects.dictionary(resources, b"Properties"))?;
                let text = self.objects.get(self.objects.dictionary(lists, name)?, b"ActualText")?;
                text.as_str().ok().map(text_string)
            }
            _ => None,
        }
    }

    /// Puts the text of a section in the place of its glyphs where one of them has no known text. Glyphs
    /// that are known stay: they have places of their own, and say what is seen.
    fn replace_unknown(&mut self, text: &str, from: usize) {
        let Some(glyphs) = self.page.glyphs.get(from..) else { return };
        let unknown = |glyph: &Glyph| self.page.text.get(glyph.text.0..).is_some_and(|rest| rest.starts_with(char::REPLACEMENT_CHARACTER));
        let (Some(first), Some(last)) = (glyphs.first(), glyphs.last()) else { return };
        if !glyphs.iter().any(unknown) {
            return;
        }
        let start = self.page.text.len();
        let advance = (last.x + last.advance.0 - first.x, last.y + last.advance.1 - first.y);
        let mut whole = Glyph { advance, ..*first };
        text.chars().for_each(|found| push_clean(&mut self.page.text, found));
        whole.text = (start, self.page.text.len() - start);
        self.page.glyphs.truncate(from);
        if whole.text.1 > 0 {
            self.page.glyphs.push(whole);
        }
    }

    /// Keeps the path that is painted. The sides of a box count only where they are drawn: filled
    /// boxes are backgrounds, of a marked word as often as of a cell.
    fn keep_rules(&mut self, run: &mut Run<'a>, drawn: bool) {
        let room = MAX_RULES.saturating_sub(self.page.rules.len());
        let kept = run.path.drain(..).filter(|(_, side)| drawn || !side).map(|(rule, _)| rule);
        self.page.rules.extend(kept.take(room));
    }

    fn set_font(&mut self, run: &mut Run<'a>, operands: &[Operand]) {
        let [.., Operand::Name(name), Operand::Number(size)] = operands else { return };
        run.state.size = *size;
        let fonts = run.resources.and_then(|resources| self.objects.dictionary(resources, b"Font"));
        run.state.font = fonts.and_then(|fonts| self.fonts.get(self.objects, fonts, name));
    }

    /// An extended graphics state may set the font too.
    fn set_from_dictionary(&mut self, run: &mut Run<'a>, operands: &[Operand]) {
        let [.., Operand::Name(name)] = operands else { return };
        let states = run.resources.and_then(|resources| self.objects.dictionary(resources, b"ExtGState"));
        let font = states
            .and_then(|states| self.objects.dictionary(states, name))
            .and_then(|state| self.objects.get(state, b"Font"))
            .and_then(|font| font.as_array().ok());
        let Some([font, size]) = font.map(Vec::as_slice) else { return };
        if let (Some(font), Some(size)) = (self.objects.resolve(font).and_then(as_dictionary), self.objects.resolve(size).and_then(number))
        {
            run.state.font = Some(Arc::new(Font::read(self.objects, font)));
            run.state.size = size;
        }
    }

    fn draw(&mut self, run: &Run<'a>, operands: &[Operand]) {
        let [.., Operand::Name(name)] = operands else { return };
        let forms = run.resources.and_then(|resources| self.objects.dictionary(resources, b"XObject"));
        let Some(form) = forms.and_then(|forms| self.objects.stream(forms, name)) else { return };
        if self.objects.name(&form.dict, b"Subtype") == Some(b"Form") {
            self.draw_form(form, run.state.clone(), run.resources, run.depth + 1);
        }
    }

    /// Runs a form; where it has no resources of its own, those of what draws it count.
    fn draw_form(&mut self, form: &'a Stream, mut state: State, resources: Option<&'a Dictionary>, depth: usize) {
        let data = if depth <= MAX_FORM_DEPTH { self.objects.bytes(form) } else { None };
        let Some(data) = data else {
            self.page.damaged = true;
            return;
        };
        if let Some(matrix) = self.objects.numbers(&form.dict, b"Matrix").and_then(|values| Matrix::from_slice(&values)) {
            state.ctm = matrix.then(state.ctm);
        }
        let resources = self.objects.dictionary(&form.dict, b"Resources").or(resources);
        self.run(&data, resources, state, depth);
    }

    fn show_operator(&mut self, run: &mut Run<'a>, operator: &[u8], operands: &[Operand]) {
        if operator == b"\""
            && let [.., Operand::Number(word), Operand::Number(char), _] = operands
        {
            run.state.word_space = *word;
            run.state.char_space = *char;
        }
        if matches!(operator, b"'" | b"\"") {
            run.next_line(0.0, -run.state.leading);
        }
        match operands.last() {
            Some(Operand::Text(bytes)) => self.show(run, bytes),
            Some(Operand::List(items)) => {
                for item in items {
                    match item {
                        Operand::Text(bytes) => self.show(run, bytes),
                        Operand::Number(value) => {
                            let shift = -value / 1000.0 * run.state.size;
                            let vertical = run.state.font.as_ref().is_some_and(|font| font.vertical);
                            run.advance(if vertical { (0.0, shift) } else { (shift * run.state.stretch, 0.0) });
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn show(&mut self, run: &mut Run<'a>, bytes: &[u8]) {
        let Some(font) = run.state.font.clone() else {
            self.count(None, bytes.len(), bytes.len());
            return;
        };
        let pen = Pen::new(run, &font);
        let (mut shown, mut unknown) = (0, 0);
        let mut rest = bytes;
        while !rest.is_empty() && self.page.glyphs.len() < MAX_GLYPHS {
            let start = self.page.text.len();
            let Some((found, length)) = font.next_char(rest, &mut self.page.text) else { break };
            rest = rest.get(length.max(1)..).unwrap_or_default();
            shown += 1;
            if !found.known {
                unknown += 1;
                self.page.text.push(char::REPLACEMENT_CHARACTER);
            }
            let state = &run.state;
            let space = state.char_space + if found.is_space_code { state.word_space } else { 0.0 };
            let (own, step) = if font.vertical {
                ((0.0, -state.size), (0.0, -state.size - space))
            } else {
                let width = found.width * state.size * state.stretch;
                ((width, 0.0), (width + space * state.stretch, 0.0))
            };
            let text = (start, self.page.text.len() - start);
            if text.1 > 0
                && let Some(glyph) = pen.glyph(run.cursor, own, text)
                && self.page.bounds.is_none_or(|bounds| bounds.contains(glyph.x, glyph.y))
            {
                self.page.glyphs.push(glyph);
            }
            run.advance(step);
        }
        // Where the file gives the text itself, the font need not.
        if run.marked.iter().all(|marked| marked.actual.is_none()) {
            self.count(Some(&font), shown, unknown);
        }
    }
}

/// What the glyphs of one string have in common.
struct Pen {
    /// Text space to page, as it was at the first glyph: only the place changes from glyph to glyph.
    matrix: Matrix,
    ctm: Matrix,
    rise: f64,
    along: (f64, f64),
    size: f64,
    bold: bool,
    face: u64,
    invisible: bool,
    artifact: bool,
}

impl Pen {
    fn new(run: &Run<'_>, font: &Font) -> Self {
        let State { ctm, size, rise, mode, .. } = run.state;
        let matrix = run.cursor.then(ctm);
        let up = matrix.vector(0.0, size);
        let base = matrix.vector(size.signum(), 0.0);
        let length = base.0.hypot(base.1);
        Self {
            matrix,
            ctm,
            rise,
            along: if length > 0.0 { (base.0 / length, base.1 / length) } else { (1.0, 0.0) },
            size: up.0.hypot(up.1),
            bold: font.bold || mode == 2,
            face: font.face,
            invisible: matches!(mode, 3 | 7),
            artifact: run.marked.iter().any(|marked| marked.artifact),
        }
    }

    /// The glyph at the cursor; `None` where its place is no number.
    fn glyph(&self, cursor: Matrix, own: (f64, f64), text: (usize, usize)) -> Option<Glyph> {
        let Self { along, size, bold, face, invisible, artifact, .. } = *self;
        let [.., right, up] = cursor.0;
        let (lift_x, lift_y) = self.matrix.vector(0.0, self.rise);
        let (x, y) = self.ctm.point(right, up);
        let (x, y) = (lift_x + x, lift_y + y);
        let advance = self.matrix.vector(own.0, own.1);
        let sane = [x, y, advance.0, advance.1, size, along.0, along.1].iter().all(|value| value.abs() < MAX_COORDINATE);
        (sane && size > 0.1).then_some(Glyph { text, x, y, advance, along, size, bold, face, invisible, artifact })
    }
}

/// A text string of PDF: UTF-16 or UTF-8 with its mark at the beginning, and Latin letters otherwise.
fn text_string(bytes: &[u8]) -> String {
    let known = encoding_rs::Encoding::for_bom(bytes);
    let (encoding, mark) = known.unwrap_or((encoding_rs::WINDOWS_1252, 0));
    encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0.into_owned()
}
