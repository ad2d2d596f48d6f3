import { describe, expect, it } from 'vitest';
import { commandName, redactArgv } from './redact-argv.ts';

describe('redactArgv', () => {
  it.each([
    [['/usr/bin/python3.11', '/home/ann/app.py', '--port', '80', 'secret'], 'python3.11 app.py --port […] […]'],
    [['python', '-X', 'dev', '-u', '-m', 'gunicorn', '-b:80', 'app:app'], 'python -X […] -u -m gunicorn -b[…] […]'],
    [['python', '-c', 'password = 1'], 'python -c […]'],
    [['python', '-m', 'not a module'], 'python -m […]'],
    [['gunicorn', 'app:app', '--workers=4'], 'gunicorn […] --workers=[…]'],
    [['env', 'TOKEN=secret', 'python', 'app.py'], 'env […] […] […]'],
    [['run', '--s3cret_value!', '-psecret', '--', '-'], 'run […] -p[…] -- -'],
    [['sh', '-c', 'curl -u me:pw'], 'sh -c […]'],
  ])('%j', (argv, expected) => {
    expect(redactArgv(argv).join(' ')).toBe(expected);
  });
});

describe('commandName', () => {
  it.each([
    [['python', 'src/app.py'], 'app'],
    [['python', '-m', 'http.server'], 'http.server'],
    [['/opt/x/gunicorn', 'a:b'], 'gunicorn'],
    [['python', '-c', 'x'], 'python'],
    [['../…'], 'command'],
  ])('%j is %s', (argv, expected) => expect(commandName(argv)).toBe(expected));
});
