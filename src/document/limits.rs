//! What the reading of one file may cost, so that no file can take the machine: every number is far above that of real agreements.
//!
//! A file that asks for more is refused with a [`ReadError`], or what was left out is named in a
//! [`Message`](super::Message). Limits of one format alone stand with its reader.

use std::time::{Duration, Instant};

use super::ReadError;

/// How long the reading of one file may take, in seconds; agreements of thousands of pages take a few.
pub(super) const MAX_SECONDS: u64 = 120;
/// Pages read of one file.
pub(super) const MAX_PAGES: usize = 20_000;
/// Words read of one file: those of some ten thousand pages.
pub(super) const MAX_WORDS: usize = 6_000_000;
/// Objects that a PDF may hold.
pub(super) const MAX_OBJECTS: usize = 5_000_000;
/// Parts that a package may hold: real documents have some tens, with many pictures some hundreds.
pub(super) const MAX_PARTS: usize = 20_000;
/// The most that one stream of a PDF or one part of a package may inflate to, in bytes.
pub(super) const MAX_PART_BYTES: usize = 96 << 20;
/// The most that all streams or parts of a file may inflate to together, in bytes; they are not held at once.
pub(super) const MAX_TOTAL_BYTES: usize = 1 << 30;
/// How many times its packed size a stream or part may inflate to: mark-up reaches 30, a bomb 1 000.
pub(super) const MAX_RATIO: usize = 200;
/// The size, in bytes, up to which [`MAX_RATIO`] is not looked at: a small empty form may be packed very well.
pub(super) const RATIO_FROM: usize = 8 << 20;

/// The limits of one reading. Tests set smaller ones.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub pages: usize,
    pub words: usize,
    pub objects: usize,
    pub parts: usize,
    pub part_bytes: usize,
    pub total_bytes: usize,
    pub ratio_from: usize,
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            pages: MAX_PAGES,
            words: MAX_WORDS,
            objects: MAX_OBJECTS,
            parts: MAX_PARTS,
            part_bytes: MAX_PART_BYTES,
            total_bytes: MAX_TOTAL_BYTES,
            ratio_from: RATIO_FROM,
            time: Duration::from_secs(MAX_SECONDS),
        }
    }
}

impl Limits {
    /// How many bytes a stream or part of `packed` bytes may inflate to when `left` bytes remain of the whole allowance.
    pub fn inflated(&self, packed: usize, left: usize) -> usize {
        let fair = packed.saturating_mul(MAX_RATIO).max(self.ratio_from);
        fair.min(self.part_bytes).min(left)
    }

    /// The time from now on.
    pub fn clock(&self) -> Clock {
        Clock { started: Instant::now(), time: self.time, asked: 0 }
    }
}

/// The time that a reading may still take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    started: Instant,
    time: Duration,
    asked: u32,
}

impl Clock {
    /// Whether the time is over.
    pub fn is_over(&self) -> bool {
        self.started.elapsed() > self.time
    }

    /// Counts a small step of work and looks at the time now and then.
    ///
    /// # Errors
    /// [`ReadError::TooSlow`] once the time is over.
    pub fn step(&mut self) -> Result<(), ReadError> {
        /// Steps between two looks: some hundred microseconds of work.
        const EVERY: u32 = 1024;
        self.asked = self.asked.wrapping_add(1);
        if self.asked % EVERY == 1 && self.is_over() { Err(self.error()) } else { Ok(()) }
    }

    /// The error of a reading that took too long.
    pub const fn error(&self) -> ReadError {
        ReadError::TooSlow { seconds: self.time.as_secs() }
    }
}

#[cfg(test)]
mod tests {
    use super::{Limits, MAX_PART_BYTES, MAX_RATIO, RATIO_FROM};
    use crate::document::{ReadError, akoma_ntoso, formex, odt, rtf};
    use std::time::Duration;

    #[test]
    fn a_bomb_inflates_to_little() {
        let limits = Limits::default();
        assert_eq!(limits.inflated(1_000, usize::MAX), RATIO_FROM);
        assert_eq!(limits.inflated(100_000, usize::MAX), 100_000 * MAX_RATIO);
        assert_eq!(limits.inflated(usize::MAX, usize::MAX), MAX_PART_BYTES);
        assert_eq!(limits.inflated(1_000, 7), 7);
    }

    #[test]
    fn readers_give_up_when_the_time_is_over() {
        let limits = Limits { time: Duration::ZERO, ..Limits::default() };
        let akoma_ntoso = b"<akomaNtoso><act><body><article><num>1</num><p>x</p></article></body></act></akomaNtoso>";
        let formex = b"<AGR><ENACTING.TERMS><ARTICLE><TI.ART>Article 1</TI.ART><ALINEA>x</ALINEA></ARTICLE></ENACTING.TERMS></AGR>";
        let odt = b"<office:document><office:body><office:text><text:p>x</text:p></office:text></office:body></office:document>";
        for (format, result, usual) in [
            ("Akoma Ntoso", akoma_ntoso::read_within(akoma_ntoso, limits), akoma_ntoso::read(akoma_ntoso)),
            ("Formex", formex::read_within(formex, limits), formex::read(formex)),
            ("OpenDocument", odt::read_within(odt, limits), odt::read(odt)),
            ("RTF", rtf::read_within(b"{\\rtf1 x\\par}", limits), rtf::read(b"{\\rtf1 x\\par}")),
        ] {
            assert!(matches!(result, Err(ReadError::TooSlow { seconds: 0 })), "{format}: {result:?}");
            assert!(usual.is_ok(), "{format}: {usual:?}");
        }
    }

    #[test]
    fn time_runs_out() {
        let mut long = Limits::default().clock();
        assert!((0..5000).all(|_| long.step().is_ok()));
        let mut none = Limits { time: Duration::ZERO, ..Limits::default() }.clock();
        let error = (0..5000).find_map(|_| none.step().err());
        assert!(matches!(error, Some(ReadError::TooSlow { seconds: 0 })));
    }
}
