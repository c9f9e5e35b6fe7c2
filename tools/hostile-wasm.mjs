#!/usr/bin/env -S node --no-warnings --single-threaded
// Runs the command, compiled to Wasm, in V8, as a page's worker runs the engine: what is asked of it, in the folder where it is asked.
//   CHARTWRIGHT_WASM=FILE tools/hostile-wasm.mjs ARGUMENT…
// Ends with 3 if it took more than a second of the processor or more than 256 MiB of Wasm memory, with 4 if it trapped. V8 compiles on the
// same thread, so its own work counts too.
import { readFileSync } from 'node:fs';
import { WASI } from 'node:wasi';

const [SECOND, MEMORY] = [1000, 256 << 20];

const wasi = new WASI({ version: 'preview1', args: ['chartwright', ...process.argv.slice(2)], env: {}, preopens: { '/': '.' } });
const imports = wasi.getImportObject();
class Exit extends Error {}
imports.wasi_snapshot_preview1.proc_exit = (code) => {
  throw Object.assign(new Exit(), { code });
};
const instance = await WebAssembly.instantiate(await WebAssembly.compile(readFileSync(process.env.CHARTWRIGHT_WASM)), imports);
const before = [performance.now(), process.cpuUsage()];
let exit;
try {
  exit = wasi.start(instance);
} catch (error) {
  exit = error instanceof Exit ? error.code : 4;
  if (exit === 4) console.error(`trapped: ${error.message}`);
}
const cpu = process.cpuUsage(before[1]);
// Alone it is the clock that counts, beside others the processor's time, in which V8's compiling is.
const taken = Math.min(performance.now() - before[0], (cpu.user + cpu.system) / 1000);
const memory = instance.exports.memory.buffer.byteLength;
if (taken > SECOND || memory > MEMORY) {
  console.error(`took ${taken.toFixed(0)} ms and ${(memory / 2 ** 20).toFixed(0)} MiB`);
  exit = 3;
}
process.exitCode = exit;
