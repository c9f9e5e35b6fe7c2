//! Matching by trying, with a memory of what has failed: quick on texts of ordinary length, and linear. Source: `regexp/backtrack.go`.

use super::Work;
use super::program::{Inst, Program, jump};
use crate::utf8;

/// How many bits the memory may have. (Go allows 256 KiB of them.)
const MOST: usize = 1 << 21;

/// Whether program and text are small enough.
pub(super) fn fits(program: &Program, length: usize) -> bool {
    program.code.len().saturating_mul(length + 1) <= MOST
}

/// What is left to try.
enum Job {
    Go(usize, usize),
    /// Puts a noted place back.
    Restore(usize, usize),
}

/// The first match from `at` on, as noted places. With two slots only the match itself is noted.
pub(super) fn search(program: &Program, text: &[u8], at: usize, slots: &mut [usize], work: &mut Work) -> bool {
    let width = text.len() - at + 1;
    let mut failed = vec![0u64; (program.code.len() * width).div_ceil(64)];
    work.spend(failed.len() / 8);
    let mut jobs = Vec::new();
    let mut begin = at;
    while let Some(start) = program.begin(text, begin) {
        slots.fill(usize::MAX);
        slots[0] = start;
        jobs.push(Job::Go(0, start));
        while let Some(job) = jobs.pop() {
            let (mut pc, mut here) = match job {
                Job::Go(pc, here) => (pc, here),
                Job::Restore(slot, place) => {
                    slots[slot] = place;
                    continue;
                }
            };
            if !work.spend(1) {
                return false;
            }
            loop {
                match program.code[pc] {
                    Inst::Match => {
                        slots[1] = here;
                        return true;
                    }
                    Inst::Split(first, second) => {
                        let bit = pc * width + (here - at);
                        if failed[bit / 64] >> (bit % 64) & 1 == 1 {
                            break;
                        }
                        failed[bit / 64] |= 1 << (bit % 64);
                        jobs.push(Job::Go(jump(pc, second), here));
                        pc = jump(pc, first);
                    }
                    Inst::Jump(by) => pc = jump(pc, by),
                    Inst::Save(slot) => {
                        if let Some(place) = slots.get_mut(slot as usize) {
                            jobs.push(Job::Restore(slot as usize, *place));
                            *place = here;
                        }
                        pc += 1;
                    }
                    Inst::Assert(assert) => {
                        if !assert.holds(text, here) {
                            break;
                        }
                        pc += 1;
                    }
                    reads => {
                        let (code, width) = utf8::decode(&text[here..]);
                        if width == 0 || !program.takes(reads, code) {
                            break;
                        }
                        (pc, here) = (pc + 1, here + width);
                    }
                }
            }
        }
        let (_, step) = utf8::decode(&text[start..]);
        if step == 0 {
            break;
        }
        begin = start + step;
    }
    false
}
