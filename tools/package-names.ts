/**
 * Published packages whose leaks we know or measure with. A pattern knows mistakes, never packages: what is known of a package
 * belongs into the catalogue of library leaks, and a pattern that recognises its own exhibit has proved nothing.
 */
export const PACKAGE_NAMES: readonly string[] = [
  'nicegui', 'gunicorn', 'uvicorn', 'hypercorn', 'flask', 'django', 'starlette', 'fastapi', 'aiohttp', 'tornado', 'twisted',
  'marshmallow', 'pydantic', 'sentry', 'sentry_sdk', 'sentry-sdk', 'opentelemetry', 'networkx', 'sqlalchemy', 'celery', 'httpx', 'urllib3',
  'numpy', 'pandas', 'scipy', 'matplotlib', 'pytest', 'uvloop', 'cherrypy', 'grpc', 'grpcio', 'prometheus_client', 'boto3', 'botocore',
  'langchain', 'tensorflow', 'torch', 'jinja2', 'werkzeug', 'vbuild', 'socketio', 'engineio', 'redis', 'kafka', 'pymongo', 'psycopg2',
  'express', 'fastify', 'nestjs', 'mongoose', 'axios', 'undici', 'socket.io', 'rxjs', 'angular', 'svelte',
]; // prettier-ignore

/** Names that are also words of everyday English: they count only where a program would write them. */
export const PACKAGE_NAMES_THAT_ARE_WORDS: readonly string[] = ['requests', 'click', 'rich', 'attrs', 'react', 'vue', 'got', 'ws'];

/** A package on a line of its text, or undefined; `more` are the packages that exhibits install. */
export function packageNamedIn(line: string, more: readonly string[] = []): string | undefined {
  const lower = line.toLowerCase();
  const plain = [...PACKAGE_NAMES, ...more].find((name) => new RegExp(`(?<![\\w-])${escape(name)}(?![\\w-])`).test(lower));
  if (plain !== undefined) return plain;
  return PACKAGE_NAMES_THAT_ARE_WORDS.find((name) =>
    new RegExp(`\\b(?:import|from|require\\()\\s*['"]?${escape(name)}\\b|['"]${escape(name)}(?:['"./])|\\b${escape(name)}\\.\\w+\\(`).test(
      lower,
    ),
  );
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** `nicegui==2.14.1 # why` -> nicegui: the names in a requirements file, but for those that are words. */
export function packagesRequired(requirements: string): string[] {
  return requirements
    .split('\n')
    .map((line) => /^\s*([A-Za-z][\w.-]*)/.exec(line)?.[1]?.toLowerCase())
    .filter((name) => name !== undefined && !PACKAGE_NAMES_THAT_ARE_WORDS.includes(name)) as string[];
}
