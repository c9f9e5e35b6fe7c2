//! Matching by following all ways at once, in order of preference: for long texts, in memory of the pattern's size. Source: `regexp/exec.go`.

use super::Work;
use super::program::{Inst, Program, jump};
use crate::utf8;

/// The ways that are followed: instructions that read, or the match, each with its noted places.
#[derive(Default)]
struct Ways {
    pcs: Vec<usize>,
    slots: Vec<usize>,
    /// At which place an instruction was entered last.
    entered: Vec<usize>,
}

enum Job {
    Go(usize),
    Restore(usize, usize),
}

impl Ways {
    fn new(program: &Program) -> Ways {
        Ways { entered: vec![usize::MAX; program.code.len()], ..Ways::default() }
    }

    /// Follows an instruction to all that read.
    fn add(&mut self, program: &Program, pc: usize, text: &[u8], here: usize, slots: &mut [usize], jobs: &mut Vec<Job>) {
        jobs.push(Job::Go(pc));
        while let Some(job) = jobs.pop() {
            let mut pc = match job {
                Job::Go(pc) => pc,
                Job::Restore(slot, place) => {
                    slots[slot] = place;
                    continue;
                }
            };
            loop {
                if std::mem::replace(&mut self.entered[pc], here) == here {
                    break;
                }
                match program.code[pc] {
                    Inst::Split(first, second) => {
                        jobs.push(Job::Go(jump(pc, second)));
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
                    _ => {
                        self.pcs.push(pc);
                        self.slots.extend_from_slice(slots);
                        break;
                    }
                }
            }
        }
    }

    fn clear(&mut self) {
        self.pcs.clear();
        self.slots.clear();
    }
}

/// The first match from `at` on, as noted places.
pub(super) fn search(program: &Program, text: &[u8], at: usize, slots: &mut [usize], work: &mut Work) -> bool {
    let (mut now, mut next) = (Ways::new(program), Ways::new(program));
    let mut jobs = Vec::new();
    let mut scratch = vec![usize::MAX; slots.len()];
    let mut found = false;
    let mut here = at;
    loop {
        if now.pcs.is_empty() {
            if found {
                return true;
            }
            let Some(begin) = program.begin(text, here) else { return false };
            here = begin;
        }
        if !found && program.begin(text, here) == Some(here) {
            scratch.fill(usize::MAX);
            scratch[0] = here;
            now.add(program, 0, text, here, &mut scratch, &mut jobs);
        }
        // Each way is followed over what does not read, which is about as much again.
        if !work.spend(1 + 4 * now.pcs.len()) {
            return false;
        }
        let (code, width) = utf8::decode(&text[here..]);
        let each = slots.len();
        for (index, &pc) in now.pcs.iter().enumerate() {
            let noted = &now.slots[index * each..][..each];
            if matches!(program.code[pc], Inst::Match) {
                slots.copy_from_slice(noted);
                slots[1] = here;
                found = true;
                // What follows is preferred less.
                break;
            }
            if width > 0 && program.takes(program.code[pc], code) {
                scratch.copy_from_slice(noted);
                next.add(program, pc + 1, text, here + width, &mut scratch, &mut jobs);
            }
        }
        now.clear();
        std::mem::swap(&mut now, &mut next);
        if width == 0 {
            return found;
        }
        here += width;
    }
}
