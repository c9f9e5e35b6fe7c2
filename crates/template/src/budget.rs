//! What a render may spend. Running out is an ordinary error that names the template line.

/// The limits of one render.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Steps: instructions executed, plus what natives charge for their own work (about one a kilobyte or an element).
    pub steps: u64,
    /// Bytes of output, intermediate buffers included.
    pub output_bytes: usize,
    /// Bytes of values on the heap.
    pub heap_bytes: usize,
    /// Bytes of one value: functions make it before it is on the heap.
    pub value_bytes: usize,
    /// Nested `template` calls (`text/template/exec.go`, `maxExecDepth`).
    pub template_depth: usize,
    /// Nested `include`s of one name (Helm `pkg/engine/engine.go`, `recursionMaxNums`).
    pub include_depth: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        // Together a second and 256 MiB, with room to spare: a step takes about ten nanoseconds.
        Limits {
            steps: 50_000_000,
            output_bytes: 32 << 20,
            heap_bytes: 88 << 20,
            value_bytes: 32 << 20,
            template_depth: 100_000,
            include_depth: 1_000,
        }
    }
}

/// What is left of a render's limits.
#[derive(Clone, Debug)]
pub struct Budget {
    /// The limits it began with.
    pub limits: Limits,
    steps_left: u64,
}

impl Budget {
    /// A full budget.
    pub fn new(limits: Limits) -> Budget {
        Budget { limits, steps_left: limits.steps }
    }

    /// How many steps are left.
    pub fn steps_left(&self) -> u64 {
        self.steps_left
    }

    /// Spends steps; false when there are none left. Charge before the work is done, not after.
    #[must_use]
    pub fn spend(&mut self, steps: u64) -> bool {
        let enough = self.steps_left >= steps;
        self.steps_left = self.steps_left.saturating_sub(steps);
        enough
    }
}
