// A temporary folder in which the shipped charts lie with their dependencies in place, as both renderers want them.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');

// Dependencies that lie in a chart's own `charts/` folder are what somebody once built; the place has today's.
const copy = (from, to) => cpSync(from, to, { recursive: true, filter: (path) => basename(path) !== 'charts' || path === join(root, 'charts') });

function vendor(folder) {
  for (const { repository = '' } of parse(readFileSync(join(folder, 'Chart.yaml'), 'utf8')).dependencies ?? []) {
    if (!repository.startsWith('file://')) throw new Error(`${folder}: the dependency ${repository} is not beside the chart`);
    const subchart = join(folder, repository.slice('file://'.length));
    cpSync(subchart, join(folder, 'charts', basename(subchart)), { recursive: true });
  }
}

/** Lays the charts below `charts/` of a new folder; what `write` puts beside them is found under a path relative to it. */
export function layCharts() {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'charts-')));
  copy(join(root, 'charts'), join(place, 'charts'));
  for (const layer of readdirSync(join(place, 'charts'), { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    for (const chart of readdirSync(join(place, 'charts', layer.name))) {
      const folder = join(place, 'charts', layer.name, chart);
      if (existsSync(join(folder, 'Chart.yaml'))) vendor(folder);
    }
  }
  return {
    path: place,
    write: (path, text) => {
      mkdirSync(dirname(join(place, path)), { recursive: true });
      writeFileSync(join(place, path), text);
      return path;
    },
    remove: () => rmSync(place, { recursive: true, force: true }),
  };
}
