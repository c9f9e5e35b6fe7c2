//! In which order a stack's members are installed.

/// The wave of each of so many members: 0 for those that need no other, else one after the last that they need. `needs` are pairs of
/// (who needs, who is needed). Members that need each other in a circle go together, after what comes before the circle.
pub fn waves(count: usize, needs: &[(usize, usize)]) -> Vec<usize> {
    let mut waves: Vec<Option<usize>> = vec![None; count];
    let mut wave = 0;
    while waves.iter().any(Option::is_none) {
        let is_open = |member: usize| waves.get(member).is_some_and(Option::is_none);
        let waits = |member: usize| needs.iter().any(|(who, what)| *who == member && *what != member && is_open(*what));
        let mut next: Vec<usize> = (0..count).filter(|member| is_open(*member) && !waits(*member)).collect();
        if next.is_empty() {
            // A circle, and what waits for it: all of it at once.
            next = (0..count).filter(|member| is_open(*member)).collect();
        }
        for member in next {
            waves[member] = Some(wave);
        }
        wave += 1;
    }
    waves.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(count: usize, needs: &[(usize, usize)], expected: &[usize]) {
        assert_eq!(waves(count, needs), expected);
    }

    #[test]
    fn what_is_needed_comes_first() {
        check(0, &[], &[]);
        check(3, &[], &[0, 0, 0]);
        check(3, &[(1, 0), (2, 0)], &[0, 1, 1]);
        check(3, &[(0, 1), (1, 2), (0, 2)], &[2, 1, 0]);
        check(2, &[(0, 0), (0, 9)], &[0, 0]);
    }

    #[test]
    fn circles_go_together() {
        check(2, &[(0, 1), (1, 0)], &[0, 0]);
        check(4, &[(1, 0), (1, 2), (2, 1), (3, 2)], &[0, 1, 1, 1]);
    }
}
