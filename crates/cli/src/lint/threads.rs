//! Many like tasks over the machine's cores.

/// So many tasks are worth a thread.
const TASKS_A_THREAD: usize = 16;

/// What `work` makes of each item, in their order.
pub(super) fn side_by_side<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(items.len() / TASKS_A_THREAD);
    if threads < 2 {
        return items.iter().map(work).collect();
    }
    let work = &work;
    std::thread::scope(|scope| {
        let parts = items.chunks(items.len().div_ceil(threads));
        let workers: Vec<_> = parts.map(|part| (part, scope.spawn(move || part.iter().map(work).collect::<Vec<R>>()))).collect();
        // What a worker did not do is done here.
        workers.into_iter().flat_map(|(part, worker)| worker.join().unwrap_or_else(|_| part.iter().map(work).collect())).collect()
    })
}
