// Holds 2,000 arrays of 1,000 numbers, 16 MB, all of them made in one function; and, with "inspector FILE", writes its own profile.
function plant(count) {
  const rows = [];
  for (let i = 0; i < count; i++) rows.push(makeRow(i));
  return rows;
}

function makeRow(i) {
  return new Array(1000).fill(i);
}

const [, , how, file] = process.argv;
if (how === 'inspector') {
  const { Session } = await import('node:inspector/promises');
  const { writeFileSync } = await import('node:fs');
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.startSampling', { samplingInterval: 65_536 });
  globalThis.rows = plant(2000);
  const { profile } = await session.post('HeapProfiler.stopSampling');
  writeFileSync(file, JSON.stringify(profile));
} else {
  globalThis.rows = plant(2000);
}
