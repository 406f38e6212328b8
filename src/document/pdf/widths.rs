//! The widths of the glyphs of a font by their code, at hand for every glyph that is shown.

/// Codes that have a width of their own; no font has more.
const MAX_CODES: usize = 1 << 16;

/// Widths in units of the font; codes without one are left to the default of the font.
#[derive(Debug, Default)]
pub(super) struct Widths(Vec<f32>);

impl Widths {
    /// Sets the width of a code; a later one takes the place of an earlier one.
    fn set(&mut self, code: u32, width: f64) {
        let Some(code) = usize::try_from(code).ok().filter(|code| *code < MAX_CODES) else { return };
        if code >= self.0.len() {
            self.0.resize(code + 1, f32::NAN);
        }
        if let Some(place) = self.0.get_mut(code) {
            *place = width as f32;
        }
    }

    /// The width of a code, where it has one of its own.
    pub(super) fn get(&self, code: u32) -> Option<f64> {
        let width = *self.0.get(usize::try_from(code).ok()?)?;
        (!width.is_nan()).then_some(f64::from(width))
    }
}

impl Extend<(u32, f64)> for Widths {
    fn extend<I: IntoIterator<Item = (u32, f64)>>(&mut self, widths: I) {
        widths.into_iter().for_each(|(code, width)| self.set(code, width));
    }
}

#[cfg(test)]
mod tests {
    use super::Widths;

    #[test]
    fn the_later_width_counts_and_gaps_stay_open() {
        let mut widths = Widths::default();
        widths.extend([(3, 500.0), (7, 250.0), (3, 600.0), (u32::MAX, 1.0)]);
        assert_eq!([3, 5, 7, 8, u32::MAX].map(|code| widths.get(code)), [Some(600.0), None, Some(250.0), None, None]);
    }
}
