// The two things that only JavaScript can say.

/** Calls `make` and returns the worker made meanwhile, so that it can be ended from outside: gloo's bridge keeps it to itself. */
export function capture(make) {
  const Native = globalThis.Worker
  let made
  globalThis.Worker = class extends Native {
    constructor(...args) {
      super(...args)
      made = this
    }
  }
  try {
    make()
  } finally {
    globalThis.Worker = Native
  }
  return made
}

/** Loads the YAML editor. */
export const editor = () => import(new URL('editor/editor.js', document.baseURI).href)
