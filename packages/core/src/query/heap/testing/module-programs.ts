/** Programs of several files whose variables of modules hold what they keep. Each writes its own heap to the path it is given. */
export interface ModuleProgram {
  /** Texts by file name; the first is the one that is run. */
  readonly files: Readonly<Record<string, string>>;
  /** In front of the file, or in place of it. */
  readonly flags?: readonly string[];
}

const SESSION = 'class Session { constructor(id) { this.id = id; this.rows = new Array(50).fill(id); } }';
const LEAKY = `${SESSION}\nconst sessions = new Map();\nfunction open(id) { sessions.set('k' + id, new Session(id)); }`;
const CLEAN = `${SESSION}\nconst sessions = new Map();\nfunction open(id) { sessions.set('k' + id, new Session(id)); if (sessions.size > 20) sessions.delete(sessions.keys().next().value); }`;
const HEALTHY =
  'const recent = new Map();\nfunction note(id) { recent.set(id, {}); if (recent.size > 20) recent.delete(recent.keys().next().value); }';
const VISITS = 'for (let id = 0; id < 20000; id++) { open(id); note(id); }';

function esModules(store: string): ModuleProgram {
  return {
    files: {
      'main.mjs': `import { writeHeapSnapshot } from 'node:v8';\nimport { open } from './store.mjs';\nimport { note } from './healthy.mjs';\n${VISITS}\nsetTimeout(() => writeHeapSnapshot(process.argv[2]), 20);`,
      'store.mjs': `${store}\nexport { open };`,
      'healthy.mjs': `${HEALTHY}\nexport { note };`,
    },
  };
}

function commonJs(store: string): ModuleProgram {
  return {
    files: {
      'main.cjs': `const { open } = require('./store.cjs');\nconst { note } = require('./healthy.cjs');\n${VISITS}\nsetTimeout(() => require('node:v8').writeHeapSnapshot(process.argv[2]), 20);`,
      'store.cjs': `${store}\nexports.open = open;`,
      'healthy.cjs': `${HEALTHY}\nexports.note = note;`,
    },
  };
}

export const LEAKY_ES = esModules(LEAKY);
export const CLEAN_ES = esModules(CLEAN);
export const LEAKY_COMMONJS = commonJs(LEAKY);
export const CLEAN_COMMONJS = commonJs(CLEAN);

/** The script itself, which exports nothing: a timer sees its variables. */
export const LEAKY_SCRIPT: ModuleProgram = {
  files: {
    'main.cjs': `${LEAKY}\nlet id = 0;\nconst timer = setInterval(() => {\n  for (const end = id + 10000; id < end; id++) open(id);\n  if (id < 20000) return;\n  clearInterval(timer);\n  setTimeout(() => { require('node:v8').writeHeapSnapshot(process.argv[2]); sessions.clear(); }, 20);\n}, 1);`,
  },
};

/** An exported variable, which another module fills and a third hands on, behind an \`await\` of its own. */
export const LEAKY_EXPORT: ModuleProgram = {
  files: {
    'main.mjs': `import { writeHeapSnapshot } from 'node:v8';\nimport { sessions } from './index.mjs';\n${SESSION}\nfor (let id = 0; id < 20000; id++) sessions.set('k' + id, new Session(id));\nsetTimeout(() => writeHeapSnapshot(process.argv[2]), 20);`,
    'index.mjs': "export * from './store.mjs';\nexport { sessions as kept } from './store.mjs';",
    'store.mjs': 'await new Promise((done) => setTimeout(done, 5));\nexport const sessions = new Map();\nexport default class {}',
  },
};

/** Modules of all kinds in one program: nothing in it leaks. */
export const ODD_MODULES: ModuleProgram = {
  flags: ['--experimental-vm-modules', '--no-warnings'],
  files: {
    'main.mjs': `
import { createRequire } from 'node:module';
import vm from 'node:vm';
import { writeHeapSnapshot } from 'node:v8';
import once from './once.cjs';
const require = createRequire(import.meta.url);
const first = await import('./page.mjs?version=1');
const second = await import('./page.mjs?version=2');
const data = await import('data:text/javascript,export const big = new Map(); const hidden = new Map(); export const f = () => hidden;' + '/'.repeat(200));
const made = new vm.SourceTextModule('export const inside = new Map();', { context: vm.createContext({}) });
await made.link(() => undefined);
await made.evaluate();
await import('./broken.mjs').catch(() => undefined);
require('./once.cjs').times++;
const path = require.resolve('./twice.cjs');
const before = require(path);
delete require.cache[path];
const after = require(path);
setTimeout(() => { writeHeapSnapshot(process.argv[2]); void [first, second, data, made, once, before, after]; }, 20);`,
    'page.mjs': 'const seen = new Set();\nexport const visit = (id) => seen.add(id);',
    'broken.mjs': "const left = new Map();\nexport const use = () => left;\nthrow new Error('broken');",
    'once.cjs': 'const calls = [];\nexports.times = 0;\nexports.call = () => calls.push(1);',
    'twice.cjs': 'const calls = [];\nexports.call = () => calls.push(1);',
  },
};
