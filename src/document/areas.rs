//! The areas on the pages that a span of the text covers: what a viewer marks when it shows a quote.

use super::{Document, Span, WordBox};

/// Words share a line when their rectangles overlap by this part of the smaller one, across the line.
const SHARED: f32 = 0.5;
/// A word may begin this part of the height of its line before the end of the word before it.
const OVERLAP: f32 = 0.5;

/// An area on a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Page in the file, from 1.
    pub page: u32,
    /// Left, bottom, right, top, as in [`WordBox::rect`].
    pub rect: [f32; 4],
}

impl Document {
    /// The areas that a span covers, one for each line of its words, in the order of the text.
    ///
    /// Words that the span holds in part count whole. A word broken at a line end has a part on both
    /// lines, and so do its areas. What stands outside the flow (a footnote, a page number) between the
    /// first and the last word of the span is left out, unless the span lies in it. Empty where the
    /// source has no pages. The words are found by halving, so the time is linear in the words inside.
    ///
    /// # Example
    /// ```
    /// use clausula::document::{Document, Span, WordBox};
    /// let word = |start, end, left| WordBox { span: Span::new(start, end), page: 1, rect: [left, 698.0, left + 20.0, 708.0] };
    /// let document = Document { text: "cultural goods".into(), words: vec![word(0, 8, 72.0), word(9, 14, 95.0)], ..Document::default() };
    /// assert_eq!(document.rectangles(Span::new(0, 14))[0].rect, [72.0, 698.0, 115.0, 708.0]);
    /// ```
    #[must_use]
    pub fn rectangles(&self, span: Span) -> Vec<Area> {
        let first = self.words.partition_point(|word| word.span.end <= span.start);
        let inside = self.words.iter().skip(first).take_while(|word| word.span.start < span.end);
        let mut asides = self.asides.iter().skip(self.asides.partition_point(|aside| aside.span.end <= span.start)).peekable();
        let mut lines: Vec<(Area, WordBox)> = Vec::new();
        for word in inside {
            while asides.next_if(|aside| aside.span.end <= word.span.start).is_some() {}
            let aside = asides.peek().filter(|aside| aside.span.contains(word.span.start));
            // The line break at the end of an aside belongs to it or not, as it comes.
            let within = |aside: Span| aside.contains(span.start) && span.end <= aside.end + 1;
            if aside.is_some_and(|aside| !within(aside.span)) {
                continue;
            }
            match lines.last_mut() {
                Some((area, last)) if follows(last, word) => {
                    area.rect = union(area.rect, word.rect);
                    *last = *word;
                }
                _ => lines.push((Area { page: word.page, rect: word.rect }, *word)),
            }
        }
        lines.into_iter().map(|(area, _)| area).collect()
    }
}

/// Whether a word goes on with the line of the word before it.
///
/// Lines run to the right or, on a page with turned text, up or down: a turned word is taller than wide.
fn follows(last: &WordBox, word: &WordBox) -> bool {
    if last.page != word.page {
        return false;
    }
    let ([left, bottom, right, top], [next_left, next_bottom, next_right, next_top]) = (last.rect, word.rect);
    let shared = |a: (f32, f32), b: (f32, f32)| a.1.min(b.1) - a.0.max(b.0) > SHARED * (a.1 - a.0).min(b.1 - b.0);
    let (height, width) = (top - bottom, right - left);
    if shared((bottom, top), (next_bottom, next_top)) {
        // Upside down, lines run to the left.
        return next_left > right - OVERLAP * height || next_right < left + OVERLAP * height;
    }
    let turned = height > width || next_top - next_bottom > next_right - next_left;
    let alike = (width - (next_right - next_left)).abs() < 0.2 * width;
    turned
        && alike
        && shared((left, right), (next_left, next_right))
        && (next_bottom > top - OVERLAP * width || next_top < bottom + OVERLAP * width)
}

fn union(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

#[cfg(test)]
mod tests {
    use super::super::{Aside, AsideKind, Document, Span, WordBox};

    /// A document of words at places, each a space after the one before.
    fn document(words: &[(&str, u32, [f32; 4])]) -> Document {
        let mut document = Document::default();
        for &(word, page, rect) in words {
            let start = document.text.len();
            document.text.push_str(word);
            document.words.push(WordBox { span: Span::new(start, document.text.len()), page, rect });
            document.text.push(' ');
        }
        document
    }

    fn rects(document: &Document, from: &str, to: &str) -> Vec<(u32, [f32; 4])> {
        let (start, end) = (document.text.find(from).expect("first word"), document.text.find(to).expect("last word") + to.len());
        document.rectangles(Span::new(start, end)).into_iter().map(|area| (area.page, area.rect)).collect()
    }

    #[test]
    fn one_area_for_each_line_and_page() {
        let document = document(&[
            ("alpha", 1, [10.0, 100.0, 40.0, 110.0]),
            ("beta", 1, [45.0, 101.0, 70.0, 109.0]),
            ("gamma", 1, [10.0, 88.0, 40.0, 98.0]),
            ("delta", 2, [10.0, 88.0, 40.0, 98.0]),
        ]);
        assert_eq!(
            rects(&document, "beta", "delta"),
            [(1, [45.0, 101.0, 70.0, 109.0]), (1, [10.0, 88.0, 40.0, 98.0]), (2, [10.0, 88.0, 40.0, 98.0])]
        );
        assert_eq!(rects(&document, "lph", "bet"), [(1, [10.0, 100.0, 70.0, 110.0])]);
        assert!(document.rectangles(Span::new(5, 6)).is_empty(), "a space covers nothing");
    }

    #[test]
    fn lines_of_two_columns_stay_apart() {
        let document = document(&[("end", 1, [10.0, 10.0, 40.0, 20.0]), ("top", 1, [60.0, 100.0, 90.0, 110.0])]);
        assert_eq!(rects(&document, "end", "top").len(), 2);
    }

    #[test]
    fn turned_lines_are_one_area() {
        let document = document(&[
            ("upward", 1, [10.0, 100.0, 20.0, 140.0]),
            ("a", 1, [10.0, 143.0, 20.0, 149.0]),
            ("stack", 1, [30.0, 100.0, 60.0, 110.0]),
            ("below", 1, [30.0, 88.0, 60.0, 98.0]),
        ]);
        assert_eq!(rects(&document, "upward", " a "), [(1, [10.0, 100.0, 20.0, 149.0])]);
        assert_eq!(rects(&document, "stack", "below").len(), 2);
    }

    #[test]
    fn what_stands_outside_the_flow_is_left_out_of_what_goes_around_it() {
        let mut document = document(&[
            ("begins", 1, [10.0, 50.0, 40.0, 60.0]),
            ("note", 1, [10.0, 10.0, 40.0, 20.0]),
            ("ends", 2, [10.0, 100.0, 40.0, 110.0]),
        ]);
        document.asides.push(Aside { span: Span::new(6, 12), kind: AsideKind::Footnote, mark: None });
        assert_eq!(rects(&document, "begins", "ends").iter().map(|(page, _)| *page).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(rects(&document, "note", "note"), [(1, [10.0, 10.0, 40.0, 20.0])]);
    }
}
