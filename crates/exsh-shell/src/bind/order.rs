//! Parameters in the order in which they were bound, without an allocation for the usual few.

use std::ops::Deref;

const INLINE: usize = 12;

/// A list of parameter indexes. Reads as a slice.
#[derive(Clone, Default)]
pub struct Order {
    inline: [u16; INLINE],
    length: u8,
    /// All of them, once there are more than fit.
    spilled: Vec<u16>,
}

impl Order {
    pub fn push(&mut self, index: u16) {
        let length = self.length as usize;
        if self.spilled.is_empty() && length < INLINE {
            self.inline[length] = index;
            self.length += 1;
            return;
        }
        if self.spilled.is_empty() {
            self.spilled.extend_from_slice(&self.inline);
        }
        self.spilled.push(index);
    }

    /// Keeps the first `length`.
    pub fn truncate(&mut self, length: usize) {
        if self.spilled.is_empty() {
            self.length = self.length.min(length.min(INLINE) as u8);
        } else if length > INLINE {
            self.spilled.truncate(length);
        } else {
            self.spilled.clear();
            self.length = length as u8;
        }
    }
}

impl Deref for Order {
    type Target = [u16];
    fn deref(&self) -> &[u16] {
        if self.spilled.is_empty() { &self.inline[..self.length as usize] } else { &self.spilled }
    }
}
