// What a Wasm module weighs, by crate: node tools/weigh.mjs MODULE.wasm [CRATE…]. The module needs its names (cargo's output has them; `wasm-opt -g` keeps them).
// Code is counted for the crate that a function's name begins with; for generics and trait methods that is the crate of the type or the trait, as
// the name says it. With crates named, their largest functions are listed. Last, what the parts come to in Brotli, each by itself.
import { readFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'

const [file, ...crates] = process.argv.slice(2)
const bytes = readFileSync(file)
const brotli = (part) => brotliCompressSync(part, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: part.length } }).length
let at = 8

function number() {
  let value = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return value
  }
}
function text() {
  const length = number()
  at += length
  return bytes.toString('utf8', at - length, at)
}

const SECTIONS = ['custom', 'types', 'imports', 'functions', 'table', 'memory', 'globals', 'exports', 'start', 'elements', 'code', 'data', 'data count', 'tags']
const sections = []
let imported = 0
const bodies = []
const names = new Map()
while (at < bytes.length) {
  const id = bytes[at++]
  const size = number()
  const [start, end] = [at, at + size]
  let label = SECTIONS[id] ?? `section ${id}`
  if (id === 0) label = `custom ${text()}`
  if (label === 'imports') {
    for (let left = number(); left > 0; left--) {
      text()
      text()
      const kind = bytes[at++]
      if (kind === 0) imported++
      if (kind === 0 || kind === 4) number()
      else {
        if (kind !== 2) at++ // the type of a table's elements or of a global
        if (kind === 3) at++
        else if (bytes[at++] & 1) number(), number()
        else number()
      }
    }
  }
  if (label === 'code') {
    for (let left = number(); left > 0; left--) {
      const length = number()
      bodies.push({ at, length })
      at += length
    }
  }
  if (label === 'custom name') {
    while (at < end) {
      const kind = bytes[at++]
      const stop = number() + at
      if (kind === 1) for (let left = number(); left > 0; left--) names.set(number(), text())
      at = stop
    }
  } else sections.push({ label, size, brotli: brotli(bytes.subarray(start, end)) })
  at = end
}
if (names.size === 0) throw new Error(`${file} has no names`)

/** `<alloc::vec::Vec<T> as Drop>::drop` belongs to alloc, `_RNvCs1234_7chartwright_go3fmt` to the first crate that it names. */
function crate(name) {
  const mangled = name.match(/^_R.*?Cs[0-9A-Za-z]*_(\d+)_?(.*)/)
  if (mangled) return mangled[2].slice(0, Number(mangled[1]))
  return name.match(/[A-Za-z_][A-Za-z0-9_]*/)?.[0] ?? '?'
}

const weights = new Map()
const count = (crate, name, length) => {
  const known = weights.get(crate) ?? { length: 0, functions: [] }
  known.length += length
  known.functions.push({ name, length })
  weights.set(crate, known)
}
bodies.forEach(({ length }, index) => {
  const name = names.get(imported + index) ?? '?'
  count(crate(name), name, length)
})

for (const { label, size, brotli } of sections) console.log(`${String(size).padStart(9)} ${String(brotli).padStart(9)}  ${label}`)
console.log('\n    bytes   functions')
const heaviest = [...weights].sort(([, a], [, b]) => b.length - a.length)
for (const [name, { length, functions }] of heaviest) if (length > 1000) console.log(`${String(length).padStart(9)} ${String(functions.length).padStart(9)}  ${name}`)
for (const name of crates) {
  console.log(`\n${name}`)
  const functions = (weights.get(name)?.functions ?? []).sort((a, b) => b.length - a.length)
  for (const { name, length } of functions.slice(0, 60)) console.log(`${String(length).padStart(9)}  ${name}`)
}
