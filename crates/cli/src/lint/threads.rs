//! Many like tasks over the machine's cores.

use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Once, OnceLock};

/// So many tasks are worth a thread.
const TASKS_A_THREAD: usize = 16;

/// So many tasks a thread takes at once: few, so that all are done at about the same time.
const STEP: usize = 8;

/// How much memory a thread asks for in one go before it begins; see [`make_room`].
const ROOM: usize = 16 << 20;

/// How many threads run at once.
pub(super) fn cores() -> usize {
    static CORES: OnceLock<usize> = OnceLock::new();
    // The answer takes reading files.
    *CORES.get_or_init(|| std::thread::available_parallelism().map_or(1, usize::from))
}

/// What `work` makes of each item, in their order.
pub(super) fn side_by_side<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = cores().min(items.len() / TASKS_A_THREAD);
    if threads < 2 {
        return items.iter().map(work).collect();
    }
    let steps: Vec<&[T]> = items.chunks(STEP).collect();
    let next = AtomicUsize::new(0);
    let share = || {
        make_room();
        let mut made: Vec<(usize, Vec<R>)> = Vec::with_capacity(steps.len());
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(step) = steps.get(number) else { return made };
            made.push((number, step.iter().map(&work).collect()));
        }
    };
    let mut made = std::thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads).map(|_| scope.spawn(share)).collect();
        let mut made = share();
        for helper in helpers {
            match helper.join() {
                Ok(more) => made.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        made
    });
    made.sort_unstable_by_key(|(number, _)| *number);
    made.into_iter().flat_map(|(_, results)| results).collect()
}

/// Has this thread's heap grow at once instead of page by page, which is what glibc does for all threads but the first: each step is a system call, and whoever touches new memory meanwhile
/// waits for it. Nothing is written to this memory, so that none is taken that is not used.
fn make_room() {
    // What is given back tells glibc that blocks of that size belong into heaps; as long as it does not know, they are mapped each by itself.
    static KNOWN: Once = Once::new();
    KNOWN.call_once(|| drop(black_box(Vec::<u8>::with_capacity(ROOM + ROOM / 2))));
    drop(black_box(Vec::<u8>::with_capacity(ROOM)));
}

#[cfg(test)]
mod tests {
    use super::side_by_side;

    #[test]
    fn what_comes_is_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        assert_eq!(side_by_side(&items, |item| item * 2), items.iter().map(|item| item * 2).collect::<Vec<_>>());
    }
}
