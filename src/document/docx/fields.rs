//! Fields: only their results are words, and the results of one kind are a table of contents.

/// Most bytes of an instruction that are kept: its first word decides.
const MAX_INSTRUCTION: usize = 64;

/// A field that is open.
#[derive(Debug, Default)]
struct Field {
    instruction: String,
    /// Its result has begun.
    result: bool,
    /// Depth of a field that is an element.
    depth: Option<usize>,
}

impl Field {
    fn is_contents(&self) -> bool {
        self.instruction.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("toc"))
    }
}

/// The fields that are open, outer before inner.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// Depths of those that are elements.
    simple: Vec<usize>,
    /// How many of them are still in their instruction.
    instructions: usize,
    /// How many of them show a table of contents.
    contents: usize,
}

impl Fields {
    /// A field character: `begin`, `separate` or `end`.
    pub fn character(&mut self, kind: &str) {
        match kind {
            "begin" => {
                self.open.push(Field::default());
                self.instructions += 1;
            }
            "separate" => {
                if let Some(field) = self.open.last_mut().filter(|field| !field.result) {
                    field.result = true;
                    self.instructions -= 1;
                    self.contents += usize::from(field.is_contents());
                }
            }
            "end" if self.open.last().is_some_and(|field| field.depth.is_none()) => self.pop(),
            _ => {}
        }
    }

    /// A field that is an element begins.
    pub fn simple(&mut self, depth: usize, instruction: &str) {
        self.simple.push(depth);
        let field = Field { instruction: instruction.to_owned(), result: true, depth: Some(depth) };
        self.contents += usize::from(field.is_contents());
        self.open.push(field);
    }

    /// Words of an instruction.
    pub fn instruction(&mut self, words: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.result && field.instruction.len() < MAX_INSTRUCTION) {
            field.instruction.push_str(words);
        }
    }

    /// The element at a depth ends.
    pub fn close(&mut self, depth: usize) {
        // A field that was left open inside ends with the element around it.
        if self.simple.last() == Some(&depth) {
            self.simple.pop();
            while self.open.last().is_some_and(|field| field.depth != Some(depth)) {
                self.pop();
            }
            self.pop();
        }
    }

    /// An instruction does not go on in the next paragraph: a lost end must not swallow the rest.
    pub fn end_paragraph(&mut self) {
        if self.instructions > 0 {
            self.open.retain(|field| field.result);
            self.instructions = 0;
        }
    }

    /// Whether what comes next is part of an instruction.
    pub const fn in_instruction(&self) -> bool {
        self.instructions > 0
    }

    /// Whether what comes next stands in a table of contents.
    pub const fn in_contents(&self) -> bool {
        self.contents > 0
    }

    fn pop(&mut self) {
        if let Some(field) = self.open.pop() {
            if !field.result {
                self.instructions -= 1;
            } else if field.is_contents() {
                self.contents -= 1;
            }
        }
    }
}
