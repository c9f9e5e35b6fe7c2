//! Numbers that have been met, without hashing: there are few of them, and they are asked for at each step.

/// A set of small numbers.
#[derive(Default)]
pub(crate) struct Seen {
    /// For each number, when it was met last.
    marks: Vec<u32>,
    now: u32,
    list: Vec<u32>,
}

impl Seen {
    /// Empties it, in no time.
    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.now = self.now.wrapping_add(1);
        if self.now == 0 {
            self.marks.clear();
            self.now = 1;
        }
    }

    /// Adds a number; whether it is a new one.
    #[inline]
    pub(super) fn insert(&mut self, number: u32) -> bool {
        match self.marks.get_mut(number as usize) {
            Some(mark) if *mark == self.now => return false,
            Some(mark) => *mark = self.now,
            None => self.grow(number),
        }
        self.list.push(number);
        true
    }

    #[cold]
    fn grow(&mut self, number: u32) {
        self.marks.resize((number as usize + 1).next_power_of_two(), 0);
        self.now = self.now.max(1);
        self.marks[number as usize] = self.now;
    }

    /// Whether it has a number.
    #[inline]
    pub(super) fn has(&self, number: u32) -> bool {
        self.marks.get(number as usize).is_some_and(|mark| *mark == self.now && self.now != 0)
    }

    /// The numbers in it, in the order in which they were met.
    pub(super) fn numbers(&self) -> &[u32] {
        &self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_is_new_once_until_it_is_emptied() {
        let mut seen = Seen::default();
        assert!(seen.insert(3) && seen.insert(0) && !seen.insert(3));
        assert_eq!(seen.numbers(), [3, 0]);
        seen.clear();
        assert!(seen.numbers().is_empty() && seen.insert(3) && seen.insert(9));
        assert_eq!(seen.numbers(), [3, 9]);
    }
}
