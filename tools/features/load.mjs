// What the charts can do, as declared in tests/features/: one file a topic, its rows, the parameters of the matrix, and what is refused.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export const root = join(import.meta.dirname, '../..');

/** The chart through which each declared chart is exercised: libraries install nothing by themselves. */
const APPLICATION = { service: 'kaggle-data-api', job: 'fetch-kaggle-job' };
export const applicationOf = (chart) => APPLICATION[chart] ?? chart;

/** The folder of a chart, from the root of the repository. */
export function folderOf(chart) {
  const folder = ['library', 'infrastructure', 'applications'].map((layer) => `charts/${layer}/${chart}`).find((path) => existsSync(join(root, path)));
  if (folder === undefined) throw new Error(`there is no chart ${chart}`);
  return folder;
}

const KEYS = {
  topic: { topic: true, features: true, parameters: false, refused: false },
  features: { name: true, charts: true, template: true, values: true, golden: true, anchor: true },
  parameters: { name: true, charts: true, levels: true },
  refused: { charts: true, when: true, names: true },
};

function checkKeys(kind, object, where) {
  for (const key of Object.keys(object)) if (!(key in KEYS[kind])) throw new Error(`${where}: unknown key ${key}`);
  for (const [key, needed] of Object.entries(KEYS[kind])) if (needed && !(key in object)) throw new Error(`${where}: ${key} is missing`);
}

function checkTopic(file, topic) {
  checkKeys('topic', topic, file);
  for (const kind of ['features', 'parameters', 'refused']) {
    for (const entry of topic[kind] ?? []) {
      const where = `${file}: ${kind}: ${entry.name ?? JSON.stringify(entry.when)}`;
      checkKeys(kind, entry, where);
      if (entry.charts.length === 0) throw new Error(`${where}: no chart`);
      entry.charts.forEach(folderOf);
      if (kind === 'parameters' && Object.keys(entry.levels).length < 2) throw new Error(`${where}: fewer than two levels`);
      if (kind === 'refused' && entry.names.length === 0) throw new Error(`${where}: names no values`);
    }
  }
  return { file, features: [], parameters: [], refused: [], ...topic };
}

/** Every topic, in the order of their files' names. */
export async function loadTopics(folder = join(root, 'tests/features')) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.mjs')).sort();
  return Promise.all(files.map(async (name) => checkTopic(`tests/features/${name}`, (await import(pathToFileURL(join(folder, name)))).default)));
}

/** `features`, `parameters` or `refused` of every topic, each with its topic's file. */
export const all = (topics, kind) => topics.flatMap((topic) => topic[kind].map((entry) => ({ ...entry, file: topic.file })));
