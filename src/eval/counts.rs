//! Right, false and missed, and what follows from them.

use serde::Serialize;

/// How many findings are right, how many are false alarms, and how many labels were missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Labelled and found.
    pub right: usize,
    /// Found and not labelled.
    pub false_alarms: usize,
    /// Labelled and not found.
    pub missed: usize,
}

impl Counts {
    /// How many were labelled.
    #[must_use]
    pub const fn labelled(self) -> usize {
        self.right + self.missed
    }

    /// How many were found.
    #[must_use]
    pub const fn found(self) -> usize {
        self.right + self.false_alarms
    }

    /// Of what was found, the share that is right, from 0 to 1; `None` where nothing was found.
    ///
    /// # Example
    /// ```
    /// use clausula::eval::Counts;
    /// let counts = Counts { right: 3, false_alarms: 1, missed: 2 };
    /// assert_eq!((counts.precision(), counts.recall()), (Some(0.75), Some(0.6)));
    /// assert_eq!(counts.f1().map(|f1| (f1 * 1000.0).round()), Some(667.0));
    /// ```
    #[must_use]
    pub fn precision(self) -> Option<f64> {
        share(self.right, self.found())
    }

    /// Of what was labelled, the share that was found; `None` where nothing is labelled.
    #[must_use]
    pub fn recall(self) -> Option<f64> {
        share(self.right, self.labelled())
    }

    /// The harmonic mean of precision and recall; `None` where there is neither label nor finding.
    #[must_use]
    pub fn f1(self) -> Option<f64> {
        share(2 * self.right, 2 * self.right + self.false_alarms + self.missed)
    }

    pub(super) const fn add(&mut self, other: Self) {
        self.right += other.right;
        self.false_alarms += other.false_alarms;
        self.missed += other.missed;
    }
}

/// A part of a whole; `None` where the whole is nothing.
pub(super) fn share(part: usize, whole: usize) -> Option<f64> {
    // Counts of clauses are far below the numbers that a float no longer tells apart.
    #[allow(clippy::cast_precision_loss, reason = "counts of clauses are small")]
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The bounds between which the true share lies with 95 % confidence, when `part` of `whole` were seen (Wilson, 1927: it holds for few
/// cases and for shares near 1, where the usual bounds would not).
///
/// Labels of one agreement resemble each other, so the true bounds are somewhat wider.
pub(crate) fn bounds(part: usize, whole: usize) -> Option<(f64, f64)> {
    const Z: f64 = 1.96;
    let p = share(part, whole)?;
    #[allow(clippy::cast_precision_loss, reason = "counts of clauses are small")]
    let n = whole as f64;
    let middle = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    Some((((middle - half) / scale).max(0.0), ((middle + half) / scale).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::{Counts, bounds};

    #[test]
    fn nothing_gives_no_figure() {
        let none = Counts::default();
        assert_eq!((none.precision(), none.recall(), none.f1()), (None, None, None));
        let silent = Counts { missed: 2, ..none };
        assert_eq!((silent.precision(), silent.recall(), silent.f1()), (None, Some(0.0), Some(0.0)));
        assert_eq!(bounds(0, 0), None);
    }

    #[test]
    fn few_cases_leave_wide_bounds() {
        // The values of the literature for 10 of 10 and 8 of 10.
        let (low, high) = bounds(10, 10).expect("a share");
        assert!((low - 0.722).abs() < 0.001 && high == 1.0, "{low} {high}");
        let (low, high) = bounds(8, 10).expect("a share");
        assert!((low - 0.490).abs() < 0.001 && (high - 0.943).abs() < 0.001, "{low} {high}");
    }
}
