import { encodeBase64 } from '../base64.ts';
import { GRAPH_VERSION, NESTED_CONTAINERS } from '../format.ts';
import type { AnyGraphType } from '../graph-type.ts';
import { tooDeep, tooLong, tooManyNodes } from '../limits.ts';
import { pointerStep } from '../pointer.ts';
import type { GraphSettings } from '../settings.ts';
import { Admission, DROPPED } from './admission.ts';
import { isElement, sparsePayload } from './collection-payloads.ts';
import { ContainerAdmission } from './container-admission.ts';
import { dateText } from './date-text.ts';
import { Frame } from './frame.ts';
import { type Kind, kindOf } from './kind-of.ts';
import { bigintText, CHUNK, escapedText, isLiteral, numberText, stringText, UNDEFINED_TEXT } from './literal-text.ts';
import { type Payload, payloadOf } from './payload.ts';
import { Places, ROOT, type Step } from './places.ts';

/** Asks for a getter without asking it; many times as fast as a descriptor when the key is an index. */

const getterOf = (Object.prototype as unknown as { readonly __lookupGetter__: (this: object, key: number) => unknown }).__lookupGetter__;

/** Elements that go through `JSON.stringify` together, and those that are too few for it. */
const LITERALS_AT_ONCE = 1024;
const FEW = 8;

/** Keys whose text is remembered; objects used as dictionaries have more than is worth remembering. */
const REMEMBERED_KEYS = 2000;

/** Writes one graph, depth first, with its own stack of frames. What would nest too deep is left for a part of its own. */
export class GraphWriter {
  readonly #settings: GraphSettings;
  readonly #places = new Places();
  readonly #admission: Admission;
  readonly #frames: Frame[] = [];
  readonly #parts: { readonly value: object; readonly id: number; readonly depth: number }[] = [];
  readonly #textByKey = new Map<string, string>();
  #text = '';
  #top = -1;
  #nodes = 1;

  constructor(settings: GraphSettings) {
    this.#settings = settings;
    this.#admission = new Admission(settings, this.#places);
  }

  write(root: unknown): string {
    const admitted = this.#admission.admit(root, ROOT, 'value');
    this.#text = `{"$graph":${GRAPH_VERSION},"value":`;
    this.#value(admitted === DROPPED ? undefined : admitted, ROOT, { pointer: '/value' }, 0);
    this.#finish();
    for (let part = 0; part < this.#parts.length; part++) {
      const { value, id, depth } = this.#parts[part];
      this.#text += part === 0 ? ',"parts":[' : ',';
      this.#container(value, kindOf(value, this.#settings.types)!, id, depth);
      this.#finish();
    }
    this.#text += this.#parts.length === 0 ? '}' : ']}';
    this.#checkLength(0);
    return this.#text;
  }

  #finish(): void {
    while (this.#top >= 0) {
      const frame = this.#frames[this.#top];
      if (frame.kind === 'object') this.#properties(frame);
      else if (frame.kind === 'array') this.#elements(frame);
      else this.#payload(frame);
    }
  }

  #properties(frame: Frame): void {
    const { target, keys, id, inner, depth } = frame;
    const top = this.#top;
    // Gathered here and appended once: the field is written seldom.
    let text = '';
    for (let at = frame.next; at < keys.length; at++) {
      const key = keys[at];
      const descriptor = Object.getOwnPropertyDescriptor(target, key);
      if (descriptor === undefined) continue;
      const keyText = this.#textByKey.get(key) ?? this.#keyText(key, frame);
      if (keyText === undefined) continue;
      let value: unknown = descriptor.value;
      const before = frame.isEmpty ? keyText : `,${keyText}`;
      if (typeof value === 'string') text += before + this.#string(value);
      else if (typeof value === 'number') text += before + numberText(value);
      else if (value === null || typeof value === 'boolean') text += `${before}${value}`;
      else {
        const isAccessor = descriptor.get !== undefined || descriptor.set !== undefined;
        value = isAccessor ? this.#inside(frame).accessor(target, key) : this.#admission.admit(value, id, key);
        if (value === DROPPED) continue;
        this.#text += text + before;
        text = '';
        frame.next = at + 1;
        frame.isEmpty = false;
        this.#value(value, id, inner === '' ? key : { pointer: inner + pointerStep(unquoted(keyText)) }, depth);
        if (this.#top !== top) return;
      }
      frame.isEmpty = false;
      if (text.length > CHUNK) {
        this.#text += text;
        text = '';
        this.#checkLength(0);
      }
    }
    this.#text += text;
    this.#close(frame);
  }

  #elements(frame: Frame): void {
    const { id, depth } = frame;
    const array = frame.target as readonly unknown[];
    const { length } = array;
    const top = this.#top;
    let literals: unknown[] = [];
    for (let at = frame.next; at < length; at++) {
      const isRead = getterOf.call(array, at) === undefined;
      let value: unknown = isRead ? array[at] : undefined;
      if (isLiteral(value)) {
        literals.push(value);
        if (literals.length < LITERALS_AT_ONCE) continue;
        this.#literals(literals, at + 1 - literals.length);
        literals = [];
        continue;
      }
      if (literals.length > 0) this.#literals(literals, at - literals.length);
      literals = [];
      if (isRead && value !== undefined) value = this.#admission.admit(value, id, at);
      else value = this.#inside(frame).own(array, `${at}`);
      if (at > 0) this.#text += ',';
      frame.next = at + 1;
      this.#value(value === DROPPED ? undefined : value, id, at, depth);
      if (this.#top !== top) return;
    }
    if (literals.length > 0) this.#literals(literals, length - literals.length);
    this.#close(frame);
  }

  /** Elements that JSON has, all in one: `JSON.stringify` is faster than strings put together. `first` is the index of the first. */
  #literals(literals: readonly unknown[], first: number): void {
    if (first > 0) this.#text += ',';
    if (literals.length < FEW && !('toJSON' in literals)) {
      for (let at = 0; at < literals.length; at++) this.#text += (at > 0 ? ',' : '') + this.#literal(literals[at]);
      return;
    }
    this.#text +=
      'toJSON' in literals ? literals.map((literal) => this.#literal(literal)).join(',') : JSON.stringify(literals).slice(1, -1);
    this.#checkLength(0);
  }

  #literal(value: unknown): string {
    return typeof value === 'string' ? this.#string(value) : String(value);
  }

  #payload(frame: Frame): void {
    const { values, before, pointers } = frame.payload!;
    const top = this.#top;
    for (let at = frame.next; at < values.length; at++) {
      this.#text += before[at];
      frame.next = at + 1;
      this.#value(values[at], frame.id, { pointer: pointers[at] }, frame.depth);
      if (this.#top !== top) return;
    }
    this.#close(frame);
  }

  #close(frame: Frame): void {
    this.#text += frame.close;
    this.#top--;
  }

  /** Text of an admitted value, or its frame on top. */
  #value(value: unknown, parent: number, step: Step, depth: number): void {
    if (typeof value === 'string') this.#text += this.#string(value);
    else if (typeof value === 'number') this.#text += numberText(value);
    else if (typeof value === 'bigint') this.#text += bigintText(value);
    else if (value === undefined) this.#text += UNDEFINED_TEXT;
    else if (typeof value === 'object' && value !== null) this.#object(value, parent, step, depth);
    else this.#text += `${value as boolean | null}`;
  }

  /** Long ones are held against the limit before and after their escapes. */
  #string(value: string): string {
    if (value.length < CHUNK) return stringText(value);
    this.#checkLength(value.length);
    const text = escapedText(value);
    this.#checkLength(text?.length ?? Infinity);
    return text!;
  }

  #object(value: object, parent: number, step: Step, depth: number): void {
    const known = this.#places.idOf(value);
    if (known !== undefined) {
      this.#text += `{"$ref":${stringText(this.#places.pointer(known))}}`;
      return;
    }
    const kind = kindOf(value, this.#settings.types)!;
    if (this.#top + 1 < NESTED_CONTAINERS || kind === 'Date' || kind === 'ArrayBuffer') {
      this.#container(value, kind, this.#places.add(value, parent, step), depth + 1);
      return;
    }
    const pointer = `/parts/${this.#parts.length}`;
    this.#parts.push({ value, id: this.#places.add(value, ROOT, { pointer }), depth: depth + 1 });
    this.#text += `{"$ref":"${pointer}"}`;
  }

  #container(value: object, kind: Kind, id: number, depth: number): void {
    if (depth > this.#settings.limits.maxDepth) throw tooDeep(this.#settings.limits, this.#places.pointer(id));
    this.#checkLength(0);
    if (kind === 'Date') this.#text += `{"$type":"Date","value":${dateText(value, this.#inside({ id }))}}`;
    else if (kind === 'ArrayBuffer') this.#buffer(value as ArrayBuffer, id);
    else if (kind === 'array') this.#openArray(value as unknown[], id, depth);
    else if (kind === 'object') this.#openObject(value, id, depth, '{', '}', '');
    else if (kind === 'null-prototype') this.#openObject(value, id, depth, '{"$type":"null-prototype","value":{', '}}', '/value');
    else {
      const payload = payloadOf(value, kind, this.#inside({ id }));
      if (payload !== undefined) this.#openPayload(value, payload, payload.values.length, id, depth);
      else this.#openObject(value, id, depth, `{"$type":${stringText((kind as AnyGraphType).name)},"value":{`, '}}', '/value');
    }
  }

  #openObject(value: object, id: number, depth: number, open: string, close: string, inner: string): void {
    const frame = this.#push('object', id, depth, value);
    frame.keys = Object.keys(value);
    this.#count(frame.keys.length, id);
    if (Object.getOwnPropertySymbols(value).length > 0) this.#inside(frame).refuseSymbolKeys(value);
    frame.inner = inner;
    frame.close = close;
    this.#text += open;
  }

  #openArray(value: readonly unknown[], id: number, depth: number): void {
    const { length } = value;
    this.#count(length, id);
    if (Object.getOwnPropertySymbols(value).length > 0) this.#inside({ id }).refuseSymbolKeys(value);
    const keys = Object.keys(value);
    if (keys.length !== length || (length > 0 && keys[length - 1] !== `${length - 1}`)) {
      const indices = keys.filter((key) => isElement(key, length));
      if (indices.length < keys.length) this.#inside({ id }).refuseProperties(value, keys.slice(indices.length));
      if (indices.length < length) {
        this.#openPayload(value, sparsePayload(value, indices, this.#inside({ id })), 0, id, depth);
        return;
      }
    }
    this.#push('array', id, depth, value).close = ']';
    this.#text += '[';
  }

  #openPayload(value: object, payload: Payload, nodes: number, id: number, depth: number): void {
    this.#count(nodes, id);
    const frame = this.#push('payload', id, depth, value);
    frame.payload = payload;
    frame.close = payload.close;
    this.#text += payload.open;
  }

  #buffer(buffer: ArrayBuffer, id: number): void {
    this.#inside({ id }).refuseProperties(buffer);
    this.#checkLength((buffer.byteLength * 4) / 3);
    this.#text += `{"$type":"ArrayBuffer","value":"${encodeBase64(new Uint8Array(buffer))}"}`;
  }

  #push(kind: Frame['kind'], id: number, depth: number, target: object): Frame {
    const frame = (this.#frames[++this.#top] ??= new Frame());
    frame.open(kind, id, depth, target);
    return frame;
  }

  #keyText(key: string, frame: Frame): string | undefined {
    const written = this.#inside(frame).key(key, frame.target);
    if (written === undefined) return undefined;
    const text = `${stringText(written)}:`;
    if (this.#textByKey.size < REMEMBERED_KEYS) this.#textByKey.set(key, text);
    return text;
  }

  #inside({ id }: { readonly id: number }): ContainerAdmission {
    return new ContainerAdmission(this.#settings, this.#admission, id);
  }

  #count(nodes: number, id: number): void {
    this.#nodes += nodes;
    if (this.#nodes > this.#settings.limits.maxNodes) throw tooManyNodes(this.#settings.limits, this.#places.pointer(id));
  }

  #checkLength(more: number): void {
    const length = this.#text.length + more;
    if (length > this.#settings.limits.maxTextLength) throw tooLong(this.#settings.limits, Math.ceil(length));
  }
}

/** The key in its text, for a pointer. */
function unquoted(keyText: string): string {
  return JSON.parse(keyText.slice(0, -1)) as string;
}
