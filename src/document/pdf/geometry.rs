//! Points, matrices and rectangles in the coordinates of a page (points, y upwards).

/// A PDF transformation matrix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    /// The matrix that changes nothing.
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// A matrix from six numbers; `None` for fewer.
    pub(super) fn from_slice(values: &[f64]) -> Option<Self> {
        values.get(..6).and_then(|six| six.try_into().ok()).map(Self)
    }

    /// First `self`, then `after`.
    pub(super) fn then(self, after: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, after.0);
        Self([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l])
    }

    /// First a shift, then `self`.
    pub(super) fn shifted(self, x: f64, y: f64) -> Self {
        let [a, b, c, d, e, f] = self.0;
        Self([a, b, c, d, x * a + y * c + e, x * b + y * d + f])
    }

    /// A point transformed.
    pub(super) fn point(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// A direction transformed, without the shift.
    pub(super) fn vector(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, ..] = self.0;
        (a * x + c * y, b * x + d * y)
    }
}

/// A rectangle by its edges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) bottom: f64,
    pub(super) right: f64,
    pub(super) top: f64,
}

impl Rect {
    /// The rectangle around two opposite corners, in whichever order.
    pub(super) const fn around(a: (f64, f64), b: (f64, f64)) -> Self {
        Self { left: a.0.min(b.0), bottom: a.1.min(b.1), right: a.0.max(b.0), top: a.1.max(b.1) }
    }

    /// The smallest rectangle around both.
    pub(super) const fn union(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            bottom: self.bottom.min(other.bottom),
            right: self.right.max(other.right),
            top: self.top.max(other.top),
        }
    }

    /// The part in both, if any.
    pub(super) fn intersection(self, other: Self) -> Option<Self> {
        let part = Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        };
        (part.left < part.right && part.bottom < part.top).then_some(part)
    }

    pub(super) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(self) -> f64 {
        self.top - self.bottom
    }

    pub(super) fn contains(self, x: f64, y: f64) -> bool {
        self.left <= x && x <= self.right && self.bottom <= y && y <= self.top
    }
}

/// Coordinates in which text of one direction runs to the right: `u` along it, `v` upwards from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    pub(super) cos: f64,
    pub(super) sin: f64,
}

impl Frame {
    /// The frame of upright text.
    pub(super) const UPRIGHT: Self = Self { cos: 1.0, sin: 0.0 };

    pub(super) fn of(self, x: f64, y: f64) -> (f64, f64) {
        (x * self.cos + y * self.sin, y * self.cos - x * self.sin)
    }

    fn back(self, u: f64, v: f64) -> (f64, f64) {
        (u * self.cos - v * self.sin, u * self.sin + v * self.cos)
    }

    /// The rectangle on the page around a rectangle of this frame.
    pub(super) fn rect_back(self, rect: Rect) -> Rect {
        let one = Rect::around(self.back(rect.left, rect.bottom), self.back(rect.right, rect.top));
        one.union(Rect::around(self.back(rect.left, rect.top), self.back(rect.right, rect.bottom)))
    }

    /// The rectangle of this frame around a rectangle on the page.
    pub(super) fn rect(self, rect: Rect) -> Rect {
        let one = Rect::around(self.of(rect.left, rect.bottom), self.of(rect.right, rect.top));
        one.union(Rect::around(self.of(rect.left, rect.top), self.of(rect.right, rect.bottom)))
    }
}
