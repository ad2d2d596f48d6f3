/** A program of two megabytes, all of them made in one function. Compiled by the test, so that lines that run are not lines that were written. */
export interface PlantedRow {
  readonly id: number;
  readonly cells: readonly number[];
}

class Basket {
  readonly rows: PlantedRow[] = [];

  remember(id: number): void {
    this.rows.push(makePlantedRow(id));
  }
}

function makePlantedRow(id: number): PlantedRow {
  return { id, cells: new Array<number>(1000).fill(id) };
}

const basket = new Basket();
for (let id = 0; id < 250; id++) basket.remember(id);
// A second caller, so that no compiler puts the function where it is called.
basket.rows.push(makePlantedRow(-1));
Object.assign(globalThis, { basket });
