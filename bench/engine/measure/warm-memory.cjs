// Touches as many bytes as its argument says and ends. The virtual machines that benchmarks run on give free pages back to
// their host; the next process pays for getting them again, up to five times the price of a page, and which one that is
// would depend on the order of the runs.
const BLOCK_BYTES = 2 ** 30;
const PAGE_BYTES = 4096;

const blocks = [];
for (let left = Number(process.argv[2]); left > 0; left -= BLOCK_BYTES) {
  const block = Buffer.allocUnsafeSlow(Math.min(left, BLOCK_BYTES));
  for (let at = 0; at < block.length; at += PAGE_BYTES) block[at] = 1;
  blocks.push(block);
}
