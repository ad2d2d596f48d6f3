import { describe, expect, it } from 'vitest';
import { breadthFirst } from '../../graph/breadth-first.ts';
import { dominators } from '../../graph/dominators/index.ts';
import { parseGraph } from '../../graph/text-notation.ts';
import { finalizerKinds } from './index.ts';

/** What is found in a heap with a registry of finalizers, `finalizer1` to `finalizer<n>` for `job1` to `job<n>`. */
function found(n: number, rest: string): string[] {
  const cells = Array.from({ length: n }, (_, i) => i + 1).map(
    (i) => `registry [${i}] finalizer${i}\nfinalizer${i}: finalizer\nfinalizer${i} ~> job${i}\n`,
  );
  const text = `module app = m\nm .registry registry\nregistry: finalizers\nregistry .callback clean\n${cells.join('')}${rest}`;
  const { graph } = parseGraph(text);
  const kinds = finalizerKinds(graph, dominators(graph), breadthFirst(graph), graph.language.finalizers(graph));
  const name = (node: number): string => graph.types[graph.typeOf[node]].displayName;
  return kinds.map(({ by, targets, way, throughOthers }) => {
    const steps = way.map(({ node, label }) => `${label === undefined ? 'held' : graph.language.labelText(graph, label)} ${name(node)}`);
    return `${targets.length} ${name(targets[0])} by ${by}${throughOthers ? ' through others' : ''}: ${steps.join(' → ')}`;
  });
}

const each = (n: number, line: (i: number) => string): string => Array.from({ length: n }, (_, i) => line(i + 1)).join('\n');

describe('objects that their own finalizers keep', () => {
  it('are found where the held value leads to them, with the way', () => {
    expect(
      found(
        3,
        each(3, (i) => `finalizer${i} .held call${i}\ncall${i} closure job job${i}`),
      ),
    ).toEqual(['3 job by held value: held call → closure job job']);
  });

  it('are found where the held value is far from them', () => {
    expect(found(1, 'finalizer1 .held a\na .b b\nb [0] c\nc .owner job1')).toEqual([
      '1 job by held value: held a → .b b → [0] c → .owner job',
    ]);
  });

  it('are found where one held value leads to all of them', () => {
    expect(
      found(
        3,
        each(3, (i) => `finalizer${i} .held all\nall [${i}] job${i}`),
      ),
    ).toEqual(['3 job by held value: held all → [1] job']);
  });

  it('are found where the callback of the registry leads to them, whatever else is registered', () => {
    expect(found(2, 'clean closure first job1\nm .second job2')).toEqual(['1 job by callback: held clean → closure first job']);
  });

  it('are found where callback and held value do so together', () => {
    expect(found(1, 'clean closure first job1\nfinalizer1 .held call\ncall closure job job1')).toEqual([
      '1 job by callback: held clean → closure first job',
    ]);
  });

  it('are found where finalizers hold one another’s objects', () => {
    expect(found(2, 'a: Held\nb: Held\nfinalizer1 .held a\na .other job2\nfinalizer2 .held b\nb .other job1')).toEqual([
      '2 job by held value through others: held Held → .other job → held Held → .other job',
    ]);
  });

  it('are none where the held value leads elsewhere', () => {
    expect(
      found(
        2,
        each(2, (i) => `finalizer${i} .held token${i}\nm [${i}] job${i}`),
      ),
    ).toEqual([]);
    expect(found(1, 'job1 .registry registry')).toEqual([]);
  });

  it('are none where something else holds them as well', () => {
    expect(
      found(
        2,
        each(2, (i) => `m [${i}] job${i}\nfinalizer${i} .held call${i}\ncall${i} closure job job${i}`),
      ),
    ).toEqual([]);
    expect(found(1, 'm .jobs job1\nclean closure first job1')).toEqual([]);
    expect(found(1, 'frame x = job1\nfinalizer1 .held job1')).toEqual([]);
  });

  it('are none where another finalizer holds them, whose object lives', () => {
    expect(found(2, 'm .session job2\nfinalizer2 .held job1\nfinalizer1 .held token')).toEqual([]);
  });

  it('are not those that such a finalizer happens to hold beside', () => {
    expect(found(2, 'finalizer1 .held call\ncall closure job job1\njob1 .child job2\njob2: Child\nfinalizer2 .held token')).toEqual([
      '1 job by held value: held call → closure job job',
    ]);
  });

  it('are none where only the callback of another registry holds them', () => {
    const other = 'm .others others\nothers: finalizers\nothers .callback tidy\nothers [0] finalizer9\nfinalizer9: finalizer\n';
    expect(found(1, `${other}finalizer9 ~> thing\nm .thing thing\ntidy closure cache cache\ncache [0] job1`)).toEqual([]);
    expect(found(1, `${other}finalizer9 ~> thing\nm .thing thing\ntidy .x job1\nclean .x job1`)).toEqual([]);
  });

  it('are none where nothing holds them at all', () => {
    expect(found(1, 'm .x y')).toEqual([]);
  });

  it('of a registry that only they hold are none: both go together', () => {
    const { graph } = parseGraph(
      'module app = m\njob .registry r\nr: finalizers\nr .callback c\nr [0] f\nf: finalizer\nf ~> job\nf .held h\nh .x job',
    );
    expect(finalizerKinds(graph, dominators(graph), breadthFirst(graph), graph.language.finalizers(graph))).toEqual([]);
  });

  it('are told apart where the held values are in a list of their own, which holds them too', () => {
    const listed = each(3, (i) => `finalizer${i} .held handle${i}\nm .live live\nlive [${i}] handle${i}\nhandle${i} closure job job${i}`);
    expect(found(3, listed)).toEqual(['3 job by held value, held elsewhere too: held handle → closure job job']);
  });

  it('are not what a manager of many objects holds, which finalizers hold to tell it', () => {
    const managed = each(3, (i) => `finalizer${i} .held manager\nm .manager manager\nmanager [${i}] job${i}`);
    expect(found(3, managed)).toEqual([]);
    expect(found(1, 'finalizer1 .held manager\nm .manager manager\nmanager [0] job1')).toEqual([]);
  });
});
