// Reads an Arrow stream, and prints a line of JSON for each row: its key and its values.
import { RecordBatchReader } from "apache-arrow";

for await (const batch of await RecordBatchReader.from(process.stdin)) {
    for (const row of batch)
        console.log(JSON.stringify({ key: row.key, values: row.rows === null ? null : Array.from(row.rows) }));
}
