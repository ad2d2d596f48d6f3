/**
 * The fast ways through "nodes" and "edges", as WebAssembly: AssemblyScript, which `npm run kernel` compiles into
 * `kernel-bytes.ts`. The same rows in the same way as `NodeRows` and `EdgeRows` read them, eight digits at a time instead of
 * one (D. Lemire, "Quickly parsing eight digits", 2022). Arguments that end in `At`, and those of the readers, are places in
 * memory, of which `KernelMemory` makes the plan.
 *
 * What decides the speed is how soon it is known where the next number begins: from the length of this one alone, neither
 * from its value nor from a condition that was turned into arithmetic.
 */

const ZERO: u32 = 0x30;
const COMMA: u32 = 0x2c;
const NEWLINE: u32 = 0x0a;
const ZEROS: u64 = 0x3030303030303030;
const TOP_BITS: u64 = 0x8080808080808080;
const NO_NUMBER: u64 = 0;

/** Rows that were read last, and entries of `notes` that were made of them. */
export let rows: u32;
export let noted: u32;

let nodeTypes: usize;
let nodeNames: usize;
let ids: usize;
let sizes: usize;
let edgeCounts: usize;
let traces: usize;
let notes: usize;
let typeCount: u32;
let stringCount: u32;
let hasTrace: bool;
let hasAttachedness: bool;

let flagsOfType: usize;
let isNamed: usize;
let flagsOfInternal: usize;
let knownNames: usize;
let targets: usize;
let flags: usize;
let names: usize;
let nodeFields: u32;
let nodeCount: u32;
let perField: f64;
let internal: u32;
let ephemeron: u32;

/** Where the columns of nodes are; in `notes`, the row and its number for each that says whether it is attached. */
export function setNodeColumns(
  typesAt: usize,
  namesAt: usize,
  idsAt: usize,
  sizesAt: usize,
  countsAt: usize,
  tracesAt: usize,
  notesAt: usize,
): void {
  nodeTypes = typesAt;
  nodeNames = namesAt;
  ids = idsAt;
  sizes = sizesAt;
  edgeCounts = countsAt;
  traces = tracesAt;
  notes = notesAt;
}

export function setNodeLayout(types: u32, strings: u32, withTrace: bool, withAttachedness: bool): void {
  typeCount = types;
  stringCount = strings;
  hasTrace = withTrace;
  hasAttachedness = withAttachedness;
}

export function setEdgeTables(flagsOfTypeAt: usize, isNamedAt: usize, flagsOfInternalAt: usize, knownNamesAt: usize): void {
  flagsOfType = flagsOfTypeAt;
  isNamed = isNamedAt;
  flagsOfInternal = flagsOfInternalAt;
  knownNames = knownNamesAt;
}

/** Where the columns of references are; in `notes`, the entries of parts of WeakMaps. */
export function setEdgeColumns(targetsAt: usize, flagsAt: usize, namesAt: usize, notesAt: usize): void {
  targets = targetsAt;
  flags = flagsAt;
  names = namesAt;
  notes = notesAt;
}

export function setEdgeCounts(types: u32, strings: u32, fields: u32, nodes: u32, internalFlags: u32, ephemeronName: u32): void {
  typeCount = types;
  stringCount = strings;
  nodeFields = fields;
  nodeCount = nodes;
  perField = 1 / <f64>fields;
  internal = internalFlags;
  ephemeron = ephemeronName;
}

/**
 * Reads at most `most` nodes that begin in `[p, limit[` into the columns, from their first entry on. Returns where it
 * stopped: at `limit` or behind it, or at the beginning of a row that it does not know. A zero stands behind the bytes.
 */
export function readNodes(p: usize, limit: usize, most: u32): usize {
  let row: u32 = 0;
  let met: u32 = 0;
  while (p < limit && row < most) {
    let q = p;
    let type = <u32>load<u8>(q) - ZERO;
    if (type > 9) break;
    let after = <u32>load<u8>(++q);
    if (after - ZERO < 10) {
      type = type * 10 + after - ZERO;
      after = load<u8>(++q);
    }
    if (after != COMMA || type >= typeCount) break;

    let digits = digitsAt(++q);
    let length = lengthOf(digits);
    if (length == 0) break;
    const name = value(digits, length);
    q += length;
    if (load<u8>(q) != COMMA || name >= stringCount) break;

    digits = digitsAt(++q);
    length = lengthOf(digits);
    if (length == 0) break;
    let id = value(digits, length);
    q += length;
    if (load<u8>(q) != COMMA) {
      const found = longNumber(q - 8, length, id);
      q += <usize>(found >> 32);
      if (found == NO_NUMBER || load<u8>(q) != COMMA) break;
      id = <u32>found;
    }

    digits = digitsAt(++q);
    length = lengthOf(digits);
    if (length == 0) break;
    const size = value(digits, length);
    q += length;
    if (load<u8>(q) != COMMA) break;

    digits = digitsAt(++q);
    length = lengthOf(digits);
    if (length == 0) break;
    const edgeCount = value(digits, length);
    q += length;
    after = load<u8>(q);

    let trace: u32 = 0;
    if (hasTrace) {
      if (after != COMMA) break;
      digits = digitsAt(++q);
      length = lengthOf(digits);
      if (length == 0) break;
      trace = value(digits, length);
      q += length;
      after = load<u8>(q);
    }

    let attachedness: u32 = 0;
    if (hasAttachedness) {
      if (after != COMMA) break;
      attachedness = <u32>load<u8>(++q) - ZERO;
      if (attachedness > 9) break;
      after = load<u8>(++q);
    }

    // Between rows stand a comma, or a line break and a comma.
    q++;
    if (after != COMMA) {
      if (after != NEWLINE || load<u8>(q) != COMMA) break;
      q++;
    }

    if (attachedness != 0) {
      store<u32>(notes + ((<usize>met) << 3), row);
      store<u32>(notes + ((<usize>met) << 3) + 4, attachedness);
      met++;
    }
    const entry = (<usize>row) << 2;
    store<u8>(nodeTypes + row, type);
    store<u32>(nodeNames + entry, name);
    store<u32>(ids + entry, id);
    store<u32>(sizes + entry, size);
    store<u32>(edgeCounts + entry, edgeCount);
    store<u32>(traces + entry, trace);
    row++;
    p = q;
  }
  rows = row;
  noted = met;
  return p;
}

/**
 * Reads at most `most` rows that begin in `[p, limit[` into the columns, from their entry `at` on. Returns where it stopped:
 * at `limit` or behind it, or at the beginning of a row that it does not know. A zero stands behind the bytes.
 */
export function readEdges(p: usize, limit: usize, at: u32, most: u32): usize {
  const end = at + most;
  let row = at;
  let met: u32 = 0;
  while (p < limit && row < end) {
    const head = <u32>load<u16>(p);
    const type = (head & 0xff) - ZERO;
    if (type > 9 || type >= typeCount || head >> 8 != COMMA) break;

    let q = p + 2;
    let digits = digitsAt(q);
    let length = lengthOf(digits);
    if (length == 0) break;
    let name = value(digits, length);
    q += length;
    if (load<u8>(q) != COMMA) {
      const found = longNumber(q - 8, length, name);
      q += <usize>(found >> 32);
      if (found == NO_NUMBER || load<u8>(q) != COMMA) break;
      name = <u32>found;
    }

    digits = digitsAt(++q);
    length = lengthOf(digits);
    if (length == 0) break;
    let to = value(digits, length);
    q += length;
    let after = <u32>load<u8>(q);
    if (after - ZERO < 10) {
      const found = longNumber(q - 8, length, to);
      q += <usize>(found >> 32);
      if (found == NO_NUMBER) break;
      to = <u32>found;
      after = load<u8>(q);
    }
    // An exact multiple gives its exact quotient this way, for all 32-bit numbers, and nothing else passes the check.
    const node = <u32>(<f64>to * perField + 0.5);
    if (node * nodeFields != to || node >= nodeCount) break;

    // Between rows stand a comma, or a line break and a comma.
    q++;
    if (after != COMMA) {
      if (after != NEWLINE || load<u8>(q) != COMMA) break;
      q++;
    }

    if (name >= stringCount && load<u8>(isNamed + type) != 0) break;
    let flag = <u32>load<u8>(flagsOfType + type);
    if (flag == internal) {
      const word = <u32>load<u8>(knownNames + name);
      flag = load<u8>(flagsOfInternal + word);
      if (word == ephemeron) {
        store<u32>(notes + ((<usize>met) << 2), row);
        met++;
      }
    }
    store<u32>(targets + ((<usize>row) << 2), node);
    store<u32>(names + ((<usize>row) << 2), name);
    store<u8>(flags + row, flag);
    row++;
    p = q;
  }
  rows = row - at;
  noted = met;
  return p;
}

/** Eight bytes as digits, the first in the lowest byte. What is no digit is more than 9. */
function digitsAt(p: usize): u64 {
  return load<u64>(p) ^ ZEROS;
}

/** How many digits come first: 0 to 8. */
function lengthOf(digits: u64): u32 {
  // The top bit of each byte that is no digit; those behind the first of them may be wrong, and do not matter.
  return <u32>(ctz(((digits + 0x7676767676767676) | digits) & TOP_BITS) >> 3);
}

/** Of the first 1 to 8 digits: pairs, then fours, then all. */
function value(digits: u64, length: u32): u32 {
  digits <<= 64 - (length << 3);
  digits = (digits * 10 + (digits >> 8)) & 0x00ff00ff00ff00ff;
  digits = (digits * 100 + (digits >> 16)) & 0x0000ffff0000ffff;
  return <u32>(digits * 10000 + (digits >> 32));
}

/**
 * Goes on behind the first eight digits of a number that begins at `p`: the number in the low half and how many digits more
 * it has in the high one, or NO_NUMBER where it has fewer than eight, or no 32 bits are enough.
 */
function longNumber(p: usize, length: u32, first: u32): u64 {
  if (length < 8) return NO_NUMBER;
  let sum = <u64>first;
  let more: u64 = 0;
  for (;;) {
    const digit = <u32>load<u8>(p + 8 + <usize>more) - ZERO;
    if (digit > 9) break;
    sum = sum * 10 + digit;
    if (++more > 2) return NO_NUMBER;
  }
  return sum > 0xffffffff ? NO_NUMBER : sum | (more << 32);
}
