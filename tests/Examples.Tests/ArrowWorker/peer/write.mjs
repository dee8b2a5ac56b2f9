// Writes an Arrow stream of three record batches, the second of which is empty.
import { Field, FixedSizeList, Float32, Float64, LargeUtf8, List, RecordBatchStreamWriter, Table, Utf8, vectorFromArray } from "apache-arrow";

const [kind] = process.argv.slice(2);
const item = (type) => new Field("item", type, true);
const lists = {
    fixed: new FixedSizeList(12, item(new Float32())),
    list: new List(item(new Float64())),
};
const texts = { fixed: new Utf8(), list: new LargeUtf8() };

// Row 3 of each batch is null, and halves are exact.
const rows = (first, count) => Array.from({ length: count }, (_, row) =>
    row === 3 ? null : Array.from({ length: 12 }, (_, value) => first + row + value / 2));
const keys = (first, count) => Array.from({ length: count }, (_, row) => `session ${first + row} ä`);
const batch = (first, count) => new Table({
    rows: vectorFromArray(rows(first, count), lists[kind]),
    key: vectorFromArray(keys(first, count), texts[kind]),
}).batches[0];

const batches = [batch(1, 10), batch(1, 5).slice(5, 5), batch(11, 5)];
process.stdout.write(await RecordBatchStreamWriter.writeAll(batches).toUint8Array());
