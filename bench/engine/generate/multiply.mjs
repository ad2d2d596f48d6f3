// node multiply.mjs SNAPSHOT COPIES TARGET
//
// Writes one snapshot that holds several copies of another, each below the root of the first: a file larger than any that
// Node could write on a machine of this size. Objects keep their order, names and sizes; odd ids (V8's own) stay unique.
// Constant memory. Knows the layout that V8 writes (rows of 6 or 7 numbers for nodes, 3 for edges) and refuses any other.
import { openSync, statSync } from 'node:fs';
import { NumberReader } from './number-reader.mjs';
import { TextWriter } from './text-writer.mjs';

const [source, copies, target] = [process.argv[2], Number(process.argv[3]), process.argv[4]];
const ELEMENT = 1;
/** Above any index that the root uses. */
const FIRST_COPY_INDEX = 1000;

const fd = openSync(source);
const sections = findSections();
const { nodeFields, idAt, edgeCountAt, nodeCount } = sections;
const { highestOddId, rootEdgeCount } = surveyNodes();
const writer = new TextWriter(target);
writer.text(
  sections.head
    .replace(/"node_count":\d+/, `"node_count":${nodeCount * copies}`)
    .replace(/"edge_count":\d+/, `"edge_count":${sections.edgeCount * copies + copies - 1}`),
);
writeNodes();
writer.text(sections.between);
writeEdges();
writer.copy(fd, sections.edgesEnd, statSync(source).size);
writer.close();
console.error(`  ${target}: ${Math.round(statSync(target).size / 1e6)} MB, ${nodeCount * copies} nodes`);

function surveyNodes() {
  const reader = new NumberReader(fd, sections.nodesStart);
  let highestOddId = 0;
  let rootEdgeCount = 0;
  for (let row = 0; row < nodeCount; row++) {
    for (let field = 0; field < nodeFields; field++) {
      const value = reader.next();
      if (field === idAt && value % 2 === 1 && value > highestOddId) highestOddId = value;
      if (row === 0 && field === edgeCountAt) rootEdgeCount = value;
    }
  }
  return { highestOddId, rootEdgeCount };
}

function writeNodes() {
  for (let copy = 0; copy < copies; copy++) {
    const reader = new NumberReader(fd, sections.nodesStart);
    const idShift = copy * (highestOddId + 1);
    for (let row = 0; row < nodeCount; row++) {
      writer.row(copy === 0 && row === 0);
      for (let field = 0; field < nodeFields; field++) {
        let value = reader.next();
        if (field === idAt && value % 2 === 1) value += idShift;
        if (field === edgeCountAt && row === 0 && copy === 0) value += copies - 1;
        writer.number(value, field === 0);
      }
    }
  }
}

function writeEdges() {
  for (let copy = 0; copy < copies; copy++) {
    const reader = new NumberReader(fd, sections.edgesStart);
    const targetShift = copy * nodeCount * nodeFields;
    for (let row = 0; row < sections.edgeCount; row++) {
      if (copy === 0 && row === rootEdgeCount) writeEdgesToCopies();
      writer.row(copy === 0 && row === 0);
      writer.number(reader.next(), true);
      writer.number(reader.next(), false);
      writer.number(reader.next() + targetShift, false);
    }
  }
}

function writeEdgesToCopies() {
  for (let copy = 1; copy < copies; copy++) {
    writer.row(false);
    writer.number(ELEMENT, true);
    writer.number(FIRST_COPY_INDEX + copy, false);
    writer.number(copy * nodeCount * nodeFields, false);
  }
}

function findSections() {
  const start = new NumberReader(fd, 0);
  const head = start.textUntil('"nodes":[');
  const { snapshot } = JSON.parse(`${head.slice(0, head.lastIndexOf(','))}}`);
  const { node_fields: fields, edge_fields: edgeFields } = snapshot.meta;
  if (edgeFields.join() !== 'type,name_or_index,to_node') throw new Error(`edges of ${edgeFields.join()} are not known here`);
  const nodesStart = start.position;
  start.skipUntil(']');
  const between = `]${start.textUntil('"edges":[')}`;
  const edgesStart = start.position;
  start.skipUntil(']');
  return {
    head,
    between,
    nodesStart,
    edgesStart,
    edgesEnd: start.position - 1,
    nodeFields: fields.length,
    idAt: fields.indexOf('id'),
    edgeCountAt: fields.indexOf('edge_count'),
    nodeCount: snapshot.node_count,
    edgeCount: snapshot.edge_count,
  };
}
