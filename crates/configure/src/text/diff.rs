//! Which lines two texts share: Myers' algorithm (An O(ND) Difference Algorithm, 1986), greedy and forward, with a bound on its work.

/// How many edits are looked for before the rest counts as wholly different. Memory grows with its square.
const MAX_EDITS: usize = 800;

/// For each line of `new` the line of `old` that it is, both counted from 0. The pairs rise on both sides.
pub(crate) fn matches<T: PartialEq>(old: &[T], new: &[T]) -> Vec<Option<usize>> {
    let mut out = vec![None; new.len()];
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    for (at, slot) in out.iter_mut().take(head).enumerate() {
        *slot = Some(at);
    }
    for back in 1..=tail {
        out[new.len() - back] = Some(old.len() - back);
    }
    middle(&old[head..old.len() - tail], &new[head..new.len() - tail], head, &mut out);
    out
}

fn middle<T: PartialEq>(old: &[T], new: &[T], offset: usize, out: &mut [Option<usize>]) {
    let (n, m) = (old.len(), new.len());
    if n == 0 || m == 0 {
        return;
    }
    let most = (n + m).min(MAX_EDITS);
    // `reach[most + k]` is how far diagonal k = x - y has come; x can be m lines short of it, hence the signed arithmetic.
    let mut reach = vec![0usize; 2 * most + 3];
    let mut trace: Vec<Vec<usize>> = Vec::new();
    let zero = most + 1;
    for edits in 0..=most {
        trace.push(reach[zero - edits.min(zero)..=zero + edits].to_vec());
        let mut k = -(edits as isize);
        while k <= edits as isize {
            let slot = (zero as isize + k) as usize;
            let down = k == -(edits as isize) || (k != edits as isize && reach[slot - 1] < reach[slot + 1]);
            let mut x = if down { reach[slot + 1] } else { reach[slot - 1] + 1 };
            let mut y = (x as isize - k) as usize;
            while x < n && y < m && old[x] == new[y] {
                x += 1;
                y += 1;
            }
            reach[slot] = x;
            if x >= n && y >= m {
                return back(&trace, edits, n, m, old, new, offset, out);
            }
            k += 2;
        }
    }
}

/// Walks the trace from the end to the beginning and notes the diagonals.
#[expect(clippy::too_many_arguments, reason = "the state of one algorithm, split only to keep the nesting readable")]
fn back<T: PartialEq>(
    trace: &[Vec<usize>],
    edits: usize,
    n: usize,
    m: usize,
    old: &[T],
    new: &[T],
    offset: usize,
    out: &mut [Option<usize>],
) {
    let (mut x, mut y) = (n as isize, m as isize);
    for d in (0..=edits as isize).rev() {
        // `trace[d]` holds the diagonals -d ..= d as they were before round d.
        let row = &trace[d as usize];
        let at = |k: isize| row.get((k + d) as usize).copied().unwrap_or(0) as isize;
        let k = x - y;
        let down = k == -d || (k != d && at(k - 1) < at(k + 1));
        let from = if down { k + 1 } else { k - 1 };
        let (px, py) = if d == 0 { (0, 0) } else { (at(from), at(from) - from) };
        while x > px && y > py && x > 0 && y > 0 && old[x as usize - 1] == new[y as usize - 1] {
            x -= 1;
            y -= 1;
            out[offset + y as usize] = Some(offset + x as usize);
        }
        if d > 0 {
            (x, y) = (px, py);
        }
    }
}

/// The lines of a text, without their ends. A text that ends with a line end has no empty last line.
pub(crate) fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

/// The lines of `new` (counted from 1) that `old` does not have.
pub(crate) fn added(old: &str, new: &str) -> Vec<u32> {
    if old == new {
        return Vec::new();
    }
    let found = matches(&lines(old), &lines(new));
    found.iter().enumerate().filter(|(_, old)| old.is_none()).map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
        let found = matches(&old, &new);
        let text: String = found.iter().zip(&new).map(|(at, c)| if at.is_some() { *c } else { '+' }).collect();
        assert_eq!(text, expected);
        let mut last = None;
        for (at, slot) in found.iter().enumerate() {
            if let Some(slot) = slot {
                assert_eq!(old[*slot], new[at]);
                assert!(last.is_none_or(|last| last < *slot), "pairs rise");
                last = Some(*slot);
            }
        }
    }

    #[test]
    fn cases() {
        check("", "", "");
        check("", "abc", "+++");
        check("abc", "", "");
        check("abc", "abc", "abc");
        check("abc", "axc", "a+c");
        check("abc", "abxc", "ab+c");
        check("abab", "ab", "ab");
    }

    /// The longest common subsequence by its definition.
    fn longest(old: &[u8], new: &[u8]) -> usize {
        let mut table = vec![vec![0; new.len() + 1]; old.len() + 1];
        for i in 0..old.len() {
            for j in 0..new.len() {
                table[i + 1][j + 1] = if old[i] == new[j] { table[i][j] + 1 } else { table[i][j + 1].max(table[i + 1][j]) };
            }
        }
        table[old.len()][new.len()]
    }

    #[test]
    fn as_long_as_can_be() {
        let mut seed = 7u32;
        let mut next = |bound: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) % bound
        };
        for _ in 0..500 {
            let (n, m) = (next(20), next(20));
            let old: Vec<u8> = (0..n).map(|_| next(4) as u8).collect();
            let new: Vec<u8> = (0..m).map(|_| next(4) as u8).collect();
            let found = matches(&old, &new).iter().flatten().count();
            assert_eq!(found, longest(&old, &new), "{old:?} {new:?}");
        }
    }

    #[test]
    fn too_different_ends() {
        let old: Vec<u32> = (0..5_000).collect();
        let new: Vec<u32> = (10_000..15_000).collect();
        assert!(matches(&old, &new).iter().all(Option::is_none));
    }
}
